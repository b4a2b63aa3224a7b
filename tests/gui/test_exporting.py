"""Exporting from the window: what is there stays, what failed is told beside what came."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from windows import window_on

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.file.desk_file import create
from pressdesk.gui.output.export_dialog import ExportDialog, ExportPlan
from pressdesk.press.release import Edition, Release


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[DeskWindow]:
    path = tmp_path / "office.pressdesk"
    archive = create(path)
    archive.releases.add(Release(kind="news", uid="r"), Edition("en", uid="e", title="On a gauge"))
    archive.close()
    with window_on(qtbot, path) as shown:
        shown.writing.open(1)
        qtbot.waitUntil(lambda: shown.writing.current is not None and shown.settled())
        yield shown


@pytest.fixture
def dialog(qtbot: QtBot, window: DeskWindow) -> ExportDialog:
    window.exporting.export()
    qtbot.waitUntil(lambda: window.main.findChild(ExportDialog) is not None, timeout=10_000)
    found = window.main.findChild(ExportDialog)
    assert found is not None
    return found


def plan(folder: Path, *formats: str) -> ExportPlan:
    suffixes = {"text": ".txt", "markdown": ".md"}
    targets = tuple((name, folder / f"out{suffixes[name]}") for name in formats)
    return ExportPlan(formats, folder, "out", targets)


def said(dialog: ExportDialog) -> str:
    return "\n".join(w.text() for w in dialog.findChildren(QLabel) if w.isVisible())


def tell(qtbot: QtBot, window: DeskWindow, dialog: ExportDialog, decided: ExportPlan) -> str:
    """What the dialog says after an export."""
    dialog.export_requested.emit(decided)
    qtbot.waitUntil(window.settled, timeout=20_000)
    ends = (" exported", "could not be written")
    qtbot.waitUntil(lambda: any(end in said(dialog) for end in ends), timeout=20_000)
    return said(dialog)


def test_a_file_nobody_was_asked_about_stays(
    qtbot: QtBot, window: DeskWindow, dialog: ExportDialog, tmp_path: Path
) -> None:
    (tmp_path / "out.txt").write_text("of a colleague")
    told = tell(qtbot, window, dialog, plan(tmp_path, "text"))
    assert "A file with that name already exists." in told
    assert (tmp_path / "out.txt").read_text() == "of a colleague"


def test_what_was_written_before_a_failure_is_named(
    qtbot: QtBot, window: DeskWindow, dialog: ExportDialog, tmp_path: Path
) -> None:
    (tmp_path / "out.md").mkdir()
    told = tell(qtbot, window, dialog, plan(tmp_path, "text", "markdown"))
    assert "“out.md” could not be written." in told
    assert "This file was exported:\nout.txt" in told
    assert "On a gauge" in (tmp_path / "out.txt").read_text("utf-8").replace("\n", " ")


def test_it_says_that_the_text_was_compared(
    qtbot: QtBot, window: DeskWindow, dialog: ExportDialog, tmp_path: Path
) -> None:
    told = tell(qtbot, window, dialog, plan(tmp_path, "text", "markdown"))
    assert "Text compared with the draft: the same" in told


def test_the_folder_is_rid_of_what_a_crash_left(
    qtbot: QtBot, window: DeskWindow, dialog: ExportDialog, tmp_path: Path
) -> None:
    left = tmp_path / ".pressdesk-0123456789abcdef.tmp"
    left.touch()
    os.utime(left, (0, 0))
    assert "1 file was exported" in tell(qtbot, window, dialog, plan(tmp_path, "text"))
    assert not left.exists()


def test_a_folder_that_is_missing_is_made(
    qtbot: QtBot, window: DeskWindow, dialog: ExportDialog, tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "out"
    assert "2 files were exported" in tell(qtbot, window, dialog, plan(folder, "text", "markdown"))
    assert sorted(path.name for path in folder.iterdir()) == ["out.md", "out.txt"]


def test_what_is_begun_after_a_cancel_counts_its_own_files_only(
    qtbot: QtBot, window: DeskWindow, dialog: ExportDialog, tmp_path: Path
) -> None:
    gate, pages = Event(), window.session.lanes.render
    pages.run(window.session, gate.wait, lambda _done: None, window.session.failed)
    dialog.export_requested.emit(plan(tmp_path / "first", "text", "markdown"))
    dialog.cancelled.emit()
    dialog.export_requested.emit(plan(tmp_path / "second", "text"))
    gate.set()
    ends = (" exported", "could not be written")
    qtbot.waitUntil(lambda: any(end in said(dialog) for end in ends), timeout=20_000)
    qtbot.waitUntil(window.settled, timeout=20_000)
    told = said(dialog)
    assert "1 file was exported" in told
    assert str(tmp_path / "second" / "out.txt") in told
