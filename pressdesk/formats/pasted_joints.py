"""Normalises the spaces in a line where something was left out."""

from __future__ import annotations

import re

from pressdesk.document.nodes import Inline, LineBreak, Text
from pressdesk.formats.left_out import JOINT

_GAP = re.compile(f"{JOINT}[ \xa0\n{JOINT}]*")
_SPACES = " \xa0\n"
_SPACE = re.compile(f"[{_SPACES}]+")
_CLOSING = frozenset(",.;:!?…)]}»”")
_OPENING = frozenset("([{«“„")


def closed_up(content: list[Inline]) -> list[Inline]:
    """The content without its joints, with the white space around each that a writer would leave.

    Of the space before and the space behind one stays; none before a comma or a closing bracket
    or behind an opening one. Line breaks stay as many as stood on the one side of it.
    """
    if not any(isinstance(part, Text) and JOINT in part.text for part in content):
        return content
    whole = "".join("\n" if isinstance(part, LineBreak) else part.text for part in content)
    gone: set[int] = set()
    for found in _GAP.finditer(whole):
        begin, end = found.span()
        while begin and whole[begin - 1] in _SPACES:
            begin -= 1
        gone.update(range(begin, end))
        gone.difference_update(_kept(whole, begin, end))
    out: list[Inline] = []
    at = 0
    for part in content:
        if isinstance(part, LineBreak):
            out += [] if at in gone else [part]
            at += 1
            continue
        text = "".join(sign for n, sign in enumerate(part.text, at) if n not in gone)
        at += len(part.text)
        if text:
            out.append(Text(text, part.marks, part.link))
    return out


def _kept(whole: str, begin: int, end: int) -> range:
    """The places of the one white space that stays in a gap."""
    spaces = list(_SPACE.finditer(whole, begin, end))
    if not spaces:
        return range(0)
    widest = max(spaces, key=lambda space: space[0].count("\n"))
    closes = whole[begin] != JOINT and whole[end : end + 1] in _CLOSING
    opens = whole[end - 1] != JOINT and whole[begin - 1 : begin] in _OPENING
    return range(0) if (closes or opens) and "\n" not in widest[0] else range(*widest.span())
