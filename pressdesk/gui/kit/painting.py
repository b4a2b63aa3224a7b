"""What rows of painted lists have in common: their ground, a line of words, a tag."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from pressdesk.gui.kit.theme import SANS, font
from pressdesk.gui.kit.tokens import Tokens

HEAD_HEIGHT = 34
"""Pixels of a head over rows."""


def paint_ground(
    painter: QPainter, option: QStyleOptionViewItem, shown: Tokens, *, hover: bool = True
) -> None:
    """Behind a row: chosen, with a bar at its left, or under the pointer."""
    place, state = option.rect, option.state
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(place, QColor(shown.selection))
        bar = QRect(place.left(), place.top(), 3, place.height())
        painter.fillRect(bar, QColor(shown.accent))
    elif state & QStyle.StateFlag.State_MouseOver and hover:
        painter.fillRect(place, QColor(shown.hover))


def paint_ring(painter: QPainter, option: QStyleOptionViewItem, shown: Tokens) -> None:
    """Around the row that has the keyboard."""
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(QColor(shown.accent), 2))
        painter.drawRect(option.rect.adjusted(1, 1, -1, -1))


def head_font() -> QFont:
    """The face of heads over rows."""
    made = font(SANS, 11)
    made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)
    return made


def paint_head(painter: QPainter, place: QRect, face: QFont, words: str, shown: Tokens) -> None:
    """A head over rows, at the foot of its place."""
    painter.setFont(face)
    painter.setPen(QColor(shown.muted))
    painter.drawText(
        place, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, words.upper()
    )


def paint_dot(painter: QPainter, at: QPointF, ink: str) -> None:
    """A dot of 5 px around its middle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink))
    painter.drawEllipse(at, 2.5, 2.5)


def paint_line(
    painter: QPainter, face: QFont, ink: str, left: int, base: int, room: int, words: str
) -> None:
    """One line of words, cut where the room ends."""
    painter.setFont(face)
    painter.setPen(QColor(ink))
    fits = QFontMetrics(face).elidedText(words, Qt.TextElideMode.ElideRight, room)
    painter.drawText(left, base, fits)


def paint_tag(
    painter: QPainter,
    face: QFont,
    left: int,
    base: int,
    words: str,
    ink: str,
    ground: str,
    *,
    height: int = 16,
) -> int:
    """Words on a coloured ground; how wide it is."""
    width = QFontMetrics(face).horizontalAdvance(words) + 12
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(QRectF(left, base - 12, width, height), 3, 3)
    painter.setFont(face)
    painter.setPen(QColor(ink))
    painter.drawText(left + 6, base, words)
    return width
