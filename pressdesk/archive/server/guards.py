"""The triggers of triggers.py for PostgreSQL: issued editions never change there either."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import Connection, text

from pressdesk.archive.file import triggers
from pressdesk.archive.file.triggers import Guard

_MOVED = re.compile(r"(NEW\.\w+) IS NOT (OLD\.\w+)")


_Made = tuple[str, str, str, str, str]
"""Of a trigger: name, table, event, what it is asked for (each ROW or STATEMENT), what it does."""


def _made() -> Iterator[_Made]:
    for guard in triggers.every():
        yield guard.name, guard.table, guard.event, "ROW", _does(guard)
    # TRUNCATE asks no row's guard.
    for table in sorted({guard.table for guard in triggers.every()}):
        emptied = _refuse("the archive is not emptied")
        yield f"guard_{table}_truncate", table, "TRUNCATE", "STATEMENT", emptied


def orders() -> Iterator[str]:
    """The SQL that makes every guard; each replaces one of its name."""
    for name, table, event, each, body in _made():
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
            f" SET search_path FROM CURRENT AS $guard${_block(body)}$guard$"
        )
        yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
        yield (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table}"
            f" FOR EACH {each} EXECUTE FUNCTION {name}()"
        )


def bodies() -> dict[tuple[str, str], str]:
    """What each guard does, by its name and table, as the server keeps it."""
    return {(name, table): _block(body) for name, table, _event, _each, body in _made()}


def _does(guard: Guard) -> str:
    when = "TRUE" if guard.when == "1" else _MOVED.sub(r"\1 IS DISTINCT FROM \2", guard.when)
    row = "OLD" if guard.event == "DELETE" else "NEW"
    return f"IF {when} THEN {_refuse(guard.message)} END IF; RETURN {row};"


def _refuse(message: str) -> str:
    return f"RAISE EXCEPTION USING ERRCODE = '23000', MESSAGE = '{message}';"


def _block(body: str) -> str:
    return f" BEGIN {body} END "


def make(connection: Connection) -> None:
    """Make all guards, in the form this version of PressDesk has them."""
    # Fixed in each function, too: a temporary table of the same name must not answer for ours.
    connection.execute(text("SET LOCAL search_path = public, pg_temp"))
    for order in orders():
        connection.execute(text(order.replace(":", r"\:")))


def drop(connection: Connection) -> None:
    """Drop all guards: while a migration rebuilds tables, those that name them would fail."""
    found = connection.execute(
        text(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger"
            " WHERE NOT tgisinternal AND tgname LIKE 'guard\\_%'".replace("::", r"\:\:")
        )
    )
    for name, table in found.all():
        connection.execute(text(f'DROP TRIGGER "{name}" ON {table}'))
