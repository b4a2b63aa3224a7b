"""The two previews of the right pane: the page as it prints, and the web page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pressdesk.base.i18n import _
from pressdesk.gui.kit.icons import colour, icon
from pressdesk.gui.output import page_view, web_view
from pressdesk.gui.output.page_view import PageView
from pressdesk.gui.output.web_view import WebView

if TYPE_CHECKING:
    from pressdesk.desk.rendering import Pages, Web

BAR_HEIGHT = 40


class PagePreview(QWidget):
    """Pages of the real PDF under a slim bar.

    In:   ``take(pages)``, ``show_message(text)``, ``start_over()`` when another release is
          opened, ``clear()`` when none is, ``view()`` says what to draw next
    Out:  ``wanted(first, count, scale)``: these pages are visible and not drawn yet
    """

    wanted = Signal(int, int, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = PageView()
        self._where = _words("previewplace")
        self._zoom = _Zoom(_("Page"))
        self._width = _button("", _("Fit the width of the page (0)"), _("Width"))
        self._page = _button("", _("Show the whole page"), _("Page"))
        for button in (self._width, self._page):
            button.setCheckable(True)
        row = _bar(self, self._pages)
        row.addWidget(self._where, 1)
        for widget in (self._zoom, self._width, self._page):
            row.addWidget(widget)
        self.setFocusProxy(self._pages)
        self._pages.wanted.connect(self.wanted)
        self._pages.moved.connect(self._tell)
        self._zoom.stepped.connect(self._step)
        self._width.clicked.connect(lambda on: self._pages.set_fit("width" if on else ""))
        self._page.clicked.connect(lambda on: self._pages.set_fit("page" if on else ""))
        self._tell()

    @Slot(object)
    def take(self, pages: Pages) -> None:
        """Show these pages."""
        self._pages.take(pages)

    @Slot(str)
    def show_message(self, text: str) -> None:
        """Say why there is nothing new to show."""
        self._pages.show_message(text)

    @Slot()
    def start_over(self) -> None:
        """Another release is coming: show it from its top."""
        self._pages.start_over()

    @Slot()
    def clear(self) -> None:
        """Nothing is open."""
        self._pages.clear()

    def view(self) -> tuple[int, int, float]:
        """First page, number of pages and pixels per point that are visible."""
        return self._pages.view()

    @Slot(int)
    def _step(self, direction: int) -> None:
        self._pages.zoom_by(page_view.STEP**direction)

    @Slot()
    def _tell(self) -> None:
        page, pages = self._pages.position()
        where = _("Page {page} of {pages}").format(page=page, pages=pages) if pages else ""
        self._where.setText(where)
        self._zoom.show_percent(self._pages.zoom())
        self._width.setChecked(self._pages.fit() == "width")
        self._page.setChecked(self._pages.fit() == "page")


class WebPreview(QWidget):
    """The web page under a slim bar.

    In:   ``show_page(web)``, ``show_message(text)``, ``start_over()``, ``clear()``
    Out:  ``browse()`` the person wants it in the browser; ``link_clicked(address)``
    """

    browse = Signal()
    link_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = WebView()
        self._note = _words("previewnote")
        self._note.setWordWrap(True)
        self._note.hide()
        self._zoom = _Zoom(_("Web page"))
        browse = QPushButton(_("Open in browser"))
        browse.setObjectName("browse")
        browse.setIcon(icon("open-outside"))
        browse.setToolTip(_("See the page as readers will, in your own browser"))
        row = _bar(self, self._note, self._page)
        row.addWidget(self._zoom)
        row.addStretch(1)
        row.addWidget(browse)
        self.setFocusProxy(self._page)
        browse.clicked.connect(self.browse)
        self._page.link_clicked.connect(self.link_clicked)
        self._page.zoomed.connect(lambda: self._zoom.show_percent(self._page.zoom()))
        self._zoom.stepped.connect(lambda step: self._page.zoom_by(web_view.STEP**step))
        self._zoom.show_percent(1.0)

    @Slot(object)
    def show_page(self, web: Web) -> None:
        """Show this page, and what is amiss with the one that would be exported."""
        self._page.show_html(web.html)
        self._say("\n".join(web.losses))

    @Slot(str)
    def show_message(self, text: str) -> None:
        """Say why there is nothing new to show; the page of before stays."""
        self._say(text)

    @Slot()
    def start_over(self) -> None:
        """Another release is coming: show it from its top."""
        self._page.start_over()

    @Slot()
    def clear(self) -> None:
        """Nothing is open."""
        self._page.clear()
        self._say("")

    def _say(self, text: str) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))


class _Zoom(QFrame):
    """Smaller, how much, larger. Out: ``stepped(-1 or 1)``, ``stepped(0)`` never."""

    stepped = Signal(int)

    def __init__(self, of: str) -> None:
        super().__init__()
        smaller = _button("zoom-out", _("Smaller (−)"))
        larger = _button("zoom-in", _("Larger (+)"))
        smaller.setAccessibleName(_("{what}: smaller").format(what=of))
        larger.setAccessibleName(_("{what}: larger").format(what=of))
        self._percent = _words("previewzoom")
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._percent.setMinimumWidth(self.fontMetrics().horizontalAdvance("400 %") + 8)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for widget in (smaller, self._percent, larger):
            row.addWidget(widget)
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


def _bar(pane: QWidget, *below: QWidget) -> QHBoxLayout:
    """Lay out a pane as a bar over widgets, the last of which takes the room."""
    bar = _Bar()
    bar.setObjectName("previewbar")
    bar.setFixedHeight(BAR_HEIGHT)
    row = QHBoxLayout(bar)
    row.setContentsMargins(12, 0, 8, 0)
    row.setSpacing(4)
    column = QVBoxLayout(pane)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in (bar, *below):
        column.addWidget(widget)
    column.setStretchFactor(below[-1], 1)
    return row


def _words(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    return label


def _button(drawing: str, advice: str, text: str = "") -> QToolButton:
    button = QToolButton()
    if drawing:
        button.setIcon(icon(drawing))
    button.setText(text)
    button.setToolTip(advice)
    button.setAccessibleName(advice)
    button.setAutoRaise(True)
    button.setMinimumSize(QSize(26, 26))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
