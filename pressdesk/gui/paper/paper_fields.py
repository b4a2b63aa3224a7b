"""Headline and subtitle: wrapping lines, edited in place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QPoint, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFont, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from pressdesk.document.tools import plain
from pressdesk.gui.editing.pictures import nothing
from pressdesk.gui.kit.keys import WindowKeys
from pressdesk.gui.paste import words_of


class PaperText(QTextEdit):
    """What every text on the paper is: it has no frame, leaves the window its keys and loads
    nothing.

    Out:  ``menu_wanted(point)``  a context menu is asked for, at a global point;
          ``remark(text)``        something about a paste is worth knowing.
    """

    menu_wanted = Signal(QPoint)
    remark = Signal(str)

    def __init__(self, name: str, label: str, font: QFont, parent: QWidget | None = None) -> None:
        super().__init__(parent, tabChangesFocus=True, cursorWidth=1)
        self._keys = WindowKeys(self)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setFont(font)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDefaultFont(font)
        self.document().setDocumentMargin(0)

    def event(self, event: QEvent) -> bool:
        """Decline the window's keys: its undo list and its actions come first."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and self._keys.takes(event):
            event.ignore()
            return False
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The paper's menu instead of Qt's, whose undo would bypass the timeline."""
        self.menu_wanted.emit(event.globalPos())

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """One clear pixel; for nothing Qt would open the name as a file by itself."""
        return nothing()


class PaperLine(PaperText):
    """One line of text that wraps and grows with what is in it; never more than one paragraph.

    In:   ``show_text(text)`` without a signal, ``set_editable(bool)``.
    Out:  ``edited(before, after)`` after each change made by the person;
          ``left(forward)``         Enter or an arrow leads to the next or the last field.
    Has no undo list of its own: the timeline of the release keeps its steps.
    """

    edited = Signal(str, str)
    left = Signal(bool)

    def __init__(self, name: str, label: str, font: QFont) -> None:
        super().__init__(name, label, font)
        self._text = ""
        self._showing = False
        self.setPlaceholderText(label)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def text(self) -> str:
        """What is written."""
        return self._text

    @Slot(str)
    def show_text(self, text: str) -> None:
        """Show a text that came from elsewhere."""
        if text != self._text:
            self._showing = True
            self.setPlainText(text)
            self._text = text
            self._showing = False
            self.moveCursor(QTextCursor.MoveOperation.End)
            self._fit()

    @Slot(bool)
    def set_editable(self, editable: bool) -> None:
        """Make it editable or read-only."""
        self.setReadOnly(not editable)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the arrows lead on; the window's keys are not ours."""
        key = event.key()
        down = key == Qt.Key.Key_Down and not self._can_move(QTextCursor.MoveOperation.Down)
        if self._keys.takes(event):
            event.ignore()
        elif down or key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit(True)
        elif key == Qt.Key.Key_Up and not self._can_move(QTextCursor.MoveOperation.Up):
            self.left.emit(False)
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Words only, on one line."""
        if not self.isReadOnly():
            taken = words_of(source)
            if taken.remarks:
                self.remark.emit(taken.remark)
            self.insertPlainText(" ".join(plain(taken.tree).split())[:10_000])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as its text at this width."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """The height of the text."""
        return QSize(200, self._height())

    def minimumSizeHint(self) -> QSize:
        """The height of the text."""
        return QSize(80, self._height())

    def _can_move(self, way: QTextCursor.MoveOperation) -> bool:
        return self.textCursor().movePosition(way)

    def _height(self) -> int:
        return max(self.fontMetrics().lineSpacing(), round(self.document().size().height())) + 1

    def _fit(self) -> None:
        height = self._height()
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(height)
            self.updateGeometry()

    def _changed(self) -> None:
        if self._showing:
            return
        before, self._text = self._text, self.toPlainText()
        if before != self._text:
            self.edited.emit(before, self._text)
