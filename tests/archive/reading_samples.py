"""What the tests of reading share: a word of its own wherever a text can be in a desk."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pressdesk.document.nodes import Document, Paragraph, Text
from pressdesk.press.release import Edition

LONG_AGO = datetime(2024, 5, 6, 9, tzinfo=UTC)
PAST, AHEAD = LONG_AGO + timedelta(days=1), datetime(2199, 1, 1, tzinfo=UTC)


class Canaries:
    """A word of its own for every place a text can be in; each is out or is not."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.hidden: list[str] = []

    def said(self, place: str) -> str:
        self.out.append(f"kaolinshown{place}")
        return self.out[-1]

    def kept(self, place: str) -> str:
        self.hidden.append(f"zirconhidden{place}")
        return self.hidden[-1]


def text(name: Callable[[str], str], place: str, language: str = "en", **rest: Any) -> Edition:
    """An edition with a canary in each field."""
    words = {part: name(place + part) for part in ("title", "subtitle", "summary", "notes", "body")}
    body = Document((Paragraph((Text(f"The gauge of {words.pop('body')} was read on Monday."),)),))
    return Edition(**{"language": language, "body": body} | words | rest)


def fields_of(given: Edition) -> dict[str, Any]:
    return {
        name: getattr(given, name)
        for name in ("title", "subtitle", "summary", "notes", "body", "contacts")
    }


def everything(file: Path) -> bytes:
    """The bytes of a file and, unpacked, of every value in it that is packed."""
    found = [file.read_bytes()]
    with sqlite3.connect(file) as bare:
        tables = [row[0] for row in bare.execute("SELECT name FROM sqlite_master WHERE sql > ''")]
        for table in tables:
            try:
                rows = bare.execute(f'SELECT * FROM "{table}"').fetchall()
            except sqlite3.OperationalError:  # an index
                continue
            for value in (value for row in rows for value in row if isinstance(value, bytes)):
                try:
                    found.append(zlib.decompress(value))
                except zlib.error:
                    found.append(value)
    bare.close()
    return b"\n".join(found)
