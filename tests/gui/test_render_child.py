"""The process that draws pages is there when a page is wanted, and not before."""

from __future__ import annotations

from pathlib import Path

import psutil
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent
from PySide6.QtWidgets import QApplication, QTabBar

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.file.desk_file import create
from pressdesk.press.release import Edition, Release
from tests.gui.windows import window_on


def desk(folder: Path) -> Path:
    made = create(folder / "office.pressdesk")
    made.releases.add(Release("news"), Edition("en", title="On the new gauge"))
    made.close()
    return made.path


def children() -> set[int]:
    return {child.pid for child in psutil.Process().children()}


def tabs(window: DeskWindow) -> QTabBar:
    bar = window.main.side.findChild(QTabBar, "panes")
    assert isinstance(bar, QTabBar)
    return bar


def test_a_window_nobody_looks_at_a_page_in_starts_no_other_process(qtbot, tmp_path: Path) -> None:
    before = children()
    with window_on(qtbot, desk(tmp_path)) as window:
        assert window.writing.current is not None
        window.paper.text.setFocus()
        window.main.show_side("history")
        window.main.show_side("details")
        qtbot.waitUntil(window.settled, timeout=20_000)
        assert children() == before


def test_it_starts_when_the_pointer_comes_to_the_tabs(qtbot, tmp_path: Path) -> None:
    before = children()
    with window_on(qtbot, desk(tmp_path)) as window:
        corner = QPointF(1, 1)
        QApplication.sendEvent(tabs(window), QEnterEvent(corner, corner, corner))
        qtbot.waitUntil(lambda: len(children() - before) == 1, timeout=20_000)
        qtbot.waitUntil(window.settled, timeout=20_000)


def test_it_starts_when_the_keyboard_comes_to_the_tabs(qtbot, tmp_path: Path) -> None:
    before = children()
    with window_on(qtbot, desk(tmp_path)) as window:
        came = QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason)
        QApplication.sendEvent(tabs(window), came)
        qtbot.waitUntil(lambda: len(children() - before) == 1, timeout=20_000)
        qtbot.waitUntil(window.settled, timeout=20_000)


def test_a_page_asked_for_out_of_the_blue_is_drawn(qtbot, tmp_path: Path) -> None:
    before = children()
    with window_on(qtbot, desk(tmp_path)) as window:
        window.main.show_side("page")
        qtbot.waitUntil(window.settled, timeout=30_000)
        assert len(children() - before) == 1
        assert window.page.pages.view()[1] > 0


def test_the_export_dialog_has_it_start(qtbot, tmp_path: Path) -> None:
    before = children()
    with window_on(qtbot, desk(tmp_path)) as window:
        window.exporting.export()
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=20_000)
        qtbot.waitUntil(lambda: len(children() - before) == 1, timeout=20_000)
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        dialog.close()
        qtbot.waitUntil(window.settled, timeout=20_000)
