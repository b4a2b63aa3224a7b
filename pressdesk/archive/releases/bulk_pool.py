"""Makes the rows of many items ready in other processes, a little ahead of the one that writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import msgspec
from msgspec import Struct

from pressdesk.archive.releases import bulk
from pressdesk.archive.releases.bulk import FiledIds, Prepared, Setting
from pressdesk.archive.search.counting import counted
from pressdesk.press.filed import ImportItem

AT_ONCE = 1000
"""Items written together; in a collection of their own they are one transaction."""

JOB = 125
"""Items made ready by one call of another process."""

FEW = 400
"""Fewer items are made ready here: the processes would take longer to begin."""


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(tuple[ImportItem, ...]).decode


class ItemSource(Protocol):
    """Where items come from; it can be sent to another process."""

    def part(self, begin: int, end: int) -> ItemSource:
        """What is needed to give these items only."""
        ...

    def items(self, begin: int, end: int) -> Sequence[ImportItem]:
        """The items from ``begin`` up to ``end``."""
        ...


class Given(Struct, frozen=True):
    """Items that are at hand."""

    given: tuple[ImportItem, ...]

    def part(self, begin: int, end: int) -> ItemSource:
        """These items only, in a form that comes out the same elsewhere."""
        return _Packed(_encode(self.given[begin:end]))

    def items(self, begin: int, end: int) -> Sequence[ImportItem]:
        """The items from ``begin`` up to ``end``."""
        return self.given[begin:end]


class _Packed(Struct, frozen=True):
    """Some items as bytes. Pickled, a default would no longer be known as one and be stored."""

    data: bytes

    def part(self, begin: int, end: int) -> ItemSource:
        return self

    def items(self, begin: int, end: int) -> Sequence[ImportItem]:
        return _decode(self.data)


def prepared(
    setting: Setting, source: ItemSource, places: Sequence[FiledIds], *, gently: bool = False
) -> Iterator[Prepared]:
    """The rows of all items in order, ``AT_ONCE`` at a time.

    gently  other processes that make them ready let every other program go first
    raises  what ``bulk.ready`` raises; WorkerFailed when a process died
    """
    jobs = [(n, min(n + JOB, len(places))) for n in range(0, len(places), JOB)]
    calls = [(setting, source, places, begin, end) for begin, end in jobs]
    made = _here(calls) if len(places) < FEW else _elsewhere(calls, gently)
    waiting: Prepared | None = None
    for part in made:
        if waiting is None:
            waiting = part
        else:
            waiting.rows.extend(part.rows)
            waiting.counts.add(part.counts)
        if len(waiting.rows) >= AT_ONCE:
            yield waiting
            waiting = None
    if waiting is not None:
        yield waiting


Call = tuple[Setting, ItemSource, Sequence[FiledIds], int, int]


def _here(calls: Sequence[Call]) -> Iterator[Prepared]:
    for setting, source, places, begin, end in calls:
        yield make_ready(setting, source, places[begin:end], begin)


def _elsewhere(calls: Sequence[Call], gently: bool) -> Iterator[Prepared]:
    from pressdesk.archive.store.elsewhere import results

    jobs = (
        (setting, source.part(begin, end), places[begin:end], begin)
        for setting, source, places, begin, end in calls
    )
    yield from results(_one, jobs, gently=gently)


def _one(job: tuple[Setting, ItemSource, Sequence[FiledIds], int]) -> Prepared:
    return make_ready(*job)


def make_ready(
    setting: Setting, source: ItemSource, places: Sequence[FiledIds], begin: int
) -> Prepared:
    """The items from ``begin`` on made ready, one for each place."""
    items = source.items(begin, begin + len(places))
    rows = [bulk.ready(setting, place, item) for place, item in zip(places, items, strict=True)]
    return Prepared(rows, counted([row.doc for row in rows]))
