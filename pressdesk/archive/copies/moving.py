"""Copies a whole desk between a file and a server, and verifies the copy."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Connection,
    LargeBinary,
    Table,
    func,
    insert,
    inspect,
    null,
    select,
    text,
)

from pressdesk.archive.file import desk_file
from pressdesk.archive.file.desk_file import Archive
from pressdesk.archive.opening import office_of
from pressdesk.archive.rows import register
from pressdesk.archive.search import docs
from pressdesk.archive.search.backend import backend
from pressdesk.archive.store import dialects, faults
from pressdesk.archive.store.before import contact_anew
from pressdesk.archive.store.itself import REGISTER_OF
from pressdesk.archive.store.schema_number import SCHEMA_KEY
from pressdesk.archive.store.tables import (
    alembic_version,
    contact,
    deed,
    draft,
    meta,
    metadata,
    node,
    search_terms,
)
from pressdesk.base import passwords
from pressdesk.base.address import Address, Server
from pressdesk.press.register.deeds import Deed, Record

TABLES: tuple[Table, ...] = tuple(t for t in metadata.sorted_tables if t is not alembic_version)
"""What is copied, what is referred to first."""

_ROWS, _WIDE_ROWS = 500, 20
_MASK = (1 << 256) - 1


class Tally(Struct, frozen=True):
    """Of one table: how many rows, and the sum of their hashes, whatever their order."""

    rows: int
    hash: str


def move(
    source: Archive,
    target: Address,
    *,
    roles: bool = True,
    step: Callable[[], None] = lambda: None,
    because: str = "",
) -> Mapping[str, Tally]:
    """Copy a desk to an empty target; the source is not changed.

    Nobody can write to the source meanwhile. All rows are read back, counted and hashed on
    both sides before the copy is kept; when they differ, or anything fails, there is none.
    The copy bears the same name inside: it is the same desk.
    roles   on a server make the roles of editors and readers, too
    step    called after each table, ``len(TABLES)`` times
    because what the register of the copy says of the reason
    raises  DeskUnavailable when there is something at the target; DeskReadOnly for a source
            that shows a reader a part only; DeskForeign when the copy differs; BadInput for
            text PostgreSQL cannot hold; DeskLocked, DeskFull
    cost    about 20 s for 10,000 releases
    """
    part = source.reading and not source.is_copy
    if part or (isinstance(source.place, Server) and source.read_only):
        raise faults.part_only(source.place)
    store = source._store
    tallies: dict[str, Tally] = {}
    with store.read() if store.read_only else store.write() as old:
        fill = partial(_fill, old, tallies=tallies, place=target, step=step, because=because)
        if isinstance(target, Path):
            desk_file.make(target, fill)
        else:
            known = passwords.known(target)
            office_of(target).make(target.url, fill, password=known, roles=roles)
    return tallies


def _fill(
    old: Connection,
    new: Connection,
    *,
    tallies: dict[str, Tally],
    place: Address,
    step: Callable[[], None],
    because: str,
) -> None:
    new.execute(meta.delete())  # the mark of an empty index
    there = _there(old)
    # A copy has a part of the register of another desk; the new one begins its own.
    copied = old.execute(select(meta).where(meta.c.key == REGISTER_OF)).first() is not None
    for table in TABLES:
        if table.name not in there or (copied and table in (deed, node)):
            step()
            continue
        for rows in _batches(old, table):
            new.execute(insert(table), rows)
        tallies[table.name] = tally(old, table)
        if tally(new, table) != tallies[table.name]:
            raise faults.damaged(place)
        step()
    _count_on(old, new)
    register.catch_up(new, datetime.now(UTC), place)  # unless there was a register to copy
    _moved(new, place, because)
    for rows in _batches(new, search_terms):
        backend(new).put(new, [(row["key"], docs.unsqueezed(row["terms"])) for row in rows])
    backend(new).optimise(new)


def _there(old: Connection) -> frozenset[str]:
    """The tables of the source: one of an earlier schema, which is only read, has not all."""
    return frozenset(inspect(old).get_table_names())


def _columns(connection: Connection, table: Table) -> Iterator[ColumnElement[Any]]:
    """The columns of a table, null where a desk of an earlier schema has not got one."""
    older = table is draft and not register.is_there(connection)
    lacking = {draft.c.sha256} if older else set()
    return (null().label(one.name) if one in lacking else one for one in table.columns)


def _moved(new: Connection, place: Address, because: str) -> None:
    """Say so in the register of the copy."""
    to = "server" if isinstance(place, Server) else "file"
    told = {"because": because, "to": to} if because else {"to": to}
    record = Record(0, Deed.MOVED, "", details=tuple(told.items()))
    register.enter(new, [register.Entry(Deed.MOVED, datetime.now(UTC), record)])


def _batches(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    """The rows of a table, some at a time: originals and pictures are large."""
    size = _WIDE_ROWS if any(isinstance(c.type, LargeBinary) for c in table.columns) else _ROWS
    query = select(*_columns(connection, table)).select_from(table)
    if table is meta:  # a file has it in its header
        query = query.where(meta.c.key.not_in((SCHEMA_KEY, REGISTER_OF)))
    found = connection.execute(query, execution_options={"yield_per": size})
    for some in found.mappings().partitions():
        rows = [dict(row) for row in some]
        if table is contact:  # a desk that is only read may be of an earlier schema
            rows = [row | {"data": contact_anew(row["data"])} for row in rows]
        yield rows


def tally(connection: Connection, table: Table) -> Tally:
    """Count and hash what a table holds, as values, not as one database stores them."""
    number = total = 0
    for rows in _batches(connection, table):
        number += len(rows)
        for row in rows:
            line = repr([row[column.name] for column in table.columns]).encode()
            total += int.from_bytes(hashlib.sha256(line).digest(), "big")
    return Tally(number, f"{total & _MASK:064x}")


def _count_on(old: Connection, new: Connection) -> None:
    """A short number is never given twice: the new desk counts on where the old one stands."""
    for table in TABLES:
        if table.dialect_options["sqlite"]["autoincrement"]:
            highest = select(func.coalesce(func.max(table.c.id), 0))
            last = max(_last(old, table), int(new.execute(highest).scalar_one()))
            _set_last(new, table, last)


def _last(connection: Connection, table: Table) -> int:
    """The number given last, also of what is gone since."""
    if dialects.on_server(connection):
        query = f"SELECT last_value, is_called FROM {table.name}_id_seq"
        value, called = connection.execute(text(query)).one()
        return int(value) if called else 0
    query = "SELECT seq FROM sqlite_sequence WHERE name = :name"
    return int(connection.execute(text(query), {"name": table.name}).scalar() or 0)


def _set_last(connection: Connection, table: Table, last: int) -> None:
    if dialects.on_server(connection):
        if last:
            order = text("SELECT setval(CAST(:name AS regclass), :last)")
            connection.execute(order, {"name": f"{table.name}_id_seq", "last": last})
        return
    row = {"name": table.name, "last": last}
    connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), row)
    connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), row)
