"""A lane delivers each outcome once, on the GUI thread, and none that nobody wants any more."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from pressdesk.base.errors import EditConflict
from pressdesk.gui.frame.lanes import BACKGROUND, OUTSIDE, Lanes
from pressdesk.gui.frame.tasks import Tasks
from tests.patience import PATIENCE_S


@pytest.fixture
def lane(qapp) -> Iterator[Tasks]:
    tasks = Tasks()
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
    tasks, ran, seen = Tasks(), [], []
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


@pytest.fixture
def lanes(qapp) -> Iterator[Lanes]:
    parent = QObject()
    made = Lanes(parent)
    yield made
    made.close()


@pytest.mark.parametrize("kind", ["outside", "background"])
def test_a_turn_that_hangs_holds_up_no_other(qtbot, lanes: Lanes, gate, kind: str) -> None:
    lane: Tasks = getattr(lanes, kind)
    turns = {"outside": OUTSIDE, "background": BACKGROUND}[kind]
    owner, done, seen = QObject(), [], []
    for turn in turns:
        lane.run(owner, gate.wait, seen.append, seen.append, turn=turns[0])
        lane.run(owner, lambda t=turn: t, done.append, done.append, turn=turn)
    qtbot.waitUntil(lambda: len(done) == len(turns) - 1, timeout=5000)
    assert set(done) == set(turns[1:]) and not seen
    assert lane.idle(*turns[1:]) and not lane.idle()
    gate.set()
    qtbot.waitUntil(lane.idle, timeout=5000)


def test_the_jobs_of_a_turn_keep_their_order(qtbot, lanes: Lanes) -> None:
    owner, begun = QObject(), []
    for number in range(200):
        lanes.background.run(
            owner, lambda n=number: begun.append(n), begun.append, begun.append, turn="copies"
        )
    qtbot.waitUntil(lanes.background.idle, timeout=5000)
    assert [number for number in begun if number is not None] == list(range(200))


def test_the_end_runs_every_write_and_begins_nothing_else(qtbot, lanes: Lanes) -> None:
    owner, ran, seen = QObject(), [], []
    gates = {turn: threading.Event() for turn in ("read", "write")}
    for lane, gate in ((lanes.read, gates["read"]), (lanes.write, gates["write"])):
        lane.run(owner, gate.wait, seen.append, seen.append)
    lanes.read.run(owner, lambda: ran.append("read"), seen.append, seen.append)
    for turn in ("", "aside"):
        lanes.write.run(owner, lambda t=turn: ran.append(t), seen.append, seen.append, turn=turn)
    for gate in gates.values():
        threading.Timer(0.05, gate.set).start()
    lanes.close()
    lanes.write.run(owner, lambda: ran.append("late"), seen.append, seen.append)
    assert sorted(ran) == ["", "aside"] and seen == []


@pytest.mark.parametrize("fate", ["done", "refused", "gone", "overtaken", "bug"])
def test_what_comes_after_is_called_whatever_became_of_the_job(
    qtbot, lane: Tasks, gate, fate: str
) -> None:
    owner, after, seen = QObject(), [], []

    def work() -> None:
        gate.wait(5)
        if fate == "refused":
            raise EditConflict("Someone saved first.")
        assert fate != "bug"

    with qtbot.captureExceptions() as caught:
        lane.run(owner, work, seen.append, seen.append, key="one", after=lambda: after.append(fate))
        if fate == "gone":
            owner.deleteLater()
            qtbot.wait(10)
        if fate == "overtaken":
            lane.forget("one")
        gate.set()
        qtbot.waitUntil(lane.idle, timeout=5000)
    assert after == [fate] and len(caught) == (fate == "bug")
    assert len(seen) == (fate in ("done", "refused"))
