"""What was begun and what was acknowledged, written down by the one who does it."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from pressdesk.document.tools import plain
from pressdesk.press.release import Edition

NAME = "ledger"
"""Of the file; ``disk.c`` neither counts nor cuts what is written to it."""

Line = dict[str, Any]


class Ledger:
    """Appends one line at each step, in one call that a kill cannot split."""

    def __init__(self, folder: Path) -> None:
        self._file = os.open(folder / NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def begin(self, act: str, **facts: Any) -> None:
        """Something is about to be asked for: it may or may not be done."""
        self._write({"done": False, "act": act, **facts})

    def done(self, act: str, **facts: Any) -> None:
        """It was acknowledged: from now on it must be there."""
        self._write({"done": True, "act": act, **facts})

    def _write(self, line: Line) -> None:
        os.write(self._file, json.dumps(line).encode() + b"\n")


def lines(data: bytes) -> list[Line]:
    """What was written; a last line without its end was not."""
    whole = data[: data.rfind(b"\n") + 1]
    return [json.loads(line) for line in whole.splitlines()]


def read(folder: Path) -> list[Line]:
    """The ledger of a folder."""
    file = folder / NAME
    return lines(file.read_bytes()) if file.exists() else []


def mark(edition: Edition) -> str:
    """Stands for the words of an edition."""
    words = "\0".join((edition.title, edition.subtitle, edition.notes, plain(edition.body)))
    return hashlib.sha256(words.encode()).hexdigest()[:16]
