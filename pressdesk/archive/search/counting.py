"""Counts kept with the index: how many texts have each value, and which stems occur."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import astuple
from sqlalchemy import Connection, Table, select

from pressdesk.archive.search.docs import Doc
from pressdesk.archive.store import dialects
from pressdesk.archive.store.tables import facet_cube, facet_value, search_doc, search_stem

_texts = msgspec.json.Decoder(list[str])


class CountChanges(Struct, frozen=True):
    """By how much each count moves. The keys are those of the tables."""

    cube: Counter[tuple[Any, ...]]
    values: Counter[tuple[Any, ...]]
    stems: Counter[str]

    def add(self, other: CountChanges) -> None:
        """Take in another one."""
        self.cube.update(other.cube)
        self.values.update(other.values)
        self.stems.update(other.stems)


def count(connection: Connection, old: Sequence[Doc], new: Sequence[Doc]) -> None:
    """Take the old documents out of every count and add the new ones."""
    found = counted(new)
    if old:
        for kept, gone in zip(astuple(found), astuple(counted(old)), strict=True):
            kept.subtract(gone)
    move(connection, found)


def counted(docs: Sequence[Doc]) -> CountChanges:
    """What these documents add to the counts. Pure: may run in another process."""
    cube: Counter[tuple[Any, ...]] = Counter()
    valued: Counter[tuple[Any, ...]] = Counter()
    found: Counter[str] = Counter()
    for doc in docs:
        cube[doc.kind, doc.state, doc.language, doc.month] += 1
        valued.update(doc.values())
        found.update(stems_of(doc))
    return CountChanges(cube, valued, found)


def move(connection: Connection, by: CountChanges) -> None:
    """Change every count by so much."""
    _move(connection, facet_cube, by.cube)
    _move(connection, facet_value, by.values)
    _move(connection, search_stem, {(stem,): n for stem, n in by.stems.items()})


def stems_of(doc: Doc) -> set[str]:
    """The stems of a document, each once."""
    return set(f"{doc.title} {doc.subtitle} {doc.body}".split())


def _move(connection: Connection, table: Table, by: Mapping[tuple[Any, ...], int]) -> None:
    """Change the numbers of one table; what falls to zero goes."""
    names = [column.name for column in table.primary_key.columns]
    rows = [(*key, n) for key, n in by.items() if n]
    if not rows:
        return
    mark = dialects.mark(connection)
    places, marks = ", ".join(names), ", ".join([mark] * (len(names) + 1))
    connection.exec_driver_sql(
        f"INSERT INTO {table.name} ({places}, number) VALUES ({marks})"
        f" ON CONFLICT ({places}) DO UPDATE SET number = {table.name}.number + excluded.number",
        rows,
    )
    gone = [row[:-1] for row in rows if row[-1] < 0]
    if gone:
        same = " AND ".join(f"{name} = {mark}" for name in names)
        order = f"DELETE FROM {table.name} WHERE {same} AND number <= 0"
        connection.exec_driver_sql(order, gone)


def clear(connection: Connection) -> None:
    """Forget every count."""
    for table in (facet_cube, facet_value, search_stem):
        connection.execute(table.delete())


def values(connection: Connection) -> dict[tuple[str, str], int]:
    """Topics, places and speakers counted in the documents themselves; for a check."""
    found: Counter[tuple[str, str]] = Counter()
    columns = (search_doc.c.topics, search_doc.c.places, search_doc.c.speakers)
    for row in connection.execute(select(*columns)):
        for facet, packed in zip(("topic", "place", "speaker"), row, strict=True):
            found.update((facet, value) for value in _texts.decode(packed))
    return dict(found)
