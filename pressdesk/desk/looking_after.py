"""The check of a desk and the copy for its readers, as a window asks for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressdesk.archive.checking import Report as Report
    from pressdesk.archive.desk_file import Archive

Step = Callable[[int, int], None]
"""Told how far the work is. Whatever it raises ends it."""


def look(archive: Archive, *, repair: bool, going_on: Step) -> Report:
    """Look everything through; raises as ``archive.checking`` does, and what the step raises."""
    from pressdesk.archive import checking

    work = checking.repair if repair else checking.check
    return work(archive, told=lambda _part: going_on(0, checking.PARTS))


def reading_copy(archive: Archive, file: Path, *, now: datetime, told: Step) -> int:
    """Make a reading copy and say how many releases it has; raises as ``reading_copy.make``."""
    from pressdesk.archive import reading_copy as making

    return making.make(archive, file, now=now, told=told).releases
