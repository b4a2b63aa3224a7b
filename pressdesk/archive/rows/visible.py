"""What readers of a desk may see: editions that are issued and not under embargo.

A reading copy holds nothing else, and is read as any desk is. These read a desk that others
write in, where drafts and embargoed editions lie beside what went out.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, or_, select

from pressdesk.archive.rows import filing, houses
from pressdesk.archive.rows.list_query import line_of
from pressdesk.archive.rows.list_rows import is_out
from pressdesk.archive.store.tables import edition, release
from pressdesk.base.errors import NotFound
from pressdesk.base.i18n import _
from pressdesk.press.filed import Filed
from pressdesk.press.listing import LanguageRow, Query, ReleaseRow, rank
from pressdesk.press.release import Release
from pressdesk.press.states import Status, said_of


def out(now: datetime) -> ColumnElement[bool]:
    """The edition was issued and no embargo holds it; to be joined with its release."""
    free = or_(edition.c.embargo_at.is_(None), edition.c.embargo_at <= now)
    return and_(is_out(edition.c.state), free, release.c.trashed_at.is_(None))


def keys(connection: Connection, query: Query, now: datetime) -> tuple[array[int], array[int]]:
    """The ids of releases with something to see, newest first, and the month of each.

    cost  0.3 s for 100,000 releases
    """
    free = said_of(Status.ISSUED).bucket
    if query.bucket not in ("all", free) or query.state not in ("", Status.ISSUED):
        return array("q"), array("q")
    newest = _newest(now).subquery()
    day = func.max(edition.c.sort_date).label("day")
    wanted = (
        select(release.c.id, day)
        .join(edition, edition.c.release_id == release.c.id)
        .join(newest, _same(newest))
        .where(*_narrowed(query, now))
        .group_by(release.c.id)
        .order_by(day.desc(), release.c.id.desc())
    )
    found = connection.execute(wanted).all()
    ids = array("q", (row.id for row in found))
    return ids, array("q", (row.day.year * 12 + row.day.month for row in found))


def _newest(now: datetime) -> Select[tuple[int, str, int]]:
    """The newest edition to be seen of each language."""
    return (
        select(edition.c.release_id, edition.c.language, func.max(edition.c.number).label("number"))
        .join(release, release.c.id == edition.c.release_id)
        .where(out(now))
        .group_by(edition.c.release_id, edition.c.language)
    )


def _same(newest: Any) -> ColumnElement[bool]:
    return and_(
        edition.c.release_id == newest.c.release_id,
        edition.c.language == newest.c.language,
        edition.c.number == newest.c.number,
    )


def _narrowed(query: Query, now: datetime) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [release.c.kind == query.kind] if query.kind else []
    several = edition.alias()
    some = select(several.c.id).where(several.c.release_id == release.c.id)
    some = some.where(is_out(several.c.state))
    some = some.where(or_(several.c.embargo_at.is_(None), several.c.embargo_at <= now))
    if query.language:
        some = some.where(several.c.language == query.language)
        conditions.append(some.exists())
    return conditions


def rows(connection: Connection, ids: Sequence[int], now: datetime) -> tuple[ReleaseRow, ...]:
    """The rows of those releases that have something to see, in the order given."""
    order = houses.load(connection).languages
    found: dict[int, ReleaseRow] = {}
    for start in range(0, len(ids), 500):
        found |= _rows(connection, ids[start : start + 500], order, now)
    return tuple(found[one] for one in ids if one in found)


def _rows(
    connection: Connection, ids: Sequence[int], order: Sequence[str], now: datetime
) -> dict[int, ReleaseRow]:
    newest = _newest(now).where(edition.c.release_id.in_(ids)).subquery()
    query = (
        select(edition, edition.c.id.label("edition_id"), release.c.kind, release.c.reference)
        .join(release, release.c.id == edition.c.release_id)
        .join(newest, _same(newest))
    )
    lines: defaultdict[int, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in connection.execute(query).all():
        lines[row.release_id].append(row)
    return {one: _row(several, order) for one, several in lines.items()}


def _row(lines: list[Row[*tuple[Any, ...]]], order: Sequence[str]) -> ReleaseRow:
    ordered = sorted(lines, key=lambda row: rank(row.language, order))
    first = ordered[0]
    return ReleaseRow(
        id=first.release_id,
        kind=first.kind,
        reference=first.reference,
        sort_date=max(row.sort_date for row in lines),
        languages=tuple(line_of(row, issued=True) for row in ordered),
        embargo_until=max((row.embargo_at for row in lines if row.embargo_at), default=None),
    )


def editions(
    connection: Connection, release_id: int, now: datetime, language: str | None = None
) -> tuple[LanguageRow, ...]:
    """The editions of a release that can be seen, newest first; raises NotFound for none."""
    query = (
        select(edition, edition.c.id.label("edition_id"))
        .join(release, release.c.id == edition.c.release_id)
        .where(edition.c.release_id == release_id, out(now))
        .order_by(edition.c.number.desc())
    )
    found = tuple(line_of(row, issued=True) for row in connection.execute(query).all())
    if not found:
        what = _("There is no release {id} in this desk.").format(id=release_id)
        raise NotFound(what, hint=_("Look for it in the list."))
    return tuple(line for line in found if language in (None, line.language))


def find(
    connection: Connection,
    release_id: int,
    language: str | None,
    number: int | None,
    now: datetime,
) -> Filed:
    """One edition that can be seen, the newest unless numbered; raises as ``filing.pick``."""
    there = editions(connection, release_id, now)
    chosen = filing.chosen(release_id, there, language, number)
    saved = filing.stored(connection, chosen.edition_id)
    return Filed(_seen(connection, saved.release, len(there)), replace(saved.edition, questions=()))


def _seen(connection: Connection, parent: Release, there: int) -> Release:
    """What editions share may be of one that is not out yet: then only its identity is told."""
    query = select(func.count()).where(edition.c.release_id == parent.id)
    if connection.execute(query).scalar_one() == there:
        return replace(parent, planned=None)
    return Release(parent.kind, parent.id, parent.uid, parent.reference, version=parent.version)


def can_be_seen(connection: Connection, edition_id: int, now: datetime) -> bool:
    """The edition is out."""
    query = select(edition.c.id).join(release, release.c.id == edition.c.release_id)
    return connection.execute(query.where(edition.c.id == edition_id, out(now))).first() is not None


def moment() -> datetime:
    """Now. What may be seen is decided at the moment of looking."""
    return datetime.now(UTC)
