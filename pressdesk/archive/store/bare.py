"""A bare connection to a desk file; SQLAlchemy is not needed for it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from pressdesk.archive.store import limits

BUSY_SECONDS = 5.0


def connect(path: Path, *, read_only: bool, immutable: bool, seconds: float) -> sqlite3.Connection:
    """A bare connection that never makes a file and leaves transactions to the caller.

    One that only reads is bounded, see ``limits``: what it reads may be anybody's.
    """
    mode = "ro" if read_only else "rw"
    # A path from here would be taken for one from the root of the disk.
    name = quote(os.fsencode(path.absolute().as_posix()))
    # SQLite takes what follows two slashes for a host; a share begins with two of its own.
    uri = f"file://{'' if name.startswith('/') else '/'}{name}?mode={mode}"
    uri += "&immutable=1" if immutable else ""
    made = sqlite3.connect(
        uri, uri=True, timeout=seconds, isolation_level=None, check_same_thread=False
    )
    limits.cap(made)
    if read_only:
        limits.bound(made, path)
    return made
