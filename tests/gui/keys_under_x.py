"""Run by test_keys_under_x: presses real keys in each field of the paper and prints what came."""

from __future__ import annotations

import json

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMainWindow

from pressdesk.document.nodes import Document, Paragraph, Text
from pressdesk.document.tools import plain
from pressdesk.gui.paper.writing_pane import WritingPane
from tests.gui.real_keys import RealKeys


def main() -> None:
    """One JSON object a field: actions heard, words before and after undo."""
    application = QApplication([])
    window, pane, heard = QMainWindow(), WritingPane(), []
    window.setCentralWidget(pane)
    for name, shortcut in (("export", "Ctrl+E"), ("search", "Ctrl+K"), ("save", "Ctrl+S")):
        action = QAction(name, window)
        action.setShortcut(shortcut)
        action.triggered.connect(lambda _checked=False, name=name: heard.append(name))
        window.addAction(action)
    keys = RealKeys(application)
    keys.at(window)
    paper = pane.paper
    paper.show_edition("Title", "Sub", Document((Paragraph((Text("river bank"),)),)))
    for field in (paper.head.headline, paper.head.subtitle, paper.text):
        field.setFocus()
        heard.clear()
        keys.press("End", "x", "ctrl+e", "ctrl+k", "ctrl+s", "ctrl+u")
        typed = [paper.title(), paper.subtitle(), plain(paper.tree())]
        keys.press("ctrl+z")
        undone = [paper.title(), paper.subtitle(), plain(paper.tree())]
        print(json.dumps({"heard": heard, "typed": typed, "undone": undone}), flush=True)
    window.close()
    application.processEvents()


if __name__ == "__main__":
    main()
