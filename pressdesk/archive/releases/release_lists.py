"""Lists of releases: which ones, in which order, how many, each list one reading of the desk."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, case, exists, func, null, select
from sqlalchemy import tuple_ as pair

from pressdesk.archive.rows import filing, houses, list_query
from pressdesk.archive.rows.list_rows import is_out
from pressdesk.archive.store import dialects, values
from pressdesk.archive.store.engine import DeskPart
from pressdesk.archive.store.tables import draft, edition, facet_value, issued, listed, release
from pressdesk.base.address import Address
from pressdesk.base.errors import DeskForeign
from pressdesk.press.listing import BucketCounts, LanguageRow, PageKey, Query, ReleaseRow
from pressdesk.press.states import State, Status, called, status_of

_NEWEST_FIRST = (release.c.sort_date.desc(), release.c.id.desc())
_Holds = list[ColumnElement[bool]]


class ReleaseLists(DeskPart):
    """The part of ``Releases`` that lists are made of."""

    def languages(self, release_id: int) -> tuple[LanguageRow, ...]:
        """The newest edition of each language, those of the house first; raises NotFound."""
        with self._store.read() as connection:
            filing.release_row(connection, release_id)
            return list_query.rows(connection, (release_id,))[0].languages

    def editions(self, release_id: int, language: str) -> tuple[LanguageRow, ...]:
        """All editions of one language, newest first, with the titles autosave last kept.

        raises  NotFound
        """
        kept = draft.c.edition_id.is_not(None)
        query = (
            select(edition.c.language, edition.c.id.label("edition_id"), edition.c.number)
            .add_columns(
                edition.c.state,
                edition.c.embargo_at,
                case((kept, draft.c.title), else_=edition.c.title).label("title"),
                case((kept, draft.c.date), else_=edition.c.date).label("date"),
            )
            .outerjoin(draft, draft.c.edition_id == edition.c.id)
            .where(edition.c.release_id == release_id, edition.c.language == language)
            .order_by(edition.c.number.desc())
        )
        with self._store.read() as connection:
            filing.release_row(connection, release_id)
            found = connection.execute(query).all()
        out = any(State(row.state).out for row in found)
        return tuple(list_query.line_of(row, issued=out) for row in found)

    def page(
        self, query: Query, *, after: PageKey | None = None, limit: int = 100, now: datetime
    ) -> tuple[ReleaseRow, ...]:
        """The next rows of a list below ``after``, newest first; the same cost at any depth."""
        wanted = select(*list_query.HEAD).where(*_which(query, now))
        if after is not None:
            place = pair(release.c.sort_date, release.c.id)
            wanted = wanted.where(place < (after.sort_date, after.id))
        with self._store.read() as connection:
            heads = connection.execute(wanted.order_by(*_NEWEST_FIRST).limit(limit)).all()
            order = houses.load(connection).languages
            return list_query.with_lines(connection, heads, order)

    def keys(self, query: Query, *, now: datetime) -> array[int]:
        """The ids of the whole list in its order, for ``rows`` to fetch as they are seen.

        8 bytes a release.
        """
        with self._store.read() as connection:
            return _keys(connection, query, now)

    def keys_by_month(self, query: Query, *, now: datetime) -> tuple[array[int], array[int]]:
        """As ``keys``, with the month of each beside it, counted as year * 12 + month."""
        with self._store.read() as connection:
            month = dialects.month(connection, release.c.sort_date)
            wanted = select(release.c.id, month).where(*_which(query, now))
            found = connection.execute(wanted.order_by(*_NEWEST_FIRST)).all()
        return array("q", [row[0] for row in found]), array("q", [row[1] for row in found])

    def rows(self, ids: Sequence[int]) -> tuple[ReleaseRow, ...]:
        """The rows of these releases in the order given; those gone or trashed are left out."""
        with self._store.read() as connection:
            return list_query.rows(connection, ids)

    def altered(self, rows: Sequence[ReleaseRow]) -> tuple[ReleaseRow, ...]:
        """Those rows that say something else of what is issued than its sealed sheet.

        A line that was issued, or is gone, since it was read is judged as it reads now.
        cost  0.1 ms a row, and some milliseconds to read them again
        """
        lines = {line.edition_id: (row, line) for row in rows for line in row.languages}
        query = select(issued).where(issued.c.edition_id.in_(tuple(lines)))
        with self._store.read() as connection:
            sealed = {seal.edition_id: seal for seal in connection.execute(query).all()}
            there = list_query.rows(connection, tuple({row.id for row in rows}))
        now = {line.edition_id: (row, line) for row in there for line in row.languages}
        left = {row.id for row in there}
        for edition_id, (_row, line) in lines.items():
            if edition_id in now and now[edition_id][1].state != line.state:
                lines[edition_id] = now[edition_id]
        wrong = {
            row.id
            for edition_id, (row, line) in lines.items()
            if row.id in left and not _says(row, line, sealed.get(edition_id), self._store.place)
        }
        return tuple(row for row in rows if row.id in wrong)

    def counts(self, query: Query, *, now: datetime) -> BucketCounts:
        """How many releases each segment holds under the other filters of the query."""
        stands = _stands(now)
        buckets = (
            release.c.drafts,
            and_(release.c.issued, stands),
            and_(release.c.issued, ~stands),
        )
        sums = (func.sum(case((holds, 1), else_=0)) for holds in buckets)
        wanted = select(func.count(), *sums).where(_here(in_order=False), *_narrowed(query, now))
        with self._store.read() as connection:
            found = connection.execute(wanted).one()
        return BucketCounts(*(int(number or 0) for number in found))

    def list_editions(
        self, query: Query, *, now: datetime
    ) -> tuple[tuple[ReleaseRow, LanguageRow], ...]:
        """Each release with each of its languages that the query asks for, in list order."""
        with self._store.read() as connection:
            found = list_query.rows(connection, _keys(connection, query, now))
        return tuple(
            (row, line)
            for row in found
            for line in row.languages
            if query.language in ("", line.language)
            and query.state in ("", status_of(line.state, line.embargo_until, now))
        )

    def topics(self) -> tuple[str, ...]:
        """Every topic in use, sorted, for completion: those the index knows."""
        with self._store.read() as connection:
            used = select(facet_value.c.value).where(facet_value.c.facet == "topic")
            found = connection.execute(used.where(facet_value.c.number > 0)).scalars().all()
        return tuple(sorted(found, key=str.casefold))

    def kept_editions(self) -> tuple[tuple[int, int], ...]:
        """Release and edition of everything autosave holds, newest first."""
        query = (
            select(edition.c.release_id, edition.c.id)
            .join(draft, draft.c.edition_id == edition.c.id)
            .join(release, release.c.id == edition.c.release_id)
            .where(release.c.trashed_at.is_(None))
            .order_by(draft.c.at.desc())
        )
        with self._store.read() as connection:
            return tuple((row[0], row[1]) for row in connection.execute(query).all())

    def next_embargo(self, now: datetime) -> datetime | None:
        """When the next embargo ends and lists read differently, None when none stands."""
        query = select(func.min(edition.c.embargo_at)).where(edition.c.embargo_at > now)
        with self._store.read() as connection:
            found: datetime | None = connection.execute(query).scalar()
        return found


def _says(
    row: ReleaseRow, line: LanguageRow, seal: Row[*tuple[Any, ...]] | None, place: Address
) -> bool:
    """Whether a line of a list is what its sealed sheet says; a draft has none."""
    if seal is None or not line.state.out:
        return seal is None and not line.state.out
    try:
        sheet = values.line_of_issued(seal.sheet, seal.house, seal.sha256, place)
    except DeskForeign:
        return False
    until = datetime.fromisoformat(sheet.embargo_until) if sheet.embargo_until else None
    day = line.date.isoformat() if line.date is not None else sheet.date
    shown = (line.language, row.kind, line.title, day, line.embargo_until)
    same = shown == (sheet.language, sheet.kind, sheet.title, sheet.date, until)
    return same and sheet.reference in ("", row.reference)  # a past item may get one later


def _keys(connection: Connection, query: Query, now: datetime) -> array[int]:
    wanted = select(release.c.id).where(*_which(query, now)).order_by(*_NEWEST_FIRST)
    return array("q", connection.execute(wanted).scalars().all())


def _which(query: Query, now: datetime) -> _Holds:
    return [_here(), *_narrowed(query, now), *_bucket(query, now)]


def _stands(now: datetime) -> ColumnElement[bool]:
    return func.coalesce(release.c.issued_embargo > now, False)


def _bucket(query: Query, now: datetime) -> _Holds:
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


def _narrowed(query: Query, now: datetime) -> _Holds:
    """Everything but the bucket and the trash."""
    out: _Holds = [release.c.kind == query.kind] if query.kind else []
    line = [listed.c.release_id == release.c.id]
    line += [listed.c.language == query.language] if query.language else []
    line += _in_state(query.state, now) if query.state else []
    return [*out, exists().where(*line)] if len(line) > 1 else out


def _in_state(state: str, now: datetime) -> _Holds:
    """The line of a language stands so: what is issued and held is not among what is issued."""
    held = exists().where(edition.c.id == listed.c.edition_id, edition.c.embargo_at > now)
    if state == Status.EMBARGO:
        return [is_out(listed.c.state), held]
    states = called(state)
    free = [~held] if any(one.out for one in states) else []
    return [listed.c.state.in_(states), *free]
