"""The Qt binding keeps its references: one build of it ends the process on Python 3.11."""

from __future__ import annotations

import sys

from PySide6.QtGui import QTextBlockFormat
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def test_void_calls_and_calls_that_return_none_lose_no_reference(qtbot: QtBot) -> None:
    label, style = QLabel(), QTextBlockFormat()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _turn in range(500):
        label.setText("x")
        style.property(0x100001)
    lost = before - sys.getrefcount(None)
    assert lost < 50, "this PySide6 build crashes Python < 3.12; 6.12.0 is known to"
