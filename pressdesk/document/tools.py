"""Walk, map, measure and normalise trees."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import assert_never

import msgspec

from pressdesk.document.nodes import (
    Block,
    BulletList,
    Cell,
    Document,
    Figure,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    ListItem,
    Mark,
    NumberedList,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
)

WORDS_A_MINUTE = {"en": 230, "ru": 180}
"""Silent reading of adults, rounded from published reading studies; others use 200."""

_WORD = re.compile(r"\w[\w'’\-‑]*")
_LINE_ENDS = re.compile("\r\n|[\n\r\u2028\u2029\x0b\x0c\x85]")
_CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ufffc\ufdd0-\ufdef\ud800-\udfff]"
)


class TextLength(msgspec.Struct, frozen=True):
    """How long a text is: words, characters with spaces, minutes of silent reading."""

    words: int
    characters: int
    minutes: int


def inlines(block: Block) -> Iterator[Inlines]:
    """Each paragraph's worth of content in a block, in reading order."""
    match block:
        case Paragraph(content=content) | Heading(content=content) | Figure(caption=content):
            yield content
        case Quote(blocks=blocks):
            yield from (paragraph.content for paragraph in blocks)
        case BulletList(items=items) | NumberedList(items=items):
            for item in items:
                yield item.content
                for child in item.children:
                    yield from inlines(child)
        case Table(rows=rows):
            yield from (cell.content for row in rows for cell in row)
        case Rule():
            return
        case _:
            assert_never(block)


def attachments(document: Document) -> tuple[str, ...]:
    """The SHA-256 of each picture in the text, once, in reading order."""
    named = (block.attachment for block in document.blocks if isinstance(block, Figure))
    return tuple(dict.fromkeys(named))


def map_inlines(document: Document, change: Callable[[Inlines], Inlines]) -> Document:
    """The same tree with each paragraph's worth of content replaced by ``change(content)``."""
    return Document(tuple(_map_block(block, change) for block in document.blocks))


def _map_block(block: Block, change: Callable[[Inlines], Inlines]) -> Block:
    match block:
        case Paragraph() | Heading():
            return msgspec.structs.replace(block, content=change(block.content))
        case Figure():
            return msgspec.structs.replace(block, caption=change(block.caption))
        case Quote(blocks=blocks):
            changed = tuple(msgspec.structs.replace(b, content=change(b.content)) for b in blocks)
            return msgspec.structs.replace(block, blocks=changed)
        case BulletList() | NumberedList():
            return _map_list(block, change)
        case Table(rows=rows):
            cells = tuple(tuple(Cell(change(cell.content)) for cell in row) for row in rows)
            return msgspec.structs.replace(block, rows=cells)
        case Rule():
            return block
        case _:
            assert_never(block)


def _map_list(
    block: BulletList | NumberedList, change: Callable[[Inlines], Inlines]
) -> BulletList | NumberedList:
    items = tuple(
        ListItem(change(item.content), tuple(_map_list(child, change) for child in item.children))
        for item in block.items
    )
    return msgspec.structs.replace(block, items=items)


def heads(wanted: int, rows: int) -> int:
    """How many of the rows of a table are headings: there is always one for them to head.

    wanted  how many were asked for, such as ``Table.header_rows``
    """
    return max(0, min(wanted, rows - 1))


def link_of(part: Inline) -> str | None:
    """The address a part leads to; a line break leads nowhere."""
    return part.link if isinstance(part, Text) else None


def line(content: Inlines) -> str:
    """Content as one string; a line break is a line feed."""
    return "".join(part.text if isinstance(part, Text) else "\n" for part in content)


def plain(document: Document) -> str:
    """The words of the tree: one line feed inside a paragraph, a blank line between them."""
    parts: list[str] = []
    for block in document.blocks:
        parts.extend(line(content) for content in inlines(block))
        if isinstance(block, Quote) and block.attribution:
            parts.append(block.attribution)
        if isinstance(block, Figure) and block.credit:
            parts.append(block.credit)
    return "\n\n".join(part for part in parts if part)


def count(text: str, language: str = "en") -> TextLength:
    """Counts of a plain text. An empty text is read in no time, any other in a minute or more."""
    words = sum(1 for _ in _WORD.finditer(text))
    pace = WORDS_A_MINUTE.get(language.split("-")[0], 200)
    return TextLength(words, len(text.replace("\n", "")), -(-words // pace))


def runs(text: str, marks: Mark = Mark.NONE) -> Inlines:
    """Any string as content: line ends become breaks, control characters are dropped."""
    parts: list[Inline] = []
    for number, piece in enumerate(_LINE_ENDS.split(text)):
        if number:
            parts.append(LineBreak())
        clean = _CONTROLS.sub("", piece).replace("\t", " ")
        if clean:
            parts.append(Text(clean, marks))
    return tuple(parts)


def paragraph(text: str) -> Paragraph:
    """A body paragraph without marks."""
    return Paragraph(runs(text))


def normalise(document: Document) -> Document:
    """The one tree among all that mean the same.

    Runs are merged where they may be, empty ones dropped, line ends inside them become
    LineBreak, control characters go, SUP wins over SUB. Quotes, lists and tables without
    anything in them go, a name without a quote becomes a paragraph; short table rows are filled
    up, and headings over nothing are rows. Empty paragraphs stay: the person may be about to
    write there.
    ``normalise(normalise(t)) == normalise(t)``.
    """
    kept = (_normal_block(block) for block in document.blocks)
    return Document(tuple(block for block in kept if block is not None))


def _normal_block(block: Block) -> Block | None:
    match block:
        case Quote(blocks=(), attribution=name):
            return paragraph(name) if name else None
        case BulletList() | NumberedList():
            return _normal_list(block)
        case Table():
            return _normal_table(block)
        case _:
            return _map_block(block, normal_inlines)


def _normal_list(block: BulletList | NumberedList) -> BulletList | NumberedList | None:
    if not block.items:
        return None
    items = []
    for item in block.items:
        children = (_normal_list(child) for child in item.children)
        kept = tuple(child for child in children if child is not None)
        items.append(ListItem(normal_inlines(item.content), kept))
    return msgspec.structs.replace(block, items=tuple(items))


def _normal_table(block: Table) -> Table | None:
    width = max((len(row) for row in block.rows), default=0)
    if not width:
        return None
    rows = tuple(
        tuple(Cell(normal_inlines(cell.content)) for cell in row) + (Cell(),) * (width - len(row))
        for row in block.rows
    )
    return Table(rows, heads(block.header_rows, len(rows)))


def normal_inlines(content: Inlines) -> Inlines:
    """Content in normal form; see ``normalise``."""
    out: list[Inline] = []
    for part in content:
        if isinstance(part, LineBreak):
            out.append(part)
            continue
        marks = part.marks & ~Mark.SUB if Mark.SUP in part.marks else part.marks
        for piece in runs(part.text):
            if isinstance(piece, Text):
                piece = Text(piece.text, marks, part.link or None, part.language or None)
                last = out[-1] if out else None
                if isinstance(last, Text) and _alike(last, piece):
                    out[-1] = msgspec.structs.replace(last, text=last.text + piece.text)
                    continue
            out.append(piece)
    return tuple(out)


def _alike(one: Text, other: Text) -> bool:
    return (one.marks, one.link, one.language) == (other.marks, other.link, other.language)
