"""Asks why an embargoed text may go out before then."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from pressdesk.base.i18n import _
from pressdesk.desk.issuing import LONGEST_REASON
from pressdesk.gui.kit.dialog import DialogFrame
from pressdesk.gui.kit.fields import OneLine
from pressdesk.gui.kit.parts import label


def reason_line(empty: str) -> OneLine:
    """A line for a reason; ``empty`` stands in it until something is typed."""
    made = OneLine()
    made.setMaxLength(LONGEST_REASON)
    made.setPlaceholderText(empty)
    made.setAccessibleName(_("Reason"))
    return made


class ReasonDialog(DialogFrame):
    """Out: ``given(reason)``; the dialog closes by itself."""

    given = Signal(str)

    def __init__(self, title: str, line: str, go: str, parent: QWidget | None = None) -> None:
        """``line`` is that of the embargo, ``go`` what the button says."""
        super().__init__(title, parent, width=480)
        self.body.addWidget(label(line, "head", wrap=True))
        self.field = reason_line(_("Why it may go out before then; kept in the history"))
        self.body.addWidget(self.field)
        self.add_button(_("Cancel"), self.reject)
        self.go = self.add_button(go, self._go, "filled")
        self.field.textChanged.connect(self._look)
        self._look()
        self.field.setFocus()

    @Slot()
    def _look(self) -> None:
        self.go.setEnabled(bool(self.field.text().strip()))

    def _go(self) -> None:
        self.accept()
        self.given.emit(self.field.text())
