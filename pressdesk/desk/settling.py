"""Resolves a conflict between two texts of one edition; neither is lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal
from uuid import uuid4

from msgspec import Struct
from msgspec.structs import replace

from pressdesk.base.errors import BadInput, EditConflict, NotFound
from pressdesk.base.i18n import _
from pressdesk.desk import changes, history
from pressdesk.desk.changes import Change, Changes
from pressdesk.press.differing import VersionDiff, alike, differ
from pressdesk.press.filed import Filed
from pressdesk.press.release import Edition, Release
from pressdesk.press.states import State

if TYPE_CHECKING:
    from pressdesk.archive.file.desk_file import Archive

How = Literal["saved", "kept", "issued", "trashed"]


class Other(Struct, frozen=True):
    """The text stored in the desk where mine was to be saved.

    how         what was done with it last; ``kept`` is a text nobody saved yet
    at, author  when that was and by whom, "" where the desk does not know
    difference  what my text makes of it
    """

    filed: Filed
    how: How
    at: datetime | None
    author: str
    difference: VersionDiff

    @property
    def same(self) -> bool:
        """True if there is nothing to choose: both texts are identical."""
        return self.difference.same and self.how in ("saved", "kept")


def other(archive: Archive, release: Release, edition: Edition) -> Other:
    """The text that conflicts with mine, and the differences between them.

    It is looked at and no more: a later save of mine is stopped by it again.
    raises  NotFound when it was deleted for good
    cost    as comparing two revisions: up to 0.5 s for two texts of 25,000 words
    """
    there = archive.releases.look(edition.release_id, edition.language)
    found = archive.releases.revisions(there.edition.id)
    at, author = (found[0].at, found[0].author) if found else (None, "")
    how: How = "saved"
    if archive.trash.holds(edition.release_id):
        how = "trashed"
    elif there.edition.state.out:
        how = "issued"
    elif there.kept is not None:
        how, at, author = "kept", there.kept.at, ""
    told = differ(there.current(), (release, edition), history.names(archive))
    return Other(there, how, at, author, told)


def take_theirs(
    archive: Archive, release: Release, edition: Edition
) -> tuple[Filed | None, Changes]:
    """Go on with what is stored; mine is put among its revisions.

    Where nothing can be put (it was issued, it is in the trash or gone for good) mine becomes
    a release of its own, which is returned; else None.
    """
    try:
        there = archive.releases.look(edition.release_id, edition.language)
        if not archive.trash.holds(edition.release_id) and there.edition.id == edition.id:
            if not alike(there.current(), (release, edition)):
                archive.releases.set_aside(release, edition, note=_("Set aside"))
            return None, changes.whole(edition.release_id)
    except (NotFound, BadInput):  # gone, or issued between looking and writing
        pass
    return own_release(archive, release, edition)


def put_mine(
    archive: Archive, release: Release, edition: Edition, *, base: Release, seen: Filed
) -> tuple[Filed, Changes]:
    """Save mine over what is stored, which is among the revisions afterwards.

    Over an issued edition nothing is ever saved: mine becomes its next edition, a draft. Out
    of the trash the release is taken first.
    base    the release mine began from: what I left alone there stays as it is stored, so
            that no embargo is lifted by somebody who never saw it
    seen    what the person was shown
    raises  EditConflict when yet another text came meanwhile: it is to be shown, too;
            NotFound when all was deleted for good
    """
    there = archive.releases.look(edition.release_id, edition.language)
    if there != seen:
        raise _once_more(edition)
    if archive.trash.holds(edition.release_id):
        archive.trash.restore(edition.release_id)
    if there.edition.state.out:
        there = archive.releases.next_edition(edition.release_id, edition.language)
    mine = _merged(release, base, there.current()[0])
    noted = _("Autosaved in another window")
    saved = archive.releases.save_over(mine, edition, seen=there, note="", kept_note=noted)
    back = changes.of(edition.release_id, Change.TRASH)
    return saved, changes.whole(edition.release_id) | back


def own_release(archive: Archive, release: Release, edition: Edition) -> tuple[Filed, Changes]:
    """Mine as a new release, with everything I wrote and chose; only the reference stays.

    Contacts that are no longer in the list are left out: nothing may keep this from being
    stored.
    """
    fresh = replace(release, id=0, uid=uuid4().hex, reference="", version=0)
    known = {contact.id for contact in archive.contacts.all()}
    text = replace(
        edition,
        id=0,
        uid=uuid4().hex,
        release_id=0,
        number=1,
        state=State.DRAFT,
        version=0,
        issued_at=None,
        recorded_at=None,
        contacts=tuple(number for number in edition.contacts if number in known),
    )
    filed = archive.releases.add(fresh, text)
    return filed, changes.whole(filed.release.id)


def _once_more(edition: Edition) -> EditConflict:
    """Yet another text came while the person was deciding."""
    title = edition.title_or_placeholder(_("Untitled"))
    what = _("“{title}” was changed again while you were deciding.").format(title=title)
    return EditConflict(what, hint=_("Nothing was overwritten. Look at the newer text too."))


def _merged(mine: Release, base: Release, theirs: Release) -> Release:
    """Theirs, with what I changed since ``base``; identity and version are theirs."""
    fixed = ("id", "uid", "kind", "reference", "version")
    changed = {
        name: getattr(mine, name)
        for name in mine.__struct_fields__
        if name not in fixed and getattr(mine, name) != getattr(base, name)
    }
    return replace(theirs, **changed)
