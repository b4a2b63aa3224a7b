"""Reads a tree from the editor's document: blocks become pieces, pieces become nodes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import cast

from PySide6.QtGui import (
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextListFormat,
    QTextTable,
)

from pressdesk.document.nodes import Document, Figure, Inlines, LineBreak, Mark, Text
from pressdesk.document.tools import normal_inlines
from pressdesk.gui.bridge import forms
from pressdesk.gui.bridge.fold import BlockPiece, Shape, fold
from pressdesk.gui.bridge.walk import blocks, blocks_to, fragments

_SUB = QTextCharFormat.VerticalAlignment.AlignSubScript
_SUP = QTextCharFormat.VerticalAlignment.AlignSuperScript
_STARTS_CELL = "\ufdd0"


def read(document: QTextDocument) -> Document:
    """The tree that the document says, in normal form.

    cost  about 30 ms for 50,000 words; ``Reading`` is for the pauses between keys.
    """
    return fold(pieces(document.begin()), shape_of(document))


def read_selection(cursor: QTextCursor) -> Document:
    """What is selected, as a tree; several selected cells become a table."""
    if not cursor.hasSelection():
        return Document()
    document = cursor.document()
    low, high = cursor.selectionStart(), cursor.selectionEnd()
    table = cursor.currentTable()
    if table is not None and cursor.hasComplexSelection():
        return _cells(table, cursor)
    first = document.findBlock(low)
    last = document.findBlock(high)
    if first == last:
        return _inside(first, low, high)
    parts = [piece_of(block, low, high) for block in blocks_to(first, last)]
    if table is not None:
        parts = [part.uncelled() for part in parts]
    return fold(parts, shape_of(document, first.blockNumber()))


def pieces(block: QTextBlock, count: int = -1) -> list[BlockPiece]:
    """``count`` blocks from this one on, each as a piece; all that follow when it is -1."""
    return [piece_of(each) for each in islice(blocks(block), None if count < 0 else count)]


def piece_of(block: QTextBlock, low: int = 0, high: int = 1 << 30) -> BlockPiece:
    """One block as a piece; only the characters from ``low`` to ``high`` of the document."""
    style = block.blockFormat()
    content, figures = _content(block, low, high)
    member = style.objectIndex()
    cell = QTextCursor(block).currentTable() is not None
    indent, ordered, start = 0, False, 1
    if member != -1 and not cell:
        held = block.textList()
        shape = held.format() if held is not None else QTextListFormat()
        indent, ordered = max(shape.indent(), 1), forms.is_ordered(shape)
        start = shape.start() if shape.hasProperty(QTextFormat.Property.ListStart) else 1
    return BlockPiece(
        role=style.stringProperty(forms.ROLE) or "body",
        level=style.headingLevel(),
        group=style.intProperty(forms.GROUP),
        glued=style.boolProperty(forms.GLUED),
        content=content,
        figures=figures,
        member=member if indent else -1,
        indent=indent,
        ordered=ordered,
        start=start,
        cell=cell,
        opens_cell=cell and block.document().characterAt(block.position() - 1) == _STARTS_CELL,
    )


def shape_of(document: QTextDocument, offset: int = 0) -> Shape:
    """A look-up of columns and header rows of the table that begins at a piece's number."""

    def shape(number: int) -> tuple[int, int]:
        table = QTextCursor(document.findBlockByNumber(offset + number)).currentTable()
        if table is None:
            return 1, 0
        return table.columns(), table.format().headerRowCount()

    return shape


def quotes_in(document: QTextDocument) -> int:
    """The highest number a quote of this document bears."""
    every = blocks(document.begin())
    return max(block.blockFormat().intProperty(forms.GROUP) for block in every)


def marks_of(style: QTextCharFormat) -> Mark:
    """The marks a character format carries."""
    marks = Mark.NONE
    if style.fontWeight() >= 600:
        marks |= Mark.STRONG
    if style.fontItalic():
        marks |= Mark.EMPH
    if style.fontUnderline():
        marks |= Mark.UNDERLINE
    upright = style.verticalAlignment()
    if upright == _SUB:
        marks |= Mark.SUB
    elif upright == _SUP:
        marks |= Mark.SUP
    return marks


def _content(block: QTextBlock, low: int, high: int) -> tuple[Inlines, tuple[Figure, ...]]:
    out: list[Text | LineBreak] = []
    figures: list[Figure] = []
    whole = low <= block.position() and high >= block.position() + block.length() - 1
    for fragment in fragments(block):
        style = fragment.charFormat()
        if style.isImageFormat():
            if low <= fragment.position() < high:
                figures.extend(_figures(style, fragment.length()))
        else:
            text = fragment.text()
            if not whole:
                text = _clip(text, fragment.position(), low, high)
            out.extend(_runs(text, style))
    return normal_inlines(tuple(out)), tuple(figures)


def _figures(style: QTextCharFormat, count: int) -> Iterator[Figure]:
    image = style.toImageFormat()
    name = image.name()
    if name.startswith(forms.ASSET):
        alt = style.stringProperty(QTextFormat.Property.ImageAltText)
        for _ in range(count):
            yield Figure(name.removeprefix(forms.ASSET), alt)


def _runs(text: str, style: QTextCharFormat) -> Iterator[Text | LineBreak]:
    marks = marks_of(style)
    link = style.anchorHref() if style.isAnchor() else None
    language = style.stringProperty(forms.LANGUAGE) or None
    if text:
        yield Text(text, marks, link or None, language)


def _clip(text: str, position: int, low: int, high: int) -> str:
    # Qt counts UTF-16 units, Python counts characters.
    units = text.encode("utf-16-le", "surrogatepass")
    begin, end = max(low - position, 0), max(high - position, 0)
    return units[2 * begin : 2 * end].decode("utf-16-le", "ignore")


def _inside(block: QTextBlock, low: int, high: int) -> Document:
    piece = piece_of(block, low, high)
    whole = low <= block.position() and high >= block.position() + block.length() - 1
    if not whole or piece.cell:
        piece = piece.plain()
    return fold([piece], lambda number: (1, 0))


def _cells(table: QTextTable, cursor: QTextCursor) -> Document:
    held = cast(tuple[int, int, int, int], cursor.selectedTableCells())
    row, rows, column, columns = held
    parts: list[BlockPiece] = []
    for place in product(range(row, row + rows), range(column, column + columns)):
        cell = table.cellAt(*place)
        first, last = cell.firstCursorPosition().block(), cell.lastCursorPosition().block()
        parts += map(piece_of, blocks_to(first, last))
    header = max(0, min(table.format().headerRowCount() - row, rows))
    return fold(parts, lambda number: (columns, header))
