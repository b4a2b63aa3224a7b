"""F1: the keys of the window and of the text."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.dialog import DialogFrame
from pressdesk.gui.kit.keys import TEXT_KEYS, WINDOW_KEYS, shown
from pressdesk.gui.kit.parts import column, label, row


def window_words() -> dict[str, str]:
    """What the keys of the window do."""
    return {
        "new": _("New release"),
        "save": _("Save a revision"),
        "save_note": _("Save with a note"),
        "history": _("Show the history"),
        "search": _("Search all releases"),
        "search_help": _("How to search"),
        "next_hit": _("Next hit of the search"),
        "previous_hit": _("Hit before"),
        "bookmark": _("Bookmark the release"),
        "quotation": _("Copy as quotation"),
        "find": _("Find in the text"),
        "replace": _("Find and replace"),
        "export": _("Export"),
        "print": _("Print"),
        "preview": _("Show the page"),
        "pane": _("Next pane"),
        "drawer": _("Right pane in or out"),
        "keys": _("These keys"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "redo_too": _("Redo"),
    }


def text_words() -> dict[str, str]:
    """What the keys of the text do."""
    return {
        "bold": _("Bold"),
        "italic": _("Italic"),
        "underline": _("Underline"),
        "link": _("Link"),
        "numbers": _("Numbered list"),
        "bullets": _("Bulleted list"),
        "paragraph": _("Plain paragraph"),
        "heading2": _("Heading"),
        "heading3": _("Smaller heading"),
        "heading4": _("Smallest heading"),
        "quote": _("Quote"),
        "superscript": _("Superscript"),
        "subscript": _("Subscript"),
        "clear": _("Clear formatting"),
        "paste_plain": _("Paste without formatting"),
    }


LEAVE = "Ctrl+Tab"
"""Not among the keys the text gives away to the window: it takes this one itself."""


class ShortcutsDialog(DialogFrame):
    """Two columns of keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Keys"), parent, width=640)
        leaving = {"leave": _("Leave a list or table")}
        window = _keys(_("Window"), WINDOW_KEYS, window_words())
        text = _keys(_("Text"), TEXT_KEYS | {"leave": LEAVE}, text_words() | leaving)
        pair = row(window, text, gap=36)
        for place in range(pair.count()):
            pair.setStretch(place, 1)
        self.body.addLayout(pair)
        self.add_button(_("Close"), self.accept, "filled")


def _keys(title: str, keys: Mapping[str, str], said: Mapping[str, str]) -> QVBoxLayout:
    grid = QGridLayout()
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    for line, (name, key) in enumerate(keys.items()):
        grid.addWidget(label(said.get(name, name)), line, 0)
        grid.addWidget(label(shown(key), "key"), line, 1, Qt.AlignmentFlag.AlignRight)
    return column(label(title, "head"), grid, None, gap=8)
