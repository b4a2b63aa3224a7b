"""How text is made equal before a search compares it."""

from __future__ import annotations

import re
import unicodedata

from pressdesk.document.tools import plain
from pressdesk.press.release import Edition, Release

_UNSEEN = re.compile("[\x00\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    """Case, composition, line ends and invisible characters made equal; ё stays ё, ß is ss."""
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return _SPACE.sub(" ", unicodedata.normalize("NFC", seen.casefold())).strip()


def folded(release: Release, edition: Edition) -> str:
    """Everything of one edition a search looks at; a line feed parts what does not touch.

    A folded query never holds a line feed, so it cannot match across two of the parts.
    """
    parts = (edition.title, edition.subtitle, release.reference, plain(edition.body))
    return "\n".join(fold(part) for part in parts if part)
