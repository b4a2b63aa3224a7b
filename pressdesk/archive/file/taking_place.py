"""Tells a backup, before it takes the place of a desk, that it does and what was given there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct
from sqlalchemy import Connection, NullPool, create_engine, event, select

from pressdesk.archive.rows import course, register
from pressdesk.archive.store import dialects, faults
from pressdesk.archive.store.bare import BUSY_SECONDS, connect
from pressdesk.archive.store.itself import UID
from pressdesk.archive.store.tables import counter, meta
from pressdesk.base.errors import DeskUnavailable
from pressdesk.press.register.deeds import Deed, Record
from pressdesk.press.register.heads import Heads

Details = tuple[tuple[str, str], ...]


class Before(Struct, frozen=True):
    """Of the desk whose place a backup takes."""

    heads: Heads | None = None
    """How far its register had come; None without one, or where it cannot be read."""
    given: tuple[tuple[int, int], ...] = ()
    """The last number that was given as a reference, by its series."""
    restored: tuple[Details, ...] = ()
    """What was written down each time another backup took its place."""


def before(path: Path) -> Before:
    """What the present desk says of itself; one that cannot be read says nothing.

    Asked for every value by itself: what is damaged does not keep back the rest.
    """
    given: tuple[tuple[int, int], ...] = ()
    heads = None
    with suppress(DeskUnavailable), _open(path, read_only=True) as connection:
        rows = connection.execute(select(counter.c.year, counter.c.n)).all()
        given = tuple((int(year), int(n)) for year, n in rows)
    with suppress(DeskUnavailable, KeyError), _open(path, read_only=True) as connection:
        heads = _heads(connection)
    restored: tuple[Details, ...] = ()
    with suppress(DeskUnavailable, *course.UNREADABLE), _open(path, read_only=True) as connection:
        restored = tuple(course.restored(connection))
    return Before(heads, given, restored)


def tell(path: Path, was: Before, now: datetime) -> None:
    """Write into a desk that it takes the place of another; of an older schema only the numbers.

    That of others that it took the place of before is written down again: whoever saw the desk
    before those knows by it what became of it.
    A number that was given since went out with a release, and is not given again.
    raises  DeskFull, DeskForeign
    """
    with _open(path, read_only=False) as connection:
        for year, n in was.given:
            row = dialects.upsert(connection, counter).values(year=year, n=n)
            more = {"set_": {"n": n}, "where": counter.c.n < n}
            connection.execute(row.on_conflict_do_update(index_elements=["year"], **more))
        mine = _heads(connection)
        if mine is None:
            return
        told = {"out_from": str(mine.out.size), "desk_from": str(mine.desk.size)}
        if was.heads is not None:
            told |= {"out_size": str(was.heads.out.size), "out_root": was.heads.out.root.hex()}
            told |= {"desk_size": str(was.heads.desk.size), "desk_root": was.heads.desk.root.hex()}
        known = set(course.restored(connection))
        every = [one for one in was.restored if one not in known]
        every.append(tuple(sorted(told.items())))
        records = [Record(0, Deed.RESTORED, "", details=one) for one in every]
        at = now.astimezone(UTC)
        register.enter(connection, [register.Entry(Deed.RESTORED, at, one) for one in records])


def _heads(connection: Connection) -> Heads | None:
    if not register.is_there(connection):
        return None
    uid = connection.execute(select(meta.c.value).where(meta.c.key == UID)).scalar_one()
    return course.heads(connection, str(uid))


@contextmanager
def _open(path: Path, *, read_only: bool) -> Iterator[Connection]:
    """One transaction on a desk at rest, in whatever schema; leaves no journal behind."""
    engine = create_engine(
        "sqlite+pysqlite:///",
        creator=lambda: connect(path, read_only=read_only, immutable=False, seconds=BUSY_SECONDS),
        poolclass=NullPool,
    )
    event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN"))
    try:
        with faults.telling(path), engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()
