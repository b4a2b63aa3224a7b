"""The check of a desk, here or in a process of its own, and the copies a person asks for."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from pressdesk.base.address import Address
from pressdesk.base.errors import DeskForeign
from pressdesk.desk import clock, looks, witness
from pressdesk.desk.looks import Checked as Checked
from pressdesk.press.register.heads import Anchor, Course

if TYPE_CHECKING:
    from pressdesk.archive.checking import Fault as Fault
    from pressdesk.archive.checking import Report as Report
    from pressdesk.archive.copies.moving import Tally as Tally
    from pressdesk.archive.copies.taking_over import Findings as Findings
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

    told = _steps(going_on, parts(repair=repair))
    report = (checking.repair if repair else checking.check)(archive, told=told)
    with suppress(DeskForeign):  # what cannot be read was found
        if past := witness.by_backups(archive):
            report = replace(report, faults=(*report.faults, checking.Fault("register", past.what)))
    looks.note_look(archive.uid, now, sound=report.sound, anchor=report.anchor)
    return report


def look_since(archive: Archive, *, now: datetime, going_on: Step) -> tuple[Report, Checked | None]:
    """Check what came since this computer last found the whole desk sound; with that check.

    Everything, and None, where it did not, where the last check found something, or where a
    backup took the place of the desk since.
    raises  as ``look``
    cost    10 µs a release, and 10 ms for each that came since
    """
    from pressdesk.archive import checking

    before = basis(archive)
    if before is None:
        return look(archive, repair=False, now=now, going_on=going_on), None
    report = checking.check(archive, told=_steps(going_on, parts()), since=before.anchor)
    if not report.sound:
        looks.note_look(archive.uid, now, sound=False)
    return report, before


def basis(archive: Archive) -> Checked | None:
    """The check that a look at the rest can go on from, if there is one."""
    before = looks.last_look(archive.uid)
    if before is None or before.anchor is None:
        return None
    restored = archive.register.course(before.anchor.heads) is Course.RESTORED
    return None if restored else before


def _steps(going_on: Step, number: int) -> Callable[..., None]:
    """Told of each step, whatever it is called, counts them."""
    counted = count(1)
    return lambda *_part: going_on(next(counted), number)


def parts(*, repair: bool = False) -> int:
    """The number of steps of a check; after a repair everything is checked again."""
    from pressdesk.archive import checking

    return 2 * checking.PARTS if repair else checking.PARTS


class LookAsked(Struct, frozen=True):
    """What is to be looked through in another process."""

    path: bytes
    """As the system has it: a name need not be text."""
    since: Anchor | None = None


def look_in_child(payload: bytes) -> bytes:
    """Look through the desk file that is asked for, reading only; its report as JSON.

    Run in another process (see ``weekly``), which is given the lowest priority.
    raises  DeskUnavailable and its kind when the file cannot be opened at all, but for one
            that is damaged: that is what the report is for
    """
    from pressdesk.archive import checking
    from pressdesk.archive.file import desk_file

    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(_LEAST)
    asked = msgspec.json.decode(payload, type=LookAsked)
    path = Path(os.fsdecode(asked.path))
    try:
        archive = desk_file.open_desk(path, read_only=True)
    except DeskForeign as error:
        return msgspec.json.encode(checking.Report({}, (checking.Fault("file", error.what),)))
    try:
        return msgspec.json.encode(checking.check(archive, since=asked.since))
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

    step = _steps(told, len(moving.TABLES))
    return moving.move(archive, place, roles=roles, step=step)


def altered_structure(archive: Archive) -> tuple[str, ...]:
    """What another program changed of the tables and triggers of a desk."""
    from pressdesk.archive.copies import taking_over

    return taking_over.structure(archive)


def altered(archive: Archive) -> Findings:
    """What another program changed of the structure of a desk, and what is wrong with its texts
    then; raises as ``taking_over.look``."""
    from pressdesk.archive.copies import taking_over

    return taking_over.look(archive)


def take_over(archive: Archive, file: Path, found: Findings, *, told: Step) -> int:
    """Take its contents over into a new desk; how many releases it has. Raises as
    ``taking_over.take_over``."""
    from pressdesk.archive.copies import moving, taking_over

    step = _steps(told, len(moving.TABLES))
    return taking_over.take_over(archive, file, found, step=step).rows


def copy(archive: Archive, file: Path, *, told: Step) -> None:
    """Copy a desk file to where a person wants it, while it is in use; raises as a backup does."""
    from pressdesk.archive.file.backup import backup

    backup(archive.path, file, step=told)
