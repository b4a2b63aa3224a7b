"""The pages as they will be printed; old ones stay until new ones are ready."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.icons import colour
from pressdesk.gui.kit.parts import pause
from pressdesk.gui.output import page_stack
from pressdesk.gui.output.page_stack import PIXELS_PER_POINT, Fit, PagePoint, Stack

if TYPE_CHECKING:
    from pressdesk.desk.rendering import PageImage, Pages

STEP = 1.2
"""One step of zooming."""

KEPT_PIXELS = 24_000_000
"""Pixels of drawn pages kept beside the visible ones, about 100 MB."""

PATIENCE_MS = 250
"""How long nothing is said about pages that are still being drawn."""

_ASK_MS = 25


@dataclass(frozen=True, slots=True)
class _Drawn:
    image: QImage
    scale: float
    of: str
    """The PDF it is a page of."""


class PageView(QAbstractScrollArea):
    """Pages under each other.

    In:   ``take(pages)`` new pages, ``start_over()`` another document is coming,
          ``clear()`` nothing is open, ``show_message(text)``, ``zoom_by(factor)``, ``set_fit(fit)``
    Out:  ``wanted(first, count, scale)`` these pages (from 0) are visible and not drawn yet,
          in pixels per point; ``moved()`` another page or another zoom is shown.
    """

    wanted = Signal(int, int, float)
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pages")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Pages as they will be printed"))
        self._sizes: tuple[page_stack.Size, ...] = ()
        self._drawn: dict[int, _Drawn] = {}
        self._of = ""
        self._fit: Fit = "width"
        self._zoom = 1.0
        self._message = ""
        self._from_top = False
        self._asking = pause(self, _ASK_MS, self._ask)
        self._patience = pause(self, PATIENCE_MS, self._say_waiting)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)

    # --- what it is given

    @Slot(object)
    def take(self, pages: Pages) -> None:
        """Show these pages; those of before that are not among them stay until they come."""
        self._patience.stop()
        self._message = ""
        before = self._place()
        self._sizes, self._of = pages.sizes, pages.pdf_sha
        self._drawn = {n: drawn for n, drawn in self._drawn.items() if n < pages.count}
        for image in pages.images:
            self._drawn[image.number] = _Drawn(as_image(image), pages.scale, pages.pdf_sha)
        self._arrange(PagePoint() if self._from_top else before)
        self._from_top = False
        self._forget()
        self._say_where()
        self._asking.start()

    @Slot()
    def start_over(self) -> None:
        """Another document is coming: it will be shown from its top."""
        self._from_top = True
        self._patience.start()

    @Slot()
    def clear(self) -> None:
        """Nothing is open: forget every page and say nothing."""
        self._patience.stop()
        self._asking.stop()
        self._sizes, self._drawn, self._of, self._message = (), {}, "", ""
        self._arrange(PagePoint())
        self.setAccessibleDescription("")
        self.moved.emit()

    @Slot(str)
    def show_message(self, text: str) -> None:
        """Show why there are no new pages; the old ones stay under the message."""
        self._patience.stop()
        self._message = text
        self.setAccessibleDescription(text)
        self.viewport().update()

    # --- what it shows

    def view(self) -> tuple[int, int, float]:
        """First page, number of pages and pixels per point that are visible now."""
        seen = self._seen() or range(2)
        return (seen.start, len(seen), self._scale())

    def position(self) -> tuple[int, int]:
        """The page read now, from 1, and how many there are; (0, 0) before the first."""
        if not self._sizes:
            return (0, 0)
        middle = self._top() + self.viewport().height() * 0.4
        if self._top() <= 0:
            return (1, len(self._sizes))
        return (self._stack().place(middle).page + 1, len(self._sizes))

    def zoom(self) -> float:
        """1.0 is the size of the paper."""
        return self._zoom

    def fit(self) -> Fit:
        """What the zoom follows: "width", "page", or "" for nothing."""
        return self._fit

    # --- zooming

    @Slot(float)
    def zoom_by(self, factor: float, at: QPoint | None = None) -> None:
        """Zoom, keeping the point under ``at`` (the middle by default) where it is."""
        self._fit = ""
        self._set_zoom(page_stack.bounded(self._zoom * factor), at)

    @Slot(str)
    def set_fit(self, fit: Fit) -> None:
        """Fit the zoom to the size of the view; "" leaves it at 100 %."""
        self._fit = fit
        self._set_zoom(self._fitting() if fit else 1.0, None)

    def _set_zoom(self, zoom: float, at: QPoint | None) -> None:
        view = self.viewport().rect()
        still = QPoint(view.center().x(), 0) if at is None else at
        x = (self.horizontalScrollBar().value() + still.x()) / max(1.0, self._stack().content[0])
        place = self._stack().place(self._top() + still.y())
        self._zoom = zoom
        self._arrange(place, still.y())
        self.horizontalScrollBar().setValue(round(x * self._stack().content[0] - still.x()))
        self._changed()

    def _fitting(self) -> float:
        # The room of the scroll bar is kept free whether it shows or not, or showing it
        # would make the page narrower, hiding it wider, and so on.
        bar = self.verticalScrollBar().sizeHint().width()
        width = self.width() - bar
        return page_stack.fitting(self._fit or "width", self._sizes, width, self.height())

    # --- arranging

    def _stack(self) -> Stack:
        return Stack(self._sizes, self._zoom, self.viewport().width())

    def _top(self) -> float:
        return float(self.verticalScrollBar().value())

    def _place(self) -> PagePoint:
        return self._stack().place(self._top())

    def _arrange(self, place: PagePoint, under: float = 0.0) -> None:
        """Lay the pages out again with ``place`` as far under the top edge as it is to be."""
        if self._fit:
            self._zoom = self._fitting()
        stack = self._stack()
        wide, tall = stack.content
        view = self.viewport().size()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        down.setRange(0, max(0, round(tall - view.height())))
        down.setPageStep(view.height())
        down.setSingleStep(40)
        across.setRange(0, max(0, round(wide - view.width())))
        across.setPageStep(view.width())
        first = place.page == 0 and place.down <= 0 and not under
        down.setValue(0 if first else round(stack.height_of(place) - under))
        self.viewport().update()

    def _seen(self) -> range:
        return self._stack().between(self._top(), self._top() + self.viewport().height())

    def _scale(self) -> float:
        return self._zoom * PIXELS_PER_POINT * self.devicePixelRatioF()

    @Slot()
    def _scrolled(self) -> None:
        self.viewport().update()
        self._changed()

    def _changed(self) -> None:
        self._say_where()
        self._asking.start()

    def _say_where(self) -> None:
        page, pages = self.position()
        where = _("Page {page} of {pages}, {zoom} %")
        self.setAccessibleDescription(
            where.format(page=page, pages=pages, zoom=round(self._zoom * 100))
        )
        self.moved.emit()

    @Slot()
    def _ask(self) -> None:
        missing = [page for page in self._seen() if not self._is_sharp(page)]
        if missing and self.isVisible():
            self.wanted.emit(missing[0], missing[-1] - missing[0] + 1, self._scale())

    def _is_sharp(self, page: int) -> bool:
        drawn = self._drawn.get(page)
        return drawn is not None and drawn.of == self._of and self._fits(drawn)

    def _fits(self, drawn: _Drawn) -> bool:
        """Drawn for this zoom, but for less than a pixel."""
        return math.isclose(drawn.scale, self._scale(), rel_tol=5e-4)

    def _forget(self) -> None:
        """Let go of the pages farthest from the visible ones when there are too many."""
        seen = self._seen()
        middle = (seen.start + seen.stop) / 2
        spare = KEPT_PIXELS
        for page in sorted(self._drawn, key=lambda n: abs(n - middle)):
            image = self._drawn[page].image
            spare -= image.width() * image.height()
            if spare < 0 and page not in seen:
                del self._drawn[page]

    @Slot()
    def _say_waiting(self) -> None:
        if not self._sizes:
            self.show_message(_("Preparing the page…"))

    # --- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, pages, words."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), colour("ground"))
        left, top = self.horizontalScrollBar().value(), self._top()
        stack = self._stack()
        for page in self._seen():
            self._paint_page(painter, page, stack.rect(page).translated(-left, -top))
        if self._message:
            self._paint_message(painter)

    def _paint_page(self, painter: QPainter, page: int, rect: QRectF) -> None:
        ratio = self.devicePixelRatioF()
        rect.moveTo(round(rect.x() * ratio) / ratio, round(rect.y() * ratio) / ratio)
        drawn = self._drawn.get(page)
        if drawn is not None and self._fits(drawn):
            # Pixel for pixel: a page whose width is no whole number would be blurred.
            image = drawn.image
            rect.setSize(image.deviceIndependentSize() / ratio)
        _paint_paper(painter, rect)
        if drawn is not None:
            painter.drawImage(rect, drawn.image)

    def _paint_message(self, painter: QPainter) -> None:
        room = self.viewport().rect().adjusted(24, 24, -24, -24)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter
        if not self._sizes:
            painter.setPen(colour("muted"))
            painter.drawText(room, flags | Qt.AlignmentFlag.AlignVCenter, self._message)
            return
        words = painter.boundingRect(room.adjusted(12, 0, -12, 0), flags, self._message)
        strip = QRectF(12, 12, self.viewport().width() - 24, words.height() + 16)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("warning_ground"))
        painter.drawRoundedRect(strip, 7, 7)
        painter.setPen(colour("warning"))
        painter.drawText(
            strip.adjusted(12, 8, -12, -8), flags | Qt.AlignmentFlag.AlignVCenter, self._message
        )

    # --- the person

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the place while the view changes its size."""
        super().resizeEvent(event)
        self._arrange(self._place())
        self._changed()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what is visible now."""
        super().showEvent(event)
        self._arrange(self._place())
        self._asking.start()

    def event(self, event: QEvent) -> bool:
        """Draw again for a screen of another density."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._asking.start()
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom where the pointer is."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(STEP ** (event.angleDelta().y() / 120), event.position().toPoint())
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End, and + - 0 for the zoom; the rest as every scrolling view."""
        bar = self.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_by(STEP)
            case Qt.Key.Key_Minus:
                self.zoom_by(1 / STEP)
            case Qt.Key.Key_0:
                self.set_fit("width")
            case Qt.Key.Key_Home:
                bar.setValue(bar.minimum())
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case Qt.Key.Key_Space:
                bar.setValue(bar.value() + bar.pageStep() - 40)
            case _:
                super().keyPressEvent(event)


def as_image(page: PageImage) -> QImage:
    """The pixels of a page as Qt draws them."""
    # A copy: Qt does not keep the bytes alive that it is given.
    shown = QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32)
    return shown.copy()


def _paint_paper(painter: QPainter, rect: QRectF) -> None:
    """White paper with a soft shadow and a fine edge."""
    shadow = QColor(colour("shadow"))
    painter.setPen(Qt.PenStyle.NoPen)
    for spread, strength in ((4, 24), (2, 40), (1, 60)):
        shadow.setAlpha(strength)
        painter.fillRect(rect.adjusted(-spread, 0, spread, spread + 1), shadow)
    painter.fillRect(rect, Qt.GlobalColor.white)
    painter.setPen(QPen(colour("line"), 0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(-1, -1, 0, 0))
