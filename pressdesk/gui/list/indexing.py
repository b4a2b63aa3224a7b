"""Indexes a desk that has no search index yet, while the person works."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pressdesk.base.errors import PressDeskError
from pressdesk.base.i18n import _, ngettext
from pressdesk.desk import changes
from pressdesk.desk.changes import Change
from pressdesk.desk.indexing import Indexed, index_anew
from pressdesk.gui.frame.session import Session

EVERY = 1000
"""Releases between two words about it."""


class Indexing(QObject):
    """Makes a missing or older index anew, in the background: saves come in between.

    Out:  ``progressed(text)`` how far it is, "" at the end.
    """

    progressed = Signal(str)
    _told = Signal(int, int)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._ended = False
        self._told.connect(self._tell)
        session.entered.connect(self._entered)

    def end(self) -> None:
        """Stop; a partial index is rebuilt the next time."""
        self._ended = True

    def _entered(self) -> None:
        archive = self._session.archive
        if archive is None or self._session.read_only:
            return

        def going(done: int, number: int) -> bool:
            if done % EVERY == 0:
                self._told.emit(done, number)
            return not self._ended and self._session.archive is archive

        self._session.lanes.background.run(
            self, lambda: index_anew(archive, going), self._done, self._failed, turn="index"
        )

    def _tell(self, done: int, number: int) -> None:
        if done < number:
            what = _("Preparing search: {done} of {number}")
            self.progressed.emit(what.format(done=done, number=number))

    def _done(self, found: Indexed) -> None:
        self.progressed.emit("")
        if found.texts:
            what = ngettext(
                "Search is ready: {n} text.", "Search is ready: {n} texts.", found.texts
            )
            self._session.say(what.format(n=found.texts))
            self._session.moved(changes.of_desk(Change.INDEX))

    def _failed(self, error: PressDeskError) -> None:
        self.progressed.emit("")
        self._session.failed(error)
