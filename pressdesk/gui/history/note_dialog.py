"""The dialog for saving with a note (Ctrl+Shift+S)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.dialog import DialogFrame
from pressdesk.gui.kit.fields import OneLine
from pressdesk.gui.kit.leaving import typed

LONGEST_NOTE = 200


class NoteDialog(DialogFrame):
    """Out: ``noted(text)`` when the person saves."""

    noted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Save with a note"), parent, width=440)
        self.add_advice(_("The note appears next to this revision in the history."))
        self.field = OneLine()
        self.field.setMaxLength(LONGEST_NOTE)
        self.field.setPlaceholderText(_("As sent to the Council"))
        self.field.setAccessibleName(_("Note for this revision"))
        self.body.addWidget(self.field)
        self.add_button(_("Cancel"), self.reject)
        self.add_button(_("Save"), self._save, "filled")
        self.field.setFocus()

    def unsaved(self) -> str:
        """The warning text once a note has been started."""
        return typed() if self.field.text().strip() else ""

    def _save(self) -> None:
        self.accept()
        self.noted.emit(" ".join(self.field.text().split()))
