"""The base of every dialog: title, body and buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton
from PySide6.QtWidgets import QWidget as Widget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.leaving import Leavable
from pressdesk.gui.kit.parts import button, card, column, label, row
from pressdesk.gui.kit.sections import LABEL_WIDTH


class DialogFrame(Leavable):
    """A dialog over its window. The last button added is the one at the right.

    ``body`` is for what it shows, and scrolls where the screen is too small for it.
    """

    def __init__(
        self, title: str, parent: Widget | None = None, *, width: int = 480, height: int = 0
    ) -> None:
        super().__init__(parent, width=width, height=height)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        inside = Widget()
        self.body, self._buttons = column(gap=12), row(None)
        inside.setLayout(self.body)
        area, head = self.scrolling(inside), label(title, "title")
        parts = (head, area, self.leaving, self._buttons)
        self.setLayout(column(*parts, gap=14, around=(22, 18, 22, 18), fill=area))

    def add_button(self, words: str, does: Callable[[], object], part: str = "") -> QPushButton:
        """A button at the right end."""
        made = button(words, part, does=does)
        made.setMinimumWidth(84)
        if part == "filled":
            made.setDefault(True)
        self._buttons.addWidget(made)
        return made

    def add_field(self, title: str, field: Widget) -> None:
        """A line of its own for a field, with what it is called before it."""
        said = label(title, "muted")
        said.setFixedWidth(LABEL_WIDTH)
        said.setBuddy(field)
        field.setAccessibleName(title)
        self.body.addLayout(row(said, field, fill=field))

    def add_left(self, widget: Widget) -> None:
        """Something at the left of the buttons."""
        self._buttons.insertWidget(0, widget)

    def add_advice(self, words: str) -> None:
        """A sentence on what the dialog is for."""
        self.body.addWidget(label(words, "muted", wrap=True))


def dialog_row(title: Widget, about: Widget, action: QPushButton | None) -> QFrame:
    """A card with what it is of, a line about it and perhaps one button."""
    made = card()
    said = column(title, about, gap=1)
    line = row(said, gap=-1, around=(12, 9, 12, 9), fill=said)
    if action is not None:
        line.addWidget(action)
    made.setLayout(line)
    return made


def restoring(name: str, does: Callable[[], object]) -> QPushButton:
    """The button of a row that brings back what it is of."""
    made = button(_("Restore"), picture="restore", does=does)
    made.setAccessibleName(_("Restore {name}").format(name=name))
    return made
