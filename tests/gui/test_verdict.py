"""Verifying in the window: the register of the desk, and a file on the table."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.file import triggers
from pressdesk.archive.file.desk_file import create, open_desk
from pressdesk.desk import exporting, issuing
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.gui.desks.verdict_dialog import VerdictDialog
from pressdesk.gui.frame.notice import Notice
from pressdesk.press.release import Edition, Release
from tests.gui.seen import click, said
from tests.gui.windows import window_on

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SHOWN_MS = 30_000


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A desk with a statement that was issued."""
    path = tmp_path / "office.pressdesk"
    with closing(create(path)) as archive:
        text = Edition("en", title="Gauge", body=Document((paragraph("It is open."),)))
        filed = archive.releases.add(Release("statement"), text)
        issuing.issue(archive, filed.release, filed.edition, now=NOW)
    return path


@pytest.fixture(params=["pdf", "html"])
def file(request: pytest.FixtureRequest, desk: Path, tmp_path: Path) -> Path:
    """A file of it."""
    with closing(open_desk(desk)) as archive:
        parcel = exporting.ready(archive, archive.releases.find(1), now=NOW)
        data = exporting.in_process()(request.param, parcel).data
    path = tmp_path / f"Gauge.{request.param}"
    path.write_bytes(data)
    return path


@pytest.fixture
def window(desk: Path, qtbot: QtBot) -> Iterator[DeskWindow]:
    with window_on(qtbot, desk) as shown:
        yield shown


def verdict(qtbot: QtBot) -> VerdictDialog:
    def found() -> list[VerdictDialog]:
        all_ = [
            w for top in QApplication.topLevelWidgets() for w in top.findChildren(VerdictDialog)
        ]
        return [one for one in all_ if one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()), timeout=SHOWN_MS)
    return found()[0]


def test_a_file_of_the_desk_is_genuine(window: DeskWindow, qtbot: QtBot, file: Path) -> None:
    window.verifying.file(file)
    shown = verdict(qtbot)
    assert "This file is genuine." in said(shown) and "PR 2026/001, en" in said(shown)
    assert "to the last byte" in said(shown) and file.name in said(shown)
    click(qtbot, shown, "Close")
    assert not shown.isVisible()


def test_a_desk_put_back_does_not_confirm_a_file(
    qtbot: QtBot, desk: Path, file: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copy(desk, tmp_path / "before.pressdesk"))
    with closing(sqlite3.connect(other)) as bare, bare:
        for name, _sql in triggers.guards():
            bare.execute(f"DROP TRIGGER {name}")
        for table in ("deed", "node", "issued", "edition", "release"):
            bare.execute(f"DELETE FROM {table}")
        for _name, sql in triggers.guards():
            bare.execute(sql)
    with window_on(qtbot, other) as window:
        window.verifying.file(file)
        shown = verdict(qtbot)
        assert "not confirmed by this desk" in said(shown)
        assert "This desk is older than the checkpoint" in said(shown)
        click(qtbot, shown, "Close")


def test_a_file_without_a_proof_is_told(window: DeskWindow, qtbot: QtBot, desk: Path) -> None:
    told: list[tuple[str, str]] = []
    window.session.trouble.connect(lambda what, hint: told.append((what, hint)))
    window.verifying.file(desk)
    qtbot.waitUntil(lambda: bool(told), timeout=SHOWN_MS)
    assert "carries no proof" in told[0][0]


def notices(window: DeskWindow) -> list[Notice]:
    told: list[Notice] = []
    window.verifying.notice.connect(told.append)
    window.commands["verify-register"].trigger()
    return told


def test_a_register_that_holds(window: DeskWindow, qtbot: QtBot) -> None:
    told = notices(window)
    qtbot.waitUntil(lambda: len(told) == 2, timeout=SHOWN_MS)
    assert told[0].passing and told[1].tone == "good"
    assert told[1].what == "Every entry of the register holds."
    assert "sealed texts: 1" in told[1].hint


def test_a_register_that_does_not_hold(window: DeskWindow, qtbot: QtBot, desk: Path) -> None:
    with closing(sqlite3.connect(desk)) as bare, bare:
        for name, _sql in triggers.guards():
            bare.execute(f"DROP TRIGGER {name}")
        bare.execute("UPDATE node SET hash = zeroblob(32) WHERE level = 0 AND place = 0")
    told = notices(window)
    qtbot.waitUntil(lambda: len(told) == 2, timeout=SHOWN_MS)
    assert told[1].tone == "bad" and "out 0: record" in told[1].hint
