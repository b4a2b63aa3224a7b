"""The filter panel beside the list, with the number of texts for each value."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QScrollArea, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.parts import button, column, label, pause, row
from pressdesk.gui.list.facet_row import COLUMN, FacetRow, facet_title, texts_words
from pressdesk.gui.list.facet_section import TOP, FacetSection
from pressdesk.press.query import Count, Facet, FacetName, Facets

BOOKMARKS = "bookmarks"
"""Not a facet of the archive, but shown among them."""

MAKING_MS = 40
"""Between the makings of rows that are not needed yet."""

LEFT: tuple[FacetName, ...] = ("state", "kind", "language", "year")
RIGHT: tuple[FacetName, ...] = ("topic", "place", "speaker")

Chosen = frozenset[tuple[str, str]]
"""Facet and value of what is on."""


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
        self._none = label(_("No filters available."), "muted")
        self._clear = button(_("Clear all"), "link", does=self.cleared.emit)
        head = row(self._total, None, self._clear, gap=0, around=(16, 10, 12, 4))
        self._body = QWidget()
        self._body.setObjectName("facetsbody")
        self._columns = QGridLayout(self._body)
        self._columns.setContentsMargins(8, 0, 8, 12)
        self._columns.setHorizontalSpacing(8)
        self._sections: dict[str, FacetSection] = {}
        for place, names in enumerate((LEFT, (*RIGHT, BOOKMARKS))):
            side = column(*map(self._section, names))
            self._columns.addLayout(side, 0, place, Qt.AlignmentFlag.AlignTop)
            self._columns.setColumnMinimumWidth(place, COLUMN)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._body)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._none.setContentsMargins(16, 0, 16, 12)
        parts = (head, self._none, self._scroll)
        self.setLayout(column(*parts, around=(1, 1, 1, 1), fill=self._scroll))
        self._soon = pause(self, 0, self._fill)
        self._making = QTimer(self)
        self._making.setInterval(MAKING_MS)
        self._making.timeout.connect(self._prepare)
        self._stale = True

    def _section(self, name: str) -> FacetSection:
        made = self._sections[name] = FacetSection(name)
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
        mine = (Count("", self._bookmarks),) if self._bookmarks else ()
        there = self._put(BOOKMARKS, _("Personal"), mine, more=False)
        for name in (*LEFT, *RIGHT):
            facet = by_name.get(name, Facet(name))
            there |= self._put(name, facet_title(name), facet.counts, more=facet.more)
        self._total.setText(texts_words(self._facets.total, self._facets.more))
        self._none.setVisible(not there)
        self._scroll.setVisible(there)
        self._clear.setVisible(bool(self._chosen))
        if self.isVisible():
            self._fit(self.pos())
            self._refocus(at)

    def _put(self, name: str, title: str, counts: Sequence[Count], *, more: bool) -> bool:
        on = [value for where, value in self._chosen if where == name]
        opened = name in self._open
        return self._sections[name].show_values(title, counts, on, more=more, opened=opened)

    def _unfold(self, name: str) -> None:
        self._open.symmetric_difference_update({name})
        self._fill()

    def _rows(self) -> list[FacetRow]:
        return [each for section in self._sections.values() for each in section.shown()]

    def _refocus(self, at: tuple[str, str] | None) -> None:
        rows = self._rows()
        same = [each for each in rows if (each.facet, each.value) == at]
        if same or (rows and at is not None):
            (same or rows)[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, by: int) -> None:
        rows = self._rows()
        focused = self.focusWidget()
        if isinstance(focused, FacetRow) and focused in rows:
            rows[(rows.index(focused) + by) % len(rows)].setFocus(Qt.FocusReason.TabFocusReason)
