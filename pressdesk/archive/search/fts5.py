"""The index on SQLite: a contentless FTS5 table of stems with row ids in date order.

It is fed ready tokens, so that SQLite's own idea of letters plays no part, and it can forget a
document only when it is told word for word what it was fed: see ``search_terms``.
source  sqlite.org/fts5.html, sections 4.4.3 (contentless tables) and 6.4 (the delete command)
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from pressdesk.archive.search.docs import Texts
from pressdesk.archive.search.expression import (
    Begins,
    Both,
    Either,
    Expression,
    TokenRun,
    Without,
)
from pressdesk.archive.store import dialects

TABLE = "search_text"
_FIELDS = {"text": "{title subtitle body}", "title": "{title subtitle}", "meta": "meta"}
_PAGES = 200
"""Merged at a time: some 30 ms."""


def make(connection: Connection) -> None:
    """Make the empty index, over an older one if need be."""
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {TABLE}")
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5("
        "title, subtitle, body, meta, content='', columnsize=0, tokenize='ascii')"
    )


def ready(connection: Connection) -> None:
    """Make the index where there is none: in a desk older than it."""
    query = f"SELECT 1 FROM sqlite_master WHERE name = '{TABLE}'"
    if connection.exec_driver_sql(query).first() is None:
        make(connection)


def put(connection: Connection, rows: Sequence[tuple[int, Texts]]) -> None:
    """Add documents under keys that are free.

    They go in by key, whatever order they come in: a key below the last one makes FTS5 write
    out all it has gathered, which takes three times as long for some hundreds of documents.
    """
    order = f"INSERT INTO {TABLE}(rowid, title, subtitle, body, meta) VALUES (?, ?, ?, ?, ?)"
    if rows:
        connection.exec_driver_sql(order, sorted((key, *texts) for key, texts in rows))


def forget(connection: Connection, rows: Sequence[tuple[int, Texts]]) -> None:
    """Take documents out; ``rows`` are exactly what ``put`` was given, else the index breaks."""
    order = (
        f"INSERT INTO {TABLE}({TABLE}, rowid, title, subtitle, body, meta) "
        "VALUES ('delete', ?, ?, ?, ?, ?)"
    )
    if rows:
        connection.exec_driver_sql(order, [(key, *texts) for key, texts in rows])


def keys(
    connection: Connection,
    asked: Expression,
    *,
    lowest: int,
    highest: int,
    limit: int,
) -> list[int]:
    """The keys of hits within [lowest, highest], the newest first.

    cost  0.1 ms a page for any word; more where terms hardly ever meet
    """
    found = dialects.rows(
        connection,
        f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH ? AND rowid BETWEEN ? AND ?"
        " ORDER BY rowid DESC LIMIT ?",
        (
            rendered(asked),
            lowest,
            highest,
            limit,
        ),
    )
    return [key for (key,) in found]


def merge(connection: Connection) -> bool:
    """Merge some pieces of the index, some hundred pages; False when few are left.

    source  sqlite.org/fts5.html, section 6.8: fewer than two changes, nothing was done
    """
    before = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
    order = f"INSERT INTO {TABLE}({TABLE}, rank) VALUES ('merge', {_PAGES})"
    connection.exec_driver_sql(order)
    after = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
    return int(after) - int(before) >= 2


def optimise(connection: Connection) -> None:
    """Merge the index into one segment: of what was taken out nothing remains in it.

    cost  25 ms where there are 10,000 texts
    """
    connection.exec_driver_sql(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")


def sound(connection: Connection) -> bool:
    """The index holds together; raises as damage does when it cannot even be read."""
    connection.exec_driver_sql(f"INSERT INTO {TABLE}({TABLE}) VALUES ('integrity-check')")
    return True


def rendered(asked: Expression) -> str:
    """An expression in FTS5's syntax. Only quoted tokens: nothing typed is ever syntax."""
    match asked:
        case TokenRun(tokens=tokens, field=field):
            return f"{_FIELDS[field]} : {_quoted(' '.join(tokens))}"
        case Begins(token=token, field=field):
            return f"{_FIELDS[field]} : {_quoted(token)} *"
        case Both(parts=parts):
            return "(" + " AND ".join(rendered(part) for part in parts) + ")"
        case Either(parts=()):
            return 'meta : "xnothing"'
        case Either(parts=parts):
            return "(" + " OR ".join(rendered(part) for part in parts) + ")"
        case Without(part=part, minus=minus):
            return f"({rendered(part)} NOT {rendered(minus)})"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""').replace("\0", " ") + '"'
