"""Types without a pause until it is killed; says after each letter how many there are."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from driving import new_draft, started
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

program, window = started(Path(sys.argv[1]))
new_draft(window, "news")
letters = 0
while True:
    QTest.keyClicks(window.paper.text, "a")
    letters += 1
    print(f"{time.monotonic():.3f} {letters}", flush=True)
    end = time.monotonic() + 0.025
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.001)
