"""Connects format bar, find bar and paper in the middle of the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.parts import column
from pressdesk.gui.paper.actions import window_action
from pressdesk.gui.paper.find_bar import FIND, REPLACE, FindBar
from pressdesk.gui.paper.format_bar import FormatBar
from pressdesk.gui.paper.hit_bar import HitBar
from pressdesk.gui.paper.paper import Paper

Places = Sequence[tuple[int, int]]


class WritingPane(QWidget):
    """A paper with its two bars. The paper's signals and slots are the pane's interface.

    Has:  ``paper``, ``format_bar``, ``find_bar``, ``hit_bar``; ``find_action`` and
          ``replace_action``, which work in the whole window; ``undo_action`` and
          ``redo_action`` are the paper's.
    In:   ``set_editable(bool)``, ``show_hits(...)``, ``end_hits()``.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paper = Paper()
        self.format_bar = FormatBar(self.paper.actions_of_text)
        self.find_bar = FindBar()
        self.hit_bar = HitBar()
        self.find_action = window_action(self, _("Find"), self._find, FIND)
        self.replace_action = window_action(self, _("Replace"), self._replace, REPLACE)
        bars = (self.format_bar, self.find_bar, self.hit_bar)
        self.setLayout(column(*bars, self.paper, fill=self.paper))
        self._connect_format()
        self._connect_find()

    @Slot(bool)
    def set_editable(self, editable: bool) -> None:
        """Make the edition editable or read-only."""
        for part in (self.paper, self.format_bar, self.find_bar):
            part.set_editable(editable)

    def set_reading(self, reading: bool) -> None:
        """Hide the format bar and replacing, for reading mode."""
        self.format_bar.setVisible(not reading)
        self.replace_action.setEnabled(not reading)

    def _connect_format(self) -> None:
        bar, text = self.format_bar, self.paper.text
        text.styled.connect(self._show_style)
        text.link_wanted.connect(self._ask_link)
        bar.style_chosen.connect(text.set_style)
        bar.link_set.connect(self._set_link)
        bar.table_wanted.connect(text.insert_table)
        bar.marks_shown.connect(text.show_marks)
        bar.find_wanted.connect(self._find)
        bar.closed.connect(text.setFocus)

    def _connect_find(self) -> None:
        bar, finder = self.find_bar, self.paper.finder
        bar.wanted.connect(finder.search)
        bar.stepped.connect(finder.step)
        bar.replaced.connect(finder.replace)
        bar.all_replaced.connect(finder.replace_all)
        bar.closed.connect(self._close_find)
        finder.found.connect(self._show_found)
        self.hit_bar.stepped.connect(finder.step)
        self.hit_bar.closed.connect(self.end_hits)

    @Slot()
    def _show_style(self) -> None:
        self.format_bar.show_style(self.paper.text.paragraph_style())
        self.format_bar.show_address(self.paper.text.link_here())

    @Slot()
    def _ask_link(self) -> None:
        self.format_bar.show_address(self.paper.text.link_here())
        self.format_bar.ask_link()

    @Slot(str)
    def _set_link(self, address: str) -> None:
        self.paper.text.set_link(address or None)

    @Slot()
    def _find(self) -> None:
        self.find_bar.open(self._selected(), False)

    @Slot()
    def _replace(self) -> None:
        self.find_bar.open(self._selected(), True)

    def show_hits(self, title: Places, subtitle: Places, text: Places) -> None:
        """Mark what a search found in this edition; nothing is taken from an open find bar."""
        if self.find_bar.isHidden():
            self.hit_bar.show()
            self.paper.finder.show(text)
            self.paper.finder.mark_line(self.paper.head.headline, title)
            self.paper.finder.mark_line(self.paper.head.subtitle, subtitle)

    @Slot()
    def end_hits(self) -> None:
        """No marks of a search any more."""
        self.hit_bar.hide()
        if self.paper.finder.showing:
            self.paper.finder.stop()
        for line in (self.paper.head.headline, self.paper.head.subtitle):
            line.setExtraSelections([])

    @Slot(int, int)
    def _show_found(self, number: int, count: int) -> None:
        """One finder serves two bars: the one that is open hears of it."""
        if self.find_bar.isVisible():
            self.end_hits()
            self.find_bar.show_found(number, count)
        elif self.paper.finder.showing:
            self.hit_bar.show_found(number, count)
        else:
            self.end_hits()

    @Slot()
    def _close_find(self) -> None:
        self.find_bar.hide()
        self.paper.finder.stop()
        self.paper.text.setFocus()

    def _selected(self) -> str:
        words = self.paper.text.textCursor().selectedText()
        return words if len(words) < 100 and "\u2029" not in words else ""
