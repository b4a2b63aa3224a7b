"""Opens and saves the house style."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pressdesk.base.i18n import _
from pressdesk.desk import logo, people
from pressdesk.gui.frame.asking import refusal, show, while_open
from pressdesk.gui.frame.commands import Command, Menu, Need
from pressdesk.gui.frame.session import Session
from pressdesk.press.house import House

if TYPE_CHECKING:
    from pressdesk.gui.desks.house_dialog import HouseDialog


class HouseStyle(QObject):
    """The house style and its logo. In: ``ask()``"""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(session)
        self._session, self._window = session, window

    def commands(self) -> tuple[Command, ...]:
        """The house style."""
        return (
            Command("house", _("House style…"), self.ask, menu=Menu.HOUSE, needs=Need.WRITABLE),
        )

    def ask(self) -> None:
        """The house style."""
        from pressdesk.gui.desks.house_dialog import HouseDialog

        session = self._session
        dialog = HouseDialog(session.house, session.contacts, self._window)
        sha = session.house.look.logo
        if sha:
            shown = while_open(dialog, partial(dialog.show_logo, sha))
            session.read(partial(logo.kept, sha=sha), shown)
        dialog.logo_chosen.connect(partial(self._logo, dialog))
        dialog.save_requested.connect(partial(self._save_house, dialog))
        show(dialog)

    def _logo(self, dialog: HouseDialog, name: str) -> None:
        shown = while_open(dialog, dialog.show_logo)
        self._session.act(
            partial(logo.take_in, path=Path(name)),
            lambda found: shown(*found),
            refusal(dialog, dialog.refused, self._session.undone),
            of=(),
        )

    def _save_house(self, dialog: HouseDialog, house: House) -> None:
        leave = while_open(dialog, dialog.accept)
        self._session.act(
            partial(people.save_house, house=house),
            lambda _stored: leave(),
            refusal(dialog, dialog.refused, self._session.undone),
            of=(),
        )
