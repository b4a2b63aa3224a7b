"""A disk takes long over a text that is put aside: what is written meanwhile is not mixed up."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from windows import window_on

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.file.desk_file import create, open_desk
from pressdesk.desk import rescue
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph, plain
from pressdesk.press.listing import Query
from pressdesk.press.release import Edition, Release

FIRST, SECOND = 1, 2
SOON = 10_000


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(open_desk.__kwdefaults__, "busy_seconds", 0.2)
    path = tmp_path / "office.pressdesk"
    archive = create(path)
    for title in ("On the gauge", "On the river"):
        body = Document((paragraph("It rises."),))
        archive.releases.add(Release("news"), Edition("en", title=title, body=body))
    archive.close()
    return path


@pytest.fixture
def window(qtbot: QtBot, desk: Path) -> Iterator[DeskWindow]:
    with window_on(qtbot, desk) as shown:
        go(shown, qtbot, FIRST)
        qtbot.waitUntil(shown.settled, timeout=SOON)
        yield shown


def go(window: DeskWindow, qtbot: QtBot, release_id: int) -> None:
    def there() -> bool:
        current = window.writing.current
        return current is not None and current.release.id == release_id

    window.writing.open(release_id, "en")
    qtbot.waitUntil(there, timeout=SOON)


def files() -> list[Path]:
    return list(rescue.folder().glob("*.json"))


class SlowDisk:
    """The first file of a rescued text that is flushed waits at the disk until ``gate`` opens."""

    def __init__(self) -> None:
        self.gate, self.reached = Event(), Event()
        self._flush = os.fsync

    def fsync(self, handle: int) -> None:
        """As the system's, late once."""
        number = os.fstat(handle).st_ino
        inside = rescue.folder().glob(".pressdesk-*")
        if not self.reached.is_set() and number in {one.stat().st_ino for one in inside}:
            self.reached.set()
            assert self.gate.wait(30)
        self._flush(handle)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowDisk]:
    slow = SlowDisk()
    monkeypatch.setattr(os, "fsync", slow.fsync)
    yield slow
    slow.gate.set()


@contextmanager
def locked(desk: Path) -> Iterator[None]:
    held = sqlite3.connect(desk, isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    yield
    held.close()


def given_back(desk: Path) -> tuple[str, list[str]]:
    """What the next opening finds: the text of the release, and the titles of all there are."""
    archive = open_desk(desk)
    rescue.take_in(archive)
    text = plain(archive.releases.find(FIRST).current()[1].body)
    rows = archive.releases.page(Query(), now=datetime.now(UTC))
    archive.close()
    return text, sorted(row.first.title for row in rows)


def test_a_text_left_while_it_is_put_aside_lies_there_once_and_as_it_was_left(
    window: DeskWindow, qtbot: QtBot, desk: Path, disk: SlowDisk
) -> None:
    with locked(desk):
        QTest.keyClicks(window.paper.text, "One ")
        qtbot.waitUntil(disk.reached.is_set, timeout=SOON)
        QTest.keyClicks(window.paper.text, "two ")
        window.writing.close()
        # Its last keep is refused, too, and it is put aside for good.
        with qtbot.waitSignal(window.session.trouble, timeout=SOON):
            pass
        disk.gate.set()
        window.end()
    assert len(files()) == 1
    assert given_back(desk) == ("One two It rises.", ["On the gauge", "On the river"])


def test_a_text_stored_while_it_is_put_aside_lies_nowhere_else(
    window: DeskWindow, qtbot: QtBot, desk: Path, disk: SlowDisk
) -> None:
    with locked(desk):
        QTest.keyClicks(window.paper.text, "One ")
        qtbot.waitUntil(disk.reached.is_set, timeout=SOON)
    window.commands["save"].trigger()

    def saved() -> bool:
        archive = open_desk(desk, read_only=True)
        number = archive.releases.find(FIRST).edition.version
        archive.close()
        return number > 1

    qtbot.waitUntil(saved, timeout=SOON)
    disk.gate.set()
    qtbot.waitUntil(lambda: window.settled() and window.writing.clean, timeout=SOON)
    assert files() == []
