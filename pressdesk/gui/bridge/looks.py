"""The look of blocks and links in the editor: set on the layout, never in the document.

A heading is large because of what it is. Were the size in the document, it would travel with
the words into other paragraphs, into the undo list and into the tree.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLayout,
)

from pressdesk.gui.bridge import forms
from pressdesk.gui.bridge.walk import blocks, fragments
from pressdesk.gui.kit.icons import colour

SERIF = ["PressDesk Serif", "Noto Serif", "DejaVu Serif"]
SANS = ["PressDesk Sans", "Noto Sans", "DejaVu Sans"]
TEXT_SIZE = 16
"""Pixels of the body."""

_HEADINGS = {2: 21, 3: 18, 4: 16}


def body_font() -> QFont:
    """The face of the text."""
    font = QFont(SERIF)
    font.setPixelSize(TEXT_SIZE)
    return font


def dateline_font() -> QFont:
    """The face of the dateline before the first paragraph."""
    font = body_font()
    font.setBold(True)
    return font


class Looks(QObject):
    """Dresses the blocks of one document, at each change those that changed."""

    def __init__(self, document: QTextDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._colours()
        document.contentsChange.connect(self._dress)

    def renew(self) -> None:
        """Take the colours of the theme; the undo list does not hear of it."""
        self._colours()
        self._dress(0, 0, self._document.characterCount())
        self._document.markContentsDirty(0, self._document.characterCount())

    def _colours(self) -> None:
        accent = colour("accent")
        self._forms = _formats(colour("muted"))
        self._link = QTextCharFormat()
        self._link.setForeground(QBrush(accent))
        self._link.setFontUnderline(True)
        self._link.setUnderlineColor(accent)

    @Slot(int, int, int)
    def _dress(self, position: int, _removed: int, added: int) -> None:
        for block in blocks(self._document.findBlock(position)):
            if block.position() > position + added:
                return
            self._dress_block(block)

    def _dress_block(self, block: QTextBlock) -> None:
        layout, look, start = block.layout(), self._forms.get(_name(block)), block.position()
        spans = [] if look is None else [_span(0, block.length(), look)]
        spans += [
            _span(part.position() - start, part.length(), self._link)
            for part in fragments(block)
            if part.charFormat().isAnchor()
        ]
        if spans or layout.formats():
            layout.setFormats(spans)


def _span(start: int, length: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    span = QTextLayout.FormatRange()
    span.start, span.length, span.format = start, length, look
    return span


def _name(block: QTextBlock) -> str:
    form = forms.form_of(block)
    if form.level:
        return f"heading{max(2, min(form.level, 4))}"
    if form.role != "body" or form.group:
        return form.role if form.role != "body" else "quote"
    table = QTextCursor(block).currentTable()
    if table is None:
        return ""
    cell = table.cellAt(QTextCursor(block))
    return "head" if cell.row() < table.format().headerRowCount() else "cell"


def _formats(muted: QColor) -> dict[str, QTextCharFormat]:
    out = {
        f"heading{level}": _look(size=size, weight=QFont.Weight.Bold)
        for level, size in _HEADINGS.items()
    }
    out["attribution"] = _look(size=13, families=SANS, colour=muted)
    out["caption"] = _look(size=13, families=SANS, colour=muted)
    out["credit"] = _look(size=12, families=SANS, colour=muted)
    out["lead"] = _look(size=18)
    out["question"] = _look(weight=QFont.Weight.Bold)
    out["address"] = out["quote"] = _look(italic=True)
    out["head"] = _look(size=13, weight=QFont.Weight.DemiBold, families=SANS)
    out["cell"] = _look(size=14)
    return out


def _look(
    *,
    size: int = 0,
    weight: QFont.Weight | None = None,
    italic: bool = False,
    families: list[str] | None = None,
    colour: QColor | None = None,
) -> QTextCharFormat:
    look = QTextCharFormat()
    if size:
        look.setProperty(QTextCharFormat.Property.FontPixelSize, size)
    if weight is not None:
        look.setFontWeight(weight)
    if italic:
        look.setFontItalic(True)
    if families:
        look.setFontFamilies(families)
    if colour is not None:
        look.setForeground(QBrush(colour))
    return look
