"""Reads what went out of an office's desk, in the order in which it changed: for a mirror.

State, not events: what a release of the feed says *now* is read, so that nothing depends on
what was read before. Only issued editions without an embargo in force are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    column,
    func,
    or_,
    select,
    table,
    text,
)

from pressdesk.archive.file.desk_file import UID
from pressdesk.archive.rows import houses
from pressdesk.archive.rows.list_rows import is_out
from pressdesk.archive.server import shown
from pressdesk.archive.store import values
from pressdesk.archive.store.engine import Store
from pressdesk.archive.store.tables import blob, edition, edition_body, issued, meta, release
from pressdesk.base.errors import DeskForeign, DeskUnavailable
from pressdesk.base.i18n import _
from pressdesk.press.house import House

if TYPE_CHECKING:
    from pressdesk.archive.file.desk_file import Archive

change = table("change", column("release_id"), column("seq"))
"""See ``server/changes.py``."""

BATCH = 500
"""Releases read and written at once."""

Row = dict[str, Any]

_HASH = re.compile(rb"[0-9a-f]{64}")

_PRIVATE = ("embargo_at", "embargo_zone", "planned_at", "trashed_at", "issued_embargo")
"""What a release shares with its drafts and no reader is to see."""


class VisibleRelease(Struct, frozen=True):
    """A release as readers may see it; without editions there is nothing to be seen."""

    id: int
    release: Row
    editions: tuple[tuple[Row, Row, Row], ...] = ()
    """The rows of edition, edition_body and issued."""


class FeedPage(Struct, frozen=True):
    """Some releases, and the cursor to go on from; no parcels: the feed is at its end."""

    parcels: tuple[VisibleRelease, ...]
    cursor: int


Line = tuple[int, int, int, int, str]
"""Of one edition: release, its version, edition, its version, seal of the sheet."""


def out() -> ColumnElement[bool]:
    """An edition readers may see, by the clock of the server."""
    return and_(
        is_out(edition.c.state),
        release.c.trashed_at.is_(None),
        or_(edition.c.embargo_at.is_(None), edition.c.embargo_at <= func.now()),
    )


def of(archive: Archive) -> MirrorFeed:
    """The feed of an open desk.

    raises  DeskUnavailable for a desk that is a file, or whose owner has not opened it since
            there are feeds
    """
    store = archive._store
    if isinstance(store.place, Path):
        what = _("The desk “{desk}” is a file of its own; only a desk on a server has a mirror.")
        raise DeskUnavailable(what.format(desk=store.place))
    with store.read() as connection:
        changes = connection.execute(text("SELECT to_regclass('change')")).scalar()
        if changes is not None and shown.is_there(connection):
            return MirrorFeed(store)
    what = _("The desk “{desk}” keeps no list of its changes yet.").format(desk=store.place)
    raise DeskUnavailable(what, hint=_("Have its owner open it once with this PressDesk."))


class MirrorFeed:
    """The feed of one desk on a server. Each method is one snapshot of it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def identity(self) -> str:
        """Names this very feed: another database, a restored one has another name."""
        with self._store.read() as connection:
            uid = connection.execute(select(meta.c.value).where(meta.c.key == UID)).scalar()
            return f"{uid}/{connection.execute(text(_IDENTITY)).scalar_one()}"

    def now(self) -> datetime:
        """The clock of the server."""
        with self._store.read() as connection:
            return _now(connection)

    def house(self) -> House:
        """The house style."""
        with self._store.read() as connection:
            return houses.load(connection)

    def last(self) -> int:
        """The number of the last change."""
        with self._store.read() as connection:
            return int(connection.execute(select(func.max(change.c.seq))).scalar() or 0)

    def after(self, cursor: int, limit: int = BATCH) -> FeedPage:
        """What the releases that changed next say now."""
        query = select(change).where(change.c.seq > cursor).order_by(change.c.seq).limit(limit)
        with self._store.read() as connection:
            rows = connection.execute(query).all()
            parcels = _parcels(connection, [row.release_id for row in rows], self._store)
        return FeedPage(parcels, rows[-1].seq if rows else cursor)

    def these(self, release_ids: Sequence[int]) -> tuple[VisibleRelease, ...]:
        """What these releases say now."""
        with self._store.read() as connection:
            return _parcels(connection, release_ids, self._store)

    def free_since(self, before: datetime) -> tuple[list[int], datetime]:
        """Releases with an embargo that ended after ``before``, and the clock of the server.

        The end of an embargo writes nothing: no feed tells of it.
        """
        query = (
            select(edition.c.release_id)
            .where(edition.c.embargo_at > before, edition.c.embargo_at <= func.now())
            .distinct()
        )
        with self._store.read() as connection:
            return list(connection.execute(query).scalars().all()), _now(connection)

    def manifest(self) -> tuple[int, ...]:
        """Count and sums over all readers may see; a mirror's own must be the same."""
        with self._store.read() as connection:
            return summed(connection, out())

    def lines(self) -> set[Line]:
        """One line for each edition readers may see."""
        with self._store.read() as connection:
            return lines_of(connection, out())

    def blobs(self, names: Sequence[str]) -> list[Row]:
        """The rows of logos and pictures, as far as the desk shows them."""
        with self._store.read() as connection:
            query = select(blob).where(blob.c.sha256.in_(names))
            return [dict(row) for row in connection.execute(query).mappings()]


_IDENTITY = (
    "SELECT concat_ws('/', d.oid, (SELECT c.oid FROM pg_class c JOIN pg_namespace n"
    " ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relname = 'change'),"
    " (SELECT system_identifier FROM pg_control_system()),"
    " (SELECT timeline_id FROM pg_control_checkpoint()))"
    " FROM pg_database d WHERE d.datname = current_database()"
)
"""A dump that was restored has other tables, a server put back in time another line of time."""


def _now(connection: Connection) -> datetime:
    found: datetime = connection.execute(select(func.now())).scalar_one()
    return found


def summed(connection: Connection, *which: ColumnElement[bool]) -> tuple[int, ...]:
    """Count, and sums that move with every version, over the issued editions there are."""
    sums = [func.sum(one.c.id * 31 + one.c.version) for one in (release, edition)]
    found = connection.execute(_joined(func.count(), *sums).where(*which)).one()
    return tuple(int(number or 0) for number in found)


def lines_of(connection: Connection, *which: ColumnElement[bool]) -> set[Line]:
    """The issued editions there are, one by one."""
    columns = (release.c.id, release.c.version, edition.c.id, edition.c.version, issued.c.sha256)
    rows = connection.execute(_joined(*columns).where(*which)).all()
    return {(row[0], row[1], row[2], row[3], row[4]) for row in rows}


def _joined(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(edition)
        .join(release, release.c.id == edition.c.release_id)
        .join(issued, issued.c.edition_id == edition.c.id)
    )


def _parcels(
    connection: Connection, ids: Sequence[int], store: Store
) -> tuple[VisibleRelease, ...]:
    """The releases in the order given; each once, and without editions when not to be seen."""
    query = _joined(edition.c.id, edition.c.release_id).where(edition.c.release_id.in_(ids), out())
    found = connection.execute(query).all()
    keys = [row.id for row in found]
    text_, sheet = edition_body.c.edition_id, issued.c.edition_id
    heads = _rows(connection, select(release).where(release.c.id.in_({r[1] for r in found})), "id")
    editions = _rows(connection, select(edition).where(edition.c.id.in_(keys)), "id")
    bodies = _rows(connection, select(edition_body).where(text_.in_(keys)), "edition_id")
    sheets = _rows(connection, select(issued).where(sheet.in_(keys)), "edition_id")
    now = _now(connection)
    inside: dict[int, list[tuple[Row, Row, Row]]] = {}
    for key in sorted(keys):
        # What an import left open is a note of the desk to itself.
        parts = (editions[key], bodies[key] | {"questions": "[]"}, sheets[key])
        if _free(sheets[key], store, now):
            inside.setdefault(editions[key]["release_id"], []).append(parts)
    # The release is shared with drafts: what they have changed of it is not shown.
    free = [parts[0]["id"] for several in inside.values() for parts in several]
    last = shown.last(connection, free)
    return tuple(
        VisibleRelease(
            one, _bared(heads.get(one, {}) | last.get(one, {})), tuple(inside.get(one, ()))
        )
        for one in dict.fromkeys(ids)
    )


def _rows(connection: Connection, query: Select[Any], key: str) -> dict[int, Row]:
    return {row[key]: dict(row) for row in connection.execute(query).mappings()}


def _free(row: Row, store: Store, now: datetime) -> bool:
    """By the sealed sheet itself, whatever the column says; one with a broken seal stays."""
    try:
        sheet = values.issued(row["sheet"], row["house"], row["sha256"], store.place).sheet
    except DeskForeign:
        return False
    return not sheet.embargo_until or datetime.fromisoformat(sheet.embargo_until) <= now


def _bared(row: Row) -> Row:
    return row | {name: None for name in _PRIVATE if name in row} | {"drafts": False}


def pictures(parcel: VisibleRelease) -> set[str]:
    """The hashes of everything the sheets, their looks and the texts refer to."""
    parts = [
        part
        for _row, body, sheet in parcel.editions
        for part in (body["body"], sheet["sheet"], sheet["house"])
    ]
    return {found.decode() for part in parts for found in _HASH.findall(part)}
