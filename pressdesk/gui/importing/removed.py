"""The lines an import set aside, each with a button to put it back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.parts import button, column, label, row

SHOWN_LINES = 4
"""Lines that are seen without scrolling."""


class RemovedLines(QWidget):
    """In: ``show_lines(lines)``. Out: ``wanted_back(number)`` by the button, Enter or a double
    click."""

    wanted_back = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._list = QListWidget()
        self._list.setObjectName("setaside")
        self._list.setAccessibleName(_("Lines set aside"))
        self._list.itemActivated.connect(lambda _item: self._ask())
        self._back = button(_("Put back"), "link", picture="restore", does=self._ask)
        self._list.currentRowChanged.connect(lambda row: self._back.setEnabled(row >= 0))
        head = row(label(_("Set aside"), "head"), None, self._back, gap=4)
        self.setLayout(column(head, self._list, gap=4))

    def show_lines(self, lines: list[str]) -> None:
        """Show these; nothing at all when there are none."""
        chosen = self._list.currentRow()
        self._list.clear()
        face = QFont(self._list.font())
        face.setStrikeOut(True)
        for text in lines:
            item = QListWidgetItem(" ".join(text.split()))
            item.setFont(face)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, _("Set aside: {text}").format(text=text)
            )
            self._list.addItem(item)
        self._list.setCurrentRow(min(chosen, len(lines) - 1))
        self._back.setEnabled(self._list.currentRow() >= 0)
        self._list.setFixedHeight(12 + 28 * max(1, min(len(lines), SHOWN_LINES)))
        self.setVisible(bool(lines))

    def _ask(self) -> None:
        if self._list.currentRow() >= 0:
            self.wanted_back.emit(self._list.currentRow())
