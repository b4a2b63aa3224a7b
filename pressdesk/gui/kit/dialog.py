"""What every dialog has: a title, room for its fields, and buttons below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout
from PySide6.QtWidgets import QWidget as Widget

from pressdesk.gui.kit.leaving import Leavable
from pressdesk.gui.kit.parts import button, label, row
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
        outer = QVBoxLayout(self)
        outer.setContentsMargins(22, 18, 22, 18)
        outer.setSpacing(14)
        outer.addWidget(label(title, "title"))
        inside = Widget()
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)
        outer.addWidget(self.scrolling(inside), 1)
        outer.addWidget(self.leaving)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        outer.addLayout(self._buttons)

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
        line = row(said, field)
        line.setStretch(1, 1)
        self.body.addLayout(line)

    def add_left(self, widget: Widget) -> None:
        """Something at the left of the buttons."""
        self._buttons.insertWidget(0, widget)


def scrolled(inside: Widget) -> QScrollArea:
    """Something in a scroll area without a frame, as wide as there is room."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    inside.setObjectName("formbody")
    area.setWidget(inside)
    return area
