"""Updates the window when an embargo ends, and tells of a clock that is wrong; writes nothing."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer

from pressdesk.base.address import Server
from pressdesk.base.errors import PressDeskError
from pressdesk.desk import changes, contents
from pressdesk.desk.changes import Change, Changes, View
from pressdesk.gui.frame.session import Session

LONGEST_MS, LOOK_MS = 3_600_000, 30_000
"""The hour is asked for again at least so often; and whoever only reads a desk on a server,
and is not called by it, looks at it so often."""


class Clockwork(QObject):
    """Has the list read again when the next embargo ends.

    Whenever it looks at the hour, a clock that cannot be believed is told.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._hour = QTimer(self, singleShot=True)
        self._hour.timeout.connect(self._struck)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._struck)
        session.entered.connect(self._entered)
        session.touched.connect(self._touched)

    def _entered(self) -> None:
        archive = self._session.archive
        self._look.stop()
        if archive is not None and archive.read_only and isinstance(archive.place, Server):
            self._look.start()
        self._ask()

    def _touched(self, changed: Changes) -> None:
        if changed.moves(View.EMBARGO):
            self._ask()

    def _ask(self) -> None:
        self._hour.stop()
        now = self._session.now()
        self._session.read(partial(contents.next_embargo, now=now), self._wind, "embargo", _later)

    def _wind(self, ends: datetime | None) -> None:
        if ends is None:
            return
        wait = (ends - self._session.now()).total_seconds() * 1000
        self._hour.start(round(min(max(wait, 0) + 50, LONGEST_MS)))

    def _struck(self) -> None:
        self._session.doubt_told()
        self._session.moved(changes.of_desk(Change.UNTOLD))


def _later(_error: PressDeskError) -> None:
    """The next change of the desk asks again."""
