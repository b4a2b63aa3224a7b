"""The least a Qt program can do: a bare main window that says when it was painted first."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class Bare(QMainWindow):
    """Tells its first paint and, when asked to, ends after it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The one moment that is measured."""
        super().paintEvent(event)
        sys.stderr.write("first-paint\n")
        sys.stderr.flush()
        if os.environ.get("PRESSDESK_QUIT_AFTER_PAINT"):
            QTimer.singleShot(0, QApplication.quit)


application = QApplication(sys.argv)
application.setStyle("Fusion")
bare = Bare()
bare.resize(1440, 900)
bare.show()
sys.exit(application.exec())
