"""Searching and browsing: turns input and filters into a query, and hits into rows."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby, islice
from typing import TYPE_CHECKING, get_args

from msgspec import Struct
from msgspec.structs import replace

from pressdesk.press import asking, found, states
from pressdesk.press.listing import BucketCounts, LanguageRow, Query, ReleaseRow
from pressdesk.press.narrowing import Narrowing, narrowed
from pressdesk.press.query import (
    Count,
    Facet,
    FacetName,
    Facets,
    Hit,
    HitPage,
    MonthCount,
    Question,
    Snippet,
    Sort,
)
from pressdesk.press.selecting import selected, without
from pressdesk.press.states import status_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from pressdesk.archive.file.desk_file import Archive

FIRST, FURTHER = 60, 200
"""Hits of the first page, more than any screen shows, and of each page below it."""

COUNTED = 1000
"""The numbers on the segments are counted no further."""


class Asked(Struct, frozen=True):
    """What a person typed and chose."""

    query: Query = Query()
    """The segment, the kind, the language, and in ``text`` what was typed."""
    narrowing: Narrowing = Narrowing()
    sort: Sort = "date"

    @property
    def searching(self) -> bool:
        """True when the answer is a list of hits, not a segment of the desk."""
        return bool(self.query.text) or not self.narrowing.empty


class FoundRelease(Struct, frozen=True):
    """One row of the answer: a release, with the texts of it that were found."""

    row: ReleaseRow
    spans: tuple[tuple[int, int], ...] = ()
    """What to mark in the title of its first language."""

    @property
    def edition_id(self) -> int:
        """The text a snippet is taken from."""
        return self.row.first.edition_id


class Answer(Struct, frozen=True):
    """Some rows in order, and how to go on."""

    found: tuple[FoundRelease, ...] = ()
    after: int | None = None
    looked: int = 0
    looked_to: date | None = None
    marked: bool = False
    """True when words are sought, which snippets can show."""


def question_of(asked: Asked, today: date) -> Question:
    """The query for the typed words and chosen filters. Never raises."""
    typed = asking.parse(asked.query.text, today)
    question = narrowed(typed, asked.query, asked.narrowing)
    return replace(question, sort="relevance") if asked.sort == "relevance" else question


def ask(
    archive: Archive,
    asked: Asked,
    *,
    now: datetime,
    today: date,
    after: int | None = None,
    bookmarks: Collection[int] = (),
    least: int = 0,
) -> Answer:
    """The first rows of the answer, or those below ``after``.

    bookmarks  the releases among which is looked when only bookmarks are wanted
    least      so many hits at least, if there are: as many as were on the screen before
    raises     PressDeskError where the desk cannot be read
    cost       some milliseconds; an exact phrase takes 30 ms for each 1,000 texts compared
    """
    question = question_of(asked, today)
    if asked.narrowing.bookmarked:
        page = _among(archive, question, bookmarks, now)
    else:
        limit = max(FIRST, least) if after is None else FURTHER
        page = archive.search.page(question, now=now, after=after, limit=limit)
    wanted = found.wanted(question)
    rows = tuple(
        FoundRelease(row, found.spans(row.first.title, wanted)) for row in rows_of(page.hits)
    )
    return Answer(rows, page.after, page.looked, page.looked_to, not wanted.empty)


def hits(
    archive: Archive, asked: Asked, *, limit: int, now: datetime, today: date
) -> tuple[Hit, ...]:
    """The first ``limit`` hits, one for each edition.

    cost  an exact phrase is looked for until there are enough or the end is met
    """
    question = question_of(asked, today)
    return tuple(islice(_each(archive, question, now, limit), limit))


def _each(archive: Archive, question: Question, now: datetime, at_once: int) -> Iterator[Hit]:
    """Every hit in order; so many are asked for at once."""
    after = None
    while True:
        page = archive.search.page(question, now=now, after=after, limit=at_once)
        yield from page.hits
        after = page.after
        if after is None:
            return


def _among(
    archive: Archive, question: Question, bookmarks: Collection[int], now: datetime
) -> HitPage:
    """Hits in some releases only: each of their days is asked for, whatever the archive holds."""
    hits: list[Hit] = []
    for day in archive.search.days(bookmarks):
        if not any(days.first <= day <= days.last for days in question.ranges()):
            continue
        of_day = replace(question, since=day, until=day, on=(), sort="date")
        every = _each(archive, of_day, now, FURTHER)
        hits += [hit for hit in every if hit.release_id in bookmarks]
    return HitPage(tuple(hits))


def rows_of(hits: Iterable[Hit]) -> tuple[ReleaseRow, ...]:
    """One row for each release, at the place of its first hit, with the languages found."""
    by_release: dict[int, list[Hit]] = {}
    for hit in hits:
        by_release.setdefault(hit.release_id, []).append(hit)
    return tuple(_row(of_one) for of_one in by_release.values())


def _row(hits: list[Hit]) -> ReleaseRow:
    first = hits[0]
    newest: dict[str, Hit] = {}
    for hit in hits:
        if hit.language not in newest or hit.number > newest[hit.language].number:
            newest[hit.language] = hit
    languages = tuple(
        LanguageRow(
            hit.language,
            hit.edition_id,
            hit.number,
            hit.state,
            hit.title,
            hit.day,
            issued=hit.state.out,
            embargo_until=hit.embargo_until,
        )
        for hit in newest.values()
    )
    return ReleaseRow(
        first.release_id, first.kind, first.reference, first.day, languages, first.embargo_until
    )


def count(
    archive: Archive, asked: Asked, *, now: datetime, today: date, segments: bool = True
) -> tuple[Facets, BucketCounts]:
    """What the answers have in common, and how many each segment of the list holds.

    segments  False leaves the segments uncounted: an exact phrase would be compared once more
    cost  up to some tens of milliseconds: asked for when the first rows are painted
    """
    facets = shared(archive, asked, now=now, today=today)
    if not asked.searching:
        return facets, archive.releases.counts(asked.query, now=now)
    if not segments:
        return facets, BucketCounts()
    numbers = []
    for bucket in get_args(states.Bucket):
        query = replace(asked.query, bucket=bucket)
        among = asked.narrowing.choosing("state")
        question = question_of(Asked(query, among), today)
        numbers.append(archive.search.count(question, now=now, limit=COUNTED))
    return facets, BucketCounts(sum(numbers), *numbers)


def shared(archive: Archive, asked: Asked, *, now: datetime, today: date) -> Facets:
    """What all texts that are found have in common, and how many they are."""
    return archive.search.facets(question_of(asked, today), now=now)


def common(
    archive: Archive, asked: Asked, *, now: datetime, today: date, bookmarks: Collection[int]
) -> Facets:
    """What hits among the bookmarks have in common, which are few: each is looked at.

    raises  PressDeskError where the desk cannot be read
    """

    def counted(question: Question) -> Facets:
        return _common(rows_of(_among(archive, question, bookmarks, now).hits), now)

    question = question_of(asked, today)
    whole = counted(question)
    apart = {name: counted(without(question, name)) for name in selected(question)}
    named = (
        next((one for one in apart[f.name].facets if one.name == f.name), f)
        if f.name in apart
        else f
        for f in whole.facets
    )
    months = apart["year"].months if "year" in apart else whole.months
    return replace(whole, facets=tuple(named), months=months)


def _common(rows: Sequence[ReleaseRow], now: datetime) -> Facets:
    values: dict[FacetName, list[str]] = {
        "kind": [row.kind for row in rows],
        "state": [
            status_of(part.state, part.embargo_until, now) for row in rows for part in row.languages
        ],
        "language": [part.language for row in rows for part in row.languages],
        "year": [str(row.sort_date.year) for row in rows],
    }
    facets = tuple(Facet(name, _counted(found)) for name, found in values.items())
    months = sorted((row.sort_date.year * 12 + row.sort_date.month - 1, row.kind) for row in rows)
    counted = tuple(
        MonthCount(month, kind, len(list(same))) for (month, kind), same in groupby(months)
    )
    return Facets(len(rows), facets=facets, months=counted)


def _counted(values: list[str]) -> tuple[Count, ...]:
    numbers = {value: values.count(value) for value in sorted(set(values))}
    ordered = sorted(numbers, key=lambda value: -numbers[value])
    return tuple(Count(value, numbers[value]) for value in ordered)


def snippets(
    archive: Archive, asked: Asked, edition_ids: Sequence[int], *, today: date
) -> dict[int, Snippet]:
    """An excerpt of each of these texts, around what was found."""
    return archive.search.snippets(question_of(asked, today), edition_ids)


def suggestion(archive: Archive, asked: Asked, *, now: datetime) -> str:
    """A corrected query for a search without results; "" if there is none."""
    return archive.search.suggest(asked.query.text, now=now) if asked.query.text else ""


def marks(text: str, asked: Asked, today: date) -> tuple[tuple[int, int], ...]:
    """Positions of matches in a text, as [begin, end).

    cost  about a tenth of a second for 50,000 words: not on the GUI thread
    """
    return found.spans(text, found.wanted(question_of(asked, today)))
