"""The window of somebody who only reads; and the care of a desk from the window."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.copies import reading_copy
from pressdesk.archive.file.desk_file import create, open_desk
from pressdesk.base.settings import Settings
from pressdesk.desk import care, issuing
from pressdesk.desk.rendering import Renderer
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.gui.desks.backups_dialog import BackupsDialog
from pressdesk.gui.frame.window import MainWindow
from pressdesk.gui.kit.tokens import tokens
from pressdesk.press.release import Edition, Embargo, Release

NOW = datetime.now(UTC)
ROOT = Path(__file__).parents[2]
Start = Callable[..., DeskWindow]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Two that are out, one under embargo, one draft."""
    path = tmp_path / "desks" / "office.pressdesk"
    path.parent.mkdir()
    archive = create(path)
    embargo = Embargo(NOW + timedelta(days=2), "UTC")
    for title, until in (("Gauge", None), ("River", None), ("Embargoed", embargo)):
        body = Document((paragraph("It rises."),))
        edition = Edition(
            "en", title=title, body=body, date=NOW.date(), summary="x", place="Vienna"
        )
        filed = archive.releases.add(Release("news", embargo=until), edition)
        issuing.issue(archive, filed.release, filed.edition, now=NOW)
    archive.releases.add(Release("news"), Edition("en", title="Draft"))
    archive.close()
    return path


@pytest.fixture
def copy(desk: Path, tmp_path: Path) -> Path:
    (tmp_path / "readers").mkdir()
    file = tmp_path / "readers" / "readers.pressdesk"
    archive = open_desk(desk)
    reading_copy.make(archive, file, now=datetime.now(UTC))
    archive.close()
    return file


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Start]:
    """Opens a window on a desk."""
    windows = []

    def opened(path: Path, *, reading: bool = False) -> DeskWindow:
        main = MainWindow(tokens(False))
        qtbot.addWidget(main)
        window = DeskWindow(main, Renderer(), Settings())
        windows.append(window)
        window.desks.reading = reading
        main.show()
        window.start(path)
        settle(qtbot, window)
        return window

    yield opened
    for window in windows:
        window.end()


def settle(qtbot: QtBot, window: DeskWindow) -> None:
    qtbot.waitUntil(
        lambda: window.listed and window.settled() and window.care.idle(), timeout=20_000
    )


def titles(window: DeskWindow) -> list[str]:
    archive = window.session.archive
    assert archive is not None
    found = archive.releases.list_editions(window.browsing.listing.query, now=datetime.now(UTC))
    return sorted(line.title for _row, line in found)


def offered(window: DeskWindow) -> set[str]:
    """The words on every button and in every menu that can be seen."""
    buttons = window.main.findChildren(QPushButton)
    words = {one.text() for one in buttons if one.isVisibleTo(window.main)}
    return words | {one.text() for one in window.main.findChildren(QAction) if one.isVisible()}


WRITERS = (
    *("new", "save", "save_note", "issue", "duplicate", "trash", "contacts", "house"),
    *("see-trash", "back-up", "restore-backup", "check-desk"),
)
"""Commands that change a desk."""

EDITING = {
    "New",
    "Import",
    "Issue…",
    "New edition",
    "New release",
    "Save",
    "Duplicate as new",
    "Move to trash",
    "Contacts…",
    "House style…",
    "Trash…",
    "Restore backup…",
}


@pytest.mark.parametrize("kind", ["copy", "desk"])
def test_a_reader_is_offered_nothing_that_changes_a_desk(
    start: Start, copy: Path, desk: Path, kind: str
) -> None:
    window = start(copy if kind == "copy" else desk, reading=kind == "desk")
    assert titles(window) == ["Gauge", "River"]
    assert offered(window) & EDITING == set()
    assert {"Export…", "Print…", "Open desk…", "Settings…"} <= offered(window)
    assert not any(window.commands[name].isVisible() for name in WRITERS)
    assert window.middle.pane.format_bar.isHidden()
    assert window.paper.text.isReadOnly()
    assert window.status._reading.isVisibleTo(window.main)


def test_a_person_who_writes_has_all_of_it_again(
    start: Start, copy: Path, desk: Path, qtbot: QtBot
) -> None:
    window = start(copy)
    window.desks.open(desk)
    qtbot.waitUntil(lambda: window.desk_path() == desk, timeout=10_000)
    settle(qtbot, window)
    assert not window.session.read_only
    assert EDITING - {"Issue…", "New edition"} <= offered(window)
    assert not window.middle.pane.format_bar.isHidden()
    assert window.status._reading.isHidden()


def test_a_walk_through_the_window_leaves_file_and_folder_as_they_were(
    start: Start, copy: Path, qtbot: QtBot
) -> None:
    def state() -> tuple[str, list[str]]:
        names = sorted(one.name for one in copy.parent.iterdir())
        return hashlib.sha256(copy.read_bytes()).hexdigest(), names

    before = state()
    window = start(copy)
    for number in (1, 2):
        window.writing.open(number, "en")
        settle(qtbot, window)
        for side in ("details", "page", "web"):
            window.main.show_side(side)
            settle(qtbot, window)
    for name in ("preview", "search", "pane", "drawer", "new", "save", "trash", "duplicate"):
        window.commands[name].trigger()
        settle(qtbot, window)
    window.search.searched.emit("rises")
    settle(qtbot, window)
    window.starting.trash(1)
    window.starting.new("news")
    window.writing.save()
    settle(qtbot, window)
    assert state() == before
    window.end()
    assert state() == before


# --- care


def test_a_backup_is_made_at_the_start_and_on_request(
    start: Start, desk: Path, qtbot: QtBot
) -> None:
    window = start(desk)
    assert window.session.archive is not None
    uid = window.session.archive.uid
    assert [one.reason for one in care.files(uid)] == ["start"]
    window.commands["back-up"].trigger()
    settle(qtbot, window)
    assert [one.reason for one in care.files(uid)] == ["asked", "start"]
    notice = window.middle.notices.current()
    assert notice is not None and "verified" in notice.what


def test_a_backup_that_failed_is_told(
    start: Start, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pressdesk.archive.file import backup

    usage = backup.shutil.disk_usage(desk.parent)._replace(free=0)
    monkeypatch.setattr(backup.shutil, "disk_usage", lambda _folder: usage)
    window = start(desk)
    notice = window.middle.notices.current()
    assert notice is not None and notice.tone == "warning" and "not enough space" in notice.hint
    assert window.session.archive is not None and care.files(window.session.archive.uid) == ()


def test_a_backup_is_put_back_from_the_window(start: Start, desk: Path, qtbot: QtBot) -> None:
    window = start(desk)
    archive = window.session.archive
    assert archive is not None
    filed = archive.releases.find(4)
    archive.releases.save(filed.release, replace(filed.edition, title="Written since"))
    window.care.choose_backup()
    qtbot.waitUntil(lambda: bool(window.main.findChildren(BackupsDialog)), timeout=10_000)
    (dialog,) = window.main.findChildren(BackupsDialog)
    (restore,) = (one for one in dialog.findChildren(QPushButton) if one.text() == "Restore")
    restore.click()
    qtbot.waitUntil(lambda: window.session.archive is not archive, timeout=10_000)
    settle(qtbot, window)
    assert "Draft" in titles(window) and "Written since" not in titles(window)
    assert [one.reason for one in care.files(archive.uid)] == ["restore", "start"]
    notice = window.middle.notices.current()
    assert notice is not None and notice.tone == "good"


def test_no_backup_is_put_back_while_another_window_has_the_desk(
    start: Start, desk: Path, qtbot: QtBot
) -> None:
    window = start(desk)
    archive = window.session.archive
    assert archive is not None
    code = (
        "import sys; from pathlib import Path; "
        "from pressdesk.archive.file.desk_file import open_desk\n"
        "desk = open_desk(Path(sys.argv[1])); print('open', flush=True); sys.stdin.readline()"
    )
    command = [sys.executable, "-c", code, str(desk)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == "open\n"
        window.care.restore(care.files(archive.uid)[0])
        qtbot.waitUntil(lambda: window.session.archive is not archive, timeout=10_000)
        settle(qtbot, window)
        other.kill()
    notice = window.middle.notices.current()
    assert notice is not None and "another window" in notice.what
    assert len(titles(window)) == 4 and not window.session.read_only


def test_the_check_and_the_reading_copy_from_the_window(
    start: Start, desk: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = start(desk)
    window.commands["check-desk"].trigger()
    qtbot.waitUntil(window.care.idle, timeout=20_000)
    notice = window.middle.notices.current()
    assert notice is not None and notice.what == "No problems found in this desk."
    window.middle.notices.dismiss()
    window.care.reading_copy(tmp_path / "out")
    qtbot.waitUntil(window.care.idle, timeout=20_000)
    made = open_desk(tmp_path / "out.pressdesk", read_only=True)
    assert made.is_copy and len(made.releases.rows([1, 2, 3, 4])) == 2
    made.close()
