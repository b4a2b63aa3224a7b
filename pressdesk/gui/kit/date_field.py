"""Date and time fields: typed freely, or picked from a calendar."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _
from pressdesk.gui.kit import words
from pressdesk.gui.kit.calendar_popup import Calendar
from pressdesk.gui.kit.fields import Field, OneLine
from pressdesk.gui.kit.parts import pause, row, tool
from pressdesk.gui.kit.typed_dates import read_date, read_time, whole_date

PAUSE_MS = 500
"""A whole date is taken over when the keys have rested for so long; any other on leaving."""


class DayLine(OneLine):
    """A line for a day with a button for the calendar in it."""

    def __init__(self, title: str, hint: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self._hint = hint
        self.setMaxLength(60)
        self._button = tool("calendar", _("Calendar"), parent=self)
        self._button.setFixedSize(24, 24)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.offer_calendar(True)

    def offer_calendar(self, offered: bool) -> None:
        """Show button and hint, or leave the room to the text."""
        self.setPlaceholderText(self._hint if offered else "")
        self._button.setVisible(offered)
        self.setTextMargins(0, 0, 20 if offered else 0, 0)

    @property
    def button(self) -> QToolButton:
        """Opens the calendar."""
        return self._button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down opens the calendar, as it opens a combo box."""
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and event.key() == Qt.Key.Key_Down and not self.isReadOnly():
            self._button.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button at the end."""
        super().resizeEvent(event)
        self._button.move(self.width() - 27, (self.height() - 24) // 2)


class DateField(Field):
    """A day, or none. What cannot be read stays in the field with words below it."""

    def __init__(self, name: str, title: str, hint: str = "") -> None:
        super().__init__(name)
        self.line = DayLine(title, hint)
        self._value: date | None = None
        self._typed = False
        self._pause = pause(self, PAUSE_MS, self._rested)
        self.line.textEdited.connect(self._typing)
        self.line.editingFinished.connect(self.commit)
        self.line.button.clicked.connect(self._calendar)
        self.hold(self.line, title)

    def show_value(self, value: object) -> None:
        """Show a day; what is being typed is not disturbed by the value it had before."""
        day = value if isinstance(value, date) else None
        if self._typed and day == self._value:
            return
        self._set(day)

    def drop(self) -> None:
        """Forget what is typed and could not be read."""
        self._typed = False

    def value(self) -> date | None:
        """The day it stands at."""
        return self._value

    def restore(self, typed: str) -> None:
        """Show again what could not be read."""
        self.line.put(typed)
        self._typed = True
        self.commit()

    def pending(self) -> str:
        """What is typed and could not be read."""
        return self.line.text() if self._typed else ""

    def set_editable(self, editable: bool) -> None:
        """Let it be changed, or only read and copied."""
        self.line.setReadOnly(not editable)
        self.line.offer_calendar(editable)

    def commit(self) -> None:
        """Read what is typed; words below the field say what is wrong with it."""
        self._pause.stop()
        if not self._typed:
            return
        try:
            day = read_date(self.line.text(), date.today())
        except BadInput as error:
            self.say(str(error), at=self.line)
            return
        self._take(day)

    def announce(self, day: date | None) -> None:
        """Signal that the person changed the day."""
        self.edited.emit(day)

    def _set(self, day: date | None) -> None:
        self._value, self._typed = day, False
        self.line.put(words.full_day(day) if day else "")
        self.say("", at=self.line)

    def _typing(self, _text: str) -> None:
        self._typed = True
        self.say("", at=self.line)
        self._pause.start()

    def _rested(self) -> None:
        """Announce a whole date without touching the line that is being typed in."""
        if not whole_date(self.line.text()):
            return
        try:
            day = read_date(self.line.text(), date.today())
        except BadInput:
            return
        if day != self._value:
            self._value = day
            self.announce(day)

    def _calendar(self) -> None:
        popup = Calendar(self._value or date.today(), self)
        popup.chosen_day(self._take, self.line.mapToGlobal(self.line.rect().bottomLeft()))

    def _take(self, day: date | None) -> None:
        before = self._value
        self._set(day)
        if day != before:
            self.announce(day)


class MomentField(Field):
    """A day with a time, in the desk's zone; the value is "2026-11-23T10:00" or ""."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__(name)
        self.day = DayLine(title, "")
        self.time = OneLine()
        self.time.setAccessibleName(_("{field}: time").format(field=title))
        self.time.setPlaceholderText("11:00")
        self.time.setFixedWidth(56)
        self.time.setMaxLength(20)
        self._value, self._typed = "", False
        for line in (self.day, self.time):
            line.setProperty("part", "tight")
            line.textEdited.connect(self._typing)
            line.editingFinished.connect(self.commit)
        self.day.button.clicked.connect(self._calendar)
        self.column.addLayout(row(self.day, self.time, gap=6, fill=self.day))
        self.column.addWidget(self._wrong)
        self.main = self.day

    def show_value(self, value: object) -> None:
        """Show a moment; text that is none, from an import, is shown as it is."""
        text = str(value or "")
        if self._typed and text == self._value:
            return
        self._value, self._typed = text, False
        day, hour = split_moment(text)
        self.day.put(day)
        self.time.put(hour)
        self.say("", at=self.day)

    def set_editable(self, editable: bool) -> None:
        """Let it be changed, or only read and copied."""
        for line in (self.day, self.time):
            line.setReadOnly(not editable)
        self.time.setPlaceholderText("11:00" if editable else "")
        self.day.offer_calendar(editable)

    def commit(self) -> None:
        """Read both lines."""
        if not self._typed:
            return
        try:
            day = read_date(self.day.text(), date.today())
            hour = read_time(self.time.text())
            if day is None and hour is not None:
                raise BadInput(_("The day is missing."))
        except BadInput as error:
            self.say(str(error), at=self.day)
            return
        made = "" if day is None else day.isoformat() + (f"T{hour:%H:%M}" if hour else "")
        before = self._value
        self._typed = False
        self.show_value(made)
        if made != before:
            self.edited.emit(made)

    def pending(self) -> str:
        """What is typed and could not be read."""
        return f"{self.day.text()}\n{self.time.text()}" if self._typed else ""

    def drop(self) -> None:
        """Forget what is typed and could not be read."""
        self._typed = False

    def restore(self, typed: str) -> None:
        """Show again what could not be read."""
        day, _newline, hour = typed.partition("\n")
        self.day.put(day)
        self.time.put(hour)
        self._typed = True
        self.commit()

    def texts(self) -> tuple[QWidget, ...]:
        """Both lines."""
        return (self.day, self.time)

    def _typing(self, _text: str) -> None:
        self._typed = True
        self.say("", at=self.day)

    def _calendar(self) -> None:
        try:
            begun = datetime.fromisoformat(self._value).date() if self._value else date.today()
        except ValueError:
            begun = date.today()
        popup = Calendar(begun, self)
        popup.chosen_day(self._picked, self.day.mapToGlobal(self.day.rect().bottomLeft()))

    def _picked(self, day: date) -> None:
        self.day.put(words.full_day(day))
        self._typed = True
        self.commit()


class IsoDateField(DateField):
    """A day kept as text in ISO 8601, as the kind's own fields are."""

    def show_value(self, value: object) -> None:
        """Show a day given as "2025-10-06"; other text from an import is shown as it is."""
        text = str(value or "")
        try:
            super().show_value(date.fromisoformat(text) if text else None)
        except ValueError:
            super().show_value(None)
            self.line.put(text)

    def announce(self, day: date | None) -> None:
        """As text."""
        self.edited.emit(day.isoformat() if day else "")


def split_moment(text: str) -> tuple[str, str]:
    """The two lines of a stored moment; text that is none goes into the first."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text, ""
    timed = "T" in text or " " in text
    return words.full_day(moment.date()), f"{moment:%H:%M}" if timed else ""
