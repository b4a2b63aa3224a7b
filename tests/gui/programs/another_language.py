"""Starts on a desk, writes, changes the language, and writes on in the window that comes."""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from pathlib import Path

from driving import new_draft, started, until
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken

program, window = started(Path(sys.argv[1]))
assert not gc.isenabled(), "collected by the window, not by whatever thread is busy"
new_draft(window, "news")
QTest.keyClicks(window.paper.text, "It rises. ")
flows = (window.writing, window.session, window.office.outage, window.office.mirroring)
window.language_chosen.emit(replace(program.settings, language="ru"))
until(lambda: program.desk_window not in (None, window))
again = program.desk_window
assert again is not None
until(lambda: again.writing.current is not None and again.settled())
# What a running loop does by itself:
QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
assert not any(map(Shiboken.isValid, (window, *flows))), "gone, and no timer of theirs goes on"
QTest.keyClicks(again.paper.text, "It falls. ")
again.commands["save"].trigger()
until(lambda: again.settled() and not again.main.isWindowModified())
print(again.commands["save"].text())
again.main.close()
QApplication.processEvents()
