"""The search field of the window, with its help and recent searches."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pressdesk.base.i18n import _, interface
from pressdesk.gui.frame.commands import Command
from pressdesk.gui.kit.keys import WindowKeys, shown
from pressdesk.gui.kit.parts import IconLabel, label, pause, retool, tool
from pressdesk.gui.list.search_drop import SearchDrop

PAUSE_MS = 120
"""A search begins when the keys have rested for so long."""

SEARCH_LIMIT = 200

SEARCH, HELP = "Ctrl+K", "Ctrl+/"


class SearchField(QLineEdit):
    """The search, with its key beside it.

    In:   ``show_text(text)`` without a signal, ``show_searches(saved, recent)``.
    Out:  ``searched(text)`` after a pause, at once on Enter and when emptied;
          ``list_wanted()`` on Down, while nothing is sought;
          ``first_wanted()`` on Enter and Down: the first of what is sought;
          ``save_wanted(text)`` the star: keep this search, or let it go.
    Searches made before are dropped down under the empty field, on Ctrl+K, a click and Down.
    """

    searched = Signal(str)
    list_wanted = Signal()
    first_wanted = Signal()
    save_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setMaxLength(SEARCH_LIMIT)
        self.setMinimumWidth(180)
        self.setMaximumWidth(560)
        self.setPlaceholderText(_("Search all releases"))
        self.setAccessibleName(_("Search all releases"))
        self._last = ""
        self._keys = WindowKeys(self)
        self._keys.watch(self)
        self._lens = IconLabel("search")
        self._lens.setParent(self)
        self._hint = label(shown(SEARCH), "key")
        self._hint.setParent(self)
        self._clear = tool("close", _("Clear the search"), does=self._cleared, parent=self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._star = tool("star", _("Save search"), does=self._save, parent=self)
        how = _("Search help")
        self._help = tool("question", how, key=HELP, does=self.help, parent=self)
        for one in (self._clear, self._star, self._help):
            one.setFixedSize(24, 24)
            one.setCursor(Qt.CursorShape.ArrowCursor)
        self._saved: tuple[str, ...] = ()
        self._drop = SearchDrop(self)
        self._drop.chosen.connect(self._take)
        self._timer = pause(self, PAUSE_MS, self._tell)
        self.textChanged.connect(self._changed)
        self.returnPressed.connect(self._go)
        self._changed("")
        self._timer.stop()

    def commands(self) -> tuple[Command, ...]:
        """To search, and how."""
        return (
            Command("search", _("Search"), self.go_to, SEARCH),
            Command("search_help", _("Search help"), self.help, HELP),
        )

    def go_to(self) -> None:
        """Take the keyboard, with what stands here chosen."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def help(self) -> None:
        """How to ask, under the field."""
        from pressdesk.gui.list.search_help import SearchHelp
        from pressdesk.press.asking import help_rows

        rows = [(row.example, row.meaning) for row in help_rows(interface())]
        SearchHelp(rows, self.window()).open_under(self)

    def show_text(self, text: str) -> None:
        """Show another search without announcing it."""
        self._last = text
        self.setText(text)
        self._timer.stop()

    def show_searches(self, saved: tuple[str, ...], recent: tuple[str, ...]) -> None:
        """What was kept and what was sought before, each the newest first."""
        self._saved = saved
        self._drop.show_searches(saved, recent)
        self._show_star(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties; Down goes to the searches made before, to the list, or to the first hit."""
        if self._drop.isVisible() and self._drop.takes(event):
            return
        if event.key() == Qt.Key.Key_Escape and self.text():
            self._cleared()
        elif event.key() == Qt.Key.Key_Down:
            if not self.text() and self._open_drop():
                return
            self._go()
            if not self.text().strip():
                self.list_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click into the empty field shows the searches made before."""
        super().mousePressEvent(event)
        if not self.text():
            self._open_drop()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ctrl+K shows them too; Tab only passes by."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.ShortcutFocusReason and not self.text():
            self._open_drop()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """They go with the keyboard."""
        super().focusOutEvent(event)
        self._drop.hide()

    def _open_drop(self) -> bool:
        if self._drop.isVisible() or not self._drop.count():
            return False
        self._drop.open_under(self)
        return True

    def _take(self, text: str) -> None:
        self.setText(text)
        self._tell()

    def _save(self) -> None:
        text = " ".join(self.text().split())
        if text:
            self.save_wanted.emit(text)

    def _show_star(self, text: str) -> None:
        kept = " ".join(text.split()) in self._saved
        name = _("Remove saved search") if kept else _("Save search")
        retool(self._star, "star-on" if kept else "star", name, "accent" if kept else "muted")
        self._star.setVisible(bool(text.strip()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lens and key at their ends."""
        super().resizeEvent(event)
        middle = self.height() // 2
        self._lens.setGeometry(9, middle - 8, 16, 16)
        size = self._hint.sizeHint()
        self._hint.setGeometry(
            self.width() - size.width() - 8,
            middle - size.height() // 2,
            size.width(),
            size.height(),
        )
        self._clear.move(self.width() - 28, middle - 12)
        self._star.move(self.width() - 54, middle - 12)
        self._place_help()

    def _place_help(self) -> None:
        taken = 78 if self.text() else self._hint.sizeHint().width() + 34
        self._help.move(self.width() - taken, self.height() // 2 - 12)

    def _changed(self, text: str) -> None:
        self._hint.setVisible(not text)
        self._clear.setVisible(bool(text))
        self._show_star(text)
        self._place_help()
        self._drop.hide()
        self._timer.start()

    def _cleared(self) -> None:
        self.clear()
        self._tell()

    def _go(self) -> None:
        self._tell()
        if self.text().strip():
            self.first_wanted.emit()

    def _tell(self) -> None:
        self._timer.stop()
        text = self.text().strip()
        if text != self._last:
            self._last = text
            self.searched.emit(text)
