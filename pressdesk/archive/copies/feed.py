"""Reads what a server desk has published, in order of change, for an offline copy.

State, not events: what a release of the feed says *now* is read, so that nothing depends on
what was read before. Only issued editions without an embargo in force are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, func, select, text

from pressdesk.archive.copies import letting_out, proofs
from pressdesk.archive.copies.letting_out import Row, VisibleRelease
from pressdesk.archive.rows import houses, visible
from pressdesk.archive.server import changes, shown
from pressdesk.archive.store.engine import DeskPart, Store
from pressdesk.archive.store.itself import UID
from pressdesk.archive.store.tables import blob, deed, edition, issued, meta, release
from pressdesk.base.errors import DeskForeign, DeskUnavailable
from pressdesk.base.i18n import _
from pressdesk.press.house import House
from pressdesk.press.register.deeds import Book
from pressdesk.press.register.tree import Hash

if TYPE_CHECKING:
    from pressdesk.archive.file.desk_file import Archive

BATCH = 500
"""Releases read and written at once."""

LONGEST = timedelta(minutes=10)
"""What a transaction lasts at most: the server ends one that says nothing for so long."""

_PRIVATE = ("embargo_at", "embargo_zone", "planned_at", "trashed_at", "issued_embargo")
"""What a release shares with its drafts and no reader is to see."""


class FeedPage(Struct, frozen=True):
    """Some releases, and the cursor to go on from; no parcels: the feed is at its end."""

    parcels: tuple[VisibleRelease, ...]
    cursor: int


Line = tuple[int, int, int, str]
"""Of one edition: release, edition, its version, seal of the sheet."""


def of(archive: Archive) -> MirrorFeed:
    """The feed of an open desk.

    raises  DeskUnavailable for a desk that is a file, or whose owner has not opened it since
            there are feeds
    """
    store = archive._store
    if isinstance(store.place, Path):
        what = _("“{desk}” is a file; only a desk on a server can have an offline copy.")
        raise DeskUnavailable(what.format(desk=store.place))
    with store.read() as connection:
        if changes.is_there(connection) and shown.is_there(connection):
            return MirrorFeed(store)
    what = _("The desk “{desk}” does not record its changes yet.").format(desk=store.place)
    raise DeskUnavailable(
        what, hint=_("Ask its owner to open it once in this version of PressDesk.")
    )


class MirrorFeed(DeskPart):
    """The feed of one desk on a server. Each method is one snapshot of it."""

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
            return changes.last(connection)

    def after(self, cursor: int, limit: int = BATCH) -> FeedPage:
        """What the releases that changed next say now."""
        with self._store.read() as connection:
            cursor, ids = changes.since(connection, cursor, limit)
            return FeedPage(_parcels(connection, ids, self._store), cursor)

    def these(self, release_ids: Sequence[int]) -> tuple[VisibleRelease, ...]:
        """What these releases say now."""
        with self._store.read() as connection:
            return _parcels(connection, release_ids, self._store)

    def free_since(self, before: datetime) -> tuple[list[int], datetime]:
        """Releases with an embargo that ended after ``before``, and the clock of the server.

        The end of an embargo writes nothing: no feed tells of it.
        """
        since = before - LONGEST  # it may have gone out meanwhile by a transaction begun before
        query = (
            select(edition.c.release_id)
            .where(edition.c.embargo_at > since, edition.c.embargo_at <= func.now())
            .distinct()
        )
        with self._store.read() as connection:
            return list(connection.execute(query).scalars().all()), _now(connection)

    def sums(self) -> tuple[int, ...]:
        """Count and sums over all readers may see; a mirror's own must be the same."""
        with self._store.read() as connection:
            return summed(connection, visible.out(_now(connection)))

    def lines(self) -> set[Line]:
        """One line for each edition readers may see."""
        with self._store.read() as connection:
            return lines_of(connection, visible.out(_now(connection)))

    def seals(self, editions: Sequence[str]) -> list[Row]:
        """The deeds that sealed these editions."""
        with self._store.read() as connection:
            return proofs.seals(connection, editions)

    def signatures(self, editions: Sequence[str]) -> dict[str, str]:
        """The signatures that were made when these editions were issued."""
        with self._store.read() as connection:
            return proofs.signatures(connection, editions)

    def nodes(self, held: int, size: int) -> Iterator[list[Row]]:
        """The nodes of the register that a tree of ``size`` has and one of ``held`` has not."""
        with self._store.read() as connection:
            yield from proofs.nodes(connection, held, size)

    def grown(self) -> int:
        """How long the register was when the newest edition to be seen was issued."""
        newest = select(deed.c.size).join(edition, edition.c.uid == deed.c.edition)
        newest = newest.join(release, release.c.id == edition.c.release_id)
        with self._store.read() as connection:
            newest = newest.where(deed.c.book == Book.OUT, visible.out(_now(connection)))
            number = connection.execute(newest.order_by(deed.c.number.desc()).limit(1)).scalar()
        return int(number or 0)

    def root(self, size: int) -> Hash:
        """The root of the register as it was; raises KeyError for more than may be seen."""
        with self._store.read() as connection:
            return proofs.root(connection, size)

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
    sums = [func.sum(release.c.id), func.sum(edition.c.id * 31 + edition.c.version)]
    found = connection.execute(letting_out.joined(func.count(), *sums).where(*which)).one()
    return tuple(int(number or 0) for number in found)


def lines_of(connection: Connection, *which: ColumnElement[bool]) -> set[Line]:
    """The issued editions there are, one by one."""
    columns = (release.c.id, edition.c.id, edition.c.version, issued.c.sha256)
    rows = connection.execute(letting_out.joined(*columns).where(*which)).all()
    return {(row[0], row[1], row[2], row[3]) for row in rows}


def _parcels(
    connection: Connection, ids: Sequence[int], store: Store
) -> tuple[VisibleRelease, ...]:
    """The releases in the order given; each once, and without editions when not to be seen."""
    now = _now(connection)
    free = {
        one: tuple(parts for parts in several if _is_free(parts[2], store, now))
        for one, several in letting_out.going_out(connection, ids, now).items()
    }
    # The release is shared with drafts: what they have changed of it is not shown.
    last = shown.last(
        connection, [parts[0]["id"] for several in free.values() for parts in several]
    )
    rows = connection.execute(select(release).where(release.c.id.in_(free))).mappings()
    heads = {row["id"]: _bared(dict(row) | last.get(row["id"], {})) for row in rows}
    return tuple(
        VisibleRelease(one, heads.get(one, {}), free.get(one, ())) for one in dict.fromkeys(ids)
    )


def _is_free(sheet: Row, store: Store, now: datetime) -> bool:
    """One with a broken seal stays."""
    try:
        return letting_out.is_free(sheet, now, store.place)
    except DeskForeign:
        return False


def _bared(row: Row) -> Row:
    nothing = {name: None for name in _PRIVATE if name in row}
    return row | nothing | {"drafts": False, "version": 1}  # it moves with each draft
