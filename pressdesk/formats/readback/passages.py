"""What a file says and what it should say: passages of a sheet, in the order of a format.

Each format states that order once more, apart from its writer: a writer that leaves something
out, adds or turns something round is found because it no longer agrees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, assert_never

from msgspec import Struct

from pressdesk.document.nodes import (
    Block,
    BulletList,
    Document,
    Figure,
    Heading,
    NumberedList,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from pressdesk.document.tools import line
from pressdesk.press.sheet import Section, Sheet, SheetContact, SheetWay

Part = Literal[
    "warning", "embargo", "letterhead", "release line", "title", "subtitle", "speaker", "credit",
    "rows", "dateline", "text", "end mark", "notes", "boilerplate", "contacts", "links", "foot",
]  # fmt: skip

HINT, HYPHEN, TURN = "\ufdd0", "\ufdd1", "\ufdd2"
"""In a text that was read: perhaps a space; a hyphen or soft hyphen, which cannot be told apart;
the turn of a page. Noncharacters, which no text may hold."""

_SIGNS = str.maketrans(dict.fromkeys((HINT, HYPHEN, TURN)))


def unsigned(text: str) -> str:
    """A text without the signs of readers, should it hold any of its own."""
    return text.translate(_SIGNS)


class Passage(Struct, frozen=True):
    """One text of a sheet and where it stands."""

    part: Part
    text: str
    block: int = 0
    """Which block of the text, from 1; 0 elsewhere."""
    row: int = 0
    """Passages with the same number stand side by side; 0 for those that stand alone."""
    column: int = 0
    instead: str = ""
    """Another way the same is laid out, "" where there is none."""


class Found(Struct, frozen=True):
    """What was read from a file."""

    text: str
    """With HINT, HYPHEN and TURN where a format leaves such things open."""
    furniture: tuple[str, ...] = ()
    """What stands around the text of each page, where there are pages."""
    addresses: tuple[str, ...] = ()
    """Where its links lead, as far as they are read."""
    mirrored: bool = False
    """Brackets may be turned round: the reader turns what runs from right to left."""
    foreign: tuple[str, ...] = ()
    """Plain words for what no writer of ours puts into a file, such as "a note"."""


@dataclass(frozen=True, slots=True)
class Readback:
    """How the text of a format is read back.

    read       the text of a finished file; raises ReadFailed for bytes of another kind
    passages   what it should say, in the order it is printed in
    fold       takes what the format adds or cannot hold from a text, on both sides
    furniture  what is wrong around the text of pages: where it stands and what is said there
    """

    read: Callable[[bytes], Found]
    passages: Callable[[Sheet], Iterator[Passage]]
    fold: Callable[[str], str] = str
    furniture: Callable[[Sheet, Found], str] | None = field(default=None)


@dataclass(frozen=True, slots=True)
class PrintedNodes:
    """How a format prints the nodes of a text."""

    bullet: Callable[[int], str] = lambda _depth: ""
    number: Callable[[int], str] = "{}.".format
    attribution: str = "{}"
    alt: str = "{}"
    """The words for those who do not see a picture; "" where they are no text."""
    between: str = ""
    """Between a caption and its credit."""
    rule: str = ""
    table: Callable[[Table], tuple[str, str]] | None = None
    """A table as one passage in two layouts; None for cell after cell."""


def several(part: Part, *texts: str) -> Iterator[Passage]:
    """Each text as a passage."""
    for text in texts:
        yield Passage(part, text)


def body(document: Document, layout: PrintedNodes) -> Iterator[Passage]:
    """The text, block by block."""
    for number, block in enumerate(document.blocks, 1):
        yield from _block(block, number, layout)


def _block(block: Block, at: int, layout: PrintedNodes) -> Iterator[Passage]:
    match block:
        case Paragraph(content=content) | Heading(content=content):
            yield Passage("text", line(content), at)
        case Quote(blocks=blocks, attribution=who):
            for paragraph in blocks:
                yield Passage("text", line(paragraph.content), at)
            if who.strip():
                yield Passage("text", layout.attribution.format(who), at)
        case BulletList() | NumberedList():
            yield from _list(block, at, layout, 0)
        case Table():
            yield from _table(block, at, layout)
        case Figure():
            yield from _figure(block, at, layout)
        case Rule():
            yield Passage("text", layout.rule, at)
        case _:
            assert_never(block)


def _list(
    block: BulletList | NumberedList, at: int, layout: PrintedNodes, depth: int
) -> Iterator[Passage]:
    for number, item in enumerate(block.items):
        if isinstance(block, NumberedList):
            yield Passage("text", layout.number(block.start + number), at)
        else:
            yield Passage("text", layout.bullet(depth), at)
        yield Passage("text", line(item.content), at)
        for child in item.children:
            yield from _list(child, at, layout, depth + 1)


def _table(block: Table, at: int, layout: PrintedNodes) -> Iterator[Passage]:
    if layout.table is not None and any(block.rows):
        text, instead = layout.table(block)
        yield Passage("text", text, at, instead=instead)
        return
    for number, row in enumerate(block.rows):
        for column, cell in enumerate(row):
            yield Passage("text", line(cell.content), at, at * 100_000 + number + 1, column)


def _figure(block: Figure, at: int, layout: PrintedNodes) -> Iterator[Passage]:
    if block.alt.strip() and layout.alt:
        yield Passage("text", layout.alt.format(block.alt), at)
    yield Passage("text", line(block.caption), at)
    if block.caption and block.credit.strip():
        yield Passage("text", layout.between, at)
    yield Passage("text", block.credit, at)


def section(
    part: Part,
    one: Section,
    heading: Callable[[str], str] = str,
    kept: Callable[[str], str] = str,
) -> Iterator[Passage]:
    """A heading with paragraphs; nothing without any of which something is kept."""
    if any(kept(paragraph).strip() for paragraph in one.paragraphs):
        yield from several(part, heading(one.heading), *one.paragraphs)


def contacts(sheet: Sheet, heading: Callable[[str], str] = str) -> Iterator[Passage]:
    """The contact block."""
    people = [one for one in sheet.contacts if one != SheetContact()]
    for number, one in enumerate(people):
        row = -1 - number
        if not number:
            yield Passage("contacts", heading(sheet.contact_heading), row=row, column=0)
        person = (one.name, one.role, one.organisation)
        reach = (*map(way, one.ways), one.hours)
        for column, texts in enumerate((person, reach), 1):
            for text in texts:
                yield Passage("contacts", text, row=row, column=column)


def way(one: SheetWay) -> str:
    """A number or address, its label in brackets."""
    return f"{one.printed} ({one.label})" if one.label else one.printed


def rows(sheet: Sheet, label: str = "{}") -> Iterator[Passage]:
    """The who-what-when-where block."""
    for number, row in enumerate(sheet.rows):
        side = 10_000 + number
        yield Passage("rows", label.format(row.label), row=side, column=0)
        yield Passage("rows", row.value, row=side, column=1)
