"""The menu at the right of the top bar: what is needed rarely, in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from pressdesk.base.i18n import _

if TYPE_CHECKING:
    from pressdesk.app.desk_window import DeskWindow


def menu_of(window: DeskWindow) -> list[QAction | None]:
    """Its actions in order; None is a separating line."""
    commands = window.commands
    return [
        commands.add("open-desk", _("Open a desk…"), window.desks.choose, "Ctrl+O"),
        commands.add("make-desk", _("Make a new desk…"), window.desks.make),
        None,
        commands["save"],
        commands["print"],
        commands["duplicate"],
        commands["trash"],
        None,
        commands.add("contacts", _("Contacts…"), window.people.contacts),
        commands.add("house", _("House style…"), window.people.house),
        commands.add("see-trash", _("Trash…"), window.people.trash),
        None,
        commands.add("settings", _("Settings…"), window.preferences.ask),
        commands["keys"],
    ]
