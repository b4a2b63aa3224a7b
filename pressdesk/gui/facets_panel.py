"""The filters with how many texts each would leave, in a panel beside the list."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pressdesk.base.i18n import _, ngettext
from pressdesk.gui import words
from pressdesk.gui.icons import icon
from pressdesk.gui.kind_colours import kind_colour, kind_name
from pressdesk.gui.parts import button, label, no_key, short
from pressdesk.gui.parts import row as row_of
from pressdesk.gui.theme import SANS, current, font
from pressdesk.press.searching import Count, Facet, FacetName, Facets

BOOKMARKS = "bookmarks"
"""Not a facet of the archive, but shown among them."""

MAKING_MS = 40
"""Between the makings of rows that are not needed yet."""

SLICE = 12
"""Rows of a facet filled in at once."""

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
        self._sections: dict[str, FacetSection] = {}
        for place, names in enumerate((LEFT, (*RIGHT, BOOKMARKS))):
            side = QVBoxLayout()
            side.setSpacing(0)
            for name in names:
                side.addWidget(self._section(name))
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
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._fill)
        self._making = QTimer(self)
        self._making.setInterval(MAKING_MS)
        self._making.timeout.connect(self._prepare)
        self._stale = True

    def _section(self, name: str) -> FacetSection:
        made = self._sections[name] = FacetSection(name, "")
        made.toggled.connect(self.toggled)
        made.stepped.connect(self._step)
        made.unfolded.connect(lambda: self._unfold(name))
        return made

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

    def show_unfolded(self, names: Collection[str]) -> None:
        """The facets all values of which are shown; names of none of them are passed over."""
        self._open = {name for name in (*LEFT, *RIGHT) if name in names}
        self._change()

    def unfolded(self) -> tuple[str, ...]:
        """The facets all values of which are shown."""
        return tuple(sorted(self._open))

    def open_at(self, corner: QPoint) -> None:
        """Open with the left upper corner there, globally; the first value has the keyboard."""
        if self._stale:
            self._fill()
        self._fit(corner)
        self.move(corner)
        self.show()
        first = next(iter(self._rows()), None)
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
        """Nothing is filled in while nobody sees it, and once for what changes together."""
        self._stale = True
        if self.isVisible():
            self._soon.start()
        else:
            self._making.start()

    def _prepare(self) -> None:
        """Have the rows ready before the panel is opened, those of one facet at a time."""
        waiting = next((s for s in self._sections.values() if not s.rows), None)
        if waiting is None:
            self._making.stop()
        else:
            waiting.make(TOP)

    def _fill(self) -> None:
        self._soon.stop()
        self._stale = False
        kept = self.focusWidget()
        at = (kept.facet, kept.value) if isinstance(kept, FacetRow) else None
        by_name = {facet.name: facet for facet in self._facets.facets}
        there = False
        for name in (*LEFT, *RIGHT):
            facet = by_name.get(name, Facet(name))
            on = [value for where, value in self._chosen if where == name]
            there |= self._sections[name].show_values(facet, on, opened=name in self._open)
        there |= self._fill_bookmarks()
        self._total.setText(texts_words(self._facets.total, self._facets.more))
        self._none.setVisible(not there)
        self._scroll.setVisible(there)
        self._clear.setVisible(bool(self._chosen))
        if self.isVisible():
            self._fit(self.pos())
            self._refocus(at)

    def _fill_bookmarks(self) -> bool:
        on = [""] if (BOOKMARKS, "") in self._chosen else []
        counts = (Count("", self._bookmarks),) if self._bookmarks else ()
        return self._sections[BOOKMARKS].show_counts(_("Yours"), counts, on, more=False)

    def _unfold(self, name: str) -> None:
        self._open.symmetric_difference_update({name})
        self._fill()

    def _rows(self) -> list[FacetRow]:
        return [row for section in self._sections.values() for row in section.shown()]

    def _refocus(self, at: tuple[str, str] | None) -> None:
        rows = self._rows()
        same = [row for row in rows if (row.facet, row.value) == at]
        if same or (rows and at is not None):
            (same or rows)[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, by: int) -> None:
        rows = self._rows()
        focused = self.focusWidget()
        if isinstance(focused, FacetRow) and focused in rows:
            rows[(rows.index(focused) + by) % len(rows)].setFocus(Qt.FocusReason.TabFocusReason)


class FacetSection(QWidget):
    """The values of one facet under its head; rows are made once and used again.

    In:   ``show_values(facet, on, opened)``, ``show_counts(title, counts, on, more)``
    Out:  ``toggled(facet, value)``, ``stepped(by)``, ``unfolded()`` more values, or fewer.
    cost  a third of a millisecond for a row that was not there before
    """

    toggled = Signal(str, str)
    stepped = Signal(int)
    unfolded = Signal()

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self._name = name
        self.rows: list[FacetRow] = []
        self._used = 0
        self._waiting: list[tuple[Count, bool, bool]] = []
        self._head = label(title, "facethead")
        self._more = button("", "bar", does=self.unfolded.emit)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        last = row_of(self._more, None)
        last.setContentsMargins(4, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addLayout(self._lines)
        column.addLayout(last)
        self._slice = QTimer(self)
        self._slice.setSingleShot(True)
        self._slice.setInterval(0)
        self._slice.timeout.connect(self._put_waiting)

    def show_values(self, facet: Facet, on: Sequence[str], *, opened: bool) -> bool:
        """The values of a facet, those that are on in sight; False where there is none."""
        counts = {count.value: count for count in facet.counts}
        top = list(counts)[:TOP]
        first = [Count(v, 0) if v not in counts else counts[v] for v in sorted(on) if v not in top]
        there = {each.value: each for each in (*first, *facet.counts)}
        values = tuple(there.values())
        hidden = len(values) - TOP
        text = _("Fewer") if opened else _("{n} more").format(n=words.number(max(0, hidden)))
        title = facet_title(facet.name)
        self._more.setText(text)
        self._more.setAccessibleName(f"{title}: {text}")
        self._more.setVisible(hidden > 0)
        shown = values if opened else values[:TOP]
        return self.show_counts(title, shown, on, more=facet.more, foot=hidden > 0)

    def show_counts(
        self,
        title: str,
        counts: Sequence[Count],
        on: Sequence[str],
        *,
        more: bool,
        foot: bool = False,
    ) -> bool:
        """These values; many of them come a few at a time."""
        self._head.setText(title)
        self._more.setVisible(foot)
        named = {count.value for count in counts}
        every = [*counts, *(Count(value, 0) for value in on if value not in named)]
        given = [(count, count.value in on, more) for count in every]
        self._used, self._waiting = 0, given[SLICE:]
        self._put(given[:SLICE])
        for row in self.rows[self._used :]:
            row.hide()
        if self._waiting:
            self._slice.start()
        self.setVisible(bool(given))
        return bool(given)

    def make(self, number: int) -> None:
        """Have so many rows ready."""
        while len(self.rows) < number:
            made = FacetRow(self._name)
            made.hide()
            made.clicked.connect(lambda _on=False, row=made: self._clicked(row))
            made.stepped.connect(self.stepped)
            self._lines.addWidget(made)
            self.rows.append(made)

    def shown(self) -> list[FacetRow]:
        """The rows in use."""
        return self.rows[: self._used]

    def _put(self, given: Sequence[tuple[Count, bool, bool]]) -> None:
        self.make(self._used + len(given))
        for row, (count, on, more) in zip(self.rows[self._used :], given, strict=False):
            row.put(count.value, count.number, more=more, on=on)
            row.show()
        self._used += len(given)

    def _put_waiting(self) -> None:
        some, self._waiting = self._waiting[:SLICE], self._waiting[SLICE:]
        self._put(some)
        if self._waiting:
            self._slice.start()

    def _clicked(self, row: FacetRow) -> None:
        self.toggled.emit(row.facet, row.value)


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
