"""Counts what a window does in the background: the jobs of its lanes and their SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from sqlalchemy import event
from sqlalchemy.engine import Engine

from pressdesk.app.desk_window import DeskWindow
from pressdesk.gui.frame.tasks import Tasks
from pressdesk.gui.list.listing import SETTLE_MS


@dataclass
class Spent:
    """What was done since: the jobs of all lanes, by key or by who asked, and the SQL."""

    jobs: list[str] = field(default_factory=list)
    orders: list[str] = field(default_factory=list)

    @property
    def after_the_keep(self) -> list[str]:
        """The statements behind the first commit."""
        return self.orders[self.orders.index("COMMIT") + 1 :]


@contextmanager
def counted(patch: pytest.MonkeyPatch) -> Iterator[Spent]:
    """Counts while it holds; everything is still done."""
    spent, run = Spent(), Tasks.run

    def noted(lane: Tasks, owner: QObject, *given: Any, key: str = "", **more: Any) -> None:
        spent.jobs.append(key or type(owner).__name__)
        run(lane, owner, *given, key=key, **more)

    def said(_c: object, _cursor: object, order: str, *_more: object) -> None:
        spent.orders.append(order)

    def committed(_connection: object) -> None:
        if spent.orders and not spent.orders[-1].startswith(("BEGIN", "COMMIT", "SELECT")):
            spent.orders.append("COMMIT")

    listeners: list[tuple[str, Callable[..., None]]] = [
        ("before_cursor_execute", said),
        ("commit", committed),
    ]
    for name, listener in listeners:
        event.listen(Engine, name, listener)
    with patch.context() as inside:
        inside.setattr(Tasks, "run", noted)
        yield spent
    for name, listener in listeners:
        event.remove(Engine, name, listener)


def quiet(window: DeskWindow, qtbot: QtBot) -> None:
    """Until what is put off for a moment is done, too."""
    soon = (window.care._soon, window.office.mirroring._settle)  # begun by an opening, or a change
    qtbot.waitUntil(lambda: not any(timer.isActive() for timer in soon), timeout=20_000)
    qtbot.waitUntil(window.settled, timeout=20_000)
    qtbot.wait(2 * SETTLE_MS)
    qtbot.waitUntil(window.settled, timeout=20_000)


def kept(window: DeskWindow, qtbot: QtBot) -> None:
    """Until autosave has kept what is typed and all that follows is over."""
    qtbot.waitUntil(lambda: window.writing._state.kept is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not window.writing._state.unsaved, timeout=20_000)
    quiet(window, qtbot)
