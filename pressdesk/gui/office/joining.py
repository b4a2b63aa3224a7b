"""Opens a desk on a server."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pressdesk.base import settings
from pressdesk.base.address import Address, Server, address
from pressdesk.base.errors import DeskPassword, PressDeskError
from pressdesk.base.i18n import _
from pressdesk.gui.desks.desks import Desks, Found
from pressdesk.gui.frame.asking import is_open, show
from pressdesk.gui.frame.commands import Command, Menu
from pressdesk.gui.frame.session import Session

if TYPE_CHECKING:
    from pressdesk.gui.office.server_dialog import ServerDialog


class Joining(QObject):
    """Asks which desk, and opens it; what is open stays so until then.

    In:   ``ask()``
    """

    def __init__(self, session: Session, desks: Desks, window: QWidget) -> None:
        super().__init__(session)
        self._session, self._desks, self._window = session, desks, window
        self._dialog: ServerDialog | None = None

    def commands(self) -> tuple[Command, ...]:
        """A desk on a server."""
        return (Command("open-server", _("Open desk on a server…"), self.ask, menu=Menu.DESK),)

    def ask(self) -> None:
        """Show the dialog with the server that was opened last."""
        # Where no server is asked: the one that is open may not answer.
        self._session.lanes.background.run(
            self, _last, self._show, self._session.failed, key="last", turn="copies"
        )

    def _show(self, last: Server | None) -> None:
        from pressdesk.gui.office.server_dialog import ServerDialog

        if self._dialog is not None:
            return
        dialog = self._dialog = ServerDialog(last, self._window)
        dialog.given.connect(self._try)
        dialog.finished.connect(self._forget)
        show(dialog)

    def _forget(self) -> None:
        self._dialog = None

    def _try(self, server: Server) -> None:
        dialog = self._dialog
        opened = partial(self._opened, dialog)
        self._desks.attempt(server, opened, partial(self._failed, dialog, server))

    def _opened(self, dialog: ServerDialog | None, found: Found) -> None:
        if not is_open(dialog):  # left before the answer
            self._desks.close(found)
            return
        dialog.accept()
        self._desks.take(found)

    def _failed(self, dialog: ServerDialog | None, server: Server, error: PressDeskError) -> None:
        if not is_open(dialog):
            return
        if isinstance(error, DeskPassword):
            dialog.accept()
            self._desks.want_password(server)
        else:
            dialog.refuse(f"{error.what} {error.hint}".strip())


def _last() -> Server | None:
    now = settings.load()
    places: tuple[Address, ...] = tuple(address(name) for name in (now.last_desk, *now.recent))
    return next((place for place in places if isinstance(place, Server)), None)
