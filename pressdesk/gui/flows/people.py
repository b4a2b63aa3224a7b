"""People and the house: contacts, house style and trash, each in its dialog."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pressdesk.gui.flows.room import Room


class People(QObject):
    """In: ``contacts()``, ``house()``, ``trash()``."""

    restore = Signal(int)

    def __init__(self, room: Room, form: object, window: QWidget) -> None:
        super().__init__(room)
        self._room, self._window = room, window

    def contacts(self) -> None: ...
    def house(self) -> None: ...
    def trash(self) -> None: ...
