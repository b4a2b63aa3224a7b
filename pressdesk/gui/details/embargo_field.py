"""Release time: immediate, or an embargo with day, time and zone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from PySide6.QtWidgets import QWidget

from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _
from pressdesk.gui.kit import words
from pressdesk.gui.kit.calendar_popup import Calendar
from pressdesk.gui.kit.date_field import DayLine
from pressdesk.gui.kit.fields import Combo, Field, OneLine
from pressdesk.gui.kit.parts import column, label, row
from pressdesk.gui.kit.typed_dates import read_date, read_time
from pressdesk.gui.kit.zones import ZoneCombo, offset
from pressdesk.press.embargo import embargo, zone_of
from pressdesk.press.release import Embargo

NOW, LATER = 0, 1


class EmbargoField(Field):
    """The value is an Embargo or None. What cannot be read stays, with words below it.

    Choosing an embargo changes nothing until day, time and zone are whole: the release line
    never shows half of one.
    """

    def __init__(self, name: str, title: str) -> None:
        super().__init__(name)
        self._value: Embargo | None = None
        self._typed = False
        self._home = "UTC"
        self.mode = Combo()
        self.mode.setAccessibleName(title)
        self.mode.addItems([_("For immediate release"), _("Under embargo until")])
        self.day, self.time = DayLine(_("Embargo: day"), _("Day")), OneLine()
        self.time.setAccessibleName(_("Embargo: time"))
        self.time.setPlaceholderText("11:00")
        self.time.setFixedWidth(56)
        for line in (self.day, self.time):
            line.setProperty("part", "tight")
        self.zone = ZoneCombo(_("Embargo: time zone"))
        self._told = label("", "muted", wrap=True)
        self._when = QWidget()
        pair = row(self.day, self.time, gap=6, fill=self.day)
        self._when.setLayout(column(pair, self.zone, self._told, gap=6, around=(0, 3, 0, 0)))
        for widget in (self.mode, self._when, self._wrong):
            self.column.addWidget(widget)
        self.main = self.mode
        self.mode.activated.connect(self._chosen)
        for line in (self.day, self.time, self.zone.line):
            line.textEdited.connect(self._typing)
            line.editingFinished.connect(self.commit)
        self.zone.activated.connect(self._taken)
        self.day.button.clicked.connect(self._calendar)
        self._when.hide()

    def set_home(self, zone: str) -> None:
        """The desk's zone, offered first and for every new embargo."""
        self._home = zone
        self.zone.offer(zone)

    def show_value(self, value: object) -> None:
        """Show an embargo, or none."""
        new = value if isinstance(value, Embargo) else None
        if self._typed and new == self._value:
            return
        self._value, self._typed = new, False
        self.mode.setCurrentIndex(NOW if new is None else LATER)
        self._when.setVisible(new is not None)
        self._complain("")
        if new is None:
            for widget in (self.day, self.time, self._told):
                widget.clear()
            self.zone.show_zone(self._home)
            return
        local = local_time(new)
        self.day.put(words.full_day(local.date()))
        self.time.put(f"{local:%H:%M}")
        self.zone.show_zone(new.zone)
        self._tell(new)

    def set_editable(self, editable: bool) -> None:
        """Make it editable or read-only."""
        self.mode.setEnabled(editable)
        self.zone.setEnabled(editable)
        for line in (self.day, self.time):
            line.setReadOnly(not editable)
        self.day.offer_calendar(editable)

    def commit(self) -> None:
        """Read day, time and zone; a half one changes nothing and says what is missing."""
        if not self._typed:
            return
        if self.mode.currentIndex() == NOW:
            self._announce(None)
            return
        try:
            self._announce(self._read())
        except BadInput as error:
            self._complain(str(error))

    def pending(self) -> str:
        """What is typed and is no embargo yet."""
        if not self._typed or self.mode.currentIndex() == NOW:
            return ""
        return "\n".join((self.day.text(), self.time.text(), self.zone.zone()))

    def drop(self) -> None:
        """Forget what is typed and is no embargo yet."""
        self._typed = False

    def restore(self, typed: str) -> None:
        """Show again what is no embargo yet."""
        day, hour, zone = (*typed.split("\n"), "", "", "")[:3]
        self.mode.setCurrentIndex(LATER)
        self._when.show()
        self.day.put(day)
        self.time.put(hour)
        self.zone.show_zone(zone)
        self._taken()

    def texts(self) -> tuple[QWidget, ...]:
        """Everything that takes keys."""
        # The combo box has the keyboard and hands events on to its line past every filter.
        return (self.mode, self.day, self.time, self.zone, self.zone.line)

    def _read(self) -> Embargo:
        day, hour = read_date(self.day.text(), date.today()), read_time(self.time.text())
        if day is None:
            raise BadInput(_("The day of the embargo is missing."))
        if hour is None:
            raise BadInput(_("The time of the embargo is missing."))
        return embargo(datetime.combine(day, hour), self.zone.zone())

    def _announce(self, made: Embargo | None) -> None:
        before, self._typed = self._value, False
        self.show_value(made)
        if made != before:
            self.edited.emit(made)

    def _chosen(self, mode: int) -> None:
        if mode == NOW:
            self._taken()
            return
        self._when.show()
        if not self.day.text():
            self.day.put(words.full_day(date.today() + timedelta(days=1)))
            self.time.put(f"{time(11):%H:%M}")
        self._taken()
        self.time.setFocus()
        self.time.selectAll()

    def _taken(self, _at: int = 0) -> None:
        self._typed = True
        self.commit()

    def _typing(self, _text: str) -> None:
        self._typed = True
        self._complain("")

    def _complain(self, wrong: str) -> None:
        self.say(wrong, at=self.day)
        self._told.setVisible(not wrong and bool(self._told.text()))

    def _tell(self, shown: Embargo) -> None:
        """The instant in UTC as well: colleagues elsewhere read that one."""
        utc = f"{shown.instant:%H:%M}"
        apart = offset(shown.instant, shown.zone)
        self._told.setText(_("{offset}; {time} UTC").format(offset=apart, time=utc))
        self._told.setVisible(bool(apart) and apart != "UTC")

    def _calendar(self) -> None:
        begun = local_time(self._value).date() if self._value else date.today()
        popup = Calendar(begun, self)
        popup.chosen_day(self._picked, self.day.mapToGlobal(self.day.rect().bottomLeft()))

    def _picked(self, day: date) -> None:
        self.day.put(words.full_day(day))
        self._taken()


def local_time(value: Embargo) -> datetime:
    """The wall clock of an embargo in its own zone; UTC where the zone is unknown."""
    try:
        return value.instant.astimezone(zone_of(value.zone))
    except BadInput:
        return value.instant
