"""Replaces a desk with a backup: backs up the current file first, then renames once."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from pressdesk.archive.file import manifest
from pressdesk.archive.file.backup import (
    Contents,
    backup,
    contents,
    need_room,
    verify,
    whole,
)
from pressdesk.archive.file.taking_place import Before, before, tell
from pressdesk.archive.store import header
from pressdesk.archive.store.bare import BUSY_SECONDS, connect
from pressdesk.archive.store.presence import alone
from pressdesk.base.errors import (
    BadInput,
    DeskForeign,
    DeskLocked,
    DeskReadOnly,
    DeskUnavailable,
)
from pressdesk.base.files import new_private
from pressdesk.base.i18n import _


def restore(path: Path, file: Path, aside: Path) -> Contents:
    """Make the desk at ``path`` what the backup ``file`` is; return what that holds.

    aside   where the present file is put first: a proven copy or, of a damaged one, its bytes
            with its journals. Nothing of it is ever thrown away.
    raises  DeskLocked while anybody has the desk open; BadInput for the backup of another
            desk; DeskForeign for a damaged one, or one with other bytes than its manifest says;
            DeskTooNew, DeskFull, WriteFailed. The desk is then as it was. After a crash at any
            moment it is the one or the other.
    """
    with alone(path):
        if path.exists() and header.is_held(path):
            what = _("The desk “{path}” is open.").format(path=path)
            raise DeskLocked(what, hint=_("Close it first; nothing was changed."))
        found = verify(file)
        manifest.vouch(file)
        _same_desk(path, found)
        was = Before()
        if path.exists():
            need_room(file, path.parent)
            _put_aside(path, aside)
            was = before(path)
        _swap(path, file, was)
    return found


def _same_desk(path: Path, found: Contents) -> None:
    """Raise BadInput when the file is of another desk; one that cannot be read is not asked."""
    with suppress(DeskUnavailable):
        # Immutable reading is enough for the name of a desk, which never changes.
        if contents(path).uid != found.uid:
            what = _("This is a backup of another desk.")
            raise BadInput(what, hint=_("Open it as a separate desk instead."))


def _put_aside(path: Path, aside: Path) -> None:
    # Whatever a crash left unfinished is settled first; a copier may only read.
    with suppress(sqlite3.Error), closing(_writer(path)) as present:
        present.execute("SELECT count(*) FROM sqlite_master").fetchone()
    try:
        manifest.put(aside, backup(path, aside), at=datetime.now(UTC))
    except (DeskForeign, DeskReadOnly):
        keep_bytes(path, aside)


def _writer(path: Path) -> sqlite3.Connection:
    return connect(path, read_only=False, immutable=False, seconds=BUSY_SECONDS)


def keep_bytes(path: Path, aside: Path) -> None:
    """A damaged desk may still be mended by somebody: its very bytes, and its journals.

    raises  DeskFull, WriteFailed
    """
    need_room(path, aside.parent)
    for tail in ("", *header.TAILS):
        beside = path.with_name(path.name + tail)
        if beside.exists():
            with whole(aside.with_name(aside.name + tail)) as temporary:
                new_private(temporary)
                shutil.copyfile(beside, temporary)


def _swap(path: Path, file: Path, was: Before) -> None:
    """One rename; before it the journals of the old file go, which would spoil the new one."""
    with whole(path, over=True) as temporary:
        backup(file, temporary)
        tell(temporary, was, datetime.now(UTC))
        if path.exists():
            shutil.copymode(path, temporary)
        for tail in header.TAILS:
            path.with_name(path.name + tail).unlink(missing_ok=True)
