"""Shows the dateline in front of the first paragraph, as printed; it is not part of the text."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QTextBlock, QTextCursor, QTextDocument

from pressdesk.gui.bridge import forms
from pressdesk.gui.bridge.looks import dateline_font
from pressdesk.gui.bridge.walk import one_step
from pressdesk.gui.editing.blocks import style_of
from pressdesk.gui.editing.timeline import Timeline

WIDEST = 340.0
"""Pixels of a first line a dateline may take; a longer one stands above the text."""

_PLAIN = ("paragraph", "lead")


class Dateline(QObject):
    """Reserves room for the dateline in the first line of the first paragraph.

    The room is a first-line indent, which the tree does not know. Setting it is an edit to Qt,
    so the timeline lets it go with the step that made it necessary; where that cannot be
    (something was undone), it stays as it is until the next edit.
    In:   ``show(text)``, ``check()`` after the text was shown anew.
    Out:  ``placed(text)`` what must be shown above the text instead, "" when it runs in.
    """

    placed = Signal(str)

    def __init__(
        self, document: QTextDocument, timeline: Timeline, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._timeline = document, timeline
        self._text = ""
        self._above: str | None = None
        self.placing = False
        """True while room is made: nobody typed then."""
        document.contentsChanged.connect(self.check)

    @Slot(str)
    def show(self, text: str) -> None:
        """Another dateline; "" for none."""
        self._text = text
        self._above = None
        self.check()

    @Slot()
    def check(self) -> None:
        """Make room where it is needed, take it away where it is not."""
        first = self._document.firstBlock()
        wanted = self._room(first)
        if not _runs_in(first, wanted):
            self.placing = True
            self._timeline.amend(self._indent)
            self.placing = False
        above = "" if self._document.firstBlock().blockFormat().textIndent() > 0 else self._text
        if above != self._above:
            self._above = above
            self.placed.emit(above)

    def _room(self, first: QTextBlock) -> float:
        """Pixels of indent the first block needs."""
        if not self._text or first.textDirection() == Qt.LayoutDirection.RightToLeft:
            return 0.0
        if QTextCursor(first).currentTable() is not None or style_of(first) not in _PLAIN:
            return 0.0
        if first.blockFormat().stringProperty(forms.ROLE) not in ("", "lead", forms.VACANT):
            return 0.0
        width = QFontMetricsF(dateline_font()).horizontalAdvance(self._text + " ")
        return width if width <= WIDEST else 0.0

    def _indent(self) -> None:
        first = self._document.firstBlock()
        with one_step(QTextCursor(first)):
            _put_indent(first, self._room(first))
            _put_indent(first.next(), 0)


def _runs_in(first: QTextBlock, room: float) -> bool:
    """True when the first blocks are indented as they should be."""
    straight = first.next().blockFormat().textIndent() == 0
    return straight and abs(first.blockFormat().textIndent() - room) < 0.5


def _put_indent(block: QTextBlock, room: float) -> None:
    style = block.blockFormat()
    if block.isValid() and style.textIndent() != room:
        style.setTextIndent(room)
        QTextCursor(block).setBlockFormat(style)
