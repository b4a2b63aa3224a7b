"""Counts what answers have in common: from counts kept ready, or over the newest hits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, func, select

from pressdesk.archive import dialects
from pressdesk.archive.search import finding
from pressdesk.archive.tables import facet_cube, facet_value
from pressdesk.press import searching
from pressdesk.press.searching import (
    All,
    Count,
    Facet,
    FacetName,
    Facets,
    Filter,
    MonthCount,
    Node,
    Question,
)

NEWEST = 2000
"""Hits that are counted; beyond them a count is marked as more."""

TOP = 200
"""Values of a facet that are handed out."""

_CUBE: tuple[FacetName, ...] = ("kind", "state", "language")
_VALUES: tuple[tuple[FacetName, str], ...] = (
    ("topic", "topics"),
    ("place", "places"),
    ("speaker", "speakers"),
)
_texts = msgspec.json.Decoder(list[str])
_Row = tuple[Any, ...]
"""Kind, state, language, month, topics, places, speakers; the last three as JSON."""


def facets(connection: Connection, question: Question, now: datetime) -> Facets:
    """See ``Search.facets``."""
    narrow = _cube_filters(question)
    if narrow is not None:
        return _from_cube(connection, question, narrow, now)
    return _from_hits(connection, question, now)


def _cube_filters(question: Question) -> Mapping[str, frozenset[str]] | None:
    """The question as values of kind, state and language, None when it asks for more.

    Days must be whole months: the counts know no days.
    """
    since, until = question.since, question.until
    if (since and since.day != 1) or (until and not _last_of_month(until)):
        return None
    parts = question.tree.parts if isinstance(question.tree, All) else (question.tree,)
    out: dict[str, frozenset[str]] = {}
    for part in parts:
        named = _one_dimension(part) if part is not None else None
        if part is not None and (named is None or named[0] in out):
            return None
        if named is not None:
            out[named[0]] = named[1]
    return out


def _one_dimension(node: Node) -> tuple[str, frozenset[str]] | None:
    if isinstance(node, Filter):
        # What is free of an embargo changes with the hour: it cannot be counted ahead.
        fits = node.dimension in ("kind", "language") or (
            node.dimension == "state" and node.value == "draft"
        )
        return (node.dimension, frozenset((node.value,))) if fits else None
    if isinstance(node, searching.Any):
        found = [_one_dimension(part) for part in node.parts]
        names = {one[0] for one in found if one is not None}
        if len(names) == 1 and None not in found:
            return names.pop(), frozenset().union(*(one[1] for one in found if one is not None))
    return None


def _last_of_month(day: date) -> bool:
    return day == date.max or date.fromordinal(day.toordinal() + 1).day == 1


def _from_cube(
    connection: Connection, question: Question, narrow: Mapping[str, frozenset[str]], now: datetime
) -> Facets:
    holds: list[ColumnElement[bool]] = [
        facet_cube.c[name].in_(sorted(wanted)) for name, wanted in narrow.items()
    ]
    if question.since:
        holds.append(facet_cube.c.month >= question.since.year * 12 + question.since.month - 1)
    if question.until:
        holds.append(facet_cube.c.month <= question.until.year * 12 + question.until.month - 1)
    number = func.sum(facet_cube.c.number)

    def summed(*columns: ColumnElement[Any]) -> Sequence[Row[*tuple[Any, ...]]]:
        query = select(*columns, number).where(*holds).group_by(*columns)
        return connection.execute(query).all()

    counted = {name: _counter(summed(facet_cube.c[name])) for name in _CUBE}
    monthly = {
        (row[0], row[1]): int(row[2]) for row in summed(facet_cube.c.month, facet_cube.c.kind)
    }
    if question == Question(sort=question.sort):
        values = [_ready(connection, name) for name, _column in _VALUES]
    else:
        values = _values(_rows(connection, _newest(connection, question, now).keys))
    shown = (*_shown(counted, monthly), *values)
    return Facets(sum(monthly.values()), False, shown, _months(monthly))


def _counter(rows: Sequence[Row[*tuple[Any, ...]]]) -> Counter[str]:
    return Counter({row[0]: int(row[1]) for row in rows})


def _ready(connection: Connection, name: FacetName) -> Facet:
    query = (
        select(facet_value.c.value, facet_value.c.number)
        .where(facet_value.c.facet == name)
        .order_by(facet_value.c.number.desc(), facet_value.c.value)
        .limit(TOP)
    )
    found = connection.execute(query).all()
    return Facet(name, tuple(Count(row.value, row.number) for row in found))


def _from_hits(connection: Connection, question: Question, now: datetime) -> Facets:
    found = _newest(connection, question, now)
    rows = _rows(connection, found.keys)
    counted = {name: Counter(row[at] for row in rows) for at, name in enumerate(_CUBE)}
    monthly = Counter((row[3], row[0]) for row in rows)
    shown = (*_shown(counted, monthly), *_values(rows))
    return Facets(len(rows), found.after is not None, shown, _months(monthly))


def _newest(connection: Connection, question: Question, now: datetime) -> finding.Found:
    by_date = msgspec.structs.replace(question, sort="date")
    return finding.find(connection, by_date, now, None, NEWEST)


def _rows(connection: Connection, keys: Sequence[int]) -> Sequence[_Row]:
    """What is counted of the documents with these keys."""
    if not keys:
        return []
    columns = "kind, state, language, month, topics, places, speakers"
    found = connection.exec_driver_sql(*dialects.among(columns, "search_doc", "key", keys))
    return [tuple(row) for row in found.all()]


def _values(rows: Sequence[_Row]) -> list[Facet]:
    made = []
    for at, (name, _column) in enumerate(_VALUES, 4):
        packed = Counter(row[at] for row in rows)
        counted: Counter[str] = Counter()
        for text, number in packed.items():
            for value in _texts.decode(text):
                counted[value] += number
        made.append(_facet(name, counted))
    return made


def _facet(name: FacetName, counted: Counter[str]) -> Facet:
    order = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return Facet(name, tuple(Count(value, number) for value, number in order[:TOP]))


def _shown(
    counted: Mapping[FacetName, Counter[str]], monthly: Mapping[tuple[int, str], int]
) -> tuple[Facet, ...]:
    years: Counter[int] = Counter()
    for (month, _kind), number in monthly.items():
        years[month // 12] += number
    by_year = sorted(years.items(), reverse=True)
    named = tuple(_facet(name, counted[name]) for name in _CUBE)
    return (*named, Facet("year", tuple(Count(str(year), number) for year, number in by_year)))


def _months(monthly: Mapping[tuple[int, str], int]) -> tuple[MonthCount, ...]:
    return tuple(MonthCount(month, kind, n) for (month, kind), n in sorted(monthly.items()))
