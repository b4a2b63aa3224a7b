"""Search help: a small panel under the search field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.parts import column, label

WIDTH = 520


class SearchHelp(QFrame):
    """What can be typed and what it means; closes on a click elsewhere or Esc.

    In:   ``lines`` pairs of an example and its meaning, in the language of the interface.
    """

    def __init__(self, lines: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("part", "popup")
        self.setAccessibleName(_("Search help"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        for row, (example, meaning) in enumerate(lines):
            shown = label(example, "key")
            top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
            grid.addWidget(shown, row, 0, top)
            grid.addWidget(label(meaning, "muted", wrap=True), row, 1)
        head = label(_("Search help"), "head")
        self.setLayout(column(head, grid, gap=10, around=(18, 14, 18, 16)))
        said = "; ".join(f"{example}: {meaning}" for example, meaning in lines)
        self.setAccessibleDescription(said)

    def open_under(self, field: QWidget) -> None:
        """Open below the field."""
        width = max(WIDTH, field.width())
        layout = self.layout()
        # Words that break make the layout hint at more height than this width asks for.
        high = layout.heightForWidth(width) if layout is not None else self.height()
        self.setFixedSize(width, high)
        self.move(field.mapToGlobal(QPoint(0, field.height() + 3)))
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Enter close."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)
