"""The lines an import set aside, struck through, and a way back for each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.parts import button, label

SHOWN_LINES = 4
"""Lines that are seen without scrolling."""


class RemovedLines(QWidget):
    """In: ``show_lines(lines)``. Out: ``wanted_back(number)`` by the button, Enter or a double
    click."""

    wanted_back = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._head = label(_("Set aside"), "head")
        self._list = QListWidget()
        self._list.setObjectName("setaside")
        self._list.setAccessibleName(_("Lines set aside"))
        self._list.itemActivated.connect(lambda _item: self._ask())
        self._back = button(_("Put back"), "link", picture="restore", does=self._ask)
        self._list.currentRowChanged.connect(lambda row: self._back.setEnabled(row >= 0))
        top = QHBoxLayout()
        top.addWidget(self._head)
        top.addStretch(1)
        top.addWidget(self._back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self._list)

    def show_lines(self, lines: list[str]) -> None:
        """Show these; nothing at all when there are none."""
        row = self._list.currentRow()
        self._list.clear()
        for text in lines:
            item = QListWidgetItem(" ".join(text.split()))
            face = QFont(self._list.font())
            face.setStrikeOut(True)
            item.setFont(face)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, _("Set aside: {text}").format(text=text)
            )
            self._list.addItem(item)
        self._list.setCurrentRow(min(row, len(lines) - 1))
        self._back.setEnabled(self._list.currentRow() >= 0)
        self._list.setFixedHeight(12 + 28 * max(1, min(len(lines), SHOWN_LINES)))
        self.setVisible(bool(lines))

    def _ask(self) -> None:
        if self._list.currentRow() >= 0:
            self.wanted_back.emit(self._list.currentRow())
