"""The open edition: what is stored, and what has been typed since."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from pressdesk.desk.editions import OpenedRelease
from pressdesk.document.nodes import Document
from pressdesk.gui.paper.stored_edition import Attempt, Known, StoredEdition
from pressdesk.press.release import put_field

if TYPE_CHECKING:
    from pressdesk.desk.opening import Desk

RELEASE_FIELDS = frozenset({"occasion", "topics", "places", "people", "embargo", "slug", "planned"})
"""Fields that all languages of a release share; the others belong to the edition."""


class OpenEdition:
    """The working copy of one edition, for the GUI thread only.

    What the desk has of it, ``stored``, is written on the lane of writes.
    """

    def __init__(self, opened: OpenedRelease) -> None:
        self.languages = opened.languages
        self.issued = opened.issued
        self.attachments = opened.attachments
        self.release, self.edition = opened.filed.current()
        self.stored = StoredEdition(opened.filed)
        self.typed = 0
        """Counts edits, so that a write can tell whether more came while it ran, and saves."""

    @property
    def known(self) -> Known:
        """What is known of it in the desk, as of the last write that returned."""
        return self.stored.now

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
        """The text as it is in the editor."""
        if body != self.edition.body:
            self.edition = replace(self.edition, body=body)

    def attempt(self, note: str) -> Attempt:
        """A save of the text as it stands: a state of its own, also where nothing was typed."""
        self.typed += 1
        return Attempt(self.release, self.edition, note, self.typed)

    def aside(self, archive: Desk, *, trying: bool = False) -> Callable[[], None]:
        """What puts the text as it stands now beside its desk, for a lane to do."""
        return partial(
            self.stored.put_aside, archive, self.release, self.edition, self.typed, trying=trying
        )
