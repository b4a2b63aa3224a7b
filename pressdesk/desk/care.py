"""Care of a desk: automatic backups, checking them, restoring them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from pressdesk.base import settings
from pressdesk.base.errors import DeskForeign, NotFound, PressDeskError
from pressdesk.base.files import own_folder, safe_name
from pressdesk.base.i18n import _
from pressdesk.desk.looks import last_look, last_sound

if TYPE_CHECKING:
    from pressdesk.archive.file.backup import Contents
    from pressdesk.archive.file.desk_file import Archive

EVERY = timedelta(hours=4)
"""A newer backup than this is new enough at the start."""

DAYS, WEEKS, NEWEST = 7, 4, 3
"""Kept: the newest of so many days and weeks, and so many of the newest whatever their day."""

ASIDE = timedelta(days=30)
"""What a restored backup took the place of is kept at least so long."""

BULK = 20
"""An import of so many items is preceded by a backup."""

Reason = Literal["start", "import", "asked", "restore", "unproven"]

UNPROVEN: Reason = "unproven"
"""The desk was damaged when it was copied."""

_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(?P<stem>.*)\.(?P<at>\d{8}T\d{6}Z)\.(?P<reason>[a-z]+)\.pressdesk")


class Backup(Struct, frozen=True):
    """One backup of a desk. ``contents`` is None for one that cannot be read."""

    path: Path
    at: datetime
    reason: str
    size: int
    contents: Contents | None = None
    fault: str = ""
    """Why it cannot be read, or must not be relied on."""
    vouched: bool = False
    """Its manifest says the same."""


def folder_of(uid: str) -> Path:
    """The backup folder of a desk: in the person's own data, wherever the desk is."""
    chosen = settings.load().backup_folder
    place = Path(chosen) if chosen else settings.data_folder() / "backups"
    return place / uid


def files(uid: str) -> tuple[Backup, ...]:
    """The backups of a desk by their names, newest first; none is opened."""
    found = []
    for path in folder_of(uid).glob("*.pressdesk"):
        named = _NAME.fullmatch(path.name)
        if named is None:
            continue
        with suppress(ValueError, FileNotFoundError):  # no such day; let go of meanwhile
            at = datetime.strptime(named["at"], _STAMP).replace(tzinfo=UTC)
            known = path.stat()
            one = Backup(path, at, named["reason"], known.st_size)
            found.append((at, known.st_mtime_ns, one))  # two may be of the same second
    found.sort(key=lambda row: row[:2], reverse=True)
    return tuple(one for _at, _written, one in found)


def backups(uid: str) -> tuple[Backup, ...]:
    """As ``files``, each with what it holds or why it cannot be read.

    cost  some milliseconds a backup; not for the thread of the window
    """
    return tuple(_looked_into(one) for one in files(uid))


def _looked_into(one: Backup) -> Backup:
    from msgspec.structs import replace

    from pressdesk.archive.file import manifest
    from pressdesk.archive.file.backup import contents

    try:
        held = contents(one.path)
        agrees = manifest.agrees(one.path, held)
        if agrees is False:
            return replace(one, fault=_("This backup was changed after it was made."))
        return replace(one, contents=held, vouched=agrees is True)
    except PressDeskError as error:
        return replace(one, fault=error.what)


def make(
    path: Path,
    uid: str,
    *,
    now: datetime,
    reason: Reason = "asked",
    step: Callable[[int, int], None] | None = None,
) -> Backup:
    """Make a verified backup of a desk in its folder, with its manifest, then delete expired ones.

    One that is made at the start is held to the hashes of what was issued: the weekly check looks
    at the register and at each text.

    The last one from before the desk was last found sound always stays: what is damaged without
    a look having told so may be in all that came after.
    raises  DeskFull when there is no room for it, WriteFailed, DeskForeign when the desk is
            damaged, DeskLocked; then no older backup goes. Of a desk whose pages are whole and
            whose issued texts are not, a copy is kept all the same, and is called unproven
    """
    from pressdesk.archive.file import manifest
    from pressdesk.archive.file.backup import backup

    folder = folder_of(uid)
    own_folder(folder)
    file = name_for(path, folder, now, reason)
    try:
        held = backup(path, file, step=step, deep=reason != "start")
    except DeskForeign:
        with suppress(PressDeskError):
            mere = name_for(path, folder, now, UNPROVEN)
            held = backup(path, mere, step=step, sealed=False)
            manifest.put(mere, held, at=now, proven=False)
        _let_go(unproven(files(uid))[NEWEST:])
        raise
    manifest.put(file, held, at=now)
    _let_go(due(files(uid), now, sound_at=last_sound(last_look(uid))))
    return Backup(file, now, reason, held.size, held, vouched=True)


def keep_damaged(path: Path, uid: str, *, now: datetime) -> Path:
    """Keep a copy of a damaged desk as it is, before it is repaired; returns where.

    raises  DeskFull, WriteFailed
    """
    from pressdesk.archive.file import manifest
    from pressdesk.archive.file.backup import backup
    from pressdesk.archive.file.restore_backup import keep_bytes

    folder = folder_of(uid)
    own_folder(folder)
    file = name_for(path, folder, now, UNPROVEN)
    try:
        held = backup(path, file, sealed=False)
        manifest.put(file, held, at=now, proven=False)
    except DeskForeign:  # not even its pages and references are whole
        keep_bytes(path, file)
    _let_go(unproven(files(uid))[NEWEST:])
    return file


def _let_go(backups: Sequence[Backup]) -> None:
    from pressdesk.archive.file import manifest

    for old in backups:
        manifest.remove(old.path)


def unproven(found: Sequence[Backup]) -> tuple[Backup, ...]:
    """Those that are mere copies of a damaged desk."""
    return tuple(one for one in found if one.reason == UNPROVEN)


def name_for(path: Path, folder: Path, now: datetime, reason: Reason) -> Path:
    """A free name that says which desk, when and why."""
    stem = safe_name(path.stem, limit=60)
    at = now.astimezone(UTC)
    while True:
        file = folder / f"{stem}.{at:{_STAMP}}.{reason}.pressdesk"
        if not file.exists():
            return file
        at += timedelta(seconds=1)


def due(
    found: Sequence[Backup], now: datetime, *, sound_at: datetime | None = None
) -> tuple[Backup, ...]:
    """Which of the backups, newest first, need not be kept any longer.

    An unproven one does not take the place of another.
    sound_at  when the desk was last found sound: the newest backup of before is proven by that
    """
    found = [one for one in found if one.reason != UNPROVEN]
    proven = [one for one in found if sound_at is not None and one.at <= sound_at][:1]
    kept = {one.path for one in found[:NEWEST]}
    kept |= {one.path for one in proven}
    kept |= {one.path for one in found if one.reason == "restore" and now - one.at < ASIDE}
    for period, number in (("%Y-%j", DAYS), ("%G-%V", WEEKS)):
        newest: dict[str, Backup] = {}
        for one in found:
            newest.setdefault(one.at.astimezone().strftime(period), one)
        kept |= {one.path for one in list(newest.values())[:number]}
    return tuple(one for one in found if one.path not in kept)


def at_start(
    archive: Archive, *, now: datetime, step: Callable[[int, int], None] | None = None
) -> Backup | None:
    """Back the desk up if the newest backup is too old; raises as ``make``.

    A desk on a server is backed up where the server is.
    """
    if not isinstance(archive.place, Path):
        return None
    newest = next(iter(files(archive.uid)), None)
    if archive.read_only or (newest and timedelta() <= now - newest.at < EVERY):
        return None
    return make(archive.path, archive.uid, now=now, reason="start", step=step)


def before_import(archive: Archive, items: int, *, now: datetime) -> Backup | None:
    """Back the desk up before many items come in at once; raises as ``make``."""
    if items < BULK or not isinstance(archive.place, Path):
        return None
    return make(archive.path, archive.uid, now=now, reason="import")


def restore(path: Path, file: Path, *, now: datetime) -> tuple[Contents, Path | None]:
    """Replace a desk with a backup; no one may have the desk open.

    Returns what the desk holds now, and where the file lies that was there before, which is
    among the backups; None when there was none.
    raises  as ``archive.restore.restore``; the desk is then as it was
    """
    from pressdesk.archive.file import backup
    from pressdesk.archive.file.restore_backup import restore as put_back

    if not file.exists():
        raise NotFound(
            _("The backup “{path}” was not found.").format(path=file),
            hint=_("Choose one from the list; the desk was not changed."),
        )
    folder = folder_of(backup.contents(file).uid)
    own_folder(folder)
    aside = name_for(path, folder, now, "restore")
    found = put_back(path, file, aside)
    return found, aside if aside.exists() else None
