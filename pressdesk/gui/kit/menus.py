"""A menu under a button to choose from, made anew each time it is opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton

Choice = tuple[str, bool, Callable[[], object]]
"""Its words, whether it is on, and what choosing it does."""


def choice_menu(under: QPushButton, choices: Callable[[], Sequence[Choice]]) -> None:
    """Give a button a menu; where more than one choice is on, they are marked as several."""
    menu = QMenu(under)

    def fill() -> None:
        menu.clear()
        group, offered = QActionGroup(menu), choices()
        if sum(on for _words, on, _does in offered) > 1:
            group.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        for words, on, does in offered:
            action = group.addAction(words)
            action.setCheckable(True)
            action.setChecked(on)
            action.triggered.connect(lambda _on=False, chosen=does: chosen())
            menu.addAction(action)

    menu.aboutToShow.connect(fill)
    under.setMenu(menu)
