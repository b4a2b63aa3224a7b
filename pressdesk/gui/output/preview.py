"""The two previews of the right pane: printed page and web page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.icons import colour, icon
from pressdesk.gui.kit.parts import column, label, row
from pressdesk.gui.output import page_view, web_view
from pressdesk.gui.output.page_view import PageView
from pressdesk.gui.output.web_view import WebView

if TYPE_CHECKING:
    from pressdesk.desk.rendering import Web

BAR_HEIGHT = 40


class PagePreview(QWidget):
    """Pages of the real PDF under a slim bar.

    Has:  ``pages``, whose signals and slots are the pane's interface.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = PageView()
        self._where = _words("previewplace")
        self._zoom = _Zoom(_("Page"))
        self._width = _button("", _("Fit page width (0)"), _("Width"))
        self._page = _button("", _("Show the whole page"), _("Page"))
        for button in (self._width, self._page):
            button.setCheckable(True)
        line = row(self._where, self._zoom, self._width, self._page, gap=4, fill=self._where)
        _lay_out(self, line, self.pages)
        self.pages.moved.connect(self._tell)
        self._zoom.stepped.connect(lambda step: self.pages.zoom_by(page_view.STEP**step))
        self._width.clicked.connect(lambda on: self.pages.set_fit("width" if on else ""))
        self._page.clicked.connect(lambda on: self.pages.set_fit("page" if on else ""))
        self._tell()

    @Slot()
    def _tell(self) -> None:
        page, pages = self.pages.position()
        where = _("Page {page} of {pages}").format(page=page, pages=pages) if pages else ""
        self._where.setText(where)
        self._zoom.show_percent(self.pages.zoom())
        self._width.setChecked(self.pages.fit() == "width")
        self._page.setChecked(self.pages.fit() == "page")


class WebPreview(QWidget):
    """The web page under a slim bar.

    In:   ``show_page(web)``, ``show_message(text)``, ``start_over()``, ``clear()``
    Out:  ``browse()`` the person wants it in the browser
    Has:  ``page``, the web page itself.
    """

    browse = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = WebView()
        self._note = _words("previewnote")
        self._note.setWordWrap(True)
        self._note.hide()
        self._zoom = _Zoom(_("Web page"))
        browse = QPushButton(_("Open in browser"))
        browse.setObjectName("browse")
        browse.setIcon(icon("open-outside"))
        browse.setToolTip(_("Open the page in your browser, as readers will see it"))
        _lay_out(self, row(self._zoom, None, browse, gap=4), self._note, self.page)
        browse.clicked.connect(self.browse)
        self.page.zoomed.connect(lambda: self._zoom.show_percent(self.page.zoom()))
        self._zoom.stepped.connect(lambda step: self.page.zoom_by(web_view.STEP**step))
        self._zoom.show_percent(1.0)

    @Slot(object)
    def show_page(self, web: Web) -> None:
        """Show this page, and what is amiss with the one that would be exported."""
        self.page.show_html(web.html)
        self.show_message("\n".join(web.losses))

    @Slot(str)
    def show_message(self, text: str) -> None:
        """Say why there is nothing new to show, the page of before stays; "" for nothing."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    @Slot()
    def start_over(self) -> None:
        """Another release is coming: show it from its top."""
        self.page.start_over()

    @Slot()
    def clear(self) -> None:
        """Nothing is open."""
        self.page.clear()
        self.show_message("")


class _Zoom(QFrame):
    """Smaller, how much, larger. Out: ``stepped(-1 or 1)``, ``stepped(0)`` never."""

    stepped = Signal(int)

    def __init__(self, of: str) -> None:
        super().__init__()
        smaller = _button("zoom-out", _("Zoom out (−)"))
        larger = _button("zoom-in", _("Zoom in (+)"))
        smaller.setAccessibleName(_("{what}: zoom out").format(what=of))
        larger.setAccessibleName(_("{what}: zoom in").format(what=of))
        self._percent = _words("previewzoom")
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._percent.setMinimumWidth(self.fontMetrics().horizontalAdvance("400 %") + 8)
        self.setLayout(row(smaller, self._percent, larger, gap=0))
        smaller.clicked.connect(lambda: self.stepped.emit(-1))
        larger.clicked.connect(lambda: self.stepped.emit(1))

    def show_percent(self, zoom: float) -> None:
        self._percent.setText(f"{round(zoom * 100)} %")


class _Bar(QFrame):
    """The ground of a pane's bar and the fine line under it."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("pane"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour("line"))


def _lay_out(pane: QWidget, line: QHBoxLayout, *below: QWidget) -> None:
    """A pane is a bar over widgets, the last of which takes the room."""
    bar = _Bar()
    bar.setObjectName("previewbar")
    bar.setFixedHeight(BAR_HEIGHT)
    line.setContentsMargins(12, 0, 8, 0)
    pane.setLayout(column(bar, *below, fill=below[-1]))
    # After what is below: a proxy that stands behind its buttons keeps Shift+Tab from them.
    bar.setLayout(line)
    pane.setFocusProxy(below[-1])


def _words(name: str) -> QLabel:
    made = label()
    made.setObjectName(name)
    return made


def _button(drawing: str, advice: str, text: str = "") -> QToolButton:
    button = QToolButton(autoRaise=True)
    if drawing:
        button.setIcon(icon(drawing))
    button.setText(text)
    button.setToolTip(advice)
    button.setAccessibleName(advice)
    button.setMinimumSize(QSize(26, 26))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
