"""Tells whether the program ended in order the last time: a mark that a crash leaves behind."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from pressdesk.base.settings import data_folder

_MARK = "running-{pid}"


def begin() -> bool:
    """Leave the mark of this process; True when one before it crashed or was killed.

    Marks of programs that still run are left alone: two windows are no crash.
    """
    place = data_folder()
    crashed = False
    with suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
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
    if number is None or int(number[1]) == os.getpid():
        return False
    try:
        with suppress(PermissionError):
            os.kill(int(number[1]), 0)
    except (ProcessLookupError, OverflowError):
        return False
    return True
