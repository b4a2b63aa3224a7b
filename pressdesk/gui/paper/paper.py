"""The paper: state and reference, headline, subtitle, dateline and text, scrolled as one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QMenu, QScrollBar, QTextEdit, QWidget

from pressdesk.base.i18n import _
from pressdesk.document.nodes import Document
from pressdesk.gui.editing.dateline import Dateline
from pressdesk.gui.editing.finder import Finder
from pressdesk.gui.editing.timeline import Timeline
from pressdesk.gui.kit.icons import colour
from pressdesk.gui.paper.actions import TextActions, window_action
from pressdesk.gui.paper.editor import Editor
from pressdesk.gui.paper.paper_fields import PaperLine
from pressdesk.gui.paper.paper_head import PaperHead
from pressdesk.gui.paper.place import Spot, found, spot

ABOVE, PADDING, TOP = 22, 44, 34
"""Ground above the paper, and paper beside and above the words, in pixels."""

WIDEST, NARROWEST, GROUND = 640, 440, 44
RADIUS = 10


class Paper(QWidget):
    """One edition as it is written.

    In:   ``show_edition(title, subtitle, tree, attachments)`` begins a new undo list;
          ``show_dateline(text)``, ``show_languages(current, choices)``,
          ``set_editable(bool)``.
    Out:  ``changed()`` text, headline or subtitle differ; ``title_edited(str)``,
          ``subtitle_edited(str)``; ``remark(text)``.
    Has:  ``head`` and ``text``, which tell the rest themselves; ``timeline`` for the fields of
          the form; ``actions_of_text`` and ``finder`` for the bars; ``undo_action`` and
          ``redo_action``, which work in the whole window.
    The text keeps a scroll bar of its own, hidden; the paper's bar moves the head first and then
    the text, so that 50,000 words are never laid out as one tall widget.
    """

    changed = Signal()
    title_edited = Signal(str)
    subtitle_edited = Signal(str)
    remark = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._placing = False
        self._seen: tuple[object, ...] = ()
        self.setObjectName("paper")
        self.head = PaperHead(self)
        self.text = Editor(self)
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self.timeline = Timeline(self.text.document(), self)
        self._dateline = Dateline(self.text.document(), self.timeline, self)
        self.finder = Finder(self.text, self)
        self.actions_of_text = TextActions(self.text, self)
        self.undo_action = window_action(self, _("Undo"), self.timeline.undo, "Ctrl+Z")
        redo = ("Ctrl+Shift+Z", "Ctrl+Y")
        self.redo_action = window_action(self, _("Redo"), self.timeline.redo, *redo)
        self.setTabOrder(self.head.headline, self.head.subtitle)
        self.setTabOrder(self.head.subtitle, self.text)
        self._connect()

    def _connect(self) -> None:
        head, text = self.head, self.text
        for line, told in (
            (head.headline, self.title_edited),
            (head.subtitle, self.subtitle_edited),
        ):
            line.edited.connect(partial(self._line_edited, line, told))
        head.headline.left.connect(self._from_headline)
        head.subtitle.left.connect(self._from_subtitle)
        self._dateline.placed.connect(head.show_dateline)
        head.resized.connect(self._place)
        for field in (head.headline, head.subtitle, text):
            field.menu_wanted.connect(self._menu)
            field.remark.connect(self.remark)
            field.viewport().installEventFilter(self)
        text.changed.connect(self._text_changed)
        text.paused.connect(self.timeline.seal)
        text.left_upwards.connect(self._to_subtitle)
        text.cursorPositionChanged.connect(self._follow)
        text.document().documentLayout().documentSizeChanged.connect(self._resized)
        text.verticalScrollBar().valueChanged.connect(self._text_scrolled)
        self._bar.valueChanged.connect(self._place)
        self.timeline.moved.connect(text.move_to)
        self.timeline.canUndoChanged.connect(self.undo_action.setEnabled)
        self.timeline.canRedoChanged.connect(self.redo_action.setEnabled)
        for action in (self.undo_action, self.redo_action):
            action.setEnabled(False)

    # --- values in

    def show_edition(
        self,
        title: str,
        subtitle: str,
        tree: Document,
        attachments: Mapping[str, bytes] | None = None,
    ) -> None:
        """Show an edition from its top; clears the undo list."""
        self.finder.stop()
        self.head.headline.show_text(title)
        self.head.subtitle.show_text(subtitle)
        self.text.show_tree(tree, attachments)
        self.timeline.restart()
        self._dateline.show("")
        self._resized()
        self._bar.setValue(0)

    def spot(self) -> Spot:
        """Where the cursor and the page are."""
        return spot(self.text.textCursor(), self._bar.value())

    def go_back(self, was: Spot) -> None:
        """Be there again, as far as the text still has such a place."""
        self.text.move_to(found(self.text.document(), was))
        self._bar.setValue(min(was.scrolled, self._extent()))
        self._place()

    @Slot(str)
    def show_dateline(self, text: str) -> None:
        """What will be printed before the first paragraph; "" for nothing."""
        self.text.set_dateline(text)
        self._dateline.show(text)

    def show_languages(self, current: str, choices: Sequence[tuple[str, str]]) -> None:
        """The language button: the current tag, and tag and label of each choice in its menu."""
        self.head.show_languages(current, choices)
        self.text.set_language(current)

    @Slot(bool)
    def set_editable(self, editable: bool) -> None:
        """Make everything on the paper editable or read-only."""
        for field in (self.head.headline, self.head.subtitle, self.text):
            field.set_editable(editable)

    def changeEvent(self, event: QEvent) -> None:
        """Marks of a search follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "finder"):
            self.finder.mark()

    # --- values out

    def tree(self) -> Document:
        """The text as it stands; about 1 ms in 50,000 words after one changed paragraph."""
        return self.text.tree()

    def title(self) -> str:
        """The headline."""
        return self.head.headline.text()

    def subtitle(self) -> str:
        """The subtitle."""
        return self.head.subtitle.text()

    def _line_edited(self, line: PaperLine, told: SignalInstance, before: str, after: str) -> None:
        self.timeline.field(line.accessibleName(), partial(self._put, line, told), before, after)
        told.emit(after)
        self.changed.emit()

    def _put(self, line: PaperLine, told: SignalInstance, text: str) -> None:
        line.show_text(text)
        self._bar.setValue(0)
        told.emit(text)
        self.changed.emit()

    @Slot()
    def _text_changed(self) -> None:
        if not self._dateline.placing:
            self.changed.emit()

    # --- from field to field

    @Slot(bool)
    def _from_headline(self, forward: bool) -> None:
        if forward:
            self.head.subtitle.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(bool)
    def _from_subtitle(self, forward: bool) -> None:
        target: QWidget = self.text if forward else self.head.headline
        target.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _to_subtitle(self) -> None:
        self._bar.setValue(0)
        self.head.subtitle.setFocus(Qt.FocusReason.BacktabFocusReason)

    @Slot(QPoint)
    def _menu(self, point: QPoint) -> None:
        sender = self.sender()
        field = sender if isinstance(sender, QTextEdit) else self.text
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self.undo_action, self.redo_action])
        menu.addSeparator()
        self.actions_of_text.fill_menu(menu, field)
        menu.popup(point)

    # --- one page

    def _extent(self) -> int:
        """Pixels from the top of the page to the first line of the text."""
        return ABOVE + TOP + self.head.height() + 8

    @Slot()
    def _resized(self) -> None:
        whole = self._extent() + round(self.text.document().size().height())
        self._bar.setRange(0, max(0, whole - self.height()))
        self._bar.setPageStep(max(self.height(), 1))
        self._bar.setSingleStep(26)
        self._bar.setVisible(self._bar.maximum() > 0)
        self._place()

    def _sheet(self) -> tuple[int, int]:
        """Left edge and width of the paper."""
        width = max(min(WIDEST, self.width() - 2 * GROUND), min(NARROWEST, self.width()))
        return (self.width() - width) // 2, width

    @Slot()
    def _place(self) -> None:
        if self._placing:
            return
        self._placing = True
        left, width = self._sheet()
        offset = self._bar.value()
        extent = self._extent()
        hidden = min(offset, extent)
        inner = width - 2 * PADDING
        self.head.setGeometry(left + PADDING, ABOVE + TOP - hidden, inner, self.head.height())
        top = extent - hidden
        self.text.setGeometry(left + PADDING, top, inner, max(self.height() - top, 1))
        self.text.verticalScrollBar().setValue(offset - hidden)
        self._placing = False
        ends = offset == self._bar.maximum()
        seen = (left, width, hidden, ends, self.width(), self.height())
        if seen != self._seen:
            # A line more in the text moves nothing: painting the whole paper costs a millisecond.
            self._seen = seen
            self.update()

    @Slot(int)
    def _text_scrolled(self, value: int) -> None:
        """Qt scrolled the text to show the cursor: the page follows."""
        if not self._placing:
            self._bar.setValue(min(self._bar.value(), self._extent()) + value)
            self._place()

    @Slot()
    def _follow(self) -> None:
        if self.text.textCursor().position() == 0 and self.text.hasFocus():
            self._bar.setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the paper into its place."""
        super().resizeEvent(event)
        width = self._bar.sizeHint().width()
        self._bar.setGeometry(self.width() - width, 0, width, self.height())
        self.head.fit(self._sheet()[1] - 2 * PADDING)
        self._place()
        self._resized()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, wherever the pointer is."""
        self._bar.event(event)
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Scroll the page instead of the field under the pointer."""
        if event.type() == QEvent.Type.Wheel and isinstance(event, QWheelEvent):
            self.wheelEvent(event)
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, a soft shadow and the paper."""
        painter = QPainter(self)
        left, width = self._sheet()
        top = ABOVE - min(self._bar.value(), self._extent())
        below = 0 if self._bar.value() == self._bar.maximum() else 2 * RADIUS
        paper = QRectF(left, top, width, self.height() - top + below)
        if paper.adjusted(RADIUS, RADIUS, -RADIUS, -RADIUS).contains(QRectF(event.rect())):
            painter.fillRect(event.rect(), colour("pane"))
        else:
            self._paint_paper(painter, paper, event)
        painter.end()

    def _paint_paper(self, painter: QPainter, paper: QRectF, event: QPaintEvent) -> None:
        painter.fillRect(event.rect(), colour("ground"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        shadow = colour("shadow")
        shadow.setAlpha(16)
        for spread in range(8, 0, -2):
            painter.setBrush(shadow)
            rim = paper.adjusted(-spread, -spread + 2, spread, spread + 2)
            painter.drawRoundedRect(rim, RADIUS + spread, RADIUS + spread)
        painter.setBrush(colour("pane"))
        painter.drawRoundedRect(paper, RADIUS, RADIUS)
