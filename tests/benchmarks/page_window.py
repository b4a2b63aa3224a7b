"""A program for the benchmarks: the window on a desk, its page shown beside the text.

Run as ``python -m tests.benchmarks.page_window FILE``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from pressdesk.app.desk_window import DeskWindow
from pressdesk.base.settings import Settings
from pressdesk.desk.rendering import Renderer
from pressdesk.gui.frame.window import MainWindow
from pressdesk.gui.kit.tokens import tokens


def main(path: Path) -> None:
    """Until the process is ended."""
    application = QApplication([])
    application.setStyle("Fusion")
    frame = MainWindow(tokens(False))
    window = DeskWindow(frame, Renderer(), Settings())
    frame.show()
    window.start(path)
    frame.show_side("page")
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
