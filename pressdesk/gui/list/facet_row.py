"""One facet value in the panel, and the names of facets and their values."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from pressdesk.base.i18n import _, ngettext
from pressdesk.gui.kit import words
from pressdesk.gui.kit.icons import icon
from pressdesk.gui.kit.parts import no_key, short
from pressdesk.gui.kit.theme import SANS, current, font
from pressdesk.gui.list.kind_colours import kind_colour
from pressdesk.press.query import FacetName
from pressdesk.press.states import STATUSES, Status, said_of

COLUMN, ROW = 230, 26


def facet_title(name: FacetName) -> str:
    """The head over the values of a facet."""
    match name:
        case "kind":
            return _("Kind")
        case "state":
            return _("State")
        case "language":
            return _("Language")
        case "year":
            return _("Year")
        case "topic":
            return _("Topic")
        case "place":
            return _("Place")
        case "speaker":
            return _("Speaker")


def value_words(name: str, value: str) -> str:
    """A value of a facet as people read it."""
    if name == "bookmarks":
        return _("Bookmarks")
    if name == "kind":
        return words.kind_plural(value)
    if name == "language":
        return words.language_name(value)
    if name == "state":
        return said_of(Status(value)).label() if value in STATUSES else value
    return short(value, 80)


def number_words(number: int, more: bool) -> str:
    """A count, marked where only the newest hits were counted."""
    return words.number(number) + ("+" if more else "")


def texts_words(number: int, more: bool) -> str:
    """How many texts, in words: "12 texts", "1,000+ texts"."""
    said = ngettext("{n} text", "{n} texts", number)
    return said.format(n=number_words(number, more))


class FacetRow(QAbstractButton):
    """One value: a box, its name, how many texts. Out: ``stepped(by)`` an arrow was pressed."""

    stepped = Signal(int)

    def __init__(self, facet: str) -> None:
        super().__init__()
        self.facet, self.value = facet, ""
        self._shown: tuple[str, int, bool] | None = None
        self._name = self._number = ""
        self._font = font(SANS, 12)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def put(self, value: str, number: int, *, more: bool, on: bool) -> None:
        """Show this value; ``more`` marks a number that was not counted to its end."""
        self.setChecked(on)
        if (value, number, more) == self._shown:
            return
        self._shown, self.value = (value, number, more), value
        self._name, self._number = value_words(self.facet, value), number_words(number, more)
        self.setText(no_key(self._name))
        self.setAccessibleName(f"{self._name}, {texts_words(number, more)}")
        long = QFontMetrics(self._font).horizontalAdvance(self._name) > COLUMN - 90
        self.setToolTip(self._name if long else "")
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the column."""
        return QSize(COLUMN, ROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the value above or below; Enter is as good as Space."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box with a tick, name, the colour of a kind, count."""
        shown, painter = current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.underMouse():
            painter.setBrush(QColor(shown.hover))
            painter.drawRoundedRect(place, 5, 5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(shown.accent), 2))
            painter.drawRoundedRect(place, 5, 5)
        self._paint_box(painter, QRect(9, (self.height() - 14) // 2, 14, 14))
        painter.setFont(self._font)
        measure = QFontMetrics(self._font)
        base = (self.height() + measure.ascent() - measure.descent()) // 2
        painter.setPen(QColor(shown.muted))
        right = self.width() - 9 - measure.horizontalAdvance(self._number)
        painter.drawText(right, base, self._number)
        left = 31
        if self.facet == "kind":
            painter.fillRect(QRect(left, base - 8, 8, 8), QColor(kind_colour(self.value, shown)))
            left += 14
        painter.setPen(QColor(shown.ink))
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(left, base, measure.elidedText(self._name, elide, right - left - 8))
        painter.end()

    def _paint_box(self, painter: QPainter, box: QRect) -> None:
        shown = current()
        on = self.isChecked()
        painter.setPen(QPen(QColor(shown.filled if on else shown.faint), 1))
        painter.setBrush(QColor(shown.filled if on else shown.pane))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if on:
            icon("check", "on_filled").paint(painter, box.adjusted(1, 1, -1, -1))
