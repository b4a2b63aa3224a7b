"""The automatic weekly check of the newest backup, in its own process.

A backup is the desk page by page, and nobody waits for it: a look at the desk itself would
keep writers out for as long as it reads. What is found there is looked for in the desk, too,
before anybody is told.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from pressdesk.base.errors import DeskForeign
from pressdesk.desk import care
from pressdesk.desk.looks import last_look, note_look

if TYPE_CHECKING:
    from pressdesk.archive.checking import Report
    from pressdesk.archive.file.desk_file import Archive
    from pressdesk.base.worker import Worker

EVERY = timedelta(days=7)

FRESH = timedelta(minutes=10)
"""A backup no older than this is as good as the desk; else one is made first."""

TARGET = "pressdesk.desk.looking_after:look_in_child"
"""What the other process runs."""

SECONDS = 6 * 3600.0
"""It may take its time: a million releases at the lowest priority."""


class WeeklyFault(Struct, frozen=True):
    """Something is wrong: in the desk, or in that backup alone."""

    report: Report
    backup: care.Backup | None = None
    """The backup that is damaged while the desk is sound."""


def due(uid: str, now: datetime) -> bool:
    """No look in the last week; a clock that was set back does not put an end to looks."""
    before = last_look(uid)
    return before is None or not timedelta() <= now - before.at < EVERY


def look(archive: Archive, worker: Worker, *, now: datetime) -> WeeklyFault | None:
    """Check the desk if that is due; None if it was not due or found no problems.

    raises  WorkerFailed when the other process was ended; as ``care.make`` when the desk cannot
            be copied for another reason than damage
    """
    from pressdesk.archive.checking import Fault, Report

    if not isinstance(archive.place, Path) or archive.read_only or not due(archive.uid, now):
        return None
    try:
        newest = _fresh(archive, archive.place, now)
    except DeskForeign as error:
        copies = care.unproven(care.files(archive.uid))
        if not copies:  # so damaged that it cannot even be copied
            note_look(archive.uid, now, sound=False)
            return WeeklyFault(Report({}, (Fault("file", error.what),)))
        newest = copies[0]
    report = _looked(worker, newest.path)
    if report.sound:
        note_look(archive.uid, now, sound=True)
        return None
    mine = _looked(worker, archive.place)
    note_look(archive.uid, now, sound=mine.sound)
    return WeeklyFault(report, newest) if mine.sound else WeeklyFault(mine)


def _fresh(archive: Archive, place: Path, now: datetime) -> care.Backup:
    newest = next(iter(care.files(archive.uid)), None)
    if newest is not None and timedelta() <= now - newest.at < FRESH:
        return newest
    return care.make(place, archive.uid, now=now, reason="start")


def _looked(worker: Worker, path: Path) -> Report:
    from pressdesk.archive.checking import Report

    answer = worker.call(str(path).encode("utf-8", "surrogateescape"))
    return msgspec.json.decode(answer, type=Report)
