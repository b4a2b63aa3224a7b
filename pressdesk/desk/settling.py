"""Settling a conflict: two texts of one edition, and neither is lost whatever is chosen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from pressdesk.base.i18n import _
from pressdesk.desk import changes, drafting
from pressdesk.desk.changes import Changes
from pressdesk.press.filed import Filed
from pressdesk.press.release import Edition, Release, State

if TYPE_CHECKING:
    from pressdesk.archive.desk_file import Archive


def take_theirs(
    archive: Archive, release: Release, edition: Edition, *, now: datetime
) -> tuple[None, Changes]:
    """Go on with what is stored; mine is put among its revisions.

    Beside an edition that was issued meanwhile nothing can be put: mine becomes a release.
    """
    there = archive.releases.find(
        edition.release_id, language=edition.language, number=edition.number
    )
    if there.edition.state is State.ISSUED:
        _filed, made = drafting.duplicate(archive, Filed(release, edition), now=now)
        return None, made
    archive.releases.set_aside(release, edition, note=_("Set aside"))
    return None, changes.of(edition.release_id)


def put_mine(
    archive: Archive, release: Release, edition: Edition, *, base: Release
) -> tuple[Filed, Changes]:
    """Save mine over what is stored, which is among the revisions afterwards.

    Over an issued edition nothing is ever saved: mine becomes its next edition, a draft.
    base    the release mine began from: what I left alone there stays as it is stored, so
            that no embargo is lifted by somebody who never saw it
    raises  EditConflict when yet another text came meanwhile
    """
    there = archive.releases.find(edition.release_id, language=edition.language)
    if there.edition.state is State.ISSUED:
        there = archive.releases.next_edition(edition.release_id, edition.language)
    elif there.kept is not None:
        archive.releases.set_aside(there.kept.release, there.kept.edition, note=_("Set aside"))
    identity = there.edition
    mine = _merged(release, base, there.current()[0])
    text = replace(
        edition,
        id=identity.id,
        uid=identity.uid,
        number=identity.number,
        version=identity.version,
    )
    return archive.releases.save(mine, text), changes.of(edition.release_id)


def _merged(mine: Release, base: Release, theirs: Release) -> Release:
    """Theirs, with what I changed since ``base``; identity and version are theirs."""
    fixed = ("id", "uid", "kind", "reference", "version")
    changed = {
        name: getattr(mine, name)
        for name in mine.__struct_fields__
        if name not in fixed and getattr(mine, name) != getattr(base, name)
    }
    return replace(theirs, **changed)
