"""Recent searches, dropped down under the empty search field."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.icons import icon
from pressdesk.gui.kit.parts import column, short

MOST = 12
"""Lines that are shown without scrolling."""


class SearchDrop(QFrame):
    """A list that never takes the keyboard: the field hands its keys on.

    In:   ``show_searches(saved, recent)``, ``open_under(field)``, ``takes(key event)``
    Out:  ``chosen(text)``
    """

    chosen = Signal(str)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        self.setProperty("part", "popup")
        self._list = QListWidget()
        self._list.setObjectName("searches")
        self._list.setAccessibleName(_("Recent searches"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setIconSize(QSize(14, 14))
        self._list.setMouseTracking(True)
        self._list.itemClicked.connect(self._take)
        self.setLayout(column(self._list, around=(1, 1, 1, 1)))
        self.hide()

    def show_searches(self, saved: tuple[str, ...], recent: tuple[str, ...]) -> None:
        """Those that were kept first."""
        self._list.clear()
        for texts, picture in ((saved, "star-on"), (recent, "clock")):
            for text in texts:
                if picture == "clock" and text in saved:
                    continue
                item = QListWidgetItem(icon(picture), short(text, 80))
                item.setData(Qt.ItemDataRole.UserRole, text)
                self._list.addItem(item)

    def count(self) -> int:
        """How many there are."""
        return self._list.count()

    def open_under(self, field: QWidget) -> None:
        """Show the list below the field, over whatever is there."""
        window = field.window()
        if self.parent() is not window:
            self.setParent(window)
        high = sum(self._list.sizeHintForRow(n) for n in range(min(self.count(), MOST)))
        corner = field.mapTo(window, QPoint(0, field.height() + 3))
        self.setGeometry(corner.x(), corner.y(), field.width(), high + 14)
        self._list.setCurrentRow(-1)
        self.show()
        self.raise_()

    def takes(self, event: QKeyEvent) -> bool:
        """True when the key was meant for the list: arrows, Enter on a line, Esc."""
        row, last = self._list.currentRow(), self.count() - 1
        match event.key():
            case Qt.Key.Key_Down:
                self._list.setCurrentRow(min(row + 1, last))
            case Qt.Key.Key_Up:
                self._list.setCurrentRow(max(row - 1, -1))
            case Qt.Key.Key_Escape:
                self.hide()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if row >= 0:
                self._take(self._list.item(row))
            case _:
                return False
        return True

    def _take(self, item: QListWidgetItem) -> None:
        self.hide()
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
