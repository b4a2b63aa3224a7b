"""Runs a function in a child process with limits on time and memory.

The child is a plain interpreter that imports the target's module and nothing else of this
process. It ends at once when this process ends, however that happens.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import IO, Self

from pressdesk.base import child, errors, i18n
from pressdesk.base.errors import PressDeskError, WorkerFailed
from pressdesk.base.i18n import _

START_S = 30.0
"""Time a child may take to import its target, on a cold and busy machine."""

REPLY_LIMIT = 256 * 2**20
"""Longest result of a job, in bytes."""

FILE_LIMIT = 2**20
"""Longest file a child may write: a crash report fits, a flood does not."""

_WATCH_S = 0.2
_BOOT = """
import sys
specification, sys.path[:] = sys.argv[1], sys.argv[2:]
from pressdesk.base import child
child.main(specification)
"""


class Worker:
    """A persistent child that runs ``target``, a function from bytes to bytes ("module:name").

    memory   bytes the child may take, 0 for no limit. Held by the system on Linux;
             elsewhere the resident size is watched from here.
    seconds  wall time of one job, watched from here: the child is killed and the next call
             gets a new one.
    cpu      seconds of computing for all jobs together, 0 for no limit
    start    wall time added to that of the first job, for the target's imports

    One job at a time; calls from several threads wait for each other.
    """

    def __init__(
        self,
        target: str,
        *,
        memory: int = 0,
        seconds: float = 10,
        cpu: int = 0,
        start: float = START_S,
    ) -> None:
        self._limits = _Limits(target, memory, seconds, cpu, start)
        self._turn = threading.Lock()
        self._starting = threading.Lock()
        self._closed = False
        self._child: _Child | None = None

    def warm(self) -> None:
        """Start the child now, without waiting until it is ready; nothing when it runs."""
        with suppress(WorkerFailed):
            self._alive()

    def call(self, payload: bytes) -> bytes:
        """The result of the function for ``payload``.

        raises  the PressDeskError the function raised, with its ``what`` and ``hint``;
                WorkerFailed when it ran out of time or memory, died, broke in a way it should
                not (a crash report is left) or the worker is closed. The next call works.
        cost    about 0.1 ms and two copies of the bytes once the child is warm.
        """
        with self._turn:
            return self._alive().call(payload)

    def close(self) -> None:
        """End the child; a running call fails at once. Never waits for a job."""
        with self._starting:
            self._closed = True
            if self._child is not None:
                self._child.end()

    def pid(self) -> int | None:
        """The process of the child, None when none runs."""
        return self._child.pid if self._child is not None and self._child.alive() else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _alive(self) -> _Child:
        with self._starting:
            if self._closed:
                raise WorkerFailed(_("PressDesk is closing."))
            if self._child is None or not self._child.alive():
                self._child = _Child(self._limits)
            return self._child


def run_once(
    target: str,
    payload: bytes,
    *,
    memory: int,
    cpu_seconds: int,
    seconds: float,
    begun: Callable[[Worker], object] = lambda _worker: None,
) -> bytes:
    """Run ``target`` on ``payload`` in a child of its own that ends afterwards.

    begun   is given the worker before the child begins: for another thread that may close it
    raises  as ``Worker.call``; the wall limit covers the start of the child too.
    cost    the start of an interpreter and the target's imports.
    """
    with Worker(target, memory=memory, seconds=seconds, cpu=cpu_seconds, start=0) as one:
        begun(one)
        return one.call(payload)


@dataclass(frozen=True, slots=True)
class _Limits:
    """What a child may take; 0 is no limit."""

    target: str
    memory: int
    seconds: float
    cpu: int
    start: float

    def specification(self) -> str:
        """What the child is told of it, see ``child.main``."""
        return json.dumps({**asdict(self), "file": FILE_LIMIT, "reply": REPLY_LIMIT})


class _Child:
    """One process and its two pipes."""

    def __init__(self, limits: _Limits) -> None:
        self._limits = limits
        self._ready = False
        try:
            self._process = _spawn(limits.specification())
        except OSError as error:
            raise WorkerFailed(_("A background process could not be started.")) from error
        self.pid = self._process.pid
        self._end = weakref.finalize(self, _finish, self._process)

    def alive(self) -> bool:
        """False once it is known to be dead."""
        return self._end.alive and self._process.poll() is None

    def call(self, payload: bytes) -> bytes:
        """One job; ends the process whenever anything about it went wrong."""
        allowed = self._limits.seconds + (0 if self._ready else self._limits.start)
        watch = _Watch(self._process, allowed, self._limits.memory)
        letter, body = b"", b""
        with suppress(OSError, ValueError), watch:
            letter, body = self._exchange(payload)
        letter = watch.verdict or letter
        if letter == child.DONE:
            return body
        if letter not in (child.REFUSED, child.BROKEN, child.TOO_LONG):
            self.end()
            letter = letter or self._last_words()
        raise _error(letter, body)

    def end(self) -> None:
        """Kill the process, wait for its end and close the pipes; harmless when repeated."""
        self._end()

    def _last_words(self) -> bytes:
        """Why a child ended that did not say so itself."""
        limits = ("SIGXCPU", "SIGALRM")
        fatal = [-getattr(signal, name) for name in limits if hasattr(signal, name)]
        return child.NO_TIME if self._process.returncode in fatal else b""

    def _exchange(self, payload: bytes) -> tuple[bytes, bytes]:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None
        if not self._ready:
            letter, body = _receive(stdout)
            if letter != child.DONE:
                self.end()
                return letter, body
            self._ready = True
        _send(stdin, i18n.interface().encode() + b"\0", payload)
        return _receive(stdout)


def _spawn(specification: str) -> subprocess.Popen[bytes]:
    # The path of this process, not the folder it was started in: a file called msgspec.py
    # beside somebody's documents must not become part of PressDesk.
    paths = [entry or os.getcwd() for entry in sys.path]  # noqa: PTH109 - argv takes str
    command = [sys.executable, "-P", "-c", _BOOT, specification, *paths]
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        pipesize=2**20,
        creationflags=hidden,
    )


def _finish(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()


def _send(pipe: IO[bytes], head: bytes, payload: bytes) -> None:
    header = child.HEADER.pack(len(head) + len(payload)) + head
    for part in (header, payload):
        view = memoryview(part)
        while view:
            view = view[pipe.write(view) :]


def _receive(pipe: IO[bytes]) -> tuple[bytes, bytes]:
    """Letter and body of an answer; ("", "") when the child is gone or talks nonsense."""
    header = _exactly(pipe, child.HEADER.size)
    size = child.HEADER.unpack(header)[0] if header else 0
    if not 1 <= size <= REPLY_LIMIT + 1:
        return b"", b""
    letter = _exactly(pipe, 1)
    body = _exactly(pipe, size - 1)
    return (b"", b"") if body is None or letter is None else (bytes(letter), bytes(body))


def _exactly(pipe: IO[bytes], size: int) -> bytearray | None:
    found = bytearray(size)
    view = memoryview(found)
    while view:
        read: int = pipe.readinto(view)  # type: ignore[attr-defined]  # raw pipes have it
        if not read:
            return None
        view = view[read:]
    return found


class _Watch:
    """Kills a process that takes too long or too much while a job runs."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float, memory: int) -> None:
        self.verdict = b""
        self._process = process
        self._deadline = time.monotonic() + seconds
        self._memory = 0 if sys.platform == "linux" else memory
        self._over = threading.Event()
        self._judging = threading.Lock()
        self._thread = threading.Thread(target=self._look, name="pressdesk-watch", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        with self._judging:
            self._over.set()

    def _look(self) -> None:
        while not self._over.wait(self._pause()):
            verdict = self._judge()
            with self._judging:
                if verdict and not self._over.is_set():
                    self.verdict = verdict
                    self._process.kill()
                    return

    def _pause(self) -> float:
        left = max(0.0, self._deadline - time.monotonic())
        return min(left, _WATCH_S) if self._memory else left

    def _judge(self) -> bytes:
        if time.monotonic() >= self._deadline:
            return child.NO_TIME
        return child.NO_MEMORY if resident(self._process.pid) > self._memory else b""


def resident(pid: int) -> int:
    """Bytes of memory a process of ours holds, 0 when it is gone."""
    import psutil  # where the system itself holds the limit, it is never needed

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def _error(letter: bytes, body: bytes) -> PressDeskError:
    match letter:
        case child.REFUSED:
            return _refusal(*json.loads(body))
        case child.BROKEN:
            what = _("Something went wrong inside PressDesk ({kind}).")
            hint = _("An error report without any of your text was saved. Your text is safe.")
            return WorkerFailed(what.format(kind=body.decode(errors="replace")), hint=hint)
        case child.NO_TIME:
            what = _("This took too long and was stopped.")
        case child.NO_MEMORY:
            what = _("This needed too much memory and was stopped.")
        case child.TOO_LONG:
            what = _("The result is too large.")
        case _:
            what = _("The operation was interrupted before it finished.")
    return WorkerFailed(what, hint=_("Your text is safe. Try again, or use a shorter text."))


def _refusal(names: list[str], what: str, hint: str) -> PressDeskError:
    """The error of the nearest known class; a child cannot name one that is no refusal."""
    kinds = (getattr(errors, name, None) for name in names)
    fitting = (k for k in kinds if isinstance(k, type) and issubclass(k, PressDeskError))
    kind = next(fitting, PressDeskError)
    error = kind.__new__(kind)
    PressDeskError.__init__(error, what, hint=hint)
    return error
