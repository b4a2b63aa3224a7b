"""Keeps the index in step with the editions, in every transaction that changes one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, insert, select

from pressdesk.archive.search import counting, docs, sources
from pressdesk.archive.search.backend import backend
from pressdesk.archive.search.counting import CountChanges
from pressdesk.archive.search.docs import Doc
from pressdesk.archive.store import faults
from pressdesk.archive.store.dialects import on_server
from pressdesk.archive.store.tables import search_doc, search_terms
from pressdesk.document import analyser

VERSION = analyser.VERSION * 1000 + docs.LAYOUT
"""Of the strings in the index; another number in a desk asks for a rebuild."""

_texts = msgspec.json.Decoder(tuple[str, ...])


def reindex(connection: Connection, release_id: int) -> None:
    """Make the index say of a release what its editions say now; in the trash it says nothing.

    cost  4 ms for an edition of 500 words, less where only what went out before is there
    """
    before = indexed(connection, (release_id,))
    now = sources.of_releases(connection, (release_id,))
    after = {one.key: sources.document(one, before.get(one.key)) for one in now}
    old = [doc for key, doc in before.items() if after.get(key) != doc]
    _exchange(connection, old, [doc for key, doc in after.items() if before.get(key) != doc])


def forget(connection: Connection, release_ids: Sequence[int]) -> None:
    """Take releases out of the index: they are about to be deleted or went to the trash."""
    if release_ids:
        _exchange(connection, list(indexed(connection, release_ids).values()), ())


def erase(connection: Connection) -> None:
    """In a file let nothing remain of what was taken out: FTS5 drops words only by merging.

    Its own option for that makes tables that SQLite before 3.42 cannot read.
    cost    25 ms where there are 10,000 texts
    source  sqlite.org/fts5.html, section 6.11
    """
    if not on_server(connection):
        backend(connection).optimise(connection)


def fill(
    connection: Connection, made: Sequence[Doc], rows: Sequence[dict[str, object]], by: CountChanges
) -> None:
    """Put in documents of editions that are in the desk and not in the index yet.

    rows, by  what ``kept`` gives for each and ``counting.counted`` for all: other processes
              can make them
    """
    if made:
        _put(connection, made, rows)
        counting.move(connection, by)


def indexed(connection: Connection, release_ids: Sequence[int]) -> dict[int, Doc]:
    """What the index holds of these releases, by key."""
    query = (
        select(search_doc, search_terms.c.terms, search_terms.c.words)
        .join(search_terms, search_terms.c.key == search_doc.c.key)
        .where(search_doc.c.release_id.in_(release_ids))
    )
    return {row.key: _doc(row) for row in connection.execute(query).all()}


def _doc(row: Row[*tuple[Any, ...]]) -> Doc:
    with faults.row(search_doc.name, row.key):
        return Doc(
            row.key,
            row.edition_id,
            row.release_id,
            row.kind,
            row.state,
            row.language,
            row.month,
            _texts.decode(row.topics),
            _texts.decode(row.places),
            _texts.decode(row.speakers),
            *docs.unsqueezed(row.terms),
            docs.unsqueezed_words(row.words),
        )


def kept(doc: Doc) -> dict[str, object]:
    """The row of ``search_terms``."""
    return {
        "key": doc.key,
        "version": VERSION,
        "terms": docs.squeezed(doc.texts),
        "words": docs.squeezed_words(doc.words),
    }


def _exchange(connection: Connection, old: Sequence[Doc], new: Sequence[Doc]) -> None:
    """Take documents out and put others in; counts move by the difference only."""
    there = backend(connection)
    if old:
        keys = [doc.key for doc in old]
        there.forget(connection, [(doc.key, doc.texts) for doc in old])
        connection.execute(delete(search_terms).where(search_terms.c.key.in_(keys)))
        connection.execute(delete(search_doc).where(search_doc.c.key.in_(keys)))
    if new:
        _put(connection, new, [kept(doc) for doc in new])
    if old or new:
        counting.count(connection, old, new)


def _put(connection: Connection, new: Sequence[Doc], rows: Sequence[dict[str, object]]) -> None:
    backend(connection).put(connection, [(doc.key, doc.texts) for doc in new])
    connection.execute(insert(search_doc), [doc.columns() for doc in new])
    connection.execute(insert(search_terms), rows)
