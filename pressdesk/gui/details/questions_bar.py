"""Open questions from an import, shown above the form until they are answered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.chips import FlowLayout
from pressdesk.gui.kit.parts import button, column, empty, label, row, tool
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
        box = QWidget()
        self._flow = FlowLayout(box)
        head = label(_("Open questions from the import"), "head")
        self.setLayout(column(head, box, gap=7, around=(12, 9, 12, 10)))
        self._keys: tuple[str, ...] = ()
        self._editable = True
        self.hide()

    def show_questions(self, keys: Sequence[str]) -> None:
        """Show these questions; none hides the bar."""
        if tuple(keys) == self._keys:
            return
        self._keys = tuple(keys)
        empty(self._flow)
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
        answered = _("Answered: {question}").format(question=question(key))
        done = tool("check", answered, does=lambda: self.answered.emit(key))
        done.setObjectName("answered")
        done.setFixedSize(22, 22)
        done.setIconSize(QSize(12, 12))
        done.setVisible(self._editable)
        pair.setLayout(row(ask, (done, Qt.AlignmentFlag.AlignVCenter), gap=1))
        return pair


FIELDS = {"date": "date", "year": "date", "phone": "contacts", "email": "contacts"}
"""The form's field that answers a question."""
