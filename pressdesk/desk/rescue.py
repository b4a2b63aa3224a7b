"""Text that could not be kept in its desk: put beside it, and taken in when the desk opens."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from pressdesk.base.errors import DeskUnavailable, PressDeskError
from pressdesk.base.files import atomic_write
from pressdesk.base.settings import data_folder
from pressdesk.press.release import Edition, Release

if TYPE_CHECKING:
    from pressdesk.archive.desk_file import Archive


class Rescued(Struct, frozen=True):
    """One working copy and the desk it belongs to."""

    desk: str
    release: Release
    edition: Edition


def folder() -> Path:
    """Where rescued texts lie: in the person's own data folder, whatever became of the desk."""
    return data_folder() / "rescued"


def put(desk: Path, release: Release, edition: Edition) -> Path:
    """Write a working copy down for the next opening of its desk; raises WriteFailed."""
    place = folder()
    with suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
    path = place / f"{release.uid or uuid4().hex}-{edition.language}.json"
    atomic_write(path, msgspec.json.encode(Rescued(str(desk.resolve()), release, edition)))
    return path


def take_in(archive: Archive) -> tuple[str, ...]:
    """Give every text rescued from this desk back to it; their titles.

    Where the edition has moved on meanwhile the text becomes a release of its own, so that
    neither is lost. A file goes only after its text is stored.
    raises  DeskUnavailable and its kind; the files stay then
    """
    titles = []
    for path, found in _waiting(archive.path):
        with suppress(PressDeskError):
            # A draft row that was never read would count as another window's text.
            archive.releases.find(found.release.id, language=found.edition.language)
        try:
            archive.releases.keep(found.release, found.edition)
        except DeskUnavailable:
            raise
        except PressDeskError:
            _as_new(archive, found)
        titles.append(found.edition.title)
        path.unlink(missing_ok=True)
    return tuple(titles)


def _waiting(desk: Path) -> list[tuple[Path, Rescued]]:
    found = []
    for path in sorted(folder().glob("*.json")):
        with suppress(msgspec.DecodeError, OSError):
            rescued = msgspec.json.decode(path.read_bytes(), type=Rescued)
            if rescued.desk == str(desk.resolve()):
                found.append((path, rescued))
    return found


def _as_new(archive: Archive, found: Rescued) -> None:
    release = replace(found.release, id=0, uid=uuid4().hex, reference="", version=0)
    edition = replace(
        found.edition, id=0, uid=uuid4().hex, release_id=0, number=1, version=0, issued_at=None
    )
    archive.releases.add(release, edition)
