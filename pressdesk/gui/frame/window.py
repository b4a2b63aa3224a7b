"""The main window: lays out its widgets and offers the actions; has no logic of its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QByteArray, QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QMainWindow, QSplitter, QVBoxLayout, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.frame.commands import Command, Menu, Need
from pressdesk.gui.frame.shell import Shell, pane_widths
from pressdesk.gui.frame.side_pane import SidePane
from pressdesk.gui.kit.parts import column
from pressdesk.gui.kit.screen import room_on
from pressdesk.gui.kit.tokens import Tokens


class MainWindow(QMainWindow):
    """Top bar; list, paper and right pane side by side; status line.

    Comes up as an empty shell, which is painted at once; ``lay_out`` fills it.
    Below 1240 px the right pane is a drawer over the paper; from 1800 px on the previews
    get a column of their own.
    Out:  ``painted()`` once, after the first paint; ``closing()`` before it closes;
          ``preview_shown(key)`` when "page" or "web" comes to the front or both have gone ("");
          ``preview_neared()`` somebody may be about to ask for one.
    """

    painted = Signal()
    closing = Signal()
    preview_shown = Signal(str)
    preview_neared = Signal()

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._painted = False
        self._mode = ""
        self._list: QWidget | None = None
        self._middle: QWidget | None = None
        self.setWindowTitle("PressDesk")
        room = room_on(self)
        self.setMinimumSize(QSize(860, 560).boundedTo(room))
        self.resize(QSize(1440, 900).boundedTo(room))
        self.setCentralWidget(Shell(tokens))

    def commands(self) -> tuple[Command, ...]:
        """To go about in the window."""
        return (
            Command(
                "history",
                _("History"),
                partial(self.show_side, "history"),
                "Ctrl+Shift+H",
                Menu.RELEASE,
                Need.RECORD,
            ),
            Command("preview", _("Page preview"), partial(self.show_side, "page"), "F5"),
            Command("pane", _("Next pane"), self.next_pane, "F6"),
            Command("drawer", _("Show or hide the right pane"), self.toggle_side, "F9"),
        )

    def lay_out(
        self,
        topbar: QWidget,
        releases: QWidget,
        middle: QWidget,
        sides: Sequence[QWidget],
        status: QWidget,
    ) -> None:
        """Put the parts where the shell was; once.

        sides  what is at the right: details, page, web page and history
        """
        self._list, self._middle = releases, middle
        self.side, self.column = SidePane("side"), SidePane("column")
        self._drawer = QFrame(self)
        self._drawer.setObjectName("drawer")
        self._drawn = column(around=(1, 0, 0, 0))
        self._drawer.setLayout(self._drawn)
        self._drawer.hide()
        self._splitter = QSplitter(
            Qt.Orientation.Horizontal, handleWidth=1, childrenCollapsible=False
        )
        self._splitter.setObjectName("panesplit")
        frame = self._frame(topbar)
        for widget in (releases, middle, self.side, self.column):
            self._splitter.addWidget(widget)
        self._splitter.setStretchFactor(1, 1)
        titles = {
            "details": _("Details"),
            "page": _("Page"),
            "web": _("Web"),
            "history": _("History"),
        }
        for (key, title), page in zip(titles.items(), sides, strict=True):
            self.side.put(key, title, page)
        for pane in (self.side, self.column):
            pane.page_shown.connect(self._shown)
            pane.tabs_neared.connect(self.preview_neared)
        frame.addWidget(status)  # last: Tab goes round in the order things are put in
        self.column.hide()
        self._arrange(self._mode_for(self.width()))

    def _frame(self, topbar: QWidget) -> QVBoxLayout:
        """The frame, before what stands in it: Qt dresses a widget anew each time it or what
        it stands in gets another parent; from the top down each of them is dressed once."""
        body = QWidget()
        body.setObjectName("body")
        frame = column()
        body.setLayout(frame)
        self.setCentralWidget(body)
        frame.addWidget(topbar)
        frame.addWidget(self._splitter, 1)
        return frame

    # --- layout by width

    def _mode_for(self, width: int) -> str:
        listed, sided, columned = pane_widths(width)
        if not sided:
            return "drawer"
        return "wide" if columned else "narrow" if listed < 300 else "normal"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change the layout where the width asks for it."""
        super().resizeEvent(event)
        if self._middle is None:
            return
        mode = self._mode_for(event.size().width())
        if mode != self._mode:
            self._arrange(mode)
        self._place_drawer()

    def _arrange(self, mode: str) -> None:
        self._mode = mode
        previews = self.column if mode == "wide" else self.side
        for key, title in (("page", _("Page")), ("web", _("Web"))):
            for pane in (self.side, self.column):
                if pane is not previews and (page := pane.take(key)) is not None:
                    previews.put(key, title, page, before="history")
        self.column.setVisible(mode == "wide")
        drawn = self.side.parent() is self._drawer
        if mode != "drawer":
            self._drawer.hide()
        if drawn != (mode == "drawer"):
            if drawn:
                self._splitter.insertWidget(2, self.side)
            else:
                self._drawn.addWidget(self.side)
            self.side.show()
        listed, sided, columned = pane_widths(self.width())
        middle = max(400, self.width() - listed - sided - columned)
        self._splitter.setSizes([listed, middle, sided, columned])
        if mode == "wide":
            self.column.show_page(self.column.current() or "page")

    def _place_drawer(self) -> None:
        if self._mode != "drawer":
            return
        top = self._splitter.mapTo(self, QPoint(0, 0)).y()
        width = min(400, self.width() - 200)
        self._drawer.setGeometry(self.width() - width, top, width, self._splitter.height())
        self._drawer.raise_()

    def toggle_side(self) -> None:
        """F9: show or hide the drawer, or the right pane if there is room for it."""
        target = self._drawer if self._mode == "drawer" else self.side
        target.setVisible(not target.isVisible())
        self._place_drawer()
        self._shown("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An unhandled Esc closes the drawer and returns the focus to the paper."""
        escape = event.key() == Qt.Key.Key_Escape
        if escape and self._middle is not None and self._drawer.isVisible():
            self.toggle_side()
            self._middle.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def show_side(self, key: str) -> None:
        """Bring a page of the right to the front, opening the drawer if need be."""
        pane = self.column if self.column.has(key) else self.side
        if self._mode == "drawer":
            self._drawer.show()
            self._place_drawer()
        else:
            pane.show()
        pane.show_page(key)

    def focus_side(self) -> None:
        """Give the keyboard to the right pane, opening it if need be."""
        if not self.side.isVisible():
            self.toggle_side()
        self.side.focus_page()

    def next_pane(self) -> None:
        """F6: list, paper, right pane, and round again."""
        focus, middle = self.focusWidget(), self._middle
        if self._list is None or middle is None:
            return
        if focus is not None and self._list.isAncestorOf(focus):
            middle.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif focus is not None and middle.isAncestorOf(focus):
            self.focus_side()
        else:
            self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def preview_in_front(self) -> str:
        """ "page" or "web" when it can be seen, else ""."""
        front = [pane.current() for pane in (self.column, self.side) if pane.isVisible()]
        return next((key for key in front if key in ("page", "web")), "")

    def _shown(self, _key: str) -> None:
        self.preview_shown.emit(self.preview_in_front())

    # --- what is remembered

    def state(self) -> tuple[bytes, bytes]:
        """Geometry and splitter, to be handed to ``restore`` next time."""
        return bytes(self.saveGeometry().data()), bytes(self._splitter.saveState().data())

    def restore(self, geometry: bytes) -> None:
        """Come up where it was last time; bytes that mean nothing change nothing."""
        if geometry:
            self.restoreGeometry(QByteArray(geometry))

    def restore_panes(self, splitter: bytes) -> None:
        """The widths of the panes, as ``state`` gave them; after ``lay_out``."""
        if splitter and self._mode != "drawer":
            self._splitter.restoreState(QByteArray(splitter))

    # --- once painted, before closing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Signal once that the window is on the screen."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing never asks: the draft row is kept by whoever listens."""
        self.closing.emit()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """The drawer follows a change of style or font."""
        super().changeEvent(event)
        if self._middle and event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._place_drawer()
