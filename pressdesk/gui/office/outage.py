"""Lost connections: unsaved text is kept on this computer and saved later."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from pressdesk.base.address import Server
from pressdesk.base.errors import DeskUnreachable, PressDeskError
from pressdesk.base.i18n import _
from pressdesk.desk import changes, opening
from pressdesk.desk.changes import Change
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.frame.session import Session
from pressdesk.gui.paper.open_edition import OpenEdition
from pressdesk.gui.paper.writing import Writing

PATIENCE_MS, SETTLE_MS, LOOK_MS = 4_000, 400, 2_000
"""A write that takes longer is not waited for; typing that comes together is put aside once;
a server that did not answer is looked for again."""

KEY = "server"
"""Of whatever keeps the server away: the latest news of it stands."""


class Outage(QObject):
    """Follows the open edition while it cannot be written; writing itself tries again.

    Out:  ``notice(Notice)`` what goes on; ``over(key)`` that notice is out of date.
    """

    notice = Signal(object)
    over = Signal(str)

    def __init__(self, session: Session, writing: Writing) -> None:
        super().__init__(session)
        self._session, self._writing = session, writing
        self._stuck: OpenEdition | None = None
        self._told = self._silent = self._cut = False
        self._late, self._settle, self._look = QTimer(self), QTimer(self), QTimer(self)
        for timer, wait, act in (
            (self._late, PATIENCE_MS, self._unanswered),
            (self._settle, SETTLE_MS, self._put_aside),
            (self._look, LOOK_MS, self._probe),
        ):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(act)
        writing.asked.connect(self._asked)
        writing.stuck.connect(self._failed)
        writing.stored.connect(self._stored)
        writing.changed.connect(self._changed)
        session.entered.connect(self._entered)
        session.reachable.connect(self._reachable)
        session.unreached.connect(self._unreached)

    def end(self) -> None:
        """The end of the program: nothing more is put aside, tried or looked for."""
        self._late.stop()
        self._settle.stop()
        self._look.stop()

    def _entered(self) -> None:
        self._cut = False
        self._look.stop()
        self.over.emit(KEY)

    # --- something hinders the writing

    def _asked(self, _current: OpenEdition) -> None:
        if not self._late.isActive():
            self._late.start()

    def _unanswered(self) -> None:
        """Neither done nor failed: a server that took the words and says nothing."""
        current, archive = self._writing.current, self._session.archive
        if current is not None and archive is not None:
            self._begin(current, silent=isinstance(archive.place, Server))

    def _failed(self, current: OpenEdition, error: PressDeskError) -> None:
        self._late.stop()
        silent = isinstance(error, DeskUnreachable)
        self._begin(current, silent=silent)
        if not silent:
            self._session.failed(error)

    def _begin(self, current: OpenEdition, *, silent: bool) -> None:
        if self._stuck is not current:
            self._told = False
        self._stuck, self._silent = current, silent
        self._put_aside()

    def _changed(self) -> None:
        if self._stuck is not None and not self._settle.isActive():
            self._settle.start()

    def _put_aside(self) -> None:
        current, archive = self._stuck, self._session.archive
        if current is None or archive is None or current is not self._writing.current:
            return
        self._writing.gather()
        self._session.put_aside(
            current.aside(archive, trying=True), lambda: self._lies_aside(current)
        )

    def _lies_aside(self, current: OpenEdition) -> None:
        if self._stuck is not current:
            return
        self._writing.was_put_aside(current, self._session.now())
        if self._silent and not self._told:
            self._told = True
            what = _("The server cannot be reached. Your text is saved on this computer.")
            self._say(what, _("Keep writing; your text is saved to the server when it responds."))

    def _say(self, what: str, hint: str) -> None:
        again = (_("Try now"), self._again)
        self.notice.emit(Notice(what, hint, "warning", (again,), key=KEY))

    def _again(self) -> None:
        self._told = False
        self._writing.retry()

    def _unreached(self, error: PressDeskError, undone: bool) -> None:
        """Something else met a server that does not answer."""
        self._cut = True
        self._look.start()
        if not self._told:
            self.notice.emit(Notice(error.what, error.hint, "warning", key=KEY))
        elif undone:
            what = _("The server cannot be reached; the action was not completed.")
            self._say(what, _("Your text is saved on this computer; keep writing."))

    def _probe(self) -> None:
        """Who only reads is not called by the server: look whether it is there again."""

        def failed(_error: PressDeskError) -> None:
            self._look.start()

        archive = self._session.archive
        if archive is not None:
            there = self._session.here(lambda _heard: self._reachable(True))
            hear = partial(opening.hear, archive)
            self._session.lanes.outside.run(self, hear, there, failed, key="probe", turn="server")

    # --- it goes on

    def _reachable(self, there: bool) -> None:
        if not there:
            self._cut = True
            return
        if self._cut:  # what was missed meanwhile
            self._cut = False
            self._session.moved(changes.of_desk(Change.UNTOLD))
            self._session.refresh_people()
        self._look.stop()
        if self._stuck is None:
            self.over.emit(KEY)
        self._writing.retry()

    def _stored(self, current: OpenEdition) -> None:
        self._late.stop()
        if self._stuck is not current:
            return
        told, self._stuck, self._told = self._told, None, False
        self._settle.stop()
        self.over.emit(KEY)
        if told:
            what = _("The server is responding again; your text is saved there.")
            self.notice.emit(Notice(what, tone="good", passing=True))
