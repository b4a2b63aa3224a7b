"""Prepares the rows of many items in other processes, slightly ahead of the writer."""

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
    """Items that are already available."""

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


class Job(Struct, frozen=True):
    """Items of an import to be made ready, from ``begin`` on, one for each place."""

    setting: Setting
    source: ItemSource
    places: Sequence[FiledIds]
    begin: int


def prepared(
    setting: Setting, source: ItemSource, places: Sequence[FiledIds], *, gently: bool = False
) -> Iterator[Prepared]:
    """The rows of all items in order, ``AT_ONCE`` at a time.

    gently  other processes that make them ready let every other program go first
    raises  what ``bulk.ready`` raises; WorkerFailed when a process died
    """
    few = len(places) < FEW
    parts = [(n, places[n : n + JOB]) for n in range(0, len(places), JOB)]
    jobs = (
        Job(setting, source if few else source.part(n, n + len(some)), some, n) for n, some in parts
    )
    waiting: Prepared | None = None
    for part in map(make_ready, jobs) if few else _elsewhere(jobs, gently):
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


def _elsewhere(jobs: Iterator[Job], gently: bool) -> Iterator[Prepared]:
    from pressdesk.archive.store.elsewhere import results  # few imports ask for processes

    return results(make_ready, jobs, gently=gently)


def make_ready(job: Job) -> Prepared:
    """The rows of some items. Pure: may run in another process."""
    items = job.source.items(job.begin, job.begin + len(job.places))
    pairs = zip(job.places, items, strict=True)
    rows = [bulk.ready(job.setting, place, item) for place, item in pairs]
    return Prepared(rows, counted([row.doc for row in rows]))
