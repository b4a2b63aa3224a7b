"""Paints what is beside the words: dateline, quote bars, dividers."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextDocument
from PySide6.QtWidgets import QTextEdit

from pressdesk.gui.bridge import forms
from pressdesk.gui.bridge.looks import dateline_font
from pressdesk.gui.kit.icons import colour

BOTTOM = 56
"""Pixels of paper below the last line."""

BAR, RULE = 3, 72
"""Width of the bar beside a quote and of the line for a break."""


def pad(document: QTextDocument) -> None:
    """Leave paper below the last line; part of no undo step, as the list is still empty."""
    document.setUndoRedoEnabled(False)
    root = document.rootFrame()
    style = root.frameFormat()
    style.setBottomMargin(BOTTOM)
    root.setFrameFormat(style)
    document.setUndoRedoEnabled(True)
    document.setModified(False)


def paint_dateline(painter: QPainter, text: QTextEdit, words: str) -> None:
    """The dateline into the indent of the first line, where there is one."""
    document, shift = text.document(), text.verticalScrollBar().value()
    first = document.firstBlock()
    lines, room = first.layout(), first.blockFormat().textIndent()
    if not words or room <= 0 or lines.lineCount() == 0 or shift > 100:
        return
    left = document.documentLayout().blockBoundingRect(first).left()
    base = lines.position().y() + lines.lineAt(0).y() + lines.lineAt(0).ascent() - shift
    font = dateline_font()
    painter.setFont(font)
    painter.setPen(colour("muted"))
    fitting = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QPointF(left, base), fitting)


def paint_ornaments(painter: QPainter, text: QTextEdit, dirty: QRect) -> None:
    """Bars and breaks of the blocks that can be seen."""
    layout, shift = text.document().documentLayout(), text.verticalScrollBar().value()
    block = text.cursorForPosition(QPoint(0, 0)).block()
    while block.isValid():
        rect = layout.blockBoundingRect(block).toRect().translated(0, -shift)
        if rect.top() > dirty.bottom():
            return
        style, below = block.blockFormat(), block.next()
        group = style.intProperty(forms.GROUP)
        if style.stringProperty(forms.ROLE) == forms.RULE:
            middle = rect.center()
            painter.fillRect(middle.x() - RULE // 2, middle.y(), RULE, 1, colour("faint"))
        elif group:
            joined = below.isValid() and below.blockFormat().intProperty(forms.GROUP) == group
            end = layout.blockBoundingRect(below).top() - shift if joined else rect.bottom() + 1
            painter.fillRect(QRect(0, rect.top(), BAR, round(end) - rect.top()), colour("accent"))
        block = below
