"""What was asked for on one desk is neither done on another nor waited for there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from windows import window_on

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.file.desk_file import create, open_desk
from pressdesk.desk.opening import enter
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.gui.frame.tasks import Tasks
from pressdesk.gui.importing.review import ImportReview
from pressdesk.gui.paper.issue_dialog import IssueDialog
from pressdesk.press.release import Edition, Release

FIRST = 1
LATE = 20_000


def made(path: Path, *texts: str) -> Path:
    archive = create(path)
    for number, text in enumerate(texts, 1):
        body = Document((paragraph(text),))
        archive.releases.add(
            Release("news", uid=f"r{number}"),
            Edition("en", uid=f"e{number}", title=text, body=body),
        )
    archive.close()
    return path


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return made(tmp_path / "office.pressdesk", "It rises.", "It falls.")


@pytest.fixture
def window(qtbot: QtBot, desk: Path) -> Iterator[DeskWindow]:
    with window_on(qtbot, desk) as shown:
        shown.writing.open(FIRST)
        qtbot.waitUntil(lambda: on_paper(shown) == FIRST and shown.settled(), timeout=LATE)
        yield shown


def on_paper(window: DeskWindow) -> int:
    return window.writing.current.release.id if window.writing.current else 0


LATEST = 1_000
"""Asked for behind all others."""


@contextmanager
def held(window: DeskWindow, lane: Tasks, turn: str = "") -> Iterator[None]:
    """This turn stands still until the block ends."""
    gate = Event()
    lane.run(window.session, gate.wait, lambda _done: None, window.session.failed, turn=turn)
    try:
        yield
    finally:
        gate.set()


def go_to(window: DeskWindow, path: Path) -> None:
    """As when its server answers while the lanes of the desk before are busy."""
    window.desks.take((enter(path, now=datetime.now(UTC)), (), LATEST))


def test_what_was_to_be_issued_is_not_issued_on_another_desk(
    qtbot: QtBot, window: DeskWindow, desk: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(desk, tmp_path / "copy.pressdesk"))
    window.issuing.ask()
    qtbot.waitUntil(lambda: window.main.findChild(IssueDialog) is not None, timeout=LATE)
    dialog = window.main.findChild(IssueDialog)
    assert dialog is not None
    with held(window, window.session.lanes.write):
        dialog.go.click()
        qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=LATE)
        go_to(window, copy)
    qtbot.waitUntil(window.settled, timeout=LATE)
    for one in (desk, copy):
        archive = open_desk(one)
        assert archive.releases.find(FIRST).edition.state.writable
        archive.close()


def test_a_release_is_opened_though_the_desk_before_is_still_written(
    qtbot: QtBot, window: DeskWindow, tmp_path: Path
) -> None:
    other = made(tmp_path / "other.pressdesk", "It freezes.")
    gate = Event()
    try:
        window.session.write(lambda _archive: gate.wait(), lambda _done: None)
        go_to(window, other)
        window.writing.open(FIRST)
        qtbot.waitUntil(lambda: on_paper(window) == FIRST, timeout=LATE)
    finally:
        gate.set()
    assert window.writing.current is not None
    assert window.writing.current.edition.title == "It freezes."


@pytest.mark.parametrize("turn", ["import", "twins"])
def test_items_are_compared_with_the_desk_that_takes_them(
    qtbot: QtBot, window: DeskWindow, tmp_path: Path, turn: str
) -> None:
    """An item that only the desk before has is not passed over."""
    other = made(tmp_path / "other.pressdesk", "It freezes.")
    dump = tmp_path / "past.txt"
    dump.write_text("On the gauge\n\nIt rises.\n", "utf-8")
    lanes = window.session.lanes
    reading = lanes.outside if turn == "import" else lanes.background
    with held(window, reading, turn):
        window.importing.files([str(dump)])
        if turn == "twins":
            qtbot.waitUntil(lambda: lanes.outside.idle("import"), timeout=LATE)
        go_to(window, other)
        qtbot.waitUntil(lanes.write.idle, timeout=LATE)
    qtbot.waitUntil(lambda: window.main.findChild(ImportReview) is not None, timeout=LATE)
    dialog = window.main.findChild(ImportReview)
    assert dialog is not None
    assert [one.accepted for one in dialog.review().proposals] == [True]
    next(b for b in dialog.findChildren(QPushButton) if "Cancel" in b.text()).click()
