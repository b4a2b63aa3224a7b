"""The turn to write to a desk on a server: one row, locked until the transaction ends.

No lock by a number: any login may take one of those, a reader's too. To lock the row takes the
right to update it, and readers do not even see its table.
"""

from __future__ import annotations

from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from pressdesk.archive.server import complaints
from pressdesk.archive.store.tables import alembic_version, metadata
from pressdesk.base.address import Server

TABLE = "turn"

LOCK = "PERFORM 1 FROM turn FOR UPDATE;"
"""In a function: wait for the turn, or go on where the transaction has it already."""

# It can hold this one row, whoever may update it.
_MAKE = """
CREATE TABLE IF NOT EXISTS public.turn (whose boolean PRIMARY KEY CHECK (whose));
INSERT INTO public.turn VALUES (true) ON CONFLICT DO NOTHING;
"""
_TAKE = "SELECT pg_current_xact_id() FROM public.turn FOR UPDATE"
_THERE = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


def make(connection: Connection) -> None:
    """Make the table and its row."""
    connection.exec_driver_sql(_MAKE)


def first(connection: Connection, server: Server) -> None:
    """Make it in an empty database: of several who begin a desk there, one can.

    raises  DeskUnavailable for the others, once that one is done
    """
    try:
        make(connection)
    except IntegrityError as error:
        raise complaints.taken(server) from error


def take(connection: Connection) -> int:
    """Wait for the turn; returns the number of the transaction that has it now."""
    return int(connection.execute(text(_TAKE)).scalar_one())


def alone(connection: Connection) -> None:
    """Keep everybody out until the transaction ends: for the owner, who changes the tables.

    Of an earlier PressDesk, too, which takes turns in its own way. The first lock is one that
    only an owner can take, so that two of them do not wait for each other.
    """
    owners = f"LOCK TABLE public.{alembic_version.name} IN SHARE ROW EXCLUSIVE MODE"
    connection.exec_driver_sql(owners)
    there = set(connection.execute(text(_THERE)).scalars().all())
    names = ", ".join(f"public.{one.name}" for one in metadata.sorted_tables if one.name in there)
    connection.exec_driver_sql(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
