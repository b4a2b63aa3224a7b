"""Form fields: setting a value is silent, editing emits a signal."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QPlainTextEdit, QVBoxLayout, QWidget

from pressdesk.document.tools import plain
from pressdesk.gui.kit.keys import WindowKeys
from pressdesk.gui.kit.parts import label, look
from pressdesk.gui.paste import words_of

LINE_LIMIT, TEXT_LIMIT = 1000, 20_000


class Field(QWidget):
    """What the form asks of every field.

    In:   ``show_value(value)`` without a signal, ``set_editable(bool)``, ``commit()``
    Out:  ``edited(value)`` once per change made by the person;
          ``remark(text)`` something about a paste is worth knowing.
    """

    edited = Signal(object)
    remark = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(3)
        self._wrong = label("", "bad", wrap=True)
        self._wrong.hide()
        # Not a focus proxy: Qt's order of Tab stumbles over proxies of fields made late.
        self.main: QWidget | None = None

    def hold(self, main: QWidget, title: str) -> None:
        """Where one types first, and below it words about what is wrong."""
        main.setAccessibleName(title)
        self.column.addWidget(main)
        self.column.addWidget(self._wrong)
        self.main = main

    def take_focus(self) -> None:
        """Give the keyboard to where one types first."""
        if self.main is not None:
            self.main.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_value(self, value: object) -> None:
        """Show a value that came from elsewhere."""
        raise NotImplementedError

    def set_editable(self, editable: bool) -> None:
        """Let it be changed, or only read and copied."""
        self.setEnabled(editable)

    def commit(self) -> None:
        """Take over what is typed and not announced yet."""

    def pending(self) -> str:
        """What was typed and could not be understood; "" when there is nothing."""
        return ""

    def drop(self) -> None:
        """Forget what was typed and could not be understood: another edition is shown."""

    def restore(self, typed: str) -> None:
        """Show again what was typed and could not be understood."""

    def texts(self) -> tuple[QWidget, ...]:
        """The widgets that take keys, for ``WindowKeys``."""
        return () if self.main is None else (self.main,)

    def say(self, wrong: str, *, at: QWidget | None = None) -> None:
        """Say below the field what is wrong with it; "" when nothing is."""
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        if at is not None:
            look(at, "wrong", bool(wrong))
            at.setAccessibleDescription(wrong)


class OneLine(QLineEdit):
    """A line edit that leaves undo to the window: its own would skip the one list."""

    def put(self, text: str) -> None:
        """Show a text from its beginning: scrolled to its end, "12 May" may read "2 May"."""
        self.setText(text)
        if not self.hasFocus():
            self.setCursorPosition(0)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The standard menu without its own undo and redo."""
        without_undo(self.createStandardContextMenu()).popup(event.globalPos())


class FewLines(QPlainTextEdit):
    """A text of a few lines that grows with what is in it; Tab leads on."""

    grown = Signal()
    remark = Signal(str)

    def __init__(self, lines: int = 3, most: int = 12) -> None:
        super().__init__()
        self.setProperty("part", "field")
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._least, self._most = lines, most
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The standard menu without its own undo and redo."""
        without_undo(self.createStandardContextMenu()).popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as its text at this width."""
        super().resizeEvent(event)
        self._fit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Words only; none that their page shows as deleted or hidden."""
        taken = words_of(source)
        if taken.remarks:
            self.remark.emit(taken.remark)
        if taken.page:
            self.insertPlainText(plain(taken.tree))
        else:
            super().insertFromMimeData(source)

    def _fit(self) -> None:
        lines = max(self._least, min(self._most, round(self.document().size().height())))
        height = lines * self.fontMetrics().lineSpacing() + 20
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)
            self.grown.emit()


class Combo(QComboBox):
    """A combo box that does not change when the form is scrolled over it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form."""
        event.ignore()

    def sizeHint(self) -> QSize:
        """As high as a line."""
        return QSize(super().sizeHint().width(), 30)


def without_undo(menu: QMenu) -> QMenu:
    """A standard context menu less undo and redo; it goes when it closes."""
    for action in menu.actions():
        if action.objectName() in ("edit-undo", "edit-redo"):
            menu.removeAction(action)
    if menu.actions() and menu.actions()[0].isSeparator():
        menu.removeAction(menu.actions()[0])
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


class LineField(Field):
    """One line of text."""

    def __init__(self, name: str, title: str, hint: str = "") -> None:
        super().__init__(name)
        self.line = OneLine()
        self.line.setMaxLength(LINE_LIMIT)
        self._hint = hint
        self.line.setPlaceholderText(hint)
        self.line.textEdited.connect(self.edited.emit)
        self.hold(self.line, title)

    def show_value(self, value: object) -> None:
        """Show a text, keeping the cursor where it was."""
        text = str(value or "")
        if text != self.line.text():
            at = self.line.cursorPosition()
            self.line.setText(text)
            self.line.setCursorPosition(min(at, len(text)) if self.line.hasFocus() else 0)

    def set_editable(self, editable: bool) -> None:
        """Let it be changed, or only read and copied."""
        self.line.setReadOnly(not editable)
        self.line.setPlaceholderText(self._hint if editable else "")


class TextField(Field):
    """A text of a few lines."""

    def __init__(self, name: str, title: str, hint: str = "", *, lines: int = 3) -> None:
        super().__init__(name)
        self.text = FewLines(lines)
        self._hint = hint
        self.text.setPlaceholderText(hint)
        self.text.textChanged.connect(self._changed)
        self.text.remark.connect(self.remark)
        self._value = ""
        self.hold(self.text, title)

    def show_value(self, value: object) -> None:
        """Show a text, keeping the cursor where it was."""
        text = str(value or "")
        if text == self._value == self.text.toPlainText():
            return
        self._value = text
        at = self.text.textCursor().position()
        self.text.setPlainText(text)
        cursor = self.text.textCursor()
        cursor.setPosition(min(at, len(self.text.toPlainText())))
        self.text.setTextCursor(cursor)

    def set_editable(self, editable: bool) -> None:
        """Let it be changed, or only read and copied."""
        self.text.setReadOnly(not editable)
        self.text.setPlaceholderText(self._hint if editable else "")

    def _changed(self) -> None:
        text = self.text.toPlainText()
        if text == self._value:
            return
        if len(text) > TEXT_LIMIT:
            text = text[:TEXT_LIMIT]
            self.show_value(text)
        self._value = text
        self.edited.emit(text)


class ChoiceField(Field):
    """One of a few values; "" is none."""

    def __init__(self, name: str, title: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(name)
        self.combo = Combo()
        for value, words in choices:
            self.combo.addItem(words, value)
        self.combo.activated.connect(lambda _at: self.edited.emit(self.combo.currentData()))
        self.hold(self.combo, title)

    def show_value(self, value: object) -> None:
        """Show one of the values; one that is not offered is offered from now on."""
        at = self.combo.findData(value)
        if at < 0:
            self.combo.addItem(str(value), value)
            at = self.combo.count() - 1
        self.combo.setCurrentIndex(at)


def guard(keys: WindowKeys, fields: Sequence[Field]) -> None:
    """Keep the window's keys out of every field."""
    for field in fields:
        keys.watch(*field.texts())
