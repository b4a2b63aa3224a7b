"""The only way to open a desk, in a file or on a server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pressdesk.archive.file import desk_file
from pressdesk.archive.file.desk_file import Archive
from pressdesk.base import passwords
from pressdesk.base.address import Address, Server
from pressdesk.base.errors import DeskUnavailable
from pressdesk.base.i18n import _

if TYPE_CHECKING:
    from types import ModuleType


def open_at(place: Address, *, read_only: bool = False, reading: bool = False) -> Archive:
    """Open a desk; raises as ``open_desk`` and ``open_office`` do.

    reading  show only what is out, to whoever may see more as well

    The password of a server is the one said in this run, else the keyring's, else libpq's
    (PGPASSWORD, the password file).
    """
    if isinstance(place, Path):
        return desk_file.open_desk(place, read_only=read_only, reading=reading)
    office = office_of(place)
    opened: Archive = office.open_office(
        place.url, password=passwords.known(place), read_only=read_only, reading=reading
    )
    return opened


def office_of(server: Server) -> ModuleType:
    """The module of desks on servers; raises DeskUnavailable where its driver is missing."""
    try:
        from pressdesk.archive.server import postgres
    except ImportError as error:
        what = _("The desk “{desk}” is on a server, but the database driver is not installed.")
        hint = _("Install it with: pip install “pressdesk[office]”.")
        raise DeskUnavailable(what.format(desk=server), hint=hint) from error
    return postgres
