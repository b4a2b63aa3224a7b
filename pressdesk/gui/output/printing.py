"""Prints the pages of the PDF that would be exported."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pressdesk.base.errors import EmbargoStands, PressDeskError
from pressdesk.base.i18n import _
from pressdesk.desk import exporting
from pressdesk.desk.exporting import Parcel
from pressdesk.gui.frame.commands import Command, Menu, Need
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.frame.session import Session
from pressdesk.gui.output.exporting import Exporting

if TYPE_CHECKING:
    from pressdesk.gui.output import printer


class Printing(QObject):
    """Ctrl+P.

    In:   ``ask()``
    Out:  ``notice(Notice)`` an embargo stands
    """

    notice = Signal(object)

    def __init__(self, session: Session, exporting: Exporting, window: QWidget) -> None:
        super().__init__(session)
        self._session, self._exporting, self._window = session, exporting, window
        self._job: printer.PrintRun | None = None

    def commands(self) -> tuple[Command, ...]:
        """To print."""
        return (Command("print", _("Print…"), self.ask, "Ctrl+P", Menu.RELEASE, Need.OPEN),)

    def ask(self) -> None:
        """Ask for a printer, then print."""
        self._exporting.parcel(self._ask_embargo)

    def _ask_embargo(self, parcel: Parcel) -> None:
        """Paper, and the file a printer can be, leaves the desk as an export does."""
        try:
            exporting.guard([parcel], now=self._session.now())
        except EmbargoStands as error:
            despite = (_("Print anyway"), lambda: self._print(parcel))
            hint = _("Print it only for people who may read it before then.")
            self.notice.emit(Notice(error.what, hint, "warning", (despite,)))
            return
        self._print(parcel)

    def _print(self, parcel: Parcel) -> None:
        from pressdesk.gui.output import printer

        chosen = printer.ask(self._window, parcel.sheet.title)
        if chosen is None:
            return
        self._job = job = printer.PrintRun(self)

        pages = partial(self._session.renderer.pages, parcel.sheet, parcel.attachments)

        def draw(first: int, count: int, scale: float) -> None:
            work = partial(pages, first=first, count=count, scale=scale)
            self._session.lanes.render.run(job, work, job.take, failed)

        def failed(error: PressDeskError) -> None:
            job.stop(error.what, error.hint)

        job.wanted.connect(draw)
        job.failed.connect(self._session.trouble)
        job.finished.connect(job.deleteLater)
        job.begin(chosen)
