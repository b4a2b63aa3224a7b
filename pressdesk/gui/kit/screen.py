"""The space available for a window on a screen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

EDGE, TITLE = 8, 40
"""Pixels for what the system draws round a window: at three sides, and above it. How much it
really is, is told only once a window is shown."""


def room_on(window: QWidget) -> QSize:
    """The largest size a window can have on its screen, beside bars of the system."""
    there = window.screen().availableGeometry().size()
    return there - QSize(2 * EDGE, TITLE + EDGE)


def inside(window: QWidget, wanted: QPoint) -> QPoint:
    """Where the upper left corner can be so that the whole window is on its screen."""
    there, room = window.screen().availableGeometry(), window.size()
    free = QRect(there.topLeft() + QPoint(EDGE, TITLE), room_on(window) - room)
    x = max(free.left(), min(wanted.x(), free.left() + free.width()))
    y = max(free.top(), min(wanted.y(), free.top() + free.height()))
    return QPoint(x, y)
