"""Inline runs as CommonMark that reads back as the same words.

Emphasis opens and closes by what stands beside it (CommonMark 0.31, section 6.2). Letters
that would stand in its way are written as numbers, so that any run of characters can be
marked: ``un&#98;**elievable**``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Literal, NamedTuple

from pressdesk.document.nodes import Inline, Inlines, Mark, Text
from pressdesk.document.tools import link_of, normal_inlines
from pressdesk.formats import links
from pressdesk.formats.prelude import clean

_SPECIAL = re.compile(r"[\\`*_\[\]<~|]|&(?=[#A-Za-z])")
_OPENER = re.compile(r"[#+>=:-]|([0-9]+)[.)]")
_MARKS = (
    (Mark.STRONG, "**", "**"),
    (Mark.EMPH, "_", "_"),
    (Mark.UNDERLINE, "<u>", "</u>"),
    (Mark.SUB, "<sub>", "</sub>"),
    (Mark.SUP, "<sup>", "</sup>"),
)
_FLANKED = Mark.STRONG | Mark.EMPH


class _Token(NamedTuple):
    kind: Literal["text", "open", "close", "link", "other"]
    text: str


_EDGE = _Token("other", "")


def escaped(text: str) -> str:
    """A text with every character escaped that Markdown would interpret."""
    return "\n".join(_line(_SPECIAL.sub(_slashed, one)) for one in clean(text).split("\n"))


def inlines(content: Inlines, break_: str, lost: Callable[[str], None]) -> str:
    """Content as CommonMark; line breaks at its end, which cannot be written, are left out.

    break_  stands for a line break: a backslash and a line feed, or <br> where a line
            cannot be parted
    lost    is told each address that may not leave
    """
    runs = normal_inlines(tuple(_plainer(part, lost) for part in content))
    tokens = [_EDGE, *_tokens(_trimmed(runs), break_), _EDGE]
    out = []
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        out.append(_text(before, token, after) if token.kind == "text" else token.text)
    return "\n".join(_line(line) for line in "".join(out).split("\n"))


def _plainer(part: Inline, lost: Callable[[str], None]) -> Inline:
    """Without language, and without a link that may not leave."""
    if not isinstance(part, Text):
        return part
    address = links.kept(part.link)
    if part.link and address is None:
        lost(part.link)
    return Text(clean(part.text), part.marks, address)


def _trimmed(content: Inlines) -> Inlines:
    kept = list(content)
    while kept and not isinstance(kept[-1], Text):
        kept.pop()
    return tuple(kept)


def _tokens(content: Inlines, break_: str) -> Iterator[_Token]:
    for address, group in groupby(content, link_of):
        if address is None:
            yield from _marked(tuple(group), break_)
            continue
        yield _Token("link", "[")
        yield from _marked(tuple(group), break_)
        yield _Token("other", f"]({_destination(address)})")


def _destination(address: str) -> str:
    safe = re.sub(r"&(?=[#A-Za-z])|[\[\]*_~]", _slashed, address)
    return f"<{safe}>" if re.search(r"[()]", safe) else safe


def _marked(content: Inlines, break_: str) -> Iterator[_Token]:
    """Texts, and marks that open and close around them, never overlapping."""
    open_: list[tuple[Mark, str]] = []
    for part, wanted in zip(content, _marks_ahead(content), strict=True):
        while any(mark not in wanted for mark, _end in open_):
            yield _closing(*open_.pop())
        if not isinstance(part, Text):
            yield _Token("other", break_)
            continue
        for mark, begin, end in _MARKS:
            if mark in wanted and (mark, end) not in open_:
                open_.append((mark, end))
                yield _Token("open" if mark in _FLANKED else "other", begin)
        yield _Token("text", part.text)
    while open_:
        yield _closing(*open_.pop())


def _closing(mark: Mark, end: str) -> _Token:
    return _Token("close" if mark in _FLANKED else "other", end)


def _marks_ahead(content: Inlines) -> list[Mark]:
    """The marks of each text; for a break those of the next text, so that none spans its end."""
    ahead, marks = [], Mark.NONE
    for part in reversed(content):
        marks = part.marks if isinstance(part, Text) else marks
        ahead.append(marks)
    return ahead[::-1]


def _text(before: _Token, token: _Token, after: _Token) -> str:
    """The words of one text, its first and last letter such that marks beside it work."""
    text = token.text
    first = before.kind == "open" and _is_blank(text[0])
    first |= before.kind == "close" and _is_letter(text[0])
    last = after.kind == "close" and _is_blank(text[-1])
    last |= after.kind == "open" and _is_letter(text[-1])
    last |= after.kind == "link" and text[-1] == "!"
    if len(text) == 1 and (first or last):
        return _number(text)
    start, end = (1 if first else 0), (len(text) - 1 if last else len(text))
    middle = _SPECIAL.sub(_slashed, text[start:end])
    return "".join(map(_number, text[:start])) + middle + "".join(map(_number, text[end:]))


def _slashed(found: re.Match[str]) -> str:
    return f"\\{found[0]}"


def _is_blank(character: str) -> bool:
    return character.isspace()


def _is_letter(character: str) -> bool:
    return not (character.isspace() or unicodedata.category(character).startswith("P"))


def _line(text: str) -> str:
    """A line that starts no block and keeps the blanks at its ends."""
    if found := _OPENER.match(text):
        at = len(found[1] or "")
        text = f"{text[:at]}\\{text[at:]}"
    inner = text.strip()
    if inner == text:
        return text
    at = text.index(inner) if inner else len(text)
    after = text[at + len(inner) :]
    return "".join(map(_number, text[:at])) + inner + "".join(map(_number, after))


def _number(character: str) -> str:
    return f"&#{ord(character)};"
