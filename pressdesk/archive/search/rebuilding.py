"""Rebuilds the index from the editions, and reports where the two disagree."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy import Connection, delete, func, insert, select

from pressdesk.archive.search import counting, docs, index, refilling, sources
from pressdesk.archive.search.backend import backend
from pressdesk.archive.store.engine import Store
from pressdesk.archive.store.tables import (
    edition,
    facet_cube,
    facet_value,
    meta,
    release,
    search_doc,
    search_terms,
)
from pressdesk.base.i18n import _

_KEY, _MARK = "search_version", "search_rebuild"
"""Of what the index is; of who makes it anew."""

KEYS = _KEY, _MARK
"""The rows of ``meta`` that are written with the index."""

BATCH = 200
"""Texts compared at once."""

PIECE = 500
"""Rows taken out in one transaction."""

OFTEN, GAP = 0.5, 0.11
"""Seconds: how often a pause is made on a file, and how long. Who waits for SQLite looks every
tenth of a second whether it is free: a shorter pause lets in nobody but by luck."""


def begin(connection: Connection) -> None:
    """An empty index that is complete: for a desk without releases."""
    _empty(connection)
    _finished(connection)


def stale(connection: Connection) -> bool:
    """True if the index must be rebuilt."""
    found = connection.execute(select(meta.c.value).where(meta.c.key == _KEY)).scalar()
    return found != str(index.VERSION)


def rebuild(store: Store, progress: Callable[[int, int], None]) -> int:
    """See ``Search.rebuild``."""
    mark, doors = secrets.token_hex(8), _Doors(store)
    ids = _emptied(store, mark, doors)
    done = 0
    progress(done, len(ids))
    for batch in refilling.batches(store, ids):
        doors.open()
        refilling.put(store, batch)
        done += len(batch.seen)
        progress(done, len(ids))
    for _step in range(20 + len(ids) // BATCH):  # what others save meanwhile could go on for ever
        doors.open()
        if not _merged(store):
            break
    with store.write() as connection:
        if connection.execute(select(meta.c.value).where(meta.c.key == _MARK)).scalar() == mark:
            _finished(connection)  # else another program has emptied it since, and fills it
        return int(connection.execute(select(func.count()).select_from(search_doc)).scalar_one())


class _Doors:
    """Lets others in between, every now and then."""

    def __init__(self, store: Store) -> None:
        self._file = isinstance(store.place, Path)
        self._shut = monotonic()

    def open(self) -> None:
        """Pause, if it is time to; a server holds nobody up."""
        if self._file and monotonic() - self._shut >= OFTEN:
            sleep(GAP)
            self._shut = monotonic()


def _emptied(store: Store, mark: str, doors: _Doors) -> Sequence[int]:
    """Take everything out and return the releases that are to be put in.

    The rows first and in pieces, so that nobody waits long; whoever saves meanwhile finds
    nothing to take out of an index that is about to go as a whole.
    """
    with store.write() as connection:
        _put(connection, _MARK, mark)
        connection.execute(delete(meta).where(meta.c.key == _KEY))
    while True:
        with store.write() as connection:
            some = connection.execute(select(search_doc.c.key).limit(PIECE)).scalars().all()
            for table in (search_terms, search_doc):
                connection.execute(delete(table).where(table.c.key.in_(some)))
        if len(some) < PIECE:
            break
        doors.open()
    with store.write() as connection:
        _empty(connection)
        query = select(release.c.id).where(release.c.trashed_at.is_(None)).order_by(release.c.id)
        return connection.execute(query).scalars().all()


def _merged(store: Store) -> bool:
    with store.write() as connection:
        return backend(connection).merge(connection)


def _empty(connection: Connection) -> None:
    backend(connection).make(connection)
    for table in (search_terms, search_doc):
        connection.execute(delete(table))
    counting.clear(connection)
    connection.execute(delete(meta).where(meta.c.key == _KEY))


def _finished(connection: Connection) -> None:
    connection.execute(delete(meta).where(meta.c.key == _MARK))
    _put(connection, _KEY, str(index.VERSION))


def _put(connection: Connection, key: str, value: str) -> None:
    connection.execute(delete(meta).where(meta.c.key == key))
    connection.execute(insert(meta).values(key=key, value=value))


def faults(store: Store) -> tuple[str, ...]:
    """See ``Search.faults``."""
    with store.read() as connection:
        if stale(connection):
            return (_("The search index is incomplete or from another version."),)
    return tuple(_faults(store))


def _faults(store: Store) -> Iterator[str]:
    """Some texts at a time: whoever reads for long keeps writers out of a file."""
    with store.read() as connection:
        # Going through the index's own pages counts as writing.
        if not store.read_only and not backend(connection).sound(connection):
            yield _("The search index is damaged.")
        there, must = _keys(connection)
    if there != must:
        what = _("The search index is missing {lost} texts and has {extra} too many.")
        yield what.format(lost=len(must - there), extra=len(there - must))
    keys, wrong = sorted(there & must), 0
    for start in range(0, len(keys), BATCH):
        with store.read() as connection:
            wrong += _wrong_texts(connection, keys[start : start + BATCH])
    if wrong:
        yield _("The search index is out of date for {n} texts.").format(n=wrong)
    with store.read() as connection:
        yield from _wrong_counts(connection)


def _keys(connection: Connection) -> tuple[set[int], set[int]]:
    """The keys the index has, and those it must have."""
    wanted = (
        select(edition.c.id, edition.c.sort_date)
        .join(release, release.c.id == edition.c.release_id)
        .where(release.c.trashed_at.is_(None))
    )
    there = set(connection.execute(select(search_doc.c.key)).scalars().all())
    return there, {docs.key_of(row.sort_date, row.id) for row in connection.execute(wanted).all()}


def _wrong_texts(connection: Connection, keys: Sequence[int]) -> int:
    """How many of these texts the index was fed otherwise than the editions say now."""
    columns = (search_doc.c.release_id, search_doc.c.edition_id)
    rows = connection.execute(select(*columns).where(search_doc.c.key.in_(keys))).all()
    fed = index.indexed(connection, [row.release_id for row in rows])
    now = sources.read(connection, edition.c.id.in_([row.edition_id for row in rows]))
    made = {one.key: sources.document(one) for one in now}
    # A key in neither was saved under another day since the keys were read.
    return sum(made.get(key) != fed.get(key) for key in keys if key in made or key in fed)


def _wrong_counts(connection: Connection) -> Iterator[str]:
    columns = (search_doc.c.kind, search_doc.c.state, search_doc.c.language, search_doc.c.month)
    grouped = connection.execute(select(*columns, func.count()).group_by(*columns)).all()
    cube = connection.execute(select(facet_cube)).all()
    if {tuple(row) for row in grouped} != {tuple(row) for row in cube}:
        yield _("The counts by kind, state, language and month are wrong.")
    counted = counting.values(connection)
    kept = connection.execute(select(facet_value)).all()
    if counted != {(row.facet, row.value): row.number for row in kept}:
        yield _("The counts by topic, place and speaker are wrong.")
