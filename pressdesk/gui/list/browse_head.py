"""The head of the list: segments, filters, timeline, active filters, count."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import convert
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.parts import column
from pressdesk.gui.list.active_filters import Active, ActiveFilters
from pressdesk.gui.list.facet_row import value_words
from pressdesk.gui.list.facets_panel import Chosen, FacetsPanel
from pressdesk.gui.list.filters import Filters
from pressdesk.gui.list.month_chart import MonthChart
from pressdesk.gui.list.months import period
from pressdesk.gui.list.result_line import ResultLine
from pressdesk.press.listing import Query
from pressdesk.press.narrowing import Narrowing
from pressdesk.press.query import Dimension, Facets, Filter
from pressdesk.press.states import bucket_of, in_bucket

_MEMBERS = {"state": "bucket", "kind": "kind", "language": "language"}
"""Facets of which the query can take one value, and the member that holds it."""

_ORDER = ("state", "kind", "language", "topic", "place", "speaker", "contact")

TIMELINE = "timeline"
"""What the timeline is called among what is unfolded."""

DAYS, BOOKMARKS = "days", "bookmarks"
"""Keys of the two filters that are not values of a facet."""


class BrowseHead(QWidget):
    """Everything by which the list is narrowed; knows what is chosen, not what is found.

    In:   ``show_query(query)``, ``show_narrowing(narrowing)``, ``show_facets(facets)``,
          ``show_searching(bool)``; ``filters``, ``facets`` and ``result`` are told directly
          what only they show.
    Out:  ``changed(Query)`` segment, kind or language; ``narrowed(Narrowing, Query)`` what is
          chosen beside them, and with it perhaps they, too;
          ``cleared()`` take everything off but what is searched; ``sorted(sort)``
    """

    changed = Signal(object)
    narrowed = Signal(object, object)
    cleared = Signal()
    sorted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._query, self._narrowing = Query(), Narrowing()
        self._searching = False
        self.filters, self.chart = Filters(), MonthChart()
        self.active, self.result = ActiveFilters(), ResultLine()
        self.facets = FacetsPanel(self)
        self.setLayout(column(self.filters, self.chart, self.active, self.result, gap=6))
        self.chart.hide()
        self.result.hide()
        self.filters.changed.connect(self._filtered)
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
        self.chart.show_days(narrowing.days)
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

    def show_unfolded(self, names: Collection[str]) -> None:
        """What was left unfolded the last time, as ``unfolded`` gave it."""
        self.chart.set_tall(TIMELINE in names)
        self.facets.show_unfolded(names)

    def unfolded(self) -> tuple[str, ...]:
        """What is unfolded: the timeline, and facets by their names."""
        return (*((TIMELINE,) if self.chart.tall else ()), *self.facets.unfolded())

    @Slot()
    def open_facets(self) -> None:
        """Open the panel beside the list, which then shows what the filters do."""
        corner = self.filters.mapToGlobal(QPoint(self.filters.width() + 4, 0))
        self.facets.open_at(corner)

    def words(self) -> tuple[str, ...]:
        """What is chosen beside segment, kind and language, in words: values of one facet
        together, as any of them will do."""
        of: dict[str, list[str]] = {}
        for each in self._active():
            of.setdefault(each.group, []).append(each.words)
        return tuple(_(" or ").join(several) for several in of.values())

    # --- inside

    def _active(self) -> tuple[Active, ...]:
        shown = self._narrowing
        found = sorted(shown.filters, key=lambda part: _ORDER.index(part.dimension))
        made = [
            Active(f"{name}:{value}", value_words(name, value), name)
            for name, value in ((part.dimension, part.value) for part in found)
        ]
        made += [
            Active(f"{DAYS}:{place}", period(days.first, days.last), DAYS)
            for place, days in enumerate(shown.days)
        ]
        if shown.bookmarked:
            made.append(Active(BOOKMARKS, _("Bookmarks"), BOOKMARKS))
        return tuple(made)

    def _show_chosen(self) -> None:
        query, shown = self._query, self._narrowing
        on: set[tuple[str, str]] = {(part.dimension, part.value) for part in shown.filters}
        on |= {(name, value) for name in _MEMBERS for value in self._picked(name)}
        on |= {("year", str(d.first.year)) for d in shown.days if shown.in_year(d.first.year)}
        if shown.bookmarked:
            on.add((BOOKMARKS, ""))
        active = self._active()
        apart = len(active) + bool(query.kind) + bool(query.language)
        self.filters.show_several(
            **{member: shown.of(name) for name, member in _MEMBERS.items() if shown.of(name)}
        )
        self.facets.show_chosen(Chosen(on))
        self.active.show_active(active, apart > 0)
        self.filters.show_active(len(active))

    def _picked(self, name: str) -> tuple[str, ...]:
        """The values chosen of kind, language or state: one of them is in the query."""
        said = str(getattr(self._query, _MEMBERS[name]))
        picked = in_bucket(said) if name == "state" else (said,) if said else ()
        return picked or self._narrowing.of(name)

    def _filtered(self, query: Query, member: str) -> None:
        """A segment or a chip: in place of all that was chosen of it in the panel."""
        name = next(name for name, each in _MEMBERS.items() if each == member)
        narrowing = self._narrowing.choosing(name)
        if narrowing != self._narrowing:
            self._put(narrowing, query)
        else:
            self._query = query
            self._show_chosen()
            self.changed.emit(query)

    def _toggled(self, name: str, value: str) -> None:
        if name in _MEMBERS:
            self._pick(name, value)
        elif name == "year":
            self._put(self._narrowing.year_toggled(int(value)))
        elif name == BOOKMARKS:
            self._put(replace(self._narrowing, bookmarked=not self._narrowing.bookmarked))
        else:
            self._put(self._narrowing.toggled(_filter(name, value)))

    def _pick(self, name: str, value: str) -> None:
        """One value is the query's, whose list needs no search; several are a search."""
        now = self._picked(name)
        picked = tuple(v for v in now if v != value) if value in now else (*now, value)
        one = picked[0] if len(picked) == 1 else ""
        if name == "state":
            one = bucket_of(one) or "all"
        query = replace(self._query, **{_MEMBERS[name]: one})
        alone = one and one != "all"  # the query says it; else it is a search
        several = [] if alone else [_filter(name, v) for v in picked]
        narrowing = self._narrowing.choosing(name, several)
        if narrowing != self._narrowing:
            self._put(narrowing, query)
        else:
            self.filters.change(**{_MEMBERS[name]: one})

    def _removed(self, key: str) -> None:
        shown = self._narrowing
        name, _colon, value = key.partition(":")
        if name == DAYS:
            kept = [days for place, days in enumerate(shown.days) if str(place) != value]
            self._put(replace(shown, days=tuple(kept)))
        else:
            self._toggled(name, value)

    def _put(self, narrowing: Narrowing, query: Query | None = None) -> None:
        query = self._query if query is None else query
        if (narrowing, query) != (self._narrowing, self._query):
            self._query = query
            self.show_narrowing(narrowing)
            self.filters.show_query(query)
            self.narrowed.emit(narrowing, query)


def _filter(name: str, value: str) -> Filter:
    return Filter(convert(name, Dimension), value)
