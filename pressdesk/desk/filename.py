"""The name of an exported file: what it is, its embargo, and its edition."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

from pressdesk.base.files import NAME_BYTES, safe_name
from pressdesk.press.sheet import Sheet
from pressdesk.press.states import row_of


def stem(
    sheet: Sheet,
    *,
    release_id: int,
    number: int,
    slug: str = "",
    embargoed: bool = False,
    letters: str = "",
) -> str:
    """A file name without its suffix, the same for the same arguments.

    For an issued release "PR-2026-041-joint-statement-en"; "DRAFT-12-..." with the
    release's number in the desk while it has no reference; "EMBARGO-20261201-0900Z-..."
    with the instant in UTC and ``letters`` at the end while the embargo stands; "-v2" for
    a second edition. The title, or the slug where one is set, is cut to what fits.
    """
    head = (
        _embargo(sheet) if embargoed else "",
        row_of(sheet.state).prefix,
        _hyphened(sheet.reference) or str(release_id),
    )
    tail = (sheet.language, f"v{number}" if number > 1 else "", letters)
    room = NAME_BYTES - sum(len(part.encode()) + 1 for part in (*head, *tail) if part) - 1
    words = _fitting(_hyphened(slug or sheet.title).casefold(), room)
    return safe_name("-".join(filter(None, (*head, words, *tail))))


def _embargo(sheet: Sheet) -> str:
    until = datetime.fromisoformat(sheet.embargo_until).astimezone(UTC)
    return f"EMBARGO-{until:%Y%m%d-%H%M}Z"


def _hyphened(text: str) -> str:
    """Letters, marks and digits, the rest as single hyphens."""
    kept = (c if unicodedata.category(c)[0] in "LMN" else " " for c in text)
    return "-".join("".join(kept).split())


def _fitting(words: str, room: int) -> str:
    """As many whole words as have room; a first word that has none is cut."""
    if len(words.encode()) <= room:
        return words
    cut = words.encode()[:room].decode(errors="ignore")
    return cut.rsplit("-", 1)[0] if "-" in cut else cut
