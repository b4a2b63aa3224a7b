"""Block types of the editor's document: read from a block's format, and set on it.

Qt copies block formats on Enter, keeps them in its undo list and clones them with the document,
so meaning rides on them as user properties. Sizes and spaces set here are looks; nobody reads
them back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextFormat, QTextListFormat

from pressdesk.document.nodes import Role

ROLE, GROUP, GLUED, LANGUAGE = range(0x100001, 0x100005)
"""User properties: role, quote the block is in, whether it goes on from the last; language."""

BODY_ROLES = frozenset(get_args(Role))
"""Roles of ordinary paragraphs."""

ATTRIBUTION, FIGURE, CAPTION, CREDIT, RULE, VACANT = (
    "attribution",
    "figure",
    "caption",
    "credit",
    "rule",
    "vacant",
)
"""Roles of blocks that are not paragraphs of the tree. A vacant block only lets the cursor stand
beside a table or in an empty text: while empty it is not part of the tree."""

ASSET = "pd-asset:"
"""Name of a picture of the desk in the document: this and its SHA-256."""

LINE = 118
"""Line height in per cent of the serif's natural line: 1.6 em."""

_ORDERED = frozenset(
    {
        QTextListFormat.Style.ListDecimal,
        QTextListFormat.Style.ListLowerAlpha,
        QTextListFormat.Style.ListUpperAlpha,
        QTextListFormat.Style.ListLowerRoman,
        QTextListFormat.Style.ListUpperRoman,
    }
)


@dataclass(frozen=True, slots=True)
class BlockForm:
    """What a block is, apart from its place in a list or table."""

    role: str = "body"
    level: int = 0
    """2, 3 or 4 for a heading, else 0."""
    group: int = 0
    """Number of the quote the block belongs to, 0 outside quotes."""
    glued: bool = False
    """The block goes on in the paragraph before it, which was too long for one block."""


def form_of(block: QTextBlock) -> BlockForm:
    """What this block is."""
    style = block.blockFormat()
    return BlockForm(
        style.stringProperty(ROLE) or "body",
        style.headingLevel(),
        style.intProperty(GROUP),
        style.boolProperty(GLUED),
    )


def block_format(form: BlockForm) -> QTextBlockFormat:
    """A block format that means ``form``, with its spaces."""
    style = QTextBlockFormat()
    if form.role != "body":
        style.setProperty(ROLE, form.role)
    if form.level:
        style.setHeadingLevel(form.level)
    if form.group:
        style.setProperty(GROUP, form.group)
        style.setProperty(QTextFormat.Property.BlockQuoteLevel, 1)
    if form.glued:
        style.setProperty(GLUED, True)
    _space(style, form)
    return style


def item_format() -> QTextBlockFormat:
    """The block format of a list item."""
    style = QTextBlockFormat()
    style.setBottomMargin(5)
    _line(style, LINE)
    return style


def cell_format() -> QTextBlockFormat:
    """The block format inside a table cell."""
    style = QTextBlockFormat()
    _line(style, 108)
    return style


def list_format(*, ordered: bool, indent: int, start: int = 1) -> QTextListFormat:
    """The format of one list; ``indent`` counts from 1."""
    style = QTextListFormat()
    bullets = (
        QTextListFormat.Style.ListDisc,
        QTextListFormat.Style.ListCircle,
        QTextListFormat.Style.ListSquare,
    )
    style.setStyle(QTextListFormat.Style.ListDecimal if ordered else bullets[(indent - 1) % 3])
    style.setIndent(indent)
    if ordered and start != 1:
        style.setStart(start)
    return style


def is_ordered(style: QTextListFormat) -> bool:
    """True for a numbered list."""
    return style.style() in _ORDERED


_SPACES: Mapping[str | int, tuple[int, int, int]] = {
    2: (14, 8, 106),
    3: (10, 6, 106),
    4: (6, 4, 108),
    ATTRIBUTION: (0, 14, 108),
    CREDIT: (0, 14, 108),
    CAPTION: (0, 3, 108),
    FIGURE: (0, 4, 100),
    "question": (6, 6, LINE),
    "address": (0, 6, LINE),
}
"""Pixels above and below, and the line height, by level of a heading or by role."""


def _space(style: QTextBlockFormat, form: BlockForm) -> None:
    level = min(form.level, 4)
    above, below, height = _SPACES.get(level or form.role, (0, 12, LINE))
    if form.group:
        above, below = 2, 14 if form.role == ATTRIBUTION else 12
        style.setLeftMargin(18)
        style.setRightMargin(12)
    style.setTopMargin(above)
    style.setBottomMargin(below)
    _line(style, height)


def _line(style: QTextBlockFormat, percent: int) -> None:
    style.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
