"""A window that comes up wide shows the page beside the text at once."""

from __future__ import annotations

from pathlib import Path

from pressdesk.app import Program
from pressdesk.archive.file.desk_file import create
from pressdesk.base.settings import Settings
from pressdesk.press.release import Edition, Release


def test_the_page_of_a_wide_window_is_drawn_without_asking(qtbot, tmp_path: Path) -> None:
    desk = create(tmp_path / "office.pressdesk")
    desk.releases.add(Release("news"), Edition("en", title="On the new gauge"))
    desk.close()
    program = Program(desk.path, Settings(language="en"))
    program.main.resize(1920, 1080)
    program.main.show()
    try:
        qtbot.waitUntil(lambda: program.desk_window is not None, timeout=20_000)
        window = program.desk_window
        assert window is not None
        pages = window.page.pages
        qtbot.waitUntil(lambda: pages.view()[1] > 0 and window.settled(), timeout=20_000)
        qtbot.waitUntil(lambda: window.previewing._front == "page", timeout=5_000)
        qtbot.waitUntil(lambda: not window.previewing._stale["page"], timeout=5_000)
    finally:
        program.main.close()
        program.end()
