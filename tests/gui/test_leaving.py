"""A dialog is left by one rule: nothing is stored, and nothing typed goes without a question."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from pressdesk.gui.desks.house_dialog import HouseDialog
from pressdesk.gui.details.contacts_dialog import ContactsDialog
from pressdesk.gui.history.note_dialog import NoteDialog
from pressdesk.gui.kit.dialog import DialogFrame
from tests.gui.people import HOUSE, PEOPLE
from tests.gui.seen import click, said


def begun(dialog: DialogFrame, qtbot: QtBot) -> None:
    """Type into the first field of a dialog."""
    match dialog:
        case ContactsDialog():
            qtbot.keyClicks(dialog.page.lines[("role", "en")], "x")
        case HouseDialog():
            qtbot.keyClicks(dialog.organisation.findChildren(QLineEdit)[0], "x")
        case NoteDialog():
            qtbot.keyClicks(dialog.field, "x")


TYPED_IN: dict[str, Callable[[], DialogFrame]] = {
    "contacts": lambda: ContactsDialog(PEOPLE, ("en", "ru")),
    "house": lambda: HouseDialog(HOUSE, PEOPLE),
    "note": NoteDialog,
}


@pytest.mark.parametrize("make", TYPED_IN.values(), ids=TYPED_IN)
@pytest.mark.parametrize("leave", ["Esc", "close", "button"])
def test_leaving_stores_nothing_and_asks_only_where_something_is_typed(
    qtbot: QtBot, make: Callable[[], DialogFrame], leave: str
) -> None:
    def left(dialog: DialogFrame) -> bool:
        if leave == "Esc":
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        elif leave == "close":
            dialog.close()
        else:
            words = "Close" if isinstance(dialog, ContactsDialog) else "Cancel"
            click(qtbot, dialog, words)
        return not dialog.isVisible()

    untouched, dialog = make(), make()
    for one in (untouched, dialog):
        qtbot.addWidget(one)
        one.show()
    stores = dialog.noted if isinstance(dialog, NoteDialog) else dialog.save_requested
    assert left(untouched)
    with qtbot.assertNotEmitted(stores):
        begun(dialog, qtbot)
        assert not left(dialog) and "unsaved" in said(dialog)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)  # too often, and nothing is lost
        assert dialog.isVisible() and "unsaved" not in said(dialog)
        assert not left(dialog)
        click(qtbot, dialog, "Keep editing")
        assert dialog.isVisible() and "unsaved" not in said(dialog)
        assert not left(dialog)
        click(qtbot, dialog, "Discard")
    assert not dialog.isVisible()


def test_what_is_on_its_way_is_not_asked_about(qtbot: QtBot) -> None:
    dialog = TYPED_IN["contacts"]()
    qtbot.addWidget(dialog)
    dialog.show()
    assert isinstance(dialog, ContactsDialog)
    begun(dialog, qtbot)
    with qtbot.waitSignal(dialog.save_requested):
        click(qtbot, dialog, "Save")
    dialog.close()
    assert not dialog.isVisible()
