"""Parses dates in a search: a day, a month or a year, in English or Russian."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from pressdesk.document.analyser import fold


class Period(Struct, frozen=True):
    """From the first to the last of some days, both included."""

    first: date
    last: date


_MONTHS = (
    ("january", "jan", "январь", "января", "январе", "янв"),
    ("february", "feb", "февраль", "февраля", "феврале", "фев"),
    ("march", "mar", "март", "марта", "марте", "мар"),
    ("april", "apr", "апрель", "апреля", "апреле", "апр"),
    ("may", "май", "мая", "мае"),
    ("june", "jun", "июнь", "июня", "июне", "июн"),
    ("july", "jul", "июль", "июля", "июле", "июл"),
    ("august", "aug", "август", "августа", "августе", "авг"),
    ("september", "sept", "sep", "сентябрь", "сентября", "сентябре", "сен", "сент"),
    ("october", "oct", "октябрь", "октября", "октябре", "окт"),
    ("november", "nov", "ноябрь", "ноября", "ноябре", "ноя", "нояб"),
    ("december", "dec", "декабрь", "декабря", "декабре", "дек"),
)
_NUMBER = {name: n for n, names in enumerate(_MONTHS, 1) for name in map(fold, names)}
_NEAR = {"today": 0, "сегодня": 0, "yesterday": -1, "вчера": -1}
_YEAR = r"(?P<y>\d{4})"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        _YEAR,
        rf"(?P<m>\d{{1,2}})[./-]{_YEAR}",
        rf"{_YEAR}[./-](?P<m>\d{{1,2}})",
        rf"(?P<d>\d{{1,2}})[./](?P<m>\d{{1,2}})[./]{_YEAR}",
        r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{2})",
        rf"{_YEAR}[./-](?P<m>\d{{1,2}})[./-](?P<d>\d{{1,2}})",
        rf"(?P<name>[^\W\d_]+)\.?,? {_YEAR}",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?P<name>[^\W\d_]+)\.?,? {_YEAR}",
        rf"(?P<name>[^\W\d_]+)\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}",
    )
)
_TAIL = re.compile(r"\s*(года|год|г\.?)$")


def period(text: str, today: date) -> Period | None:
    """The days a text means, None when it is no date: 2020, 09.2020, 27 September 2020.

    Numbers are day.month.year, as both languages write them here; 2020-09-27 is year first.
    Two dates with dots between them are all that lies from one to the other: 2019..09.2020.
    """
    begins, dots, ends = text.partition("..")
    if dots:
        first, last = _one(begins, today), _one(ends, today)
        whole = Period(first.first, last.last) if first and last else None
        return whole if whole and whole.first <= whole.last else None
    return _one(text, today)


def year_of(year: int) -> Period:
    """All days of a year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def joined(days: Iterable[Period], within: Period) -> tuple[Period, ...]:
    """The same days without duplicates and only those within range, newest first."""
    out: list[Period] = []
    for each in sorted(days, key=lambda one: (one.first, one.last)):
        first, last = max(each.first, within.first), min(each.last, within.last)
        if first > last:
            continue
        if out and first.toordinal() <= out[-1].last.toordinal() + 1:
            out[-1] = Period(out[-1].first, max(out[-1].last, last))
        else:
            out.append(Period(first, last))
    return tuple(reversed(out))


def _one(text: str, today: date) -> Period | None:
    plain = _TAIL.sub("", " ".join(text.casefold().replace("\u00a0", " ").split()))
    if plain in _NEAR:
        day = date.fromordinal(max(1, today.toordinal() + _NEAR[plain]))
        return Period(day, day)
    for shape in _SHAPES:
        found = shape.fullmatch(plain)
        if found:
            return _period(found.groupdict())
    return None


def _period(parts: dict[str, str | None]) -> Period | None:
    name, year = parts.get("name"), int(parts["y"] or 0)
    if len(parts["y"] or "") == 2:
        year += 1900 if year >= 70 else 2000
    month = _NUMBER.get(fold(name), 0) if name else int(parts.get("m") or 0)
    if name and not month:
        return None
    try:
        if not month and parts.get("m") is None:
            return Period(date(year, 1, 1), date(year, 12, 31))
        if parts.get("d") is None:
            return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        day = date(year, month, int(parts["d"] or 0))
    except ValueError:  # 30 February, month 13
        return None
    return Period(day, day)
