"""Commands: what a person can tell the window, each declared where it is done.

From the declarations follow the actions of the window with their keys, the menu at the right
of the top bar, the list of keys, and what can be done at a moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, Flag, auto
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.frame.asking import show


class Need(Flag):
    """What must be there for a command to do something."""

    NOTHING = 0
    WRITABLE = auto()
    """A desk that can be changed."""
    RECORD = auto()
    """A desk that shows more than what readers may see."""
    OPEN = auto()
    """A release on the paper."""
    DRAFT = auto()
    """One whose text can be written."""


OF_DESK = Need.WRITABLE | Need.RECORD
"""What a desk lacks it will go on lacking: such commands are not there, the others are grey."""


class Menu(Enum):
    """The groups of the menu, from top to bottom."""

    DESK = auto()
    RELEASE = auto()
    HOUSE = auto()
    CARE = auto()
    PROGRAM = auto()


@dataclass(frozen=True, slots=True)
class Command:
    """One of them.

    name   of the action, unique in the window
    words  in the menu and in the list of keys
    key    one that works wherever the focus is; "" for none
    menu   its group in the menu; None where it has only a key or a button
    last   it stands behind all others of its group
    """

    name: str
    words: str
    does: Callable[[], object]
    key: str = ""
    menu: Menu | None = None
    needs: Need = Need.NOTHING
    last: bool = False
    fill: Callable[[QMenu], None] | None = None
    """Makes it a submenu, filled each time it is about to be shown."""


class Commands(QObject):
    """The actions of one window, by name, in the order of their declarations.

    In:   ``show(has)``
    """

    def __init__(self, window: QWidget, declared: Iterable[Command]) -> None:
        super().__init__(window)
        self._window = window
        own = Command("keys", _("Keyboard shortcuts"), self._show_keys, "F1", Menu.PROGRAM)
        self._declared = {command.name: command for command in (*declared, own)}
        self._actions = {name: self._action(one) for name, one in self._declared.items()}

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def show(self, has: Need) -> None:
        """What there is now: the rest is grey, or not there."""
        for name, command in self._declared.items():
            self._actions[name].setVisible(command.needs & OF_DESK in has)
            self._actions[name].setEnabled(command.needs in has)

    def menu(self) -> list[QAction | None]:
        """The actions of the menu in order; None is a separating line."""
        found: list[QAction | None] = []
        for group in Menu:
            inside = [one for one in self._declared.values() if one.menu is group]
            inside.sort(key=lambda one: one.last)
            found += [None] if found and inside else []
            found += [self._actions[one.name] for one in inside]
        return found

    def _action(self, command: Command) -> QAction:
        if command.fill is not None:
            return self._submenu(command, command.fill)
        action = QAction(command.words, self._window)
        action.setObjectName(command.name)
        if command.key:
            action.setShortcut(QKeySequence(command.key))
        action.triggered.connect(lambda _checked=False: command.does())
        self._window.addAction(action)
        return action

    def _submenu(self, command: Command, fill: Callable[[QMenu], None]) -> QAction:
        menu = QMenu(command.words, self._window)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(menu.clear)
        menu.aboutToShow.connect(partial(fill, menu))
        return menu.menuAction()

    def _show_keys(self) -> None:
        from pressdesk.gui.frame.keys_dialog import KeysDialog

        own = self._window.actions()
        others = [a for a in self._window.findChildren(QAction) if a not in own]
        show(KeysDialog((*own, *others), self._window))
