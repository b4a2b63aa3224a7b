"""Paragraphs of a dump as the blocks of a document tree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from pressdesk.document.nodes import Block, BulletList, Document, ListItem, Paragraph
from pressdesk.document.tools import normalise, runs
from pressdesk.formats.dump import questions

_BULLET = re.compile(r"(?:[-–—*]|(?P<dot>[•·▪◦‣]))\s+(?=\S)")


def body(paragraphs: Sequence[str], *, interview: bool = False) -> Document:
    """The tree of an item's text, in normal form.

    Single line ends become line breaks, lines that begin with a dot or a dash lists, and the
    paragraphs of an interview questions and answers; nothing is guessed about headings.
    """
    if interview:
        spoken = zip(paragraphs, questions.parts(paragraphs), strict=True)
        return normalise(Document(tuple(_spoken(text, part) for text, part in spoken)))
    blocks: list[Block] = []
    for listed, members in groupby(paragraphs, key=_is_list):
        if listed:
            blocks.extend(_lists(list(members)))
        else:
            blocks.extend(Paragraph(runs(text)) for text in members)
    return normalise(Document(tuple(blocks)))


def _spoken(text: str, part: questions.Part) -> Paragraph:
    return Paragraph(runs(questions.without_label(text)), part)


def _is_list(paragraph: str) -> bool:
    return all(_BULLET.match(line) for line in paragraph.split("\n"))


def _lists(paragraphs: list[str]) -> list[Block]:
    """One list; a single line behind a dash is rather somebody speaking."""
    lines = [line for paragraph in paragraphs for line in paragraph.split("\n")]
    first = _BULLET.match(lines[0])
    if len(lines) == 1 and first and not first["dot"]:
        return [Paragraph(runs(lines[0]))]
    return [BulletList(tuple(ListItem(runs(_BULLET.sub("", line, count=1))) for line in lines))]
