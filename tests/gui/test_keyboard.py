"""The window without a mouse: no part of it keeps the keyboard, and what is found can be opened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot
from windows import window_on

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.file.desk_file import create
from pressdesk.document.nodes import BulletList, Cell, Document, ListItem, Paragraph, Table, Text
from pressdesk.press.release import Edition, Release

KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

GAUGE, RIVER, LAKE, OPEN = 1, 2, 3, 4
"""Two of one month and one of the month before speak of data; the newest does not."""


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[DeskWindow]:
    path = tmp_path / "office.pressdesk"
    archive = create(path)
    for uid, title, day in (
        ("gauge", "Data of the gauge", date(2020, 3, 2)),
        ("river", "Data of the river", date(2020, 3, 1)),
        ("lake", "Data of the lake", date(2020, 2, 1)),
        ("open", "On bridges", date(2020, 4, 1)),
    ):
        archive.releases.add(
            Release(kind="news", uid=f"r{uid}"),
            Edition(language="en", uid=f"e{uid}", title=title, date=day),
        )
    archive.close()
    with window_on(qtbot, path) as shown:
        with qtbot.waitActive(shown.main):
            shown.main.activateWindow()
        qtbot.waitUntil(lambda: opened(shown) == OPEN, timeout=10_000)
        qtbot.waitUntil(shown.settled, timeout=10_000)
        yield shown


def opened(window: DeskWindow) -> int:
    current = window.writing.current
    return current.release.id if current is not None else 0


def called(widget: QWidget | None) -> str:
    return "nothing" if widget is None else f"{type(widget).__name__} {widget.accessibleName()}"


def walk(window: DeskWindow, key: Qt.Key) -> list[QWidget]:
    """Press Tab from the text until one is there again; a stop that does not lead on is named."""
    stops: list[QWidget] = []
    window.paper.text.setFocus()
    for _step in range(200):
        here = QApplication.focusWidget()
        assert here is not None
        QTest.keyClick(here, key)
        there = QApplication.focusWidget()
        assert there is not None and there is not here, f"the keyboard is caught in {called(here)}"
        stops.append(there)
        if there is window.paper.text:
            return stops
    pytest.fail(f"never back in the text; last in {', '.join(map(called, stops[-5:]))}")


@pytest.mark.parametrize("page", ["details", "page", "web", "history"])
def test_tab_goes_round_the_whole_window_and_shift_tab_the_other_way(
    qtbot: QtBot, window: DeskWindow, page: str
) -> None:
    text = window.paper.tree()
    window.main.show_side(page)
    qtbot.waitUntil(window.settled, timeout=10_000)
    there, back = walk(window, KEY.Key_Tab), walk(window, KEY.Key_Backtab)
    assert set(map(called, there)) == set(map(called, back))
    for part in (window.topbar, window.panel, window.main.side, window.paper.head):
        assert any(part.isAncestorOf(stop) for stop in there), called(part)
    assert window.paper.tree() == text


ITEMS = BulletList(tuple(ListItem((Text(word),)) for word in ("one", "two")))
CELLS = Table(((Cell((Text("one"),)), Cell()),), 0)


@pytest.mark.parametrize("block", [ITEMS, CELLS], ids=["list", "table"])
@pytest.mark.parametrize("key", [KEY.Key_Tab, KEY.Key_Backtab], ids=["on", "back"])
def test_ctrl_tab_leads_out_of_lists_and_tables(
    window: DeskWindow, block: BulletList | Table, key: Qt.Key
) -> None:
    text = window.paper.text
    text.show_tree(Document((block, Paragraph((Text("After"),)))))
    text.moveCursor(QTextCursor.MoveOperation.End)
    text.moveCursor(QTextCursor.MoveOperation.Start)
    text.setFocus()
    before = text.tree()
    QTest.keyClick(text, key, CTRL | SHIFT if key == KEY.Key_Backtab else CTRL)
    assert QApplication.focusWidget() is not text
    assert text.tree() == before


# --- the search


def view(window: DeskWindow) -> QTableView:
    table = window.panel.findChild(QTableView, "list")
    assert table is not None
    return table


def press(qtbot: QtBot, window: DeskWindow, *keys: Qt.Key) -> None:
    """Real presses, each at whatever has the keyboard then; the window comes to rest behind."""
    for key in keys:
        there = QApplication.focusWidget()
        assert there is not None
        QTest.keyClick(there, key)
    qtbot.waitUntil(window.settled, timeout=10_000)


def chosen(window: DeskWindow) -> int | None:
    return window.panel._model.id_at(view(window).currentIndex().row())


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Down], ids=["enter", "down"])
@pytest.mark.parametrize("answered", [True, False], ids=["hits there", "hits awaited"])
def test_the_first_hit_is_opened_from_the_search(
    qtbot: QtBot, window: DeskWindow, key: Qt.Key, answered: bool
) -> None:
    window.search.go_to()
    QTest.keyClicks(window.search, "data")
    if answered:
        qtbot.waitUntil(lambda: window.panel.count() == 3, timeout=10_000)
    press(qtbot, window, key)
    qtbot.waitUntil(lambda: opened(window) == GAUGE, timeout=10_000)
    assert chosen(window) == GAUGE and view(window).hasFocus()
    press(qtbot, window, KEY.Key_Down)
    qtbot.waitUntil(lambda: opened(window) == RIVER, timeout=10_000)
    qtbot.waitUntil(window.middle.pane.hit_bar.isVisible, timeout=10_000)
    QTest.keyClick(view(window), KEY.Key_F3)
    assert window.middle.pane.hit_bar.isVisible()


def test_whoever_types_on_is_not_called_to_the_list(qtbot: QtBot, window: DeskWindow) -> None:
    window.search.go_to()
    QTest.keyClicks(window.search, "data")
    QTest.keyClick(window.search, KEY.Key_Return)
    QTest.keyClicks(window.search, " lake")
    qtbot.waitUntil(lambda: window.panel.count() == 1 and window.settled(), timeout=10_000)
    assert window.search.hasFocus() and opened(window) == OPEN


def test_a_search_without_hits_keeps_the_keyboard(qtbot: QtBot, window: DeskWindow) -> None:
    window.search.go_to()
    QTest.keyClicks(window.search, "zeppelin")
    press(qtbot, window, KEY.Key_Return)
    qtbot.waitUntil(lambda: window.panel.count() == 0, timeout=10_000)
    assert window.search.hasFocus()


@pytest.mark.parametrize(
    ("key", "release_id"),
    [(KEY.Key_Down, GAUGE), (KEY.Key_Home, GAUGE), (KEY.Key_End, LAKE), (KEY.Key_PageDown, GAUGE)],
    ids=["down", "home", "end", "page"],
)
def test_keys_begin_at_a_release_in_a_list_without_the_open_one(
    qtbot: QtBot, window: DeskWindow, key: Qt.Key, release_id: int
) -> None:
    QTest.keyClicks(window.search, "data")
    qtbot.waitUntil(lambda: window.panel.count() == 3, timeout=10_000)
    window.panel.focus_list()
    press(qtbot, window, key)
    assert chosen(window) == release_id
    qtbot.waitUntil(lambda: opened(window) == release_id, timeout=10_000)


def test_home_and_end_are_those_of_the_list(qtbot: QtBot, window: DeskWindow) -> None:
    window.panel.focus_list()
    press(qtbot, window, KEY.Key_End)
    assert chosen(window) == LAKE
    press(qtbot, window, KEY.Key_Home)
    assert chosen(window) == OPEN
