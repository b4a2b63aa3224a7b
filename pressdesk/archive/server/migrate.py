"""Migrates an older desk on a server: every migration in one transaction.

A copy is the server's own matter here (pg_dump); the transaction takes everything back when
one step fails, tables included.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, func, select, text, update
from sqlalchemy import table as bare_table

from pressdesk.archive.file import migrate
from pressdesk.archive.file.migrate import CURRENT, MigrationPath
from pressdesk.archive.rows import register
from pressdesk.archive.server import (
    at_work,
    changes,
    complaints,
    guards,
    rights,
    shown,
    turn,
    witnesses,
)
from pressdesk.archive.store import faults
from pressdesk.archive.store.tables import SCHEMA_KEY, meta
from pressdesk.base.address import Server


def upgrade(engine: Engine, server: Server, plan: MigrationPath = CURRENT) -> None:
    """Run pending migrations as the only writer; someone else may have run them already.

    raises  DeskLocked, DeskReadOnly without the right to change tables; DeskForeign when
            rows were lost. The desk is then as it was.
    """
    with complaints.telling(server), engine.begin() as connection:
        if _schema(connection) >= plan.schema:
            return
        turn.alone(connection)
        if _schema(connection) >= plan.schema:
            return
        turn.make(connection)
        before = _rows(connection)
        guards.drop(connection)
        migrate.run(connection, plan)
        if register.is_there(connection):
            register.catch_up(connection, datetime.now(UTC), server)
        guards.make(connection)
        changes.make(connection)
        shown.make(connection)
        at_work.make(connection)
        witnesses.make(connection)
        if rights.granted(connection):
            rights.grant(connection)
        after = _rows(connection)
        if any(after.get(table, rows) < rows for table, rows in before.items()):
            raise faults.damaged(server)
        connection.execute(
            update(meta).where(meta.c.key == SCHEMA_KEY).values(value=str(plan.schema))
        )


def _schema(connection: Connection) -> int:
    number = select(meta.c.value).where(meta.c.key == SCHEMA_KEY)
    return int(connection.execute(number).scalar_one())


def _rows(connection: Connection) -> dict[str, int]:
    names = text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    return {
        name: connection.execute(select(func.count()).select_from(bare_table(name))).scalar_one()
        for name in connection.execute(names).scalars().all()
    }
