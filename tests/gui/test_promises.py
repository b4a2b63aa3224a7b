"""The promises a person relies on: nothing typed is lost, nothing leaves by a side door."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from msgspec.structs import replace
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from windows import window_on

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.file.desk_file import create, open_desk
from pressdesk.desk import rescue
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph, plain
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.history.revision_list import about
from pressdesk.gui.importing.review import ImportReview
from pressdesk.gui.output.reason_dialog import ReasonDialog
from pressdesk.gui.paper.issue_dialog import IssueDialog
from pressdesk.press.release import Edition, Embargo, Release
from pressdesk.press.translated import Translated
from tests.patience import PATIENCE_S

FIRST, SECOND = 1, 2
PROGRAMS = Path(__file__).parent / "programs"


@pytest.fixture(autouse=True)
def _little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A locked desk is given up sooner than a person would."""
    monkeypatch.setitem(open_desk.__kwdefaults__, "busy_seconds", 0.3)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "office.pressdesk"
    archive = create(path)
    for title in ("On the gauge", "On the river"):
        body = Document((paragraph("It rises."),))
        archive.releases.add(Release(kind="news"), Edition(language="en", title=title, body=body))
    archive.close()
    return path


@pytest.fixture
def window(qtbot: QtBot, desk: Path) -> Iterator[DeskWindow]:
    with window_on(qtbot, desk) as shown:
        go(shown, qtbot, FIRST)
        yield shown


def go(window: DeskWindow, qtbot: QtBot, release_id: int) -> None:
    window.writing.open(release_id, "en")
    qtbot.waitUntil(lambda: on_paper(window) == release_id, timeout=10_000)
    qtbot.waitUntil(window.settled, timeout=10_000)


def on_paper(window: DeskWindow) -> int:
    return window.writing.current.release.id if window.writing.current else 0


def asked(window: DeskWindow, qtbot: QtBot) -> IssueDialog:
    window.commands["issue"].trigger()
    qtbot.waitUntil(lambda: window.main.findChild(IssueDialog) is not None, timeout=10_000)
    dialog = window.main.findChild(IssueDialog)
    assert dialog is not None
    return dialog


def test_nothing_can_be_typed_into_an_edition_while_it_is_issued(
    window: DeskWindow, qtbot: QtBot
) -> None:
    dialog = asked(window, qtbot)
    dialog.go.click()
    QTest.keyClicks(window.paper.text, "too late")
    assert "too late" not in plain(window.paper.tree())
    qtbot.waitUntil(
        lambda: bool(window.writing.current and not window.writing.current.editable),
        timeout=10_000,
    )
    assert window.writing.current is not None and window.writing.current.issued is not None
    assert plain(window.writing.current.issued.sheet.body).strip() == "It rises."


def test_what_an_import_left_open_goes_out_with_a_reason_the_history_keeps(
    desk: Path, qtbot: QtBot
) -> None:
    archive = open_desk(desk)
    filed = archive.releases.find(SECOND)
    archive.releases.save(filed.release, replace(filed.edition, questions=("title", "date")))
    archive.close()
    with window_on(qtbot, desk) as window:
        go(window, qtbot, SECOND)
        dialog = asked(window, qtbot)
        assert not dialog.go.isEnabled()
        QTest.keyClicks(dialog.reason, "The Council has read it")
        dialog.go.click()
        qtbot.waitUntil(
            lambda: bool(window.writing.current and not window.writing.current.editable),
            timeout=10_000,
        )
    archive = open_desk(desk)
    newest = archive.releases.history(SECOND, "en")[0]
    archive.close()
    assert newest.issued
    assert "Which headline?" in newest.note and "The Council has read it" in newest.note
    assert newest.said in about(newest, datetime.now(UTC))


def test_an_issue_that_failed_gives_the_paper_back(
    window: DeskWindow, desk: Path, qtbot: QtBot
) -> None:
    dialog = asked(window, qtbot)
    held = sqlite3.connect(desk, isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    with qtbot.waitSignal(window.session.trouble, timeout=15_000):
        dialog.go.click()
    held.close()
    QTest.keyClicks(window.paper.text, "more ")
    assert "more " in plain(window.paper.tree())


def test_what_another_window_changed_of_the_letterhead_is_seen_before_it_is_issued(
    window: DeskWindow, desk: Path, qtbot: QtBot
) -> None:
    other = open_desk(desk)
    other.houses.save(replace(other.houses.get(), organisation=Translated.of(en="New name")))
    other.close()
    with qtbot.waitSignal(window.session.trouble, timeout=10_000):
        window.commands["issue"].trigger()
    qtbot.waitUntil(window.settled, timeout=10_000)
    assert window.session.house.organisation.into("en") == "New name"
    assert asked(window, qtbot).isVisible()


def test_text_left_behind_is_rescued_when_the_desk_stays_locked_to_the_end(
    window: DeskWindow, desk: Path, qtbot: QtBot
) -> None:
    held = sqlite3.connect(desk, isolation_level=None)
    QTest.keyClicks(window.paper.text, "left behind ")
    held.execute("BEGIN IMMEDIATE")
    window.writing.open(SECOND)
    QTest.keyClicks(window.paper.text, "and more ")
    window.end()
    held.close()
    archive = open_desk(desk)
    assert len(rescue.take_in(archive)) == 1
    text = plain(archive.releases.find(FIRST).current()[1].body)
    assert text.startswith("left behind and more ")
    archive.close()


def test_an_embargo_that_cannot_be_read_stops_the_issue(window: DeskWindow, qtbot: QtBot) -> None:
    field = window.form.embargo
    field.mode.setCurrentIndex(1)
    field.mode.activated.emit(1)
    field.day.setText("")
    QTest.keyClicks(field.day, "the day aft")
    window.commands["issue"].trigger()
    qtbot.waitUntil(window.settled, timeout=10_000)
    assert field.pending() and window.main.findChild(IssueDialog) is None


def test_printing_under_embargo_asks_first(
    window: DeskWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []
    monkeypatch.setattr("pressdesk.gui.output.printer.ask", lambda _w, title: printed.append(title))
    later = Embargo(datetime.now(UTC) + timedelta(days=1), "Europe/Vienna")
    window.writing.put("embargo", later)
    window.commands["print"].trigger()
    qtbot.waitUntil(lambda: window.main.findChild(ReasonDialog) is not None, timeout=20_000)
    dialog = window.main.findChild(ReasonDialog)
    assert dialog is not None and printed == []
    dialog.field.setText("To read on the train")
    dialog.go.click()
    assert printed == ["On the gauge"]


def test_asked_by_the_system_to_end_it_keeps_everything(desk: Path) -> None:
    run = [sys.executable, str(PROGRAMS / "rest_after_typing.py"), str(desk)]
    with subprocess.Popen(run, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "typed\n"
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(PATIENCE_S) == 0
    archive = open_desk(desk)
    assert plain(archive.releases.find(3).current()[1].body) == "not paused yet"
    archive.close()


def test_a_dialog_that_would_ask_does_not_keep_the_program_from_ending(desk: Path) -> None:
    run = [sys.executable, str(PROGRAMS / "rest_in_a_dialog.py"), str(desk)]
    with subprocess.Popen(run, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "typed\n"
        os.kill(process.pid, signal.SIGTERM)
        try:
            assert process.wait(PATIENCE_S) == 0
        finally:
            process.kill()
    archive = open_desk(desk)
    assert plain(archive.releases.find(3).current()[1].body) == "kept"
    assert archive.contacts.all() == ()
    archive.close()


@pytest.mark.parametrize("stage", ["made ready", "filed"])
def test_an_import_that_could_not_be_filed_is_tried_again(
    window: DeskWindow, desk: Path, tmp_path: Path, qtbot: QtBot, stage: str
) -> None:
    """What was decided in the review is not to be decided again."""
    dump, told, filed = tmp_path / "past.txt", list[Notice](), list[int]()
    dump.write_text("On the ice\n\nIt melts.\n", "utf-8")
    window.importing.notice.connect(told.append)
    window.importing.filed.connect(filed.append)
    window.importing.files([str(dump)])
    qtbot.waitUntil(lambda: window.main.findChild(ImportReview) is not None, timeout=10_000)
    dialog = window.main.findChild(ImportReview)
    assert dialog is not None
    held, gate, lanes = sqlite3.connect(desk, isolation_level=None), Event(), window.session.lanes
    lanes.write.run(window.session, gate.wait, lambda _done: None, window.session.failed)
    if stage == "made ready":
        held.execute("BEGIN IMMEDIATE")
    dialog.accept()
    qtbot.waitUntil(lambda: lanes.background.idle("filing"), timeout=10_000)
    if stage == "filed":
        held.execute("BEGIN IMMEDIATE")
    gate.set()
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    held.close()
    assert not filed
    told[0].buttons[0][1]()
    qtbot.waitUntil(lambda: bool(filed), timeout=10_000)
    assert [notice.tone for notice in told] == ["bad", "good"]
