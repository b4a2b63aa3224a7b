"""Locations of copies in the settings; each is tested before it is accepted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from pressdesk.base.address import Server
from pressdesk.base.errors import PressDeskError
from pressdesk.base.i18n import _
from pressdesk.desk import copies
from pressdesk.desk.copies import Copies
from pressdesk.gui.desks.desk_files import ask_desk, named
from pressdesk.gui.frame.asking import is_open
from pressdesk.gui.frame.session import Session
from pressdesk.gui.kit.asking_files import ask_file

if TYPE_CHECKING:
    from pressdesk.gui.desks.settings_dialog import SettingsDialog

T = TypeVar("T")


class Choosing(QObject):
    """Fills the part of the settings about copies and stores what is chosen there.

    In:   ``attend(SettingsDialog)`` which is about to be shown
    Out:  ``mirror_chosen()`` another file, or none, is to be followed from now on.
    """

    mirror_chosen = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._dialog: SettingsDialog | None = None

    def attend(self, dialog: SettingsDialog) -> None:
        """Show the current locations in the dialog and handle changes."""
        self._dialog, rows = dialog, dialog.copies
        rows.folder_wanted.connect(self._ask_folder)
        rows.folder_dropped.connect(lambda: self.keep_backups_in(None))
        rows.mirror_wanted.connect(self._ask_mirror)
        rows.mirror_dropped.connect(lambda: self.keep_mirror_in(None))
        self._look()

    def _look(self) -> None:
        archive = self._session.archive
        if archive is not None:
            self._run(lambda: copies.look(archive), self._show, self._session.failed)

    def _change(
        self, change: Callable[[], str], row: str, then: Callable[[], object] = lambda: None
    ) -> None:
        """Change something and say what there is then: one job, so that the look behind an
        earlier change never hides why this one failed."""
        archive = self._session.archive

        def work() -> Copies | None:
            caution = change()
            return replace(copies.look(archive), caution=caution) if archive else None

        def done(found: Copies | None) -> None:
            then()
            if found is not None:
                self._show(found)

        self._run(work, done, self._fault(row))

    def _run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[PressDeskError], None],
    ) -> None:
        self._session.lanes.background.run(self, work, done, failed, turn="copies")

    def _show(self, found: Copies) -> None:
        if is_open(self._dialog):
            self._dialog.copies.show_copies(found)

    def _fault(self, row: str) -> Callable[[PressDeskError], None]:
        def say(error: PressDeskError) -> None:
            if is_open(self._dialog):
                self._dialog.copies.show_fault(row, f"{error.what} {error.hint}".strip())
            else:
                self._session.failed(error)

        return say

    # --- backups

    def _ask_folder(self) -> None:
        title, mode = _("Backup folder"), QFileDialog.FileMode.Directory
        ask_file(self._dialog, title, self.keep_backups_in, mode=mode)

    def keep_backups_in(self, folder: Path | None) -> None:
        """Make backups there from now on; None for the person's own data."""
        self._change(lambda: copies.keep_backups_in(folder), "backups")

    # --- the mirror

    def _ask_mirror(self) -> None:
        ask_desk(self._dialog, _("Offline copy file"), self.keep_mirror_in, new=True)

    def keep_mirror_in(self, file: Path | None) -> None:
        """Follow the open desk in this file from now on; None for no mirror."""
        archive = self._session.archive
        place = archive.place if archive is not None else None
        of = place if isinstance(place, Server) else None

        def change() -> str:
            copies.keep_mirror_in(file and named(file), of)
            return ""

        self._change(change, "mirror", self.mirror_chosen.emit)
