"""The first frame of the window, painted before its contents are imported."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pressdesk.gui.kit.tokens import Tokens

TOP, BOTTOM = 48, 26
"""Heights of the top bar and the status line."""


def pane_widths(width: int) -> tuple[int, int, int]:
    """List, right pane and preview column at this width of the window; 0 for none.

    Below 1240 the right pane is a drawer; from 1800 on the previews have their own column.
    """
    if width < 1240:
        return 260, 0, 0
    if width < 1400:
        return 260, 380, 0
    return 300, 452, 560 if width >= 1800 else 0


class Shell(QWidget):
    """The grounds of the panes and an empty paper, where they will be."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._tokens = tokens

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill rectangles: the quickest thing there is."""
        t, width, height = self._tokens, self.width(), self.height()
        left, right, column = pane_widths(width)
        foot = height - BOTTOM
        edge = width - right - column
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(t.ground))
        painter.fillRect(0, 0, left, height, QColor(t.side))
        painter.fillRect(edge, 0, right, height, QColor(t.pane))
        for top, tall in ((0, TOP), (foot, BOTTOM)):
            painter.fillRect(0, top, width, tall, QColor(t.pane))
        for line in (TOP - 1, foot):
            painter.fillRect(0, line, width, 1, QColor(t.line))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.pane))
        paper = min(640, edge - left - 88)
        at = left + (edge - left - paper) / 2
        painter.drawRoundedRect(QRectF(at, TOP + 62, paper, foot - TOP - 40), 10, 10)
        painter.fillRect(0, foot, width, BOTTOM, QColor(t.pane))
        painter.end()
