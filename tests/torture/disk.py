"""Stands between PressDesk and the disk: compiles ``disk.c`` and reads what it recorded."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).with_name("disk.c")
LOADED = "PRESSDESK_TORTURE_DISK"
"""In the environment of a program that was started with the library in front: where it is."""

ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS)


class Call(IntEnum):
    """What becomes of the n-th writing call; the same numbers as in ``disk.c``."""

    PASS = 0
    FAIL_ONCE = 1
    FAIL_ON = 2
    KILL = 3
    TEAR = 4
    LIE = 5
    """From then on each write says it was done; for a control."""


class Op(NamedTuple):
    """One thing done to the disk: see ``disk.c`` for the letters."""

    kind: str
    path: str
    other: str
    offset: int
    data: bytes


def compiled() -> Path | None:
    """The library, made in a temporary folder; None where there is no C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return None
    made = Path(tempfile.mkdtemp(prefix="pressdesk-torture-")) / "disk.so"
    order = [compiler, "-O2", "-shared", "-fPIC", "-o", made, SOURCE, "-lpthread"]
    if subprocess.run(order, capture_output=True, check=False).returncode:
        shutil.rmtree(made.parent)
        return None
    return made


def loaded() -> ctypes.CDLL | None:
    """The library this program was started with, None without one."""
    where = os.environ.get(LOADED)
    return ctypes.CDLL(where) if where else None


def watch(
    folder: Path,
    *,
    at: int = 0,
    call: Call = Call.PASS,
    error: int = 0,
    log: Path | None = None,
    deaf: bool = False,
) -> None:
    """In this process from now on: count what is written in ``folder``, and stop at a call.

    log   where to record everything that is done there
    deaf  calls that flush are answered and not done: what a control needs
    """
    library = loaded()
    assert library is not None
    if log is not None:
        library.disk_record(os.fsencode(log))
    library.disk_deafen(int(deaf))
    library.disk_arm(ctypes.c_long(at), int(call), error)
    library.disk_watch(os.fsencode(folder))


def calls() -> int:
    """How many writing calls there were since ``watch``."""
    library = loaded()
    assert library is not None
    library.disk_calls.restype = ctypes.c_long
    return int(library.disk_calls())


def recorded(log: Path) -> tuple[Op, ...]:
    """What the library wrote down."""
    return tuple(_read(log.read_bytes())) if log.exists() else ()


def _read(data: bytes) -> Iterator[Op]:
    head, place = struct.Struct("=cIIQQ"), 0
    while place < len(data):
        kind, first, second, offset, size = head.unpack_from(data, place)
        place += head.size
        path = os.fsdecode(data[place : place + first])
        other = os.fsdecode(data[place + first : place + first + second])
        place += first + second
        written = data[place : place + size] if kind == b"W" else b""
        place += len(written)
        yield Op(kind.decode(), path, other, offset, written)
