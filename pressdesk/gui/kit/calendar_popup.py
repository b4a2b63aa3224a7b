"""A calendar under a field, to pick a day from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDialog, QToolButton, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit import words
from pressdesk.gui.kit.icons import current, icon
from pressdesk.gui.kit.parts import column


class Calendar(QDialog):
    """A month to pick a day from; arrows, Enter and Esc work in it."""

    def __init__(self, day: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("calendar")
        self.month = QCalendarWidget()
        self.month.setAccessibleName(_("Calendar"))
        self.month.setLocale(words.locale())
        self.month.setSelectedDate(QDate(day.year, day.month, day.day))
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setGridVisible(False)
        plain, shown = QTextCharFormat(), current()
        plain.setForeground(QColor(shown.ink))
        for number in (6, 7):
            self.month.setWeekdayTextFormat(Qt.DayOfWeek(number), plain)
        heads = QTextCharFormat()
        heads.setForeground(QColor(shown.muted))
        self.month.setHeaderTextFormat(heads)
        for name, picture in (("qt_calendar_prevmonth", "chevron-left"),
                              ("qt_calendar_nextmonth", "chevron-right")):  # fmt: skip
            button = self.month.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(icon(picture))
        self.month.setMinimumSize(270, 220)
        self.setLayout(column(self.month, around=(1, 1, 1, 1)))

    def chosen_day(self, picked: Callable[[date], None], point: QPoint) -> None:
        """Show it at a point; ``picked(day)`` runs when a day is chosen."""

        def take(day: QDate) -> None:
            picked(date(day.year(), day.month(), day.day()))
            self.close()

        self.month.activated.connect(take)
        self.month.clicked.connect(take)
        self.move(point + QPoint(0, 3))
        self.show()
        self.month.setFocus(Qt.FocusReason.PopupFocusReason)
