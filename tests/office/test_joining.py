"""The window opens a desk on a server: by three words a person was told, or a whole address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
from cut_line import line_to
from office_samples import filled
from psycopg.conninfo import conninfo_to_dict
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.file.desk_file import create
from pressdesk.archive.server.postgres import create_office
from pressdesk.base import settings
from pressdesk.base.address import Server, named, split
from pressdesk.base.errors import BadInput
from pressdesk.base.settings import Settings
from pressdesk.desk import care
from pressdesk.desk.rendering import Renderer
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.frame.window import MainWindow
from pressdesk.gui.kit.fields import OneLine
from pressdesk.gui.kit.tokens import tokens
from pressdesk.gui.office.password_dialog import PasswordDialog
from pressdesk.gui.office.server_dialog import ServerDialog

SOON = 30_000
PASTED = "postgresql+psycopg://anna:geheim@press.example.org:5433/desk%20one?sslmode=require"


@pytest.fixture
def office(office_url: str) -> Server:
    desk = create_office(office_url)
    filled(desk)
    desk.close()
    return split(office_url)[0]


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[DeskWindow]:
    """On a desk of one's own."""
    file = tmp_path / "own.pressdesk"
    create(file).close()
    main = MainWindow(tokens(False))
    qtbot.addWidget(main)
    shown = DeskWindow(main, Renderer(), Settings())
    main.show()
    shown.start(file)
    ready(shown, qtbot)
    yield shown
    shown.end()


def ready(window: DeskWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.listed and window.settled(), timeout=SOON)


def asked(window: DeskWindow, qtbot: QtBot) -> ServerDialog:
    window.commands["open-server"].trigger()
    qtbot.waitUntil(lambda: window.main.findChild(ServerDialog) is not None, timeout=SOON)
    dialog = window.main.findChild(ServerDialog)
    assert dialog is not None
    return dialog


def type_in(field: OneLine, text: str) -> None:
    """As typed or pasted, and left with Tab."""
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Tab)


def place(window: DeskWindow) -> object:
    return window.session.archive.place if window.session.archive else None


def said(dialog: ServerDialog) -> tuple[str, str, str]:
    return dialog.host.text(), dialog.database.text(), dialog.user.text()


@pytest.fixture
def dialog(qtbot: QtBot) -> ServerDialog:
    made = ServerDialog(None)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitActive(made)
    return made


def given(dialog: ServerDialog, qtbot: QtBot) -> str:
    with qtbot.waitSignal(dialog.given) as told:
        dialog.go.click()
    dialog.refuse("No.")
    return str(told.args[0])


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_whole_address_is_taken_apart_and_its_password_left_out(
    qtbot: QtBot, dialog: ServerDialog, place: int
) -> None:
    type_in(dialog._fields[place], PASTED)
    assert said(dialog) == ("press.example.org:5433", "desk one", "anna")
    whole = "postgresql://anna@press.example.org:5433/desk%20one?sslmode=require"
    assert given(dialog, qtbot) == whole
    type_in(dialog.user, "boris")
    assert given(dialog, qtbot) == whole.replace("anna", "boris")
    type_in(dialog.host, "other.example.org")  # asked of one server, not of another
    assert given(dialog, qtbot) == "postgresql://boris@other.example.org/desk%20one"


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://%2Fvar%2Frun%2Fpostgresql/press",
        "postgresql:///press?host=/tmp&user=anna",
        "postgresql://anna@[::1]:5433/press",
        "postgresql:///?host=/tmp&dbname=press",
    ],
)
def test_an_address_of_any_kind_is_given_as_it_came(
    qtbot: QtBot, dialog: ServerDialog, address: str
) -> None:
    type_in(dialog.host, address)
    assert given(dialog, qtbot) == address
    type_in(dialog.user, "boris")
    type_in(dialog.database, "other")
    server = split(given(dialog, qtbot))[0]
    read = conninfo_to_dict(server.url)
    assert (read["user"], read["dbname"]) == ("boris", "other")
    assert read.get("host") == conninfo_to_dict(address)["host"]


def test_a_pasted_address_shows_its_password_to_nobody(qtbot: QtBot, dialog: ServerDialog) -> None:
    clipboard = QGuiApplication.clipboard()
    before = clipboard.text()
    clipboard.setText(PASTED)
    dialog.host.setFocus()
    dialog.host.paste()
    clipboard.setText(before)
    assert said(dialog) == ("press.example.org:5433", "desk one", "anna")


def test_half_an_address_empties_no_field(qtbot: QtBot, dialog: ServerDialog) -> None:
    type_in(dialog.database, "press")
    dialog.host.setFocus()
    QTest.keyClicks(dialog.host, "postgresql://")
    QTest.keyClick(dialog.host, Qt.Key.Key_Tab)
    assert said(dialog) == ("postgresql://", "press", "")


@pytest.mark.parametrize(
    "host, database",
    [("a b", "d"), ("", ""), ("h:x", "d"), ("a@b", "d"), ("h/b", "d"), ("50%", "d"), ("h", "d\0")],
)
def test_what_can_be_no_server_is_told_at_once(qtbot: QtBot, host: str, database: str) -> None:
    dialog = ServerDialog(None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.host.setText(host)
    dialog.database.setText(database)
    with qtbot.assertNotEmitted(dialog.given):
        dialog.go.click()
    assert "not the address" in dialog._wrong.text() and dialog.go.isEnabled()
    assert said(dialog)[:2] == (host, database)


def test_names_with_every_letter_come_back(qtbot: QtBot) -> None:
    server = named("press.example.org", "стол/1 ?#@", "Анна: @/")
    assert (server.database, server.user) == ("стол/1 ?#@", "Анна: @/")
    assert split(server.url) == (server, None)
    with pytest.raises(BadInput):
        named("press.example.org:99999", "d")


def test_the_desk_opens_and_is_remembered(window: DeskWindow, qtbot: QtBot, office: Server) -> None:
    dialog = asked(window, qtbot)
    type_in(dialog.host, office.url)
    dialog.go.click()
    qtbot.waitUntil(lambda: place(window) == office, timeout=SOON)
    ready(window, qtbot)
    assert window.main.findChild(ServerDialog) is None
    assert settings.load().last_desk == office.url
    again = asked(window, qtbot)
    assert again.database.text() == office.database
    again.reject()


def test_a_server_that_is_not_there_leaves_all_as_it_was(window: DeskWindow, qtbot: QtBot) -> None:
    before = place(window)
    dialog = asked(window, qtbot)
    dialog.host.setText("127.0.0.1:1")
    dialog.database.setText("press")
    dialog.go.click()
    assert not dialog.go.isEnabled()
    qtbot.waitUntil(dialog.go.isEnabled, timeout=SOON)
    assert "is not responding" in dialog._wrong.text()
    assert said(dialog) == ("127.0.0.1:1", "press", "")
    assert place(window) == before
    dialog.reject()
    qtbot.waitUntil(lambda: window.main.findChild(ServerDialog) is None, timeout=SOON)


def test_an_option_that_no_server_knows_is_told(
    window: DeskWindow, qtbot: QtBot, office: Server
) -> None:
    dialog = asked(window, qtbot)
    type_in(dialog.host, f"{office.url}&schema=public")
    dialog.go.click()
    qtbot.waitUntil(dialog.go.isEnabled, timeout=SOON)
    assert "not a valid server address" in dialog._wrong.text()
    dialog.reject()


def test_who_leaves_before_the_answer_stays_on_the_own_desk(
    window: DeskWindow, qtbot: QtBot, office: Server, cluster
) -> None:
    before = place(window)
    with line_to(cluster.folder) as line:
        line.hold()
        dialog = asked(window, qtbot)
        type_in(dialog.host, line.url(office.url))
        dialog.go.click()
        dialog.reject()
        line.mend()
        qtbot.waitUntil(window.session.lanes.idle, timeout=SOON)
        assert place(window) == before
        assert settings.load().last_desk != line.url(office.url)


def test_a_password_is_asked_for_in_its_own_box(
    window: DeskWindow, qtbot: QtBot, office: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PGPASSWORD", raising=False)  # "keyed" needs one, whoever that is
    dialog = asked(window, qtbot)
    type_in(dialog.host, office.as_user("keyed").url)
    dialog.go.click()
    qtbot.waitUntil(lambda: window.main.findChild(PasswordDialog) is not None, timeout=SOON)
    asks = window.main.findChild(PasswordDialog)
    assert asks is not None and asks.user.text() == "keyed"
    asks.reject()


@contextmanager
def slow_server(window: DeskWindow) -> Iterator[None]:
    """No server answers until the block ends."""
    gate, outside = Event(), window.session.lanes.outside
    outside.run(window.session, gate.wait, lambda _done: None, window.session.failed, turn="server")
    try:
        yield
    finally:
        gate.set()


def test_a_server_that_answers_late_takes_nothing_from_a_desk_opened_since(
    window: DeskWindow, office: Server, tmp_path: Path, qtbot: QtBot
) -> None:
    later, outside = tmp_path / "later.pressdesk", window.session.lanes.outside
    create(later).close()
    with slow_server(window):
        window.desks.open(office)
        window.desks.open(later)
        qtbot.waitUntil(lambda: place(window) == later, timeout=SOON)
    qtbot.waitUntil(lambda: outside.idle("server"), timeout=SOON)
    ready(window, qtbot)
    assert place(window) == later


def test_what_was_asked_for_last_is_open_also_when_it_answers_last(
    window: DeskWindow, office: Server, tmp_path: Path, qtbot: QtBot
) -> None:
    sooner = tmp_path / "sooner.pressdesk"
    create(sooner).close()
    with slow_server(window):
        window.desks.open(sooner)
        window.desks.open(office)
        qtbot.waitUntil(lambda: place(window) == sooner, timeout=SOON)
    qtbot.waitUntil(lambda: place(window) == office, timeout=SOON)


def test_a_server_that_refuses_late_says_nothing_over_a_desk_opened_since(
    window: DeskWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    later, outside = tmp_path / "later.pressdesk", window.session.lanes.outside
    create(later).close()
    told: list[Notice] = []
    window.desks.notice.connect(told.append)
    with slow_server(window):
        window.desks.open(Server("postgresql+psycopg://anna@127.0.0.1:1/press"))
        window.desks.open(later)
        qtbot.waitUntil(lambda: place(window) == later, timeout=SOON)
    qtbot.waitUntil(lambda: outside.idle("server"), timeout=SOON)
    assert told == []


def test_the_text_of_a_server_waits_for_no_change_of_the_desk_before(
    window: DeskWindow, office: Server, qtbot: QtBot
) -> None:
    gate = Event()
    window.session.write(lambda _archive: gate.wait(), lambda _done: None)
    try:
        window.desks.open(office)
        qtbot.waitUntil(lambda: window.place() is not None, timeout=SOON)
        assert place(window) == office
    finally:
        gate.set()


def test_a_backup_that_was_restored_takes_nothing_from_a_server_opened_since(
    window: DeskWindow, office: Server, qtbot: QtBot
) -> None:
    session, gate = window.session, Event()
    assert session.archive is not None
    path, uid = session.archive.path, session.archive.uid
    made = care.make(path, uid, now=datetime.now(UTC))
    session.lanes.write.run(session, gate.wait, lambda _done: None, session.failed)
    try:
        window.care.restore(made)
        window.desks.open(office)
        qtbot.waitUntil(lambda: place(window) == office, timeout=SOON)
    finally:
        gate.set()
    qtbot.waitUntil(session.lanes.write.idle, timeout=SOON)
    ready(window, qtbot)
    assert place(window) == office
