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
    """The result: number of texts in the index, 0 if it was not changed or was stopped."""

    texts: int = 0


class _Stopped(Exception):
    """The caller cancelled the work."""


def due(archive: Archive) -> int | None:
    """How many releases the index has to be made of first; None where it need or can not be."""
    if archive.read_only or not archive.search.stale():
        return None
    return archive.releases.counts(Query(), now=datetime.now(UTC)).all


def index_anew(archive: Archive, going: Callable[[int, int], bool]) -> Indexed:
    """Rebuild the index if due; a read-only desk is not changed.

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
