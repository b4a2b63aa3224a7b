"""Reads the small markup used in the bodies of the sample releases.

Blocks are parted by blank lines; a line end inside a block is a space, a backslash before
it a line break. ``## Heading`` (to ####), ``> quote`` with ``> — who`` as its last line,
``- item`` and ``1. item`` (two spaces deeper for a nested list), ``| a | b |`` tables with
``|---|`` under their heads, ``---`` for a rule. ``!lead``, ``!address``, ``Q:`` and ``A:``
open paragraphs of those roles. In a line: ``**strong**``, ``*emphasis*``,
``[words](address)``, ``[mots]{fr}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _
from pressdesk.document.nodes import (
    Block,
    BulletList,
    Cell,
    Document,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    ListItem,
    Mark,
    NumberedList,
    Paragraph,
    Quote,
    Role,
    Rule,
    Table,
    Text,
)
from pressdesk.document.tools import normalise
from pressdesk.formats.links import kept

_ROLES: dict[str, Role] = {
    "!lead ": "lead",
    "!address ": "address",
    "Q: ": "question",
    "A: ": "answer",
}
_HEADING = re.compile(r"(#{2,4}) +")
_ITEM = re.compile(r"( *)(?:(-)|(\d{1,6})\.) +")
_ATTRIBUTION = re.compile(r"\n?[—–] (?=[^\n]*\Z)")
_MARKUP = re.compile(
    r"\\\n|\*\*(?P<strong>.+?)\*\*(?!\*)|\*(?P<emph>[^*]+)\*"
    r"|\[(?P<words>[^\]]+)\](?:\((?P<link>[^)\s]+)\)|\{(?P<language>[A-Za-z-]+)\})",
    re.DOTALL,
)


def parse(source: str) -> Document:
    """The tree of a body.

    raises  BadInput for a link that is not a web, mail or telephone address.
    """
    parts = re.split(r"\n[ \t]*(?:\n[ \t]*)+", source.strip("\n"))
    return normalise(Document(tuple(_block(part) for part in parts if part.strip())))


def _block(part: str) -> Block:
    if heading := _HEADING.match(part):
        return _heading(len(heading[1]), part[heading.end() :])
    if part.strip() == "---":
        return Rule()
    if part.startswith(">"):
        return _quote(part)
    if part.startswith("|"):
        return _table(part)
    if _ITEM.match(part):
        return _list(_items(part))
    for prefix, role in _ROLES.items():
        if part.startswith(prefix):
            return Paragraph(_inlines(part.removeprefix(prefix)), role)
    return Paragraph(_inlines(part))


def _heading(level: int, text: str) -> Heading:
    content = _inlines(text)
    if level == 2:
        return Heading(2, content)
    return Heading(3, content) if level == 3 else Heading(4, content)


def _quote(part: str) -> Quote:
    text = "\n".join(line.removeprefix(">").strip() for line in part.split("\n"))
    found = _ATTRIBUTION.search(text)
    words, who = (text[: found.start()], text[found.end() :]) if found else (text, "")
    blocks = tuple(Paragraph(_inlines(piece)) for piece in re.split(r"\n{2,}", words.strip()))
    return Quote(blocks, who.strip())


def _table(part: str) -> Table:
    lines = [line.strip().strip("|").split("|") for line in part.strip().split("\n")]
    heads = next((n for n, line in enumerate(lines) if _is_ruler(line)), 0)
    rows = [line for line in lines if not _is_ruler(line)]
    return Table(tuple(tuple(Cell(_inlines(c.strip())) for c in row) for row in rows), heads)


def _is_ruler(cells: Iterable[str]) -> bool:
    return all(re.fullmatch(r"\s*-{3,}\s*", cell) for cell in cells)


_Item = tuple[int, str, str]
"""Indent, number ("" for a bullet) and words of one item."""


def _items(part: str) -> list[_Item]:
    found: list[_Item] = []
    for line in part.split("\n"):
        if item := _ITEM.match(line):
            found.append((len(item[1]), item[3] or "", line[item.end() :]))
        else:
            indent, number, words = found[-1]
            found[-1] = (indent, number, f"{words}\n{line.strip()}")
    return found


def _list(items: Sequence[_Item]) -> BulletList | NumberedList:
    indent, number, _words = items[0]
    heads = [n for n, item in enumerate(items) if item[0] <= indent]
    made = []
    for start, end in zip(heads, [*heads[1:], len(items)], strict=True):
        below = items[start + 1 : end]
        made.append(ListItem(_inlines(items[start][2]), (_list(below),) if below else ()))
    return NumberedList(tuple(made), int(number)) if number else BulletList(tuple(made))


def _inlines(source: str, marks: Mark = Mark.NONE) -> Inlines:
    out: list[Inline] = []
    at = 0
    for found in _MARKUP.finditer(source):
        out.append(_text(source[at : found.start()], marks))
        out.extend(_marked(found, marks))
        at = found.end()
    out.append(_text(source[at:], marks))
    return tuple(out)


def _marked(found: re.Match[str], marks: Mark) -> Inlines:
    if words := found["strong"]:
        return _inlines(words, marks | Mark.STRONG)
    if words := found["emph"]:
        return _inlines(words, marks | Mark.EMPH)
    if words := found["words"]:
        return (_text(words, marks, link=_link(found["link"]), language=found["language"]),)
    return (LineBreak(),)


def _link(address: str | None) -> str | None:
    if address and kept(address) is None:
        raise BadInput(_("“{address}” is not a valid link address.").format(address=address))
    return address


def _text(
    source: str, marks: Mark, *, link: str | None = None, language: str | None = None
) -> Text:
    return Text(re.sub(r" *\n *", " ", source), marks, link, language)
