"""What an import left open about an edition, above its form, until somebody answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.chips import FlowLayout
from pressdesk.gui.kit.parts import button, label, tool
from pressdesk.press.questions import question


class QuestionsBar(QFrame):
    """One chip a question: a click leads to the place, the cross says "answered".

    Out:  ``chosen(key)``, ``answered(key)``.
    """

    chosen = Signal(str)
    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "notice")
        self.setProperty("tone", "warning")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 9, 12, 10)
        column.setSpacing(7)
        column.addWidget(label(_("The import left this open"), "head"))
        self._box = QWidget()
        self._flow = FlowLayout(self._box)
        column.addWidget(self._box)
        self._keys: tuple[str, ...] = ()
        self._editable = True
        self.hide()

    def show_questions(self, keys: Sequence[str]) -> None:
        """Show these questions; none hides the bar."""
        if tuple(keys) == self._keys:
            return
        self._keys = tuple(keys)
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for key in self._keys:
            pair = self._pair(key)
            self._flow.addWidget(pair)
            pair.show()
        self.setVisible(bool(self._keys))

    def set_editable(self, editable: bool) -> None:
        """Questions of an issued edition can only be read."""
        self._editable = editable
        for made in self.findChildren(QWidget, "answered"):
            made.setVisible(editable)

    def open_keys(self) -> tuple[str, ...]:
        """The questions shown."""
        return self._keys

    def _pair(self, key: str) -> QWidget:
        pair = QWidget()
        ask = button(question(key), "chip", does=lambda: self.chosen.emit(key))
        done = tool("check", _("Answered: {question}").format(question=question(key)))
        done.clicked.connect(lambda: self.answered.emit(key))
        done.setObjectName("answered")
        done.setFixedSize(22, 22)
        done.setIconSize(QSize(12, 12))
        done.setVisible(self._editable)
        line = QHBoxLayout(pair)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(1)
        line.addWidget(ask)
        line.addWidget(done, 0, Qt.AlignmentFlag.AlignVCenter)
        return pair


FIELDS = {"date": "date", "year": "date", "phone": "contacts", "email": "contacts"}
"""The form's field that answers a question."""
