"""What can be wrong with a desk, told to a person: what happened to it and what to do."""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct
from sqlalchemy.exc import DBAPIError

from pressdesk.base.address import Address
from pressdesk.base.errors import (
    BadInput,
    DeskForeign,
    DeskFull,
    DeskLocked,
    DeskReadOnly,
    DeskTooNew,
    DeskUnavailable,
    ReadFailed,
)
from pressdesk.base.i18n import _

FEW = 3
"""So many of the things that are wrong are named."""


class Complaint(Struct, frozen=True):
    """One thing that can be wrong; called with the desk, it gives the error to raise."""

    error: type[DeskUnavailable]
    what: Callable[[], str]
    """In the language of the interface, with {desk} or {path} where the desk is named."""
    hint: Callable[[], str]

    def __call__(self, desk: Address, **facts: str) -> DeskUnavailable:
        """The error about this desk; ``facts`` fill what else is open in ``what``."""
        what = self.what().format(desk=desk, path=desk, **facts)
        return self.error(what, hint=self.hint())


moved = Complaint(  # the name no longer leads to the file that is open: writing would go nowhere
    DeskUnavailable,
    lambda: _("The desk “{path}” was moved, deleted or replaced while it was open."),
    lambda: _("Put it back, or open it where it is now."),
)
unfinished = Complaint(  # a crash left a journal beside it, and who only reads cannot undo with it
    DeskUnavailable,
    lambda: _("Something ended in the middle of a change of the desk “{path}”."),
    lambda: _("Open it once with permission to write to it and its folder."),
)
unreadable = Complaint(  # the system does not let this person read it, or it is not a file at all
    DeskUnavailable,
    lambda: _("“{path}” cannot be read."),
    lambda: _("Ask for read permission, or choose another file."),
)
foreign = Complaint(
    DeskForeign,
    lambda: _("“{path}” is not a PressDesk desk."),
    lambda: _("Choose a file that ends in .pressdesk; it was not changed."),
)
empty = Complaint(  # what a failed copy leaves
    DeskForeign,
    lambda: _("“{path}” is empty."),
    lambda: _("Restore a copy of it, or delete it and create a new desk; it was not changed."),
)
damaged = Complaint(  # the bytes are not what the database or a hash says they should be
    DeskForeign,
    lambda: _("The desk “{path}” is damaged."),
    lambda: _("Do not write to it. Keep a copy of the file and restore the last good backup."),
)
endless = Complaint(  # reading took far more than the size of the file explains: see limits
    DeskForeign,
    lambda: _("Reading the desk “{path}” was stopped: it took far too long for its size."),
    lambda: _("The file is damaged or made to do harm. Restore the last good backup."),
)
too_long = Complaint(  # beyond limits.LONGEST
    DeskForeign,
    lambda: _("A value in the desk “{path}” is too long."),
    lambda: _("The file is damaged or made to do harm. Restore the last good backup."),
)
instead = Complaint(  # a view stands where one of our tables should, and shows what it likes
    DeskForeign,
    lambda: _("The structure of the desk “{path}” was changed by another program ({found})."),
    lambda: _("It would show what is not stored in it. Restore an earlier backup."),
)
unreadable_row = Complaint(  # damaged, and we know where
    DeskForeign,
    lambda: _("The desk “{path}” is damaged: {where} cannot be read."),
    damaged.hint,
)
too_new = Complaint(
    DeskTooNew,
    lambda: _("The desk “{path}” was created by a newer version of PressDesk."),
    lambda: _("Update PressDesk to open it; the desk was not changed."),
)
too_old = Complaint(  # to be read only
    DeskReadOnly,
    lambda: _("The desk “{path}” was created by an older version of PressDesk."),
    lambda: _("Open it once with write access to update it."),
)
locked = Complaint(  # somebody else holds the file for longer than we waited
    DeskLocked,
    lambda: _("Another program is using the desk “{path}”."),
    lambda: _("Wait for it to finish or close it, then try again."),
)
read_only = Complaint(
    DeskReadOnly,
    lambda: _("The desk “{path}” cannot be written to."),
    lambda: _("Open it read-only, or ask for write permission for its folder."),
)
part_only = Complaint(  # the whole is needed
    DeskReadOnly,
    lambda: _("You can see only part of the desk “{desk}”."),
    lambda: _("Only editors can do this."),
)
full = Complaint(  # the transaction is rolled back
    DeskFull,
    lambda: _("The disk with the desk “{path}” is full."),
    lambda: _("Free up some space and save again; earlier saves are safe."),
)
failed = Complaint(
    DeskUnavailable,
    lambda: _("The desk “{path}” could not be read or written."),
    lambda: _("Check the drive or the network, then try again."),
)


def missing(path: Path) -> DeskUnavailable:
    """There is no such file, or no such folder."""
    if path.parent.is_dir():
        what = _("The desk “{path}” was not found.").format(path=path)
        return DeskUnavailable(what, hint=_("Choose another file, or create a desk there."))
    what = _("The folder “{path}” was not found.").format(path=path.parent)
    return DeskUnavailable(what, hint=_("Connect the drive or choose another folder."))


def altered(path: Address, found: Sequence[str], *, older: bool = False) -> DeskReadOnly:
    """The desk has foreign triggers, tables or views, or lacks ours.

    older  it is of an earlier version, and can be neither brought up to date nor read
    """
    what = _("The structure of the desk “{path}” was changed by another program ({found}).")
    hint = _(
        "It could alter what you save, so the desk was opened read-only. Restore "
        "an earlier backup, or ask your administrator."
    )
    if older:
        hint = _("It cannot be updated in this state. Restore an earlier backup.")
    return DeskReadOnly(what.format(path=path, found=_few(found)), hint=hint)


def altered_copy(path: Address, found: Sequence[str]) -> DeskForeign:
    """A backup, or a desk that is to be backed up, is not made of what PressDesk makes."""
    what = _("The structure of the desk “{path}” was changed by another program ({found}).")
    hint = _("It is not used as a backup. Choose an earlier one, or ask your administrator.")
    return DeskForeign(what.format(path=path, found=_few(found)), hint=hint)


def not_vouched() -> DeskForeign:
    """The register cannot be read, or has sealed something else."""
    return DeskForeign(
        _("The register of this desk does not match what was issued."),
        hint=_("Check the desk, and restore a backup in which it is sound."),
    )


def altered_meanwhile(path: Address, found: Sequence[str]) -> DeskReadOnly:
    """Somebody changed the tables or guards while the desk was open."""
    what = _("The structure of the desk “{path}” was changed by another program ({found}).")
    hint = _(
        "It could alter what you save, so nothing was saved. Copy your text elsewhere, close the "
        "desk and restore an earlier backup."
    )
    return DeskReadOnly(what.format(path=path, found=_few(found)), hint=hint)


def replaced(path: Address, found: Sequence[str]) -> DeskForeign:
    """A table of the desk is none any more."""
    what = _("The structure of the desk “{path}” was changed by another program ({found}).")
    hint = _("It cannot be read in this state. Restore an earlier backup.")
    return DeskForeign(what.format(path=path, found=_few(found)), hint=hint)


def _few(found: Sequence[str]) -> str:
    return "; ".join(found[:FEW]) + ("; …" if found[FEW:] else "")


def no_unicode() -> BadInput:
    """A text that the database cannot hold."""
    what = _("The text contains characters that are not valid Unicode.")
    return BadInput(what, hint=_("Remove the unreadable characters and save again."))


_BY_CODE: Mapping[int, Complaint] = {
    sqlite3.SQLITE_FULL: full,
    sqlite3.SQLITE_BUSY: locked,
    sqlite3.SQLITE_LOCKED: locked,
    sqlite3.SQLITE_READONLY: read_only,
    sqlite3.SQLITE_PERM: read_only,
    sqlite3.SQLITE_AUTH: read_only,
    sqlite3.SQLITE_CANTOPEN: failed,
    sqlite3.SQLITE_IOERR: failed,
    sqlite3.SQLITE_NOTADB: damaged,
    sqlite3.SQLITE_CORRUPT: damaged,
    sqlite3.SQLITE_INTERRUPT: endless,
    sqlite3.SQLITE_TOOBIG: too_long,
}


_UNFINISHED = (sqlite3.SQLITE_READONLY_ROLLBACK, sqlite3.SQLITE_READONLY_RECOVERY)

_UNREADABLE = re.compile(
    "Could not decode to UTF-8|no such (table|column)|malformed|foreign key mismatch"
)
"""What sqlite3 says, without a code of its own, when text or the schema are damaged."""


_DERIVED = re.compile("failed: (search|facet)_")
"""A key of the search index is there that no edition has: some bytes are not what they were."""


def of_sqlite(error: BaseException | None) -> Complaint | None:
    """What one of sqlite3's errors says of the desk, None when it is a bug of ours instead."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None or code == sqlite3.SQLITE_ERROR:
        return damaged if _UNREADABLE.search(str(error)) else None
    if code & 0xFF == sqlite3.SQLITE_CONSTRAINT and _DERIVED.search(str(error)):
        return damaged
    if code in _UNFINISHED:
        return unfinished
    return _BY_CODE.get(code & 0xFF)


class Unreadable(ValueError):
    """A stored value that cannot be read: of which table, and which row of it."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


_NO_VALUE = (
    *(msgspec.DecodeError, zlib.error),
    *(ValueError, TypeError, AttributeError, OverflowError, RecursionError),
)
"""What making a value of a row may raise when it is of another type, nested without end, none."""


@contextmanager
def row(table: str, key: object) -> Iterator[None]:
    """Inside, values are made of one row: what cannot be read there is damage of that row.

    raises  Unreadable; ReadFailed with its place
    """
    try:
        yield
    except Unreadable:
        raise
    except ReadFailed as error:
        raise ReadFailed(f"{error.what} ({table} {key})", hint=error.hint) from error
    except _NO_VALUE as error:
        raise Unreadable(f"{table} {key}") from error


def of_a_value(error: BaseException) -> bool:
    """The error came up while SQLAlchemy made a value of what is stored in a column."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    name = trace.tb_frame.f_globals.get("__name__", "") if trace is not None else ""
    return str(name).startswith("sqlalchemy.")


@contextmanager
def telling(
    desk: Address,
    driver: type[Exception] = sqlite3.DatabaseError,
    known: Callable[[BaseException | None], Complaint | None] = of_sqlite,
) -> Iterator[None]:
    """Inside, the errors of a database become errors about the desk.

    A stored value nobody can decode, or that is nested without end, is damage, too. Text that
    the database cannot hold becomes BadInput; it is never stored.
    driver  the family of the errors its driver raises, bare or inside SQLAlchemy's. Of sqlite3
            it is DatabaseError: "not a database" and "malformed" are no OperationalErrors
    known   what such an error says of the desk
    """
    try:
        yield
    except (DBAPIError, driver) as error:
        found = known(error.orig if isinstance(error, DBAPIError) else error)
        if found is None:
            raise
        raise found(desk) from error
    except UnicodeEncodeError as error:
        raise no_unicode() from error
    except Unreadable as error:
        raise unreadable_row(desk, where=error.where) from error
    except (msgspec.DecodeError, UnicodeDecodeError, zlib.error, RecursionError) as error:
        raise damaged(desk) from error
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        if not of_a_value(error):
            raise
        raise damaged(desk) from error
