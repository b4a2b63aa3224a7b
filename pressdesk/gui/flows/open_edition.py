"""The edition on the paper: what is stored of it, and what has been typed since."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from pressdesk.desk import drafting
from pressdesk.document.nodes import Document
from pressdesk.document.tools import attachments, plain
from pressdesk.press.filed import Filed, Issued
from pressdesk.press.listing import LanguageRow
from pressdesk.press.release import Edition, Release, State, put_field
from pressdesk.press.sheet import Sheet

if TYPE_CHECKING:
    from datetime import datetime

    from pressdesk.desk.changes import Changes
    from pressdesk.desk.opening import Archive

T = TypeVar("T")

RELEASE_FIELDS = frozenset({"occasion", "topics", "places", "people", "embargo", "slug", "planned"})
"""Fields that all languages of a release share; the others belong to the edition."""


@dataclass(frozen=True)
class Opened:
    """What is read when a release is opened."""

    filed: Filed
    languages: tuple[LanguageRow, ...]
    issued: Issued | None = None
    attachments: dict[str, bytes] = field(default_factory=dict)

    @property
    def sheet(self) -> Sheet | None:
        """The sheet as issued; None for a draft."""
        return self.issued.sheet if self.issued else None


def read(archive: Archive, release_id: int, language: str | None) -> Opened:
    """Everything the window shows of one language of a release, from the write lane."""
    languages = archive.releases.languages(release_id)
    chosen = language or languages[0].language
    filed = archive.releases.find(release_id, language=chosen)
    issued = archive.releases.issued(filed.edition.id)
    names = attachments(filed.current()[1].body)
    return Opened(filed, languages, issued, archive.blobs.many(names) if names else {})


class OpenEdition:
    """The working copy of one edition. Changed on the GUI thread, written on the write lane.

    Versions are kept apart from the text: they move when a write returns, on the write lane
    itself, so that a write asked for before the last one returned still follows it.
    """

    def __init__(self, opened: Opened) -> None:
        self.languages = opened.languages
        self.issued = opened.issued
        self.attachments = opened.attachments
        self.release, self.edition = opened.filed.current()
        self.saved = opened.filed
        self.typed = 0
        """Counts edits, so that a write can tell whether more came while it ran."""
        self._versions = (opened.filed.release.version, opened.filed.edition.version)
        self.kept_at = opened.filed.kept.at if opened.filed.kept else None
        """When this text was last kept, None for never since the last save."""

    @property
    def editable(self) -> bool:
        """False for an issued edition."""
        return self.edition.state is State.DRAFT

    @property
    def blank(self) -> bool:
        """True for a first draft in its only language without a word in it."""
        edition = self.edition
        words = edition.title, edition.subtitle, edition.summary, edition.notes
        alone = len(self.languages) == 1 and edition.number == 1 and self.editable
        return alone and not any(words) and not plain(edition.body).strip()

    def is_of(self, opened: Opened) -> bool:
        """True when this is a working copy of the same edition."""
        return self.edition.id == opened.filed.edition.id

    def put(self, name: str, value: object) -> None:
        """Change one field: of the release, of the edition, or "fields.KEY" of the kind."""
        self.typed += 1
        if name.startswith("fields."):
            fields = put_field(self.edition.fields, name.removeprefix("fields."), str(value))
            self.edition = replace(self.edition, fields=fields)
        elif name in RELEASE_FIELDS:
            self.release = replace(self.release, **{name: value})
        else:
            self.edition = replace(self.edition, **{name: value})

    def get(self, name: str) -> object:
        """The value ``put`` would replace."""
        if name.startswith("fields."):
            return self.edition.field(name.removeprefix("fields."))
        return getattr(self.release if name in RELEASE_FIELDS else self.edition, name)

    def put_body(self, body: Document) -> None:
        """The text as it stands in the editor."""
        if body != self.edition.body:
            self.edition = replace(self.edition, body=body)

    # --- on the write lane

    def keep(
        self, archive: Archive, release: Release, edition: Edition
    ) -> tuple[datetime, Changes]:
        """Autosave this text."""
        kept, changes = drafting.keep(archive, *self._current(release, edition))
        self.kept_at = kept
        return kept, changes

    def save(
        self, archive: Archive, release: Release, edition: Edition, note: str = ""
    ) -> tuple[Filed, Changes]:
        """Save this text as a revision."""
        filed, changes = drafting.save(archive, *self._current(release, edition), note=note)
        self.moved(filed)
        return filed, changes

    def moved(self, filed: Filed) -> None:
        """Another version is stored now."""
        self._versions = (filed.release.version, filed.edition.version)
        self.kept_at = filed.kept.at if filed.kept else None

    def working(self) -> tuple[Release, Edition]:
        """The text as it stands, with the versions it follows."""
        return self._current(self.release, self.edition)

    def _current(self, release: Release, edition: Edition) -> tuple[Release, Edition]:
        of_release, of_edition = self._versions
        return replace(release, version=of_release), replace(edition, version=of_edition)
