"""What lists show of releases, and how they can be queried."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from pressdesk.press import states
from pressdesk.press.states import State

Bucket = Literal["all", states.Bucket]
"""The segments over the list."""


class Query(Struct, frozen=True):
    """Which releases; empty members do not narrow.

    text   what was typed into the search field. It is answered by the search, see
           ``press/asking``: a plain list does not look at it.
    state  one of ``press.states.STATUSES``; of the newest edition of a language
    """

    bucket: Bucket = "all"
    text: str = ""
    kind: str = ""
    language: str = ""
    state: str = ""


class LanguageRow(Struct, frozen=True):
    """One language of a release: its newest edition."""

    language: str
    edition_id: int
    number: int
    state: State
    title: str
    date: date | None
    issued: bool = False
    """True when some edition of this language is issued."""
    embargo_until: datetime | None = None
    """The end of the embargo this very edition was issued under; None without one."""


class ReleaseRow(Struct, frozen=True):
    """One row of the window's list. ``languages`` is never empty; the first gives the title."""

    id: int
    kind: str
    reference: str
    sort_date: date
    languages: tuple[LanguageRow, ...]
    embargo_until: datetime | None = None

    @property
    def first(self) -> LanguageRow:
        """The language that stands for the release in the list."""
        return self.languages[0]


def ranked(lines: Iterable[LanguageRow], languages: Sequence[str]) -> tuple[LanguageRow, ...]:
    """In the order of a row: those of the house first, in their order; then by name."""
    return tuple(sorted(lines, key=lambda line: rank(line.language, languages)))


def rank(language: str, languages: Sequence[str]) -> tuple[int, str]:
    """The place of a language among those of the house, and behind them."""
    return (languages.index(language) if language in languages else len(languages)), language


class PageKey(Struct, frozen=True):
    """Where a page of a list ended: the next begins below it."""

    sort_date: date
    id: int


class Glance(Struct, frozen=True):
    """What a desk shows before it is open."""

    rows: tuple[ReleaseRow, ...]
    """The first of the whole list."""
    languages: tuple[str, ...]
    """Of the house."""
    zone: str
    """IANA name of the desk's time zone."""


class BucketCounts(Struct, frozen=True):
    """How many releases each segment holds under the other filters."""

    all: int = 0
    drafts: int = 0
    embargo: int = 0
    issued: int = 0
