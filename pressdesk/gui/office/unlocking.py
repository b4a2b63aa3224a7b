"""Asks for the password of a server when the keyring does not have it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pressdesk.base import passwords
from pressdesk.base.address import Server
from pressdesk.base.errors import DeskPassword, PressDeskError
from pressdesk.base.i18n import _
from pressdesk.desk import opening
from pressdesk.gui.desks.desks import Desks, Found
from pressdesk.gui.frame.asking import is_open, show
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.frame.session import Session
from pressdesk.gui.office.outage import KEY

if TYPE_CHECKING:
    from pressdesk.gui.office.password_dialog import PasswordDialog

    Dialog = PasswordDialog | None


class Unlocking(QObject):
    """Asks for the password of a desk on a server, again when it was wrong.

    The password is said to ``passwords`` for this run, and kept in the system's keyring where
    the person wants that; it goes nowhere else.
    In:   ``ask(Server)``
    Out:  ``refused(what, hint)`` the person gave up, or the server does not answer, and no
          desk is open; ``notice(Notice)``; ``over(key)`` that notice is out of date.
    """

    refused = Signal(str, str)
    notice = Signal(object)
    over = Signal(str)

    def __init__(self, session: Session, desks: Desks, window: QWidget) -> None:
        super().__init__(session)
        self._session, self._desks, self._window = session, desks, window
        self._dialog: PasswordDialog | None = None
        desks.locked.connect(self.ask)
        session.locked_out.connect(self._locked_out)

    def ask(self, server: Server) -> None:
        """Show the dialog, unless one is open."""

        def work() -> tuple[bool, bool]:
            return passwords.known(server) is not None, passwords.can_keep()

        show, failed = partial(self._show, server), self._session.failed
        self._session.lanes.outside.run(self, work, show, failed, turn="server")

    def _show(self, server: Server, found: tuple[bool, bool]) -> None:
        from pressdesk.gui.office.password_dialog import PasswordDialog

        if self._dialog is not None:
            return
        known, can_keep = found
        why = _("The saved password was not accepted.") if known else ""
        dialog = PasswordDialog(server, self._window, can_keep=can_keep, why=why)
        self._dialog = dialog
        dialog.given.connect(partial(self._try, server))
        dialog.rejected.connect(partial(self._gave_up, server))
        dialog.finished.connect(self._forget)
        show(dialog)

    def _forget(self) -> None:
        self._dialog = None

    def _try(self, asked: Server, user: str, password: str, remember: bool) -> None:
        server = asked if user == asked.user else asked.as_user(user)
        passwords.say(server, password)
        dialog = self._dialog
        failed = partial(self._failed, dialog, server)
        archive = self._session.archive
        if archive is not None and archive.place == server:
            done = partial(self._unlocked, dialog, server, password, remember)
            probe = partial(opening.probe, server)
            self._session.lanes.outside.run(
                self, probe, lambda _none: done(), failed, turn="server"
            )
        else:
            done_ = partial(self._opened, dialog, server, password, remember)
            self._desks.attempt(server, done_, failed)

    def _opened(
        self, dialog: Dialog, server: Server, password: str, remember: bool, found: Found
    ) -> None:
        if not is_open(dialog):  # given up before the answer
            passwords.say(server, None)
            self._desks.close(found)
            return
        self._unlocked(dialog, server, password, remember)
        self._desks.take(found)

    def _unlocked(self, dialog: Dialog, server: Server, password: str, remember: bool) -> None:
        if remember:
            keep = partial(passwords.keep, server, password)
            failed = self._session.failed
            self._session.lanes.outside.run(self, keep, lambda _none: None, failed, turn="server")
        self.over.emit(KEY)
        if is_open(dialog):
            dialog.accept()
        self._session.answered()

    def _failed(self, dialog: Dialog, server: Server, error: PressDeskError) -> None:
        passwords.say(server, None)
        if not is_open(dialog):
            return
        if isinstance(error, DeskPassword):
            dialog.refuse(_("The server did not accept this name and password."))
        else:
            dialog.refuse(error.what)

    def _gave_up(self, server: Server) -> None:
        """Back to where one was; with no desk open the window says what else there is."""
        if self._session.archive is None:
            what = _("The desk “{desk}” was not opened.").format(desk=server.name)
            self.refused.emit(what, _("Its server requires a password."))

    # --- a password that was changed while the desk is open

    def _locked_out(self) -> None:
        archive = self._session.archive
        if archive is None or not isinstance(archive.place, Server) or self._dialog is not None:
            return
        enter = (_("Enter password…"), partial(self.ask, archive.place))
        what = _("The server no longer accepts the password.")
        hint = _("Your text stays here until the password is accepted.")
        self.notice.emit(Notice(what, hint, "warning", (enter,), key=KEY))
