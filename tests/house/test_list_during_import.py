"""While a dump is read and while it is filed the list and every other release are answered."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.file.desk_file import create, open_desk
from pressdesk.desk import contents, importing
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph, plain
from pressdesk.gui.importing.review import ImportReview
from pressdesk.press.listing import Query
from pressdesk.press.release import Edition, Release
from tests.gui.windows import window_on
from tests.house.spent import quiet
from tests.patience import until
from tests.unit.dump.corpus import EN, text_of

FIRST, SECOND, THIRD = 1, 2, 3
DUMP = text_of(EN[:5], headlines="own")
LATE = 20_000


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three releases; whoever finds the desk locked waits for as long as a test needs."""
    path = tmp_path / "desk.pressdesk"
    archive = create(path)
    for title in ("On the gauge", "On the river", "On the ice"):
        body = Document((paragraph("It rises."),))
        archive.releases.add(Release("news"), Edition("en", title=title, body=body))
    archive.close()
    monkeypatch.setitem(open_desk.__kwdefaults__, "busy_seconds", 60.0)
    return path


@pytest.fixture
def window(qtbot: QtBot, desk: Path) -> Iterator[DeskWindow]:
    with window_on(qtbot, desk) as shown:
        go(shown, qtbot, FIRST)
        quiet(shown, qtbot)
        yield shown


def go(window: DeskWindow, qtbot: QtBot, release_id: int) -> None:
    window.writing.open(release_id, "en")
    qtbot.waitUntil(lambda: on_paper(window) == release_id, timeout=LATE)


def on_paper(window: DeskWindow) -> int:
    return window.writing.current.release.id if window.writing.current else 0


def listed(window: DeskWindow, qtbot: QtBot) -> int:
    """How many rows the list has, read now."""
    answers: list[int] = []
    first = partial(contents.first, query=Query(), limit=60, now=window.session.now())
    window.session.read(first, lambda rows: answers.append(len(rows)))
    qtbot.waitUntil(lambda: bool(answers), timeout=LATE)
    return answers[0]


def review(window: DeskWindow, qtbot: QtBot) -> ImportReview:
    def there() -> ImportReview | None:
        found = window.main.findChild(ImportReview)
        return found if found is not None and found.isVisible() else None

    qtbot.waitUntil(lambda: there() is not None, timeout=LATE)
    found = there()
    assert found is not None
    return found


@contextmanager
def locked(desk: Path) -> Iterator[None]:
    """Another program is writing: a change waits for it in the middle of its work."""
    held = sqlite3.connect(desk, isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    yield
    held.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_while_a_dump_is_read(window: DeskWindow, qtbot: QtBot, tmp_path: Path) -> None:
    """The file is one that gives its bytes late, as a disk in the network does."""
    dump = tmp_path / "past.txt"
    os.mkfifo(dump)
    window.importing.files([str(dump)])
    try:
        assert listed(window, qtbot) == 3
        go(window, qtbot, SECOND)
    finally:
        dump.write_text(DUMP, "utf-8")
    review(window, qtbot).reject()


@pytest.fixture
def filing(window: DeskWindow, qtbot: QtBot, tmp_path: Path) -> Callable[[], list[int]]:
    """Accepts the items of a dump; what it returns has the first of them once it is filed."""
    dump = tmp_path / "past.txt"
    dump.write_text(DUMP, "utf-8")
    window.importing.files([str(dump)])
    dialog = review(window, qtbot)

    def accept() -> list[int]:
        filed: list[int] = []
        window.importing.filed.connect(filed.append)
        next(b for b in dialog.findChildren(QPushButton) if "Import" in b.text()).click()
        return filed

    return accept


def test_while_it_is_filed(
    window: DeskWindow, qtbot: QtBot, desk: Path, filing: Callable[[], list[int]]
) -> None:
    with locked(desk):
        filed = filing()
        assert listed(window, qtbot) == 3
        go(window, qtbot, SECOND)
        assert not filed
    qtbot.waitUntil(lambda: bool(filed), timeout=LATE)
    qtbot.waitUntil(lambda: on_paper(window) == filed[0], timeout=LATE)


def test_who_writes_meanwhile_keeps_the_text_on_the_paper(
    window: DeskWindow, qtbot: QtBot, desk: Path, filing: Callable[[], list[int]]
) -> None:
    with locked(desk):
        filed = filing()
        QTest.keyClicks(window.paper.text, "Today: ")
    qtbot.waitUntil(lambda: bool(filed), timeout=LATE)
    qtbot.waitUntil(window.settled, timeout=LATE)
    QTest.keyClicks(window.paper.text, "ice. ")
    assert on_paper(window) == FIRST
    assert plain(window.paper.tree()) == "Today: ice. It rises."


def test_what_was_typed_is_shown_though_its_keep_waits(
    window: DeskWindow, qtbot: QtBot, desk: Path
) -> None:
    """Another release comes at once, this one behind its own keep, the last one asked for wins."""
    with locked(desk):
        QTest.keyClicks(window.paper.text, "Today: ")
        go(window, qtbot, SECOND)
        window.writing.open(FIRST, "en")
        with qtbot.assertNotEmitted(window.writing.shown, wait=300):
            pass
        go(window, qtbot, THIRD)
        window.writing.open(FIRST, "en")
    qtbot.waitUntil(lambda: on_paper(window) == FIRST, timeout=LATE)
    assert plain(window.paper.tree()) == "Today: It rises."


def test_what_was_accepted_is_filed_though_the_window_is_closed_at_once(
    window: DeskWindow, desk: Path, filing: Callable[[], list[int]]
) -> None:
    filing()
    window.end()
    archive = open_desk(desk)
    assert len(archive.releases.keys(Query(), now=datetime.now(UTC))) == 3 + 5
    archive.close()


def test_no_file_is_lost_behind_one_that_cannot_be_read(
    window: DeskWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """Nor is one that is dropped while another is read."""
    files = [tmp_path / name for name in ("gone.txt", "two.txt", "three.txt")]
    words = ("gauge", "river")
    for file, word in zip(files[1:], words, strict=True):
        file.write_text(f"On the {word}\n\nThe {word} was seen today.\n", "utf-8")
    told: list[str] = []
    window.session.trouble.connect(lambda what, _hint: told.append(what))
    window.importing.files([str(file) for file in files[:2]])
    window.importing.files([str(files[2])])
    for word in words:
        dialog = review(window, qtbot)
        assert word in str(dialog.review().proposals)
        dialog.reject()
        dialog.reject()
    assert told == ["gone.txt could not be opened."]


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_the_end_does_not_wait_for_a_dump_that_is_read(
    window: DeskWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "WALL_S", 3600.0)
    dump = tmp_path / "past.txt"
    dump.write_text(DUMP, "utf-8")

    def children() -> list[Path]:
        lists = Path("/proc/self/task").glob("*/children")
        return [Path(f"/proc/{child}") for listed in lists for child in listed.read_text().split()]

    before = children()
    window.importing.files([str(dump)])
    until(lambda: len(children()) > len(before))
    (child,) = set(children()) - set(before)
    os.kill(int(child.name), signal.SIGSTOP)
    window.end()
    assert not child.exists()


def test_at_the_end_what_is_typed_goes_in_front_of_an_import(
    window: DeskWindow, desk: Path, filing: Callable[[], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system that ends every program may not wait for all of it."""
    order: list[object] = []
    write = window.session.write

    def noted(work: Any, done: Any, failed: Any, of: Any) -> None:
        order.append(of)
        write(work, done, failed, of)

    monkeypatch.setattr(window.session, "write", noted)
    QTest.keyClicks(window.paper.text, "Today: ")
    filing()
    window.end()
    assert order == [(FIRST,), ()]
