"""Where copies go, in the settings: tried before it is chosen, told in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pressdesk.archive.file.desk_file import Archive, create
from pressdesk.base import settings
from pressdesk.base.address import Server
from pressdesk.base.errors import BadInput, DeskUnavailable
from pressdesk.base.settings import Settings
from pressdesk.desk import care, copies, looks
from pressdesk.desk.opening import OpenDesk
from pressdesk.desk.rendering import Renderer
from pressdesk.gui.desks.copies import Choosing
from pressdesk.gui.desks.settings_dialog import SettingsDialog
from pressdesk.gui.frame.session import Session

NOW = datetime.now(UTC)
SERVER = Server("postgresql://anna@server/press")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Archive]:
    made = create(tmp_path / "office.pressdesk")
    yield made
    made.close()


@pytest.fixture
def flow(desk: Archive, qtbot: QtBot) -> Iterator[Choosing]:
    session = Session(Renderer())
    session.enter(OpenDesk(desk, desk.houses.get(), ()))
    made = Choosing(session)
    yield made
    session.leave()


@pytest.fixture
def dialog(flow: Choosing, qtbot: QtBot) -> SettingsDialog:
    made = SettingsDialog(Settings())
    qtbot.addWidget(made)
    made.show()
    flow.attend(made)
    qtbot.waitUntil(lambda: "Keeps one backup a day" in said(made))
    return made


def said(dialog: SettingsDialog) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())


def test_it_says_what_there_is(
    desk: Archive, flow: Choosing, dialog: SettingsDialog, qtbot: QtBot
) -> None:
    assert "Not checked yet. Runs once a week" in said(
        dialog
    ) and "Open a desk on a server" in said(dialog)
    care.make(desk.path, desk.uid, now=NOW)
    looks.note_look(desk.uid, NOW, sound=True)
    flow.attend(dialog)
    qtbot.waitUntil(lambda: "Last backup:" in said(dialog))
    assert "no problems" in said(dialog)
    looks.note_look(desk.uid, NOW, sound=False)
    flow.attend(dialog)
    qtbot.waitUntil(lambda: "damage found" in said(dialog))


def test_a_folder_is_tried_before_it_is_chosen(
    flow: Choosing, dialog: SettingsDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    flow.keep_backups_in(tmp_path / "drive")
    qtbot.waitUntil(lambda: settings.load().backup_folder == str(tmp_path / "drive"))
    assert list((tmp_path / "drive").iterdir()) == []
    (tmp_path / "letter.txt").write_text("Dear colleagues")
    flow.keep_backups_in(tmp_path / "letter.txt" / "backups")
    qtbot.waitUntil(lambda: "could not be created" in said(dialog))
    assert settings.load().backup_folder == str(tmp_path / "drive")
    flow.keep_backups_in(tmp_path / "Dropbox" / "backups")
    qtbot.waitUntil(lambda: "drafts and embargoed texts are copied there" in said(dialog))
    flow.keep_backups_in(None)
    qtbot.waitUntil(lambda: settings.load().backup_folder == "")


def test_a_mirror_wants_a_place_where_locks_hold(tmp_path: Path) -> None:
    file = tmp_path / "mirror.pressdesk"
    copies.keep_mirror_in(file, SERVER)
    chosen = settings.load()
    assert (chosen.mirror, chosen.mirror_of) == (str(file), SERVER.url)
    assert not file.exists()
    with pytest.raises(BadInput, match="synced with other computers"):
        copies.keep_mirror_in(tmp_path / "Dropbox" / "mirror.pressdesk", SERVER)
    create(tmp_path / "own.pressdesk").close()
    before = (tmp_path / "own.pressdesk").read_bytes()
    with pytest.raises(DeskUnavailable, match="not an offline copy"):
        copies.keep_mirror_in(tmp_path / "own.pressdesk", SERVER)
    (tmp_path / "letter.pressdesk").write_text("Dear colleagues")
    with pytest.raises(DeskUnavailable):
        copies.keep_mirror_in(tmp_path / "letter.pressdesk", SERVER)
    assert (tmp_path / "own.pressdesk").read_bytes() == before
    assert settings.load().mirror == str(file)
    copies.keep_mirror_in(None, SERVER)
    assert (settings.load().mirror, settings.load().mirror_of) == ("", "")


def test_other_settings_stay_while_the_dialog_is_open(
    flow: Choosing, dialog: SettingsDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    settings.change(lambda now: replace(now, author="Maria Hofer"))
    with qtbot.waitSignal(flow.mirror_chosen):
        flow.keep_mirror_in(None)
    flow.keep_backups_in(tmp_path / "drive")
    qtbot.waitUntil(lambda: bool(settings.load().backup_folder))
    assert settings.load().author == "Maria Hofer"
