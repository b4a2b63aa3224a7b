"""Shows the differences of two revisions, inline or side by side."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QStyle, QTextEdit, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.history.difference_rows import Row, ShownRow, rows, weight
from pressdesk.gui.history.drawing import MARGIN, Drawing
from pressdesk.gui.kit.parts import pause
from pressdesk.press.differing import FieldDiff, VersionDiff

MEASURE = 720
"""Width of a text that is read in one, in pixels."""

SLICE_MS = 3.0
"""What one step of laying out may take: the window answers between two."""

FIRST, LEAST, MOST = 1200, 300, 20_000
"""Characters laid out in the first step, and in any at least and at most."""

AT_ONCE = 6_000
"""Characters up to which a text is laid out anew at once when the width changes."""

INSIDE = 3
"""Pixels below the upper edge of a line that still are of that line and not of the margin."""

RESIZE_MS = 120
"""A window that is being dragged wider has come to rest after so long."""


class DiffView(QTextEdit):
    """A text to be read: additions underlined on green, removals struck on red.

    In:   ``show_diff(found, beside=, changes_only=)``, ``go_to(number)`` of a change
    Out:  ``progressed(percent)`` so much of it is laid out, 100 at the end.
    A long text is laid out in steps of a few milliseconds, the first screen first. A change
    that is not there yet is gone to as soon as it is.
    """

    progressed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "field")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("Differences"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self._found, self._beside, self._only = VersionDiff(), False, True
        self._rows: list[Row] = []
        self._number, self._done, self._whole, self._budget = 0, 0, 0, FIRST
        self._drawing = self._begun()
        self._wanted_row = self._wanted_change = -1
        self._steps = pause(self, 0, self._step)
        self._rested = pause(self, RESIZE_MS, self._again)

    # --- in

    def show_diff(self, found: VersionDiff, *, beside: bool, changes_only: bool) -> None:
        """Show a difference, from its beginning."""
        self._found, self._beside, self._only = found, beside, changes_only
        self._rows = rows(found, beside=beside, changes_only=changes_only)
        self._number = sum(isinstance(row, ShownRow) and row.is_change for row in self._rows)
        self._whole = sum(map(weight, self._rows))
        self._start()

    @property
    def number(self) -> int:
        """How many changed particulars and paragraphs there are, laid out or not."""
        return self._number

    def going_on(self) -> bool:
        """True while a part is still to be laid out."""
        return self._steps.isActive() or self._rested.isActive()

    def go_to(self, number: int) -> None:
        """Bring a change, counted from 0, into the upper part of the view, now or once it is
        there."""
        self._wanted_row, self._wanted_change = -1, number
        self._arrive()

    # --- laying out

    def _begun(self) -> Drawing:
        document = QTextDocument(self)
        several = self._found.body.moved > 1
        made = Drawing(document, beside=self._beside, several_moves=several)
        self.setDocument(document)
        self._set_width()
        return made

    def _start(self, row: int = -1, change: int = -1) -> None:
        """Begin with an empty page; a row is to stand at the top again, or a change in view."""
        self._rested.stop()
        self._drawing = self._begun()
        self._wanted_row, self._wanted_change = row, change
        self._done, self._budget = 0, FIRST // 2 if self._beside else FIRST
        if self.isVisible() or self._whole <= FIRST:
            self._step()
        else:  # making the dialog takes its time, too
            self._steps.start()

    def _step(self) -> None:
        """Lay out as much as takes a few milliseconds."""
        timer = QElapsedTimer()
        timer.start()
        at = len(self._drawing.starts)
        room, end = self._budget, at
        while end < len(self._rows) and (room > 0 or end == at):
            room -= weight(self._rows[end])
            end += 1
        taken = self._rows[at:end]
        if taken:
            self._drawing.write(taken, last=not _is_field(self._rows, end))
        if at == 0:  # the first words pushed the cursor before them
            self.moveCursor(QTextCursor.MoveOperation.Start)
        self._done += self._budget - room
        self._arrive()
        spent = max(timer.nsecsElapsed() / 1e6, 0.2)
        self._budget = round(max(LEAST, min(MOST, self._budget * min(2.0, SLICE_MS / spent))))
        whole = end == len(self._rows)
        if not whole:
            self._steps.start()
        self.progressed.emit(100 if whole else min(99, 100 * self._done // max(1, self._whole)))

    def _arrive(self) -> None:
        """Go where somebody wants to be, if that is laid out and a screen below it, too."""
        drawn, arrived = self._drawing, False
        if 0 <= self._wanted_change < len(drawn.changes):
            arrived = self._scroll_to(drawn.changes[self._wanted_change], share=5)
        elif 0 <= self._wanted_row < len(drawn.starts):
            arrived = self._scroll_to(drawn.starts[self._wanted_row], share=0)
        if arrived or len(drawn.starts) == len(self._rows):
            self._wanted_row = self._wanted_change = -1

    def _scroll_to(self, position: int, *, share: int) -> bool:
        """Bring a place to the top, or a share of the height below it; False when there is not
        enough below it yet."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        if share:
            self.setTextCursor(cursor)
        bar = self.verticalScrollBar()
        above = self.viewport().height() // share if share else -INSIDE
        wanted = bar.value() + self.cursorRect(cursor).top() - above
        bar.setValue(wanted)
        return wanted <= bar.maximum()

    # --- another width, another theme

    def _set_width(self) -> None:
        """A text read in one keeps a measure that can be read, in the middle."""
        width = self._room()
        side = MARGIN if self._beside else MARGIN + max(0, (width - MEASURE) // 2 - MARGIN)
        frame = self.document().rootFrame()
        form = frame.frameFormat()
        if form.leftMargin() != side:
            form.setLeftMargin(side)
            form.setRightMargin(side)
            frame.setFrameFormat(form)
        if self.lineWrapColumnOrWidth() != width:
            self.setLineWrapColumnOrWidth(width)

    def _room(self) -> int:
        """The width for text, the same with a scroll bar and without one."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
        return max(200, self.contentsRect().width() - bar)

    def _again(self) -> None:
        """The whole anew, in steps, with what stands at the top there again."""
        row, change = self._wanted_row, self._wanted_change
        if row < 0 and change < 0 and self.verticalScrollBar().value():
            top = self.cursorForPosition(QPoint(0, 0)).position()
            row = bisect_right(self._drawing.starts, top) - 1
        self._start(row, change)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another middle."""
        super().resizeEvent(event)
        if self.lineWrapColumnOrWidth() == self._room():
            return
        if self._done <= AT_ONCE:
            self._set_width()
        else:
            self._rested.start()

    def changeEvent(self, event: QEvent) -> None:
        """Draw it again in the colours of the new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_rested"):
            self._again()


def _is_field(all_rows: list[Row], number: int) -> bool:
    row = all_rows[number] if number < len(all_rows) else None
    return isinstance(row, ShownRow) and isinstance(row.of, FieldDiff)
