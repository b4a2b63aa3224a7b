"""Editing commands as actions, each with a key, an icon and a name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QTextEdit, QWidget

from pressdesk.base.i18n import _
from pressdesk.document.nodes import Mark
from pressdesk.gui.kit.icons import icon
from pressdesk.gui.kit.parts import keyed
from pressdesk.gui.paper.editor import Editor

MARKS = {
    "bold": Mark.STRONG,
    "italic": Mark.EMPH,
    "underline": Mark.UNDERLINE,
    "superscript": Mark.SUP,
    "subscript": Mark.SUB,
}
STYLED = ("bullets", "numbers", "quote")

LINK = "Ctrl+L"
STYLE_KEYS = {
    "paragraph": "Ctrl+Alt+0",
    "heading2": "Ctrl+Alt+1",
    "heading3": "Ctrl+Alt+2",
    "heading4": "Ctrl+Alt+3",
    "quote": "Ctrl+Alt+Q",
    "bullets": "Ctrl+Shift+8",
    "numbers": "Ctrl+Shift+7",
}
KEYS = STYLE_KEYS | {
    "bold": "Ctrl+B",
    "italic": "Ctrl+I",
    "underline": "Ctrl+U",
    "superscript": "Ctrl+.",
    "subscript": "Ctrl+,",
    "clear": "Ctrl+\\",
    "link": LINK,
    "paste_plain": "Ctrl+Shift+V",
}
"""Keys that act on the text while it has the focus."""


def style_names() -> dict[str, str]:
    """The paragraph styles a person can choose, in the order of the menu."""
    return {
        "paragraph": _("Paragraph"),
        "lead": _("Lead"),
        "heading2": _("Heading 1"),
        "heading3": _("Heading 2"),
        "heading4": _("Heading 3"),
        "question": _("Question"),
        "answer": _("Answer"),
        "address": _("Salutation"),
        "quote": _("Quote"),
        "attribution": _("Quote attribution"),
        "bullets": _("Bulleted list"),
        "numbers": _("Numbered list"),
    }


def window_action(owner: QWidget, label: str, done: Callable[[], object], *keys: str) -> QAction:
    """An action whose keys work in the whole window."""
    action = QAction(label, owner)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.triggered.connect(lambda _checked=False: done())
    owner.addAction(action)
    return action


class TextActions(QObject):
    """The actions of one text. Their keys work while the text has the focus.

    ``self["bold"]`` is an action; ``fill_menu`` adds those that fit to a context menu. The
    checked ones follow the cursor.
    """

    def __init__(self, text: Editor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._actions: dict[str, QAction] = {}
        labels = {
            "bold": _("Bold"),
            "italic": _("Italic"),
            "underline": _("Underline"),
            "superscript": _("Superscript"),
            "subscript": _("Subscript"),
            "bullets": _("Bulleted list"),
            "numbers": _("Numbered list"),
            "quote": _("Quote"),
        }
        for name, label in labels.items():
            mark = MARKS.get(name)
            style = partial(text.set_style, name)
            done = partial(text.toggle_mark, mark) if mark is not None else style
            self._add(name, label, done, checkable=True)
        self._add("clear", _("Clear formatting"), text.clear_formatting)
        self._add("link", _("Link"), text.link_wanted.emit)
        self._add("paste_plain", _("Paste as plain text"), text.paste_plain, drawn=False)
        for name in ("paragraph", "heading2", "heading3", "heading4"):
            self._add(name, style_names()[name], partial(text.set_style, name), drawn=False)
        text.styled.connect(self._follow)
        self._follow()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def fill_menu(self, menu: QMenu, field: QTextEdit) -> None:
        """Add what can be done in this field to its context menu."""
        selected, editable = field.textCursor().hasSelection(), not field.isReadOnly()
        mime = QGuiApplication.clipboard().mimeData()
        full = mime is not None and (mime.hasText() or mime.hasHtml() or mime.hasUrls())
        _entry(menu, _("Cut"), field.cut, selected and editable)
        _entry(menu, _("Copy"), field.copy, selected)
        _entry(menu, _("Paste"), field.paste, full and editable)
        if field is not self._text:
            _entry(menu, _("Select all"), field.selectAll, True)
            return
        self["paste_plain"].setEnabled(full and editable)
        menu.addAction(self["paste_plain"])
        _entry(menu, _("Select all"), field.selectAll, True)
        self._link_entries(menu, editable)
        if editable:
            self._table_entries(menu)

    def _link_entries(self, menu: QMenu, editable: bool) -> None:
        address = self._text.link_here()
        if not address and not editable:
            return
        menu.addSeparator()
        if address:
            opened = partial(self._text.link_activated.emit, address)
            _entry(menu, _("Open link"), opened, True)
            _entry(menu, _("Remove link"), partial(self._text.set_link, None), editable)
        if editable:
            menu.addAction(self["link"])

    def _table_entries(self, menu: QMenu) -> None:
        menu.addSeparator()
        if self._text.textCursor().currentTable() is None:
            _entry(menu, _("Insert divider"), self._text.insert_rule, True)
            return
        labels = {
            "row above": _("Insert row above"),
            "row below": _("Insert row below"),
            "column before": _("Insert column left"),
            "column after": _("Insert column right"),
            "header": _("First row is a header"),
            "delete row": _("Delete row"),
            "delete column": _("Delete column"),
            "delete table": _("Delete table"),
        }
        for change, label in labels.items():
            _entry(menu, label, partial(self._text.change_table, change), True)

    def _add(
        self,
        name: str,
        label: str,
        done: Callable[[], object],
        *,
        checkable: bool = False,
        drawn: bool = True,
    ) -> None:
        action = QAction(label, self)
        if drawn:
            action.setIcon(icon(name))
        key = KEYS.get(name, "")
        action.setShortcut(key)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setToolTip(keyed(label, key))
        action.setCheckable(checkable)
        action.triggered.connect(lambda _checked=False: done())
        self._text.addAction(action)
        self._actions[name] = action

    @Slot()
    def _follow(self) -> None:
        editable = not self._text.isReadOnly()
        here, style = self._text.marks_here(), self._text.paragraph_style()
        for name, action in self._actions.items():
            action.setEnabled(editable)
            if name in MARKS:
                action.setChecked(MARKS[name] in here)
            elif name in STYLED:
                action.setChecked(style == name)


def _entry(menu: QMenu, label: str, done: Callable[[], object], enabled: bool) -> None:
    menu.addAction(label, lambda: done()).setEnabled(enabled)
