"""The check of a desk, here or in a process of its own, and the copies a person asks for."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from pressdesk.base.address import Address
from pressdesk.base.errors import DeskForeign
from pressdesk.desk import clock, looks, witness

if TYPE_CHECKING:
    from pressdesk.archive.checking import Fault as Fault
    from pressdesk.archive.checking import Report as Report
    from pressdesk.archive.copies.moving import Tally as Tally
    from pressdesk.archive.file.backup import Contents as Contents
    from pressdesk.archive.file.desk_file import Archive

Step = Callable[[int, int], None]
"""Told how far the work is. Whatever it raises ends it."""

_LEAST = 19
"""The lowest priority of a process."""


def look(archive: Archive, *, repair: bool, now: datetime, going_on: Step) -> Report:
    """Check everything, and the register against the manifests of all backups; remember that.

    repair  rebuild what can be rebuilt
    raises  as ``archive.checking`` does, and what the step raises
    """
    from pressdesk.archive import checking

    done, number = 0, parts(repair=repair)

    def told(_part: str) -> None:
        nonlocal done
        done += 1
        going_on(done, number)

    report = (checking.repair if repair else checking.check)(archive, told=told)
    with suppress(DeskForeign):  # what cannot be read was found
        if past := witness.by_backups(archive):
            report = replace(report, faults=(*report.faults, checking.Fault("register", past.what)))
    looks.note_look(archive.uid, now, sound=report.sound)
    return report


def parts(*, repair: bool) -> int:
    """The number of steps of a check; after a repair everything is checked again."""
    from pressdesk.archive import checking

    return 2 * checking.PARTS if repair else checking.PARTS


def look_in_child(payload: bytes) -> bytes:
    """Look through the desk file of this path, reading only; its report as JSON.

    Run in another process (see ``weekly``), which is given the lowest priority.
    raises  DeskUnavailable and its kind when the file cannot be opened at all, but for one
            that is damaged: that is what the report is for
    """
    from pressdesk.archive import checking
    from pressdesk.archive.file import desk_file

    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(_LEAST)
    path = Path(payload.decode("utf-8", "surrogateescape"))
    try:
        archive = desk_file.open_desk(path, read_only=True)
    except DeskForeign as error:
        return msgspec.json.encode(checking.Report({}, (checking.Fault("file", error.what),)))
    try:
        return msgspec.json.encode(checking.check(archive))
    finally:
        archive.close()


def reading_copy(archive: Archive, file: Path, *, now: datetime, told: Step) -> Contents:
    """Create a read-only copy and return its contents; raises as ``reading_copy.make``.

    An embargo that has ended only by a clock that is not believed keeps its text out.
    """
    from pressdesk.archive.copies import reading_copy as making

    return making.make(archive, file, now=clock.of(archive, now=now).sure(now), told=told)


def move(archive: Archive, place: Address, *, roles: bool, told: Step) -> Mapping[str, Tally]:
    """Copy a whole desk to where nothing is yet, and compare; the tally of each table.

    raises  as ``moving.move``
    """
    from pressdesk.archive.copies import moving

    done, number = 0, len(moving.TABLES)

    def step() -> None:
        nonlocal done
        done += 1
        told(done, number)

    return moving.move(archive, place, roles=roles, step=step)


def copy(archive: Archive, file: Path, *, told: Step) -> None:
    """Copy a desk file to where a person wants it, while it is in use; raises as a backup does."""
    from pressdesk.archive.file.backup import backup

    backup(archive.path, file, step=told)
