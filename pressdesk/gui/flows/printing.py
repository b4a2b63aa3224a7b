"""Printing: the pages of the very PDF that would be exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pressdesk.base.errors import EmbargoStands, PressDeskError
from pressdesk.base.i18n import _
from pressdesk.desk import exporting
from pressdesk.desk.exporting import Parcel
from pressdesk.gui.flows.exporting import Exporting
from pressdesk.gui.flows.room import Room
from pressdesk.gui.notice import Notice

if TYPE_CHECKING:
    from pressdesk.gui import printing


class Printing(QObject):
    """Ctrl+P.

    In:   ``ask()``
    Out:  ``notice(Notice)`` an embargo stands
    """

    notice = Signal(object)

    def __init__(self, room: Room, exporting: Exporting, window: QWidget) -> None:
        super().__init__(room)
        self._room, self._exporting, self._window = room, exporting, window
        self._job: printing.Printing | None = None

    def ask(self) -> None:
        """Ask for a printer, then print."""
        self._exporting.parcel(self._ask_embargo)

    def _ask_embargo(self, parcel: Parcel) -> None:
        """Paper, and the file a printer can be, leaves the desk as an export does."""
        try:
            exporting.guard([parcel], now=self._room.now())
        except EmbargoStands as error:
            despite = (_("Print it"), lambda: self._print(parcel))
            hint = _("Print it only for those who may read it before that.")
            self.notice.emit(Notice(error.what, hint, "warning", (despite,)))
            return
        self._print(parcel)

    def _print(self, parcel: Parcel) -> None:
        from pressdesk.gui import printing

        printer = printing.ask(self._window, parcel.sheet.title)
        if printer is None:
            return
        renderer = self._room.renderer
        self._job = job = printing.Printing(self)

        def draw(first: int, count: int, scale: float) -> None:
            self._room.lanes.pages.run(
                job,
                lambda: renderer.pages(
                    parcel.sheet, parcel.attachments, first=first, count=count, scale=scale
                ),
                job.take,
                failed,
            )

        def failed(error: PressDeskError) -> None:
            job.stop(error.what, error.hint)

        job.wanted.connect(draw)
        job.failed.connect(self._room.trouble)
        job.finished.connect(job.deleteLater)
        job.begin(printer)
