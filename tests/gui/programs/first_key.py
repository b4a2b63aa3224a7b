"""Types the first letter into a calm window and says what the GUI thread imported for it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from pressdesk.app import Program
from pressdesk.base.settings import Settings


class Watch:
    """Asked by Python for every module that is not there yet."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def find_spec(
        self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Never finds one, only notes what was asked for."""
        if threading.current_thread() is threading.main_thread():
            self.found.append(name)
        return None


program = Program(Path(sys.argv[1]), Settings())
watch = Watch()


def look() -> None:
    """Wait for the release on the paper, type, wait, say it and go."""
    from PySide6.QtCore import QEvent, Qt, QTimer
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    window = program.desk_window
    if window is None or window.writing.current is None or not window.settled():
        QTimer.singleShot(5, look)
        return
    followed: set[str] = set()
    window.writing.stored.connect(lambda _edition: followed.add("kept"))
    window.paper.text.counted.connect(lambda *_counts: followed.add("counted"))
    sys.meta_path.insert(0, watch)  # type: ignore[arg-type]
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        key = QKeyEvent(kind, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
        QApplication.sendEvent(window.paper.text, key)
    while not followed >= {"kept", "counted"} or not window.settled():
        QApplication.processEvents()
    print("typed" if "a" in window.paper.text.toPlainText() else "nothing", *watch.found)
    sys.stdout.flush()
    program.main.close()
    program.app.exit(0)


program.main.painted.connect(look)
raise SystemExit(program.run())
