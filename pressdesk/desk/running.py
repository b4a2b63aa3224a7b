"""Detects whether the program ended cleanly last time, by a marker that a crash leaves behind."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from pressdesk.base.errors import WriteFailed
from pressdesk.base.files import own_folder
from pressdesk.base.settings import data_folder

_MARK = "running-{pid}"


def begin() -> bool:
    """Leave the mark of this process; True when one before it crashed or was killed.

    Marks of programs that still run are left alone: two windows are no crash.
    """
    place = data_folder()
    crashed = False
    with suppress(OSError, WriteFailed):
        own_folder(place)
        for path in place.glob("running-*"):
            if not _runs(path):
                crashed = True
                path.unlink(missing_ok=True)
        (place / _MARK.format(pid=os.getpid())).touch()
    return crashed


def end() -> None:
    """Take the mark away: everything was kept."""
    with suppress(OSError):
        (data_folder() / _MARK.format(pid=os.getpid())).unlink(missing_ok=True)


def _runs(path: Path) -> bool:
    number = re.fullmatch(r"running-(\d+)", path.name)
    return number is not None and int(number[1]) != os.getpid() and alive(int(number[1]))


def alive(pid: int) -> bool:
    """True while there is a process of this number."""
    try:
        with suppress(PermissionError):
            os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    return True
