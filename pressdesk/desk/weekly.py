"""The automatic checks in a process of their own: once a week of all, else of what is new.

Once a week the newest backup is looked through. It is the desk page by page, and nobody waits for
it: a look at the desk itself would keep writers out for as long as it reads. What is found there
is looked for in the desk, too, before anybody is told. In between, each time the desk was opened,
it is looked at what came since, in the desk itself: that takes a second or two.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from pressdesk.base.errors import DeskForeign
from pressdesk.desk import care, looking_after
from pressdesk.desk.looks import last_look, note_look
from pressdesk.press.register.heads import Anchor

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
    """Check the desk if that is due, else what came since; None where no problem was found.

    raises  WorkerFailed when the other process was ended; as ``care.make`` when the desk cannot
            be copied for another reason than damage
    """
    from pressdesk.archive.checking import Fault, Report

    if not isinstance(archive.place, Path) or archive.read_only:
        return None
    if not due(archive.uid, now):
        return _since(archive, archive.place, worker, now)
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
        note_look(archive.uid, now, sound=True, anchor=report.anchor)
        return None
    mine = _looked(worker, archive.place)
    note_look(archive.uid, now, sound=mine.sound, anchor=mine.anchor)
    return WeeklyFault(report, newest) if mine.sound else WeeklyFault(mine)


def _since(archive: Archive, place: Path, worker: Worker, now: datetime) -> WeeklyFault | None:
    before = looking_after.basis(archive)
    if before is None:
        return None
    report = _looked(worker, place, before.anchor)
    if report.sound:
        return None
    note_look(archive.uid, now, sound=False)
    return WeeklyFault(report)


def _fresh(archive: Archive, place: Path, now: datetime) -> care.Backup:
    newest = next(iter(care.files(archive.uid)), None)
    if newest is not None and timedelta() <= now - newest.at < FRESH:
        return newest
    return care.make(place, archive.uid, now=now, reason="start")


def _looked(worker: Worker, path: Path, since: Anchor | None = None) -> Report:
    from pressdesk.archive.checking import Report

    asked = looking_after.LookAsked(os.fsencode(path), since)
    answer = worker.call(msgspec.json.encode(asked))
    return msgspec.json.decode(answer, type=Report)
