"""What leaves before its time: a draft, or a text whose embargo stands."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from pressdesk.press.sheet import Sheet


class Early(StrEnum):
    """Why it is before its time."""

    DRAFT = "draft"
    """It was not issued."""
    EMBARGO = "embargo"
    """Its embargo stands, whether or not it was issued."""


class WayOut(StrEnum):
    """How a text leaves the desk."""

    EXPORTED = "exported"
    PRINTED = "printed"
    BROWSED = "browsed"
    """As a web page for the browser, in a private folder."""


def embargoed(sheet: Sheet, now: datetime) -> bool:
    """True while the embargo that a sheet prints stands; ``now`` is aware."""
    return bool(sheet.embargo_until) and now < datetime.fromisoformat(sheet.embargo_until)


def early(sheet: Sheet, now: datetime) -> Early | None:
    """Whether a sheet that leaves now leaves before its time; None for what is out."""
    if embargoed(sheet, now):
        return Early.EMBARGO
    return None if sheet.state.out else Early.DRAFT


class Leaving(Struct, frozen=True):
    """A text that is about to leave before its time, as the register is told of it."""

    edition: str
    """Its uid."""
    sheet: Sheet
    early: Early
    way: WayOut
    format: str
    file: str
    """SHA-256 (hex) of the bytes that leave; of a print, of the PDF that is drawn."""
    said: str = ""
    """The reason a person gave; stays private."""
