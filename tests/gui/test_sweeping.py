"""Whatever thread makes the garbage: an object of Qt's dies on the thread that it lives on."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractEventDispatcher, QObject, QTimer
from pytestqt.qtbot import QtBot

from pressdesk.app import sweeping
from pressdesk.app.sweeping import Sweeping

PLENTY = 20_000
"""New objects; Python collects at 700."""


@pytest.fixture
def swept(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sweeping]:
    monkeypatch.setattr(sweeping, "SETTLED_MS", 0)
    gc.enable()  # as in a program; these tests themselves keep the rule
    made = Sweeping()
    qtbot.waitUntil(lambda: not made._settled.isActive())
    yield made
    made.end()
    assert gc.isenabled() and not gc.get_freeze_count()
    gc.disable()


class Ticking(QObject):
    """Holds itself, as a window does whose buttons call it."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self
        self._timer = QTimer(self)
        self._timer.start(1)


def dropped(deaths: list[int]) -> None:
    """Makes one that nobody holds; its death says in which thread it was."""
    Ticking().destroyed.connect(lambda: deaths.append(threading.get_ident()))


def litter() -> None:
    kept = [[] for _ in range(PLENTY)]
    assert len(kept) == PLENTY


def elsewhere() -> None:
    busy = threading.Thread(target=litter)
    busy.start()
    busy.join()


def test_a_busy_thread_collects_nothing(swept: Sweeping) -> None:
    deaths: list[int] = []
    dropped(deaths)
    elsewhere()
    assert not deaths


def test_what_nobody_holds_goes_on_the_thread_of_the_window(swept: Sweeping, qtbot: QtBot) -> None:
    deaths: list[int] = []
    dropped(deaths)
    kept = []

    def gone() -> bool:
        kept.extend([] for _ in range(PLENTY))
        return bool(deaths)

    qtbot.waitUntil(gone)
    assert deaths == [threading.get_ident()]
    assert kept


def test_a_window_in_which_nothing_happens_is_swept_too(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "SETTLED_MS", 0)
    monkeypatch.setattr(sweeping, "ASLEEP_MS", 20)
    made = Sweeping()
    qtbot.waitUntil(lambda: not made._settled.isActive())
    dispatcher = QAbstractEventDispatcher.instance()
    assert dispatcher is not None
    dispatcher.aboutToBlock.disconnect(made._about_to_wait)
    deaths: list[int] = []
    dropped(deaths)
    kept = [[] for _ in range(PLENTY)]  # as a lane leaves it
    qtbot.waitUntil(lambda: bool(deaths))
    made.end()
    assert deaths == [threading.get_ident()] and kept
