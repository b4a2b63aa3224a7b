"""Importing: past items from a file, looked at before anything is stored."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pressdesk.gui.flows.room import Room


class Importing(QObject):
    """In: ``choose()``, ``files(names)``."""

    notice = Signal(object)
    filed = Signal(int)

    def __init__(self, room: Room, window: QWidget) -> None:
        super().__init__(room)
        self._room, self._window = room, window

    def choose(self) -> None: ...
    def files(self, names: list[str]) -> None: ...
