"""Making the search index of a desk that has none, or one from another version."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from pressdesk.press.listing import Query

if TYPE_CHECKING:
    from pressdesk.archive.file.desk_file import Archive


BATCH = 200
"""Releases indexed between two words to the caller."""


class Indexed(Struct, frozen=True):
    """What was done: the texts in the index, 0 when it was left as it is or stopped half-way."""

    texts: int = 0


class _Stopped(Exception):
    """The caller wants no more of it."""


def due(archive: Archive) -> int | None:
    """How many releases the index has to be made of first; None where it need or can not be."""
    if archive.read_only or not archive.search.stale():
        return None
    return archive.releases.counts(Query(), now=datetime.now(UTC)).all


def index_anew(archive: Archive, going: Callable[[int, int], bool]) -> Indexed:
    """Make the index anew where it is due; a read-only desk is left as it is.

    going   told (done, all) between batches; False stops
    raises  DeskLocked, DeskFull and their kind; what was indexed so far does no harm
    """
    if archive.read_only or not archive.search.stale():
        return Indexed()

    def progress(done: int, number: int) -> None:
        if not going(done, number):
            raise _Stopped

    try:
        return Indexed(archive.search.rebuild(progress))
    except _Stopped:
        return Indexed()
