"""Recognises navigation of a web page that was copied along with its text."""

from __future__ import annotations

import re

from pressdesk.formats.dump.word_lists import bare, flat, listed

_LONGEST = 60
_SEPARATOR = re.compile(r"[\s*#=_~+•·–—-]{3,}|\*")


def is_chrome(paragraph: str) -> bool:
    """True when the whole paragraph, or each of its lines, is navigation or a row of signs."""
    return is_separator(paragraph) or _listed(paragraph, ("leaving", "page"))


def leaves_page(paragraph: str) -> bool:
    """True for what ends an item: navigation at the end of a page, a row of signs."""
    return is_separator(paragraph) or _listed(paragraph, ("leaving",))


def is_separator(paragraph: str) -> bool:
    """True for a row of characters that separates items."""
    return bool(_SEPARATOR.fullmatch(paragraph))


def _listed(paragraph: str, keys: tuple[str, ...]) -> bool:
    lines = paragraph.split("\n")
    if any(len(line) > _LONGEST for line in lines):
        return False
    if any(bare(flat(paragraph)) in listed("chrome", key) for key in keys):
        return True
    return all(any(bare(line) in listed("chrome", key) for key in keys) for line in lines)
