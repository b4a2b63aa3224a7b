"""What a desk file may cost: the length of a value, and the work of reading it.

A desk may come from anybody. A view in it can go on for ever, and a recursive statement of a few
words can take all memory.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

LONGEST = 64 * 2**20
"""Bytes of the largest value in a desk: the originals of imports, the largest by far, are 50 MB."""

AT_LEAST = 50_000_000
"""Steps of SQLite's machine that any desk may take in one go: some seconds."""

A_BYTE = 2
"""Steps for each byte of the file on top. To look a whole desk through takes 0.03."""

_STEPS = 100_000
"""Steps between two looks at the budget."""


def cap(connection: sqlite3.Connection) -> None:
    """Refuse values longer than LONGEST from now on: "string or blob too big"."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)


def bound(connection: sqlite3.Connection, path: Path) -> None:
    """Interrupt what takes far more steps, all together, than a desk of this size can need.

    Counted anew from each call. In steps, not seconds: a slow machine finishes, too.
    cost    some microseconds
    """
    left = (AT_LEAST + A_BYTE * _size(path)) // _STEPS

    def going_on() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    connection.set_progress_handler(going_on, _STEPS)


def unbound(connection: sqlite3.Connection) -> None:
    """Let what follows take as long as it takes: it writes, to tables that were proven ours."""
    connection.set_progress_handler(None, 0)


def _size(path: Path) -> int:
    """Bytes of the file on the disk: a hole in it costs whoever made it nothing."""
    try:
        found = path.stat()
    except OSError:
        return 0
    blocks = getattr(found, "st_blocks", None)
    # A file system that compresses says fewer blocks than there are bytes.
    return found.st_size if blocks is None else min(found.st_size, 16 * 512 * blocks)
