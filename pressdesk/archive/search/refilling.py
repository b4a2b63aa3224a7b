"""Fills an empty index: documents are prepared in other processes and written in batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from sqlalchemy import Connection, select

from pressdesk.archive.search import counting, index, sources
from pressdesk.archive.search.counting import CountChanges
from pressdesk.archive.search.docs import Doc
from pressdesk.archive.search.sources import DocumentSource, Seen
from pressdesk.archive.store.engine import Store
from pressdesk.archive.store.tables import search_doc

AT_ONCE = 50
"""Releases written in one transaction: whoever saves waits some 30 ms."""

MANY = 2_000
"""Fewer releases are made ready here: other processes would take longer to begin."""


class RefillRows(Struct, frozen=True):
    """Documents with the rows that are kept of them and what they add to the counts."""

    docs: list[Doc]
    rows: list[dict[str, object]]
    counts: CountChanges


class RefillBatch(Struct, frozen=True):
    """Some releases as they looked when they were read, and what was made of them."""

    seen: dict[int, dict[int, Seen]]
    made: RefillRows


def batches(store: Store, release_ids: Sequence[int]) -> Iterator[RefillBatch]:
    """The documents of all these releases, not written yet.

    raises  WorkerFailed when one of the other processes died
    """
    from pressdesk.archive.store.elsewhere import results

    waiting: list[dict[int, dict[int, Seen]]] = []

    def read() -> Iterator[list[DocumentSource]]:
        for start in range(0, len(release_ids), AT_ONCE):
            some = release_ids[start : start + AT_ONCE]
            with store.read() as connection:
                waiting.append({one: {} for one in some} | sources.seen(connection, some))
                found = sources.of_releases(connection, some)
            yield found

    many = len(release_ids) > MANY
    for made in results(documents, read(), gently=True) if many else map(documents, read()):
        yield RefillBatch(waiting.pop(0), made)


def documents(some: Sequence[DocumentSource]) -> RefillRows:
    """The documents of these sources. Pure: may run in another process."""
    docs = [sources.document(one) for one in some]
    return RefillRows(docs, [index.kept(doc) for doc in docs], counting.counted(docs))


def put(store: Store, batch: RefillBatch) -> None:
    """Write the documents; those of releases saved meanwhile are rebuilt."""
    with store.write() as connection:
        now = sources.seen(connection, list(batch.seen))
        there = _indexed(connection, list(batch.seen))
        moved = {one for one, seen in batch.seen.items() if now.get(one, {}) != seen}
        again = moved | there
        if not again:
            index.fill(connection, batch.made.docs, batch.made.rows, batch.made.counts)
            return
        docs = [doc for doc in batch.made.docs if doc.release_id not in again]
        index.fill(connection, docs, [index.kept(doc) for doc in docs], counting.counted(docs))
        for release_id in sorted(again):
            index.reindex(connection, release_id)


def _indexed(connection: Connection, release_ids: Sequence[int]) -> set[int]:
    """Those that somebody saved since the index was emptied."""
    query = select(search_doc.c.release_id).where(search_doc.c.release_id.in_(release_ids))
    return set(connection.execute(query).scalars().all())
