"""The web page of a release in a viewer that loads nothing."""

from __future__ import annotations

import base64
import binascii
import re

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QImage, QTextDocument, QWheelEvent
from PySide6.QtWidgets import QTextBrowser, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.editing.pictures import nothing, reader_of

PICTURE_PIXELS = 40_000_000
"""Most pixels of a picture that is shown; a larger one is left out."""

SMALLEST, LARGEST = 0.5, 3.0
"""Limits of the zoom."""

STEP = 1.1
"""One step of zooming."""


class WebView(QTextBrowser):
    """Shows only HTML from PressDesk's own preview writer.

    In:   ``show_html(html)``, ``start_over()`` another text is coming, ``clear()`` nothing is
          open, ``zoom_by(factor)``
    Out:  ``link_clicked(address)`` the view itself follows no link; ``zoomed()``
    """

    link_clicked = Signal(str)
    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, openLinks=False, openExternalLinks=False)
        self.setObjectName("webpage")
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName(_("Web page"))
        self._be_paper(False)
        self._zoom = 1.0
        self._html = ""
        self._from_top = True
        self.anchorClicked.connect(self._clicked)

    @Slot(str)
    def show_html(self, html: str) -> None:
        """Show a text, at the same place as the one before unless another was announced."""
        self._html = html
        self._be_paper(True)
        bar = self.verticalScrollBar()
        kept = 0.0 if self._from_top else bar.value() / max(1, self.document().size().height())
        self._from_top = False
        self.setUpdatesEnabled(False)
        self.setHtml(_zoomed(html, self._zoom))
        bar.setValue(round(kept * self.document().size().height()))
        self.setUpdatesEnabled(True)

    @Slot()
    def clear(self) -> None:
        """Nothing is open: show nothing."""
        self._html = ""
        self._from_top = True
        self.setHtml("")
        self._be_paper(False)

    def _be_paper(self, on: bool) -> None:
        """Dark on white, as on most screens, whatever the window's theme; ground without a page."""
        colours = "background: #ffffff; color: #1b2430" if on else "background: transparent"
        wanted = f"#webpage {{ {colours}; }}"
        if self.styleSheet() != wanted:
            self.setStyleSheet(wanted)

    @Slot()
    def start_over(self) -> None:
        """Another text is coming: it will be shown from its top."""
        self._from_top = True

    def zoom(self) -> float:
        """1.0 is the size the page is written in."""
        return self._zoom

    @Slot(float)
    def zoom_by(self, factor: float) -> None:
        """Make the letters larger or smaller."""
        self._zoom = max(SMALLEST, min(LARGEST, self._zoom * factor))
        if self._html:
            self.show_html(self._html)
        self.zoomed.emit()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Pictures that are in the HTML itself; an empty one for everything else.

        Never nothing: for nothing Qt opens the file or address on its own. Also for style
        sheets: the answer is kept under its address, whatever it was asked as.
        """
        url = QUrl(name)
        pictured = kind == QTextDocument.ResourceType.ImageResource.value
        return _picture(url) if pictured and url.scheme() == "data" else nothing()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(STEP ** (event.angleDelta().y() / 120))
            event.accept()
            return
        super().wheelEvent(event)

    @Slot(QUrl)
    def _clicked(self, url: QUrl) -> None:
        self.link_clicked.emit(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))


def _zoomed(html: str, zoom: float) -> str:
    """The same with every length of its style sheet multiplied: Qt itself leaves pixels alone."""

    def scaled(length: re.Match[str]) -> str:
        return f"{max(1, round(float(length[1]) * zoom))}px"

    head, end, rest = html.partition("</style>")
    return re.sub(r"(\d+(?:\.\d+)?)px", scaled, head) + end + rest


def _picture(url: QUrl) -> QImage:
    """The picture of a data: address; an empty one for what is no picture or too large."""
    _head, comma, body = url.toString(QUrl.ComponentFormattingOption.FullyEncoded).partition(",")
    try:
        data = base64.b64decode(body, validate=True) if comma else b""
    except (binascii.Error, ValueError):
        return nothing()
    reader, _buffer = reader_of(data)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > PICTURE_PIXELS:
        return nothing()
    image = reader.read()
    return nothing() if image.isNull() else image
