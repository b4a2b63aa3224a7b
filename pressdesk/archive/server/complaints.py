"""PostgreSQL's complaints, told to a person: what happened to the desk and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec
import psycopg
from sqlalchemy.exc import DBAPIError

from pressdesk.archive.store import faults
from pressdesk.base.address import Server
from pressdesk.base.errors import (
    BadInput,
    DeskForeign,
    DeskLocked,
    DeskPassword,
    DeskReadOnly,
    DeskTooNew,
    DeskUnavailable,
    DeskUnreachable,
)
from pressdesk.base.i18n import _


def unreachable(server: Server) -> DeskUnreachable:
    """Nobody answers there, or the line was cut."""
    what = _("The server of the desk “{desk}” does not answer.").format(desk=server)
    return DeskUnreachable(what, hint=_("Check the network and the address, then try again."))


def no_address(server: Server) -> DeskUnavailable:
    """An option that does not exist, or a letter that cannot be there."""
    what = _("“{desk}” is no address that a server could have.").format(desk=server)
    return DeskUnavailable(what, hint=_("It looks like postgresql://name@host/database."))


def password(server: Server) -> DeskPassword:
    """The server wants a password, or another one."""
    what = _("The server of the desk “{desk}” does not accept the name or the password.")
    return DeskPassword(
        what.format(desk=server), hint=_("Keep the right one with “pressdesk office password”.")
    )


def no_database(server: Server) -> DeskUnavailable:
    """The server has no database of that name."""
    what = _("There is no database for the desk “{desk}” on its server.").format(desk=server)
    return DeskUnavailable(what, hint=_("Check the name, or have the database made."))


def foreign(server: Server) -> DeskForeign:
    """A database without a desk in it."""
    what = _("There is no desk of PressDesk in “{desk}”.").format(desk=server)
    hint = _("Make one there with “pressdesk office init”; nothing was changed.")
    return DeskForeign(what, hint=hint)


def taken(server: Server) -> DeskUnavailable:
    """A database that holds something already."""
    what = _("There is something in the database “{desk}” already.").format(desk=server)
    return DeskUnavailable(what, hint=_("Choose an empty database; this one was not changed."))


def encoding(server: Server, found: str) -> DeskUnavailable:
    """A database that cannot hold every script."""
    what = _("The database “{desk}” stores text as {encoding}.")
    hint = _("Make the database with the encoding UTF8.")
    return DeskUnavailable(what.format(desk=server, encoding=found), hint=hint)


def too_new(server: Server) -> DeskTooNew:
    """Made by a newer program."""
    what = _("The desk “{desk}” was made by a newer PressDesk.").format(desk=server)
    return DeskTooNew(what, hint=_("Update PressDesk to open it; it was not changed."))


def busy(server: Server) -> DeskLocked:
    """Somebody else writes for longer than we waited."""
    what = _("Somebody else is writing to the desk “{desk}”.").format(desk=server)
    return DeskLocked(what, hint=_("Nothing was changed. Try again in a moment."))


def read_only(server: Server) -> DeskReadOnly:
    """This person may read and not write, or the server is a copy."""
    what = _("The desk “{desk}” cannot be written with this name.").format(desk=server)
    return DeskReadOnly(what, hint=_("Open it for reading only, or ask for the right to write."))


def no_view(server: Server) -> DeskReadOnly:
    """This person may neither use the readers' view of the desk nor make one."""
    what = _("The desk “{desk}” has no view for readers that this name may use.")
    return DeskReadOnly(what.format(desk=server), hint=_("Ask its owner to make the roles."))


_BY_STATE: dict[str, Callable[[Server], DeskUnavailable]] = {
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

_BY_CLASS: dict[str, Callable[[Server], DeskUnavailable]] = {
    "08": unreachable,
    "53": faults.failed,
    "57": unreachable,
    "58": faults.failed,
}


def desk_error(error: BaseException | None, server: Server) -> DeskUnavailable | None:
    """The error to show for one of the driver's, None when it is a bug of ours instead."""
    if not isinstance(error, psycopg.Error):
        return None
    state = error.sqlstate
    if state:
        told = _BY_STATE.get(state) or _BY_CLASS.get(state[:2])
        return told(server) if told else None
    if isinstance(error, psycopg.OperationalError):
        return _of_connecting(error, server)
    if isinstance(error, psycopg.InterfaceError):
        return unreachable(server)
    return None


def _of_connecting(error: psycopg.OperationalError, server: Server) -> DeskUnavailable:
    """Why no connection came about: the server has no code for it, the driver knows this much."""
    asked = error.pgconn
    if asked is not None and (asked.needs_password or asked.used_password):
        return no_database(server) if _names_database(error) else password(server)
    return no_database(server) if _names_database(error) else unreachable(server)


def _names_database(error: psycopg.Error) -> bool:
    # Servers speak their administrator's language; then it is told as not answering.
    return 'database "' in str(error) and "does not exist" in str(error)


@contextmanager
def telling(server: Server) -> Iterator[None]:
    """Inside, the driver's errors about the desk become errors about the desk.

    Text that PostgreSQL cannot hold (a NUL, half of a character) becomes BadInput.
    """
    try:
        yield
    except DBAPIError as error:
        _tell(error.orig, server, error)
        raise
    except psycopg.Error as error:
        _tell(error, server, error)
        raise
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise faults.damaged(server) from error
    except UnicodeEncodeError as error:
        raise _no_unicode() from error


def _tell(error: BaseException | None, server: Server, shown: BaseException) -> None:
    """Raise what a person can act on, if there is something."""
    if isinstance(error, psycopg.DataError) and "NUL" in str(error):
        raise _no_unicode() from shown
    if isinstance(error, psycopg.errors.CharacterNotInRepertoire):
        raise _no_unicode() from shown
    told = desk_error(error, server)
    if told is not None:
        raise told from shown


def _no_unicode() -> BadInput:
    what = _("The text holds characters that are not valid Unicode.")
    return BadInput(what, hint=_("Remove the unreadable characters and save again."))
