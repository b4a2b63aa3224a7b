"""Migrates an older desk: a backup first, then every migration in one transaction.

The order matters and was measured: foreign keys are switched off before BEGIN, because a
table rebuilt under them loses the rows that refer to it without an error; and the guards are
dropped first and made anew from code, as one that names a table being rebuilt stops it.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from msgspec import Struct
from sqlalchemy import Connection, Engine, NullPool, create_engine, event

from pressdesk.archive.file import schema, triggers
from pressdesk.archive.file.backup import backup, rows
from pressdesk.archive.rows import register
from pressdesk.archive.search.backend import backend
from pressdesk.archive.store import faults
from pressdesk.archive.store.bare import BUSY_SECONDS, connect
from pressdesk.archive.store.schema_number import APPLICATION_ID, REVISION, SCHEMA


class MigrationPath(Struct, frozen=True):
    """Where the migrations lie, and where they lead."""

    scripts: Path = Path(__file__).parents[1] / "migrations"
    target: str = REVISION
    schema: int = SCHEMA


CURRENT = MigrationPath()


def upgrade(
    path: Path, *, seconds: float = BUSY_SECONDS, plan: MigrationPath | None = None
) -> Path:
    """Run the migrations that are due and return the copy made before, which stays.

    raises  DeskFull, DeskLocked, DeskReadOnly, also where the desk is not made as PressDesk
            made it then; DeskForeign when the copy or the migrated desk is not sound. The
            desk is then as it was.
    """
    with faults.telling(path):
        copy = _copy(path, seconds)
        engine = _engine(path, seconds)
        try:
            _run(engine, path, plan or CURRENT)
        finally:
            engine.dispose()
    return copy


def _copy(path: Path, seconds: float) -> Path:
    stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    copy = path.with_name(f"{path.stem}.before-update-{stamp}{path.suffix}")
    backup(path, copy, seconds=seconds, sealed=False)
    return copy


def _engine(path: Path, seconds: float) -> Engine:
    def fresh() -> sqlite3.Connection:
        connection = connect(path, read_only=False, immutable=False, seconds=seconds)
        connection.execute("PRAGMA foreign_keys = OFF").close()
        connection.execute("PRAGMA synchronous = FULL").close()
        return connection

    engine = create_engine("sqlite+pysqlite:///", creator=fresh, poolclass=NullPool)
    event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _run(engine: Engine, path: Path, plan: MigrationPath) -> None:
    with engine.begin() as connection:
        now = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if found := schema.unexplained(connection, now):
            raise faults.altered(path, found, older=True)
        before = _rows(connection)
        triggers.drop(connection)
        run(connection, plan)
        if register.is_there(connection):  # a plan may lead to another schema
            register.catch_up(connection, datetime.now(UTC), path)
        triggers.make(connection)
        backend(connection).ready(connection)
        after = _rows(connection)
        lost = {table for table, number in before.items() if after.get(table, number) < number}
        if lost or connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise faults.damaged(path)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {plan.schema}")


def _rows(connection: Connection) -> dict[str, int]:
    # The search index counts in its own way, and is made anew from the rest.
    bare = connection.connection.driver_connection
    assert isinstance(bare, sqlite3.Connection)
    return {name: n for name, n in rows(bare).items() if not name.startswith("search_text")}


def run(connection: Connection, plan: MigrationPath) -> None:
    """Run the migrations that are due, inside the caller's transaction."""
    config = Config()
    config.set_main_option("script_location", str(plan.scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    directory = ScriptDirectory.from_config(config)

    def steps(revision: object, _context: object) -> object:
        return directory._upgrade_revs(plan.target, revision)  # type: ignore[arg-type]  # as alembic.command.upgrade does

    with EnvironmentContext(config, directory, fn=steps, destination_rev=plan.target):
        directory.run_env()
