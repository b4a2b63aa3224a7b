"""Tells of the file of a mirror how far it has come, without following anybody."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from sqlalchemy import func, select

from pressdesk.archive.copies import mirror
from pressdesk.archive.file import desk_file
from pressdesk.archive.store.tables import meta, release
from pressdesk.base.errors import DeskReadOnly, DeskUnavailable
from pressdesk.base.i18n import _


class MirrorState(Struct, frozen=True):
    """When a mirror was last up to date, by the clock of its server, and what it holds."""

    at: datetime
    releases: int


def state(file: Path) -> MirrorState | None:
    """The state of a mirror; None when there is none yet, or one that will be made anew.

    raises  DeskUnavailable for a file that is something else
    """
    if not os.path.lexists(file):
        return None
    try:
        archive = desk_file.open_desk(file, read_only=True)
    except DeskReadOnly:
        return None  # of an older PressDesk
    try:
        with archive._store.read() as connection:
            keys = (mirror.SOURCE, mirror.SEEN)
            rows = connection.execute(select(meta).where(meta.c.key.in_(keys))).all()
            number = connection.execute(select(func.count()).select_from(release)).scalar_one()
    finally:
        archive.close()
    known = {row.key: row.value for row in rows}
    if len(known) < len(keys):
        what = _("“{path}” is not the mirror of an office.").format(path=file)
        raise DeskUnavailable(what, hint=_("Choose another name; it was not changed."))
    return MirrorState(datetime.fromisoformat(known[mirror.SEEN]), int(number))
