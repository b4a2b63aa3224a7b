"""SQLite's complaints, told to a person: what happened to the desk and what to do."""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from sqlalchemy.exc import DatabaseError, DBAPIError

from pressdesk.base.address import Address
from pressdesk.base.errors import (
    BadInput,
    DeskForeign,
    DeskFull,
    DeskLocked,
    DeskReadOnly,
    DeskUnavailable,
)
from pressdesk.base.i18n import _

FEW = 3
"""So many of the things that are wrong are named."""


def missing(path: Path) -> DeskUnavailable:
    """There is no such file, or no such folder."""
    if path.parent.is_dir():
        what = _("There is no desk “{path}”.").format(path=path)
        return DeskUnavailable(what, hint=_("Choose another file or make a new desk there."))
    what = _("There is no folder “{path}”.").format(path=path.parent)
    return DeskUnavailable(what, hint=_("Connect the drive or choose another folder."))


def moved(path: Path) -> DeskUnavailable:
    """The name no longer leads to the file that is open: writing would go nowhere."""
    what = _("The desk “{path}” was moved, deleted or replaced while it was open.")
    return DeskUnavailable(
        what.format(path=path), hint=_("Put it back under its name, or open it where it is now.")
    )


def unreadable(path: Path) -> DeskUnavailable:
    """The system does not let this person read the file, or it is not a file at all."""
    what = _("“{path}” cannot be read.").format(path=path)
    return DeskUnavailable(what, hint=_("Ask for permission to read it or choose another file."))


def foreign(path: Path) -> DeskForeign:
    """Another program's file."""
    what = _("“{path}” is not a desk of PressDesk.").format(path=path)
    return DeskForeign(what, hint=_("Choose a file that ends in .pressdesk; it was not changed."))


def empty(path: Path) -> DeskForeign:
    """A file without a byte in it: what a failed copy leaves."""
    what = _("“{path}” is empty.").format(path=path)
    return DeskForeign(
        what,
        hint=_("Restore a copy of it, or delete it and make a new desk; it was not changed."),
    )


def damaged(path: Address) -> DeskForeign:
    """The bytes are not what SQLite or a hash says they should be."""
    what = _("The desk “{path}” is damaged.").format(path=path)
    return DeskForeign(
        what, hint=_("Stop writing to it, keep a copy of the file and restore the last good one.")
    )


def altered(path: Address, found: Sequence[str], *, older: bool = False) -> DeskReadOnly:
    """The desk holds triggers, tables or views of somebody else, or lacks ours.

    older  it is of an earlier version, and can be neither brought up to date nor read
    """
    what = _("The structure of the desk “{path}” was changed by another program ({found}).")
    hint = _(
        "It could alter what you save, so it is opened for reading only. Restore an earlier"
        " backup, or ask whoever looks after the desk."
    )
    if older:
        hint = _("It cannot be updated like this. Restore an earlier backup.")
    named = "; ".join(found[:FEW]) + ("; …" if found[FEW:] else "")
    return DeskReadOnly(what.format(path=path, found=named), hint=hint)


def locked(path: Address) -> DeskLocked:
    """Somebody else holds the file for longer than we waited."""
    what = _("Another program is using the desk “{path}”.").format(path=path)
    return DeskLocked(what, hint=_("Wait for it to finish or close it, then try again."))


def read_only(path: Address) -> DeskReadOnly:
    """The file or its folder cannot be written."""
    what = _("The desk “{path}” cannot be written.").format(path=path)
    return DeskReadOnly(
        what, hint=_("Open it for reading only, or ask for permission to write in its folder.")
    )


def part_only(place: Address) -> DeskReadOnly:
    """This person sees what is out and no more, and the whole is needed."""
    what = _("The desk “{desk}” shows you a part of it only.").format(desk=place)
    return DeskReadOnly(what, hint=_("Let an editor do it."))


def full(path: Address) -> DeskFull:
    """The disk is full; the transaction is rolled back."""
    what = _("There is no room left on the disk of the desk “{path}”.").format(path=path)
    return DeskFull(what, hint=_("Free some space and save again; what was saved before is safe."))


def failed(path: Address) -> DeskUnavailable:
    """The system could not read or write."""
    what = _("The desk “{path}” could not be read or written.").format(path=path)
    return DeskUnavailable(what, hint=_("Check the drive or the network, then try again."))


_BY_CODE: dict[int, Callable[[Address], DeskUnavailable]] = {
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
}


_UNREADABLE = re.compile("Could not decode to UTF-8|no such (table|column)|malformed")
"""What sqlite3 says, without a code of its own, when text or the schema are damaged."""


_DERIVED = re.compile("failed: (search|facet)_")
"""A key of the search index is there that no edition has: some bytes are not what they were."""


def desk_error(error: BaseException | None, path: Address) -> DeskUnavailable | None:
    """The error to show for one of sqlite3's, None when it is a bug of ours instead."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None or code == sqlite3.SQLITE_ERROR:
        return damaged(path) if _UNREADABLE.search(str(error)) else None
    if code & 0xFF == sqlite3.SQLITE_CONSTRAINT and _DERIVED.search(str(error)):
        return damaged(path)
    told = _BY_CODE.get(code & 0xFF)
    return told(path) if told else None


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Inside, SQLite's errors about the file become errors about the desk.

    DatabaseError is the family to watch: "not a database" and "malformed" are no
    OperationalErrors. A stored value nobody can decode is damage, too. Text that UTF-8 cannot
    hold becomes BadInput; it is never stored.
    """
    try:
        yield
    except DBAPIError as error:
        told = desk_error(error.orig, path) if isinstance(error, DatabaseError) else None
        if told is None:
            raise
        raise told from error
    except sqlite3.DatabaseError as error:
        told = desk_error(error, path)
        if told is None:
            raise
        raise told from error
    except (msgspec.DecodeError, UnicodeDecodeError, zlib.error) as error:
        raise damaged(path) from error
    except UnicodeEncodeError as error:
        what = _("The text holds characters that are not valid Unicode.")
        raise BadInput(what, hint=_("Remove the unreadable characters and save again.")) from error
