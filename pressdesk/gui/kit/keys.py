"""The keys of the window, and a filter that keeps fields from taking them."""

from __future__ import annotations

from types import MappingProxyType
from typing import cast

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

WINDOW_KEYS = MappingProxyType(
    {
        "new": "Ctrl+N",
        "save": "Ctrl+S",
        "save_note": "Ctrl+Shift+S",
        "history": "Ctrl+Shift+H",
        "search": "Ctrl+K",
        "search_help": "Ctrl+/",
        "next_hit": "F3",
        "previous_hit": "Shift+F3",
        "bookmark": "Ctrl+D",
        "quotation": "Ctrl+Shift+C",
        "find": "Ctrl+F",
        "replace": "Ctrl+H",
        "export": "Ctrl+E",
        "print": "Ctrl+P",
        "preview": "F5",
        "pane": "F6",
        "drawer": "F9",
        "keys": "F1",
        "undo": "Ctrl+Z",
        "redo": "Ctrl+Shift+Z",
        "redo_too": "Ctrl+Y",
    }
)
"""Keys that act on the whole window, wherever the focus is."""

TEXT_KEYS = MappingProxyType(
    {
        "bold": "Ctrl+B",
        "italic": "Ctrl+I",
        "underline": "Ctrl+U",
        "link": "Ctrl+L",
        "numbers": "Ctrl+Shift+7",
        "bullets": "Ctrl+Shift+8",
        "paragraph": "Ctrl+Alt+0",
        "heading2": "Ctrl+Alt+1",
        "heading3": "Ctrl+Alt+2",
        "heading4": "Ctrl+Alt+3",
        "quote": "Ctrl+Alt+Q",
        "superscript": "Ctrl+.",
        "subscript": "Ctrl+,",
        "clear": "Ctrl+\\",
        "paste_plain": "Ctrl+Shift+V",
    }
)
"""Keys that act on the text, while it has the focus."""


def shown(key: str) -> str:
    """A key as it is written in a tooltip, in the language of the system."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


class WindowKeys(QObject):
    """Keeps the fields it watches from taking the window's keys for themselves.

    Qt asks the field with the focus first (ShortcutOverride); line edits would take undo, and
    under X11 also Ctrl+U and Ctrl+E. Watched fields decline, so that the window's action runs;
    where there is none, the key does nothing.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        every = (*WINDOW_KEYS.values(), *TEXT_KEYS.values())
        self._ours = frozenset(QKeySequence(key).toString() for key in every)

    def watch(self, *fields: QWidget) -> None:
        """Keep these fields from taking the window's keys."""
        for field in fields:
            field.installEventFilter(self)

    def takes(self, event: QKeyEvent) -> bool:
        """True when the key belongs to the window or to the text."""
        return QKeySequence(event.keyCombination()).toString() in self._ours

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Decline the window's keys for the watched field."""
        if event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            pressed = cast(QKeyEvent, event)
            if self.takes(pressed):
                pressed.ignore()
                return True
        return super().eventFilter(watched, event)
