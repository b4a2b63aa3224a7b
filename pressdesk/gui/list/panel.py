"""The list pane: segments, filters and the releases of the desk by month."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from msgspec.structs import replace
from PySide6.QtCore import (
    QItemSelectionModel,
    QPoint,
    Qt,
    QTimer,
    Signal,
    SignalInstance,
    Slot,
)
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QMenu, QStackedWidget, QWidget

from pressdesk.base.i18n import _
from pressdesk.desk.searching import FoundRelease
from pressdesk.gui.frame.empty import EmptyList
from pressdesk.gui.kit.icons import icon
from pressdesk.gui.kit.parts import column, pause
from pressdesk.gui.list.browse_head import BrowseHead
from pressdesk.gui.list.release_delegate import ReleaseDelegate, read_aloud
from pressdesk.gui.list.release_model import ReleaseModel
from pressdesk.gui.list.release_view import ReleaseView
from pressdesk.press.listing import BucketCounts, Query, ReleaseRow
from pressdesk.press.query import Snippet

BROWSE_MS = 180
"""A row reached by the arrows is opened when the keys have rested for so long."""


class ReleasePanel(QFrame):
    """The list at the left.

    In:   ``show_first(rows)``, ``show_keys(keys, months)``, ``take_rows(rows)``,
          ``show_counts(counts)``, ``show_query(query)``,
          ``show_opened(id | None)``, ``set_languages(tags)``, ``set_clock(now)``
          for a search ``show_found(answer, months)``, ``add_found(answer)``,
          ``take_snippets(snippets)``, ``show_correction(text)``, ``show_bookmarks(ids)``;
          ``head`` holds what stands over the list and is talked to directly.
    Out:  ``opened(id)``          a row was chosen, by mouse or keys;
          ``entered(id)``         Enter or a double click: go and write in it;
          ``filter_changed(Query)``, ``rows_wanted(list[int])``,
          ``cleared()``           everything is to be shown again, the search included;
          ``unfiltered(Query)``   no filter is wanted any more, what is searched stays;
          ``more_wanted()``       the end of the hits will soon be seen;
          ``snippets_wanted(list[int])``, ``corrected(text)``, ``bookmark_wanted(id)``,
          ``duplicate_wanted(id)``, ``trash_wanted(id)``, ``reference_wanted(id)``.
    """

    opened = Signal(int)
    entered = Signal(int)
    filter_changed = Signal(object)
    rows_wanted = Signal(object)
    cleared = Signal()
    unfiltered = Signal(object)
    more_wanted = Signal()
    snippets_wanted = Signal(object)
    corrected = Signal(str)
    bookmark_wanted = Signal(int)
    duplicate_wanted = Signal(int)
    trash_wanted = Signal(int)
    reference_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("releases")
        self._query, self._opened, self._fresh = Query(), 0, True
        self._reading = False
        self._beginning: QWidget | None = None
        """What had the keyboard when the first of the list was asked for."""
        self._delegate = ReleaseDelegate(lambda: datetime.now(UTC).astimezone())
        self._model = ReleaseModel(self._speak, self)
        self.head = BrowseHead()
        self._empty = EmptyList()
        self._view = ReleaseView(self._model, self._delegate)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._view)
        self._stack.addWidget(self._empty)
        around = (0, 12, 0, 0)
        self.setLayout(column(self.head, self._stack, gap=6, around=around, fill=self._stack))
        self._browse = pause(self, BROWSE_MS, lambda: self._choose(self._view.currentIndex().row()))
        self._tick = QTimer(self)
        self._tick.setInterval(60_000)
        self._connect()

    def _connect(self) -> None:
        self._model.rows_wanted.connect(self.rows_wanted)
        self.head.changed.connect(self._filtered)
        self.head.cleared.connect(self._unfilter)
        self._model.snippets_wanted.connect(self.snippets_wanted)
        self._empty.corrected.connect(self.corrected)
        self._view.near_end.connect(self.more_wanted)
        self._view.star_pressed.connect(lambda row: self._emit(self.bookmark_wanted, row))
        self._empty.cleared.connect(self._clear)
        self._view.clicked.connect(lambda index: self._choose(index.row()))
        self._view.doubleClicked.connect(lambda index: self._enter(index.row()))
        self._view.moved.connect(self._browse.start)
        self._view.entered_row.connect(self._enter)
        self._view.trash_wanted.connect(self._trash)
        self._view.customContextMenuRequested.connect(self._menu)
        self._tick.timeout.connect(self._view.viewport().update)
        self._tick.start()

    # --- in

    @Slot(object)
    def show_query(self, query: Query) -> None:
        """What is being asked: the filters show it, and a new question starts at the top."""
        self._fresh = self._fresh or query != self._query
        self._query = query
        self.head.show_query(query)

    @Slot(object)
    def show_first(self, rows: tuple[ReleaseRow, ...]) -> None:
        """The first rows, at once; those of the same question only refresh what is shown."""
        if self._fresh:
            self._reset(lambda: self._model.show_first(rows))
            self._view.scrollToTop()
        else:
            self._model.take_rows(rows)

    @Slot(object, object)
    def show_keys(self, keys: array[int], months: array[int]) -> None:
        """The whole list: ids in order and year * 12 + month of each. Keeps place and choice."""
        self._fresh = False
        self._reset(lambda: self._model.show_keys(keys, months))
        self._show_emptiness()
        self._begin()

    @Slot(object)
    def take_rows(self, rows: tuple[ReleaseRow, ...]) -> None:
        """Rows that were wanted, or that read differently now, at the place they have."""
        self._model.take_rows(rows)

    def show_found(self, found: Sequence[FoundRelease], *, months: bool, snippets: bool) -> None:
        """Hits of a search; those of the same question only refresh what is shown."""
        fresh, self._fresh = self._fresh, False
        self._reset(lambda: self._model.show_found(found, months=months), snippets=snippets)
        if fresh:
            self._view.scrollToTop()
        self._show_emptiness()
        self._begin()

    def add_found(self, found: Sequence[FoundRelease]) -> None:
        """Hits below those that are shown."""
        if self._model.add_found(found):
            self._view.fit_heads(self._model.heads())
            self._mark()
            self._show_emptiness()
            self._begin()

    def take_snippets(self, snippets: Mapping[int, Snippet]) -> None:
        """Pieces of texts that were wanted."""
        self._model.take_snippets(snippets)

    def show_correction(self, text: str) -> None:
        """What may have been meant by a search that found nothing."""
        self._empty.show_correction(text)

    def show_looking(self, on: bool) -> None:
        """Show whether a search is still looking for more results."""
        self._empty.show_looking(on)
        self._show_emptiness()

    def show_preparing(self, text: str) -> None:
        """How far the index of the search is; "" when it is whole."""
        self._empty.show_preparing(text)

    def show_bookmarks(self, ids: frozenset[int]) -> None:
        """The releases with a bookmark."""
        self._model.show_bookmarks(ids)
        self.head.facets.show_bookmarks(len(ids))

    def ask_anew(self) -> None:
        """The next results belong to another query: scroll to the top."""
        self._fresh = True

    @Slot(object)
    def show_counts(self, counts: BucketCounts) -> None:
        """The numbers on the segments."""
        self.head.filters.show_counts(counts)

    @Slot(object)
    def show_opened(self, release_id: int | None) -> None:
        """Mark the release that is on the paper, without opening it again."""
        self._opened = release_id or 0
        self._browse.stop()
        self._mark()

    def set_languages(self, tags: tuple[str, ...]) -> None:
        """The languages the desk works in, for the filter."""
        self.head.filters.set_languages(tags)

    def set_clock(self, now: Callable[[], datetime]) -> None:
        """The moment in the desk's time zone, for days and embargoes."""
        self._delegate.now = now
        self._view.viewport().update()

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Whoever comes here wants the list. No focus proxy: Tab would jump over its head."""
        self.focus_list()

    def focus_list(self) -> None:
        """Give the keyboard to the list."""
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def begin_list(self) -> None:
        """Open the first of the list and give it the keyboard, as soon as there is one.

        An answer may be awaited: whoever goes elsewhere meanwhile is not called back.
        """
        self._beginning = self.window().focusWidget()
        self._begin()

    def stay(self) -> None:
        """Keep the keyboard focus where it is: another query follows."""
        self._beginning = None

    def _begin(self) -> None:
        first = self._view.first()
        if self._beginning is None or self._fresh or not first.isValid():
            return
        here = self._beginning is self.window().focusWidget()
        self._beginning = None
        if here:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            chosen = self._view.selectionModel()
            self._view.quietly(lambda: chosen.setCurrentIndex(first, flag))
            self.focus_list()
            self._choose(first.row())

    def count(self) -> int:
        """How many releases the list holds."""
        return self._model.releases()

    # --- inside

    def _speak(self, row: ReleaseRow) -> str:
        return read_aloud(row, self._delegate.now())

    def _reset(self, show: Callable[[], bool], *, snippets: bool = False) -> None:
        before = self._view.verticalScrollBar().value()
        changed = show()
        # Only now: rows that have gone are not made higher or lower first.
        self._view.set_snippets(snippets)
        if changed:
            self._view.fit_heads(self._model.heads())
            self._mark()
            self._view.verticalScrollBar().setValue(before)

    def _mark(self) -> None:
        """Select the opened release where the list holds it; say nothing."""
        place = self._model.place(self._opened)
        chosen = self._view.selectionModel()
        if place is None:
            chosen.clearSelection()
            return
        here = self._model.index(place, 0)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        if not chosen.isSelected(here) or chosen.currentIndex() != here:
            self._view.quietly(lambda: chosen.setCurrentIndex(here, flag))

    def _filtered(self, query: Query) -> None:
        self._query = replace(query, text=self._query.text)
        self._fresh = True
        self.filter_changed.emit(self._query)

    def _clear(self) -> None:
        self._query, self._fresh = Query(), True
        self.head.show_query(self._query)
        self.cleared.emit()
        self.filter_changed.emit(self._query)

    def _unfilter(self) -> None:
        """Take off every filter, but not what is searched, and not the segment."""
        self._query = replace(self._query, kind="", language="")
        self._fresh = True
        self.head.show_query(self._query)
        self.unfiltered.emit(self._query)

    def _show_emptiness(self) -> None:
        none = self._model.releases() == 0
        if none:
            self._empty.show_query(self._query, self.head.words())
        self._stack.setCurrentWidget(self._empty if none else self._view)

    def _emit(self, signal: SignalInstance, row: int) -> None:
        release_id = self._model.id_at(row)
        if release_id is not None:
            signal.emit(release_id)

    def _choose(self, row: int) -> None:
        release_id = self._model.id_at(row)
        self._browse.stop()
        if release_id is not None and release_id != self._opened:
            self._opened = release_id
            self.opened.emit(release_id)

    def _enter(self, row: int) -> None:
        self._choose(row)
        self._emit(self.entered, row)

    def _star_words(self, row: int) -> tuple[str, str]:
        release_id = self._model.id_at(row) or 0
        if self._model.bookmarked(release_id):
            return "star-on", _("Remove bookmark")
        return "star", _("Bookmark")

    def set_reading(self, reading: bool, *, only_out: bool = False) -> None:
        """Hide duplicating and deleting, for reading mode.

        only_out  drafts and embargoed items are not there at all
        """
        self._reading = reading
        self.head.filters.show_segments(not only_out)

    def _trash(self, row: int) -> None:
        if not self._reading:
            self._emit(self.trash_wanted, row)

    def _menu(self, point: QPoint) -> None:
        row = self._view.indexAt(point).row()
        if self._model.id_at(row) is None:
            return
        menu = QMenu(self)
        menu.setObjectName("rowmenu")
        for picture, words, signal in (
            ("edit", _("Open"), self.entered),
            ("copy", _("Duplicate as new"), self.duplicate_wanted),
            ("link", _("Copy reference"), self.reference_wanted),
            (*self._star_words(row), self.bookmark_wanted),
            ("trash", _("Move to trash"), self.trash_wanted),
        ):
            if self._reading and signal in (self.duplicate_wanted, self.trash_wanted):
                continue
            action = menu.addAction(icon(picture), words)
            action.triggered.connect(lambda _on=False, s=signal: self._emit(s, row))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._view.viewport().mapToGlobal(point))
