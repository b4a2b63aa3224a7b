"""The window's commands: one action each, with its key, enabled when it can do something."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from pressdesk.gui.kit.keys import WINDOW_KEYS


class Commands(QObject):
    """Actions by name, owned by the window.

    In:   ``add(name, words, does, key)``, ``enable(name, bool)``
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._actions: dict[str, QAction] = {}

    def add(self, name: str, words: str, does: Callable[[], object], key: str = "") -> QAction:
        """A command of the whole window; ``key`` defaults to the one of that name."""
        action = QAction(words, self._window)
        action.setObjectName(name)
        shortcut = key or WINDOW_KEYS.get(name, "")
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
        action.triggered.connect(lambda _checked=False: does())
        self._window.addAction(action)
        self._actions[name] = action
        return action

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def show(self, on: bool, *names: str) -> None:
        """Commands that are there at all; one that is not has no key either."""
        for name in names:
            self._actions[name].setVisible(on)

    def enable(self, on: bool, *names: str) -> None:
        """Commands that can or cannot do something now."""
        for name in names:
            self._actions[name].setEnabled(on)
