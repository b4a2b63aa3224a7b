"""The inside of the process that looks a desk through: at the lowest priority, for reading."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import msgspec

_LEAST = 19


def look(payload: bytes) -> bytes:
    """Look through the desk file of this path; its report as JSON.

    raises  DeskUnavailable and its kind when the file cannot be opened at all, but for one
            that is damaged: that is what the report is for
    """
    from pressdesk.archive import checking
    from pressdesk.archive.checking import Fault, Report
    from pressdesk.archive.file import desk_file
    from pressdesk.base.errors import DeskForeign

    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(_LEAST)
    path = Path(payload.decode("utf-8", "surrogateescape"))
    try:
        archive = desk_file.open_desk(path, read_only=True)
    except DeskForeign as error:
        return msgspec.json.encode(Report({}, (Fault("file", error.what),)))
    try:
        return msgspec.json.encode(checking.check(archive))
    finally:
        archive.close()
