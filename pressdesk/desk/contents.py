"""The contents of a desk: list rows, counts, topics, the end of the next embargo."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pressdesk.base.address import Address
from pressdesk.press.listing import BucketCounts, Glance, LanguageRow, Query, ReleaseRow

if TYPE_CHECKING:
    from pressdesk.archive.file.desk_file import Archive


FIRST = 60
"""Rows read before the whole list is known: more than any screen shows."""


def glance(place: Address, *, limit: int) -> Glance | None:
    """The first rows of a desk that is about to be opened; None where only opening it tells.

    cost  some milliseconds, before the way into a desk is imported
    """
    from pressdesk.archive.file.glance import glance

    return glance(place, limit=limit) if isinstance(place, Path) else None


def first(archive: Archive, query: Query, *, limit: int, now: datetime) -> tuple[ReleaseRow, ...]:
    """The first rows of a list, newest first; the same cost in a desk of any size."""
    return archive.releases.page(query, limit=limit, now=now)


def whole(
    archive: Archive, query: Query, *, now: datetime
) -> tuple[array[int], array[int], BucketCounts]:
    """The ids of the whole list in its order, the month of each (year * 12 + month), and how
    many releases each segment holds under the other filters of the query."""
    keys, months = archive.releases.keys_by_month(query, now=now)
    return keys, months, archive.releases.counts(query, now=now)


def rows(archive: Archive, ids: Sequence[int]) -> tuple[ReleaseRow, ...]:
    """The rows of these releases in the order given; those gone or trashed are left out."""
    return archive.releases.rows(ids)


def altered(archive: Archive, rows: Sequence[ReleaseRow]) -> tuple[ReleaseRow, ...]:
    """Those rows that say something else of what is issued than was issued.

    Only of a file, which anybody may write to: on a server nobody but its owner can.
    cost  0.1 ms a row
    """
    return archive.releases.altered(rows) if isinstance(archive.place, Path) else ()


def editions(
    archive: Archive, query: Query, *, now: datetime
) -> tuple[tuple[ReleaseRow, LanguageRow], ...]:
    """Each release with each of its languages that the query asks for, in list order."""
    return archive.releases.list_editions(query, now=now)


def topics(archive: Archive) -> tuple[str, ...]:
    """Every topic in use, sorted."""
    return archive.releases.topics()


def next_embargo(archive: Archive, *, now: datetime) -> datetime | None:
    """When the next embargo ends and lists read differently; None when none stands."""
    return archive.releases.next_embargo(now)
