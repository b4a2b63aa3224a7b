"""The first of the list is on the screen before the desk is open."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.file.desk_file import create, open_desk
from pressdesk.base.errors import DeskLocked
from pressdesk.base.settings import Settings
from pressdesk.desk.opening import enter
from pressdesk.desk.rendering import Renderer
from pressdesk.gui.desks import desks
from pressdesk.gui.frame.window import MainWindow
from pressdesk.gui.kit.tokens import tokens
from pressdesk.gui.list.release_model import ROW_ROLE
from pressdesk.press.release import Edition, Release

FIRST, SECOND = 1, 2


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "office.pressdesk"
    archive = create(path)
    for number in (FIRST, SECOND):
        archive.releases.add(Release("news", uid=f"r{number}"), Edition("en", title=f"T{number}"))
    archive.close()
    return path


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Opening a desk waits for this."""
    let = Event()

    def waiting(*given: object, **named: object) -> object:
        let.wait(60)
        return enter(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(desks, "enter", waiting)
    return let


@pytest.fixture
def window(qtbot: QtBot, gate: Event) -> Iterator[DeskWindow]:
    main = MainWindow(tokens(False))
    qtbot.addWidget(main)
    shown = DeskWindow(main, Renderer(), Settings())
    main.show()
    yield shown
    gate.set()
    shown.end()


def test_rows_are_shown_and_stay(qtbot: QtBot, window: DeskWindow, desk: Path, gate: Event) -> None:
    window.start(desk)
    qtbot.waitUntil(lambda: window.panel.count() == 2)
    assert window.glanced and not window.listed and window.session.archive is None
    resets: list[bool] = []
    window.panel._model.modelReset.connect(lambda: resets.append(True))
    gate.set()
    qtbot.waitUntil(lambda: window.listed and window.settled())
    assert (window.panel.count(), resets) == (2, [])


def test_a_row_chosen_before_is_what_comes_up(
    qtbot: QtBot, window: DeskWindow, desk: Path, gate: Event
) -> None:
    window.start(desk)
    qtbot.waitUntil(lambda: window.glanced)
    window.panel.opened.emit(FIRST)
    gate.set()
    qtbot.waitUntil(lambda: window.listed and window.settled())
    assert window.place() == (FIRST, "en")


def test_a_desk_that_cannot_be_opened_leaves_no_rows(
    qtbot: QtBot, window: DeskWindow, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    let = Event()

    def refused(*_given: object, **_named: object) -> None:
        let.wait(60)
        raise DeskLocked("locked", hint="wait")

    monkeypatch.setattr(desks, "enter", refused)
    window.start(desk)
    qtbot.waitUntil(lambda: window.panel.count() == 2)
    let.set()
    qtbot.waitUntil(lambda: window.panel.count() == 0)
    assert not window.glanced


def test_a_row_of_a_desk_that_cannot_be_opened_is_not_sought_in_another(
    qtbot: QtBot, window: DeskWindow, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    let = Event()

    def refused(*_given: object, **_named: object) -> None:
        let.wait(60)
        raise DeskLocked("locked", hint="wait")

    monkeypatch.setattr(desks, "enter", refused)
    window.start(desk)
    qtbot.waitUntil(lambda: window.glanced)
    window.panel.opened.emit(FIRST)
    let.set()
    qtbot.waitUntil(lambda: window.panel.count() == 0)
    monkeypatch.setattr(desks, "enter", enter)
    other = tmp_path / "other.pressdesk"
    shutil.copy(desk, other)
    window.desks.open(other)
    qtbot.waitUntil(lambda: window.listed and window.settled())
    assert window.place() == (SECOND, "en")


@pytest.mark.parametrize("reading", [True, False])
def test_a_reader_sees_nothing_before(
    qtbot: QtBot, window: DeskWindow, desk: Path, gate: Event, reading: bool
) -> None:
    window.desks.reading = reading
    window.start(desk)
    window.session.lanes.read.run(window, lambda: None, lambda _none: None, window.session.failed)
    qtbot.waitUntil(lambda: window.session.lanes.read.idle())
    assert window.glanced is not reading
    gate.set()
    qtbot.waitUntil(lambda: window.listed and window.settled())


def test_what_changed_meanwhile_reads_as_it_is(
    qtbot: QtBot, window: DeskWindow, desk: Path, gate: Event
) -> None:
    window.start(desk)
    qtbot.waitUntil(lambda: window.glanced)
    with closing(open_desk(desk)) as archive:
        filed = archive.releases.find(SECOND)
        archive.releases.save(filed.release, replace(filed.edition, title="Other words"))
    painted: list[QModelIndex] = []
    window.panel._model.dataChanged.connect(lambda index, _end: painted.append(index))
    gate.set()
    qtbot.waitUntil(lambda: window.listed and window.settled())
    rows = [index.data(ROW_ROLE) for index in painted]
    assert "Other words" in [row.first.title for row in rows if row is not None]


def test_a_window_is_not_settled_before_its_desk_is_open(
    qtbot: QtBot, window: DeskWindow, desk: Path, gate: Event
) -> None:
    settled: list[bool] = []
    window.desks.glanced.connect(lambda _glance: settled.append(window.settled()))
    gate.set()
    window.start(desk)
    while not window.listed:
        QApplication.processEvents()
        settled.append(window.settled() and window.session.archive is None)
    assert not any(settled)
