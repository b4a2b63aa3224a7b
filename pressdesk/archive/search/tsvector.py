"""The index on PostgreSQL: one row of tsvectors per edition, built from our own stems.

The vectors are written as literals, so that the server's parser and dictionaries play no part
and both databases find the same. Tokens of the meta column bear a "#", which no stem can hold.
source  postgresql.org/docs/15/textsearch-limitations.html: 16,383 positions, 256 of a lexeme,
        2 KB a lexeme, 1 MB a vector; what is beyond is left out here, as a save must not fail
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, text

from pressdesk.archive.search.docs import Texts
from pressdesk.archive.search.expression import (
    Begins,
    Both,
    Either,
    Expression,
    TokenRun,
    Without,
)

TABLE = "search_text"
POSITIONS, REPEATS, LETTERS, BYTES = 16_383, 256, 500, 1_000_000
NEAR = 1000
"""So many of the newest texts are looked at before the index is asked for all."""


def make(connection: Connection) -> None:
    """Make the empty index, over an older one if need be."""
    ready(connection)
    # Not DROP: whoever may write to the desk may also fill its index anew.
    connection.exec_driver_sql(f"DELETE FROM {TABLE}")


def ready(connection: Connection) -> None:
    """Make the index where there is none: in a desk older than it."""
    if connection.execute(text(f"SELECT to_regclass('{TABLE}')")).scalar() is not None:
        return
    connection.exec_driver_sql(
        f"CREATE TABLE {TABLE} (key bigint PRIMARY KEY, tsv tsvector NOT NULL,"
        " tsv_title tsvector NOT NULL)"
    )
    for column in ("tsv", "tsv_title"):
        connection.exec_driver_sql(
            f"CREATE INDEX ix_{TABLE}_{column} ON {TABLE} USING gin ({column})"
        )


def put(connection: Connection, rows: Sequence[tuple[int, Texts]]) -> None:
    """Add documents under keys that are free."""
    order = f"INSERT INTO {TABLE} VALUES (:key, CAST(:tsv AS tsvector), CAST(:title AS tsvector))"
    made = [
        {
            "key": key,
            "tsv": vector((_marked(meta), title, subtitle, body)),
            "title": vector((title, subtitle)),
        }
        for key, (title, subtitle, body, meta) in rows
    ]
    if made:
        connection.execute(text(order), made)


def forget(connection: Connection, rows: Sequence[tuple[int, Texts]]) -> None:
    """Take documents out."""
    gone = [{"key": key} for key, _texts in rows]
    if gone:
        connection.execute(text(f"DELETE FROM {TABLE} WHERE key = :key"), gone)


def keys(
    connection: Connection,
    asked: Expression,
    *,
    lowest: int,
    highest: int,
    limit: int,
) -> list[int]:
    """The keys of hits within [lowest, highest], the newest first.

    What many texts hold is met soon among the newest. Of what is not, the index knows all, and
    they are few. The server cannot tell the two apart: it counts with a word it has no figure
    for as with any other, and would look through every text for one in none.
    cost  some milliseconds; 10 ms more for what is rare
    """
    queries: list[str] = []
    holds = _condition(asked, queries)
    values = {f"q{number}": query for number, query in enumerate(queries)} | {
        "lowest": lowest,
        "highest": highest,
        "limit": limit,
        "near": NEAR + limit,
    }
    for order in (_AMONG_NEWEST, _BY_INDEX):
        found = connection.execute(text(order.format(holds=holds)), values).scalars().all()
        if len(found) == limit:
            break
    return [int(key) for key in found]


_HERE = "key BETWEEN :lowest AND :highest"
_AMONG_NEWEST = f"""
    SELECT key FROM (
        SELECT * FROM {TABLE} WHERE {_HERE} ORDER BY key DESC LIMIT :near
    ) AS newest
    WHERE {{holds}} ORDER BY key DESC LIMIT :limit
"""
# The range stands outside: inside, the server may take it for the better index.
_BY_INDEX = f"""
    WITH found AS MATERIALIZED (SELECT key FROM {TABLE} WHERE {{holds}})
    SELECT key FROM found WHERE {_HERE} ORDER BY key DESC LIMIT :limit
"""


def optimise(connection: Connection) -> None:
    """Update the server's statistics at once instead of minutes later.

    Until then it fetches and sorts every text with a common word. Without the right to do it,
    nothing happens.
    """
    connection.exec_driver_sql(f"ANALYZE {TABLE}")


def merge(connection: Connection) -> bool:
    """Does nothing: the server maintains its index itself."""
    return False


def sound(connection: Connection) -> bool:
    """Every document has its vectors and every vector its document."""
    lost = text(
        f"SELECT 1 FROM {TABLE} FULL JOIN search_doc USING (key)"
        f" WHERE {TABLE}.tsv IS NULL OR search_doc.edition_id IS NULL LIMIT 1"
    )
    return connection.execute(lost).first() is None


def _condition(asked: Expression, queries: list[str]) -> str:
    """SQL for an expression: one tsquery for each part that asks one column only.

    Tokens go in as bound parameters, quoted; nothing typed is ever syntax.
    """
    columns = set(_columns(asked))
    if len(columns) <= 1:
        queries.append(rendered(asked))
        column = columns.pop() if columns else "tsv"
        return f"{column} @@ CAST(:q{len(queries) - 1} AS tsquery)"
    match asked:
        case Both(parts=parts):
            return "(" + " AND ".join(_condition(part, queries) for part in parts) + ")"
        case Either(parts=parts):
            return "(" + " OR ".join(_condition(part, queries) for part in parts) + ")"
        case Without(part=part, minus=minus):
            return f"({_condition(part, queries)} AND NOT {_condition(minus, queries)})"
        case _:
            raise AssertionError("a run of tokens asks one column")


def _columns(asked: Expression) -> Iterator[str]:
    match asked:
        case TokenRun(field=field) | Begins(field=field):
            yield "tsv_title" if field == "title" else "tsv"
        case Both(parts=parts) | Either(parts=parts):
            for part in parts:
                yield from _columns(part)
        case Without(part=part, minus=minus):
            yield from _columns(part)
            yield from _columns(minus)


def rendered(asked: Expression) -> str:
    """An expression in the syntax of tsquery. Only quoted tokens."""
    match asked:
        case TokenRun(tokens=tokens, field=field):
            return "(" + " <-> ".join(_quoted(one, field) for one in tokens) + ")"
        case Begins(token=token, field=field):
            return f"{_quoted(token, field)}:*"
        case Both(parts=parts):
            return "(" + " & ".join(rendered(part) for part in parts) + ")"
        case Either(parts=()):
            return "'#xnothing'"
        case Either(parts=parts):
            return "(" + " | ".join(rendered(part) for part in parts) + ")"
        case Without(part=part, minus=minus):
            return f"({rendered(part)} & !{rendered(minus)})"


def _quoted(token: str, field: str) -> str:
    return _literal(f"#{token}" if field == "meta" else token)


def _literal(token: str) -> str:
    bare = token[:LETTERS].replace("\0", " ").replace("\\", "\\\\").replace("'", "''")
    return f"'{bare}'"


def _marked(meta: str) -> str:
    return " ".join(f"#{token}" for token in meta.split())


def vector(columns: Iterable[str]) -> str:
    """The literal of a tsvector. Columns are a step apart: no phrase runs from one to the next."""
    places: dict[str, list[int]] = {}
    at = 0
    for column in columns:
        for token in column.split():
            at += 1
            known = places.setdefault(token[:LETTERS], [])
            if at <= POSITIONS and len(known) < REPEATS:
                known.append(at)
        at += 1
    size = sum(len(token.encode()) + 2 * len(known) + 4 for token, known in places.items())
    if size > BYTES:
        return _bare(places)
    return " ".join(_placed(token, known) for token, known in places.items())


def _placed(token: str, known: Sequence[int]) -> str:
    return f"{_literal(token)}:{','.join(map(str, known))}" if known else _literal(token)


def _bare(places: Iterable[str]) -> str:
    """Without positions, and as many tokens as there is room for; meta came first."""
    kept, room = [], BYTES
    for token in places:
        room -= len(token.encode()) + 4
        if room < 0:
            break
        kept.append(_literal(token))
    return " ".join(kept)
