"""The slim bar over a text that was found: which hit of how many, on and back, quote, close."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from pressdesk.base.i18n import _, ngettext
from pressdesk.gui.kit.keys import shown, with_key
from pressdesk.gui.kit.parts import button, label, tool

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
        self._back = tool("up", _("Hit before"), does=lambda: self.stepped.emit(False))
        self._forth = tool("down", _("Next hit"), does=lambda: self.stepped.emit(True))
        self._back.setToolTip(with_key(_("Hit before"), PREVIOUS))
        self._forth.setToolTip(with_key(_("Next hit"), NEXT))
        quote = button(_("Copy as quotation"), "bar", does=self.quotation_wanted.emit)
        quote.setToolTip(shown(QUOTE))
        close = tool("close", _("Close"), does=self.closed.emit)
        for one in (self._back, self._forth, close):
            one.setFixedSize(24, 24)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 3, 12, 3)
        line.setSpacing(4)
        line.addWidget(self._count)
        line.addSpacing(4)
        line.addWidget(self._back)
        line.addWidget(self._forth)
        line.addStretch(1)
        line.addWidget(quote)
        line.addWidget(close)
        self.hide()

    @Slot(int, int)
    def show_found(self, number: int, count: int) -> None:
        """Which hit is selected (0 for none yet) of how many."""
        if number:
            said = _("{number} of {count}").format(number=number, count=count)
        else:
            said = ngettext("{n} hit", "{n} hits", count).format(n=count)
        self._count.setText(said if count else _("Only in the headline or the particulars"))
        for one in (self._back, self._forth):
            one.setEnabled(count > 0)
