"""Lists of releases: which ones, in which order, and what their rows say."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, case, exists, func, null, select
from sqlalchemy import tuple_ as pair

from pressdesk.archive.rows import houses
from pressdesk.archive.rows.list_rows import is_out
from pressdesk.archive.store import dialects
from pressdesk.archive.store.tables import draft, edition, listed, release
from pressdesk.press.listing import BucketCounts, LanguageRow, PageKey, Query, ReleaseRow
from pressdesk.press.release import State
from pressdesk.press.states import Status, called

_NEWEST_FIRST = (release.c.sort_date.desc(), release.c.id.desc())
_AT_ONCE = 500
_OF_LINE = edition.c.id == listed.c.edition_id
_HEAD = (
    release.c.id,
    release.c.kind,
    release.c.reference,
    release.c.sort_date,
    release.c.issued,
    release.c.embargo_at,
    release.c.issued_embargo,
)


def page(
    connection: Connection, query: Query, after: PageKey | None, limit: int, now: datetime
) -> tuple[ReleaseRow, ...]:
    """The next rows of a list; the same cost at any depth."""
    wanted = select(*_HEAD).where(_here(), *_narrowed(query, now), *_bucket(query, now))
    if after is not None:
        place = pair(release.c.sort_date, release.c.id)
        wanted = wanted.where(place < (after.sort_date, after.id))
    heads = connection.execute(wanted.order_by(*_NEWEST_FIRST).limit(limit)).all()
    return _with_lines(connection, heads, houses.load(connection).languages)


def keys(connection: Connection, query: Query, now: datetime) -> array[int]:
    """The ids of a whole list, in its order: 8 bytes a release."""
    wanted = select(release.c.id).where(_here(), *_narrowed(query, now), *_bucket(query, now))
    return array("q", connection.execute(wanted.order_by(*_NEWEST_FIRST)).scalars().all())


def keys_by_month(
    connection: Connection, query: Query, now: datetime
) -> tuple[array[int], array[int]]:
    """As ``keys``, with year * 12 + month of each release beside its id."""
    month = dialects.month(connection, release.c.sort_date)
    wanted = select(release.c.id, month).where(
        _here(), *_narrowed(query, now), *_bucket(query, now)
    )
    found = connection.execute(wanted.order_by(*_NEWEST_FIRST)).all()
    return array("q", [row[0] for row in found]), array("q", [row[1] for row in found])


def counts(connection: Connection, query: Query, now: datetime) -> BucketCounts:
    """How many releases each bucket holds."""
    stands = _stands(now)
    sums = (
        func.sum(case((condition, 1), else_=0))
        for condition in (
            release.c.drafts,
            and_(release.c.issued, stands),
            and_(release.c.issued, ~stands),
        )
    )
    wanted = select(func.count(), *sums).where(_here(in_order=False), *_narrowed(query, now))
    found = connection.execute(wanted).one()
    return BucketCounts(*(int(number or 0) for number in found))


def rows(connection: Connection, ids: Sequence[int]) -> tuple[ReleaseRow, ...]:
    """The rows of these releases in the order given; one that is gone is left out."""
    order = houses.load(connection).languages
    found: dict[int, ReleaseRow] = {}
    rest = iter(ids)
    while some := tuple(islice(rest, _AT_ONCE)):
        wanted = select(*_HEAD).where(release.c.id.in_(some), release.c.trashed_at.is_(None))
        heads = connection.execute(wanted).all()
        found |= {row.id: row for row in _with_lines(connection, heads, order)}
    return tuple(found[one] for one in ids if one in found)


def _with_lines(
    connection: Connection, heads: Sequence[Row[*tuple[Any, ...]]], order: Sequence[str]
) -> tuple[ReleaseRow, ...]:
    """Whole rows from their heads, in the same order."""
    query = select(listed, edition.c.embargo_at).outerjoin_from(listed, edition, _OF_LINE)
    query = query.where(listed.c.release_id.in_([head.id for head in heads]))
    lines: defaultdict[int, list[LanguageRow]] = defaultdict(list)
    for line in connection.execute(query).all():
        lines[line.release_id].append(_line(line))
    for several in lines.values():
        several.sort(key=lambda line: _rank(line.language, order))
    return tuple(_row(head, lines[head.id]) for head in heads)


def _rank(language: str, order: Sequence[str]) -> tuple[int, str]:
    return (order.index(language) if language in order else len(order)), language


def _row(head: Row[*tuple[Any, ...]], lines: Sequence[LanguageRow]) -> ReleaseRow:
    return ReleaseRow(
        id=head.id,
        kind=head.kind,
        reference=head.reference,
        sort_date=head.sort_date,
        languages=tuple(lines),
        embargo_until=head.issued_embargo if head.issued else head.embargo_at,
    )


def _line(line: Row[*tuple[Any, ...]]) -> LanguageRow:
    return LanguageRow(
        language=line.language,
        edition_id=line.edition_id,
        number=line.number,
        state=State(line.state),
        title=line.title,
        date=line.date,
        issued=line.issued,
        embargo_until=line.embargo_at,
    )


def _stands(now: datetime) -> ColumnElement[bool]:
    return func.coalesce(release.c.issued_embargo > now, False)


def _bucket(query: Query, now: datetime) -> list[ColumnElement[bool]]:
    match query.bucket:
        case "all":
            return []
        case "drafts":
            return [release.c.drafts]
        case "embargo":
            return [release.c.issued, _stands(now)]
        case "issued":
            return [release.c.issued, ~_stands(now)]


def _here(*, in_order: bool = True) -> ColumnElement[bool]:
    """It is not in the trash. Read in the order of the list, or as the rows lie in the file.

    The index of the list would fetch every row from another place: nine times as long for all.
    """
    gone = release.c.trashed_at
    return gone.is_(None) if in_order else func.coalesce(gone, null()).is_(None)


def _narrowed(query: Query, now: datetime) -> list[ColumnElement[bool]]:
    """Everything but the bucket and the trash."""
    out: list[ColumnElement[bool]] = []
    if query.kind:
        out.append(release.c.kind == query.kind)
    line = [listed.c.release_id == release.c.id]
    line += [listed.c.language == query.language] if query.language else []
    line += _in_state(query.state, now) if query.state else []
    if len(line) > 1:
        out.append(exists().where(*line))
    return out


def _in_state(state: str, now: datetime) -> list[ColumnElement[bool]]:
    """The line of a language stands so: what is issued and held is not among what is issued."""
    held = exists().where(_OF_LINE, edition.c.embargo_at > now)
    if state == Status.EMBARGO:
        return [is_out(listed.c.state), held]
    states = called(state)
    free = [~held] if any(one.out for one in states) else []
    return [listed.c.state.in_(states), *free]


def editions(connection: Connection, release_id: int, language: str) -> tuple[LanguageRow, ...]:
    """All editions of one language, newest first, with the titles autosave last kept."""
    kept = draft.c.edition_id.is_not(None)
    found = connection.execute(
        select(edition.c.language, edition.c.id, edition.c.number, edition.c.state)
        .add_columns(
            edition.c.embargo_at,
            case((kept, draft.c.title), else_=edition.c.title).label("title"),
            case((kept, draft.c.date), else_=edition.c.date).label("date"),
        )
        .outerjoin(draft, draft.c.edition_id == edition.c.id)
        .where(edition.c.release_id == release_id, edition.c.language == language)
        .order_by(edition.c.number.desc())
    ).all()
    out = any(State(row.state).out for row in found)
    return tuple(
        LanguageRow(
            row.language,
            row.id,
            row.number,
            State(row.state),
            row.title,
            row.date,
            out,
            row.embargo_at,
        )
        for row in found
    )


def titles(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The title each release goes by in lists."""
    order = houses.load(connection).languages
    columns = (listed.c.release_id, listed.c.language, listed.c.title)
    found = connection.execute(select(*columns).where(listed.c.release_id.in_(ids))).all()
    found = sorted(found, key=lambda line: _rank(line.language, order), reverse=True)
    return {line.release_id: line.title for line in found}
