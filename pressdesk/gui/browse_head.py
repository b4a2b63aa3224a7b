"""What stands over the list: segments, filters, the timeline, what is active, the count."""

from __future__ import annotations

from datetime import date

from msgspec import convert
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.active_filters import Active, ActiveFilters
from pressdesk.gui.facets_panel import Chosen, FacetsPanel, value_words
from pressdesk.gui.filters import Filters
from pressdesk.gui.month_chart import MonthChart
from pressdesk.gui.months import period
from pressdesk.gui.result_line import ResultLine
from pressdesk.press.listing import BucketCounts, Query
from pressdesk.press.narrowing import Narrowing
from pressdesk.press.searching import Dimension, Facets, Filter, Sort

_STATES = {"drafts": "draft", "issued": "issued", "embargo": "embargo"}

DAYS, BOOKMARKS = "days", "bookmarks"
"""Keys of the two filters that are not values of a facet."""


class BrowseHead(QWidget):
    """Everything by which the list is narrowed; knows what is chosen, not what is found.

    In:   ``show_query(query)``, ``show_counts(counts)``, ``set_languages(tags)``,
          ``show_narrowing(narrowing)``, ``show_bookmarks(number)``, ``show_facets(facets)``,
          ``show_searching(bool)``, ``show_sort(sort)``, ``show_looked(number, back_to, going)``
    Out:  ``changed(Query)`` segment, kind or language; ``narrowed(Narrowing)``;
          ``cleared()`` take everything off but what is searched; ``sorted(sort)``
    """

    changed = Signal(object)
    narrowed = Signal(object)
    cleared = Signal()
    sorted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._query, self._narrowing = Query(), Narrowing()
        self._searching = False
        self.filters, self.chart = Filters(), MonthChart()
        self.active, self.result = ActiveFilters(), ResultLine()
        self.facets = FacetsPanel(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.filters, self.chart, self.active, self.result):
            column.addWidget(widget)
        self.chart.hide()
        self.result.hide()
        self.filters.changed.connect(self.changed)
        self.filters.facets_wanted.connect(self.open_facets)
        self.facets.toggled.connect(self._toggled)
        self.facets.cleared.connect(self.cleared)
        self.active.removed.connect(self._removed)
        self.active.cleared.connect(self.cleared)
        self.chart.range_chosen.connect(lambda a, b: self._put(self._narrowing.between(a, b)))
        self.chart.range_cleared.connect(lambda: self._put(self._narrowing.between(None, None)))
        self.result.sorted.connect(self.sorted)

    # --- in

    @Slot(object)
    def show_query(self, query: Query) -> None:
        """Segment, kind and language."""
        self._query = query
        self.filters.show_query(query)
        self._show_chosen()

    @Slot(object)
    def show_narrowing(self, narrowing: Narrowing) -> None:
        """What is chosen beside them."""
        self._narrowing = narrowing
        self.chart.show_range(narrowing.since, narrowing.until)
        self._show_chosen()

    @Slot(object)
    def show_facets(self, facets: Facets) -> None:
        """What the answers have in common, in the panel and as a timeline."""
        self.facets.show_facets(facets)
        self.chart.show_months(facets.months)
        self.chart.setVisible(bool(facets.months))
        self.result.show_count(facets.total, facets.more)

    def show_searching(self, on: bool) -> None:
        """Whether there is a line about hits at all."""
        self._searching = on
        self.result.setVisible(on)

    def show_counts(self, counts: BucketCounts) -> None:
        """The numbers on the segments."""
        self.filters.show_counts(counts)

    def set_languages(self, tags: tuple[str, ...]) -> None:
        """The languages the menu offers."""
        self.filters.set_languages(tags)

    def show_bookmarks(self, number: int) -> None:
        """How many bookmarks there are to narrow by."""
        self.facets.show_bookmarks(number)

    def show_sort(self, sort: Sort) -> None:
        """The order of hits."""
        self.result.show_sort(sort)

    def show_looked(self, number: int, back_to: date | None, going: bool) -> None:
        """How far an exact phrase was looked for."""
        self.result.show_looked(number, back_to, going)

    @Slot()
    def open_facets(self) -> None:
        """Open the panel beside the list, which goes on to show what the filters do."""
        corner = self.filters.mapToGlobal(QPoint(self.filters.width() + 4, 0))
        self.facets.open_at(corner)

    def words(self) -> tuple[str, ...]:
        """What is chosen beside segment, kind and language, in words."""
        return tuple(each.words for each in self._active())

    # --- inside

    def _active(self) -> tuple[Active, ...]:
        shown = self._narrowing
        made = [
            Active(f"{part.dimension}:{part.value}", value_words(part.dimension, part.value))
            for part in shown.filters
        ]
        if shown.since is not None or shown.until is not None:
            made.append(Active(DAYS, period(shown.since, shown.until)))
        if shown.bookmarked:
            made.append(Active(BOOKMARKS, _("Bookmarks")))
        return tuple(made)

    def _show_chosen(self) -> None:
        query, shown = self._query, self._narrowing
        on: set[tuple[str, str]] = {(part.dimension, part.value) for part in shown.filters}
        on |= {
            (name, value)
            for name, value in (
                ("kind", query.kind),
                ("language", query.language),
                ("state", _STATES.get(query.bucket, "")),
            )
            if value
        }
        if shown.since is not None and shown.in_year(shown.since.year):
            on.add(("year", str(shown.since.year)))
        if shown.bookmarked:
            on.add((BOOKMARKS, ""))
        active = self._active()
        apart = len(active) + bool(query.kind) + bool(query.language)
        self.facets.show_chosen(Chosen(on))
        self.active.show_active(active, apart > 0)
        self.filters.show_active(len(active))

    def _toggled(self, name: str, value: str) -> None:
        query = self._query
        if name in ("kind", "language"):
            now = "" if getattr(query, name) == value else value
            self.filters.change(**{name: now})
        elif name == "state":
            bucket = next(b for b, state in _STATES.items() if state == value)
            self.filters.change(bucket="all" if query.bucket == bucket else bucket)
        elif name == "year":
            self._year(int(value))
        elif name == BOOKMARKS:
            self._put(replace(self._narrowing, bookmarked=not self._narrowing.bookmarked))
        else:
            self._put(self._narrowing.toggled(_filter(name, value)))

    def _year(self, year: int) -> None:
        if self._narrowing.in_year(year):
            self._put(self._narrowing.between(None, None))
        else:
            self._put(self._narrowing.between(date(year, 1, 1), date(year, 12, 31)))

    def _removed(self, key: str) -> None:
        shown = self._narrowing
        if key == DAYS:
            self._put(shown.between(None, None))
        elif key == BOOKMARKS:
            self._put(replace(shown, bookmarked=False))
        else:
            name, value = key.split(":", 1)
            self._put(shown.toggled(_filter(name, value)))

    def _put(self, narrowing: Narrowing) -> None:
        if narrowing != self._narrowing:
            self.show_narrowing(narrowing)
            self.narrowed.emit(narrowing)


def _filter(name: str, value: str) -> Filter:
    return Filter(convert(name, Dimension), value)
