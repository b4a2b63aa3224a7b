"""How keys are written, and a filter that keeps fields from taking those of the window."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

_MODIFIED = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def shown(key: str) -> str:
    """A key as it is written in a tooltip, in the language of the system."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


class WindowKeys(QObject):
    """Keeps the fields it watches from taking the keys of their window for themselves.

    Qt asks the field with the focus first (ShortcutOverride); line edits would take undo, and
    under X11 also Ctrl+U and Ctrl+E. Watched fields decline every key that an action anywhere
    in their window has, so that this action runs, or nothing where it cannot: Ctrl+B belongs
    to the text also while the headline has the focus. Letters cost nothing: only keys with
    Ctrl, Alt or Meta and function keys are looked up, in some tenths of a millisecond.
    """

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field

    def watch(self, *fields: QWidget) -> None:
        """Keep these fields from taking the window's keys."""
        for field in fields:
            field.installEventFilter(self)

    def takes(self, event: QKeyEvent) -> bool:
        """True when the key belongs to the window or to the text."""
        function = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
        if not function and not event.modifiers() & _MODIFIED:
            return False
        pressed = QKeySequence(event.keyCombination())
        actions = self._field.window().findChildren(QAction)
        return any(pressed in action.shortcuts() for action in actions)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Decline the window's keys for the watched field."""
        if event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            pressed = cast(QKeyEvent, event)
            if self.takes(pressed):
                pressed.ignore()
                return True
        return super().eventFilter(watched, event)
