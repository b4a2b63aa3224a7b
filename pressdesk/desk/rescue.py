"""Text that its desk could not store: kept in a file beside it and recovered when it opens."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from uuid import uuid4

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from pressdesk.base.address import Address, settled
from pressdesk.base.errors import NotFound, PressDeskError, WriteFailed
from pressdesk.base.files import UNREADABLE, atomic_write, own_folder
from pressdesk.base.settings import data_folder
from pressdesk.desk import running, settling
from pressdesk.press.differing import alike
from pressdesk.press.release import Edition, Release

if TYPE_CHECKING:
    from pressdesk.archive.file.desk_file import Archive


FRESH_S = 60.0
"""Seconds within which a program that goes on trying says so again."""


class Rescued(Struct, frozen=True):
    """One working copy and the desk it belongs to."""

    desk: str
    release: Release
    edition: Edition
    uid: str = ""
    """The desk's own name, wherever its file lies now."""
    kept_at: datetime | None = None
    """The draft row this text follows: any other there is somebody else's."""
    uids: tuple[str, ...] = ()
    """Of saves of this text whose answer never came: they may have been done."""
    pid: int = 0
    """The program that is still trying to store this text, 0 for none."""


def folder() -> Path:
    """Where rescued texts lie: in the person's own data folder, whatever became of the desk."""
    return data_folder() / "rescued"


def rescued(
    desk: Address,
    release: Release,
    edition: Edition,
    *,
    uid: str = "",
    kept_at: datetime | None = None,
    uids: tuple[str, ...] = (),
    trying: bool = False,
) -> Rescued:
    """A working copy as it is put beside its desk.

    uid      the desk's own name; a desk put in its place does not get the text of another
    kept_at  when this text was last kept in the desk, None for never
    uids     of saves that were asked for and not answered
    trying   this program goes on trying to store it; it says so again within a minute
    """
    pid = os.getpid() if trying else 0
    return Rescued(settled(desk), release, edition, uid, kept_at, uids, pid)


def write(text: Rescued, file: Path | None = None) -> Path:
    """Write a text down for the next opening of its desk, in a file of its own unless one is
    named; raises WriteFailed."""
    with suppress(WriteFailed):  # writing into it will say so
        own_folder(folder())
    path = file or _name(text)
    atomic_write(path, msgspec.json.encode(text), private=True)
    return path


def _name(text: Rescued) -> Path:
    release, edition = text.release, text.edition
    name = f"{release.uid or uuid4().hex}-{edition.language}-{uuid4().hex[:8]}.json"
    return folder() / name


class RescueFile:
    """The file of one text while its desk does not take it; for any thread.

    Each state of the text has a number, higher than those before it. Of two states the later
    one stays, in whichever order they are written; one that the desk has is written no more.
    So there is never a second file of the same text, nor an older text over a newer one.
    """

    def __init__(self) -> None:
        self._one_at_a_time = Lock()
        self._file: Path | None = None
        self._state = self._stored = -1

    @property
    def there(self) -> bool:
        """True while a text lies there that the desk has not got. Waits for nothing."""
        return self._state > self._stored

    def put(self, state: int, text: Rescued) -> None:
        """Write this state down for the next opening of its desk; raises WriteFailed."""
        with self._one_at_a_time:
            if state < self._state or state <= self._stored:
                return
            if self._file is None:
                self._file = _name(text)
            write(text, self._file)
            self._state = state

    def drop(self, state: int) -> None:
        """The desk has this state of the text: the file goes, unless it holds a later one."""
        with self._one_at_a_time:
            self._stored = max(self._stored, state)
            if self._file is not None and self._state <= self._stored:
                with suppress(OSError):
                    self._file.unlink(missing_ok=True)
                self._file = None


def take_in(archive: Archive) -> tuple[str, ...]:
    """Give every text rescued from this desk back to it; their titles.

    A text that is there already, saved before the answer was lost, is not given twice.
    Where anything else was written to the edition meanwhile the text becomes a release of its
    own, so that neither is lost. A file goes only after its text is stored; one that cannot
    be stored stays, and keeps nobody from the desk.
    """
    titles = []
    for path, found in _waiting(archive):
        with suppress(PressDeskError):
            found = _answered(archive, found)
            if not _is_there(archive, found):
                if _follows(archive, found):
                    archive.releases.keep(found.release, found.edition)
                else:
                    settling.own_release(archive, found.release, found.edition)
                titles.append(found.edition.title)
            path.unlink(missing_ok=True)
    return tuple(titles)


def _answered(archive: Archive, found: Rescued) -> Rescued:
    """With the versions of the last save that was done without an answer, if one was."""
    for uid in reversed(found.uids):
        done = archive.releases.saved_as(uid, found.edition.id)
        if done is not None:
            release = replace(found.release, version=done.release.version)
            edition = replace(found.edition, version=done.edition.version)
            return replace(found, release=release, edition=edition, kept_at=None)
    return found


def _is_there(archive: Archive, found: Rescued) -> bool:
    """True when this very text is what the desk shows."""
    edition = found.edition
    try:
        there = archive.releases.find(
            found.release.id, language=edition.language, number=edition.number
        )
    except PressDeskError:
        return False
    return there.edition.id == edition.id and alike((found.release, edition), there.current())


def _follows(archive: Archive, found: Rescued) -> bool:
    """True when the edition stands as this text left it."""
    edition, release = found.edition, found.release
    try:
        there = archive.releases.find(release.id, language=edition.language, number=edition.number)
    except NotFound:
        return False
    same = (there.edition.uid, there.edition.version) == (edition.uid, edition.version)
    kept = there.kept.at if there.kept is not None else None
    return (
        same
        and there.edition.state.writable
        and there.release.version == release.version
        and kept == found.kept_at
    )


def _waiting(archive: Archive) -> list[tuple[Path, Rescued]]:
    """Those of this desk, the oldest first."""
    here = settled(archive.place)
    found = []
    for path in sorted(folder().glob("*.json"), key=_written):
        with suppress(msgspec.DecodeError, *UNREADABLE):
            rescued = msgspec.json.decode(path.read_bytes(), type=Rescued)
            if (
                rescued.pid
                and running.alive(rescued.pid)
                and time.time() - _written(path) < FRESH_S
            ):
                continue  # another window holds it and goes on trying
            if rescued.uid == archive.uid if rescued.uid else rescued.desk == here:
                found.append((path, rescued))
    return found


def _written(path: Path) -> float:
    with suppress(OSError):
        return path.stat().st_mtime
    return 0.0
