"""Puts single rows back, past guards that are away, and says what changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, literal, select, update
from sqlalchemy.exc import StatementError

from pressdesk.archive.store.tables import (
    draft,
    edition,
    edition_body,
    edition_contact,
    issued,
    release,
)

NO_VALUE = (ValueError, TypeError, AttributeError, OverflowError, StatementError)
"""What reading a column may raise that holds no value of its type."""

Row = Mapping[str, Any]

OF_EDITION = (edition_body, edition_contact, issued, draft)
"""Tables whose rows belong to an edition, by ``edition_id``."""


def put(connection: Connection, table: Table, row: Row) -> tuple[str, ...] | None:
    """Make the row of this key say so.

    Returns the names of what it said otherwise, () where nothing was; None where there was
    no row.
    """
    key = [one == row[one.name] for one in table.primary_key]
    names = [name for name in row if name not in table.primary_key]
    if connection.execute(select(literal(1)).select_from(table).where(*key)).first() is None:
        connection.execute(insert(table).values(dict(row)))
        return None
    other = tuple(name for name in names if not _says(connection, table.c[name], key, row[name]))
    if other:
        order = update(table).where(*key).values({name: row[name] for name in other})
        connection.execute(order)
    return other


def _says(
    connection: Connection, column: ColumnElement[Any], key: Sequence[ColumnElement[bool]], is_: Any
) -> bool:
    """Whether the column holds it, and would be stored so: 2 reads as True, and is not 1."""
    try:
        found = connection.execute(select(column).where(*key)).scalar()
        same = select(literal(1)).where(*key, column.is_not_distinct_from(is_))
        return bool(found == is_ and connection.execute(same).first() is not None)
    except NO_VALUE:
        return False


def put_contacts(connection: Connection, edition_id: int, contacts: Sequence[int]) -> bool:
    """Whom an edition names, in this order; whether that was otherwise."""
    mine = edition_contact.c.edition_id == edition_id
    columns = edition_contact.c.position, edition_contact.c.contact_id
    query = select(*columns).where(mine).order_by(edition_contact.c.position)
    wanted = list(enumerate(contacts))
    if [tuple(row) for row in connection.execute(query).all()] == wanted:
        return False
    connection.execute(delete(edition_contact).where(mine))
    if wanted:
        rows = [{"edition_id": edition_id, "position": at, "contact_id": of} for at, of in wanted]
        connection.execute(insert(edition_contact), rows)
    return True


def make_way(connection: Connection, table: Table, uid: str, key: int) -> tuple[str, ...]:
    """Give a row of this uid that bears another id its own, if that is free; what changed."""
    taken = select(literal(1)).select_from(table).where(table.c.id == key)
    if connection.execute(taken).first() is not None:
        return ()
    moved = update(table).where(table.c.uid == uid).values(id=key).returning(table.c.id)
    return ("id",) if connection.execute(moved).first() is not None else ()


def strays(connection: Connection, table: Table) -> list[int]:
    """The editions, or releases, that rows of a table say they belong to and that are not there."""
    (owner, home) = (
        (edition.c.id, table.c.edition_id)
        if table is not edition
        else (release.c.id, edition.c.release_id)
    )
    query = select(home).where(home.not_in(select(owner))).distinct().order_by(home)
    return [one for one in connection.execute(query).scalars().all() if isinstance(one, int)]


def clear_strays(connection: Connection) -> Iterable[str]:
    """Delete rows of editions that are not there and say what another row says as well."""
    for table in OF_EDITION:
        for one in strays(connection, table):
            if _is_twice(connection, table, one):
                connection.execute(delete(table).where(table.c.edition_id == one))
                yield f"{table.name} {one}"


def _is_twice(connection: Connection, table: Table, one: int) -> bool:
    names = [column for column in table.c if column.name not in ("edition_id", "position")]
    rows = connection.execute(select(*names).where(table.c.edition_id == one)).all()
    return all(_elsewhere(connection, table, one, names, row) for row in rows)


def _elsewhere(
    connection: Connection,
    table: Table,
    one: int,
    names: Collection[ColumnElement[Any]],
    row: Sequence[Any],
) -> bool:
    same = [name.is_not_distinct_from(is_) for name, is_ in zip(names, row, strict=True)]
    query = select(literal(1)).select_from(table).where(table.c.edition_id != one, *same)
    return connection.execute(query).first() is not None
