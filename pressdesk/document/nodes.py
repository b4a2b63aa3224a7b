"""The document tree: the one form that every reader returns and every writer accepts.

Nodes are frozen and compare by value. A tree can therefore cross threads, sit in an
undo list and be compared with ``==`` in a test. A new kind of node is a new class in
one of the two unions below; mypy then lists every writer that does not know it yet.

Trees in normal form (see ``tools.normalise``) have no empty runs, no two neighbouring
runs that could be one, and no line break, tab or control character inside a run.
"""

from __future__ import annotations

from enum import Flag, auto
from typing import Literal

from msgspec import Struct


class Mark(Flag):
    """Looks that may overlap on the same characters; SUB and SUP exclude each other."""

    NONE = 0
    STRONG = auto()
    EMPH = auto()
    UNDERLINE = auto()
    SUB = auto()
    SUP = auto()


class Text(Struct, frozen=True, tag="text", omit_defaults=True):
    """Characters that share their marks, link and language. Never empty in normal form."""

    text: str
    marks: Mark = Mark.NONE
    link: str | None = None
    """An absolute http, https, mailto or tel address, or None."""
    language: str | None = None
    """A BCP 47 tag when these characters are not in the release's language."""


class LineBreak(Struct, frozen=True, tag="break"):
    """A new line inside the same paragraph."""


Inline = Text | LineBreak
Inlines = tuple[Inline, ...]

Role = Literal["body", "lead", "question", "answer", "address"]


class Paragraph(Struct, frozen=True, tag="paragraph", omit_defaults=True):
    """A paragraph; ``role`` says what it does in the release, never how it looks."""

    content: Inlines = ()
    role: Role = "body"


class Heading(Struct, frozen=True, tag="heading", omit_defaults=True):
    """A heading of the body; level 1 is the headline of the release and never occurs here."""

    level: Literal[2, 3, 4]
    content: Inlines = ()


class Quote(Struct, frozen=True, tag="quote", omit_defaults=True):
    """Words of a person set apart; ``attribution`` names who said them, "" if the text does."""

    blocks: tuple[Paragraph, ...]
    attribution: str = ""


class ListItem(Struct, frozen=True, omit_defaults=True):
    """One item of a list and the lists nested under it."""

    content: Inlines = ()
    children: tuple[BulletList | NumberedList, ...] = ()


class BulletList(Struct, frozen=True, tag="bullets", omit_defaults=True):
    """A list whose order does not matter."""

    items: tuple[ListItem, ...]


class NumberedList(Struct, frozen=True, tag="numbers", omit_defaults=True):
    """A list counted from ``start``."""

    items: tuple[ListItem, ...]
    start: int = 1


class Cell(Struct, frozen=True, omit_defaults=True):
    """One cell of a table: one paragraph's worth of content."""

    content: Inlines = ()


class Table(Struct, frozen=True, tag="table", omit_defaults=True):
    """Rows of equal length, at least one cell; the first ``header_rows`` are headings.

    ``tools.heads`` says how many that are: headings stand over something.
    """

    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 1


class Figure(Struct, frozen=True, tag="figure", omit_defaults=True):
    """A picture kept with the desk under the SHA-256 (hex) of its bytes."""

    attachment: str
    alt: str = ""
    caption: Inlines = ()
    credit: str = ""


class Rule(Struct, frozen=True, tag="rule"):
    """A break in the text, drawn as a short line."""


Block = Paragraph | Heading | Quote | BulletList | NumberedList | Table | Figure | Rule


class Document(Struct, frozen=True, omit_defaults=True):
    """The body of an edition, in reading order."""

    blocks: tuple[Block, ...] = ()
