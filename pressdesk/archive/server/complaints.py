"""What PostgreSQL's errors say of a desk, told to a person as those of a file are."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager

import psycopg

from pressdesk.archive.store import faults
from pressdesk.archive.store.faults import Complaint
from pressdesk.base.address import Server
from pressdesk.base.errors import (
    DeskForeign,
    DeskLocked,
    DeskPassword,
    DeskReadOnly,
    DeskUnavailable,
    DeskUnreachable,
)
from pressdesk.base.i18n import _

unreachable = Complaint(  # nobody answers there, or the line was cut
    DeskUnreachable,
    lambda: _("The server of the desk “{desk}” is not responding."),
    lambda: _("Check the network and the address, then try again."),
)
no_address = Complaint(  # an option that does not exist, or a letter that cannot be there
    DeskUnavailable,
    lambda: _("“{desk}” is not a valid server address."),
    lambda: _("Use the form postgresql://name@host/database."),
)
password = Complaint(
    DeskPassword,
    lambda: _("The server of the desk “{desk}” did not accept the user name or password."),
    lambda: _("Store the correct password with “pressdesk office password”."),
)
no_database = Complaint(
    DeskUnavailable,
    lambda: _("The server has no database for the desk “{desk}”."),
    lambda: _("Check the name, or ask for the database to be created."),
)
foreign = Complaint(
    DeskForeign,
    lambda: _("There is no PressDesk desk in “{desk}”."),
    lambda: _("Create one with “pressdesk office init”; nothing was changed."),
)
taken = Complaint(
    DeskUnavailable,
    lambda: _("The database “{desk}” is not empty."),
    lambda: _("Choose an empty database; this one was not changed."),
)
encoding = Complaint(  # it cannot hold every script
    DeskUnavailable,
    lambda: _("The database “{desk}” stores text as {encoding}."),
    lambda: _("Create the database with UTF8 encoding."),
)
busy = Complaint(  # somebody else writes for longer than we waited
    DeskLocked,
    lambda: _("Someone else is writing to the desk “{desk}”."),
    lambda: _("Nothing was changed. Try again in a moment."),
)
read_only = Complaint(  # this person may read and not write, or the server is a copy
    DeskReadOnly,
    lambda: _("This user cannot write to the desk “{desk}”."),
    lambda: _("Open it read-only, or ask for write access."),
)
in_use = Complaint(  # by programs that would not see what a newer schema keeps
    DeskLocked,
    lambda: _("The desk “{desk}” must be updated, but an older PressDesk has it open."),
    lambda: _("Close it there, on every computer, then try again; nothing was changed."),
)
owner_only = Complaint(  # this person may write rows and not change what the desk is made of
    DeskReadOnly,
    lambda: _("The desk “{path}” was created by an older version of PressDesk."),
    lambda: _("Ask its owner to open it once in this version of PressDesk."),
)
no_view = Complaint(  # this person may neither use the readers' view of the desk nor make one
    DeskReadOnly,
    lambda: _("This user has no read access to the desk “{desk}”."),
    lambda: _("Ask its owner to create the roles."),
)

_BY_STATE: Mapping[str, Complaint] = {
    "53100": faults.full,
    "55P03": busy,  # the lock was not free in time
    "57014": busy,  # a statement took too long
    "40001": busy,
    "40P01": busy,
    "25006": read_only,
    "42501": read_only,
    "28P01": password,
    "28000": password,
    "3D000": no_database,
    "42P01": faults.damaged,  # a table is gone
    "42703": faults.damaged,  # a column is gone
    "XX001": faults.damaged,
    "XX002": faults.damaged,
}

_BY_CLASS: Mapping[str, Complaint] = {
    "08": unreachable,
    "53": faults.failed,
    "57": unreachable,
    "58": faults.failed,
}


def of_postgres(error: BaseException | None) -> Complaint | None:
    """What one of the driver's errors says of the desk, None when it is a bug of ours instead.

    raises  BadInput for text that PostgreSQL cannot hold (a NUL, half of a character)
    """
    if not isinstance(error, psycopg.Error):
        return None
    no_text = isinstance(error, psycopg.errors.CharacterNotInRepertoire)
    if no_text or (isinstance(error, psycopg.DataError) and "NUL" in str(error)):
        raise faults.no_unicode() from error
    if state := error.sqlstate:
        return _BY_STATE.get(state) or _BY_CLASS.get(state[:2])
    if isinstance(error, psycopg.OperationalError):
        return _of_connecting(error)
    return unreachable if isinstance(error, psycopg.InterfaceError) else None


def _of_connecting(error: psycopg.OperationalError) -> Complaint:
    """Why no connection came about: the server has no code for it, the driver knows this much."""
    # Servers speak their administrator's language; then it is told as not answering.
    if 'database "' in str(error) and "does not exist" in str(error):
        return no_database
    asked = error.pgconn
    secret = asked is not None and (asked.needs_password or asked.used_password)
    return password if secret else unreachable


def telling(server: Server) -> AbstractContextManager[None]:
    """Inside, the driver's errors about the desk become errors about the desk."""
    return faults.telling(server, psycopg.Error, of_postgres)
