"""Crash reports: where an error occurred, without any of the text being written.

A report holds the kind of error, the chain of modules and lines, and versions. It never
holds the error's own text, values of variables, SQL, titles or paths of the person: all of
these may quote a text that is under embargo. Reports stay on this machine.
"""

from __future__ import annotations

import faulthandler
import platform
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from pressdesk import __version__
from pressdesk.base.errors import WriteFailed
from pressdesk.base.files import own_folder

KEPT = 20
"""Reports kept; older ones are deleted."""


def folder() -> Path:
    """Where crash reports lie; made on demand."""
    from platformdirs import user_log_path

    path = user_log_path("pressdesk", appauthor=False)
    own_folder(path)
    return path


def describe(error: BaseException, trace: TracebackType | None) -> str:
    """The text of a report: several lines, without anything the person typed."""
    lines = [
        f"PressDesk {__version__}, Python {platform.python_version()}, {platform.system()}",
        f"at {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC",
    ]
    link: BaseException | None = error
    while link is not None:
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        for frame in traceback.extract_tb(trace if link is error else link.__traceback__):
            name = Path(frame.filename)
            lines.append(f"  {name.parent.name}/{name.name}:{frame.lineno} {frame.name}")
        link = link.__cause__ or link.__context__
    return "\n".join(lines) + "\n"


def report(error: BaseException, trace: TracebackType | None = None) -> Path | None:
    """Write a report and return its path; None when even that is impossible.

    cost  one small file; the oldest beyond KEPT go.
    """
    try:
        place = folder()
        path = place / f"crash-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.txt"
        path.write_text(describe(error, trace or error.__traceback__), encoding="utf-8")
        for old in sorted(place.glob("crash-*.txt"))[:-KEPT]:
            old.unlink(missing_ok=True)
    except (OSError, WriteFailed):
        return None
    return path


def watch() -> TextIO | None:
    """Have the interpreter write its stack to a file if it crashes."""
    try:
        stream = (folder() / "fault.txt").open("a", encoding="utf-8")
    except (OSError, WriteFailed):
        return None
    faulthandler.enable(stream, all_threads=True)
    return stream


def is_bug(error: BaseException) -> bool:
    """False for what ends a program on purpose."""
    return not isinstance(error, KeyboardInterrupt | SystemExit)
