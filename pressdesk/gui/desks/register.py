"""Verifies the register of the open desk, and files that left it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pressdesk.base.errors import PressDeskError
from pressdesk.base.i18n import _
from pressdesk.gui.frame.asking import show
from pressdesk.gui.frame.commands import Command, Menu, Need
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.frame.session import Session
from pressdesk.gui.kit.asking_files import ask_file

if TYPE_CHECKING:
    from pressdesk.desk.opening import Desk
    from pressdesk.desk.verifying import DeskVerdict, FileVerdict


class _Ended(PressDeskError):
    """The window is closed."""


class Verifying(QObject):
    """Asks the register of the open desk; on the background lane, in the turn of the checks.

    In:   ``register()``, ``choose_file()``, ``file(path)``; ``end()`` before the window goes
    Out:  ``notice(Notice)``
    """

    notice = Signal(object)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(session)
        self._session, self._window = session, window
        self._stop = Event()

    def commands(self) -> tuple[Command, ...]:
        """What can be verified."""
        return (
            Command(
                "verify-register",
                _("Verify register"),
                self.register,
                menu=Menu.CARE,
                needs=Need.RECORD,
            ),
            Command(
                "verify-file",
                _("Verify exported file…"),
                self.choose_file,
                menu=Menu.CARE,
                needs=Need.RECORD,
            ),
        )

    def end(self) -> None:
        """Give up what runs."""
        self._stop.set()

    def _step(self) -> None:
        if self._stop.is_set():
            raise _Ended("")

    def _run(self, work: Callable[[Desk], object], done: Callable[..., None]) -> None:
        archive = self._session.archive
        if archive is not None:
            told, wrong = self._session.here(done), self._session.here(self._failed)
            self._session.lanes.background.run(
                self, lambda: work(archive), told, wrong, turn="backup"
            )

    def _failed(self, error: PressDeskError) -> None:
        if not isinstance(error, _Ended):
            self._session.failed(error)

    # --- the register

    def register(self) -> None:
        """Recompute the register and the sealed texts."""

        def work(archive: Desk) -> DeskVerdict:
            from pressdesk.desk import verifying

            return verifying.desk(archive, going_on=self._step)

        self.notice.emit(Notice(_("Verifying the register…"), passing=True))
        self._run(work, self._verified)

    def _verified(self, found: DeskVerdict) -> None:
        if found.sound:
            what = _("Every entry of the register holds.")
            hint = _("Recomputed entries: {register}, sealed texts: {issued}.")
            self.notice.emit(Notice(what, hint.format(**found.looked_at), "good"))
            return
        if not found.faults:
            self.notice.emit(Notice(_("This desk has no register."), tone="warning"))
            return
        what = _("The register of this desk does not hold.")
        first, more = found.faults[0].where, len(found.faults) - 1
        if more:
            first = _("{first}, and {n} more").format(first=first, n=more)
        hint = _("First fault: {first}. Keep this file as it is, and restore an earlier backup.")
        self.notice.emit(Notice(what, hint.format(first=first), "bad", key="register"))

    # --- a file

    def choose_file(self) -> None:
        """Ask for a PDF or a web page."""
        filters = (_("PDF files and web pages") + " (*.pdf *.html *.htm)",)
        ask_file(
            self._window, _("Verify exported file"), self.file, filters=filters, folder=Path.home()
        )

    def file(self, path: Path) -> None:
        """Hold a file against the open desk."""
        renderer = self._session.renderer

        def work(archive: Desk) -> FileVerdict:
            from pressdesk.base import settings
            from pressdesk.desk import own_templates, verifying

            data, proof = verifying.proof_of(path)
            place, templates = archive.place, None
            if isinstance(place, Path):
                templates = own_templates.agreed_templates(place, settings.load())
            return verifying.by_desk(archive, data, proof, render=renderer.drawing(templates))

        self._run(work, partial(self._show, path))

    def _show(self, path: Path, found: FileVerdict) -> None:
        from pressdesk.gui.desks.verdict_dialog import VerdictDialog

        show(VerdictDialog(path.name, found, self._window))
