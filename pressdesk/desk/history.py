"""The history of a release: its revisions and deeds, comparing, restoring one."""

from __future__ import annotations

import getpass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pressdesk.base.i18n import interface
from pressdesk.desk import changes, telling
from pressdesk.desk.changes import Changes
from pressdesk.desk.telling import DeedTold
from pressdesk.press.differing import Version, VersionDiff, differ
from pressdesk.press.embargo import zone_of
from pressdesk.press.filed import Filed, RevisionInfo

if TYPE_CHECKING:
    from pressdesk.archive.file.desk_file import Archive

CURRENT = 0
"""Instead of the id of a revision: the text as it is now, with what was typed since."""


def author(chosen: str) -> str:
    """Who signs revisions: the name the person chose, else the one they logged in with."""
    try:
        return " ".join(chosen.split()) or getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user, and on some systems no such module
        return ""


def sign(archive: Archive, chosen: str) -> None:
    """Have revisions signed from now on by whom ``author`` makes of the chosen name."""
    archive.sign(author(chosen))


def history(archive: Archive, release_id: int, language: str) -> tuple[RevisionInfo, ...]:
    """Every explicit save and change of state, newest first; raises NotFound."""
    return archive.releases.history(release_id, language)


def deeds(archive: Archive, release_id: int, language: str) -> tuple[DeedTold, ...]:
    """What was done with the editions of a language, in words, newest first.

    Who may only see what is out is told nothing of it.
    cost  some milliseconds
    """
    if archive.reading:
        return ()
    place = zone(archive)
    told = (telling.told(one, place) for one in archive.deeds.of(release_id, language))
    return tuple(one for one in told if one.words)


def compare(archive: Archive, old: int, new: int, *, current: Version | None = None) -> VersionDiff:
    """What became of one revision in another; both by id, in any order of time.

    current  what CURRENT stands for
    raises   NotFound; DeskForeign when a revision is damaged
    cost     a few milliseconds; 0.5 s for two wholly different texts of 25,000 words
    """
    versions = _version(archive, old, current), _version(archive, new, current)
    return differ(*versions, names(archive))


def names(archive: Archive) -> dict[int, str]:
    """What the contacts of the desk are called, by id."""
    return {
        contact.id: contact.name.into(interface()) or f"#{contact.id}"
        for contact in archive.contacts.all()
    }


def _version(archive: Archive, revision_id: int, current: Version | None) -> Version:
    if revision_id == CURRENT and current is not None:
        return current
    return archive.releases.revision(revision_id)


def restore(archive: Archive, revision_id: int) -> tuple[Filed, Changes]:
    """Restore the text of a revision as the draft, or as the next edition of an issued one.

    raises  NotFound; DeskForeign when the revision is damaged
    """
    filed = archive.releases.restore(revision_id)
    return filed, changes.whole(filed.release.id)


def name(archive: Archive, revision_id: int, text: str) -> tuple[None, Changes]:
    """Call a version something, "" for nothing; raises BadInput for a long name, NotFound."""
    archive.releases.name_revision(revision_id, text)
    return None, Changes()


def thin(archive: Archive, *, now: datetime) -> int:
    """Thin out revisions of drafts: all for a month, then one a day, then one a week.

    Never a named or noted one, never one of an edition that went out. Says how many went.
    """
    return archive.releases.thin(now.astimezone(zone(archive)))


def zone(archive: Archive) -> ZoneInfo:
    """The time zone of the desk, in which its days begin."""
    return zone_of(archive.houses.get().zone)
