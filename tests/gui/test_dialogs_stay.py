"""A dialog belongs to the desk, and to the values, it was opened on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from windows import window_on

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.file.desk_file import create, open_desk
from pressdesk.gui.desks.house_dialog import HouseDialog
from pressdesk.press.translated import Translated


@pytest.fixture
def desks(tmp_path: Path) -> tuple[Path, Path]:
    paths = tmp_path / "one.pressdesk", tmp_path / "two.pressdesk"
    for path in paths:
        archive = create(path)
        named = Translated((("en", path.stem),))
        archive.houses.save(replace(archive.houses.get(), organisation=named))
        archive.close()
    return paths


@pytest.fixture
def window(qtbot: QtBot, desks: tuple[Path, Path]) -> Iterator[DeskWindow]:
    with window_on(qtbot, desks[0]) as shown:
        yield shown


def dialog_of(window: DeskWindow) -> HouseDialog:
    window.house_style.ask()
    found = window.main.findChild(HouseDialog)
    assert found is not None and QApplication.activeModalWidget() is found
    return found


def organisation(desk: Path) -> str:
    archive = open_desk(desk)
    found = archive.houses.get().organisation.into("en")
    archive.close()
    return found


def test_a_desk_that_opens_waits_for_the_dialog_of_the_one_before(
    window: DeskWindow, desks: tuple[Path, Path], qtbot: QtBot
) -> None:
    dialog, house = dialog_of(window), window.session.house
    window.desks.open(desks[1])
    qtbot.waitUntil(window.session.lanes.idle, timeout=10_000)
    assert window.desk_path() == desks[0]
    dialog.save_requested.emit(replace(house, organisation=Translated((("en", "Changed"),))))
    qtbot.waitUntil(lambda: window.desk_path() == desks[1], timeout=10_000)
    qtbot.waitUntil(window.settled, timeout=10_000)
    assert [organisation(desk) for desk in desks] == ["Changed", "two"]
    assert window.session.house.organisation.into("en") == "two"


def test_a_house_style_that_another_window_saved_meanwhile_is_not_saved_over(
    window: DeskWindow, desks: tuple[Path, Path], qtbot: QtBot
) -> None:
    dialog, house = dialog_of(window), window.session.house
    other = open_desk(desks[0])
    other.houses.save(replace(other.houses.get(), organisation=Translated((("en", "Theirs"),))))
    other.close()
    window.session.refresh_people()  # as the window does when the server tells of it
    qtbot.waitUntil(lambda: window.session.house != house, timeout=10_000)
    dialog.save_requested.emit(replace(house, organisation=Translated((("en", "Mine"),))))
    qtbot.waitUntil(window.session.lanes.idle, timeout=10_000)
    assert organisation(desks[0]) == "Theirs" and dialog.isVisible()
    dialog.reject()
