"""Releases, their editions and press contacts: frozen values."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from pressdesk.document.nodes import Document
from pressdesk.document.tools import attachments, plain
from pressdesk.press.states import State
from pressdesk.press.translated import NOTHING, Translated


class Embargo(Struct, frozen=True):
    """Not before this moment. ``instant`` is aware and in UTC; ``zone`` is an IANA name."""

    instant: datetime
    zone: str


class Way(Struct, frozen=True, omit_defaults=True):
    """How a contact is reached over one channel."""

    kind: str
    """Of the channel; see ``press.channels``."""
    printed: str
    """As it was typed."""
    address: str = ""
    """Where a link leads, such as "tel:+43153408112"; "" where it cannot be followed."""
    label: Translated = NOTHING
    public: bool = True


SPOKEN = ("name", "role", "organisation", "hours")
"""The texts of a contact that are in the language of the release; a sheet has the same."""


class Contact(Struct, frozen=True, omit_defaults=True):
    """A person or an office the press may turn to. ``id`` 0 is one not stored yet."""

    id: int = 0
    uid: str = ""
    name: Translated = NOTHING
    role: Translated = NOTHING
    organisation: Translated = NOTHING
    ways: tuple[Way, ...] = ()
    """In printing order."""
    hours: Translated = NOTHING
    public: bool = True
    valid_from: date | None = None
    valid_to: date | None = None
    retired: bool = False
    version: int = 0

    def serves(self, day: date) -> bool:
        """True when the contact may be printed on a release of this day."""
        begun = self.valid_from is None or self.valid_from <= day
        lasting = self.valid_to is None or day <= self.valid_to
        return self.public and not self.retired and begun and lasting

    @property
    def public_ways(self) -> tuple[Way, ...]:
        """Those that a release may print."""
        return tuple(way for way in self.ways if way.public)


class Release(Struct, frozen=True, omit_defaults=True):
    """The item all its languages share. ``id`` is unique in the desk, 0 for one not stored."""

    kind: str
    id: int = 0
    uid: str = ""
    reference: str = ""
    """Given at the first issue and never changed; "" before."""
    slug: str = ""
    occasion: str = ""
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    embargo: Embargo | None = None
    planned: datetime | None = None
    version: int = 0


class Edition(Struct, frozen=True, omit_defaults=True):
    """One language version of one release; numbered 1, 2, 3... per language. ``id`` 0 unstored."""

    language: str
    id: int = 0
    uid: str = ""
    release_id: int = 0
    number: int = 1
    state: State = State.DRAFT
    title: str = ""
    subtitle: str = ""
    summary: str = ""
    place: str = ""
    """The place of the dateline, as printed."""
    date: date | None = None
    body: Document = Document()
    notes: str = ""
    """Notes to editors; a blank line parts paragraphs."""
    boilerplate: str | None = None
    """None takes the house's text at composing; a text replaces it; "" prints none."""
    contacts: tuple[int, ...] = ()
    """Ids in the contact list, in printing order."""
    fields: tuple[tuple[str, str], ...] = ()
    """The kind's own fields by key, sorted, without empty ones; dates in ISO 8601."""
    questions: tuple[str, ...] = ()
    """What an import left open; see ``press.questions``."""
    issued_at: datetime | None = None
    recorded_at: datetime | None = None
    """Set when a past item was taken in as issued instead of being issued here."""
    version: int = 0

    def field(self, key: str) -> str:
        """The value of one of the kind's fields, "" when it has none."""
        return dict(self.fields).get(key, "")

    def title_or_placeholder(self, placeholder: str = "Untitled") -> str:
        """The title, or a placeholder for a missing one in lists."""
        return self.title or placeholder

    @property
    def wordless(self) -> bool:
        """True if it has no words and no picture of its own: nothing is lost with it."""
        words = self.title, self.subtitle, self.summary, self.notes, self.boilerplate
        body = plain(self.body).strip() or attachments(self.body)
        return not any(words) and not body


Fields = tuple[tuple[str, str], ...]


def put_field(fields: Fields, key: str, value: str) -> Fields:
    """The fields with one changed; an empty value removes it."""
    return tuple(sorted((k, v) for k, v in {**dict(fields), key: value}.items() if v))
