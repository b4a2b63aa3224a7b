"""The composition root of the window: builds the parts and wires them to each other."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication

from pressdesk import __version__
from pressdesk.app.desk_window import DeskWindow
from pressdesk.base import crash, i18n, settings
from pressdesk.desk.rendering import Renderer
from pressdesk.gui import theme

PAINT_MARK = "PRESSDESK_MARK_PAINT"
"""Set by the measurements: say "first-paint" on stderr and end the program there."""


class Program:
    """The application: one window at a time, rebuilt when the language changes."""

    def __init__(self, desk: Path | None, chosen: settings.Settings) -> None:
        self.app = application()
        self.settings = chosen
        self._desk = desk
        i18n.use(chosen.language or QLocale.system().name().split("_")[0])
        self.dress()
        self.window = self._build()

    def dress(self) -> None:
        """Light or dark: as chosen, else as the system is."""
        chosen = self.settings.theme
        theme.apply(self.app, chosen == "dark" or (chosen == "system" and theme.system_is_dark()))

    def _build(self) -> DeskWindow:
        window = DeskWindow(Renderer(), self.settings)
        window.settings_changed.connect(self._changed)
        window.main.painted.connect(self._painted)
        return window

    def _painted(self) -> None:
        """Anything heavy begins only now."""
        if os.environ.get(PAINT_MARK):
            crash.tell("first-paint")
            QTimer.singleShot(0, self.app.quit)
            return
        QTimer.singleShot(0, lambda: self.window.start(self._desk))

    def _changed(self, chosen: settings.Settings) -> None:
        before, self.settings = self.settings, chosen
        if chosen.theme != before.theme:
            self.dress()
            self.window.use_tokens()
        if chosen.language != before.language:
            i18n.use(chosen.language or QLocale.system().name().split("_")[0])
            self._desk = self.window.desk_path()
            old, self.window = self.window, self._build()
            self.window.main.show()
            old.main.close()
            old.main.deleteLater()

    def run(self) -> int:
        """Show the window and stay until it is closed."""
        self.window.main.show()
        code = self.app.exec()
        self.window.end()
        return code


def application() -> QApplication:
    """The one QApplication, dressed with a name and our fonts."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    app = QApplication(sys.argv[:1])
    app.setApplicationName("PressDesk")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("pressdesk")
    theme.load_fonts()
    return app


def run(desk: Path | None = None) -> int:
    """Open the window on a desk, the last one by default; returns the exit code."""
    crash.watch()
    program = Program(desk, settings.load())
    sys.excepthook = _hook(program, sys.excepthook)
    return program.run()


Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


def _hook(program: Program, before: Hook) -> Hook:
    """A bug ends in a report and a dialog; what is on the paper is kept first."""

    def struck(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if not crash.is_bug(error):
            before(kind, error, trace)
            return
        path = crash.report(error, trace)
        program.window.crashed(path)

    return struck


def screenshot(
    desk: Path, file: Path, look: str, size: tuple[int, int], open_id: int | None
) -> None:
    """Write a picture of the window as PNG, offscreen, with a release open or the first one.

    raises  WriteFailed; PressDeskError when the desk cannot be opened
    """
    from pressdesk.app.picture import take

    chosen = settings.Settings(theme="dark" if look == "dark" else "light")
    program = Program(desk, chosen)
    take(program.window, desk, file, size, open_id)
