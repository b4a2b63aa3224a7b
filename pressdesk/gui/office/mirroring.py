"""Keeps the offline copy up to date while the server desk is open."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from pressdesk.base import settings
from pressdesk.base.address import Server, settled
from pressdesk.base.errors import DeskUnreachable, PressDeskError
from pressdesk.base.i18n import _
from pressdesk.desk import copies, mirroring
from pressdesk.desk.changes import Changes, View
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.frame.session import Session
from pressdesk.gui.kit import words

if TYPE_CHECKING:
    from pressdesk.desk.copies import MirrorState
    from pressdesk.desk.mirroring import Pulled
    from pressdesk.desk.opening import Desk

EVERY_MS, SETTLE_MS = 60_000, 1_000

KEY = "mirror"
"""Of the notice that the mirror cannot be kept."""


class Mirroring(QObject):
    """Pulls a second after anybody changed something, and each minute.

    Only for a desk on a server, and only when the person named a file (setting ``mirror``).
    In:   ``pull()``, ``renew()`` the person chose another file, ``end()``
    Out:  ``pulled(Pulled)`` the mirror is up to date; ``failed(PressDeskError)`` it is not;
          ``said(text)`` of when it is and what it holds, quietly, "" without a mirror;
          ``notice(Notice)`` once when it can no longer be kept; ``over(key)`` it can again.
    """

    pulled = Signal(object)
    failed = Signal(object)
    said = Signal(str)
    notice = Signal(object)
    over = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._busy = self._ended = self._told = False
        self._settle, self._minute = QTimer(self), QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._minute.setInterval(EVERY_MS)
        self._settle.timeout.connect(self.pull)
        self._minute.timeout.connect(self.pull)
        session.entered.connect(self._entered)
        session.touched.connect(self._touched)

    def renew(self) -> None:
        """Go on with the file the person chose now."""
        self._told = False
        self.over.emit(KEY)
        self._entered()

    def _entered(self) -> None:
        self._minute.stop()
        self._settle.stop()
        self.said.emit("")
        archive = self._session.archive
        if archive is not None and isinstance(archive.place, Server):
            self._minute.start()
            self._settle.start()

    def _touched(self, changed: Changes) -> None:
        if changed.moves(View.MIRROR) and self._minute.isActive():
            self._settle.start()

    def pull(self) -> None:
        """Bring the mirror up to date if there is to be one, unless that is being done."""
        archive = self._session.archive
        if archive is not None and not self._busy and not self._ended:
            self._busy = True
            self._session.lanes.outside.run(
                self, partial(self._work, archive), self._pulled, self._failed, turn="mirror"
            )

    def _work(self, archive: Desk) -> tuple[Pulled, MirrorState | None] | None:
        """What was taken in and how far the mirror is; None where none is wanted."""
        chosen = settings.load()
        if not chosen.mirror or not isinstance(archive.place, Server):
            return None
        if chosen.mirror_of not in ("", settled(archive.place)):
            return None
        file = Path(chosen.mirror)
        return mirroring.pull(archive, file, told=self._go_on), copies.mirrored(file)

    def _go_on(self, _done: int, _all: int) -> None:
        if self._ended:
            raise PressDeskError(_("PressDesk is closing."))

    def _pulled(self, done: tuple[Pulled, MirrorState | None] | None) -> None:
        self._busy = False
        if done is None:
            return
        self._told = False
        self.over.emit(KEY)
        pulled, state = done
        if state is not None:
            self.said.emit(words.mirror(state.at, state.releases))
        self.pulled.emit(pulled)

    def _failed(self, error: PressDeskError) -> None:
        """Told once: the next minute tries again, and a line that is cut is told elsewhere."""
        self._busy = False
        self.failed.emit(error)
        if self._told or self._ended or isinstance(error, DeskUnreachable):
            return
        self._told = True
        what = _("The offline copy of this desk is out of date.")
        again = (_("Try again"), self.pull)
        hint = f"{error.what} {error.hint}".strip()
        self.notice.emit(Notice(what, hint, "warning", (again,), key=KEY))

    def end(self) -> None:
        """Stop after the current batch; the next update continues from there."""
        self._ended = True
