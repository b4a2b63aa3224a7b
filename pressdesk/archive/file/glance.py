"""The first rows of a desk's list, read while the way into the desk is still being imported."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from pressdesk.archive.store import bare
from pressdesk.archive.store.schema_number import APPLICATION_ID, SCHEMA
from pressdesk.base.errors import BadInput
from pressdesk.press.embargo import zone_of
from pressdesk.press.house import House
from pressdesk.press.listing import Glance, ReleaseRow, ranked

SECONDS = 0.1
"""How long another program that writes is waited for."""

_VIEW = "SELECT 1 FROM sqlite_master WHERE type = 'view'"
_HOUSE = "SELECT data FROM setting WHERE key = 'house'"
_HEADS = """
SELECT id, kind, reference, sort_date, CASE WHEN issued THEN issued_embargo ELSE embargo_at END
FROM release WHERE trashed_at IS NULL ORDER BY sort_date DESC, id DESC LIMIT ?
"""
_LINES = """
SELECT listed.release_id, listed.language, edition_id, listed.number, listed.state, listed.title,
       listed.date, issued, embargo_at
FROM listed LEFT JOIN edition ON edition.id = edition_id WHERE listed.release_id IN (%s)
"""


def glance(path: Path, *, limit: int) -> Glance | None:
    """The first rows of the whole list, as ``ReleaseLists.page`` has them.

    None where anything stands against it, such as another schema, a writer, or damage: whoever
    opens the desk says what it is. Nothing is changed, and no other handle on the file is made
    than SQLite's own.
    cost  2 ms, where opening the desk takes some 0.5 s the first time
    """
    if not path.is_file():  # opening a pipe waits for whoever writes into it
        return None
    try:
        with closing(
            bare.connect(path, read_only=True, immutable=False, seconds=SECONDS)
        ) as connection:
            return _read(connection, limit)
    except (sqlite3.Error, msgspec.MsgspecError, ValueError, TypeError, RecursionError, BadInput):
        return None


def _read(connection: sqlite3.Connection, limit: int) -> Glance | None:
    for order in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
        connection.execute(f"PRAGMA {order}")
    connection.execute("BEGIN")
    marks = [_one(connection, f"PRAGMA {name}") for name in ("application_id", "user_version")]
    if marks != [APPLICATION_ID, SCHEMA] or connection.execute(_VIEW).fetchone() is not None:
        return None
    house = msgspec.json.decode(_one(connection, _HOUSE), type=House)
    zone_of(house.zone)
    heads = connection.execute(_HEADS, (limit,)).fetchall()
    lines: defaultdict[int, list[dict[str, object]]] = defaultdict(list)
    asked = _LINES % ",".join("?" * len(heads))
    for release_id, *line in connection.execute(asked, [head[0] for head in heads]):
        lines[release_id].append(_line(*line))
    if not all(lines[head[0]] for head in heads):
        return None
    found = [_row(head, lines[head[0]]) for head in heads]
    rows = msgspec.convert(found, tuple[ReleaseRow, ...])  # every value is what it must be
    ordered = (replace(row, languages=ranked(row.languages, house.languages)) for row in rows)
    return Glance(tuple(ordered), house.languages, house.zone)


def _one(connection: sqlite3.Connection, question: str) -> Any:
    return connection.execute(question).fetchone()[0]


def _line(
    language: str,
    edition_id: int,
    number: int,
    state: str,
    title: str,
    day: str | None,
    issued: int,
    embargo: str | None,
) -> dict[str, object]:
    return {
        "language": language,
        "edition_id": edition_id,
        "number": number,
        "state": state,
        "title": title,
        "date": day,
        "issued": bool(issued),
        "embargo_until": _instant(embargo),
    }


def _row(head: Sequence[str], lines: Sequence[dict[str, object]]) -> dict[str, object]:
    one, kind, reference, day, embargo = head
    return {
        "id": one,
        "kind": kind,
        "reference": reference,
        "sort_date": day,
        "languages": lines,
        "embargo_until": _instant(embargo),
    }


def _instant(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC) if stored is not None else None
