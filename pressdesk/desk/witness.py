"""What this computer has seen of each desk, kept outside it: a desk cannot go back unseen."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from pressdesk.base import settings
from pressdesk.base.errors import BadInput, DeskForeign, WriteFailed
from pressdesk.base.files import UNREADABLE, atomic_write, own_folder
from pressdesk.base.i18n import _
from pressdesk.desk import care
from pressdesk.press.register import heads
from pressdesk.press.register.heads import Course, Heads

if TYPE_CHECKING:
    from pressdesk.archive.file.desk_file import Archive


NEWEST = 8
"""Manifests that are looked at when a desk is opened."""

_TOLD = (Course.BACK, Course.REWRITTEN)


class Sighting(Struct, frozen=True):
    """The heads of a desk, and when they were seen."""

    at: datetime
    heads: Heads
    taken: datetime | None = None
    """When the person took the desk as it was: earlier backups bear no witness any more."""


A_DAY = timedelta(days=1)
"""A sighting is so old at most: by it, too, a clock is judged, see ``clock``."""


class Past(Struct, frozen=True):
    """What is told of a desk that does not go on from what was seen."""

    course: Course
    what: str
    hint: str


class _Kept(Struct, frozen=True):
    at: datetime
    out: str
    desk: str
    taken: datetime | None = None


def look(archive: Archive, *, now: datetime) -> Past | None:
    """Compare an open desk with what this computer saw of it last, and with its newest backups;
    None where it goes on.

    Then what it is now is remembered: that a backup took its place is told once. Of one that went
    back it is not, so that it is told each time until somebody ``take``s it.
    raises  DeskUnavailable
    cost    some milliseconds
    """
    if archive.reading:
        return None
    seen = last(archive.uid)
    still = seen is not None and _stands(archive, seen)
    fresh = seen is not None and abs(now - seen.at) < A_DAY
    restored = None
    if seen is not None and not still:
        course = archive.register.course(seen.heads)
        if course in _TOLD:
            return _past(course, archive, seen)
        restored = _restored(archive) if course is Course.RESTORED else None
    past = by_backups(archive, newest=NEWEST)
    if past is None and not (still and fresh):
        as_it_is(archive, now=now)
    return past or restored


def _stands(archive: Archive, seen: Sighting) -> bool:
    """It is where it was seen, as most desks are that are opened again."""
    with suppress(DeskForeign):  # which the course tells
        return archive.register.heads() == seen.heads
    return False


def by_backups(archive: Archive, *, newest: int | None = None) -> Past | None:
    """What the manifests of its backups say of a desk: the first that it does not go on from.

    newest  look at so many; None looks at all
    cost    some milliseconds each
    """
    if archive.reading:
        return None
    from pressdesk.archive.file import manifest

    seen = last(archive.uid)
    taken = seen.taken if seen else None
    for one in reversed(care.files(archive.uid)[:newest]):
        said = manifest.of(one.path)
        if said is None or said.heads is None or (taken is not None and said.at <= taken):
            continue
        if said.contents.uid != archive.uid:
            continue
        course = archive.register.course(said.heads)
        if course in _TOLD:
            return _past_backup(course, archive, said.at)
    return None


def take(archive: Archive, *, now: datetime) -> None:
    """The person takes the desk as it is, whatever was seen or backed up before."""
    as_it_is(archive, now=now, taken=now)


def as_it_is(archive: Archive, *, now: datetime, taken: datetime | None = None) -> None:
    """Remember where the desk stands. A computer that cannot keep it is merely no witness, and
    a damaged register has nothing to remember: a check says so. One that went back is not
    remembered by what is done in it, only when it is ``taken``."""
    seen = last(archive.uid)
    with suppress(WriteFailed, DeskForeign):
        here = None if archive.reading else archive.register.heads()
        if here is None:
            return
        stands = seen is not None and seen.heads == here and abs(now - seen.at) < A_DAY
        if stands and taken is None:
            return
        if taken is None and seen is not None and archive.register.course(seen.heads) in _TOLD:
            return
        taken = taken or (seen.taken if seen else None)
        kept = _Kept(now, str(here.out), str(here.desk), taken)
        own_folder(_file(archive.uid).parent)
        atomic_write(_file(archive.uid), msgspec.json.encode(kept), private=True)


def last(uid: str) -> Sighting | None:
    """What was last seen of a desk; None for nothing, also where it cannot be read."""
    try:
        kept = msgspec.json.decode(_file(uid).read_bytes(), type=_Kept)
        return Sighting(kept.at, heads.read(kept.out, kept.desk, uid), kept.taken)
    except (msgspec.DecodeError, BadInput, *UNREADABLE):
        return None


def _past(course: Course, archive: Archive, seen: Sighting) -> Past:
    named = {"desk": archive.place.name, "when": f"{seen.at.astimezone():%Y-%m-%d %H:%M}"}
    if course is Course.BACK:
        what = _("The desk “{desk}” is older than the one this computer saw on {when}.")
        hint = _(
            "It may have been replaced by an earlier copy; what was issued since is not in it."
            " Compare it with your backups before you issue anything."
        )
    else:
        what = _("The record of what the desk “{desk}” had issued by {when} was rewritten.")
        hint = _(
            "Somebody changed it with another program, or put another desk in its place."
            " Compare it with your backups before you issue anything."
        )
    return Past(course, what.format(**named), hint)


def _restored(archive: Archive) -> Past:
    at = archive.register.restored_at()
    when = f"{at.astimezone():%Y-%m-%d %H:%M}" if at is not None else ""
    what = _("The desk “{desk}” was restored from a backup on {when}.")
    hint = _("If nobody at your office did that, compare it with your backups before you issue.")
    return Past(Course.RESTORED, what.format(desk=archive.place.name, when=when), hint)


def _past_backup(course: Course, archive: Archive, at: datetime) -> Past:
    named = {"desk": archive.place.name, "when": f"{at.astimezone():%Y-%m-%d %H:%M}"}
    if course is Course.BACK:
        what = _("The desk “{desk}” is older than its backup of {when}.")
    else:
        what = _("The desk “{desk}” contradicts its backup of {when}: its record was rewritten.")
    hint = _("Compare it with that backup before you issue anything.")
    return Past(course, what.format(**named), hint)


def _file(uid: str) -> Path:
    return settings.data_folder() / "seen" / f"{uid}.json"
