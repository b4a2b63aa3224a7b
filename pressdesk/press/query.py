"""Queries to the archive and their answers: hits, counts, snippets."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from pressdesk.press.periods import Period, joined
from pressdesk.press.states import State

Sort = Literal["date", "relevance"]
"""``date`` is newest first; ``relevance`` puts hits in the title before it."""

Dimension = Literal["kind", "state", "language", "topic", "place", "speaker", "contact"]
"""What a filter narrows by. ``state`` takes draft, issued and embargo."""

FacetName = Literal["kind", "state", "language", "year", "topic", "place", "speaker"]


class Word(Struct, frozen=True, tag="word"):
    """A word in any of its forms; several words if it has a hyphen, then side by side."""

    text: str
    prefix: bool = False
    """Any word that begins like this."""
    title: bool = False
    """In the headline or the subtitle only."""


class Phrase(Struct, frozen=True, tag="phrase"):
    """These very words in this order, whatever their case, dashes and quotation marks."""

    text: str
    title: bool = False


class Filter(Struct, frozen=True, tag="filter"):
    """The value of a dimension; words of a topic, place, speaker or contact in any form."""

    dimension: Dimension
    value: str


class All(Struct, frozen=True, tag="all"):
    """Every part holds."""

    parts: tuple[Node, ...]


class Any(Struct, frozen=True, tag="any"):
    """One part holds at least."""

    parts: tuple[Node, ...]


class Not(Struct, frozen=True, tag="not"):
    """The part does not hold."""

    part: Node


Node = Word | Phrase | Filter | All | Any | Not


class Question(Struct, frozen=True):
    """What is sought. Without a tree and dates: everything."""

    tree: Node | None = None
    since: date | None = None
    until: date | None = None
    """The last day that still counts."""
    sort: Sort = "date"
    on: tuple[Period, ...] = ()
    """The days looked at, within those two; a text of any of them counts. () for all."""

    @property
    def empty(self) -> bool:
        """True when nothing narrows the archive."""
        return self.tree is None and self.since is None and self.until is None and not self.on

    def ranges(self) -> tuple[Period, ...]:
        """The days that count, the newest first; those that touch or overlap are one."""
        within = Period(self.since or date.min, self.until or date.max)
        return joined(self.on, within) if self.on else joined((within,), within)


class Hit(Struct, frozen=True):
    """One edition that answers a question."""

    key: int
    """Its place in the order of dates: higher is newer."""
    edition_id: int
    release_id: int
    kind: str
    language: str
    state: State
    title: str
    day: date
    """The edition's date, else the day it was made."""
    number: int = 1
    reference: str = ""
    embargo_until: datetime | None = None


class HitPage(Struct, frozen=True):
    """Some hits in order, and how to go on."""

    hits: tuple[Hit, ...] = ()
    after: int | None = None
    """Ask again with this key for the hits below; None at the end."""
    looked: int = 0
    """Texts compared word by word for an exact phrase; 0 where that was not needed."""
    looked_to: date | None = None
    """How far back the comparing of an exact phrase came, None when it reached the end."""


class Count(Struct, frozen=True):
    """One value of a facet and how many texts have it."""

    value: str
    number: int


class Facet(Struct, frozen=True):
    """The values of one dimension, the most frequent first (years: the newest first)."""

    name: FacetName
    counts: tuple[Count, ...] = ()
    more: bool = False
    """True when only the newest of the texts were counted."""


class MonthCount(Struct, frozen=True):
    """Texts of one kind in one month; ``month`` is year * 12 + month - 1."""

    month: int
    kind: str
    number: int


class Facets(Struct, frozen=True):
    """What the texts that answer a question have in common.

    The values of a facet the question narrows by are counted as if it did not: each number is
    what the value has or would add. So are the months, of the days that are looked at.
    """

    total: int = 0
    more: bool = False
    """True when only the newest ``total`` hits were counted."""
    facets: tuple[Facet, ...] = ()
    months: tuple[MonthCount, ...] = ()


class Snippet(Struct, frozen=True):
    """A piece of a text around what was found; spans are [begin, end) in ``text``."""

    text: str = ""
    spans: tuple[tuple[int, int], ...] = ()
