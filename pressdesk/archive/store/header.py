"""Identifies a file from its first bytes before any driver opens it."""

from __future__ import annotations

import struct
from collections import Counter
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from pressdesk.archive.store import faults
from pressdesk.archive.store.schema_number import APPLICATION_ID, SCHEMA

_MAGIC = b"SQLite format 3\0"
_LENGTH = 100

TAILS = ("-journal", "-wal", "-shm")
"""What SQLite puts beside a file, behind its name."""


class Header(Struct, frozen=True):
    """What the gate needs to know of a desk file."""

    schema: int
    wal: bool
    """The file was last used with a write-ahead log."""


class _Held:
    """Files this process has open through SQLite, by device and inode.

    Closing any other handle on such a file drops the locks SQLite holds on it (POSIX), and
    two programs could then write at once. So the header of a held file is never read.
    """

    counts: ClassVar[Counter[tuple[int, int]]] = Counter()
    headers: ClassVar[dict[tuple[int, int], Header]] = {}
    lock = Lock()


def hold(path: Path) -> tuple[int, int]:
    """Read the header and mark the file as open here; returns the key to ``let_go`` by.

    raises  as ``check`` does; then nothing is held.
    """
    with _Held.lock:
        key = key_of(path)
        if not _Held.counts[key]:
            _Held.headers[key] = check(path)
        _Held.counts[key] += 1
        return key


def header(key: tuple[int, int]) -> Header:
    """The header of a held file."""
    return _Held.headers[key]


def is_held(path: Path) -> bool:
    """This process has the file open; raises DeskUnavailable when there is none."""
    with _Held.lock:
        return _Held.counts[key_of(path)] > 0


def lifted(key: tuple[int, int], schema: int) -> None:
    """The held file was brought up to this schema."""
    with _Held.lock:
        _Held.headers[key] = replace(_Held.headers[key], schema=schema)


def let_go(key: tuple[int, int]) -> None:
    """The desk is closed."""
    with _Held.lock:
        _Held.counts[key] -= 1
        if _Held.counts[key] <= 0:
            del _Held.counts[key]
            _Held.headers.pop(key, None)


def key_of(path: Path) -> tuple[int, int]:
    """Which file the name leads to now; raises DeskUnavailable when to none."""
    try:
        stat = path.stat()
    except FileNotFoundError as error:
        raise faults.missing(path) from error
    except OSError as error:
        raise faults.unreadable(path) from error
    return stat.st_dev, stat.st_ino


def check(path: Path) -> Header:
    """Judge a file that is not open in this process.

    raises  DeskUnavailable when there is none or it cannot be read, DeskForeign when it is
            empty or another program's, DeskTooNew when a newer PressDesk made it. Damage
            further on is SQLite's to notice, which also counts the pages at every opening.
    source  the SQLite file format, section 1.3: the database header
    """
    try:
        with path.open("rb") as file:
            head = file.read(_LENGTH)
    except FileNotFoundError as error:
        raise faults.missing(path) from error
    except OSError as error:
        raise faults.unreadable(path) from error
    if not head:
        raise faults.empty(path)
    if len(head) < _LENGTH or not head.startswith(_MAGIC):
        raise faults.foreign(path)
    (schema, application) = struct.unpack(">60xi4xi", head[:72])
    if application != APPLICATION_ID or schema < 1:
        raise faults.foreign(path)
    if schema > SCHEMA:
        raise faults.too_new(path)
    return Header(schema, wal=head[18] == 2)


def take_away(file: Path) -> None:
    """Let an unfinished or needless file go with all that SQLite left beside it."""
    for tail in ("", *TAILS):
        with suppress(OSError):
            file.with_name(file.name + tail).unlink(missing_ok=True)


def has_tail(path: Path, tail: str) -> bool:
    """True if a non-empty journal is beside the file: an unfinished transaction."""
    beside = path.with_name(path.name + tail)
    return beside.exists() and beside.stat().st_size > 0
