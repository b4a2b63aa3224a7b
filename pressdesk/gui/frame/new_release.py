"""The menu of kinds for a new release, each with one line of advice."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QPushButton, QSizePolicy
from PySide6.QtWidgets import QWidget as Widget

from pressdesk.base.i18n import _, interface
from pressdesk.gui.kit.icons import names
from pressdesk.gui.kit.parts import IconLabel, card, column, label
from pressdesk.press.kinds import Kind, kinds


class NewRelease(QDialog):
    """Opens under the button "New"; arrows, Enter and Esc work in it.

    In:   ``popup(point)`` in global coordinates.
    Out:  ``chosen(kind)``.
    """

    chosen = Signal(str)

    def __init__(self, parent: Widget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(_("New release"))
        frame = card("popup")
        self.rows = [_Row(kind) for kind in kinds().values()]
        for each in self.rows:
            each.clicked.connect(lambda _on=False, name=each.kind: self._choose(name))
        frame.setLayout(column(*self.rows, gap=1, around=(6, 6, 6, 6)))
        self.setLayout(column(frame))

    def popup(self, point: QPoint) -> None:
        """Show the kinds at a point, the first of them ready for Enter."""
        self.move(point + QPoint(0, 4))
        self.show()
        self.rows[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def _choose(self, name: str) -> None:
        self.chosen.emit(name)
        self.close()


class _Row(QPushButton):
    """Icon, name and advice; a button, so that keys and screen readers know what it is."""

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self.kind = kind.name
        self.setProperty("part", "row")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        name, advice = kind.label.into(interface()), kind.advice.into(interface())
        self.setAccessibleName(name)
        self.setAccessibleDescription(advice)
        shown = IconLabel(self.kind if self.kind in names() else "page")
        said = label(advice, "muted")
        grid = QGridLayout(self)
        grid.setContentsMargins(10, 6, 12, 6)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(1)
        grid.addWidget(shown, 0, 0, 2, 1)
        grid.addWidget(label(name, "head"), 0, 1)
        grid.addWidget(said, 1, 1)
        grid.setColumnStretch(1, 1)
        self.setMinimumWidth(grid.sizeHint().width() + 8)
        for child in (shown, said):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
