"""Paragraphs and groups of them, as separated by blank lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pressdesk.formats.dump.tidying import LONGEST_PARAGRAPH

Group = tuple[str, ...]
"""Paragraphs with one blank line between them; two or more blank lines part groups."""

WRAPPED_AT = 100
"""Longest line of a text that can have been wrapped by a program."""

_MOST = 0.8
_ENOUGH = 3
_BROKEN = re.compile(r"(?<=[^\W\d_])-\n(?=[^\W\d_])")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\s")


def groups(text: str) -> tuple[Group, ...]:
    """The groups of a tidy text, in order; lines wrapped by a program are joined again.

    returns  every line that is not blank is in exactly one paragraph, in order; a paragraph
             of more than LONGEST_PARAGRAPH characters comes as several
    cost     linear
    """
    lines = [line.strip() for line in text.split("\n")]
    width = _wrapped_at(lines)
    found: list[Group] = []
    group: list[str] = []
    paragraph: list[str] = []
    blank = 0
    for line in (*lines, "", ""):
        if line:
            paragraph.append(line)
            blank = 0
            continue
        blank += 1
        if paragraph:
            group.extend(_short(_joined(paragraph, width)))
            paragraph = []
        if blank == 2 and group:
            found.append(tuple(group))
            group = []
    return tuple(found)


def _wrapped_at(lines: list[str]) -> int:
    """The width a text was wrapped at, 0 when it was not.

    It was when, nearly everywhere, the first word of a line had no room in the one before.
    """
    width = max(map(len, lines), default=0)
    if not 40 <= width <= WRAPPED_AT:
        return 0
    pairs = [(a, b) for a, b in pairwise(lines) if a and b]
    full = sum(_no_room(a, b, width) for a, b in pairs)
    return width if len(pairs) >= _ENOUGH and full >= _MOST * len(pairs) else 0


def _no_room(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(maxsplit=1)[0]) > width


def _joined(lines: list[str], width: int) -> str:
    pairs = pairwise(lines)
    if not width or not all(_no_room(a, b, width) for a, b in pairs):
        return "\n".join(lines)
    # A compound may have been broken behind its hyphen: "co-", "chairmen".
    return _BROKEN.sub("-", "\n".join(lines)).replace("\n", " ")


def _short(paragraph: str) -> Iterator[str]:
    while len(paragraph) > LONGEST_PARAGRAPH:
        head = paragraph[:LONGEST_PARAGRAPH]
        ends = [match.end() for match in _SENTENCE_END.finditer(head)]
        at = ends[-1] if ends else max(head.rfind(" "), head.rfind("\n")) + 1
        at = at or LONGEST_PARAGRAPH
        yield paragraph[:at].strip()
        paragraph = paragraph[at:].strip()
    if paragraph:
        yield paragraph
