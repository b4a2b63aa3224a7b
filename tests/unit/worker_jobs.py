"""Functions a child process runs in the worker's tests: good, slow, greedy and broken ones."""

from __future__ import annotations

import os
import socket
import sys
import time
from pathlib import Path

from pressdesk.base.errors import EditConflict, UnknownFormat
from pressdesk.base.i18n import interface


def echo(payload: bytes) -> bytes:
    """The same bytes."""
    return payload


def limits(_payload: bytes) -> bytes:
    """What the system allows this process."""
    return Path("/proc/self/limits").read_bytes()


def act(payload: bytes) -> bytes:
    """Whatever the payload names."""
    name, _space, argument = payload.decode().partition(" ")
    return _ACTS[name](argument)


def _sleep(argument: str) -> bytes:
    Path(argument).touch() if argument else None
    time.sleep(60)
    return b"too late"


def _spin(argument: str) -> bytes:
    while True:
        pass


def _eat(argument: str) -> bytes:
    return bytes(bytearray(int(argument)))


def _conflict(argument: str) -> bytes:
    raise EditConflict("Elena Marin saved first.", hint="Compare both texts.")


def _unknown(argument: str) -> bytes:
    raise UnknownFormat("pfd", ["pdf", "html"])


def _bug(argument: str) -> bytes:
    raise ZeroDivisionError("the text of a secret statement")


def _leave(argument: str) -> bytes:
    sys.exit(3)


def _chatter(argument: str) -> bytes:
    print("noise on the standard output", flush=True)
    os.write(1, b"and below it")
    return b"quiet"


def _call_home(argument: str) -> bytes:
    socket.create_connection(("127.0.0.1", 9), timeout=1)
    return b"connected"


def _flood(argument: str) -> bytes:
    Path(argument).write_bytes(b"x" * 8 * 2**20)
    return b"written"


_ACTS = {
    "pid": lambda _argument: str(os.getpid()).encode(),
    "modules": lambda _argument: " ".join(sys.modules).encode(),
    "language": lambda _argument: interface().encode(),
    "sleep": _sleep,
    "spin": _spin,
    "eat": _eat,
    "conflict": _conflict,
    "unknown": _unknown,
    "bug": _bug,
    "leave": _leave,
    "chatter": _chatter,
    "home": _call_home,
    "flood": _flood,
}


def render_something_else(payload: bytes) -> bytes:
    """A render process whose PDF says something else than its sheet."""
    import dataclasses

    from msgspec.structs import replace

    from pressdesk.desk import render_child
    from pressdesk.document.nodes import Document
    from pressdesk.document.tools import paragraph
    from pressdesk.formats import registry
    from pressdesk.formats.writers import pdf

    real = pdf.WRITER
    other = Document((paragraph("Something else."),))
    faulty = dataclasses.replace(
        real, write=lambda sheet, context: real.write(replace(sheet, body=other), context)
    )
    registry.writer = {"pdf": faulty}.__getitem__
    return render_child.run(payload)
