"""Counts what answers have in common: from counts kept ready, or over the newest hits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import msgspec
from sqlalchemy import Connection, RowMapping, select

from pressdesk.archive.search import finding
from pressdesk.archive.tables import facet_cube, facet_value, search_doc
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
_AT_ONCE = 500


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
    low = question.since.year * 12 + question.since.month - 1 if question.since else None
    high = question.until.year * 12 + question.until.month - 1 if question.until else None
    rows = [
        row
        for row in connection.execute(select(facet_cube)).mappings().all()
        if (low is None or row["month"] >= low)
        and (high is None or row["month"] <= high)
        and all(row[name] in wanted for name, wanted in narrow.items())
    ]
    counted: dict[str, Counter[str]] = {name: Counter() for name in (*_CUBE, "year")}
    months: Counter[tuple[int, str]] = Counter()
    for row in rows:
        for name in _CUBE:
            counted[name][row[name]] += row["number"]
        counted["year"][str(row["month"] // 12)] += row["number"]
        months[row["month"], row["kind"]] += row["number"]
    total = sum(row["number"] for row in rows)
    if question == Question(sort=question.sort):
        values = [_ready(connection, name) for name, _column in _VALUES]
    else:
        values = _values(_rows(connection, _newest(connection, question, now).keys))
    return Facets(total, False, (*_shown(counted), *values), _months(months))


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
    counted: dict[str, Counter[str]] = {name: Counter() for name in (*_CUBE, "year")}
    months: Counter[tuple[int, str]] = Counter()
    for row in rows:
        for name in _CUBE:
            counted[name][row[name]] += 1
        counted["year"][str(row["month"] // 12)] += 1
        months[row["month"], row["kind"]] += 1
    shown = (*_shown(counted), *_values(rows))
    return Facets(len(rows), found.after is not None, shown, _months(months))


def _newest(connection: Connection, question: Question, now: datetime) -> finding.Found:
    by_date = msgspec.structs.replace(question, sort="date")
    return finding.find(connection, by_date, now, None, NEWEST)


def _rows(connection: Connection, keys: tuple[int, ...]) -> list[RowMapping]:
    out: list[RowMapping] = []
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        query = select(search_doc).where(search_doc.c.key.in_(some))
        out.extend(connection.execute(query).mappings().all())
    return out


def _values(rows: Sequence[RowMapping]) -> list[Facet]:
    made = []
    for name, column in _VALUES:
        counted: Counter[str] = Counter()
        for row in rows:
            if row[column] != "[]":
                counted.update(_texts.decode(row[column]))
        made.append(_facet(name, counted))
    return made


def _facet(name: FacetName, counted: Counter[str]) -> Facet:
    order = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return Facet(name, tuple(Count(value, number) for value, number in order[:TOP]))


def _shown(counted: Mapping[str, Counter[str]]) -> tuple[Facet, ...]:
    years = sorted(counted["year"].items(), reverse=True)
    named = tuple(_facet(name, counted[name]) for name in _CUBE)
    return (*named, Facet("year", tuple(Count(year, number) for year, number in years)))


def _months(counted: Counter[tuple[int, str]]) -> tuple[MonthCount, ...]:
    return tuple(MonthCount(month, kind, n) for (month, kind), n in sorted(counted.items()))
