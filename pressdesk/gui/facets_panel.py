"""The filters with how many texts each would leave, in a panel beside the list."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pressdesk.base.i18n import _, ngettext
from pressdesk.gui import words
from pressdesk.gui.icons import icon
from pressdesk.gui.kind_colours import kind_colour, kind_name
from pressdesk.gui.parts import button, label, short
from pressdesk.gui.parts import row as row_of
from pressdesk.gui.theme import SANS, current, font
from pressdesk.press.searching import Facet, FacetName, Facets

TOP = 6
"""Values of a facet that are shown before "more" is pressed."""

COLUMN, ROW = 230, 26

LEFT: tuple[FacetName, ...] = ("state", "kind", "language", "year")
RIGHT: tuple[FacetName, ...] = ("topic", "place", "speaker")

Chosen = frozenset[tuple[str, str]]
"""Facet and value of what is on."""


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
        return kind_name(value)
    if name == "language":
        return words.language_name(value)
    if name == "state":
        known = {"draft": _("Draft"), "issued": _("Issued"), "embargo": _("Embargo")}
        return known.get(value, value)
    return short(value, 80)


def number_words(number: int, more: bool) -> str:
    """A count, marked where only the newest hits were counted."""
    return words.number(number) + ("+" if more else "")


def texts_words(number: int, more: bool) -> str:
    """How many texts, in words: "12 texts", "1,000+ texts"."""
    said = ngettext("{n} text", "{n} texts", number)
    return said.format(n=number_words(number, more))


class FacetsPanel(QFrame):
    """A panel that opens under a button and closes when anything else is clicked.

    In:   ``show_facets(facets)``, ``show_chosen(chosen)``, ``show_bookmarks(number)``,
          ``open_at(corner)``
    Out:  ``toggled(facet, value)`` a value was put on or off; ``cleared()`` take all off.
    Keys: arrows from value to value, Space puts on and off, Esc closes.
    """

    toggled = Signal(str, str)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("facets")
        self.setProperty("part", "popup")
        self.setAccessibleName(_("Filters"))
        self._facets, self._chosen = Facets(), Chosen()
        self._open: set[str] = set()
        self._bookmarks = 0
        self._stale = False
        self._total = label("", "head")
        self._none = label(_("Nothing to narrow by."), "muted")
        self._clear = button(_("Clear all"), "link", does=self.cleared.emit)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 12, 4)
        head.addWidget(self._total)
        head.addStretch(1)
        head.addWidget(self._clear)
        self._body = QWidget()
        self._body.setObjectName("facetsbody")
        self._columns = QGridLayout(self._body)
        self._columns.setContentsMargins(8, 0, 8, 12)
        self._columns.setHorizontalSpacing(8)
        self._sides: list[QVBoxLayout] = []
        for place in range(2):
            side = QVBoxLayout()
            side.setSpacing(0)
            self._sides.append(side)
            self._columns.addLayout(side, 0, place, Qt.AlignmentFlag.AlignTop)
            self._columns.setColumnMinimumWidth(place, COLUMN)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._body)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._none)
        column.addWidget(self._scroll, 1)
        self._none.setContentsMargins(16, 0, 16, 12)
        self._fill()

    # --- in

    @Slot(object)
    def show_facets(self, facets: Facets) -> None:
        """What the texts that answer have in common now."""
        if facets != self._facets:
            self._facets = facets
            self._change()

    @Slot(object)
    def show_chosen(self, chosen: Chosen) -> None:
        """Which values are on."""
        if chosen != self._chosen:
            self._chosen = chosen
            self._change()

    def show_bookmarks(self, number: int) -> None:
        """How many bookmarks this person has put into this desk."""
        if number != self._bookmarks:
            self._bookmarks = number
            self._change()

    def open_at(self, corner: QPoint) -> None:
        """Open with the left upper corner there, globally; the first value has the keyboard."""
        if self._stale:
            self._fill()
        self._fit(corner)
        self.move(corner)
        self.show()
        first = self.findChild(FacetRow)
        (first or self._clear).setFocus(Qt.FocusReason.PopupFocusReason)

    # --- inside

    def _fit(self, corner: QPoint) -> None:
        self._body.adjustSize()
        wanted = self._body.sizeHint().height() + 52
        screen = QApplication.screenAt(corner) or QApplication.primaryScreen()
        below = screen.availableGeometry().bottom() - corner.y() - 12 if screen else wanted
        self.setFixedWidth(2 * COLUMN + 44)
        self.setFixedHeight(max(120, min(wanted, below, 720)))

    def _change(self) -> None:
        """Two dozen rows take some milliseconds to make: not while nobody sees them."""
        self._stale = True
        if self.isVisible():
            self._fill()

    def _fill(self) -> None:
        self._stale = False
        kept = self.focusWidget()
        at = (kept.facet, kept.value) if isinstance(kept, FacetRow) else None
        for side in self._sides:
            _empty(side)
        by_name = {facet.name: facet for facet in self._facets.facets}
        for side, names in zip(self._sides, (LEFT, RIGHT), strict=True):
            for name in names:
                facet = by_name.get(name, Facet(name))
                on = [value for where, value in self._chosen if where == name]
                if facet.counts or on:
                    self._put(side, facet, on)
        self._put_bookmarks(self._sides[1])
        self._total.setText(texts_words(self._facets.total, self._facets.more))
        any_there = bool(self.findChildren(FacetRow))
        self._none.setVisible(not any_there)
        self._scroll.setVisible(any_there)
        self._clear.setVisible(bool(self._chosen))
        if self.isVisible():
            self._fit(self.pos())
            self._refocus(at)

    def _put(self, side: QVBoxLayout, facet: Facet, on: list[str]) -> None:
        head = label(facet_title(facet.name), "facethead")
        side.addWidget(head)
        counts = {count.value: count.number for count in facet.counts}
        values = [value for value in sorted(on) if value not in list(counts)[:TOP]] + list(counts)
        values = list(dict.fromkeys(values))
        shown = values if facet.name in self._open else values[:TOP]
        for value in shown:
            row = FacetRow(facet.name, value, counts.get(value, 0), facet.more)
            row.setChecked(value in on)
            row.clicked.connect(lambda _on=False, f=facet.name, v=value: self.toggled.emit(f, v))
            row.stepped.connect(self._step)
            side.addWidget(row)
            row.show()  # else the layout would, a moment after the keyboard came back
        if len(values) > TOP:
            line = row_of(self._more(facet, len(values) - TOP), None)
            line.setContentsMargins(4, 0, 0, 0)
            side.addLayout(line)

    def _put_bookmarks(self, side: QVBoxLayout) -> None:
        on = ("bookmarks", "") in self._chosen
        if not self._bookmarks and not on:
            return
        side.addWidget(label(_("Yours"), "facethead"))
        row = FacetRow("bookmarks", "", self._bookmarks, more=False)
        row.setChecked(on)
        row.clicked.connect(lambda: self.toggled.emit("bookmarks", ""))
        row.stepped.connect(self._step)
        side.addWidget(row)
        row.show()

    def _more(self, facet: Facet, hidden: int) -> QPushButton:
        opened = facet.name in self._open
        text = _("Fewer") if opened else _("{n} more").format(n=words.number(hidden))
        made = button(text, "bar", does=lambda: self._unfold(facet.name))
        made.setAccessibleName(f"{facet_title(facet.name)}: {text}")
        return made

    def _unfold(self, name: str) -> None:
        self._open.symmetric_difference_update({name})
        self._fill()

    def _refocus(self, at: tuple[str, str] | None) -> None:
        rows = self.findChildren(FacetRow)
        same = [row for row in rows if (row.facet, row.value) == at]
        if same or rows:
            (same or rows)[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, by: int) -> None:
        rows = self.findChildren(FacetRow)
        sender = self.sender()
        if isinstance(sender, FacetRow) and sender in rows:
            rows[(rows.index(sender) + by) % len(rows)].setFocus(Qt.FocusReason.TabFocusReason)


class FacetRow(QAbstractButton):
    """One value: a box, its name, how many texts. Out: ``stepped(by)`` an arrow was pressed."""

    stepped = Signal(int)

    def __init__(self, facet: str, value: str, number: int, more: bool) -> None:
        super().__init__()
        self.facet, self.value = facet, value
        self._name, self._number = value_words(facet, value), number_words(number, more)
        self._font = font(SANS, 12)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(self._name)
        self.setAccessibleName(f"{self._name}, {texts_words(number, more)}")
        if QFontMetrics(self._font).horizontalAdvance(self._name) > COLUMN - 90:
            self.setToolTip(self._name)

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


def _empty(side: QVBoxLayout) -> None:
    while (item := side.takeAt(0)) is not None:
        line = item.layout()
        held = line.itemAt(0) if line is not None else item
        widget = held.widget() if held is not None else None
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        if line is not None:
            line.deleteLater()
