"""Recognises navigation of a web page that was copied along with its text."""

from __future__ import annotations

from pressdesk.formats.dump.words import bare, flat, listed

_LONGEST = 60


def is_chrome(paragraph: str) -> bool:
    """True when the whole paragraph, or each of its lines, is navigation."""
    return _listed(paragraph, ("leaving", "page"))


def leaves_page(paragraph: str) -> bool:
    """True for navigation that stands at the end of a page."""
    return _listed(paragraph, ("leaving",))


def _listed(paragraph: str, keys: tuple[str, ...]) -> bool:
    lines = paragraph.split("\n")
    if any(len(line) > _LONGEST for line in lines):
        return False
    if any(bare(flat(paragraph)) in listed("chrome", key) for key in keys):
        return True
    return all(any(bare(line) in listed("chrome", key) for key in keys) for line in lines)
