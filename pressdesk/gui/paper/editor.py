"""The rich-text editor; it contains nothing that the document tree does not know."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QMimeData, Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QWidget

from pressdesk.base.i18n import _
from pressdesk.document.nodes import Document, Mark
from pressdesk.document.tools import WORDS_A_MINUTE
from pressdesk.gui.bridge import Reading, fill, insert, read_selection
from pressdesk.gui.bridge.looks import Looks, body_font
from pressdesk.gui.bridge.read import marks_of
from pressdesk.gui.editing import blocks, breaks, lists, marks, tables
from pressdesk.gui.editing.ornaments import pad, paint_dateline, paint_ornaments
from pressdesk.gui.editing.pictures import picture, sizes
from pressdesk.gui.kit.icons import colour
from pressdesk.gui.kit.parts import pause
from pressdesk.gui.paper.paper_fields import PaperText
from pressdesk.gui.paste import OWN, from_mime, to_mime

IDLE = 300
"""Milliseconds without a change after which words are counted and a typing step is sealed."""

_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)

_AT_BORDERS = {Qt.Key.Key_Backspace.value: breaks.backspace, Qt.Key.Key_Delete.value: breaks.delete}

SOON = 30
"""Milliseconds after which the bars follow the cursor: once for a burst of keys."""


class Editor(PaperText):
    """A text that shows a tree and gives it back.

    In:   ``show_tree(tree, attachments)``, ``set_editable(bool)``, ``set_language(tag)``,
          the commands below.
    Out:  ``changed()``            after each change made by the person, undo and redo included;
          ``counted(words, minutes)`` a moment after a pause;
          ``paused()``             a moment after a pause, before ``counted``;
          ``styled()``             the cursor stands in another style or format;
          ``files_dropped(names)`` local files were dropped or pasted; nothing was opened;
          ``link_wanted()``        the person asks for the link field;
          ``link_activated(url)``  the person opens a link;
          ``left_upwards()``       the cursor goes up from the first line.
    Pasted and dropped things are cleaned to the tree's nodes. No file or address is ever opened.
    """

    changed = Signal()
    counted = Signal(int, int)
    paused = Signal()
    styled = Signal()
    files_dropped = Signal(list)
    link_wanted = Signal()
    link_activated = Signal(str)
    left_upwards = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("text", _("Text"), body_font(), parent)
        self._attachments: dict[str, bytes] = {}
        self._language = "en"
        self._dateline = ""
        self._filling = False
        self.viewport().setAutoFillBackground(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        document = self.document()
        document.setIndentWidth(26)
        self._looks = Looks(document, self)
        self._reading = Reading(document, self)
        self._idle = pause(self, IDLE, self._rest)
        self._soon = pause(self, SOON, self.styled.emit)
        self.textChanged.connect(self._text_changed)
        self.currentCharFormatChanged.connect(self._format_changed)
        self.cursorPositionChanged.connect(self._format_changed)
        self.show_tree(Document())

    # --- the tree in and out

    def show_tree(self, tree: Document, attachments: Mapping[str, bytes] | None = None) -> None:
        """Show a text; clears the undo list of the document and does not emit ``changed``."""
        self._attachments = dict(attachments or {})
        self._filling = True
        fill(self.document(), tree, sizes(self._attachments))
        pad(self.document())
        self._filling = False
        self._reading.forget()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._idle.start()
        self.styled.emit()

    def tree(self) -> Document:
        """The text as it stands; about 1 ms after one changed paragraph in 50,000 words."""
        return self._reading.tree()

    def counts(self) -> tuple[int, int]:
        """Words, and minutes of silent reading."""
        words = self._reading.words()
        pace = WORDS_A_MINUTE.get(self._language.split("-")[0], 200)
        return words, -(-words // pace)

    @Slot(bool)
    def set_editable(self, editable: bool) -> None:
        """Make the text editable or read-only."""
        self.setReadOnly(not editable)
        flags = Qt.TextInteractionFlag.TextSelectableByMouse
        flags |= Qt.TextInteractionFlag.TextSelectableByKeyboard
        if editable:
            flags = Qt.TextInteractionFlag.TextEditorInteraction
        self.setTextInteractionFlags(flags)
        self.styled.emit()

    @Slot(str)
    def set_language(self, language: str) -> None:
        """The language of the edition: for the reading time."""
        self._language = language
        self._idle.start()

    @Slot(str)
    def set_dateline(self, text: str) -> None:
        """What to paint into the room before the first words, where room was made."""
        self._dateline = text
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Links and quotes follow the theme; the text and its undo list stay as they are."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_looks"):
            self._looks.renew()

    # --- commands

    def toggle_mark(self, mark: Mark) -> None:
        """Put a mark on what is selected or will be typed, or take it off."""
        if not self.isReadOnly():
            style = marks.first_format(self.textCursor())
            self.mergeCurrentCharFormat(marks.marked(style, mark))
            self.styled.emit()

    def set_style(self, style: str) -> None:
        """Give the chosen paragraphs one of ``actions.style_names``."""
        if style in ("bullets", "numbers"):
            self._do(lambda cursor: lists.toggle_list(cursor, ordered=style == "numbers"))
        else:
            self._do(lambda cursor: blocks.set_style(cursor, style))

    def paragraph_style(self) -> str:
        """The style at the cursor."""
        return blocks.style_of(self.textCursor().block())

    def marks_here(self) -> Mark:
        """The marks of what is selected or will be typed."""
        return marks_of(marks.first_format(self.textCursor()))

    def clear_formatting(self) -> None:
        """Take marks, links and the paragraph style off what is selected, else the paragraph."""

        def clear(cursor: QTextCursor) -> None:
            if not cursor.hasSelection():
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            blocks.set_style(cursor, "paragraph")
            marks.clear_marks(cursor)

        self._do(clear)
        self.setCurrentCharFormat(QTextCharFormat())

    def set_link(self, address: str | None) -> None:
        """Link what is selected, or take the link off."""
        self._do(lambda cursor: marks.put_link(cursor, address))

    def link_here(self) -> str:
        """The address of the link at the cursor, or ""."""
        return marks.link_at(self.textCursor())

    def insert_table(self, rows: int, columns: int) -> None:
        """Put an empty table in and go to its first cell."""
        self._do(lambda cursor: tables.insert_table(cursor, rows, columns), move=True)

    def change_table(self, change: str) -> None:
        """One of ``tables.CHANGES`` at the cursor."""
        self._do(lambda cursor: tables.change_table(cursor, change))

    def insert_rule(self) -> None:
        """Put a break in the text."""
        self._do(blocks.insert_rule, move=True)

    @Slot(bool)
    def show_marks(self, shown: bool) -> None:
        """Show spaces and paragraph ends, or not."""
        option = self.document().defaultTextOption()
        flags = QTextOption.Flag.ShowTabsAndSpaces | QTextOption.Flag.ShowLineAndParagraphSeparators
        option.setFlags(option.flags() | flags if shown else option.flags() & ~flags)
        self.document().setDefaultTextOption(option)

    @Slot()
    def paste_plain(self) -> None:
        """Paste the words only."""
        mime = QGuiApplication.clipboard().mimeData()
        if mime is not None and not self.isReadOnly():
            self._take(mime, only_text=True)

    @Slot(int)
    def move_to(self, position: int) -> None:
        """Put the cursor there and show it: where an undo happened."""
        cursor = self.textCursor()
        cursor.setPosition(max(0, min(position, self.document().characterCount() - 1)))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _do(self, command: Callable[[QTextCursor], object], *, move: bool = False) -> None:
        if self.isReadOnly():
            return
        cursor = self.textCursor()
        command(cursor)
        if move:
            self.setTextCursor(cursor)
        self.styled.emit()

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own keys, but for the borders of blocks, lists and tables; Ctrl+Tab always
        leads on, also out of those."""
        if self._keys.takes(event):
            event.ignore()
        elif event.key() in _TABS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
        elif self.isReadOnly() or not self._own_key(event):
            if event.text().isprintable() and event.text():
                breaks.before_typing(self)
            super().keyPressEvent(event)

    def _own_key(self, event: QKeyEvent) -> bool:
        key, shift = event.key(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        cursor = self.textCursor()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shift:
            breaks.enter(cursor)
        elif key in _AT_BORDERS and not event.modifiers():
            if not _AT_BORDERS[key](cursor):
                return False
        elif key in _TABS:
            self._tab(cursor, back=key == Qt.Key.Key_Backtab)
            return True
        elif key == Qt.Key.Key_Up and not event.modifiers():
            if cursor.movePosition(QTextCursor.MoveOperation.Up):
                return False
            self.left_upwards.emit()
            return True
        else:
            return False
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self.styled.emit()
        return True

    def _tab(self, cursor: QTextCursor, *, back: bool) -> None:
        if cursor.currentTable() is not None:
            tables.next_cell(cursor, back=back)
            self.setTextCursor(cursor)
        else:
            (lists.outdent_items if back else lists.indent_items)(cursor)
            self.styled.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leads on, except where it goes from cell to cell or moves items of a list."""
        cursor = self.textCursor()
        if not self.isReadOnly() and (
            cursor.currentTable() is not None or lists.in_list(cursor.block())
        ):
            return False
        return super().focusNextPrevChild(forward)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Composed letters follow the same rule as typed ones."""
        if event.commitString():
            breaks.before_typing(self)
        super().inputMethodEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ctrl and a click open a link."""
        address = self.anchorAt(event.position().toPoint())
        if address and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.link_activated.emit(address)
            return
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu is of the place under the pointer, unless something is selected."""
        if not self.textCursor().hasSelection():
            self.setTextCursor(self.cursorForPosition(event.pos()))
        super().contextMenuEvent(event)

    # --- clipboard and drops

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is selected as a tree, as HTML and as text."""
        return to_mime(read_selection(self.textCursor()))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Anything with words, and files, which are only announced."""
        return source.hasText() or source.hasHtml() or source.hasFormat(OWN) or source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Put a cleaned tree in; Qt's own way would keep fonts and open pictures."""
        if not self.isReadOnly():
            self._take(source, only_text=False)

    def _take(self, source: QMimeData, *, only_text: bool) -> None:
        taken = from_mime(source, only_text=only_text)
        if taken.remarks:
            self.remark.emit(taken.remark)
        if taken.files:
            self.files_dropped.emit(list(taken.files))
        if taken.tree.blocks:
            cursor = self.textCursor()
            insert(cursor, taken.tree, sizes(self._attachments))
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def loadResource(self, _kind: int, name: QUrl | str) -> object:
        """Pictures of the desk only; for all else one clear pixel."""
        return picture(QUrl(name).toString(), self._attachments)

    # --- looks

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text on its paper, then what is painted beside it."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colour("pane"))
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        paint_dateline(painter, self, self._dateline)
        paint_ornaments(painter, self, event.rect())
        painter.end()

    # --- pauses

    @Slot()
    def _text_changed(self) -> None:
        if not self._filling:
            self._idle.start()
            self.changed.emit()

    @Slot()
    def _format_changed(self) -> None:
        if not self._filling and not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _rest(self) -> None:
        self.paused.emit()
        self.counted.emit(*self.counts())
