"""The bar over a found text: current match, next and previous, copy as quote, close."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.keys import shown
from pressdesk.gui.kit.parts import button, label, row, tool
from pressdesk.gui.paper.find_bar import hits_said

NEXT, PREVIOUS, QUOTE = "F3", "Shift+F3", "Ctrl+Shift+C"


class HitBar(QFrame):
    """Shown while a text is read that a search led to.

    In:   ``show_found(number, count)``
    Out:  ``stepped(forward)``, ``quotation_wanted()``, ``closed()``
    """

    stepped = Signal(bool)
    quotation_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hitbar")
        self._count = label("", "muted")
        self._back = tool(
            "up", _("Previous match"), key=PREVIOUS, does=lambda: self.stepped.emit(False)
        )
        self._forth = tool("down", _("Next match"), key=NEXT, does=lambda: self.stepped.emit(True))
        quote = button(_("Copy as quote"), "bar", does=self.quotation_wanted.emit)
        quote.setToolTip(shown(QUOTE))
        close = tool("close", _("Close"), does=self.closed.emit)
        for one in (self._back, self._forth, close):
            one.setFixedSize(24, 24)
        parts = (self._count, 4, self._back, self._forth, None, quote, close)
        self.setLayout(row(*parts, gap=4, around=(16, 3, 12, 3)))
        self.hide()

    @Slot(int, int)
    def show_found(self, number: int, count: int) -> None:
        """Which hit is selected (0 for none yet) of how many."""
        elsewhere = _("Only in the headline or the details")
        self._count.setText(hits_said(number, count) if count else elsewhere)
        for one in (self._back, self._forth):
            one.setEnabled(count > 0)
