"""The mirror: a copy of what the office issued, kept up to date while its desk is open."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from pressdesk.base import settings
from pressdesk.base.address import Server
from pressdesk.base.errors import PressDeskError
from pressdesk.base.i18n import _
from pressdesk.desk import mirroring
from pressdesk.desk.changes import Changes
from pressdesk.gui.flows.room import Room
from pressdesk.gui.tasks import Tasks

if TYPE_CHECKING:
    from pressdesk.desk.mirroring import Pulled
    from pressdesk.desk.opening import Archive

EVERY_MS, SETTLE_MS = 60_000, 1_000


class Mirroring(QObject):
    """Pulls a second after anybody changed something, and each minute.

    Only for a desk on a server, and only when the person named a file (setting ``mirror``).
    In:   ``pull()``, ``end()``
    Out:  ``pulled(Pulled)`` the mirror is up to date; ``failed(PressDeskError)`` it is not.
          Neither is shown: the next minute tries again.
    """

    pulled = Signal(object)
    failed = Signal(object)

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._room, self._lane = room, Tasks(1, self)
        self._busy = self._ended = False
        self._settle, self._minute = QTimer(self), QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._minute.setInterval(EVERY_MS)
        self._settle.timeout.connect(self.pull)
        self._minute.timeout.connect(self.pull)
        room.entered.connect(self._entered)
        room.touched.connect(self._touched)

    def _entered(self) -> None:
        self._minute.stop()
        self._settle.stop()
        if self._wanted() is not None:
            self._minute.start()
            self._settle.start()

    def _touched(self, changes: Changes) -> None:
        if changes.listing and self._minute.isActive():
            self._settle.start()

    def _wanted(self) -> tuple[Archive, Path] | None:
        archive, file = self._room.archive, settings.load().mirror
        if archive is None or not file or not isinstance(archive.place, Server):
            return None
        return archive, Path(file)

    def pull(self) -> None:
        """Bring the mirror up to date, unless that is being done."""
        wanted = self._wanted()
        if wanted is not None and not self._busy and not self._ended:
            self._busy = True
            work = partial(mirroring.pull, *wanted, told=self._go_on)
            self._lane.run(self, work, self._pulled, self._failed)

    def _go_on(self, _done: int, _all: int) -> None:
        if self._ended:
            raise PressDeskError(_("The program ends."))

    def _pulled(self, done: Pulled) -> None:
        self._busy = False
        self.pulled.emit(done)

    def _failed(self, error: PressDeskError) -> None:
        self._busy = False
        self.failed.emit(error)

    def end(self) -> None:
        """Stop after the batch that is being taken in; the next pull goes on from there."""
        self._ended = True
        self._lane.close()
