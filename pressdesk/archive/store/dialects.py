"""The few differences between SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    Table,
    cast,
    extract,
    func,
)
from sqlalchemy.dialects import sqlite


def on_server(connection: Connection) -> bool:
    """True on PostgreSQL."""
    return connection.dialect.name == "postgresql"


def mark(connection: Connection) -> str:
    """The SQL placeholder for a value passed directly to the driver."""
    return "%s" if on_server(connection) else "?"


def rows(connection: Connection, order: str, values: Sequence[Any]) -> list[Any]:
    """The rows of a query as the driver gives them, ``mark`` standing for each value.

    On SQLite past SQLAlchemy's results, which cost as much as reading a page of hits. Errors
    are the driver's there: ``faults.telling`` knows them.
    """
    if on_server(connection):
        return list(connection.exec_driver_sql(order, tuple(values)).all())
    cursor = connection.connection.cursor()
    try:
        cursor.execute(order, values)
        return list(cursor.fetchall())
    finally:
        cursor.close()


def reads(connection: Connection, column: Column[Any]) -> Callable[[Any], Any]:
    """What makes of a value, as the driver gives it, what it is in the column; None stays."""
    dialect = connection.dialect
    made = column.type.dialect_impl(dialect).result_processor(dialect, None)
    return made or (lambda value: value)


def upsert(connection: Connection, table: Table) -> Any:
    """An INSERT that knows ON CONFLICT; both kinds have the same methods."""
    if not on_server(connection):
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # a desk in a file opens without it

    return postgresql.insert(table)


def month(connection: Connection, day: ColumnElement[date]) -> ColumnElement[int]:
    """The year * 12 + month of a day."""
    parts: list[ColumnElement[Any]] = [extract(one, day) for one in ("year", "month")]
    if not on_server(connection):  # a date is text; to read it as a date takes twice the time
        parts = [func.substr(day, 1, 4), func.substr(day, 6, 2)]
    year, of_year = (cast(part, Integer) for part in parts)
    return year * 12 + of_year


def among(columns: str, table: str, key: str, keys: Sequence[int]) -> tuple[str, tuple[Any, ...]]:
    """SQL and parameters that read rows by thousands of keys at once, in the key's order.

    The keys are numbers of ours and go in as one list: a bound parameter for each would cost
    more than the reading.
    """
    listed = ",".join(str(int(one)) for one in keys)
    return f"SELECT {columns} FROM {table} WHERE {key} IN ({listed})", ()
