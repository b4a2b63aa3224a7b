"""The parent's end of a child process: starts it, talks to it, watches it and ends it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import weakref
from contextlib import suppress
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


class Limits:
    """What a child may take; 0 is no limit."""

    def __init__(
        self, target: str, *, memory: int, seconds: float, cpu: int = 0, start: float = START_S
    ) -> None:
        self.memory = memory
        self.seconds = seconds
        self.start = start
        self.specification = json.dumps(
            {
                "target": target,
                "memory": memory,
                "cpu": cpu,
                "file": FILE_LIMIT,
                "seconds": seconds,
                "reply": REPLY_LIMIT,
            }
        )


class Child:
    """One process and its two pipes."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._ready = False
        try:
            self._process = _spawn(limits.specification)
        except OSError as error:
            raise WorkerFailed(_("A helper process could not be started.")) from error
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
            hint = _("A report without any of your text was kept. Your text is safe.")
            return WorkerFailed(what.format(kind=body.decode(errors="replace")), hint=hint)
        case child.NO_TIME:
            what = _("This took too long and was stopped.")
        case child.NO_MEMORY:
            what = _("This needed more memory than it may have and was stopped.")
        case child.TOO_LONG:
            what = _("The result is too large.")
        case _:
            what = _("The process that did this ended before it was done.")
    return WorkerFailed(what, hint=_("Your text is safe. Try again, or with a shorter text."))


def _refusal(names: list[str], what: str, hint: str) -> PressDeskError:
    """The error of the nearest known class; a child cannot name one that is no refusal."""
    kinds = (getattr(errors, name, None) for name in names)
    fitting = (k for k in kinds if isinstance(k, type) and issubclass(k, PressDeskError))
    kind = next(fitting, PressDeskError)
    error = kind.__new__(kind)
    PressDeskError.__init__(error, what, hint=hint)
    return error
