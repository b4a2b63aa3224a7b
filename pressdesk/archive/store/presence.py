"""Marks a desk as open for writing: a file beside it for as long as it is open.

SQLite cannot tell: under a rollback journal a connection at rest holds no lock at all. The
mark is a file that each open desk holds a shared lock on; the system drops the lock when a
program ends, however it ends, and the last one to leave takes the file away.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pressdesk.base.errors import DeskLocked
from pressdesk.base.i18n import _

try:
    import fcntl
except ImportError:  # Windows refuses to replace a file that somebody has open
    fcntl = None  # type: ignore[assignment]

_TRIES = 20
_PAUSE = 0.05
"""Seconds between two looks at a lock that somebody else holds."""


def mark_of(path: Path) -> Path:
    """The file that is there while the desk is open."""
    return path.with_name(f".{path.name}.open")


class DeskMark:
    """Marks a desk as open. If no mark can be made, the desk is opened without one."""

    def __init__(self, path: Path, *, seconds: float = 0.0) -> None:
        """Raises DeskLocked while a backup of the desk is being restored.

        seconds  how long to wait for that, or for another program that brings it up to date
        """
        self._mark = mark_of(path)
        self._handle = _wait(self._mark, alone=False, seconds=seconds)
        if self._handle is None and fcntl is not None and _is_locked(self._mark):
            what = _("The desk “{path}” is being restored from a backup.").format(path=path)
            raise DeskLocked(what, hint=_("Wait until it finishes, then open it."))

    def end(self) -> None:
        """Remove the mark; the last window to close deletes its file. Idempotent."""
        handle, self._handle = self._handle, None
        if handle is not None:
            _leave(self._mark, handle)


@contextmanager
def alone(path: Path, *, seconds: float = 0.0) -> Iterator[None]:
    """Context in which no one else has, or can get, the desk open for writing.

    seconds  how long to wait for whoever has
    raises   DeskLocked when somebody still has
    """
    mark = mark_of(path)
    handle = _wait(mark, alone=True, seconds=seconds)
    if handle is None and fcntl is not None and _is_locked(mark):
        what = _("The desk “{path}” is open in another window.").format(path=path)
        raise DeskLocked(what, hint=_("Close it there, then try again; nothing was changed."))
    try:
        yield
    finally:
        if handle is not None:
            _leave(mark, handle)


def _wait(mark: Path, *, alone: bool, seconds: float) -> int | None:
    """As ``_lock``, after waiting while another lock stands against it."""
    until = time.monotonic() + seconds
    while (handle := _lock(mark, alone=alone)) is None:
        if fcntl is None or not _is_locked(mark) or time.monotonic() >= until:
            break
        time.sleep(_PAUSE)
    return handle


def _lock(mark: Path, *, alone: bool) -> int | None:
    """A handle that holds the lock; None when another one stands against it, or none can be."""
    if fcntl is None:
        return None
    wanted = (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB
    for _try in range(_TRIES):
        try:
            handle = os.open(mark, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError:
            return None
        try:
            fcntl.flock(handle, wanted)
            if os.fstat(handle).st_ino == mark.stat().st_ino:
                return handle
        except FileNotFoundError:
            pass  # the last one before took the mark away in between: begin anew
        except OSError:
            os.close(handle)
            return None
        os.close(handle)
    return None


def _is_locked(mark: Path) -> bool:
    return mark.exists() and os.access(mark, os.R_OK)


def _leave(mark: Path, handle: int) -> None:
    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        mark.unlink(missing_ok=True)
    os.close(handle)
