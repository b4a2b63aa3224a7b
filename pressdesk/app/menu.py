"""The menu at the right of the top bar: what is needed rarely, in one place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from pressdesk.base import settings
from pressdesk.base.address import Address, address
from pressdesk.base.i18n import _

if TYPE_CHECKING:
    from pressdesk.app.desk_window import DeskWindow


def menu_of(window: DeskWindow) -> list[QAction | None]:
    """Its actions in order; None is a separating line."""
    commands = window.commands
    return [
        commands.add("open-desk", _("Open a desk…"), window.desks.choose, "Ctrl+O"),
        commands.add("open-server", _("Open a desk on a server…"), window.joining.ask),
        commands.add("make-desk", _("Make a new desk…"), window.desks.make),
        _recent(window),
        None,
        commands["save"],
        commands["save_note"],
        commands["history"],
        commands["print"],
        commands["duplicate"],
        commands["bookmark"],
        commands["quotation"],
        commands["trash"],
        None,
        commands.add("contacts", _("Contacts…"), window.people.contacts),
        commands.add("house", _("House style…"), window.house_style.ask),
        commands.add("see-trash", _("Trash…"), window.trash.ask),
        None,
        commands.add("back-up", _("Back up now"), window.care.back_up),
        commands.add("restore-backup", _("Restore a backup…"), window.care.choose_backup),
        commands.add("check-desk", _("Check the desk"), window.care.check),
        commands.add("reading-copy", _("Make a reading copy…"), window.care.make_reading_copy),
        None,
        commands.add("settings", _("Settings…"), window.preferences.ask),
        commands["keys"],
    ]


def _recent(window: DeskWindow) -> QAction:
    """Desks opened before, the one that is open left out; read anew whenever it is shown."""
    menu = QMenu(_("Recent desks"), window.main)
    menu.setToolTipsVisible(True)

    def fill() -> None:
        menu.clear()
        for name in settings.load().recent:
            path = address(name)
            if path != window.desk_path():
                action = menu.addAction(path.stem.replace("&", "&&"))
                action.setToolTip(name)
                action.triggered.connect(partial(_reopen, window, path))
        if menu.isEmpty():
            menu.addAction(_("None yet")).setEnabled(False)

    menu.aboutToShow.connect(fill)
    return menu.menuAction()


def _reopen(window: DeskWindow, path: Address, _checked: bool = False) -> None:
    window.desks.open(path)
