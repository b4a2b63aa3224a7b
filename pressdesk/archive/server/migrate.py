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
    registrar,
    rights,
    shown,
    turn,
)
from pressdesk.archive.store import faults
from pressdesk.archive.store.schema_number import SCHEMA_KEY
from pressdesk.archive.store.tables import meta
from pressdesk.base.address import Server

_OWNED = """
SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('public.contact')
"""
_OLDER = """
SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
AND (application_name = 'PressDesk' OR CAST(
    substring(application_name FROM '^PressDesk schema ([0-9]{1,9})$') AS integer) < :schema)
"""
"""Sessions of programs that know an earlier schema only, whoever they are of; see ``SESSION``."""


def upgrade(engine: Engine, server: Server, plan: MigrationPath = CURRENT) -> None:
    """Run pending migrations as the only writer; someone else may have run them already.

    raises  DeskLocked, also while an older PressDesk has the desk open; DeskReadOnly without the
            right to change tables; DeskForeign when rows were lost. The desk is then as it was.
    """
    with complaints.telling(server), engine.begin() as connection:
        if _schema(connection) >= plan.schema:
            return
        if not connection.execute(text(_OWNED)).scalar():
            raise complaints.owner_only(server)
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
        registrar.make(connection)
        if rights.granted(connection):
            rights.grant(connection)
        after = _rows(connection)
        if any(after.get(table, rows) < rows for table, rows in before.items()):
            raise faults.damaged(server)
        # Last, so that nobody comes in between: those who come later are told.
        if connection.execute(text(_OLDER), {"schema": plan.schema}).first() is not None:
            raise complaints.in_use(server)
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
