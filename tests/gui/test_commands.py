"""Commands are declared once: the menu, the keys and what can be done follow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from pressdesk.archive.file.desk_file import create
from pressdesk.gui.frame.commands import Command, Commands, Menu, Need
from tests.gui.windows import window_on

DECLARED = (
    Command("open", "Open…", print, "Ctrl+O", Menu.DESK),
    Command("save", "Save", print, "Ctrl+S", Menu.RELEASE, Need.WRITABLE | Need.DRAFT),
    Command("trash", "Trash", print, menu=Menu.RELEASE, needs=Need.WRITABLE | Need.OPEN, last=True),
    Command("quote", "Quote", print, menu=Menu.RELEASE, needs=Need.OPEN),
    Command("past", "History", print, menu=Menu.RELEASE, needs=Need.RECORD),
    Command("find", "Find", print, "Ctrl+F"),
)


READ = {"open", "quote", "find", "past"}


@pytest.fixture
def made(qtbot: QtBot) -> Iterator[Commands]:
    window = QWidget()
    qtbot.addWidget(window)
    yield Commands(window, DECLARED)


def test_the_menu_has_its_groups_in_order_and_what_is_last_at_the_end(made: Commands) -> None:
    words = [action.text() if action else "-" for action in made.menu()]
    assert words[:-1] == ["Open…", "-", "Save", "Quote", "History", "Trash", "-"]


@pytest.mark.parametrize(
    ("has", "there", "able"),
    [
        (Need.NOTHING, {"open", "quote", "find"}, {"open", "find"}),
        (
            Need.OPEN | Need.RECORD,
            {"open", "quote", "find", "past"},
            {"open", "quote", "find", "past"},
        ),
        (
            Need.WRITABLE | Need.RECORD | Need.OPEN,
            {"open", "save", "trash", "quote", "find", "past"},
            {"open", "trash", "quote", "find", "past"},
        ),
    ],
)
def test_what_a_desk_lacks_is_not_there_and_what_the_paper_lacks_is_grey(
    made: Commands, has: Need, there: set[str], able: set[str]
) -> None:
    made.show(has)
    names = [command.name for command in DECLARED]
    assert {name for name in names if made[name].isVisible()} == there
    assert {name for name in names if made[name].isEnabled()} == able


def test_a_submenu_is_filled_whenever_it_is_shown(qtbot: QtBot) -> None:
    window, times = QWidget(), Counter[str]()
    qtbot.addWidget(window)

    def fill(menu: QMenu) -> None:
        times["filled"] += 1
        menu.addAction(f"number {times['filled']}")

    commands = Commands(window, [Command("recent", "Recent", print, menu=Menu.DESK, fill=fill)])
    for number in (1, 2):
        menu = commands["recent"].menu()
        assert isinstance(menu, QMenu)
        menu.aboutToShow.emit()
        assert [action.text() for action in menu.actions()] == [f"number {number}"]


def test_no_key_of_the_window_is_taken_twice(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "desk.pressdesk"
    create(path).close()
    with window_on(qtbot, path) as window:
        actions = window.main.findChildren(QAction)
    every = [key.toString() for one in actions for key in one.shortcuts()]
    assert len(every) > 30
    assert [key for key, number in Counter(every).items() if number > 1] == []


def test_the_menu_goes_from_what_is_wanted_most_to_what_takes_away(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "desk.pressdesk"
    create(path).close()
    with window_on(qtbot, path) as window:
        menu = window.commands.menu()
        recent = window.commands["recent"]
    named = [one.objectName() if one and one is not recent else one and "recent" for one in menu]
    assert named == [
        *("open-desk", "open-server", "make-desk", "recent", None),
        *("save", "save_note", "history", "print", "duplicate", "bookmark", "quotation", "trash"),
        *(None, "contacts", "house", "see-trash", None),
        *("back-up", "restore-backup", "check-desk", "read-only-copy"),
        *("verify-register", "verify-file", None),
        *("settings", "keys"),
    ]


def test_f6_begins_with_the_list_where_nothing_has_the_keyboard(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "desk.pressdesk"
    create(path).close()
    with window_on(qtbot, path) as window:
        if (focus := window.main.focusWidget()) is not None:
            focus.clearFocus()
        assert window.main.focusWidget() is None
        window.commands["pane"].trigger()
        focus = window.main.focusWidget()
        assert focus is not None and window.panel.isAncestorOf(focus)
