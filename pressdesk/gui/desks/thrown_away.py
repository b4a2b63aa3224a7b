"""Opens the trash and restores releases from it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pressdesk.base.i18n import _
from pressdesk.desk import drafting
from pressdesk.gui.frame.asking import show, while_open
from pressdesk.gui.frame.commands import Command, Menu, Need
from pressdesk.gui.frame.session import Session

if TYPE_CHECKING:
    from pressdesk.gui.desks.trash_dialog import TrashDialog
    from pressdesk.press.filed import TrashRow


class ThrownAway(QObject):
    """The trash of the desk.

    In:   ``ask()``
    Out:  ``restore(id)`` a release is to come back.
    """

    restore = Signal(int)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(session)
        self._session, self._window = session, window

    def commands(self) -> tuple[Command, ...]:
        """The trash."""
        return (Command("see-trash", _("Trash…"), self.ask, menu=Menu.HOUSE, needs=Need.WRITABLE),)

    def ask(self) -> None:
        """Show the releases in the trash, also those that are on their way there."""
        show_trash = self._session.here(self._show_trash)
        self._session.write(drafting.thrown_away, show_trash, self._session.failed, of=())

    def _show_trash(self, rows: tuple[TrashRow, ...]) -> None:
        from pressdesk.desk.drafting import TRASH_DAYS
        from pressdesk.gui.desks.trash_dialog import TrashDialog

        dialog = TrashDialog(rows, self._window, days=TRASH_DAYS)
        dialog.restore_requested.connect(partial(self._restore, dialog))
        show(dialog)

    def _restore(self, dialog: TrashDialog, release_id: int) -> None:
        self.restore.emit(release_id)
        shown = while_open(dialog, dialog.show_rows)
        self._session.write(drafting.thrown_away, shown, of=())
