"""Keeps the index in step with the editions: called in every transaction that touches one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, insert, select

from pressdesk.archive import filing, revisions, values
from pressdesk.archive.search import counting, docs
from pressdesk.archive.search.backend import backend
from pressdesk.archive.search.counting import Counts
from pressdesk.archive.search.docs import Doc
from pressdesk.archive.tables import edition, release, search_doc, search_terms
from pressdesk.document import analyser
from pressdesk.press.release import Release, State

VERSION = analyser.VERSION * 1000 + docs.LAYOUT
"""Of the strings in the index; another number in a desk asks for a rebuild."""

_texts = msgspec.json.Decoder(tuple[str, ...])


def reindex(connection: Connection, release_id: int) -> None:
    """Make the index say of a release what its editions say now; in the trash it says nothing.

    cost  4 ms for an edition of 500 words, less where only what went out before is there
    """
    before = indexed(connection, (release_id,))
    after = {doc.key: doc for doc in _documents(connection, release_id, before)}
    old = [doc for key, doc in before.items() if after.get(key) != doc]
    _exchange(connection, old, [doc for key, doc in after.items() if before.get(key) != doc])


def forget(connection: Connection, release_ids: Sequence[int]) -> None:
    """Take releases out of the index: they are about to be deleted or went to the trash."""
    if release_ids:
        _exchange(connection, list(indexed(connection, release_ids).values()), ())


def fill(
    connection: Connection, made: Sequence[Doc], rows: Sequence[dict[str, object]], by: Counts
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


def document_of(
    connection: Connection, edition_id: int, day: date, before: dict[int, Doc] | None = None
) -> Doc:
    """The document of one edition as it stands, with what autosave kept."""
    saved = filing.stored(connection, edition_id, trashed=True)
    parent, text = saved.release, saved.edition
    kept = filing.kept_row(connection, edition_id)
    if kept is not None:
        parent, text = filing.identified(*values.unpack(kept.data), saved)
    # What went out never changes: its stems are those of the last time.
    known = (before or {}).get(docs.key_of(day, edition_id))
    same = known if text.state is State.ISSUED and known and known.state == text.state else None
    out = saved.edition.state is State.ISSUED
    embargoed = out and _under_embargo(connection, edition_id)
    if out:
        parent = _as_issued(connection, edition_id, parent)
    return docs.document(parent, text, day, embargoed=embargoed, stemmed=same)


def _as_issued(connection: Connection, edition_id: int, parent: Release) -> Release:
    """What languages share as it was when this one went out: readers search by it, and the
    draft of a next edition or of another language must not show through.

    A copy for readers has no revisions, and its releases are as they went out.
    """
    shared = revisions.last_shared(connection, (edition_id,))
    found = shared.get(edition_id, parent) or Release(parent.kind, reference=parent.reference)
    return msgspec.structs.replace(found, kind=parent.kind, id=parent.id)


def _documents(connection: Connection, release_id: int, before: dict[int, Doc]) -> list[Doc]:
    query = (
        select(edition.c.id, edition.c.sort_date)
        .join(release, release.c.id == edition.c.release_id)
        .where(release.c.id == release_id, release.c.trashed_at.is_(None))
    )
    rows = connection.execute(query).all()
    return [document_of(connection, row.id, row.sort_date, before) for row in rows]


def _under_embargo(connection: Connection, edition_id: int) -> bool:
    query = select(edition.c.embargo_at).where(edition.c.id == edition_id)
    return connection.execute(query).scalar() is not None


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
