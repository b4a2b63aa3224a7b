"""The list model: ids and months of all releases, and a window of loaded rows."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)

from pressdesk.desk.searching import FoundRelease
from pressdesk.gui.kit import words
from pressdesk.gui.kit.parts import pause
from pressdesk.press.listing import ReleaseRow
from pressdesk.press.query import Snippet

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The ReleaseRow of a row, None for a month head or for one not read yet."""

MONTH_ROLE = ROW_ROLE + 1
"""The words of a month head, "" for a release."""

FOUND_ROLE = MONTH_ROLE + 1
"""The Found of a row, None where nothing is sought."""

SNIPPET_ROLE = FOUND_ROLE + 1
"""The Snippet of a row, None where there is none or it has not come yet."""

BOOKMARK_ROLE = SNIPPET_ROLE + 1
"""True for a release with a bookmark."""

KEPT_ROWS, BLOCK = 3000, 48


class ReleaseModel(QAbstractTableModel):
    """One column: month heads and, below each, its releases.

    In:   ``show_first``, ``show_keys``, ``take_rows``; for a search
          ``show_found(found, months)``, ``add_found(found)``, ``take_snippets(snippets)``;
          ``show_bookmarks(ids)``
    Out:  ``rows_wanted(list[int])``  ids about to be painted that nobody has read yet;
          ``snippets_wanted(list[int])``  editions about to be painted without their snippet.
    Holds 8 bytes for each release and the last few thousand rows that were looked at.
    """

    rows_wanted = Signal(object)
    snippets_wanted = Signal(object)

    def __init__(self, speak: Callable[[ReleaseRow], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speak = speak
        self._cells: array[int] = array("q")
        """Ids of releases; a month head is the negative of year * 12 + month."""
        self._places: dict[int, int] = {}
        self._count = 0
        self._known: OrderedDict[int, ReleaseRow] = OrderedDict()
        self._asked: set[int] = set()
        self._missing: set[int] = set()
        self._found: dict[int, FoundRelease] = {}
        self._months = True
        self._snippets: dict[int, Snippet] = {}
        self._bare: set[int] = set()
        """Editions whose snippet was asked for; the fresh ones are about to be."""
        self._fresh: set[int] = set()
        self._marked: frozenset[int] = frozenset()
        self._ask = pause(self, 0, self._want)

    # --- in

    def show_first(self, rows: tuple[ReleaseRow, ...]) -> bool:
        """Show the first rows before the whole list is known."""
        keys = array("q", [row.id for row in rows])
        months = array("q", [_month(row) for row in rows])
        self.take_rows(rows)  # they may be there already, and read differently now
        return self.show_keys(keys, months)

    def show_keys(self, keys: array[int], months: array[int]) -> bool:
        """Show the whole list: ids in order and, for each, year * 12 + month.

        False when it is the list that is shown already.
        """
        cells, begun = array("q"), 0
        while begun < len(keys):
            # Newest first: a month ends where a lower one begins. No key is ever left out.
            end = bisect_right(months, -months[begun], begun + 1, key=lambda month: -month)
            cells.append(-months[begun])
            cells.extend(keys[begun:end])
            begun = end
        self._found = {}
        return self._show(cells, len(keys))

    def _show(self, cells: array[int], count: int) -> bool:
        self._asked.clear()
        if not cells:  # of another desk the same number is another release
            self._known.clear()
        if cells == self._cells:
            return False
        self.beginResetModel()
        self._cells, self._count = cells, count
        self._places = {cell: row for row, cell in enumerate(cells) if cell > 0}
        self.endResetModel()
        return True

    @Slot(object)
    def take_rows(self, rows: tuple[ReleaseRow, ...]) -> None:
        """Fill in rows that were wanted, or that read differently now."""
        self._remember(rows)
        self._asked.difference_update(row.id for row in rows)
        self._repaint(self._places[row.id] for row in rows if row.id in self._places)

    # --- hits of a search

    def show_found(self, found: Sequence[FoundRelease], *, months: bool) -> bool:
        """Show hits, under heads of months where they are in the order of days."""
        self._months = months
        self._snippets.clear()
        self._bare.clear()
        self._found = {}
        cells = self._cells_of(found, 0)
        if self._show(cells, len(self._found)):
            return True
        self._repaint(range(len(cells)))
        return False

    def add_found(self, found: Sequence[FoundRelease]) -> bool:
        """Show more hits below; a release that is there already is not shown again."""
        begun = len(self._cells)
        cells = self._cells_of(found, self._last_month())
        if not cells:
            return False
        self.beginInsertRows(QModelIndex(), begun, begun + len(cells) - 1)
        self._cells.extend(cells)
        self._count = len(self._found)
        self._places.update((cell, begun + n) for n, cell in enumerate(cells) if cell > 0)
        self.endInsertRows()
        return True

    def take_snippets(self, snippets: Mapping[int, Snippet]) -> None:
        """Pieces of texts that were wanted, by edition."""
        self._snippets.update(snippets)
        self._bare.difference_update(snippets)
        self._repaint(
            place
            for release_id, each in self._found.items()
            if each.edition_id in snippets and (place := self._places.get(release_id)) is not None
        )

    def show_bookmarks(self, ids: frozenset[int]) -> None:
        """The releases that have a bookmark."""
        changed = self._marked ^ ids
        self._marked = ids
        self._repaint(self._places[each] for each in changed if each in self._places)

    def bookmarked(self, release_id: int) -> bool:
        """True when the release has a bookmark."""
        return release_id in self._marked

    def _cells_of(self, found: Sequence[FoundRelease], month: int) -> array[int]:
        cells = array("q")
        for each in found:
            if each.row.id in self._found:
                continue
            if self._months and _month(each.row) != month:
                month = _month(each.row)
                cells.append(-month)
            cells.append(each.row.id)
            self._found[each.row.id] = each
        return cells

    def _last_month(self) -> int:
        return next((-cell for cell in reversed(self._cells) if cell < 0), 0)

    def _repaint(self, places: Iterable[int]) -> None:
        for place in places:
            here = self.index(place, 0)
            self.dataChanged.emit(here, here)

    def _snippet(self, cell: int) -> Snippet | None:
        found = self._found.get(cell)
        if found is None:
            return None
        edition_id = found.edition_id
        if edition_id not in self._snippets and edition_id not in self._bare:
            self._bare.add(edition_id)
            self._fresh.add(edition_id)
            self._ask.start()
        return self._snippets.get(edition_id)

    # --- what the view asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Heads and releases."""
        return 0 if parent.isValid() else len(self._cells)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """One."""
        return 0 if parent.isValid() else 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads can be neither chosen nor reached by keys."""
        if self.id_at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The value of a row, asking for it when it is not here yet."""
        row = index.row()
        if not 0 <= row < len(self._cells):
            return None
        cell = self._cells[row]
        if role == MONTH_ROLE:
            return _month_words(cell) if cell < 0 else ""
        if role == ROW_ROLE:
            return None if cell < 0 else self._row(cell)
        if role == FOUND_ROLE:
            return self._found.get(cell)
        if role == SNIPPET_ROLE:
            return self._snippet(cell)
        if role == BOOKMARK_ROLE:
            return cell in self._marked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._read_aloud(cell)
        return None

    def id_at(self, row: int) -> int | None:
        """The release in a row, None for a month head or outside the list."""
        if not 0 <= row < len(self._cells) or self._cells[row] < 0:
            return None
        return self._cells[row]

    def place(self, release_id: int) -> int | None:
        """The row a release is in, None when the list does not hold it."""
        return self._places.get(release_id)

    def heads(self) -> list[int]:
        """The rows that are month heads."""
        return [row for row, cell in enumerate(self._cells) if cell < 0]

    def releases(self) -> int:
        """How many releases the list holds."""
        return self._count

    # --- the window of rows

    def _row(self, release_id: int) -> ReleaseRow | None:
        found = self._found.get(release_id)
        row = found.row if found is not None else self._known.get(release_id)
        if row is None:
            self._missing.add(release_id)
            if not self._ask.isActive():
                self._ask.start()
        return row

    def _want(self) -> None:
        """Ask for the missing rows with their neighbours, once, and for missing snippets."""
        if self._fresh:
            fresh, self._fresh = sorted(self._fresh), set()
            self.snippets_wanted.emit(fresh)
        wanted: dict[int, None] = {}
        for release_id in sorted(self._missing, key=lambda key: self._places.get(key, 0)):
            place = self._places.get(release_id)
            if place is None or release_id in self._asked:
                continue
            for cell in self._cells[max(0, place - BLOCK // 2) : place + BLOCK]:
                if cell > 0 and cell not in self._known and cell not in self._asked:
                    wanted[cell] = None
                    self._asked.add(cell)
        self._missing.clear()
        if wanted:
            self.rows_wanted.emit(list(wanted))

    def _remember(self, rows: tuple[ReleaseRow, ...]) -> None:
        for row in rows:
            self._known[row.id] = row
            self._known.move_to_end(row.id)
        while len(self._known) > KEPT_ROWS:
            self._known.popitem(last=False)

    def _read_aloud(self, cell: int) -> str:
        if cell < 0:
            return _month_words(cell)
        row = self._row(cell)
        return self._speak(row) if row is not None else ""


def _month(row: ReleaseRow) -> int:
    return row.sort_date.year * 12 + row.sort_date.month


def _month_words(cell: int) -> str:
    year, before = divmod(-cell - 1, 12)
    return words.month(year, before + 1)
