"""Opening a desk for a person: file or server, house style, contacts and what was kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pressdesk.base import settings
from pressdesk.base.address import Address
from pressdesk.base.files import own_folder
from pressdesk.desk import drafting, history, people
from pressdesk.press.house import House
from pressdesk.press.release import Contact

if TYPE_CHECKING:
    from pressdesk.archive.file.desk_file import Archive

    Desk = Archive
    """An open desk, for the window: handed to use cases, asked where and what it is, closed."""


@dataclass(frozen=True)
class OpenDesk:
    """A desk that is open. ``kept`` names the editions with text no save has taken over."""

    archive: Archive
    house: House
    contacts: tuple[Contact, ...]
    kept: tuple[tuple[int, int], ...] = ()
    why: str = ""
    """Why it can only be read, where that needs saying."""


def enter(
    place: Address, *, now: datetime, create: bool = False, reading: bool = False
) -> OpenDesk:
    """Open the desk at ``place``; one that can only be read is opened for reading.

    reading  change nothing and show only what is out
    create   make a new file there; refused when there is something, nothing is overwritten
    raises  DeskUnavailable and its kind, with what to do
    cost    0.5 s the first time in a process (SQLAlchemy), then some milliseconds
    """
    from pressdesk.archive.file import desk_file

    why = ""
    if create and isinstance(place, Path):
        own_folder(place.parent)
        archive = desk_file.create(place)
    else:
        archive, why = _opened(place, reading=reading)
    try:
        history.sign(archive, settings.load().author)
        if not archive.read_only:
            drafting.purge(archive, now=now)
        kept = archive.releases.kept_editions()
        return OpenDesk(archive, *people.known(archive), kept, why)
    except BaseException:
        archive.close()  # else a backup could not take the place of a damaged one
        raise


def hear(desk: Archive) -> None:
    """Ask an open desk something small; raises DeskUnreachable while its server is silent."""
    desk.houses.get()


def probe(place: Address) -> None:
    """Raise what stands against opening the desk; opens and closes it."""
    from pressdesk.archive import opening

    opening.open_any(place).close()


def _opened(place: Address, *, reading: bool) -> tuple[Archive, str]:
    """The desk and, where it could not be opened for writing, what stood against it."""
    from pressdesk.archive import opening
    from pressdesk.base.errors import DeskReadOnly

    if reading:
        return opening.open_at(place, reading=True), ""
    try:
        return opening.open_at(place), ""
    except DeskReadOnly as error:
        archive = opening.open_at(place, read_only=True)
        return archive, "" if archive.is_copy else str(error)
