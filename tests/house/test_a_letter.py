"""What a typed letter sets off in a real window: the keep, and nothing that does not show it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.file.desk_file import create
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.gui.details.form import Form
from pressdesk.gui.list.release_model import ROW_ROLE
from pressdesk.gui.list.release_view import ReleaseView
from pressdesk.press.release import Edition, Release
from tests.gui.windows import window_on
from tests.house.spent import counted, kept, quiet

NUMBER = 30
KEEP = "Session"
"""The job of an autosave: it has no key, as it never takes the place of another."""


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[DeskWindow]:
    path = tmp_path / "desk.pressdesk"
    archive = create(path)
    body = Document((paragraph("The river rises."),))
    for number in range(NUMBER):
        edition = Edition("en", title=f"Release {number}", body=body)
        archive.releases.add(Release("news", topics=("water",)), edition)
    archive.close()
    with window_on(qtbot, path) as shown:
        qtbot.waitUntil(lambda: shown.writing.current is not None, timeout=20_000)
        quiet(shown, qtbot)
        yield shown


def first_title(window: DeskWindow) -> str:
    model = window.panel.findChild(ReleaseView).model()
    rows = (model.data(model.index(at, 0), ROW_ROLE) for at in range(model.rowCount()))
    current = window.writing.current
    assert current is not None
    return next(row.first.title for row in rows if row and row.id == current.release.id)


def test_a_letter_in_the_body_costs_its_keep_and_nothing_else(
    window: DeskWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with counted(monkeypatch) as spent:
        QTest.keyClick(window.paper.text, "x")
        kept(window, qtbot)
    assert spent.jobs == [KEEP]
    assert spent.after_the_keep == []


def test_a_letter_in_the_headline_reads_its_row_and_nothing_else(
    window: DeskWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with counted(monkeypatch) as spent:
        QTest.keyClick(window.paper.head.headline, "x")
        kept(window, qtbot)
    assert spent.jobs == [KEEP, "touched"]
    assert "x" in first_title(window)


def test_the_next_letter_of_the_body_leaves_the_row_of_a_new_headline_alone(
    window: DeskWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    QTest.keyClick(window.paper.head.headline, "x")
    kept(window, qtbot)
    with counted(monkeypatch) as spent:
        QTest.keyClick(window.paper.text, "y")
        qtbot.waitUntil(lambda: window.writing._state.unsaved, timeout=20_000)
        kept(window, qtbot)
    assert spent.jobs == [KEEP]


def test_the_history_says_when_it_was_kept_without_being_read(
    window: DeskWindow, qtbot: QtBot
) -> None:
    before = list(window.history_panel._model.rows)
    QTest.keyClick(window.paper.text, "x")
    kept(window, qtbot)
    after = window.history_panel._model.rows
    assert after != before and len(after) >= len(before)


def test_a_topic_is_offered_and_counted_once_it_is_saved(
    window: DeskWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[tuple[str, ...]] = []
    monkeypatch.setattr(Form, "set_topics", lambda _form, topics: offered.append(topics))
    window.writing.put("topics", ("water", "ice"))
    kept(window, qtbot)
    assert offered == []
    with counted(monkeypatch) as spent:
        window.commands["save"].trigger()
        qtbot.waitUntil(lambda: window.writing.clean, timeout=20_000)
        quiet(window, qtbot)
    assert {"topics", "first", "whole", "counts", "history"} <= set(spent.jobs)
    assert "embargo" not in spent.jobs
