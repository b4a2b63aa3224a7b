"""Composition root of the window: paints the first frame, then loads everything else."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QLocale, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from pressdesk import __version__
from pressdesk.app import plain_imports  # noqa: F401 - before anything else of ours
from pressdesk.app.sweeping import Sweeping
from pressdesk.base import i18n, settings
from pressdesk.base.address import Address
from pressdesk.gui.frame.window import MainWindow
from pressdesk.gui.kit.tokens import tokens

if TYPE_CHECKING:
    from pressdesk.app.desk_window import DeskWindow
    from pressdesk.base.settings import Settings

MARK, QUIT = "PRESSDESK_MARK_PAINT", "PRESSDESK_QUIT_AFTER_PAINT"
"""Set by the measurements: say on stderr "first-paint", "listed" when the first releases are in
the list, and "ready" when the desk is open; end after the first."""


class Program:
    """The application: one window at a time, recreated when the language changes.

    The window is painted as a shell before Qt's rarer classes, the values and the flows are
    imported: its frame stands a fifth of a second after the click, its list a second later.
    """

    def __init__(self, desk: Address | None, chosen: Settings, *, reading: bool = False) -> None:
        self.app = application()
        self.sweeping = Sweeping()
        self.settings = chosen
        self._desk, self._reading = desk, reading
        self._place: tuple[int, str | None] | None = None
        self.desk_window: DeskWindow | None = None
        self.main = self._shell()
        self.app.styleHints().colorSchemeChanged.connect(lambda _s: self._themed(self.settings))

    def is_dark(self) -> bool:
        """As chosen, else as the system is."""
        from pressdesk.gui.kit.dark import system_is_dark

        chosen = self.settings.theme
        return chosen == "dark" or (chosen == "system" and system_is_dark())

    def _shell(self) -> MainWindow:
        main = MainWindow(tokens(self.is_dark()))
        geometry = QByteArray.fromBase64(self.settings.geometry.encode("ascii", "ignore"))
        main.restore(bytes(geometry.data()))
        main.painted.connect(self._painted)
        return main

    def _painted(self) -> None:
        """Anything heavy begins only now."""
        if os.environ.get(MARK):
            sys.stderr.write("first-paint\n")
        if os.environ.get(QUIT):
            QTimer.singleShot(0, self.app.quit)
            return
        QTimer.singleShot(0, self.furnish)

    def furnish(self) -> None:
        """Fill the shell and open the desk."""
        from pressdesk.app.desk_window import DeskWindow
        from pressdesk.desk.rendering import Renderer
        from pressdesk.gui.kit import theme

        theme.load_fonts()
        theme.apply(self.app, self.is_dark())
        i18n.use(self.settings.language or QLocale.system().name().split("_")[0])
        self.desk_window = window = DeskWindow(self.main, Renderer(), self.settings)
        window.theme_chosen.connect(self._themed)
        window.language_chosen.connect(self._spoken)
        window.desks.reading = self._reading
        window.start(self._desk, self._place)
        if os.environ.get(MARK):
            self._tell("listed", lambda: window.glanced or window.listed)
            self._tell("ready", lambda: window.listed)

    def _tell(self, sign: str, reached: Callable[[], bool]) -> None:
        if reached():
            sys.stderr.write(f"{sign}\n")
            return
        QTimer.singleShot(2, self.app, lambda: self._tell(sign, reached))

    def _themed(self, chosen: Settings) -> None:
        from pressdesk.gui.kit import theme

        self.settings = chosen
        theme.apply(self.app, self.is_dark())

    def _spoken(self, chosen: Settings) -> None:
        """Another language: the same desk and release in a window whose every word is new."""
        self.settings = chosen
        if self.desk_window is not None:
            self._desk, self._place = self.desk_window.desk_path(), self.desk_window.place()
        before, self.main = self.main, self._shell()
        self.main.setGeometry(before.geometry())
        self.main.show()
        before.close()
        before.deleteLater()  # and all that belongs to it
        self.desk_window = None
        self.sweeping.furnish_again()

    def end(self) -> None:
        """Save what was typed and quit, whatever dialog is open."""
        if self.desk_window is not None:
            self.desk_window.end()
        for dialog in self.main.findChildren(QDialog):
            dialog.done(QDialog.DialogCode.Rejected)  # one that asks something could refuse
        self.app.quit()

    def run(self) -> int:
        """Show the window and stay until it is closed."""
        self.main.show()
        code = self.app.exec()
        if self.desk_window is not None:
            self.desk_window.end()
        self.sweeping.end()
        return code


def application() -> QApplication:
    """The one QApplication."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    app = QApplication(sys.argv[:1])
    app.setApplicationName("PressDesk")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("pressdesk")
    return app


def run(desk: Address | None = None, *, reading: bool = False) -> int:
    """Open the window on a desk, the last one by default; returns the exit code."""
    from pressdesk.app.ending import Ending

    program = Program(desk, settings.load(), reading=reading)
    sys.excepthook = _hook(program, sys.excepthook)
    asked_to_end = Ending(program.end)
    program.main.painted.connect(_watch_faults)
    code = program.run()
    asked_to_end.deleteLater()
    return code


def _watch_faults() -> None:
    """A fault below Python leaves its stack in a file; looked for only after the first paint."""
    from pressdesk.base import crash

    crash.watch()


Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


def _hook(program: Program, before: Hook) -> Hook:
    """A bug ends in a report and a word in the window; what is on the paper is kept first."""

    def struck(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        from pressdesk.base import crash

        if not crash.is_bug(error):
            before(kind, error, trace)
            return
        path = crash.report(error, trace)
        if program.desk_window is not None:
            program.desk_window.crashed(path)
        else:
            before(kind, error, trace)

    return struck


def screenshot(
    desk: Address,
    file: Path,
    look: str,
    size: tuple[int, int],
    open_id: int | None,
    *,
    pane: str = "",
    reading: bool = False,
) -> None:
    """Write a picture of the window as PNG, offscreen, with a release open or the first one.

    pane    the page of the right pane in front; "" is the first
    raises  WriteFailed; PressDeskError when the desk cannot be opened
    """
    from pressdesk.app.picture import take

    chosen = settings.Settings(theme="dark" if look == "dark" else "light")
    take(Program(desk, chosen, reading=reading), file, size, open_id, pane)
