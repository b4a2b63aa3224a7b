"""Opening a desk for a person, and making one: file or server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pressdesk.base import passwords, settings
from pressdesk.base.address import Address, Server
from pressdesk.base.errors import DeskReadOnly
from pressdesk.base.files import own_folder
from pressdesk.desk import clock, drafting, history, looking_after, people, witness
from pressdesk.desk.clock import Clock
from pressdesk.desk.witness import Past
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
    past: Past | None = None
    """It does not go on from what this computer saw of it last."""
    clock: Clock | None = None
    """What was known of the time before it was opened."""
    altered: bool = False
    """It can only be read because another program changed its tables or triggers."""


def enter(
    place: Address, *, now: datetime, create: bool = False, reading: bool = False
) -> OpenDesk:
    """Open the desk at ``place`` for the window; one that can only be read for reading.

    reading  change nothing and show only what is out
    create   make a new file there; refused when there is something, nothing is overwritten
    raises  DeskUnavailable and its kind, with what to do
    cost    0.5 s the first time in a process (SQLAlchemy), then some milliseconds
    """
    if create and isinstance(place, Path):
        own_folder(place.parent)
        make(place)
    archive, why = opened(place, reading=reading)
    try:
        known = clock.of(archive, now=now)
        if not archive.read_only:
            drafting.purge(archive, now=now)
        kept = archive.releases.kept_editions()
        past = witness.look(archive, now=now)
        in_a_file = isinstance(archive.place, Path)
        altered = bool(why and in_a_file and looking_after.altered_structure(archive))
        return OpenDesk(archive, *people.known(archive), kept, why, past, known, altered)
    except BaseException:
        archive.close()  # else a backup could not take the place of a damaged one
        raise


def opened(place: Address, *, reading: bool = False, writing: bool = False) -> tuple[Desk, str]:
    """The desk, its revisions signed by this person from now on, and what stood against
    opening it for writing where that needs saying.

    reading  show only what is out
    writing  raise DeskReadOnly where it can only be read
    raises   DeskUnavailable and its kind
    """
    from pressdesk.archive.opening import open_at

    why = ""
    try:
        archive = open_at(place, reading=reading)
    except DeskReadOnly as error:
        if writing or reading:
            raise
        archive = open_at(place, read_only=True)
        why = "" if archive.is_copy else str(error)
    try:
        history.sign(archive, settings.load().author)
    except BaseException:
        archive.close()
        raise
    return archive, why


def make(path: Path) -> None:
    """A new, empty desk at ``path``; raises DeskUnavailable, also when something is there."""
    from pressdesk.archive.file import desk_file

    desk_file.create(path).close()


def make_office(server: Server, *, roles: bool) -> tuple[str, ...]:
    """A new, empty desk in an empty database; returns what its logins can still do there.

    roles   make the roles of editors and readers, too; that takes the right to make roles
    raises  DeskUnavailable when the server does not answer or the database holds something;
            DeskPassword; DeskReadOnly without the right to make tables
    """
    from pressdesk.archive import checking
    from pressdesk.archive.opening import office_of

    password = passwords.known(server)
    archive = office_of(server).create_office(server.url, password=password, roles=roles)
    try:
        return checking.left_open(archive)
    finally:
        archive.close()


def hear(desk: Archive) -> None:
    """Ask an open desk something small; raises DeskUnreachable while its server is silent."""
    desk.houses.get()


def probe(place: Address) -> None:
    """Raise whatever prevents opening the desk; opens and closes it."""
    opened(place)[0].close()
