"""What a person sees of a widget, and where they click."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot


def said(widget: QWidget) -> str:
    """Every text that can be read on it."""
    return "\n".join(
        label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)
    )


def click(qtbot: QtBot, widget: QWidget, words: str) -> None:
    """Click the button with these words."""
    button = next(b for b in widget.findChildren(QPushButton) if b.text() == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
