"""Says which formats the export dialog offers, and exports a statement in all of them."""

from __future__ import annotations

import sys
from pathlib import Path

from driving import new_draft, started, until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton

from pressdesk.gui.output.export_dialog import ExportDialog

program, window = started(Path(sys.argv[1]))
new_draft(window, "statement")
QTest.keyClicks(window.paper.head.headline, "On the new gauge")
window.commands["export"].trigger()
until(lambda: window.main.findChild(ExportDialog) is not None)
dialog = window.main.findChild(ExportDialog)
formats = [box for box in dialog.findChildren(QCheckBox) if box.objectName()]
for box in formats:
    box.setChecked(True)
name, folder, _reason = dialog.findChildren(QLineEdit)
name.setText("out")
folder.setText(sys.argv[2])
go = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Export")
QTest.mouseClick(go, Qt.MouseButton.LeftButton)
left = dialog.findChild(QPushButton, "closeresult")
until(left.isVisible)
left.click()
window.main.close()
QApplication.processEvents()
print(*(box.text() for box in formats), sep="\n")
