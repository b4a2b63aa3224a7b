"""Run by test_form_keys_under_x: presses real keys in each field of the form."""

from __future__ import annotations

import json

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPlainTextEdit, QWidget

from pressdesk.gui.details.form import Form
from pressdesk.gui.list.search_field import SearchField
from pressdesk.press.kinds import kind
from pressdesk.press.release import Release
from tests.gui.people import DRAFT, EMBARGO, HOUSE, PEOPLE
from tests.gui.real_keys import RealKeys

KEYS = {"undo": "Ctrl+Z", "export": "Ctrl+E", "search": "Ctrl+K", "save": "Ctrl+S"}


def main() -> None:
    """One JSON object a field: its name, the actions heard, and its text before and after."""
    application = QApplication([])
    window, form, search, heard = QMainWindow(), Form(), SearchField(), []
    window.setCentralWidget(form)
    window.statusBar().addWidget(search)
    for name, key in KEYS.items():
        action = QAction(name, window)
        action.setShortcut(key)
        action.triggered.connect(lambda _checked=False, name=name: heard.append(name))
        window.addAction(action)
    text = QAction("underline", window)  # of the text: it has the key, and no field does anything
    text.setShortcut("Ctrl+U")
    text.setEnabled(False)
    window.addAction(text)
    release = Release("advisory", id=1, embargo=EMBARGO, topics=("Ice",))
    form.show_release(release, DRAFT, kind("advisory"), PEOPLE, HOUSE)
    window.resize(500, 900)
    keys = RealKeys(application)
    keys.at(window)
    fields = [
        form.place.line, form.date.line, form.topics.line, form.summary.text, form.embargo.mode,
        form.embargo.time, form.embargo.zone.line, form.field("fields.starts").texts()[0], search,
    ]  # fmt: skip
    for field in fields:
        form.ensureWidgetVisible(field)
        field.setFocus()
        heard.clear()
        before = words(field)
        keys.press("ctrl+z", "ctrl+e", "ctrl+k", "ctrl+s", "ctrl+u")
        told = {"name": field.accessibleName(), "heard": heard}
        print(json.dumps({**told, "same": words(field) == before}), flush=True)
    window.close()
    application.processEvents()


def words(field: QWidget) -> str:
    """What stands in a field."""
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    return field.text() if isinstance(field, QLineEdit) else ""


if __name__ == "__main__":
    main()
