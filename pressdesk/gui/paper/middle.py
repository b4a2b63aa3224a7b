"""The middle of the window: notices above, and the paper or an empty state below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QStackedWidget

from pressdesk.gui.frame.empty import EmptyDesk, NothingOpen
from pressdesk.gui.frame.notice import NoticeBar
from pressdesk.gui.kit.parts import column
from pressdesk.gui.paper.writing_pane import WritingPane


class Middle(QFrame):
    """Notice bar over a stack of writing pane, empty desk and "nothing open".

    In:   ``show_paper()``, ``show_nothing(empty_desk)``
    Has:  ``notices``, ``pane``, ``empty``.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("middle")
        self.notices = NoticeBar()
        self.pane = WritingPane()
        self.empty = EmptyDesk()
        self._nothing = NothingOpen()
        self._stack = QStackedWidget()
        for widget in (self._nothing, self.pane, self.empty):
            self._stack.addWidget(widget)
        self.setLayout(column(self.notices, self._stack, fill=self._stack))

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Pass the focus to the text. A focus proxy would make Tab skip the head."""
        self.pane.paper.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_paper(self) -> None:
        """An edition is open."""
        self._stack.setCurrentWidget(self.pane)

    def show_nothing(self, *, empty_desk: bool) -> None:
        """None is open: ways to begin on an empty desk, else a word of advice."""
        self._stack.setCurrentWidget(self.empty if empty_desk else self._nothing)
