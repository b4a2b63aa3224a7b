"""Prints the pages of the PDF that would be exported, once its text was compared."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pressdesk.base.errors import PressDeskError
from pressdesk.base.i18n import _
from pressdesk.desk import printing
from pressdesk.desk.exporting import Parcel
from pressdesk.gui.frame.commands import Command, Menu, Need
from pressdesk.gui.frame.session import Session
from pressdesk.gui.output.exporting import Exporting

if TYPE_CHECKING:
    from pressdesk.desk.rendering import Pages
    from pressdesk.gui.output import printer


class Printing(QObject):
    """Ctrl+P.

    In:   ``ask()``
    """

    def __init__(self, session: Session, exporting: Exporting, window: QWidget) -> None:
        super().__init__(session)
        self._session, self._exporting, self._window = session, exporting, window
        self._job: printer.PrintRun | None = None

    def commands(self) -> tuple[Command, ...]:
        """To print."""
        return (Command("print", _("Print…"), self.ask, "Ctrl+P", Menu.RELEASE, Need.OPEN),)

    def ask(self) -> None:
        """Ask why where an embargo stands, and for a printer; then print.

        Paper, and the file a printer can be, leaves the desk as an export does.
        """
        title = _("Print before the embargo ends?")
        self._exporting.leave(title, _("Print"), self._print, "parcel")

    def _print(self, parcel: Parcel, despite: str) -> None:
        from pressdesk.gui.output import printer

        archive = self._session.archive
        chosen = printer.ask(self._window, parcel.sheet.title) if archive is not None else None
        if archive is None or chosen is None:
            return
        self._job = job = printer.PrintRun(self)
        lane, now = self._session.lanes.render, self._session.sure()
        given = (archive, self._session.renderer, parcel)
        ready = partial(printing.ready, *given, now=now, despite=despite)

        def begin(pages: Callable[[int, int, float], Pages]) -> None:
            def draw(first: int, count: int, scale: float) -> None:
                lane.run(job, partial(pages, first, count, scale), job.take, failed)

            self._exporting.left(parcel)
            job.wanted.connect(draw)
            job.begin(chosen)

        def failed(error: PressDeskError) -> None:
            job.stop(error.what, error.hint)

        job.failed.connect(self._session.trouble)
        job.finished.connect(job.deleteLater)
        lane.run(job, ready, begin, failed)
