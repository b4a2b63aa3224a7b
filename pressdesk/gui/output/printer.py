"""Prints the pages of the real PDF, drawn in the render process one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QObject, QPointF, QRectF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from pressdesk.base.i18n import _
from pressdesk.gui.output.page_view import as_image

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from pressdesk.desk.rendering import PageImage, Pages

DPI = 300
"""Dots an inch; more is not seen on paper in text of this size."""

POINTS = 72


def ask(parent: QWidget | None, title: str) -> QPrinter | None:
    """Ask for a printer and pages; None if cancelled.

    title  what the print queue shows
    """
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setCreator("PressDesk")
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(_("Print"))
    option = QPrintDialog.PrintDialogOption
    dialog.setOption(option.PrintPageRange)
    dialog.setOption(option.PrintSelection, False)
    accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
    return printer if accepted else None


class PrintRun(QObject):
    """One document on its way to a printer; keep it until it is ``finished`` or ``failed``.

    In:   ``begin(printer)``, ``take(pages)`` the answer to ``wanted``, ``stop(what, hint)``
    Out:  ``wanted(first, count, scale)`` one page at a time, all of one and the same sheet;
          ``printed(page, pages)`` from 1; ``finished()``; ``failed(what, hint)``
    """

    wanted = Signal(int, int, float)
    printed = Signal(int, int)
    finished = Signal()
    failed = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._printer: QPrinter | None = None
        self._painter: QPainter | None = None
        self._next = 0

    def begin(self, printer: QPrinter) -> None:
        """Print on this one, as far as its page range asks for."""
        self._printer = printer
        self._next = max(0, printer.fromPage() - 1)
        self._ask()

    @Slot(object)
    def take(self, pages: Pages) -> None:
        """Put the page that came on paper and ask for the next."""
        printer = self._printer
        if printer is None:
            return
        last = min(pages.count, printer.toPage() or pages.count)
        image = next((page for page in pages.images if page.number == self._next), None)
        if self._next < last and image is not None:
            if not self._put(printer, image, pages.sizes[self._next]):
                self.stop(
                    _("The printer rejected the page."), _("Check that it is on and connected.")
                )
                return
            self._next += 1
            self.printed.emit(self._next, last)
        if self._next < last and image is not None:
            self._ask()
        else:
            self._end()

    @Slot(str, str)
    def stop(self, what: str, hint: str) -> None:
        """Drop what was not sent yet and say why."""
        if self._printer is not None:
            self._printer.abort()
        self._let_go()
        self.failed.emit(what, hint)

    def _ask(self) -> None:
        assert self._printer is not None
        self.wanted.emit(self._next, 1, min(DPI, self._printer.resolution()) / POINTS)

    def _put(self, printer: QPrinter, page: PageImage, size: tuple[float, float]) -> bool:
        if self._painter is None:
            _take_paper(printer, size)
            self._painter = QPainter()
            if not self._painter.begin(printer):
                return False
        elif not printer.newPage():
            return False
        paper = printer.pageLayout().fullRectPixels(printer.resolution())
        self._painter.drawImage(_fitted(QRectF(paper), size), as_image(page))
        return True

    def _end(self) -> None:
        sent = self._painter is not None and self._painter.end()
        self._let_go()
        if sent:
            self.finished.emit()
        else:
            self.failed.emit(_("Nothing was printed."), _("There is no such page."))

    def _let_go(self) -> None:
        if self._painter is not None and self._painter.isActive():
            self._painter.end()
        self._painter = self._printer = None


def _take_paper(printer: QPrinter, size: tuple[float, float]) -> None:
    """The paper of the document, edge to edge: its margins are in the page already."""
    paper = QPageSize(QSizeF(*size), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    layout = printer.pageLayout()
    layout.setMode(QPageLayout.Mode.FullPageMode)
    layout.setPageSize(paper)
    layout.setMargins(QMarginsF())
    printer.setPageLayout(layout)
    printer.setFullPage(True)


def _fitted(paper: QRectF, size: tuple[float, float]) -> QRectF:
    """As large as the paper allows, in its middle: a printer may hold another paper."""
    largest = QSizeF(*size).scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
    rect = QRectF(QPointF(), largest)
    rect.moveCenter(paper.center())
    return rect
