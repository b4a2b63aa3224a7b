"""Keeps the person's text in a file beside the desk while a conflict is unresolved."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from pressdesk.gui.frame.session import Session
from pressdesk.gui.paper.open_edition import OpenEdition
from pressdesk.gui.paper.writing import Writing

QUIET_MS, AGAIN_MS = 400, 25_000
"""Time after a keystroke until it is in the file; and until the file says again that it lives."""


class Waiting(QObject):
    """Keeps writing the open text to a file as it is typed, from ``begin`` until ``end``.

    After a crash the file is taken in when the desk is opened next, as any rescued text.
    """

    def __init__(self, session: Session, writing: Writing) -> None:
        super().__init__(session)
        self._session, self._writing = session, writing
        self._current: OpenEdition | None = None
        self._typed, self._again = QTimer(self), QTimer(self)
        self._typed.setSingleShot(True)
        for timer, wait in ((self._typed, QUIET_MS), (self._again, AGAIN_MS)):
            timer.setInterval(wait)
            timer.timeout.connect(self._write)
        writing.changed.connect(self._changed)

    def begin(self, current: OpenEdition) -> None:
        """This text waits from now on; at once it is written down as it stands."""
        self._current = current
        self._again.start()
        self._write()

    def end(self, current: OpenEdition) -> bool:
        """Stop waiting; its file is deleted by whoever stores the text. False for another."""
        if current is not self._current:
            return False
        self._typed.stop()
        self._again.stop()
        self._current = None
        return True

    def _changed(self) -> None:
        if self._current is not None and not self._typed.isActive():
            self._typed.start()

    def _write(self) -> None:
        current, archive = self._current, self._session.archive
        if current is None or archive is None or current is not self._writing.current:
            return
        self._writing.gather()
        self._session.put_aside(current.aside(archive, trying=True), lambda: self._written(current))

    def _written(self, current: OpenEdition) -> None:
        if current is self._current:
            self._writing.was_put_aside(current, self._session.now())
