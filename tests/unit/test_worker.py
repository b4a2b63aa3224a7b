"""A child process may fail in every way there is: the caller gets one plain error and goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pressdesk.base import i18n, worker
from pressdesk.base.errors import EditConflict, UnknownFormat, WorkerFailed
from pressdesk.base.worker import Worker, run_once
from tests.patience import PATIENCE_S, until

MB = 2**20
ACT = "worker_jobs:act"


@pytest.fixture(scope="module")
def acts() -> Iterator[Worker]:
    with Worker(ACT, memory=300 * MB, seconds=PATIENCE_S) as shared:
        yield shared


def is_running(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


@pytest.mark.parametrize("payload", [b"", b"x", b"\0\xff" * 5, os.urandom(9 * MB)], ids=len)
def test_bytes_come_back_as_they_went(payload: bytes) -> None:
    with Worker("worker_jobs:echo") as echo:
        assert echo.call(payload) == payload


def test_a_thousand_quick_calls_are_answered_by_one_process() -> None:
    with Worker("worker_jobs:echo") as echo:
        echo.call(b"warm")
        pid, began = echo.pid(), time.process_time()
        answers = [echo.call(b"%d" % n) for n in range(1000)]
        assert answers == [b"%d" % n for n in range(1000)]
        assert echo.pid() == pid
        assert time.process_time() - began < 5


def test_calls_from_several_threads_never_mix() -> None:
    with Worker("worker_jobs:echo") as echo:
        wrong: list[bytes] = []

        def ask(name: bytes) -> None:
            for n in range(50):
                payload = name * 1000 + b"%d" % n
                wrong.extend([payload] if echo.call(payload) != payload else [])

        threads = [threading.Thread(target=ask, args=(bytes([65 + n]),)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert wrong == []


@pytest.mark.parametrize("job", ["sleep", "spin"])
def test_a_job_that_takes_too_long_is_stopped(job: str) -> None:
    with Worker(ACT, seconds=0.5) as hurried:
        pid = int(hurried.call(b"pid"))
        with pytest.raises(WorkerFailed, match="took too long"):
            hurried.call(job.encode())
        assert not Path(f"/proc/{pid}").exists()
        hurried.warm()
        assert hurried.pid() != pid


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of the system is Linux's")
def test_a_job_that_wants_too_much_memory_is_stopped(acts: Worker) -> None:
    with pytest.raises(WorkerFailed, match="too much memory"):
        acts.call(b"eat %d" % (400 * MB))
    assert acts.call(b"eat 3") == b"\0\0\0"


def test_elsewhere_the_parent_watches_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "resident", lambda pid: 400 * MB)
    monkeypatch.setattr(worker.sys, "platform", "darwin")
    with (
        Worker(ACT, memory=300 * MB, seconds=PATIENCE_S) as watched,
        pytest.raises(WorkerFailed) as error,
    ):
        watched.call(b"sleep")
    assert "too much memory" in error.value.what


def test_the_memory_of_a_process_can_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")  # a bare system has no `ps`
    assert worker.resident(os.getpid()) > 10 * MB
    assert worker.resident(2**22 + 1) == 0


def test_a_child_killed_in_the_middle_of_a_job_is_an_error_and_the_next_call_works(
    acts: Worker, tmp_path: Path
) -> None:
    pid, started = int(acts.call(b"pid")), tmp_path / "started"

    def kill() -> None:
        until(started.exists)
        os.kill(pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(WorkerFailed, match="interrupted before it finished"):
        acts.call(f"sleep {started}".encode())
    killer.join()
    assert int(acts.call(b"pid")) != pid


def test_a_child_killed_while_idle_is_not_noticed(acts: Worker) -> None:
    pid = int(acts.call(b"pid"))
    os.kill(pid, signal.SIGKILL)
    until(lambda: acts.pid() is None)
    assert int(acts.call(b"pid")) != pid


def test_an_error_meant_for_the_person_arrives_as_it_is(acts: Worker) -> None:
    with pytest.raises(EditConflict) as conflict:
        acts.call(b"conflict")
    assert conflict.value.what == "Elena Marin saved first."
    assert conflict.value.hint == "Compare both texts."
    with pytest.raises(UnknownFormat, match="Did you mean “pdf”"):
        acts.call(b"unknown")


def test_a_bug_is_named_and_quotes_nothing(acts: Worker, tmp_path: Path) -> None:
    with Worker(ACT) as fresh, pytest.raises(WorkerFailed, match="ZeroDivisionError") as failed:
        fresh.call(b"bug")
    reports = list(tmp_path.rglob("crash-*.txt"))
    assert "ZeroDivisionError" in reports[0].read_text()
    assert "secret" not in str(failed.value) + reports[0].read_text()
    with pytest.raises(WorkerFailed, match="SystemExit"):
        acts.call(b"leave")


def test_what_a_library_prints_does_not_disturb_the_answer(acts: Worker) -> None:
    assert acts.call(b"chatter") == b"quiet"


def test_a_child_reaches_no_network_and_writes_no_large_file(acts: Worker, tmp_path: Path) -> None:
    with pytest.raises(WorkerFailed, match="PermissionError"):
        acts.call(b"home")
    with pytest.raises(WorkerFailed, match="OSError"):
        acts.call(f"flood {tmp_path / 'flood'}".encode())


def test_a_child_speaks_the_language_of_the_interface(acts: Worker) -> None:
    i18n.use("ru")
    try:
        assert acts.call(b"language") == b"ru"
    finally:
        i18n.use("en")
    assert acts.call(b"language") == b"en"


def test_a_child_imports_nothing_its_target_does_not_need(acts: Worker) -> None:
    modules = set(acts.call(b"modules").decode().split())
    assert not modules & {"pytest", "click", "msgspec", "PySide6", "sqlalchemy", "pressdesk.cli"}


def test_a_result_may_be_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "REPLY_LIMIT", 1000)
    with Worker(ACT) as acts:
        with pytest.raises(WorkerFailed, match="too large"):
            acts.call(b"eat 1001")
        assert acts.call(b"eat 1000") == bytes(1000)


def test_a_target_that_is_not_there_fails_each_call() -> None:
    with Worker("worker_jobs:nothing") as nothing:
        for _attempt in range(2):
            with pytest.raises(WorkerFailed, match="AttributeError"):
                nothing.call(b"")


SLOW_JOBS = """
import pathlib, time
from worker_jobs import act
while not pathlib.Path({gate!r}).exists():
    time.sleep(0.01)
"""


def test_warming_returns_at_once_and_the_first_call_uses_that_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The child cannot answer before it is let: it is asked for a module that waits for it."""
    gate = tmp_path / "gate"
    (tmp_path / "slow_jobs.py").write_text(SLOW_JOBS.format(gate=str(gate)))
    monkeypatch.syspath_prepend(tmp_path)
    with Worker("slow_jobs:act") as fresh:
        fresh.warm()
        pid = fresh.pid()
        gate.touch()
        assert int(fresh.call(b"pid")) == pid


def test_closing_ends_a_running_job_and_the_child(tmp_path: Path) -> None:
    busy, started = Worker(ACT, seconds=PATIENCE_S), tmp_path / "started"
    pid = int(busy.call(b"pid"))

    def close() -> None:
        until(started.exists)
        busy.close()

    closer = threading.Thread(target=close)
    closer.start()
    with pytest.raises(WorkerFailed, match="interrupted before it finished"):
        busy.call(f"sleep {started}".encode())
    closer.join()
    until(lambda: not Path(f"/proc/{pid}").exists())
    with pytest.raises(WorkerFailed, match="closing"):
        busy.call(b"pid")
    busy.close()


PARENT = """
import contextlib, sys, threading, time
from pressdesk.base.worker import Worker, WorkerFailed
acts = Worker("worker_jobs:act", seconds=60)
print(acts.call(b"pid").decode(), flush=True)
def spin():
    with contextlib.suppress(WorkerFailed):
        acts.call(b"spin")
if sys.argv[1] == "busy":
    threading.Thread(target=spin, daemon=True).start()
    time.sleep(0.3)
print("ready", flush=True)
if sys.argv[2] == "killed":
    time.sleep(60)
"""


@pytest.mark.parametrize("manner", ["killed", "leaving"])
@pytest.mark.parametrize("state", ["idle", "busy"])
def test_no_child_outlives_its_parent(state: str, manner: str) -> None:
    paths = os.pathsep.join(filter(None, sys.path))
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, state, manner],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
    )
    pid = int(parent.stdout.readline())
    assert parent.stdout.readline() == b"ready\n"
    if manner == "killed":
        parent.kill()
    _rest, complaints = parent.communicate(timeout=PATIENCE_S)
    assert complaints == b""
    assert parent.returncode == (-signal.SIGKILL if manner == "killed" else 0)
    until(lambda: not is_running(pid))


def test_one_job_in_a_child_of_its_own() -> None:
    limits = {"memory": 300 * MB, "cpu_seconds": 5, "seconds": PATIENCE_S}
    pids = {run_once(ACT, b"pid", **limits) for _n in range(2)}
    assert len(pids) == 2
    assert not any(Path(f"/proc/{int(pid)}").exists() for pid in pids)


@pytest.mark.slow
def test_one_job_has_limits_of_time() -> None:
    with pytest.raises(WorkerFailed, match="too long"):
        run_once(ACT, b"spin", memory=300 * MB, cpu_seconds=1, seconds=PATIENCE_S)
    with pytest.raises(WorkerFailed, match="too long"):
        run_once(ACT, b"sleep", memory=300 * MB, cpu_seconds=5, seconds=1)


def test_a_file_beside_the_documents_is_never_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(tmp_path)
    with Worker(ACT) as acts:
        assert acts.call(b"chatter") == b"quiet"
