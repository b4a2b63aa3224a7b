"""Compares the schema of a desk file with the one PressDesk creates: tables, indexes, triggers."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, StaticPool, create_engine

from pressdesk.archive.file import triggers
from pressdesk.archive.search import rebuilding
from pressdesk.archive.store import faults
from pressdesk.archive.store.schema_number import SCHEMA
from pressdesk.archive.store.tables import metadata

# Letters, digits and whatever lies beyond ASCII make a word, as SQLite's own tokeniser has it.
_TOKEN = re.compile(
    r"""[ \t\n\f\r]+ | --[^\n]*\n? | /\*.*?\*/
    | (?P<said> '(?:[^']|'')*' | "(?:[^"]|"")*" | [\w$\x80-\U0010ffff]+ | . )""",
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_CONSTRAINTS = frozenset({"CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK"})
_OWN = frozenset({"sqlite_sequence", "sqlite_stat1", "sqlite_stat3", "sqlite_stat4"})
"""Tables that SQLite makes for itself. Another name of the kind is no proof: whoever may write
the schema may give any."""
_INDEX = "search_text"
_SHADOWS = re.compile(rf"{_INDEX}_(data|idx|content|docsize|config)")
"""Tables that belong to the search index, of a form that is the library's."""

Objects = Mapping[tuple[str, str], tuple[str, ...]]
"""What a database is made of: the normalised text of each object by its type and name."""


def unexplained(
    connection: Connection, number: int = SCHEMA, *, guarded: bool = True
) -> tuple[str, ...]:
    """Schema objects that PressDesk did not create, and those of its own that are missing.

    The white space of a text and the order of the constraints of a table say nothing: a
    migration writes them another way than ``create`` does.
    number   of the schema the desk has
    guarded  False for one that must have no trigger at all
    source   sqlite.org/schematab.html
    cost     4 ms; 15 ms more the first time
    """
    there, made = objects(connection), expected() if number == SCHEMA else published(number)
    if not guarded:
        made = {key: text for key, text in made.items() if key[0] != "trigger"}
    wrong = {key for key in there.keys() | made.keys() if there.get(key) != made.get(key)}
    return tuple(
        sorted(f"{kind} {name}: {_how(there, made, (kind, name))}" for kind, name in wrong)
    )


VIEWS = "SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name"


def in_place_of_tables(views: Iterable[object]) -> str:
    """Names the views, among ``VIEWS``, that bear the names of our tables; "" for none.

    What they show is stored nowhere, may be without end, and looks like ours.
    """
    ours = {name.casefold() for name in (*metadata.tables, _INDEX)}
    found = [f"view {name}" for name in views if str(name).casefold() in ours]
    return "; ".join(found[: faults.FEW])


def _how(there: Objects, made: Objects, key: tuple[str, str]) -> str:
    if key not in there:
        return "missing"
    return "altered" if key in made else "foreign"


@cache
def expected() -> Objects:
    """What a new desk of this version is made of."""

    def make(connection: Connection) -> None:
        metadata.create_all(connection, checkfirst=False)
        rebuilding.begin(connection)
        triggers.make(connection)

    return _made(make)


def published(number: int) -> Objects:
    """What a desk of an earlier schema is made of, as its PressDesk made it."""

    def make(connection: Connection) -> None:
        bare = connection.connection.driver_connection
        assert isinstance(bare, sqlite3.Connection)
        bare.executescript(script(number))

    return _made(make)


def script(number: int) -> str:
    """The SQL that makes the empty tables and guards of an earlier schema."""
    folder = Path(__file__).parents[1] / "migrations" / "schemas"
    return (folder / f"{number}.sql").read_text("utf-8")


def _made(make: Callable[[Connection], None]) -> Objects:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    try:
        with engine.begin() as connection:
            make(connection)
            return objects(connection)
    finally:
        engine.dispose()


def objects(connection: Connection) -> Objects:
    """The current schema objects of a database, without the search index."""
    rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master").all()
    return {
        (str(kind), str(name)): _text(str(kind), str(name), sql)
        for kind, name, sql in rows
        if not (kind == "table" and name in _OWN)
        and not (kind == "index" and sql is None)  # of a constraint, and goes with its table
    }


def _text(kind: str, name: str, sql: object) -> tuple[str, ...]:
    if kind == "table" and _SHADOWS.fullmatch(name):
        return ()
    return normalised(str(sql))


def normalised(sql: str) -> tuple[str, ...]:
    """The text that made an object, in tokens; of a table the constraints come last, sorted."""
    tokens = tuple(_tokens(sql))
    if tokens[:2] != ("CREATE", "TABLE") or "(" not in tokens:
        return tokens
    start, end = tokens.index("("), len(tokens) - 1 - tokens[::-1].index(")")
    parts = tuple(_parts(tokens[start + 1 : end]))
    columns = [part for part in parts if part[0] not in _CONSTRAINTS]
    others = sorted(part for part in parts if part[0] in _CONSTRAINTS)
    inner = [token for part in (*columns, *others) for token in (*part, ",")]
    return (*tokens[: start + 1], *inner, *tokens[end:])


def _tokens(sql: str) -> Iterator[str]:
    """Words, strings and signs, without white space and comments.

    Of quotation marks only those around the names of our tables say nothing: renaming a table
    puts them there. Around anything else they may make a string of a name.
    """
    for found in _TOKEN.finditer(sql):
        if said := found["said"]:
            yield said[1:-1] if said[:1] == '"' and said[1:-1] in metadata.tables else said


def _parts(tokens: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """What stands between the commas that no parentheses hold."""
    part: list[str] = []
    depth = 0
    for token in tokens:
        depth += {"(": 1, ")": -1}.get(token, 0)
        if token == "," and not depth:
            yield tuple(part)
            part = []
        else:
            part.append(token)
    if part:
        yield tuple(part)
