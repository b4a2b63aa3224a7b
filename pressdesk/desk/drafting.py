"""Creates, saves and deletes drafts. Takes values, returns (value, Changes)."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from msgspec.structs import replace

from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _
from pressdesk.desk import changes
from pressdesk.desk.changes import Change, Changes
from pressdesk.press.embargo import zone_of
from pressdesk.press.filed import Filed
from pressdesk.press.house import House
from pressdesk.press.kinds import kind as kind_called
from pressdesk.press.release import Edition, Fields, Release
from pressdesk.press.states import State

if TYPE_CHECKING:
    from pressdesk.archive.file.desk_file import Archive
    from pressdesk.press.filed import TrashRow

TRASH_DAYS = 90
"""How long a deleted draft can be brought back."""

_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")


def today(house: House, now: datetime) -> date:
    """The day it is at the desk; ``now`` is aware."""
    return now.astimezone(zone_of(house.zone)).date()


def new_release(
    archive: Archive, *, kind: str, language: str, now: datetime
) -> tuple[Filed, Changes]:
    """A first draft: dated today, with the default contacts of the house that serve today.

    raises  BadInput for a kind or language tag nobody knows.
    """
    house = archive.houses.get()
    day = today(house, now)
    serving = {contact.id for contact in archive.contacts.all() if contact.serves(day)}
    release = Release(kind=kind_called(kind).name, uid=uuid4().hex)
    edition = Edition(
        language=_tag(language),
        uid=uuid4().hex,
        date=day,
        contacts=tuple(number for number in house.default_contacts if number in serving),
    )
    filed = archive.releases.add(release, edition)
    return filed, changes.whole(filed.release.id)


def duplicate(archive: Archive, source: Filed, *, now: datetime) -> tuple[Filed, Changes]:
    """The text as last seen, as the first draft of a new release dated today.

    Reference, slug, embargo, plan and the dates among the kind's fields stay behind: they
    belong to the occasion, and an old one that slips through is worse than an empty field.
    """
    release, edition = source.current()
    fresh = replace(
        release, id=0, uid=uuid4().hex, reference="", slug="", embargo=None, planned=None, version=0
    )
    copy = replace(
        edition,
        id=0,
        uid=uuid4().hex,
        release_id=0,
        number=1,
        state=State.DRAFT,
        date=today(archive.houses.get(), now),
        fields=_without_dates(edition.fields, release.kind),
        questions=(),
        issued_at=None,
        recorded_at=None,
        version=0,
    )
    filed = archive.releases.add(fresh, copy)
    return filed, changes.whole(filed.release.id)


def add_language(archive: Archive, source: Filed, language: str) -> tuple[Filed, Changes]:
    """The first draft of another language: the same dates, contacts and choices, no text yet.

    raises  BadInput when the release has this language already or the tag is no language's.
    """
    release, edition = source.current()
    draft = Edition(
        language=_tag(language),
        uid=uuid4().hex,
        release_id=release.id,
        date=edition.date,
        contacts=edition.contacts,
        fields=_same_in_all_languages(edition.fields, release.kind),
    )
    return archive.releases.add_language(release.id, draft), changes.whole(release.id)


def in_another_language(archive: Archive, source: Filed, language: str) -> tuple[Filed, Changes]:
    """Restart a draft without text in another language; the blank one is deleted.

    Where a word stands or stood in it, nothing goes: the language is added.
    raises  BadInput as ``add_language`` does
    """
    release, edition = source.current()
    draft = Edition(
        language=_tag(language),
        uid=uuid4().hex,
        release_id=release.id,
        date=edition.date,
        contacts=edition.contacts,
        fields=edition.fields,
    )
    begun = archive.releases.begin_anew(release, edition, draft)
    if begun is None:
        return add_language(archive, source, language)
    return begun, changes.whole(release.id)


def save(
    archive: Archive, release: Release, edition: Edition, *, note: str = "", uid: str = ""
) -> tuple[Filed, Changes]:
    """An explicit save: a revision. Raises EditConflict and writes nothing when another was
    first.

    uid  the same for every attempt at this save: see ``Releases.save``
    """
    filed = archive.releases.save(release, edition, note=note, uid=uid)
    return filed, changes.saved(release.id)


def keep(archive: Archive, release: Release, edition: Edition) -> tuple[datetime, Changes]:
    """An autosave: the moment it was committed. Raises EditConflict as ``save`` does."""
    kept = archive.releases.keep(release, edition)
    row = (Change.HEADLINE,) if kept.row_moved else ()
    return kept.at, changes.of(release.id, Change.TEXT, *row)


def add_contact(archive: Archive, to: Edition, contact_id: int) -> tuple[None, Changes]:
    """Name one more press contact on a draft, kept as if it had been typed there.

    Where it is named, or the edition went out, nothing is done. raises as ``keep`` does
    """
    source = archive.releases.find(to.release_id, language=to.language, number=to.number)
    release, edition = source.current()
    if not edition.state.writable or contact_id in edition.contacts:
        return None, Changes()
    named = (*edition.contacts, contact_id)
    return None, keep(archive, release, replace(edition, contacts=named))[1]


def discard(archive: Archive, edition: Edition) -> tuple[Filed, Changes]:
    """Revert to the last save; autosaved text since then is deleted."""
    filed = archive.releases.discard(edition.id)
    return filed, changes.of(edition.release_id, Change.TEXT, Change.HEADLINE, Change.FILING)


def new_edition(archive: Archive, release_id: int, language: str) -> tuple[Filed, Changes]:
    """The next edition of an issued release as a draft; the issued one stays as it was.

    raises  BadInput when there is a draft of this language already.
    """
    return archive.releases.next_edition(release_id, language), changes.whole(release_id)


def trash(archive: Archive, release_id: int) -> tuple[None, Changes]:
    """Into the trash, for TRASH_DAYS; raises BadInput when any edition was ever issued."""
    archive.trash.put(release_id)
    return None, changes.of(release_id, Change.TRASH)


def restore(archive: Archive, release_id: int) -> tuple[None, Changes]:
    """Out of the trash, as it was."""
    archive.trash.restore(release_id)
    return None, changes.of(release_id, Change.TRASH)


def thrown_away(archive: Archive) -> tuple[TrashRow, ...]:
    """The releases in the trash, latest first."""
    return archive.trash.all()


def purge(archive: Archive, *, now: datetime) -> tuple[int, Changes]:
    """Delete for good what lay in the trash for TRASH_DAYS; says how many."""
    gone = archive.trash.purge(now - timedelta(days=TRASH_DAYS))
    return gone, changes.of_desk(Change.TRASH) if gone else Changes()


def _tag(language: str) -> str:
    if not _TAG.fullmatch(language):
        what = _("“{tag}” is not a language code.").format(tag=language)
        raise BadInput(what, hint=_("Use a code such as en, ru or pt-BR."))
    return language


def _without_dates(fields: Fields, kind: str) -> Fields:
    return _only(fields, kind, ("text", "lines", "choice", "url"))


def _same_in_all_languages(fields: Fields, kind: str) -> Fields:
    return _only(fields, kind, ("date", "datetime", "choice", "url"))


def _only(fields: Fields, kind: str, types: tuple[str, ...]) -> Fields:
    known = {field.key: field.type for field in kind_called(kind).fields}
    return tuple((key, value) for key, value in fields if known.get(key) in types)
