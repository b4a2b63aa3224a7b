"""Closing a dialog: unsaved input is discarded only on confirmation."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.fitting import Fitting
from pressdesk.gui.kit.parts import button, label, row


class LeavingBar(QFrame):
    """A bar over the buttons of a dialog, there while it asks.

    In:   ``ask(words)``, ``stop()``
    Out:  ``discarded()`` it is to go. Enter keeps it, and Esc in the dialog.
    """

    discarded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "notice")
        self.setProperty("tone", "warning")
        self._words = label("", wrap=True)
        self._keep = button(_("Keep editing"), does=self.stop)
        discard = button(_("Discard"), does=self.discarded.emit)
        self._back: QWidget | None = None
        for one in (discard, self._keep):
            one.setAutoDefault(True)  # Enter presses what has the keyboard, and not Save
        parts = (self._words, discard, self._keep)
        self.setLayout(row(*parts, around=(12, 7, 8, 7), fill=self._words))
        self.hide()

    def ask(self, words: str) -> None:
        """Ask; what has the keyboard now has it again when the answer is no."""
        if not self.isVisible():
            self._back = self.window().focusWidget()
        self._words.setText(words)
        self.setAccessibleName(words)
        self.show()
        self._keep.setFocus()

    def stop(self) -> None:
        """Ask no more: go on where one was."""
        if self.isVisible():
            self.hide()
            if self._back is not None:
                self._back.setFocus()


class Leavable(Fitting):
    """Left by Esc, by the window's own button and by Cancel or Close: each stores nothing.

    What is ``unsaved`` then is asked about in ``leaving``, which stands above the buttons.
    """

    def __init__(self, parent: QWidget | None, *, width: int = 0, height: int = 0) -> None:
        super().__init__(parent, width=width, height=height)
        self.leaving = LeavingBar()
        self.leaving.discarded.connect(self._discard)

    def unsaved(self) -> str:
        """What would be lost by leaving now, in words; "" for nothing."""
        return ""

    def reject(self) -> None:
        """Leave without storing; ask first where something would be lost."""
        lost = self.unsaved()
        if lost:
            self.leaving.ask(lost)
        else:
            super().reject()

    def _discard(self) -> None:
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc pressed once too often discards nothing."""
        if event.key() == Qt.Key.Key_Escape and self.leaving.isVisible():
            self.leaving.stop()
        else:
            super().keyPressEvent(event)


def typed() -> str:
    """What is said of fields that differ from what is stored."""
    return _("You have unsaved changes.")
