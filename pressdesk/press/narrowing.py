"""Filters beside the search words: facet values and dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from pressdesk.press.listing import Query
from pressdesk.press.periods import Period, year_of
from pressdesk.press.query import Filter, Node, Question
from pressdesk.press.selecting import either, parts_of, values, whole
from pressdesk.press.states import in_bucket


class Narrowing(Struct, frozen=True):
    """Filters chosen by hand: values of one facet widen, those of different ones narrow."""

    filters: tuple[Filter, ...] = ()
    days: tuple[Period, ...] = ()
    """Any of these days; either years, or one stretch that was dragged over."""
    bookmarked: bool = False

    @property
    def empty(self) -> bool:
        """True when nothing is narrowed."""
        return self == Narrowing()

    def has(self, part: Filter) -> bool:
        """True when this filter is chosen."""
        return part in self.filters

    def toggled(self, part: Filter) -> Narrowing:
        """The same with this filter put on, or taken off where it was on."""
        if part in self.filters:
            return replace(self, filters=tuple(f for f in self.filters if f != part))
        return replace(self, filters=(*self.filters, part))

    def of(self, dimension: str) -> tuple[str, ...]:
        """The values chosen of a facet."""
        return tuple(part.value for part in self.filters if part.dimension == dimension)

    def choosing(self, dimension: str, chosen: Iterable[Filter] = ()) -> Narrowing:
        """The same with these values of a facet, whatever they were before."""
        others = (part for part in self.filters if part.dimension != dimension)
        return replace(self, filters=(*others, *chosen))

    def between(self, since: date | None, until: date | None) -> Narrowing:
        """The same with these days, whatever they were before; None for no end."""
        if since is None and until is None:
            return replace(self, days=())
        return replace(self, days=(Period(since or date.min, until or date.max),))

    def in_year(self, year: int) -> bool:
        """True when this year is one of those chosen."""
        return year_of(year) in self.days

    def year_toggled(self, year: int) -> Narrowing:
        """The same with this year put on or taken off; a stretch of other days goes."""
        kept = [days for days in self.days if days == year_of(days.first.year)]
        kept = [days for days in kept if days.first.year != year]
        if not self.in_year(year):
            kept.append(year_of(year))
        return replace(self, days=tuple(sorted(kept, key=lambda days: days.first)))


def narrowed(question: Question, query: Query, chosen: Narrowing) -> Question:
    """The question for what is sought, in one segment of the list and under its filters.

    A value chosen beside one that is typed widens, as two that are typed or chosen do; the
    segment only narrows.
    """
    parts: list[Node] = list(parts_of(question.tree))
    if bucket := in_bucket(query.bucket):
        parts.append(either([Filter("state", status) for status in bucket]))
    picked: list[Filter] = []
    if query.kind:
        picked.append(Filter("kind", query.kind))
    if query.language:
        picked.append(Filter("language", query.language))
    by_field: dict[str, list[Filter]] = {}
    for part in (*picked, *chosen.filters):
        by_field.setdefault(part.dimension, []).append(part)
    typed = len(parts_of(question.tree))
    for dimension, several in by_field.items():
        there = [
            n for n in range(typed) if (of := values(parts[n])) and of[0].dimension == dimension
        ]
        if len(there) == 1:
            parts[there[0]] = either((*values(parts[there[0]]), *several))
        else:
            parts.append(either(several))
    days = sorted({*question.on, *chosen.days}, key=lambda one: (one.first, one.last))
    return replace(question, tree=whole(tuple(parts)), on=tuple(days))
