"""What the archive's tests share beyond fixtures, for child processes too."""

from __future__ import annotations

from datetime import UTC, datetime

from pressdesk.press.house import House
from pressdesk.press.release import Contact, Edition, Release
from pressdesk.press.sheet import Sheet, SheetContact

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def compose(
    release: Release, edition: Edition, house: House, contacts: tuple[Contact, ...]
) -> Sheet:
    """A sheet with what these tests look at; the real one is composed by the press room."""
    until = release.embargo.instant.isoformat() if release.embargo else ""
    return Sheet(
        language=edition.language,
        kind=release.kind,
        kind_label=release.kind,
        state=edition.state,
        reference=release.reference,
        title=edition.title,
        body=edition.body,
        organisation=house.organisation.into("en"),
        embargo_until=until,
        contacts=tuple(SheetContact(name=one.name.into("en")) for one in contacts),
    )
