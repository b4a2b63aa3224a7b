"""Counts of facet values among the results: stored counts, or computed over the newest hits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, false, func, or_, select

from pressdesk.archive.search import finding
from pressdesk.archive.store import dialects
from pressdesk.archive.store.tables import edition, facet_cube, facet_value, search_doc
from pressdesk.press.periods import Period
from pressdesk.press.query import Count, Facet, FacetName, Facets, MonthCount, Node, Question
from pressdesk.press.selecting import FACETS, parts_of, selected, values, without
from pressdesk.press.states import OUT, State, Status, called, row_of

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
"""Kind, state, language, month, topics, places, speakers, key; three of them as JSON."""

_Names = Collection[FacetName]
_TIMELESS = frozenset(row_of(state).status for state in State if not state.out)
"""What is called the same at any hour, and so can be counted ahead."""

_Tally = Mapping[FacetName, Counter[str]]


def facets(connection: Connection, question: Question, now: datetime, fence: Node | None) -> Facets:
    """See ``Search.facets``. A facet some values of which are chosen is counted for itself, as
    if they were not; who chooses nothing pays nothing for that."""
    chosen = selected(question)
    rest = [name for name in FACETS if name not in chosen]
    found = _counted(connection, question, now, fence, rest)
    by_name = {facet.name: facet for facet in found.facets}
    months = found.months
    for name in chosen:
        apart = _counted(connection, without(question, name), now, fence, (name,))
        by_name |= {facet.name: facet for facet in apart.facets}
        months = apart.months if name == "year" else months
    shown = tuple(by_name[name] for name in FACETS if name in by_name)
    return Facets(found.total, found.more, shown, months)


def _counted(
    connection: Connection, question: Question, now: datetime, fence: Node | None, names: _Names
) -> Facets:
    narrow = _cube_filters(question) if fence is None else None
    if narrow is not None:
        return _from_cube(connection, question, narrow, now, names)
    return _from_hits(connection, question, now, fence, names)


def _cube_filters(question: Question) -> Mapping[str, frozenset[str]] | None:
    """The question as values of kind, state and language, None when it asks for more.

    Days must be whole months: the counts know no days.
    """
    if not all(days.first.day == 1 and _last_of_month(days.last) for days in question.ranges()):
        return None
    out: dict[str, frozenset[str]] = {}
    for part in parts_of(question.tree):
        # What is free of an embargo changes with the hour: it cannot be counted ahead.
        of = values(part)
        fits = all(
            one.dimension in ("kind", "language")
            or (one.dimension == "state" and one.value in _TIMELESS)
            for one in of
        )
        if not of or not fits or of[0].dimension in out:
            return None
        wanted = frozenset(one.value for one in of)
        if of[0].dimension == "state":
            wanted = frozenset(state.value for word in wanted for state in called(word))
        out[of[0].dimension] = wanted
    return out


def _last_of_month(day: date) -> bool:
    return day == date.max or date.fromordinal(day.toordinal() + 1).day == 1


def _from_cube(
    connection: Connection,
    question: Question,
    narrow: Mapping[str, frozenset[str]],
    now: datetime,
    names: _Names,
) -> Facets:
    holds: list[ColumnElement[bool]] = [
        facet_cube.c[name].in_(sorted(wanted)) for name, wanted in narrow.items()
    ]
    if question.since or question.until or question.on:
        holds.append(or_(false(), *(_within(days) for days in question.ranges())))
    number = func.sum(facet_cube.c.number)

    def summed(*columns: ColumnElement[Any]) -> Sequence[Row[*tuple[Any, ...]]]:
        query = select(*columns, number).where(*holds).group_by(*columns)
        return connection.execute(query).all()

    counted = {name: _counter(summed(facet_cube.c[name])) for name in _CUBE if name in names}
    if "state" in counted:
        held = _held(connection, now).values()
        fits = [row for row in held if _in_cube(row, question, narrow)]
        counted["state"] = _called(counted["state"], [row[2] for row in fits])
    monthly: dict[tuple[int, str], int] = {}
    if len(names) > 1 or "year" in names:  # a facet apart has no total of its own
        rows = summed(facet_cube.c.month, facet_cube.c.kind)
        monthly = {(row[0], row[1]): int(row[2]) for row in rows}
    wanted = [name for name, _column in _VALUES if name in names]
    values: list[Facet] = []
    if question == Question(sort=question.sort):
        values = [_ready(connection, name) for name in wanted]
    elif wanted:
        newest = _newest(connection, question, now, None)
        values = _values(_rows(connection, newest.keys), wanted, more=newest.after is not None)
    shown = (*_shown(counted, monthly, names, more=False), *values)
    return Facets(sum(monthly.values()), False, shown, _months(monthly))


def _within(days: Period) -> ColumnElement[bool]:
    return facet_cube.c.month.between(_month(days.first), _month(days.last))


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _held(connection: Connection, now: datetime) -> dict[int, _Row]:
    """Key, kind, state, language and month of what went out under an embargo that stands."""
    columns = [search_doc.c[name] for name in ("key", "kind", "state", "language", "month")]
    query = select(*columns).join(edition, edition.c.id == search_doc.c.edition_id)
    found = connection.execute(query.where(edition.c.embargo_at > now)).all()
    return {row.key: tuple(row) for row in found}


def _in_cube(row: _Row, question: Question, narrow: Mapping[str, frozenset[str]]) -> bool:
    named = dict(zip(_CUBE, row[1:4], strict=True))
    return all(named[name] in wanted for name, wanted in narrow.items()) and any(
        _month(days.first) <= row[4] <= _month(days.last) for days in question.ranges()
    )


def _called(states: Counter[str], held: Iterable[str]) -> Counter[str]:
    """How often each status is, as the filters call it.

    states  how often each state is
    held    the states of those among them that an embargo holds
    """
    found: Counter[str] = Counter()
    for state, number in states.items():
        found[row_of(State(state)).status] += number
    for state in held:
        found[row_of(State(state)).status] -= 1
        found[Status.EMBARGO] += 1
    return +found


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


def _from_hits(
    connection: Connection, question: Question, now: datetime, fence: Node | None, names: _Names
) -> Facets:
    found = _newest(connection, question, now, fence)
    more = found.after is not None
    rows = _rows(connection, found.keys)
    counted = {
        name: Counter(row[at] for row in rows) for at, name in enumerate(_CUBE) if name in names
    }
    if "state" in counted:
        held = _held(connection, now) if any(row[1] in OUT for row in rows) else {}
        holds = [row[1] for row in rows if row[7] in held]
        counted["state"] = _called(counted["state"], holds)
    monthly = Counter((row[3], row[0]) for row in rows)
    wanted = [name for name, _column in _VALUES if name in names]
    shown = (*_shown(counted, monthly, names, more=more), *_values(rows, wanted, more=more))
    return Facets(len(rows), more, shown, _months(monthly))


def _newest(
    connection: Connection, question: Question, now: datetime, fence: Node | None
) -> finding.FoundKeys:
    by_date = msgspec.structs.replace(question, sort="date")
    return finding.find(connection, by_date, now, None, NEWEST, fence)


def _rows(connection: Connection, keys: Sequence[int]) -> Sequence[_Row]:
    """What is counted of the documents with these keys."""
    if not keys:
        return []
    columns = "kind, state, language, month, topics, places, speakers, key"
    found = connection.exec_driver_sql(*dialects.among(columns, "search_doc", "key", keys))
    return [tuple(row) for row in found.all()]


def _values(rows: Sequence[_Row], names: _Names, *, more: bool) -> list[Facet]:
    made = []
    for at, (name, _column) in enumerate(_VALUES, 4):
        if name not in names:
            continue
        packed = Counter(row[at] for row in rows)
        counted: Counter[str] = Counter()
        for text, number in packed.items():
            for value in _texts.decode(text):
                counted[value] += number
        made.append(_facet(name, counted, more=more))
    return made


def _facet(name: FacetName, counted: Counter[str], *, more: bool) -> Facet:
    order = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return Facet(name, tuple(Count(value, number) for value, number in order[:TOP]), more)


def _shown(
    counted: _Tally, monthly: Mapping[tuple[int, str], int], names: _Names, *, more: bool
) -> tuple[Facet, ...]:
    named = [_facet(name, counted[name], more=more) for name in _CUBE if name in counted]
    if "year" in names:
        years: Counter[int] = Counter()
        for (month, _kind), number in monthly.items():
            years[month // 12] += number
        by_year = sorted(years.items(), reverse=True)
        counts = tuple(Count(str(year), number) for year, number in by_year)
        named.append(Facet("year", counts, more))
    return tuple(named)


def _months(monthly: Mapping[tuple[int, str], int]) -> tuple[MonthCount, ...]:
    return tuple(MonthCount(month, kind, n) for (month, kind), n in sorted(monthly.items()))
