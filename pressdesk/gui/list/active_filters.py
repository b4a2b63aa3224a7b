"""The active filters above the list: a removable chip each, and one to clear all."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.chips import Chip, FlowLayout
from pressdesk.gui.kit.parts import button, empty, label, look, short


@dataclass(frozen=True)
class Active:
    """One filter that is on: what it is called, and the key by which it is taken off."""

    key: str
    words: str
    group: str = ""
    """The facet: of its values any will do, and the word "or" stands between them."""


class ActiveFilters(QWidget):
    """Chips that go when they are clicked; not there at all while nothing narrows.

    In:   ``show_active(filters, clearable)``
    Out:  ``removed(key)``, ``cleared()``
    """

    removed = Signal(str)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("active")
        self._shown: tuple[tuple[Active, ...], bool] = ((), False)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow = FlowLayout(self, gap=5)
        self._flow.setContentsMargins(12, 0, 12, 0)
        self._clear = button(_("Clear all"), "bar", does=self.cleared.emit)
        self._flow.addWidget(self._clear)
        self.hide()

    @Slot(object, bool)
    def show_active(self, filters: tuple[Active, ...], clearable: bool) -> None:
        """Show these; ``clearable`` offers to clear all, also filters shown elsewhere."""
        if (filters, clearable) == self._shown:
            return
        self._shown = (filters, clearable)
        inside = any(chip.hasFocus() for chip in self.findChildren(Chip))
        for gone in empty(self._flow, keep=1):
            gone.setParent(None)
        before = ""
        for each in filters:
            if each.group and each.group == before:
                between = label(_("or"), "muted")
                between.setMinimumHeight(self._clear.sizeHint().height())  # on the chips' middle
                self._add(between)
            before = each.group
            chip = Chip(short(each.words, 34))
            chip.setAccessibleName(_("Remove {name}").format(name=each.words))
            chip.setToolTip(chip.accessibleName())
            look(chip, "chosen", True)
            chip.removed.connect(lambda key=each.key: self.removed.emit(key))
            self._add(chip)
        self._clear.setVisible(clearable)
        self.setVisible(bool(filters) or clearable)
        self.updateGeometry()
        if inside:
            self._clear.setFocus()

    def _add(self, widget: QWidget) -> None:
        self._flow.insert(self._flow.count() - 1, widget)
        widget.show()
