"""A lane delivers each outcome once, on the GUI thread, and none that nobody wants any more."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from pressdesk.base.errors import EditConflict
from pressdesk.gui.frame.tasks import Tasks
from tests.patience import PATIENCE_S


@pytest.fixture
def lane(qapp) -> Iterator[Tasks]:
    tasks = Tasks(1)
    yield tasks
    tasks.close()


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def test_the_outcome_comes_back_on_the_gui_thread(qtbot, lane: Tasks) -> None:
    seen: list[object] = []
    owner = QObject()

    def done(worker: str) -> None:
        seen.append((worker != threading.current_thread().name, threading.current_thread()))

    lane.run(owner, lambda: threading.current_thread().name, done, seen.append)
    qtbot.waitUntil(lane.idle)
    assert seen == [(True, threading.main_thread())]


def test_of_jobs_with_one_key_only_the_latest_is_delivered(qtbot, lane: Tasks, gate) -> None:
    owner, done, begun = QObject(), [], []
    lane.run(owner, lambda: gate.wait(PATIENCE_S) and 1, done.append, done.append, key="preview")
    lane.run(owner, lambda: begun.append(2), done.append, done.append, key="preview")
    lane.run(owner, lambda: 3, done.append, done.append, key="preview")
    lane.run(owner, lambda: 4, done.append, done.append)
    gate.set()
    qtbot.waitUntil(lane.idle)
    assert done == [3, 4]
    assert begun == [], "a job that was overtaken while it waited is not begun"


def test_a_deleted_owner_hears_nothing(qtbot, lane: Tasks, gate) -> None:
    gone, seen = QObject(), []
    lane.run(gone, lambda: gate.wait(PATIENCE_S), seen.append, seen.append)
    gone.deleteLater()
    qtbot.wait(10)
    gate.set()
    qtbot.waitUntil(lane.idle)
    assert seen == []


def test_what_the_person_can_act_on_goes_to_failed(qtbot, lane: Tasks) -> None:
    done, failed = [], []

    def refuse() -> None:
        raise EditConflict("Someone saved first.")

    lane.run(QObject(lane), refuse, done.append, failed.append)
    qtbot.waitUntil(lane.idle)
    assert done == []
    assert [error.what for error in failed] == ["Someone saved first."]


def test_a_bug_reaches_the_excepthook(qtbot, lane: Tasks) -> None:
    seen: list[object] = []
    with qtbot.captureExceptions() as caught:
        lane.run(QObject(lane), lambda: 1 // 0, seen.append, seen.append)
        qtbot.waitUntil(lane.idle)
    assert [kind for kind, _error, _trace in caught] == [ZeroDivisionError]
    assert seen == []


def test_a_forgotten_job_is_not_delivered(qtbot, lane: Tasks, gate) -> None:
    seen: list[object] = []
    lane.run(QObject(lane), lambda: gate.wait(PATIENCE_S), seen.append, seen.append, key="list")
    lane.forget("list")
    lane.forget("never begun")
    gate.set()
    qtbot.waitUntil(lane.idle)
    assert seen == []


def test_a_closed_lane_finishes_what_runs_and_takes_no_more(qtbot, gate) -> None:
    tasks, ran, seen = Tasks(1), [], []
    owner = QObject()
    tasks.run(owner, lambda: ran.append(gate.wait(PATIENCE_S)), seen.append, seen.append)
    tasks.run(owner, lambda: ran.append("waiting"), seen.append, seen.append)
    threading.Timer(0.05, gate.set).start()
    tasks.close()
    tasks.run(owner, lambda: ran.append("late"), seen.append, seen.append)
    qtbot.wait(20)
    assert ran == [True]
    assert seen == []


def test_two_thousand_jobs_lose_none(qtbot, lane: Tasks) -> None:
    owner, done = QObject(), []
    for number in range(2000):
        lane.run(owner, lambda n=number: n, done.append, done.append)
    qtbot.waitUntil(lane.idle, timeout=20000)
    assert done == list(range(2000))
