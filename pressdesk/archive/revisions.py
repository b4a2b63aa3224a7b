"""Reads the revisions of an edition."""

from __future__ import annotations

from sqlalchemy import Connection, select

from pressdesk.archive import values
from pressdesk.archive.tables import revision
from pressdesk.base.address import Address
from pressdesk.base.errors import NotFound
from pressdesk.base.i18n import _
from pressdesk.press.filed import RevisionInfo
from pressdesk.press.release import Edition, Release


def history(connection: Connection, edition_id: int) -> tuple[RevisionInfo, ...]:
    """The explicit saves of an edition, newest first."""
    columns = (
        revision.c.id,
        revision.c.number,
        revision.c.at,
        revision.c.note,
        revision.c.author,
    )
    found = connection.execute(
        select(*columns)
        .where(revision.c.edition_id == edition_id)
        .order_by(revision.c.number.desc())
    )
    return tuple(RevisionInfo(*row) for row in found.all())


def one(connection: Connection, revision_id: int, place: Address) -> tuple[Release, Edition]:
    """The values of one save; raises NotFound, DeskForeign when its bytes are damaged."""
    row = connection.execute(select(revision).where(revision.c.id == revision_id)).first()
    if row is None:
        what = _("There is no revision {id} in this desk.").format(id=revision_id)
        raise NotFound(what, hint=_("It may belong to a release that was deleted."))
    return values.unpack(values.unsqueeze(row.data, row.sha256, place))
