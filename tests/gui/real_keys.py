"""Presses real keys under an X server and waits until the program has had each."""

from __future__ import annotations

import subprocess

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.patience import PATIENCE_S, until

MODIFIERS = {Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta}


class RealKeys(QObject):
    """A keyboard of the program: it hears each key go up again, whoever took it."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._released = 0
        application.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Nothing is taken away, only counted."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease:
            self._released += event.key() not in MODIFIERS
        return False

    def at(self, window: QWidget) -> None:
        """Show a window and wait until it has the keyboard."""
        window.show()
        window.activateWindow()
        if not QTest.qWaitForWindowActive(window, PATIENCE_S * 1000):
            raise SystemExit("the window never had the keyboard")

    def press(self, *keys: str) -> None:
        """Press keys as a person would, one when the program is done with the other."""
        QApplication.processEvents()
        for key in keys:
            before = self._released
            subprocess.run(["xdotool", "key", "--clearmodifiers", key], check=True)
            until(lambda n=before: QApplication.processEvents() or self._released > n)
            QApplication.processEvents()
