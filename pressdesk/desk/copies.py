"""Locations of backups and of the offline copy, and which ones may be chosen."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from msgspec import Struct

from pressdesk.base import places, settings
from pressdesk.base.address import Server, settled
from pressdesk.base.errors import BadInput, DeskUnavailable, WriteFailed
from pressdesk.base.files import make_folder, write_failed
from pressdesk.base.i18n import _
from pressdesk.desk import care, looks
from pressdesk.desk.looks import Checked

if TYPE_CHECKING:
    from pressdesk.archive.copies.mirror import MirrorState as MirrorState
    from pressdesk.archive.file.desk_file import Archive


class Copies(Struct, frozen=True):
    """What there is of an open desk, and where."""

    folder: Path
    """Where its backups go."""
    chosen: bool = False
    """The person chose that folder."""
    on_server: bool = False
    """The desk is a server's: backups are made there, and a mirror can be kept here."""
    backed_up: datetime | None = None
    checked: Checked | None = None
    mirror: str = ""
    """The file of the mirror."""
    follows: str = ""
    """The address it follows; "" for whichever desk is open."""
    state: MirrorState | None = None
    caution: str = ""
    """What to know about a place that was chosen."""


def look(archive: Archive) -> Copies:
    """The copies of an open desk; cost some milliseconds, not for the thread of the window."""
    chosen = settings.load()
    newest = next(iter(care.files(archive.uid)), None)
    return Copies(
        folder=care.folder_of(archive.uid).parent,
        chosen=bool(chosen.backup_folder),
        on_server=isinstance(archive.place, Server),
        backed_up=newest.at if newest else None,
        checked=looks.last_look(archive.uid),
        mirror=chosen.mirror,
        follows=chosen.mirror_of,
        state=mirrored(Path(chosen.mirror)) if chosen.mirror else None,
    )


def mirrored(file: Path) -> MirrorState | None:
    """The state of an offline copy, None if it is missing or unreadable."""
    from pressdesk.archive.copies.mirror import state

    try:
        return state(file)
    except DeskUnavailable:
        return None


def keep_backups_in(folder: Path | None) -> str:
    """Set the backup folder, None for the person's own data; returns a warning, if any.

    Backups made before stay where they are.
    raises  WriteFailed when nothing can be written there; nothing is changed then
    """
    caution = ""
    if folder is not None:
        _try(folder)
        match places.danger(folder / "a"):
            case "network":
                caution = _("On a network drive: no backups are made while it is disconnected.")
            case "cloud":
                caution = _(
                    "Synced with other computers: drafts and embargoed texts are copied there too."
                )
    settings.change(lambda now: replace(now, backup_folder=str(folder or "")))
    return caution


def keep_mirror_in(file: Path | None, of: Server | None) -> None:
    """Keep the mirror of a server's desk in this file from now on; None for no mirror.

    raises  WriteFailed when nothing can be written there; BadInput where a file that is
            written to is not safe; DeskUnavailable when something else has this name
    """
    if file is not None:
        from pressdesk.archive.copies.mirror import state

        match places.danger(file):
            case "network":
                what = _("“{folder}” is on a network drive, where file locking is unreliable.")
            case "cloud":
                what = _("“{folder}” is synced with other computers, even in mid-change.")
            case None:
                what = ""
        if what:
            hint = _("Choose a folder on this computer.")
            raise BadInput(what.format(folder=file.parent), hint=hint)
        state(file)
        _try(file.parent)
    address = settled(of) if of is not None and file is not None else ""
    settings.change(lambda now: replace(now, mirror=str(file or ""), mirror_of=address))


def _try(folder: Path) -> None:
    """Raise WriteFailed unless a file can be made in the folder."""
    make_folder(folder)
    try:
        with TemporaryFile(dir=folder) as one:
            one.write(b"?")
            one.flush()
            os.fsync(one.fileno())
    except OSError as error:
        failed: WriteFailed = write_failed(folder, error)
        raise failed from error
