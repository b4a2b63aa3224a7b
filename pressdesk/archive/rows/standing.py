"""Looks at editions without reading them: their versions, and when the next embargo ends."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from pressdesk.archive.store.tables import edition, release, revision
from pressdesk.press.filed import Stands


def of(connection: Connection, edition_id: int) -> Stands | None:
    """The versions an edition and its release have now; None when it is gone or trashed."""
    query = (
        select(release.c.id, release.c.version, edition.c.version.label("own"))
        .join(edition, edition.c.release_id == release.c.id)
        .where(edition.c.id == edition_id, release.c.trashed_at.is_(None))
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    author = (
        select(revision.c.author)
        .join(edition, edition.c.id == revision.c.edition_id)
        .where(edition.c.release_id == row.id)
        .order_by(revision.c.id.desc())
        .limit(1)
    )
    return Stands(row.version, row.own, connection.execute(author).scalar() or "")


def next_embargo(connection: Connection, now: datetime) -> datetime | None:
    """When the next embargo of an issued edition ends, None when none stands."""
    query = select(func.min(edition.c.embargo_at)).where(edition.c.embargo_at > now)
    found: datetime | None = connection.execute(query).scalar()
    return found
