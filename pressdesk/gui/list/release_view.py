"""The list view: one column of rows, month headings, keys, bookmark stars."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from pressdesk.base.i18n import _
from pressdesk.gui.kit.painting import HEAD_HEIGHT
from pressdesk.gui.list.release_delegate import (
    FOUND_HEIGHT,
    ROW_HEIGHT,
    ReleaseDelegate,
    star_place,
)
from pressdesk.gui.list.release_model import Index, ReleaseModel

NEAR = 1200
"""Pixels above its end at which a list asks for what comes below."""


class ReleaseView(QTableView):
    """One column without head or grid; heads of months are lower than rows.

    Out:  ``moved()`` keys went to another row; ``entered_row(row)``, ``trash_wanted(row)``,
          ``star_pressed(row)``; ``near_end()`` what lies below will soon be seen.
    """

    moved = Signal()
    entered_row = Signal(int)
    trash_wanted = Signal(int)
    star_pressed = Signal(int)
    near_end = Signal()

    def __init__(self, model: ReleaseModel, delegate: ReleaseDelegate) -> None:
        super().__init__()
        self._heads: list[int] = []
        self._high = ROW_HEIGHT
        self._quiet = False
        self._delegate = delegate
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
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def fit_heads(self, heads: list[int]) -> None:
        """Make the rows of month heads lower, and those that were heads before high again."""
        for row in set(self._heads).difference(heads):
            self.setRowHeight(row, self._high)
        for row in heads:
            self.setRowHeight(row, HEAD_HEIGHT)
        self._heads = heads

    def set_snippets(self, on: bool) -> None:
        """Give rows room for a snippet, or take it back."""
        high = FOUND_HEIGHT if on else ROW_HEIGHT
        self._delegate.snippets = on
        if high != self._high:
            # The default holds for rows nobody sized; those of old heads are sized anew.
            there = self.model().rowCount()
            self._high, heads = high, [row for row in self._heads if row < there]
            self._heads = heads
            self.verticalHeader().setDefaultSectionSize(high)
            self.fit_heads([])
            self.fit_heads(heads)

    def _scrolled(self, value: int) -> None:
        if value > self.verticalScrollBar().maximum() - NEAR:
            self.near_end.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the star is a bookmark, not a choice."""
        if self._star_at(event) is None:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The star of a row was pressed."""
        row = self._star_at(event)
        if row is None:
            super().mouseReleaseEvent(event)
        else:
            self.star_pressed.emit(row)

    def _star_at(self, event: QMouseEvent) -> int | None:
        point = event.position().toPoint()
        index = self.indexAt(point)
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return None
        head = not index.flags() & Qt.ItemFlag.ItemIsEnabled
        inside = star_place(self.visualRect(index)).contains(point)
        return index.row() if inside and not head else None

    def first(self) -> QModelIndex:
        """The first row that can be chosen; invalid in an empty list."""
        return self._near(0, 1)

    def _near(self, row: int, step: int) -> QModelIndex:
        """The nearest row from ``row`` on that can be chosen, in steps of 1 or -1."""
        model = self.model()
        while 0 <= row < model.rowCount():
            here = model.index(row, 0)
            if here.flags() & Qt.ItemFlag.ItemIsEnabled:
                return here
            row += step
        return QModelIndex()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End are those of the list; without a row to begin from, it is the first.

        Qt's own way begins at the head of a month, where nobody can be, and takes Home and End
        for the two ends of a row.
        """
        moves, last = QAbstractItemView.CursorAction, self.model().rowCount() - 1
        if action in (moves.MoveNext, moves.MovePrevious):
            return QModelIndex()  # asked when the keyboard comes: that alone chooses nothing
        if action == moves.MoveHome or not self.currentIndex().isValid():
            return self.first() if action != moves.MoveEnd else self._near(last, -1)
        if action == moves.MoveEnd:
            return self._near(last, -1)
        there = super().moveCursor(action, modifiers)
        if not there.isValid() or there.flags() & Qt.ItemFlag.ItemIsEnabled:
            return there
        # A page further lies a month's head, perhaps: the row beside it is meant.
        step = -1 if there.row() < self.currentIndex().row() else 1
        near = self._near(there.row(), step)
        return near if near.isValid() else self._near(there.row(), -step)

    def quietly(self, change: Callable[[], None]) -> None:
        """Move the current row without announcing it."""
        self._quiet = True
        change()
        self._quiet = False

    def currentChanged(self, now: Index, before: Index) -> None:
        """Signal that the keyboard moved to another row."""
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
