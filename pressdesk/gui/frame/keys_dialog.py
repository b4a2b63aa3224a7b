"""The keyboard shortcuts dialog (F1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.dialog import DialogFrame
from pressdesk.gui.kit.parts import column, label, row

LEAVE = "Ctrl+Tab"
"""Of no action: the text takes it itself."""

Row = tuple[str, QKeySequence]


class KeysDialog(DialogFrame):
    """Two columns of keys: those that work anywhere, and those that work in the text.

    actions  of the window, in any depth; those without a key or out of sight are left out
    """

    def __init__(self, actions: Iterable[QAction], parent: QWidget | None = None) -> None:
        super().__init__(_("Keyboard shortcuts"), parent, width=640)
        columns: dict[bool, list[Row]] = {False: [], True: []}
        for action in actions:
            in_text = action.shortcutContext() is Qt.ShortcutContext.WidgetShortcut
            columns[in_text] += _rows(action)
        columns[True].append((_("Leave a list or table"), QKeySequence(LEAVE)))
        window, text = _keys(_("Window"), columns[False]), _keys(_("Text"), columns[True])
        pair = row(window, text, gap=36)
        for place in range(pair.count()):
            pair.setStretch(place, 1)
        self.body.addLayout(pair)
        self.add_button(_("Close"), self.accept, "filled")


def _rows(action: QAction) -> Iterator[Row]:
    if action.isVisible():
        for key in action.shortcuts():
            yield action.text().rstrip("…"), key


def _keys(title: str, keys: list[Row]) -> QVBoxLayout:
    grid = QGridLayout()
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    native = QKeySequence.SequenceFormat.NativeText
    for line, (words, key) in enumerate(keys):
        grid.addWidget(label(words), line, 0)
        key_shown = label(key.toString(native), "key")
        grid.addWidget(key_shown, line, 1, Qt.AlignmentFlag.AlignRight)
    return column(label(title, "head"), grid, None, gap=8)
