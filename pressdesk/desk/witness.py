"""What this computer has seen of each desk, kept outside it: a desk cannot go back unseen."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from pressdesk.base import settings
from pressdesk.base.errors import BadInput, WriteFailed
from pressdesk.base.files import atomic_write, own_folder
from pressdesk.base.i18n import _
from pressdesk.press.register.checkpoint import origin, parsed
from pressdesk.press.register.deeds import Book
from pressdesk.press.register.heads import Course
from pressdesk.press.register.heads import Heads as Heads

if TYPE_CHECKING:
    from pressdesk.archive.file.desk_file import Archive


class Sighting(Struct, frozen=True):
    """The heads of a desk, and when they were seen."""

    at: datetime
    heads: Heads


class Past(Struct, frozen=True):
    """What is told of a desk that does not go on from what was seen."""

    course: Course
    what: str
    hint: str


class _Kept(Struct, frozen=True):
    at: datetime
    out: str
    desk: str


def look(archive: Archive, *, now: datetime) -> Past | None:
    """Compare an open desk with what this computer saw of it last; None where it goes on.

    Then what it is now is remembered; of one that went back it is not, so that it is told each
    time until somebody takes it ``as_it_is``.
    raises  DeskUnavailable
    cost    some milliseconds
    """
    if archive.reading:
        return None
    seen = last(archive.uid)
    if seen is not None:
        course = archive.witnessed.course(seen.heads)
        if course in (Course.BACK, Course.REWRITTEN):
            return _past(course, archive, seen)
    as_it_is(archive, now=now)
    return None


def as_it_is(archive: Archive, *, now: datetime) -> None:
    """Remember where the desk stands. A computer that cannot keep it is merely no witness."""
    heads = None if archive.reading else archive.witnessed.heads(archive.uid)
    seen = last(archive.uid)
    if heads is None or (seen is not None and seen.heads == heads):
        return
    kept = _Kept(now, str(heads.out), str(heads.desk))
    with suppress(WriteFailed):
        own_folder(_file(archive.uid).parent)
        atomic_write(_file(archive.uid), msgspec.json.encode(kept), private=True)


def last(uid: str) -> Sighting | None:
    """What was last seen of a desk; None for nothing, also where it cannot be read."""
    try:
        kept = msgspec.json.decode(_file(uid).read_bytes(), type=_Kept)
        heads = Heads(parsed(kept.out), parsed(kept.desk))
    except (OSError, msgspec.DecodeError, BadInput):
        return None
    of = heads.out.origin, heads.desk.origin
    return (
        Sighting(kept.at, heads) if of == (origin(uid, Book.OUT), origin(uid, Book.DESK)) else None
    )


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


def _file(uid: str) -> Path:
    return settings.data_folder() / "seen" / f"{uid}.json"
