"""The timeline: texts per month and kind, and the selected range of months."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit import words
from pressdesk.gui.kit.parts import retool, tool
from pressdesk.gui.kit.theme import SANS, current, font
from pressdesk.gui.list.kind_colours import kind_colour
from pressdesk.gui.list.months import Bins
from pressdesk.press.periods import Period, joined
from pressdesk.press.query import MonthCount

COMPACT, TALL = 52, 148
AXIS, LEGEND, SIDE = 15, 20, 12


class MonthChart(QWidget):
    """Stacked bars, one for each month or, where there is no room for that, for several.

    In:   ``show_months(months)``, ``show_days(days)``, ``set_tall(bool)``
    Out:  ``range_chosen(date, date)`` the first and the last day of what was dragged over or
          chosen by keys; ``range_cleared()`` by Esc, or a click while a range is chosen.
    Unfolds to three times its height by the button at its lower right.
    Keys: left and right walk through the months, with Shift they extend, Enter takes.
    cost  a paint draws a few hundred rectangles, whatever the archive holds
    """

    range_chosen = Signal(date, date)
    range_cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("months")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._small = font(SANS, 10)
        self._months: tuple[MonthCount, ...] = ()
        self._bins = Bins((), 1)
        self._days: tuple[Period, ...] = ()
        self._anchor = self._place = -1
        self._tall = False
        self._fold = tool(
            "chevron",
            _("Expand the timeline"),
            does=lambda: self.set_tall(not self._tall),
            parent=self,
        )
        self._fold.setProperty("part", "tiny")
        self._fold.setIconSize(QSize(12, 12))
        self._fold.setFixedSize(18, 16)
        self._dragging = False
        self._narrate()

    # --- in

    @Slot(object)
    def show_months(self, months: tuple[MonthCount, ...]) -> None:
        """The numbers; nothing chosen changes."""
        self._months = months
        self._sort()

    @Slot(object)
    def show_days(self, days: tuple[Period, ...]) -> None:
        """The days that are looked at; () for all."""
        self._days = joined(days, Period(date.min, date.max))
        self._narrate()
        self.update()

    def set_tall(self, tall: bool) -> None:
        """Unfold the chart, with a legend of the kinds, or fold it to a strip."""
        self._tall = tall
        name = _("Collapse the timeline") if tall else _("Expand the timeline")
        retool(self._fold, "chevron-up" if tall else "chevron", name)
        self.updateGeometry()
        self._place_fold()
        self.update()

    @property
    def tall(self) -> bool:
        """True while it is unfolded."""
        return self._tall

    def sizeHint(self) -> QSize:
        """A strip, or the unfolded chart with as many lines of legend as it takes."""
        if not self._tall:
            return QSize(260, COMPACT)
        return QSize(260, TALL + LEGEND * max(0, len(self._legend(self.width() or 260)) - 1))

    def minimumSizeHint(self) -> QSize:
        """The same height; the width gives way."""
        return QSize(120, self.sizeHint().height())

    def _place_fold(self) -> None:
        below = round(self._area().bottom())
        self._fold.move(self.width() - SIDE - self._fold.width() + 4, below + 1)

    # --- what is where

    def _sort(self) -> None:
        room = max(40, self.width() - 2 * SIDE)
        self._bins = Bins(self._months, room)
        self._place = self._anchor = -1
        self._narrate()
        if self._tall:
            self.updateGeometry()
        self.update()

    def _area(self) -> QRectF:
        legend = LEGEND * len(self._legend(self.width())) if self._tall else 0
        height = self.height() - AXIS - legend - 4
        return QRectF(SIDE, 4, max(1, self.width() - 2 * SIDE), max(1, height))

    def _bar(self, number: int) -> tuple[float, float]:
        """Left edge and width of a bar's place."""
        area = self._area()
        step = area.width() / max(1, len(self._bins))
        return area.left() + number * step, step

    def _at(self, x: float) -> int:
        area = self._area()
        number = int((x - area.left()) * len(self._bins) / area.width())
        return max(0, min(number, len(self._bins) - 1))

    def _chosen(self) -> list[tuple[int, int]]:
        """First and last bar of what is being chosen, else of all that is looked at."""
        if self._place >= 0 and (self._dragging or self._anchor != self._place):
            return [self._stretch()]
        if not len(self._bins):
            return []
        of = (self._bins.within(days.first, days.last) for days in self._days)
        return [bars for bars in of if bars is not None]

    def _stretch(self) -> tuple[int, int]:
        """First and last bar of what the mouse or the keys lie on."""
        return min(self._anchor, self._place), max(self._anchor, self._place)

    def _let_go(self) -> None:
        self._anchor = self._place = -1
        self.update()

    # --- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A drag begins."""
        if event.button() == Qt.MouseButton.LeftButton and len(self._bins):
            self._anchor = self._place = self._at(event.position().x())
            self._dragging = True
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The bar under the pointer speaks; while dragging it is the end of the range."""
        if not len(self._bins):
            return
        number = self._at(event.position().x())
        if self._dragging and number != self._place:
            self._place = number
            self.update()
        first, last = self._stretch() if self._dragging else (number, number)
        QToolTip.showText(event.globalPosition().toPoint(), self._bins.words(first, last), self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A drag ends; a click takes one bar, or lets go of the range that was chosen."""
        if event.button() != Qt.MouseButton.LeftButton or not self._dragging:
            return
        self._dragging = False
        self._place = self._at(event.position().x())
        first, last = self._stretch()
        self._let_go()
        if first == last and self._days:
            self.range_cleared.emit()
        else:
            self.range_chosen.emit(*self._bins.days(first, last))

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End walk, Shift extends, Enter takes, Esc lets go."""
        key, extend = event.key(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        last = len(self._bins) - 1
        here = last if self._place < 0 else self._place
        steps = {
            Qt.Key.Key_Left.value: here - (self._place >= 0),
            Qt.Key.Key_Right.value: here + (self._place >= 0),
            Qt.Key.Key_Home.value: 0,
            Qt.Key.Key_End.value: last,
        }
        if key in steps and last >= 0:
            self._walk(max(0, min(steps[key], last)), bool(extend))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._place >= 0:
            chosen, self._anchor = self._stretch(), self._place
            self.range_chosen.emit(*self._bins.days(*chosen))
        elif key == Qt.Key.Key_Escape and (self._days or self._place >= 0):
            self._let_go()
            if self._days:
                self.range_cleared.emit()
        else:
            super().keyPressEvent(event)

    def _walk(self, number: int, extend: bool) -> None:
        self._place = number
        if not extend or self._anchor < 0:
            self._anchor = number
        self._narrate()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Cancel an unfinished selection."""
        super().focusOutEvent(event)
        self._let_go()

    # --- words for those who do not see it

    def _narrate(self) -> None:
        self.setAccessibleName(_("Releases by month"))
        if not len(self._bins):
            said = _("No releases")
        elif self._place >= 0:
            said = self._bins.words(*self._stretch())
        else:
            said = self._bins.words(0, len(self._bins) - 1)
        self.setAccessibleDescription(said)
        changed = QAccessible.Event.DescriptionChanged
        QAccessible.updateAccessibility(QAccessibleEvent(self, changed))

    # --- painting

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many months to a bar as the width asks for."""
        super().resizeEvent(event)
        self._sort()
        self._place_fold()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bars, the range, the years below and the legend."""
        painter = QPainter(self)
        painter.setFont(self._small)
        if len(self._bins):
            self._paint_range(painter)
            self._paint_bars(painter)
            self._paint_axis(painter)
        if self._tall:
            self._paint_legend(painter)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(current().accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(5, 1, -5, -1), 6, 6)
        painter.end()

    def _paint_range(self, painter: QPainter) -> None:
        area, shown = self._area(), current()
        for first, last in self._chosen():
            left = self._bar(first)[0]
            begin, step = self._bar(last)
            band = QRectF(left - 0.5, area.top() - 2, begin + step - left + 1, area.height() + 4)
            painter.fillRect(band, QColor(shown.selection))
            painter.setPen(QPen(QColor(shown.accent), 1))
            for x in (band.left(), band.right()):
                painter.drawLine(QPointF(x, band.top()), QPointF(x, band.bottom()))

    def _paint_bars(self, painter: QPainter) -> None:
        area, shown, most = self._area(), current(), max(1, self._bins.most)
        chosen = self._chosen()
        looking = bool(chosen or self._days)
        colours = {kind: QColor(kind_colour(kind, shown)) for kind in self._bins.kinds}
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for number, stack in enumerate(self._bins.stacks):
            if not stack:
                continue
            left, step = self._bar(number)
            gap = 1 if step >= 4 else 0
            width = min(max(1.0, step - gap), 16.0)
            left += (step - gap - width) / 2
            outside = looking and not any(first <= number <= last for first, last in chosen)
            painter.setOpacity(0.35 if outside else 1.0)
            bottom = area.bottom()
            for kind in self._bins.kinds:
                if kind in stack:
                    high = max(1.5, stack[kind] / most * area.height())
                    painter.fillRect(QRectF(left, bottom - high, width, high), colours[kind])
                    bottom -= high
        painter.setOpacity(1.0)
        painter.setPen(QColor(shown.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if self._place >= 0:
            left, step = self._bar(self._place)
            painter.setPen(QPen(QColor(shown.accent), 2))
            painter.drawLine(
                QPointF(left, area.bottom() + 1), QPointF(left + step, area.bottom() + 1)
            )

    def _paint_axis(self, painter: QPainter) -> None:
        area, shown = self._area(), current()
        measure = QFontMetrics(self._small)
        free, base = area.left() - 4, area.bottom() + AXIS - 3
        painter.setPen(QColor(shown.muted))
        for number, year in self._bins.years():
            left, _step = self._bar(number)
            text = str(year)
            wide = measure.horizontalAdvance(text)
            left = min(left, area.right() - wide - 16)
            if left >= free:
                painter.drawText(QPointF(left, base), text)
                free = left + wide + 10

    def _legend(self, width: int) -> list[list[tuple[str, float]]]:
        """Lines of kinds with the place of each."""
        measure = QFontMetrics(self._small)
        lines: list[list[tuple[str, float]]] = [[]]
        left = float(SIDE)
        for kind in self._bins.kinds:
            wide = 12 + measure.horizontalAdvance(words.kind_plural(kind)) + 12
            if lines[-1] and left + wide - 12 > width - SIDE:
                lines.append([])
                left = float(SIDE)
            lines[-1].append((kind, left))
            left += wide
        return lines

    def _paint_legend(self, painter: QPainter) -> None:
        shown = current()
        lines = self._legend(self.width())
        top = self.height() - LEGEND * len(lines)
        for line in lines:
            for kind, left in line:
                painter.fillRect(QRectF(left, top + 6, 8, 8), QColor(kind_colour(kind, shown)))
                painter.setPen(QColor(shown.muted))
                painter.drawText(QPointF(left + 12, top + 14), words.kind_plural(kind))
            top += LEGEND
