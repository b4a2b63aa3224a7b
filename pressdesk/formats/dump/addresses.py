"""Finds e-mail addresses in text, and tells complete ones from doubtful ones.

An address that is cut short reaches nobody or somebody else. What stands around an @ is taken
from blank to blank; where that is not an address and its punctuation, it is not taken at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

_AT = re.compile(r"\s*[\[({<]\s*(?:at|ät|собака)\s*[\])}>]\s*", re.IGNORECASE)
_DOT = re.compile(r"\s*[\[({<]\s*(?:dot|punkt|point|точка)\s*[\])}>]\s*", re.IGNORECASE)
_BEFORE = re.compile(r"""[^\s<>()\[\]{},;:|«»„“”\\"]*\Z""")
_AFTER = re.compile(r"""[^\s<>()\[\]{},;:|«»„“”\\"'’`/?!…]*""")
_QUOTED = re.compile(r'"(?:[^"\\\n@]|\\.)+"\Z')
_PLAIN = re.compile(r"[\w.+'&-]")
_APART = re.compile(r"\w\s+@\s*[\w-]+\.\w")
_WORD = re.compile(r"\S+")
_LAST_OF_LINE = re.compile(r"\S*\Z")
_PUNCTUATION = ".,;:!?…"
_OPENING, _CLOSING = "<([{«„“\"'|:", ">)]}»“”\"'|"
_GOES_ON = re.compile(r"\n[^\W\d_A-ZА-Я]{2,}(?:\.[\w-]+)*[.,;]?(?:\n|$)")


class Address(Struct, frozen=True):
    """What stands around an @, as [begin, end) of the text."""

    text: str
    begin: int
    end: int
    sure: bool


@lru_cache(4096)
def addresses(text: str) -> tuple[Address, ...]:
    """Every address of a text in order; an @ alone or before a name is none.

    "press [at] river [dot] example" counts as well; see ``plain_signs``.
    """
    return tuple(_found(text))


def plain_signs(text: str) -> str:
    """The text with [at] and [dot] as the signs they stand for, where both make an address."""
    if not _AT.search(text):
        return text
    read = _DOT.sub(".", _AT.sub("@", text))
    return read if any(one.sure for one in addresses(read)) else text


def without(text: str) -> str:
    """What is left of a text without its addresses, be they whole or doubtful."""
    read = plain_signs(text)
    left, at = "", 0
    for one in addresses(read):
        left, at = left + read[at : one.begin], one.end
    return left + read[at:]


def whole(text: str) -> tuple[str, ...]:
    """The addresses of a text that are sure to be whole."""
    return tuple(one.text for one in addresses(plain_signs(text)) if one.sure)


def has_doubtful(text: str) -> bool:
    """True if something looks like an address but its end is unclear."""
    read = plain_signs(text)
    return any(not one.sure for one in addresses(read)) or bool(_APART.search(read))


def _found(text: str) -> Iterator[Address]:
    done = 0
    at = text.find("@")
    while at >= 0:
        begin, end = _begin(text, at, done), at + 1 + len(_after(text, at))
        if begin < at:
            sure = _is_local(text[begin:at]) and _is_domain(text[at + 1 : end])
            sure = sure and _clear_before(text, begin, done) and _clear_after(text, end)
            yield Address(text[begin:end], begin, end, sure)
            done = end
        at = text.find("@", max(end, at + 1))


def _begin(text: str, at: int, done: int) -> int:
    """Where the part before the @ begins; behind what belongs to the address before."""
    quoted = _QUOTED.search(text, done, at)
    if quoted:
        return quoted.start()
    before = _BEFORE.search(text, done, at)
    begin = before.start() if before else at
    while begin < at and (text[begin] in "'/" and (begin == done or _paired(text, begin, at))):
        begin += 1
    return begin


def _paired(text: str, begin: int, at: int) -> bool:
    """The mark before is one of two around the address."""
    end = at + 1 + len(_after(text, at))
    return text[begin] == "'" and text[end : end + 1] == "'"


def _after(text: str, at: int) -> str:
    found = _AFTER.match(text, at + 1)
    return found[0].rstrip(_PUNCTUATION) if found else ""


def _is_local(part: str) -> bool:
    if _QUOTED.match(part):
        return True
    if part[:1] in (".", "'", "-") or part[-1:] == "." or ".." in part:
        return False
    return all(_PLAIN.match(char) or unicodedata.category(char)[0] == "M" for char in part)


def _is_domain(part: str) -> bool:
    labels = part.split(".")
    if len(labels) < 2 or not all(map(_is_label, labels)):
        return False
    last = labels[-1]
    return len(last) > 1 and (last.lower().startswith("xn--") or not re.search(r"[\d_-]", last))


def _is_label(label: str) -> bool:
    kept = all(char in "-_" or unicodedata.category(char)[0] in "LMN" for char in label)
    return bool(label) and kept and label[0] != "-" and label[-1] != "-"


def _clear_before(text: str, begin: int, done: int) -> bool:
    """What stands before belongs to no address: a blank, an opening mark, another address."""
    said = _LAST_OF_LINE.search(text, done, begin)
    rest = said[0] if said else ""
    if not rest:
        return text[:begin].rstrip(" ")[-2:-1].isspace() or not re.search(
            r"[\w][-_+]\n\Z", text[:begin]
        )
    return rest[-1] in _OPENING or (begin > done > 0 and not any(map(str.isalnum, rest)))


def _clear_after(text: str, end: int) -> bool:
    """What stands behind belongs to no address either, nor does it go on in the next line."""
    found = _WORD.match(text, end)
    rest = found[0] if found else ""
    behind = end + len(rest)
    if rest == "." and _GOES_ON.match(text, behind):
        return False
    return "@" in rest or rest[:1] in _CLOSING or not any(map(str.isalnum, rest))
