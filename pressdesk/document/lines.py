"""A tree as lines: one per paragraph, with its type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, assert_never

from msgspec import Struct

from pressdesk.document.nodes import (
    Block,
    BulletList,
    Document,
    Figure,
    Heading,
    Inlines,
    NumberedList,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
)
from pressdesk.document.tools import heads, line

Form = Literal[
    "paragraph", "lead", "question", "answer", "address", "heading", "quote", "attribution",
    "bullet", "number", "row", "picture", "caption", "credit", "rule",
]  # fmt: skip

BETWEEN_CELLS = Text(" | ")


class TextLine(Struct, frozen=True):
    """One line of a text. ``detail`` is what tells lines of one form apart: a level, a hash."""

    form: Form
    content: Inlines = ()
    detail: str = ""

    @property
    def text(self) -> str:
        """Its words, a line break as a line feed."""
        return line(self.content)


def lines(document: Document) -> tuple[TextLine, ...]:
    """The lines of a tree in reading order, without those that hold nothing."""
    found = (each for block in document.blocks for each in _of_block(block))
    return tuple(each for each in found if each.content or each.form in ("rule", "picture"))


def _of_block(block: Block) -> Iterator[TextLine]:
    match block:
        case Paragraph(content=content, role=role):
            yield TextLine("paragraph" if role == "body" else role, content)
        case Heading(level=level, content=content):
            yield TextLine("heading", content, str(level))
        case Quote(blocks=blocks, attribution=name):
            yield from (TextLine("quote", each.content) for each in blocks)
            yield TextLine("attribution", _words(name))
        case BulletList() | NumberedList():
            yield from _of_list(block, 1)
        case Table(rows=rows, header_rows=wanted):
            headings = heads(wanted, len(rows))
            for number, row in enumerate(rows):
                cells = [part for cell in row for part in (BETWEEN_CELLS, *cell.content)]
                yield TextLine("row", tuple(cells[1:]), "head" if number < headings else "")
        case Figure(attachment=attachment, alt=alt, caption=caption, credit=credit):
            yield TextLine("picture", _words(alt), attachment)
            yield TextLine("caption", caption)
            yield TextLine("credit", _words(credit))
        case Rule():
            yield TextLine("rule")
        case _:
            assert_never(block)


def _of_list(block: BulletList | NumberedList, level: int) -> Iterator[TextLine]:
    for number, item in enumerate(block.items):
        if isinstance(block, NumberedList):
            begins = f" {block.start}" if number == 0 and block.start != 1 else ""
            yield TextLine("number", item.content, f"{level}{begins}")
        else:
            yield TextLine("bullet", item.content, str(level))
        for child in item.children:
            yield from _of_list(child, level + 1)


def _words(text: str) -> Inlines:
    return (Text(text),) if text else ()
