"""What the archive returns: stored editions and their context."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from pressdesk.press.house import House
from pressdesk.press.register.deeds import Book, Record
from pressdesk.press.release import Contact, Edition, Release
from pressdesk.press.sheet import Sheet


class Kept(Struct, frozen=True):
    """Text kept by autosave that no explicit save has taken over yet."""

    release: Release
    edition: Edition
    at: datetime


class Autosaved(Struct, frozen=True):
    """What became of a text that autosave kept."""

    at: datetime
    row_moved: bool
    """Lists show another title or date of it since."""


class Filed(Struct, frozen=True):
    """One edition with its release, as stored. ``edition`` is what was last saved."""

    release: Release
    edition: Edition
    kept: Kept | None = None
    """What autosave kept after that save, if anything."""

    def current(self) -> tuple[Release, Edition]:
        """The kept text when there is one, else the saved: what the person last saw."""
        if self.kept is None:
            return self.release, self.edition
        return self.kept.release, self.kept.edition


class Stands(Struct, frozen=True):
    """How far an edition has come: what others may have done to it."""

    release_version: int
    edition_version: int
    author: str = ""
    """Who made the last revision of any text of the release."""


class Issued(Struct, frozen=True):
    """An issued edition: the sheet, the house style of that moment, and their hash."""

    sheet: Sheet
    house: House
    sha256: str
    """Of the stored bytes of sheet and house together; checked each time they are read."""


class RevisionInfo(Struct, frozen=True):
    """One explicit save of an edition; ``number`` counts from 1 within the edition."""

    id: int
    number: int
    at: datetime
    note: str = ""
    author: str = ""
    name: str = ""
    """What a person called this version, "" if nobody did."""
    edition: int = 1
    """The number of its edition."""
    issued: bool = False
    """It is what went out as that edition."""

    @property
    def said(self) -> str:
        """The note; of one that went out only what it says besides that it did."""
        return self.note.partition(". ")[2] if self.issued else self.note


class DeedInfo(Struct, frozen=True):
    """A deed of the register that concerns an edition, or the whole desk."""

    book: Book
    number: int
    """In its book, from 0."""
    at: datetime
    """When it was written down, by the clock of that computer."""
    record: Record | None
    """None where it, or what is private of it, is not as it was written down."""
    author: str = ""
    said: str = ""
    """What the author wrote of it."""
    edition: int = 0
    """The number of its edition; 0 for what concerns the whole desk."""


class TrashRow(Struct, frozen=True):
    """A release in the trash; it can be restored until it is purged."""

    release_id: int
    title: str
    kind: str
    trashed_at: datetime


class Batch(Struct, frozen=True):
    """What one import took in, in the order of its items; undone as a whole."""

    id: int
    releases: tuple[int, ...]


class ImportItem(Struct, frozen=True):
    """One accepted item of an import.

    ``release`` and ``edition`` are not stored yet (id 0). ``record`` is the finished sheet of
    an item to be taken in as issued on its own date; None takes it in as a draft.
    """

    release: Release
    edition: Edition
    contacts: tuple[Contact, ...] = ()
    """Contacts found in the item. Those with id 0 are added to the contact list, once for
    equal ones of a batch; all come before the ids the edition already names."""
    record: Sheet | None = None
