"""The edition on the paper: what is stored of it, and what has been typed since."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from msgspec.structs import replace

from pressdesk.base.errors import DeskUnavailable, PressDeskError
from pressdesk.desk import drafting
from pressdesk.desk.changes import Changes
from pressdesk.desk.editions import OpenedRelease
from pressdesk.document.nodes import Document
from pressdesk.press.differing import alike
from pressdesk.press.filed import Filed, Stands
from pressdesk.press.release import Edition, Release, put_field

if TYPE_CHECKING:
    from pathlib import Path

    from pressdesk.desk.opening import Desk

T = TypeVar("T")

RELEASE_FIELDS = frozenset({"occasion", "topics", "places", "people", "embargo", "slug", "planned"})
"""Fields that all languages of a release share; the others belong to the edition."""


@dataclass(frozen=True)
class Attempt:
    """A save as it was asked for; repeated word for word until it is answered."""

    release: Release
    edition: Edition
    note: str = ""
    typed: int = 0
    """How much had been typed then."""
    uid: str = field(default_factory=lambda: uuid4().hex)


class OpenEdition:
    """The working copy of one edition. Changed on the GUI thread, written on the write lane.

    Versions are kept apart from the text: they move when a write returns, on the write lane
    itself, so that a write asked for before the last one returned still follows it.
    """

    def __init__(self, opened: OpenedRelease) -> None:
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
        self.unanswered: tuple[Attempt, ...] = ()
        """Saves that may have been done: the line was cut before the answer."""
        self.aside: Path | None = None
        """Where the text was put while it could not be stored."""

    @property
    def editable(self) -> bool:
        """False for an issued edition."""
        return self.edition.state.writable

    @property
    def blank(self) -> bool:
        """True for a first draft in its only language without a word in it."""
        alone = len(self.languages) == 1 and self.edition.number == 1 and self.editable
        return alone and self.edition.wordless

    def is_of(self, opened: OpenedRelease) -> bool:
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

    def keep(self, archive: Desk, release: Release, edition: Edition) -> tuple[datetime, Changes]:
        """Autosave this text."""
        done = self._settle(archive)
        saved = self.saved
        if self.kept_at is None and alike((release, edition), (saved.release, saved.edition)):
            return datetime.now(UTC), done[1] if done else Changes()  # nothing beyond the save
        kept, changed = drafting.keep(archive, *self._current(release, edition))
        self.kept_at = kept
        return kept, done[1] | changed if done else changed

    def save(self, archive: Desk, attempt: Attempt) -> tuple[Filed, Changes]:
        """Save a text as a revision, once, however often this is tried."""
        if attempt not in self.unanswered:
            self.unanswered += (attempt,)
        done = self._settle(archive)
        assert done is not None
        return done

    def _settle(self, archive: Desk) -> tuple[Filed, Changes] | None:
        """Repeat what was not answered, in its order; what follows builds upon it."""
        done = None
        while self.unanswered:
            one = self.unanswered[0]
            values = self._current(one.release, one.edition)
            try:
                done = drafting.save(archive, *values, note=one.note, uid=one.uid)
            except DeskUnavailable:
                raise  # says nothing of the attempt before this one
            except PressDeskError:
                self.unanswered = ()
                raise
            self.moved(done[0])
            self.saved = done[0]
            self.unanswered = self.unanswered[1:]
        return done

    def follows(self, stands: Stands) -> bool:
        """True while nobody stored another text since this one was read or saved.

        What was looked up before our last save returned is older, and no news.
        """
        of_release, of_edition = self._versions
        return stands.release_version <= of_release and stands.edition_version <= of_edition

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
