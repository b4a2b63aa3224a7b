"""The line to the server is cut under a real window: the text stays, and is saved once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cut_line import Line, line_to
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.file.desk_file import Archive
from pressdesk.archive.server.postgres import create_office, open_office
from pressdesk.base.address import split
from pressdesk.base.settings import Settings
from pressdesk.desk import rescue
from pressdesk.desk.rendering import Renderer
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph, plain
from pressdesk.gui.frame import session
from pressdesk.gui.frame.window import MainWindow
from pressdesk.gui.kit.tokens import tokens
from pressdesk.gui.paper.issue_dialog import IssueDialog
from pressdesk.press.release import Edition, Release
from pressdesk.press.states import State

SOON = 30_000


@pytest.fixture
def line(cluster) -> Iterator[Line]:
    with line_to(cluster.folder) as made:
        yield made


@pytest.fixture
def near(office_url: str) -> Iterator[Archive]:
    """The desk without the line, with one draft."""
    desk = create_office(office_url)
    body = Document((paragraph("It rises."),))
    desk.releases.add(Release("news"), Edition("en", title="On the river", body=body))
    yield desk
    desk.close()


Open = Callable[[], DeskWindow]


@pytest.fixture
def opened(qtbot: QtBot, near: Archive, office_url: str, line: Line) -> Iterator[Open]:
    """Opens a window at the far end of the line, with the draft on the paper."""
    shown: list[DeskWindow] = []

    def open_() -> DeskWindow:
        main = MainWindow(tokens(False))
        qtbot.addWidget(main)
        window = DeskWindow(main, Renderer(), Settings())
        shown.append(window)
        main.show()
        window.start(split(line.url(office_url))[0])
        qtbot.waitUntil(lambda: window.listed and window.settled(), timeout=SOON)
        qtbot.waitUntil(lambda: window.writing.current is not None, timeout=SOON)
        qtbot.waitUntil(window.settled, timeout=SOON)
        return window

    yield open_
    line.mend()
    for window in shown:
        window.end()


def aside() -> list[Path]:
    return list(rescue.folder().glob("*.json"))


def body_of(desk: Archive) -> str:
    return plain(desk.releases.find(1).current()[1].body)


def notice(window: DeskWindow) -> str:
    shown = window.middle.notices.current()
    return shown.what if shown else ""


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_save_cut_in_the_middle_is_made_once_by_itself(
    opened: Open, qtbot: QtBot, near: Archive, line: Line, moment
) -> None:
    window = opened()
    QTest.keyClicks(window.paper.text, "Today: ")
    line.cut_at = moment
    window.commands["save"].trigger()
    qtbot.waitUntil(lambda: "saved on this computer" in notice(window), timeout=SOON)
    assert plain(window.paper.tree()).startswith("Today: It rises.")
    assert window.paper.text.isEnabled() and not window.paper.text.isReadOnly()
    assert len(aside()) == 1 and "Today: It rises." in aside()[0].read_text("utf-8")
    line.mend()
    qtbot.waitUntil(lambda: window.writing._state.tone == "saved", timeout=SOON)
    qtbot.waitUntil(lambda: not aside(), timeout=SOON)
    assert "is responding again" in notice(window)
    assert [one.number for one in near.releases.revisions(1)] == [2, 1]
    assert body_of(near) == "Today: It rises."
    QTest.keyClicks(window.paper.text, "And ")
    window.commands["save"].trigger()
    qtbot.waitUntil(lambda: len(near.releases.revisions(1)) == 3, timeout=SOON)


def test_what_was_saved_without_an_answer_is_no_text_of_somebody_else(
    opened: Open, qtbot: QtBot, near: Archive, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened()
    QTest.keyClicks(window.paper.text, "Mine ")
    monkeypatch.setattr(window.writing, "_schedule", lambda _now: None)
    monkeypatch.setattr(window.writing, "retry", lambda: None)  # the call comes before it
    heard: list[object] = []
    window.session.others.connect(heard.append)
    line.cut_at = "after"
    window.commands["save"].trigger()
    qtbot.waitUntil(lambda: bool(aside()), timeout=SOON)
    line.mend()
    near.releases.add(Release("news"), Edition("en", title="Behind the cut"))
    qtbot.waitUntil(lambda: bool(heard), timeout=SOON)  # some calls come before the cut
    with qtbot.assertNotEmitted(window.office.others.notice, wait=700):
        pass
    assert len(near.releases.revisions(1)) == 2
    monkeypatch.undo()
    window.writing.retry()
    qtbot.waitUntil(lambda: window.writing._state.tone == "saved", timeout=SOON)
    assert len(near.releases.revisions(1)) == 2
    assert "Another text" not in notice(window)


def test_what_is_typed_during_the_cut_is_put_aside_and_kept_after_it(
    opened: Open, qtbot: QtBot, near: Archive, line: Line
) -> None:
    window = opened()
    QTest.keyClicks(window.paper.text, "One ")
    line.cut_at = "after"
    window.commands["save"].trigger()
    qtbot.waitUntil(lambda: bool(aside()), timeout=SOON)
    QTest.keyClicks(window.paper.text, "two ")
    qtbot.waitUntil(lambda: "One two " in aside()[0].read_text("utf-8"), timeout=SOON)
    line.mend()
    qtbot.waitUntil(lambda: window.writing._state.tone == "kept", timeout=SOON)
    qtbot.waitUntil(lambda: not aside(), timeout=SOON)
    assert len(near.releases.revisions(1)) == 2
    assert plain(near.releases.find(1).edition.body) == "One It rises."
    assert body_of(near) == "One two It rises."


def ended_in_the_cut(opened: Open, qtbot: QtBot, line: Line, words: str, at: str) -> None:
    """A window in which words are typed, whose line is cut while it saves, and which is closed."""
    window = opened()
    QTest.keyClicks(window.paper.text, words)
    line.cut_at = at
    window.commands["save"].trigger()
    qtbot.waitUntil(lambda: bool(aside()), timeout=SOON)
    window.end()


def test_the_program_ends_during_the_cut_and_knows_its_save_again(
    opened: Open, qtbot: QtBot, near: Archive, line: Line
) -> None:
    ended_in_the_cut(opened, qtbot, line, "Once ", "after")
    assert len(aside()) == 1
    line.mend()
    again = opened()
    assert not aside()
    assert plain(again.paper.tree()) == "Once It rises."
    assert again.writing._state.tone == "saved"
    assert len(near.releases.revisions(1)) == 2 and near.releases.find(1).kept is None


def test_a_save_that_never_arrived_is_a_draft_at_the_next_start(
    opened: Open, qtbot: QtBot, near: Archive, line: Line
) -> None:
    ended_in_the_cut(opened, qtbot, line, "Late ", "before")
    line.mend()
    again = opened()
    assert not aside() and plain(again.paper.tree()) == "Late It rises."
    assert len(near.releases.revisions(1)) == 1
    assert "recovered" in notice(again)


def test_a_window_that_still_tries_keeps_its_text_to_itself(
    opened: Open, qtbot: QtBot, near: Archive, line: Line, office_url: str
) -> None:
    window = opened()
    QTest.keyClicks(window.paper.text, "Mine ")
    line.cut_at = "before"
    window.commands["save"].trigger()
    qtbot.waitUntil(lambda: bool(aside()), timeout=SOON)
    other = open_office(office_url)
    assert rescue.take_in(other) == () and len(aside()) == 1
    other.close()


def test_a_server_that_was_started_anew_is_found_again(
    opened: Open, qtbot: QtBot, near: Archive, line: Line, cluster
) -> None:
    window = opened()
    QTest.keyClicks(window.paper.text, "Still ")
    cluster.run("CHECKPOINT")  # a server of tests writes late, and would have lost the draft
    cluster.stop("immediate")
    try:
        window.commands["save"].trigger()
        qtbot.waitUntil(lambda: "saved on this computer" in notice(window), timeout=SOON)
    finally:
        cluster.start()
    qtbot.waitUntil(lambda: window.writing._state.tone == "saved", timeout=SOON)
    assert body_of(near) == "Still It rises."
    assert len(near.releases.revisions(1)) == 2


def test_a_silent_server_keeps_nobody_from_writing(
    opened: Open, qtbot: QtBot, near: Archive, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened()
    window.office.outage._late.setInterval(200)
    line.hold()
    QTest.keyClicks(window.paper.text, "Quiet ")
    qtbot.waitUntil(lambda: "saved on this computer" in notice(window), timeout=SOON)
    assert "Quiet It rises." in aside()[0].read_text("utf-8")
    line.mend()
    qtbot.waitUntil(lambda: window.writing._state.tone == "kept", timeout=SOON)
    qtbot.waitUntil(lambda: not aside(), timeout=SOON)
    assert body_of(near) == "Quiet It rises."


def test_an_issue_without_an_answer_is_issued_once(
    opened: Open, qtbot: QtBot, near: Archive, line: Line
) -> None:
    window = opened()
    window.commands["issue"].trigger()
    qtbot.waitUntil(lambda: window.main.findChild(IssueDialog) is not None, timeout=SOON)
    dialog = window.main.findChild(IssueDialog)
    assert dialog is not None
    line.mark = b"INSERT INTO issued "
    line.cut_at = "after"
    dialog.go.click()
    qtbot.waitUntil(line.down.is_set, timeout=SOON)
    line.mend()  # what else met the cut may be said first
    qtbot.waitUntil(lambda: "while issuing" in notice(window), timeout=SOON)
    shown = window.middle.notices.current()
    assert shown is not None
    window.middle.notices.dismiss()
    shown.buttons[0][1]()
    # On the paper: in the bar a more serious notice of the cut may stand before it.
    qtbot.waitUntil(
        lambda: (
            window.writing.current is not None
            and window.writing.current.edition.state is State.ISSUED
        ),
        timeout=SOON,
    )
    assert near.releases.find(1).release.reference.endswith("/001")
    assert len(near.releases.revisions(1)) == 2


def test_the_end_does_not_wait_for_a_silent_server(
    opened: Open, qtbot: QtBot, near: Archive, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes every word and never answers: reading, writing and asking who else writes."""
    monkeypatch.setattr(session, "SILENCE_S", 0.5)
    window = opened()
    line.hold()
    window.session.read(lambda archive: archive.houses.get(), lambda _house: None)
    window.office.cowriters._shown(window.writing.current)
    QTest.keyClicks(window.paper.text, "At last ")
    window.end()
    assert "At last It rises." in aside()[0].read_text("utf-8")
