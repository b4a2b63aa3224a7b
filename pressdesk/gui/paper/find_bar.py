"""Find and replace: a bar above the paper."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QToolButton, QWidget

from pressdesk.base.i18n import _, ngettext
from pressdesk.gui.kit.keys import WindowKeys
from pressdesk.gui.kit.parts import button, label, row, tool

FIND, REPLACE = "Ctrl+F", "Ctrl+H"


class FindBar(QFrame):
    """Asks what to find and what to put there.

    In:   ``open(words, replacing)``, ``show_found(number, count)``, ``set_editable(bool)``.
    Out:  ``wanted(words, case, whole)`` on every change; ``stepped(forward)``;
          ``replaced(words)``, ``all_replaced(words)``; ``closed()`` by Esc or the button.
    """

    wanted = Signal(str, bool, bool)
    stepped = Signal(bool)
    replaced = Signal(str)
    all_replaced = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formatbar")
        self._editable = True
        self._words = _line(_("Find"))
        self._other = _line(_("Replace with"))
        self._case = _option("Aa", _("Match case"))
        self._whole = _option("ab", _("Whole words"))
        self._count = label("", "muted")
        self._count.setMinimumWidth(96)
        self._one = button(_("Replace"), does=self._replace)
        self._all = button(
            _("Replace all"), does=lambda: self.all_replaced.emit(self._other.text())
        )
        back = tool("up", _("Previous"), does=lambda: self.stepped.emit(False))
        forth = tool("down", _("Next"), does=lambda: self.stepped.emit(True))
        close = tool("close", _("Close"), does=self.closed.emit)
        parts = (self._case, self._whole, back, forth, self._count, None, close)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 6, 16, 6)
        grid.setSpacing(6)
        grid.addWidget(self._words, 0, 0)
        grid.addLayout(row(*parts, gap=4), 0, 1)
        grid.addWidget(self._other, 1, 0)
        grid.addLayout(row(self._one, self._all, None, gap=6), 1, 1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 4)
        WindowKeys(self).watch(self._words, self._other)
        # From what is sought to what replaces it, as every other editor has it.
        self.setTabOrder(self._words, self._other)
        self._words.textEdited.connect(self._changed)
        self._case.toggled.connect(self._changed)
        self._whole.toggled.connect(self._changed)
        self.hide()

    def open(self, words: str, replacing: bool) -> None:
        """Show the bar, with ``words`` to be found and the cursor in the field."""
        self._show_replace(replacing and self._editable)
        self.show()
        if words:
            self._words.setText(words)
        self._words.selectAll()
        self._words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._changed()

    @Slot(int, int)
    def show_found(self, number: int, count: int) -> None:
        """Which hit is selected, of how many."""
        said = hits_said(number, count) if count else _("Not found")
        self._count.setText(said if self._words.text() else "")
        for one in (self._one, self._all):
            one.setEnabled(count > 0)

    @Slot(bool)
    def set_editable(self, editable: bool) -> None:
        """Offer replacing, or only finding."""
        self._editable = editable
        if not editable:
            self._show_replace(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; in a line Enter goes on, or replaces, and Shift+Enter goes back."""
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif entered and self._other.hasFocus():
            self._replace()
        elif entered and self._words.hasFocus():
            self.stepped.emit(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        else:
            super().keyPressEvent(event)

    def _show_replace(self, shown: bool) -> None:
        for part in (self._other, self._one, self._all):
            part.setVisible(shown)

    @Slot()
    def _changed(self) -> None:
        self.wanted.emit(self._words.text(), self._case.isChecked(), self._whole.isChecked())

    def _replace(self) -> None:
        self.replaced.emit(self._other.text())


def hits_said(number: int, count: int) -> str:
    """Which hit is selected, of how many; or how many there are while none is."""
    if number:
        return _("{number} of {count}").format(number=number, count=count)
    return ngettext("{n} match", "{n} matches", count).format(n=count)


def _line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setPlaceholderText(name)
    line.setAccessibleName(name)
    line.setMinimumWidth(150)
    return line


def _option(text: str, name: str) -> QToolButton:
    option = QToolButton()
    option.setText(text)
    option.setCheckable(True)
    option.setToolTip(name)
    option.setAccessibleName(name)
    option.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    option.setFixedSize(28, 28)
    return option
