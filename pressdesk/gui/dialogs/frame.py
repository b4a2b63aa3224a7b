"""What every dialog has: a title, room for its fields, and buttons below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout
from PySide6.QtWidgets import QWidget as Widget

from pressdesk.gui.parts import button, label, row
from pressdesk.gui.sections import LABEL_WIDTH, follow_the_eye


class Frame(QDialog):
    """A dialog over its window. Esc leaves it; the last button added is the one at the right."""

    def __init__(self, title: str, parent: Widget | None = None, *, width: int = 480) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(width)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(22, 18, 22, 18)
        outer.setSpacing(14)
        outer.addWidget(label(title, "title"))
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        outer.addLayout(self.body, 1)
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

    def showEvent(self, event: QShowEvent) -> None:
        """As high as wrapped texts need at this width, which no size hint tells."""
        super().showEvent(event)
        follow_the_eye(self)
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            needed = layout.totalHeightForWidth(self.width())
            if needed > self.height():
                self.resize(self.width(), needed)

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
