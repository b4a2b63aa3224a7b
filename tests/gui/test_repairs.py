"""Ways out of damage in the window: what a repair would do is shown, then done; or a new desk."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pressdesk.archive.checking import check
from pressdesk.archive.file.desk_file import Archive, create, open_desk
from pressdesk.desk import looking_after
from pressdesk.desk.opening import enter
from pressdesk.desk.rendering import Renderer
from pressdesk.gui.desks.desks import Desks
from pressdesk.gui.desks.repair_dialog import RepairDialog
from pressdesk.gui.desks.upkeep import Care
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.frame.session import Session
from pressdesk.press.release import Edition, Release

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with closing(create(tmp_path / "office.pressdesk")) as made:
        made.releases.add(Release("news"), Edition("en", title="The river rises"))
    return made.path


@pytest.fixture
def told() -> list[Notice]:
    return []


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    made = Session(Renderer())
    yield made
    made.leave()
    made.lanes.close()


@pytest.fixture
def care(session: Session, window: QWidget, told: list[Notice]) -> Iterator[Care]:
    made = Care(session, window)
    made.notice.connect(told.append)
    yield made
    made.end()


def alter(path: Path, *orders: str) -> None:
    with closing(sqlite3.connect(path)) as bare, bare:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        guards = bare.execute(query).fetchall()
        for name, _sql in guards:
            bare.execute(f"DROP TRIGGER {name}")
        for order in orders:
            bare.execute(order)
        for _name, sql in guards:
            bare.execute(sql)


def _dialog(window: QWidget, qtbot: QtBot) -> RepairDialog:
    def shown() -> list[RepairDialog]:
        return [one for one in window.findChildren(RepairDialog) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()), timeout=30_000)
    return shown()[0]


def _said(dialog: QWidget) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(QLabel))


def _press(dialog: QWidget, words: str) -> None:
    next(one for one in dialog.findChildren(QPushButton) if one.text() == words).click()


def test_what_is_shown_is_put_back(
    path: Path, session: Session, care: Care, window: QWidget, told: list[Notice], qtbot: QtBot
) -> None:
    alter(path, "UPDATE edition SET title = 'The river falls'")
    session.enter(enter(path, now=NOW))
    care.check()
    qtbot.waitUntil(lambda: any(one.buttons for one in told), timeout=30_000)
    words, does = told[-1].buttons[0]
    assert words == "Repair…"
    does()
    dialog = _dialog(window, qtbot)
    assert "edition 1 (The river rises, en): title; from its last revision" in _said(dialog)
    _press(dialog, "Repair")
    qtbot.waitUntil(lambda: told[-1].what == "No problems found in this desk.", timeout=30_000)
    (done,) = [one for one in told if one.what == "The desk was repaired."]
    assert ".unproven.pressdesk" in done.hint
    assert session.archive is not None
    assert session.archive.releases.rows([1])[0].first.title == "The river rises"


def test_what_nothing_vouches_for_is_named_and_a_backup_does(
    path: Path,
    tmp_path: Path,
    session: Session,
    care: Care,
    window: QWidget,
    told: list[Notice],
    qtbot: QtBot,
) -> None:
    backup = Path(shutil.copy(path, tmp_path / "backup.pressdesk"))
    alter(path, "UPDATE revision SET data = x'00'", "UPDATE edition SET title = 'Falls'")
    session.enter(enter(path, now=NOW))
    care.repairs.plan()
    dialog = _dialog(window, qtbot)
    assert "Nothing in this desk proves" in _said(dialog) and "revision 1" in _said(dialog)
    assert "Repair" not in {one.text() for one in dialog.findChildren(QPushButton)}
    dialog.reject()
    care.repairs.plan(backup)
    dialog = _dialog(window, qtbot)
    assert "from the backup" in _said(dialog)
    _press(dialog, "Repair")
    qtbot.waitUntil(lambda: told[-1].what == "No problems found in this desk.", timeout=30_000)


def test_a_desk_that_another_program_changed_is_taken_over(
    path: Path,
    tmp_path: Path,
    session: Session,
    care: Care,
    window: QWidget,
    told: list[Notice],
    qtbot: QtBot,
) -> None:
    with closing(sqlite3.connect(path)) as bare, bare:
        bare.execute("CREATE TABLE notes (text TEXT)")
    desks = Desks(session, window)
    desks.notice.connect(told.append)
    with qtbot.waitSignal(session.entered, timeout=30_000):
        desks.open(path)
    qtbot.waitUntil(lambda: bool(told))
    assert [words for words, _does in told[-1].buttons] == ["Take over into a new desk…"]
    with qtbot.waitSignal(desks.take_over_wanted):
        told[-1].buttons[0][1]()
    archive = session.archive
    assert archive is not None
    care.repairs.take_over(looking_after.altered(archive), tmp_path / "new")
    qtbot.waitUntil(lambda: told[-1].what.startswith("1 release was taken over"), timeout=30_000)
    with qtbot.waitSignal(care.repairs.made):
        told[-1].buttons[0][1]()
    with closing(open_desk(tmp_path / "new.pressdesk")) as new:
        assert check(new).sound and _title(new) == "The river rises"


def _title(desk: Archive) -> str:
    return desk.releases.find(1).edition.title
