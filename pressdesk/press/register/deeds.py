"""What is written into the register: one record a deed, in the bytes that its leaf covers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from secrets import token_hex
from typing import assert_never

import msgspec
from msgspec import Struct

from pressdesk.base.i18n import _


class Book(StrEnum):
    """The register has two books, each with a tree of its own."""

    OUT = "out"
    """What went out. Its numbers and sizes stand in files that leave the house."""
    DESK = "desk"
    """All else; nobody outside is shown anything of it."""


class Deed(StrEnum):
    """What was done."""

    ISSUED = "issued"
    RECORDED = "recorded"
    """Taken in as issued on a past day."""
    BLANK = "blank"
    """Nothing: between two publications stands a random number of these, so that the distance
    of their numbers does not say whether something waits under an embargo."""
    UNDONE = "undone"
    """An import was undone; what it had recorded went with it."""
    EXPORTED = "exported"
    """A text left before its time: a draft, or one under its embargo."""
    RESTORED = "restored"
    """A backup took the place of the desk."""
    MOVED = "moved"
    """The desk moved to or from a server."""
    REPAIRED = "repaired"
    """What was damaged was put back from a revision, a sheet or a backup."""
    CLOCK = "clock"
    """The clock of the computer stood before the last deed."""


class DeedRow(Struct, frozen=True):
    """What a deed means."""

    book: Book
    label: Callable[[], str]
    """In the language of the interface, as a line of the history."""
    seals: bool = False
    """It names the sheet of an edition, which cannot change any more."""


def row_of(deed: Deed) -> DeedRow:
    """The row of a deed."""
    match deed:
        case Deed.ISSUED:
            return DeedRow(Book.OUT, lambda: _("Issued"), seals=True)
        case Deed.RECORDED:
            return DeedRow(Book.OUT, lambda: _("Recorded as issued"), seals=True)
        case Deed.BLANK:
            return DeedRow(Book.OUT, lambda: "")
        case Deed.UNDONE:
            return DeedRow(Book.DESK, lambda: _("Import undone"))
        case Deed.EXPORTED:
            return DeedRow(Book.DESK, lambda: _("Exported before its time"))
        case Deed.RESTORED:
            return DeedRow(Book.DESK, lambda: _("Restored from a backup"))
        case Deed.MOVED:
            return DeedRow(Book.DESK, lambda: _("Moved"))
        case Deed.REPAIRED:
            return DeedRow(Book.DESK, lambda: _("Repaired"))
        case Deed.CLOCK:
            return DeedRow(Book.DESK, lambda: _("The clock was set back"))
        case _:
            assert_never(deed)


class Private(Struct, frozen=True):
    """What a person wrote, and who; the record holds only its salted hash."""

    salt: str
    actor: str = ""
    said: str = ""


class Record(Struct, frozen=True, omit_defaults=True):
    """One line of a book. Texts are "" where they do not apply; hashes are hex."""

    number: int
    """In its book, from 0."""
    deed: Deed
    salt: str
    """Without it, what a short text says could be guessed from its hash."""
    noted: str = ""
    """When it was written down, by the clock of the computer: RFC 3339, UTC."""
    at: str = ""
    """When it holds from; of a past item the day it went out."""
    edition: str = ""
    """The uid of the edition."""
    language: str = ""
    reference: str = ""
    sheet: str = ""
    """SHA-256 of the sealed sheet."""
    house: str = ""
    """SHA-256 of the house style it was sealed with."""
    blobs: tuple[str, ...] = ()
    """SHA-256 of each picture and attachment it shows."""
    replaces: str = ""
    """The uid of the edition it takes the place of."""
    afterwards: bool = False
    """It went out before the desk had a register."""
    private: str = ""
    """SHA-256 over salt and words of what is ``Private``."""
    details: tuple[tuple[str, str], ...] = ()
    """What else belongs to a deed of this kind, by its names in order."""


def salt() -> str:
    """16 random bytes, as hex."""
    return token_hex(16)


def instant(at: datetime) -> str:
    """An instant as records have it: to the microsecond, so that it reads back the same."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def moment(said: str) -> datetime:
    """The instant that ``instant`` wrote; raises ValueError for another text."""
    return datetime.fromisoformat(said)


def canonical(record: Record) -> bytes:
    """The bytes that the leaf covers.

    source  RFC 8785: members sorted by name, no white space. Names are ASCII and numbers whole
            here, so that sorting by bytes is sorting by UTF-16.
    """
    return msgspec.json.encode(record, order="sorted")


def read(data: bytes) -> Record:
    """A record from its bytes; raises ValueError for other bytes than ``canonical`` makes."""
    record = msgspec.json.decode(data, type=Record)
    if canonical(record) != data:
        raise ValueError("not as a record is written")
    return record


def kept(private: Private) -> bytes:
    """As it is stored beside the record, and goes when it must."""
    return msgspec.json.encode(private, order="sorted")


def hidden(private: Private) -> str:
    """What the record holds of it."""
    return sha256(kept(private)).hexdigest()


def is_of(private: bytes, record: Record) -> bool:
    """Whether these are the private words that the record holds the hash of."""
    return sha256(private).hexdigest() == record.private
