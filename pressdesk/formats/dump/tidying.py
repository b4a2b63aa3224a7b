"""Normalises decoded text: letters, blanks and line ends; loses no letter."""

from __future__ import annotations

import re
import unicodedata

from pressdesk.base.i18n import _

LONGEST_WORD = 2_000
"""Characters without a blank that a page can still be laid out with."""

LONGEST_PARAGRAPH = 20_000

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028]")
_BLANKS = re.compile("[\xa0\u202f\u2007\t]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Joiners and direction marks are part of how some languages are written; they stay.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]"
)
_MARKS = re.compile("[\u200e\u200f\u061c]")
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


def tidy(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with line feeds, plain blanks and composed letters, and remarks about it.

    Signs that turn the direction of writing round are dropped and reported.
    cost  linear; about 20 MB a second
    """
    remarks = []
    text = _BLANKS.sub(" ", _LINE_ENDS.sub("\n", text)).replace("\u2029", "\n\n")
    text, turned = _TURNING.subn("", text)
    if turned:
        remarks.append(_("Text-direction control characters were removed."))
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    if _LONG_WORD.search(text):
        remarks.append(_("Very long words were split to fit the page."))
        text = _LONG_WORD.sub(_parted, text)
    return text, tuple(remarks)


def one_line(text: str) -> str:
    """A title or a name: one line without any sign that moves letters about."""
    return " ".join(_MARKS.sub("", _TURNING.sub("", text)).split())


def _parted(match: re.Match[str]) -> str:
    word = match[0]
    return "\n".join(word[at : at + LONGEST_WORD] for at in range(0, len(word), LONGEST_WORD))
