"""A whole window on a real desk, for the stories that need all of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pytestqt.qtbot import QtBot

from pressdesk.app.desk_window import DeskWindow
from pressdesk.base.settings import Settings
from pressdesk.desk.rendering import Renderer
from pressdesk.gui.frame.window import MainWindow
from pressdesk.gui.kit.tokens import tokens


@contextmanager
def window_on(qtbot: QtBot, desk: Path, chosen: Settings | None = None) -> Iterator[DeskWindow]:
    """The window with its list read and nothing more to do; it is ended behind the block."""
    main = MainWindow(tokens(False))
    qtbot.addWidget(main)
    window = DeskWindow(main, Renderer(), chosen or Settings())
    main.show()
    window.start(desk)
    qtbot.waitUntil(lambda: window.listed and window.settled(), timeout=20_000)
    yield window
    window.end()
