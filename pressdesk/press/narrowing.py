"""What narrows the list beside the words that are sought: topics, places, speakers, days."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from pressdesk.press.listing import Query
from pressdesk.press.searching import All, Filter, Node, Question

_STATES = {"drafts": "draft", "embargo": "embargo", "issued": "issued"}


class Narrowing(Struct, frozen=True):
    """Filters chosen by hand; every one of them holds for what is listed."""

    filters: tuple[Filter, ...] = ()
    since: date | None = None
    until: date | None = None
    """The last day that still counts."""
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

    def between(self, since: date | None, until: date | None) -> Narrowing:
        """The same with these days, whatever they were before."""
        return replace(self, since=since, until=until)

    def in_year(self, year: int) -> bool:
        """True when the days are those of this year."""
        return (self.since, self.until) == (date(year, 1, 1), date(year, 12, 31))


def narrowed(question: Question, query: Query, chosen: Narrowing) -> Question:
    """The question for what is sought, in one segment of the list and under its filters."""
    parts: list[Node] = [] if question.tree is None else [question.tree]
    for dimension, value in (
        ("state", _STATES.get(query.bucket, "")),
        ("kind", query.kind),
        ("language", query.language),
    ):
        if value:
            parts.append(Filter(dimension, value))  # type: ignore[arg-type]  # three literals
    parts += chosen.filters
    tree = None if not parts else parts[0] if len(parts) == 1 else All(tuple(parts))
    since = max((day for day in (question.since, chosen.since) if day), default=None)
    until = min((day for day in (question.until, chosen.until) if day), default=None)
    return replace(question, tree=tree, since=since, until=until)
