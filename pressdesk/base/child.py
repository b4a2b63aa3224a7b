"""The child side of a worker process: reads jobs from a pipe, answers each, ends with its parent.

A request is a length, the language of the interface, a NUL and the payload; an answer is a
length, one letter and a body. The child imports nothing of PressDesk but this, the errors,
the languages and the module it is asked to run.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import struct
import sys
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import BinaryIO, NoReturn

from pressdesk.base import core_dumps

DONE, REFUSED, BROKEN, NO_MEMORY, TOO_LONG = b"+", b"!", b"?", b"m", b"l"
"""First letter of an answer: a result, a PressDeskError, a bug, a limit, too much of a result."""

NO_TIME = b"t"
"""What the parent notes when it stopped the child."""

HEADER = struct.Struct("!Q")
GRACE_S = 2.0
"""How much later than its parent would the child ends itself."""

_FORBIDDEN = (
    "socket.bind",
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.sendto",
    "subprocess.Popen",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.system",
)

Job = Callable[[bytes], bytes]


def main(specification: str) -> NoReturn:
    """Serve one target until the parent closes the pipe or dies; never returns.

    The specification is JSON: target ("module:function"), memory, cpu, file, seconds, reply;
    a limit of 0 is none.
    """
    spec = json.loads(specification)
    source, sink = _private_pipes()
    _limit(spec)
    requests: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(source, requests), daemon=True).start()
    _alarm(spec["seconds"] + 30)
    letter, body, job = _find(spec["target"])
    _answer(sink, letter, body)
    sys.addaudithook(_refuse)
    while True:
        _alarm(0)
        request = requests.get()
        _alarm(spec["seconds"])
        letter, body = _run(job, request, spec["reply"])
        _answer(sink, letter, body)
        if letter == NO_MEMORY:
            os._exit(1)  # the heap is full of rubble: a new child is cheaper than a sick one
        del request, body


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes, out of reach of a library that prints or reads."""
    source = os.fdopen(os.dup(0), "rb")
    sink = os.fdopen(os.dup(1), "wb", buffering=0)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is the parent's
    return source, sink


def _limit(spec: dict[str, int]) -> None:
    if sys.platform == "win32":
        return
    import resource

    wanted = [
        (resource.RLIMIT_AS, spec["memory"] if sys.platform == "linux" else 0, 0),
        (resource.RLIMIT_CPU, spec["cpu"], 1),  # a second between the signal that can be told
        (resource.RLIMIT_FSIZE, spec["file"], 0),  # and the one that cannot
    ]
    for which, value, margin in wanted:
        if value:
            resource.setrlimit(which, (value, value + margin))
    core_dumps.forbid()


def _alarm(seconds: float) -> None:
    """Let the system end this process should neither it nor its parent be able to."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds + GRACE_S if seconds else 0)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(f"{event} is not for a child process")


def _listen(source: BinaryIO, requests: SimpleQueue[bytes]) -> None:
    # Reading beside the job lets the end of the parent end a job that still runs.
    while True:
        header = source.read(HEADER.size)
        if len(header) < HEADER.size:
            os._exit(0)
        try:
            requests.put(source.read(HEADER.unpack(header)[0]))
        except MemoryError:
            os._exit(1)


def _find(target: str) -> tuple[bytes, bytes, Job]:
    module, _colon, name = target.partition(":")
    try:
        job: Job = getattr(importlib.import_module(module), name)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the parent must hear of it
        return BROKEN, _reported(error), bytes
    return DONE, b"", job


def _run(job: Job, request: bytes, limit: int) -> tuple[bytes, bytes]:
    from pressdesk.base import i18n
    from pressdesk.base.errors import PressDeskError

    language, _nul, payload = request.partition(b"\0")
    i18n.use(language.decode())
    try:
        body = job(payload)
    except PressDeskError as error:
        names = [kind.__name__ for kind in type(error).__mro__]
        return REFUSED, json.dumps([names, error.what, error.hint]).encode()
    except MemoryError:
        return NO_MEMORY, b""
    except BaseException as error:  # noqa: BLE001 - whatever it is, the parent must hear of it
        return BROKEN, _reported(error)
    return (DONE, body) if len(body) <= limit else (TOO_LONG, b"")


def _reported(error: BaseException) -> bytes:
    from pressdesk.base import crash

    with contextlib.suppress(MemoryError, ImportError):
        crash.report(error)
    return type(error).__name__.encode()


def _answer(sink: BinaryIO, letter: bytes, body: bytes) -> None:
    view = memoryview(body)
    try:
        sink.write(HEADER.pack(len(view) + 1) + letter)
        while view:
            view = view[sink.write(view) :]
    except OSError:
        os._exit(0)
