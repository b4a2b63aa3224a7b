"""Whether the clock of this computer can be believed: an embargo ends by nothing else."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from pressdesk.base.address import Server
from pressdesk.base.i18n import _
from pressdesk.desk import witness

if TYPE_CHECKING:
    from pressdesk.archive.file.desk_file import Archive

SLIGHT = timedelta(minutes=5)
"""The clocks of two computers may differ by so much; nobody is told of it."""

FAR = timedelta(days=7)
"""A desk may lie unused for so long before the clock of who opens it is doubted."""

# One that goes on while the computer sleeps; elsewhere than on Linux and macOS ``monotonic`` does.
_GOING_ON = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


class Clock(Struct, frozen=True):
    """What was known of the clock when a desk was opened."""

    opened: datetime
    """What it showed then."""
    running: float
    """What ``running`` said then."""
    seen: datetime | None = None
    """The latest moment that anything is of which was there before: the time of a server, the
    file, its last deed, what this computer saw of it."""
    far: timedelta = FAR
    """How far ahead of that it may stand."""

    def sure(self, now: datetime) -> datetime:
        """``now``; where the clock stands too far ahead, or jumped since, the moment that it is
        by all that is known else. An embargo that has not ended by then still stands."""
        known = self.opened
        if self.seen is not None and self.opened - self.seen > self.far:
            known = self.seen
        known += timedelta(seconds=running() - self.running)
        return known if now - known > SLIGHT else now

    def doubt(self, now: datetime) -> str:
        """A sentence for a person where the clock is not believed, or stands before what was done
        already; else ""."""
        last = self.sure(now)
        words = _("This computer’s clock shows {now}; nothing known here is later than {last}.")
        if last == now:
            if self.seen is None or self.seen - now <= SLIGHT:
                return ""
            last = self.seen
            words = _("This computer’s clock shows {now}, but the last change here is of {last}.")
        return words.format(now=shown(now), last=shown(last))


def of(archive: Archive, *, now: datetime) -> Clock:
    """What is known of the clock now, as the desk is opened; ask before anything is written.

    Who may see only what is out has it from the desk that it is out, whatever the clock says.
    cost  a millisecond or two
    """
    if archive.reading:
        return Clock(now, running())
    if isinstance(archive.place, Server):
        return Clock(now, running(), archive.seen, SLIGHT)
    sighting = witness.last(archive.uid)
    known = (archive.seen, archive.deeds.last(), sighting.at if sighting else None)
    return Clock(now, running(), max((at for at in known if at is not None), default=None))


def running() -> float:
    """Seconds that the computer has been running; nobody sets them."""
    return time.monotonic() if _GOING_ON is None else time.clock_gettime(_GOING_ON)


def shown(at: datetime) -> str:
    """A moment in the time of this computer."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
