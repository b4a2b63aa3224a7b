"""A field of chips: topics, with completion from earlier ones."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCompleter, QLayout, QLayoutItem, QPushButton, QSizePolicy, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.fields import Field, OneLine
from pressdesk.gui.kit.icons import icon
from pressdesk.gui.kit.parts import card, empty, look, no_key, tip

CHIP_LIMIT, WORD_LIMIT = 40, 80


class FlowLayout(QLayout):
    """Widgets in lines, broken where the width ends; the last one takes what is left."""

    def __init__(self, parent: QWidget, *, gap: int = 6, stretch_last: bool = False) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._stretch = gap, stretch_last
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """At the end."""
        self._items.append(item)

    def insert(self, place: int, widget: QWidget) -> None:
        """At a place."""
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        """How many."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove one."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Yes."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """The least there is."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """The largest single item."""
        size = QSize(40, 20)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def setGeometry(self, rect: QRect) -> None:
        """Lay them out."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        margins = self.contentsMargins()
        inner = rect.marginsRemoved(margins)
        x, y, line = inner.left(), inner.top(), 0
        for place, item in enumerate(self._items):
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            size = item.sizeHint()
            last = self._stretch and place == len(self._items) - 1
            width = min((item.minimumSize() if last else size).width(), inner.width())
            if x > inner.left() and x + width > inner.right() + 1:
                x, y, line = inner.left(), y + line + self._gap, 0
            if last:
                width = max(width, inner.right() + 1 - x)
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, size.height())))
            x, line = x + width + self._gap, max(line, size.height())
        return y + line + margins.bottom() - rect.top()


class Chip(QPushButton):
    """One word; a click or Delete takes it away."""

    removed = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(f"{no_key(text)} ")
        self.setProperty("part", "chip")
        self.setAutoDefault(False)
        self.setIcon(icon("close", "faint"))
        self.setIconSize(QSize(12, 12))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setAccessibleName(_("Remove {name}").format(name=text))
        self.setToolTip(tip(self.accessibleName()))
        self.clicked.connect(self.removed)

    def set_editable(self, editable: bool) -> None:
        """Show the cross, or only the word."""
        self.setEnabled(editable)
        self.setIcon(icon("close", "faint") if editable else QIcon())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes it away."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class ChipsField(Field):
    """Several short words. The value is a tuple of them."""

    def __init__(self, name: str, title: str, hint: str = "") -> None:
        super().__init__(name)
        self._values: tuple[str, ...] = ()
        self._editable, self._hint = True, hint
        self._frame = card("chipfield")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._frame.setSizePolicy(policy)
        self._flow = FlowLayout(self._frame, gap=5, stretch_last=True)
        self._flow.setContentsMargins(6, 4, 6, 4)
        self.line = _Word(self)
        self.line.setProperty("part", "bare")
        self.line.setMinimumWidth(60)
        self.line.setMaxLength(WORD_LIMIT)
        self.line.setAccessibleName(title)
        self._known = QStringListModel(self)
        complete = QCompleter(self._known, self)
        complete.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        complete.setFilterMode(Qt.MatchFlag.MatchContains)
        complete.activated.connect(lambda _word: self.commit(), Qt.ConnectionType.QueuedConnection)
        self.line.setCompleter(complete)
        self.line.textEdited.connect(self._typed)
        self.line.installEventFilter(self)
        self._frame.installEventFilter(self)
        self._flow.addWidget(self.line)
        self.column.addWidget(self._frame)
        self.main = self.line
        self.show_value(())

    def set_known(self, known: Sequence[str]) -> None:
        """Words used before, for completion."""
        self._known.setStringList(list(known))

    def value(self) -> tuple[str, ...]:
        """The words."""
        return self._values

    def show_value(self, value: object) -> None:
        """Show these words."""
        words = tuple(map(str, value)) if isinstance(value, tuple | list) else ()
        self.line.setPlaceholderText("" if words else self._hint)
        if words == self._values and self._flow.count() == len(words) + 1:
            return
        self._values = words
        empty(self._flow, keep=1)
        for place, word in enumerate(words):
            chip = Chip(word)
            chip.removed.connect(lambda at=place: self.take_off(at))
            chip.set_editable(self._editable)
            self._flow.insert(place, chip)
            chip.show()
        self._frame.updateGeometry()

    def set_editable(self, editable: bool) -> None:
        """Allow words to be added and removed."""
        self._editable = editable
        self.line.setVisible(editable)
        for chip in self._frame.findChildren(Chip):
            chip.set_editable(editable)

    def commit(self) -> None:
        """Take over the word that is typed."""
        self.take(self.line.text())

    def take(self, typed: str) -> None:
        """Add what is typed, parted by commas; words that are there already are not doubled."""
        self.line.clear()
        added = list(self._values)
        for word in typed.replace(";", ",").split(","):
            word = " ".join(word.split())[:WORD_LIMIT]
            there = {known.casefold() for known in added}
            if word and word.casefold() not in there and len(added) < CHIP_LIMIT:
                added.append(word)
        self._announce(tuple(added))

    def take_off(self, place: int) -> None:
        """Take one word away."""
        if not self._editable or not 0 <= place < len(self._values):
            return
        self._announce(self._values[:place] + self._values[place + 1 :])
        self.line.setFocus()

    def last(self) -> int:
        """The place of the last word."""
        return len(self._values) - 1

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the ring while the keyboard is inside; a click anywhere goes to the line."""
        if watched is self.line and event.type() == QEvent.Type.FocusIn:
            look(self._frame, "inside", True)
        elif watched is self.line and event.type() == QEvent.Type.FocusOut:
            look(self._frame, "inside", False)
            if not self._popup_open():
                self.commit()
        elif watched is self._frame and isinstance(event, QMouseEvent):
            self.line.setFocus()
        return super().eventFilter(watched, event)

    def _popup_open(self) -> bool:
        complete = self.line.completer()
        popup = complete.popup() if complete is not None else None
        return popup is not None and popup.isVisible()

    def _typed(self, text: str) -> None:
        if "," in text or ";" in text:
            self.take(text)

    def _announce(self, words: tuple[str, ...]) -> None:
        if words != self._values:
            self.show_value(words)
            self.edited.emit(words)


class _Word(OneLine):
    """The line inside: Enter takes the word over, Backspace at the start drops the last one."""

    def __init__(self, field: ChipsField) -> None:
        super().__init__()
        self._field = field

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Backspace are the field's."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text().strip():
            self._field.commit()
        elif key == Qt.Key.Key_Backspace and not self.text():
            self._field.take_off(self._field.last())
        else:
            super().keyPressEvent(event)
