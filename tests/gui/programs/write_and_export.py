"""Starts on a desk, writes a statement by the keyboard, saves, exports, quits."""

from __future__ import annotations

import sys
from pathlib import Path

from driving import new_draft, started, until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pressdesk.gui.output.export_dialog import ExportDialog, ExportPlan

program, window = started(Path(sys.argv[1]))
folder = Path(sys.argv[2])
new_draft(window, "statement")
QTest.keyClicks(window.paper.head.headline, "On the new gauge")
QTest.keyClicks(window.paper.text, "The Commission opens it.")
QTest.keyClick(window.paper.text, Qt.Key.Key_Return)
QTest.keyClicks(window.paper.text, "It measures every hour.")
window.commands["save"].trigger()
until(window.settled)
assert not window.main.isWindowModified(), "saved, so the title says so"
window.commands["export"].trigger()
until(lambda: window.main.findChild(ExportDialog) is not None)
dialog = window.main.findChild(ExportDialog)
targets = (("pdf", folder / "out.pdf"), ("html", folder / "out.html"))
dialog.export_requested.emit(ExportPlan(("pdf", "html"), folder, "out", targets))
until(lambda: all(path.exists() for _name, path in targets) and window.settled())
dialog.close()
window.main.close()
QApplication.processEvents()
print("done")
