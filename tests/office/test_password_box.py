"""The window asks for the password of a server, and nothing of it is left anywhere."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cut_line import line_to
from office_samples import filled
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.file.desk_file import create
from pressdesk.archive.server.postgres import create_office
from pressdesk.base import crash, passwords, settings
from pressdesk.base.address import Server, split
from pressdesk.base.errors import PressDeskError
from pressdesk.base.settings import Settings
from pressdesk.desk.rendering import Renderer
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.frame.window import MainWindow
from pressdesk.gui.kit.tokens import tokens
from pressdesk.gui.office.password_dialog import PasswordDialog

SOON = 30_000
RIGHT, WRONG = "geheim-77", "falsch-66"


@pytest.fixture(autouse=True)
def keyring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, str]:
    """The keyring of this machine, which has none; whoever puts something in makes it one."""
    kept: dict[str, str] = {}
    monkeypatch.setattr(passwords, "_said", {})
    monkeypatch.setattr(passwords, "_kept", lambda server: kept.get(str(server)))
    monkeypatch.setattr(passwords, "can_keep", lambda: "" in kept)
    monkeypatch.setattr(passwords, "keep", lambda server, word: kept.update({str(server): word}))
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    monkeypatch.delenv("PGPASSWORD", raising=False)
    return kept


@pytest.fixture
def locked(cluster, office_url: str) -> Server:
    """A desk whose owner needs the password."""
    url = cluster.lock(office_url)
    desk = create_office(url, password=RIGHT)
    filled(desk)
    desk.close()
    return split(url)[0]


Open = Callable[[object], DeskWindow]


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Open]:
    shown: list[DeskWindow] = []

    def open_(place: object) -> DeskWindow:
        main = MainWindow(tokens(False))
        qtbot.addWidget(main)
        window = DeskWindow(main, Renderer(), Settings())
        shown.append(window)
        main.show()
        window.start(place)  # type: ignore[arg-type]
        return window

    yield open_
    for window in shown:
        window.end()


def asked(window: DeskWindow, qtbot: QtBot) -> PasswordDialog:
    qtbot.waitUntil(lambda: window.main.findChild(PasswordDialog) is not None, timeout=SOON)
    dialog = window.main.findChild(PasswordDialog)
    assert dialog is not None
    return dialog


def give(dialog: PasswordDialog, word: str) -> None:
    dialog.password.setText(word)
    dialog.go.click()


def ready(window: DeskWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.listed and window.settled(), timeout=SOON)


def test_a_wrong_password_is_asked_again_and_the_right_one_opens(
    opened: Open, qtbot: QtBot, locked: Server
) -> None:
    window = opened(locked)
    dialog = asked(window, qtbot)
    assert dialog.user.text() == "keyed" and dialog.remember.isHidden()
    give(dialog, WRONG)
    qtbot.waitUntil(dialog._wrong.isVisible, timeout=SOON)
    assert "did not accept" in dialog._wrong.text() and dialog.go.isEnabled()
    give(dialog, RIGHT)
    ready(window, qtbot)
    assert window.session.archive is not None and window.session.archive.place == locked
    assert window.main.findChild(PasswordDialog) is None


def test_another_name_may_be_given(opened: Open, qtbot: QtBot, locked: Server) -> None:
    window = opened(locked.as_user("keyed").as_user(""))
    qtbot.wait(50)
    window.office.unlocking.ask(locked.as_user("nobody"))
    dialog = asked(window, qtbot)
    dialog.user.setText("keyed")
    give(dialog, RIGHT)
    ready(window, qtbot)
    assert window.session.archive is not None and window.session.archive.place == locked


def test_who_gives_up_is_where_they_were(
    opened: Open, qtbot: QtBot, locked: Server, tmp_path: Path
) -> None:
    create(tmp_path / "own.pressdesk").close()
    window = opened(tmp_path / "own.pressdesk")
    ready(window, qtbot)
    window.desks.open(locked)
    asked(window, qtbot).reject()
    assert window.desk_path() == tmp_path / "own.pressdesk"
    assert window.middle.notices.current() is None
    assert passwords.said(locked) is None


def test_with_no_desk_open_the_window_says_what_else_there_is(
    opened: Open, qtbot: QtBot, locked: Server
) -> None:
    window = opened(locked)
    asked(window, qtbot).reject()
    shown = window.middle.notices.current()
    assert shown is not None and "was not opened" in shown.what and shown.buttons


def test_it_is_remembered_in_a_keyring_where_there_is_one(
    opened: Open, qtbot: QtBot, locked: Server, keyring: dict[str, str]
) -> None:
    keyring[""] = "a keyring"
    window = opened(locked)
    dialog = asked(window, qtbot)
    assert not dialog.remember.isHidden()
    dialog.remember.setChecked(True)
    give(dialog, RIGHT)
    ready(window, qtbot)
    assert keyring[str(locked)] == RIGHT
    passwords.say(locked, None)
    again = opened(locked)
    ready(again, qtbot)
    assert again.main.findChild(PasswordDialog) is None


def test_a_kept_password_that_is_old_says_so(
    opened: Open, qtbot: QtBot, locked: Server, keyring: dict[str, str]
) -> None:
    keyring[str(locked)] = WRONG
    dialog = asked(opened(locked), qtbot)
    assert "saved password" in dialog._wrong.text()


def test_a_password_changed_under_an_open_desk_is_asked_for(
    opened: Open, qtbot: QtBot, locked: Server, cluster
) -> None:
    passwords.say(locked, RIGHT)
    window = opened(locked)
    ready(window, qtbot)
    window.writing.open(2)
    qtbot.waitUntil(lambda: window.writing.current.release.id == 2, timeout=SOON)
    new = "neu-88"
    cluster.run(
        f"ALTER ROLE keyed PASSWORD '{new}'",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        f" WHERE datname = '{locked.name}' AND usename = 'keyed'",
    )
    QTest.keyClicks(window.paper.text, "Typed meanwhile ")
    notices = window.middle.notices
    qtbot.waitUntil(lambda: "no longer" in (notices.current() or Notice("")).what, timeout=SOON)
    shown = notices.current()
    assert shown is not None
    shown.buttons[0][1]()
    dialog = asked(window, qtbot)
    give(dialog, WRONG)
    qtbot.waitUntil(lambda: "did not accept" in dialog._wrong.text(), timeout=SOON)
    give(dialog, new)
    qtbot.waitUntil(lambda: window.writing._state.tone == "kept", timeout=SOON)
    assert "no longer" not in (notices.current() or Notice("")).what


def test_the_password_is_left_nowhere(
    opened: Open,
    qtbot: QtBot,
    locked: Server,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    caplog.set_level(logging.DEBUG)
    window = opened(locked)
    dialog = asked(window, qtbot)
    give(dialog, WRONG)
    qtbot.waitUntil(dialog._wrong.isVisible, timeout=SOON)
    give(dialog, RIGHT)
    ready(window, qtbot)
    QTest.keyClicks(window.paper.text, "x")
    qtbot.waitUntil(lambda: str(locked) in settings.load().last_desk, timeout=SOON)
    archive = window.session.archive
    assert archive is not None
    with pytest.raises(PressDeskError) as met, archive._store.read() as connection:
        connection.exec_driver_sql("SELECT nonsense")
    crash.report(met.value)
    said = f"{met.value!r} {met.value.__cause__!r} {archive._store._readers!r} {archive.place!r}"
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any("crash-" in path.name for path in written)
    out, err = capfd.readouterr()
    commands = b"".join(
        (path / "cmdline").read_bytes() + _environment(path)
        for path in Path("/proc").glob("[0-9]*")
        if _mine(path)
    )
    for word in (RIGHT, WRONG):
        assert word not in said + caplog.text + out + err + str(settings.load())
        assert word.encode() not in commands
        for path in written:
            assert word.encode() not in path.read_bytes(), path


def _mine(process: Path) -> bool:
    """This process, and what it started."""
    try:
        parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
    except OSError:
        return False
    return str(os.getpid()) in (parent, process.name)


def _environment(process: Path) -> bytes:
    try:
        return (process / "environ").read_bytes()
    except OSError:
        return b""


def test_a_late_answer_belongs_to_the_box_it_was_asked_in(
    opened: Open, qtbot: QtBot, locked: Server, cluster, tmp_path: Path
) -> None:
    file = tmp_path / "own.pressdesk"
    create(file).close()
    window = opened(file)
    ready(window, qtbot)
    with line_to(cluster.folder) as line:
        line.hold()
        far = split(line.url(locked.url, "keyed"))[0]
        window.office.unlocking.ask(far)
        given_up = asked(window, qtbot)
        give(given_up, RIGHT)
        given_up.reject()
        qtbot.waitUntil(lambda: window.main.findChild(PasswordDialog) is None, timeout=SOON)
        window.office.unlocking.ask(locked.as_user("nobody"))
        other = asked(window, qtbot)
        line.mend()
        qtbot.waitUntil(window.session.lanes.idle, timeout=SOON)
        assert other.isVisible() and other.go.isEnabled()
        assert window.session.archive is not None and window.session.archive.place == file
        other.reject()
