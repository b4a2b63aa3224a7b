"""Letters of a text as they are compared: without spaces and without what no page shows."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from pressdesk.formats.readback.passages import HINT, HYPHEN, TURN

SOFT_HYPHEN = "\u00ad"

_TURNED = ("Pi", "Pf", "Ps", "Pe")

_SIGNS = frozenset((HINT, HYPHEN, TURN))
_TOKEN = re.compile(f"(?P<hint>{HINT})|(?P<turn>{TURN})|(?P<space>\\s+)|[^\\s{HINT}{TURN}]+")
# Joiners and variants that are letters or marks to Unicode, and are never drawn.
_UNDRAWN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\ufff0-\uffff"
    "\U000e0000-\U000e0fff]"
)
# One shape of the letters that PDFium takes apart.
_SHAPED = re.compile("[\ufb00-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]")
# Line ends that formats turn into a space or into nothing.
_OPEN = re.compile("[\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029\u200b]")


class Letters(NamedTuple):
    """Letters, and before which of them a space stands, or may stand."""

    text: str
    spaces: frozenset[int]
    perhaps: frozenset[int]
    turns: tuple[int, ...] = ()


@cache
def _never_seen(sign: str) -> bool:
    """Controls, halves, private and unknown characters: each format treats them in its own way."""
    return unicodedata.category(sign)[0] == "C" and not sign.isspace()


def clean(text: str) -> str:
    """A text without what is never drawn; spaces and the signs of readers stay."""
    if text.isascii() and text.isprintable():
        return text
    gone = {ord(sign): None for sign in set(text) if sign not in _SIGNS and _never_seen(sign)}
    text = _UNDRAWN.sub("", text.translate(gone))
    return _SHAPED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def unmirrored(text: str) -> str:
    """A text without marks above and below letters, its brackets and quotation marks alike.

    So much is lost where PDFium turns round what runs from right to left; the faces of a page
    have no such letters, and boxes are drawn for them.
    """
    out = []
    for sign in unicodedata.normalize("NFKD", text).replace("\u2044", "/"):
        if unicodedata.mirrored(sign) or unicodedata.category(sign) in _TURNED:
            out.append("(")
        elif unicodedata.category(sign)[0] != "M":
            out.append(sign)
    return "".join(out)


def letters(text: str) -> str:
    """The letters alone; a hyphen at the end of a line is taken for one."""
    found = "".join(clean(text).replace(HYPHEN, "-").split())
    return found.replace(HINT, "").replace(TURN, "")


def spelt(text: str) -> Letters:
    """The letters of a text and its spaces; ``HYPHEN`` stays among them."""
    parts: list[str] = []
    spaces, perhaps, turns, at = set(), set(), [], 0
    for found in _TOKEN.finditer(clean(_OPEN.sub(HINT, text))):
        if found["space"]:
            spaces.add(at)
        elif found["hint"]:
            perhaps.add(at)
        elif found["turn"]:
            perhaps.add(at)
            turns.append(at)
        else:
            parts.append(found[0])
            at += len(found[0])
    return Letters("".join(parts), frozenset(spaces), frozenset(perhaps), tuple(turns))
