"""The list panel: segments, filters and the releases of the desk by month."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from datetime import UTC, datetime

from msgspec.structs import replace
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from pressdesk.base.i18n import _
from pressdesk.gui.empty import EmptyList
from pressdesk.gui.filters import Filters
from pressdesk.gui.icons import icon
from pressdesk.gui.release_delegate import (
    HEAD_HEIGHT,
    ROW_HEIGHT,
    ReleaseDelegate,
    read_aloud,
)
from pressdesk.gui.release_model import Index, ReleaseModel
from pressdesk.press.listing import BucketCounts, Query, ReleaseRow

BROWSE_MS = 180
"""A row reached by the arrows is opened when the keys have rested for so long."""


class ReleasePanel(QFrame):
    """The list at the left.

    In:   ``show_first(rows)``, ``show_keys(keys, months)``, ``take_rows(rows)``,
          ``refresh_rows(rows)``, ``show_counts(counts)``, ``show_query(query)``,
          ``show_opened(id | None)``, ``set_languages(tags)``, ``set_clock(now)``
    Out:  ``opened(id)``          a row was chosen, by mouse or keys;
          ``entered(id)``         Enter or a double click: go and write in it;
          ``filter_changed(Query)``, ``rows_wanted(list[int])``,
          ``cleared()``           everything is to be shown again, the search included;
          ``duplicate_wanted(id)``, ``trash_wanted(id)``, ``reference_wanted(id)``.
    """

    opened = Signal(int)
    entered = Signal(int)
    filter_changed = Signal(object)
    rows_wanted = Signal(object)
    cleared = Signal()
    duplicate_wanted = Signal(int)
    trash_wanted = Signal(int)
    reference_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("releases")
        self._query, self._opened, self._fresh = Query(), 0, True
        self._delegate = ReleaseDelegate(lambda: datetime.now(UTC).astimezone())
        self._model = ReleaseModel(self._speak, self)
        self._filters = Filters()
        self._empty = EmptyList()
        self._view = _View(self._model, self._delegate)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._view)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._filters)
        column.addWidget(self._stack, 1)
        self._browse = QTimer(self)
        self._browse.setSingleShot(True)
        self._browse.setInterval(BROWSE_MS)
        self._tick = QTimer(self)
        self._tick.setInterval(60_000)
        self._connect()

    def _connect(self) -> None:
        self._model.rows_wanted.connect(self.rows_wanted)
        self._filters.changed.connect(self._filtered)
        self._empty.cleared.connect(self._clear)
        self._view.clicked.connect(lambda index: self._choose(index.row()))
        self._view.doubleClicked.connect(lambda index: self._enter(index.row()))
        self._view.moved.connect(self._browse.start)
        self._view.entered_row.connect(self._enter)
        self._view.trash_wanted.connect(lambda row: self._emit(self.trash_wanted, row))
        self._view.customContextMenuRequested.connect(self._menu)
        self._browse.timeout.connect(lambda: self._choose(self._view.currentIndex().row()))
        self._tick.timeout.connect(self._view.viewport().update)
        self._tick.start()

    # --- in

    @Slot(object)
    def show_query(self, query: Query) -> None:
        """What is being asked: the filters show it, and a new question starts at the top."""
        self._fresh = self._fresh or query != self._query
        self._query = query
        self._filters.show_query(query)

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

    @Slot(object)
    def take_rows(self, rows: tuple[ReleaseRow, ...]) -> None:
        """Rows that were wanted."""
        self._model.take_rows(rows)

    @Slot(object)
    def refresh_rows(self, rows: tuple[ReleaseRow, ...]) -> None:
        """Rows that read differently now, at the place they have."""
        self._model.take_rows(rows)

    @Slot(object)
    def show_counts(self, counts: BucketCounts) -> None:
        """The numbers on the segments."""
        self._filters.show_counts(counts)

    @Slot(object)
    def show_opened(self, release_id: int | None) -> None:
        """Mark the release that is on the paper, without opening it again."""
        self._opened = release_id or 0
        self._browse.stop()
        self._mark()

    def set_languages(self, tags: tuple[str, ...]) -> None:
        """The languages the desk works in, for the filter."""
        self._filters.set_languages(tags)

    def set_clock(self, now: Callable[[], datetime]) -> None:
        """The moment in the desk's time zone, for days and embargoes."""
        self._delegate.now = now
        self._view.viewport().update()

    def focus_list(self) -> None:
        """Give the keyboard to the list."""
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def count(self) -> int:
        """How many releases the list holds."""
        return self._model.releases()

    # --- inside

    def _speak(self, row: ReleaseRow) -> str:
        return read_aloud(row, self._delegate.now())

    def _reset(self, show: Callable[[], bool]) -> None:
        before = self._view.verticalScrollBar().value()
        if show():
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
        self._filters.show_query(self._query)
        self.cleared.emit()
        self.filter_changed.emit(self._query)

    def _show_emptiness(self) -> None:
        none = self._model.releases() == 0
        if none:
            self._empty.show_query(self._query)
        self._stack.setCurrentWidget(self._empty if none else self._view)

    def _emit(self, signal: object, row: int) -> None:
        release_id = self._model.id_at(row)
        if release_id is not None:
            signal.emit(release_id)  # type: ignore[attr-defined]  # a bound Signal has emit

    def _choose(self, row: int) -> None:
        release_id = self._model.id_at(row)
        self._browse.stop()
        if release_id is not None and release_id != self._opened:
            self._opened = release_id
            self.opened.emit(release_id)

    def _enter(self, row: int) -> None:
        self._choose(row)
        self._emit(self.entered, row)

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
            ("trash", _("Move to trash"), self.trash_wanted),
        ):
            action = menu.addAction(icon(picture), words)
            action.triggered.connect(lambda _on=False, s=signal: self._emit(s, row))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._view.viewport().mapToGlobal(point))


class _View(QTableView):
    """One column without head or grid; heads of months are lower than rows."""

    moved = Signal()
    entered_row = Signal(int)
    trash_wanted = Signal(int)

    def __init__(self, model: ReleaseModel, delegate: ReleaseDelegate) -> None:
        super().__init__()
        self._heads: list[int] = []
        self._quiet = False
        self.setObjectName("list")
        self.setAccessibleName(_("Releases"))
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(HEAD_HEIGHT)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def fit_heads(self, heads: list[int]) -> None:
        """Make the rows of month heads lower, and those that were heads before high again."""
        for row in set(self._heads).difference(heads):
            self.setRowHeight(row, ROW_HEIGHT)
        for row in heads:
            self.setRowHeight(row, HEAD_HEIGHT)
        self._heads = heads

    def quietly(self, change: Callable[[], None]) -> None:
        """Move the current row without announcing it."""
        self._quiet = True
        change()
        self._quiet = False

    def currentChanged(self, now: Index, before: Index) -> None:
        """Say when keys moved to another row."""
        super().currentChanged(now, before)
        if not self._quiet and self.hasFocus() and now.isValid():
            self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete asks for the trash; letters are not a search here."""
        key, row = event.key(), self.currentIndex().row()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_row.emit(row)
        elif key == Qt.Key.Key_Delete:
            self.trash_wanted.emit(row)
        elif event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)
