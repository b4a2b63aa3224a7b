"""Types in a dialog, says so, and rests until it is asked to end."""

from __future__ import annotations

import sys
from pathlib import Path

from driving import new_draft, started
from PySide6.QtTest import QTest

from pressdesk.app.ending import Ending
from pressdesk.gui.details.contacts_dialog import ContactsDialog

program, window = started(Path(sys.argv[1]))
asked_to_end = Ending(program.end)
new_draft(window, "news")
QTest.keyClicks(window.paper.text, "kept")
window.people.new_contact()
dialog = window.main.findChild(ContactsDialog)
assert dialog is not None
QTest.keyClicks(dialog.page.lines[("name", "en")], "Half typed")
print("typed", flush=True)
sys.exit(program.app.exec())
