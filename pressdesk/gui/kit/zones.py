"""Time zones: the desk's own and likely ones first, all others by typing."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QCompleter

from pressdesk.base.errors import BadInput
from pressdesk.gui.kit.fields import Combo, OneLine
from pressdesk.press.embargo import zone_of

LIKELY = (
    "UTC",
    "Europe/Moscow",
    "Europe/Minsk",
    "Asia/Yerevan",
    "Asia/Almaty",
    "Asia/Bishkek",
    "Asia/Dushanbe",
    "Europe/Vienna",
    "Europe/London",
    "America/New_York",
)


class ZoneCombo(Combo):
    """A time zone by its IANA name; typing finds any of them."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.line = OneLine()
        self.setEditable(True)
        self.setLineEdit(self.line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName(title)
        self.line.setAccessibleName(title)
        self._complete = False
        self.offer("UTC")

    def offer(self, home: str) -> None:
        """Put the desk's zone first."""
        before = self.zone()
        self.clear()
        self.addItems(list(dict.fromkeys((home, *LIKELY))))
        self.setCurrentText(before or home)

    def zone(self) -> str:
        """The text of the field, as typed."""
        return self.currentText().strip()

    def show_zone(self, name: str) -> None:
        """Show a zone."""
        self.setCurrentText(name)
        self.line.setCursorPosition(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Load all names on first focus."""
        super().focusInEvent(event)
        if not self._complete:
            self._complete = True
            found = QCompleter(QStringListModel(_all(), self), self)
            found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            found.setFilterMode(Qt.MatchFlag.MatchContains)
            self.setCompleter(found)


def _all() -> list[str]:
    from zoneinfo import available_timezones

    return sorted(name for name in available_timezones() if "/" in name or name == "UTC")


def offset(moment: datetime, zone: str) -> str:
    """The distance from UTC in a zone at a moment: "UTC+2"; "" for an unknown zone."""
    try:
        apart = moment.astimezone(zone_of(zone)).utcoffset()
    except BadInput:
        return ""
    minutes = int(apart.total_seconds() // 60) if apart is not None else 0
    sign, (hours, rest) = "+" if minutes >= 0 else "−", divmod(abs(minutes), 60)
    return "UTC" if not minutes else f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
