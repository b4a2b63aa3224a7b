"""Takes a picture of the window, for the README and for machines without a display."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QBuffer, QEvent, QIODevice
from PySide6.QtWidgets import QApplication

from pressdesk.base.errors import WorkerFailed
from pressdesk.base.files import atomic_write
from pressdesk.base.i18n import _

if TYPE_CHECKING:
    from pressdesk.app.desk_window import DeskWindow
    from pressdesk.gui.frame.window import MainWindow

PATIENCE_S = 20.0
REST_S = 0.7


class Furnished(Protocol):
    """A program as far as its picture is concerned."""

    main: MainWindow
    desk_window: DeskWindow | None


def take(
    program: Furnished, file: Path, size: tuple[int, int], open_id: int | None, pane: str
) -> None:
    """Show the window, wait until everything is drawn, and write a PNG.

    raises  WorkerFailed when it does not come to rest, WriteFailed
    """
    program.main.resize(*size)
    program.main.show()
    _until(lambda: program.desk_window is not None and program.desk_window.settled())
    window = program.desk_window
    assert window is not None
    window.main.resize(*size)
    if open_id is not None:
        window.writing.open(open_id)
        _until(lambda: _opened(window) == open_id)
    if pane and pane != window.main.side.current():
        window.main.show_side(pane)
    _rest(window)
    picture = window.main.grab()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    window.main.close()
    atomic_write(file, bytes(buffer.data().data()))


def _rest(window: DeskWindow) -> None:
    """Counts, previews and layouts follow by timers: wait until none of them asks for more."""
    end = time.monotonic() + REST_S
    _until(lambda: window.settled() and time.monotonic() > end)


def _opened(window: DeskWindow) -> int:
    current = window.writing.current
    return current.release.id if current is not None else 0


def _until(done: object) -> None:
    assert callable(done)
    end = time.monotonic() + PATIENCE_S
    while not done():
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        time.sleep(0.005)
        if time.monotonic() > end:
            raise WorkerFailed(_("The window did not finish loading in time."))
