"""Types without a pause until it is killed; says how many letters were there when a keeping began,
once that is stored."""

from __future__ import annotations

import sys
from pathlib import Path

from driving import new_draft, started
from PySide6.QtTest import QTest

from pressdesk.desk import autosave

autosave.QUIET_S = 1e9  # a busy machine pauses; what is kept here is kept while one types
program, window = started(Path(sys.argv[1]))
new_draft(window, "news")
begun: list[int] = []
window.writing.asked.connect(lambda _edition: begun.append(letters))
window.writing.stored.connect(lambda _edition: print("kept", begun.pop(0), flush=True))
letters = 0
while True:
    QTest.keyClicks(window.paper.text, "a")
    letters += 1
    QTest.qWait(25)
