"""Text that could not be kept in its desk: put beside it, and taken in when the desk opens."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from pressdesk.base.address import Address, settled
from pressdesk.base.errors import NotFound, PressDeskError
from pressdesk.base.files import atomic_write
from pressdesk.base.settings import data_folder
from pressdesk.press.release import Edition, Release, State

if TYPE_CHECKING:
    from pressdesk.archive.desk_file import Archive


class Rescued(Struct, frozen=True):
    """One working copy and the desk it belongs to."""

    desk: str
    release: Release
    edition: Edition
    uid: str = ""
    """The desk's own name, wherever its file lies now."""
    kept_at: datetime | None = None
    """The draft row this text follows: any other there is somebody else's."""


def folder() -> Path:
    """Where rescued texts lie: in the person's own data folder, whatever became of the desk."""
    return data_folder() / "rescued"


def put(
    desk: Address,
    release: Release,
    edition: Edition,
    *,
    uid: str = "",
    kept_at: datetime | None = None,
) -> Path:
    """Write a working copy down for the next opening of its desk; raises WriteFailed.

    uid      the desk's own name; a desk put in its place does not get the text of another
    kept_at  when this text was last kept in the desk, None for never
    """
    place = folder()
    with suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
    name = f"{release.uid or uuid4().hex}-{edition.language}-{uuid4().hex[:8]}.json"
    rescued = Rescued(settled(desk), release, edition, uid, kept_at)
    atomic_write(place / name, msgspec.json.encode(rescued))
    return place / name


def take_in(archive: Archive) -> tuple[str, ...]:
    """Give every text rescued from this desk back to it; their titles.

    Where anything else was written to the edition meanwhile the text becomes a release of its
    own, so that neither is lost. A file goes only after its text is stored; one that cannot
    be stored stays, and keeps nobody from the desk.
    """
    titles = []
    for path, found in _waiting(archive):
        with suppress(PressDeskError):
            if _follows(archive, found):
                archive.releases.keep(found.release, found.edition)
            else:
                _as_new(archive, found)
            titles.append(found.edition.title)
            path.unlink(missing_ok=True)
    return tuple(titles)


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
        and there.edition.state is State.DRAFT
        and there.release.version == release.version
        and kept == found.kept_at
    )


def _waiting(archive: Archive) -> list[tuple[Path, Rescued]]:
    """Those of this desk, the oldest first."""
    here = settled(archive.place)
    found = []
    for path in sorted(folder().glob("*.json"), key=_written):
        with suppress(msgspec.DecodeError, OSError):
            rescued = msgspec.json.decode(path.read_bytes(), type=Rescued)
            if rescued.uid == archive.uid if rescued.uid else rescued.desk == here:
                found.append((path, rescued))
    return found


def _written(path: Path) -> float:
    with suppress(OSError):
        return path.stat().st_mtime
    return 0.0


def _as_new(archive: Archive, found: Rescued) -> None:
    release = replace(found.release, id=0, uid=uuid4().hex, reference="", version=0)
    known = {contact.id for contact in archive.contacts.all()}
    edition = replace(
        found.edition,
        id=0,
        uid=uuid4().hex,
        release_id=0,
        number=1,
        version=0,
        issued_at=None,
        contacts=tuple(number for number in found.edition.contacts if number in known),
    )
    archive.releases.add(release, edition)
