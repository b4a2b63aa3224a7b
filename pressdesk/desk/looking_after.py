"""The check of a desk and the copies of it that a person asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pressdesk.desk import looks

if TYPE_CHECKING:
    from pressdesk.archive.checking import Fault as Fault
    from pressdesk.archive.checking import Report as Report
    from pressdesk.archive.file.backup import Contents as Contents
    from pressdesk.archive.file.desk_file import Archive

Step = Callable[[int, int], None]
"""Told how far the work is. Whatever it raises ends it."""


def look(archive: Archive, *, repair: bool, now: datetime, going_on: Step) -> Report:
    """Look everything through, and remember that it was; with ``repair`` make anew what can be.

    raises  as ``archive.checking`` does, and what the step raises
    """
    from pressdesk.archive import checking

    done, number = 0, parts(repair=repair)

    def told(_part: str) -> None:
        nonlocal done
        done += 1
        going_on(done, number)

    report = (checking.repair if repair else checking.check)(archive, told=told)
    looks.note_look(archive.uid, now, sound=report.sound)
    return report


def parts(*, repair: bool) -> int:
    """How many steps a look takes: after a repair everything is looked through once more."""
    from pressdesk.archive import checking

    return 2 * checking.PARTS if repair else checking.PARTS


def reading_copy(archive: Archive, file: Path, *, now: datetime, told: Step) -> Contents:
    """Make a reading copy and say what it holds; raises as ``reading_copy.make``."""
    from pressdesk.archive.copies import reading_copy as making

    return making.make(archive, file, now=now, told=told)


def copy(archive: Archive, file: Path, *, told: Step) -> None:
    """Copy a desk file to where a person wants it, while it is in use; raises as a backup does."""
    from pressdesk.archive.file.backup import backup

    backup(archive.path, file, step=told)
