"""What the driven programs share: starting the window and waiting for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from pressdesk.app import Program
from pressdesk.app.desk_window import DeskWindow
from pressdesk.base.settings import Settings

LOOKS, LOOK_S = 30_000, 0.002


def until(done: Callable[[], object]) -> None:
    """Let the program run until something is so; end the process when it never is."""
    for _look in range(LOOKS):
        if done():
            return
        QApplication.processEvents()
        time.sleep(LOOK_S)
    raise SystemExit("it never came to pass")


def started(desk: Path) -> tuple[Program, DeskWindow]:
    """The program with its window on a desk that is open."""
    program = Program(desk, Settings())
    program.main.show()
    until(lambda: program.desk_window is not None)
    window = program.desk_window
    assert window is not None
    until(lambda: window.session.archive is not None and window.settled())
    return program, window


def new_draft(window: DeskWindow, kind: str) -> None:
    """Begin a release and wait for its paper."""
    before = window.writing.current
    window.starting.new(kind)
    until(lambda: window.writing.current is not before and window.settled())
