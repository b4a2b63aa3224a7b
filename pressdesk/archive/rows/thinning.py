"""Deletes old revisions that nobody needs, and never one that is named, noted or issued."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import Connection, delete, func, select

from pressdesk.archive.rows.list_rows import is_out
from pressdesk.archive.store.tables import edition, revision, revision_base, revision_name

ALL_DAYS = 30
"""Days back to which every revision is kept."""

DAILY_DAYS = 365
"""Days back to which the last revision of each day is kept; before that, of each week."""


class RevisionAge(Struct, frozen=True):
    """What thinning looks at of one revision."""

    id: int
    at: datetime
    named: bool = False
    """It has a name or a note: a person said something about it."""
    keyframe: int | None = None


def spare(found: Sequence[RevisionAge], now: datetime) -> tuple[int, ...]:
    """Which revisions of one draft may go, oldest first.

    found  all of the draft, oldest first
    now    in the zone of the desk, as days begin there
    Never the first, the last, one with a name or a note, or one that a kept one leans on.
    """
    kept = {one.id for one in (*found[:1], *found[-1:])}
    kept |= {one.id for one in found if one.named}
    last_of: dict[tuple[int, ...], int] = {}
    for one in found:
        age = now - one.at
        if age <= timedelta(days=ALL_DAYS):
            kept.add(one.id)
            continue
        day = one.at.astimezone(now.tzinfo).date()
        daily = age <= timedelta(days=DAILY_DAYS)
        last_of[(day.toordinal(),) if daily else day.isocalendar()[:2]] = one.id
    kept |= set(last_of.values())
    kept |= {one.keyframe for one in found if one.id in kept and one.keyframe is not None}
    return tuple(one.id for one in found if one.id not in kept)


def candidates(connection: Connection) -> tuple[int, ...]:
    """Ids of the drafts with enough revisions for one to be spared."""
    number = select(func.count()).where(revision.c.edition_id == edition.c.id).scalar_subquery()
    query = select(edition.c.id).where(~is_out(edition.c.state), number > 2)
    return tuple(connection.execute(query).scalars().all())


def spared(connection: Connection, edition_id: int, now: datetime) -> tuple[int, ...]:
    """Ids of the revisions of an edition that may go; of an issued one, none."""
    return spare(_standing(connection, edition_id), now)


def thin(connection: Connection, edition_id: int, now: datetime) -> int:
    """Thin the revisions of one edition; an issued one keeps all. Says how many went."""
    found = _standing(connection, edition_id)
    gone = spare(found, now)
    # Those that lean on another first, so that none stands on nothing in between.
    leaning = {one.id for one in found if one.keyframe is not None}
    for wave in ([key for key in gone if key in leaning], [k for k in gone if k not in leaning]):
        for at in range(0, len(wave), 400):
            connection.execute(delete(revision).where(revision.c.id.in_(wave[at : at + 400])))
    return len(gone)


def _standing(connection: Connection, edition_id: int) -> list[RevisionAge]:
    query = (
        select(revision.c.id, revision.c.at, revision.c.note)
        .add_columns(revision_name.c.name, revision_base.c.keyframe_id)
        .join(edition, edition.c.id == revision.c.edition_id)
        .outerjoin(revision_name, revision_name.c.revision_id == revision.c.id)
        .outerjoin(revision_base, revision_base.c.revision_id == revision.c.id)
        .where(revision.c.edition_id == edition_id, ~is_out(edition.c.state))
        .order_by(revision.c.number)
    )
    return [
        RevisionAge(row.id, row.at, bool(row.name or row.note), row.keyframe_id)
        for row in connection.execute(query).all()
    ]
