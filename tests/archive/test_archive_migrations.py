"""Migrations: the same tables either way, a copy first, everything or nothing."""

from __future__ import annotations

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import published
import pytest

from pressdesk.archive.file import desk_file, migrate, schema, triggers
from pressdesk.archive.file.desk_file import open_desk
from pressdesk.archive.search.backend import backend
from pressdesk.archive.store import header
from pressdesk.archive.store.presence import DeskMark, alone
from pressdesk.archive.store.schema_number import SCHEMA
from pressdesk.base.errors import DeskForeign, DeskLocked, DeskReadOnly

NEXT = SCHEMA + 1
STEP = '''
"""A later step."""
from alembic import op
import sqlalchemy as sa
revision, down_revision = "next", "{head}"
def upgrade():
    {body}
'''
REBUILD = """
    with op.batch_alter_table("edition", recreate="always") as table:
        table.add_column(sa.Column("stage", sa.Text()))
    with op.batch_alter_table("release", recreate="always") as table:
        table.add_column(sa.Column("sender", sa.Text()))
"""


def _plan(folder: Path, body: str) -> migrate.MigrationPath:
    scripts = folder / "100 % scripts"
    shutil.copytree(migrate.CURRENT.scripts, scripts)
    step = STEP.format(head=migrate.CURRENT.target, body=body)
    (scripts / "versions" / "next.py").write_text(step)
    return migrate.MigrationPath(scripts, "next", NEXT)


@pytest.fixture
def path(desk, add, issue) -> Path:
    """A closed desk with an issued release and a draft."""
    issue(add("Out"))
    filed = add("Draft")
    desk.releases.keep(filed.release, filed.edition)
    desk.close()
    return desk.path


def _schema(path: Path) -> dict[str, str]:
    bare = sqlite3.connect(path)
    found = bare.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    bare.close()
    return {name: " ".join(sql.split()) for name, sql in found}


def _rows(path: Path) -> dict[str, int]:
    bare = sqlite3.connect(path)
    left_out = ("ix_", "sqlite", "search_text")  # the index counts in its own way
    names = [n for n in _schema(path) if "guard" not in n and not n.startswith(left_out)]
    found = {n: bare.execute(f"SELECT count(*) FROM {n}").fetchone()[0] for n in names}
    bare.close()
    return found


def test_migrations_make_the_tables_that_create_makes(desk, tmp_path: Path) -> None:
    built = tmp_path / "built.db"
    with closing(sqlite3.connect(built)) as bare, bare:
        bare.executescript(schema.script(1))
        bare.execute("INSERT INTO alembic_version VALUES ('0001_first')")
    engine = migrate._engine(built, 1)
    with engine.begin() as connection:
        triggers.drop(connection)
        migrate.run(connection, migrate.CURRENT)
        triggers.make(connection)
        backend(connection).make(connection)
    engine.dispose()
    assert {n: _parts(sql) for n, sql in _schema(built).items()} == {
        n: _parts(sql) for n, sql in _schema(desk.path).items()
    }


def _parts(sql: str) -> tuple[str, list[str]]:
    """A table's columns in order and its constraints in any: that order says nothing."""
    body, _, tail = sql.rpartition(")")
    columns, *constraints = body.split(" CONSTRAINT ")
    return columns.rstrip(" ,") + tail, sorted(one.rstrip(" ,)") for one in constraints)


def test_a_desk_is_stamped_with_the_last_migration(desk) -> None:
    bare = sqlite3.connect(desk.path)
    found = bare.execute("SELECT version_num FROM alembic_version").fetchall()
    bare.close()
    assert found == [(migrate.CURRENT.target,)]


def test_a_rebuilt_table_loses_no_row_and_no_guard(path: Path, tmp_path: Path) -> None:
    before = _rows(path)
    copy = migrate.upgrade(path, plan=_plan(tmp_path, REBUILD))
    assert _rows(path) == before
    assert {n for n in _schema(path) if n.startswith("guard")} == dict(triggers.guards()).keys()
    assert "stage" in _schema(path)["edition"]
    assert path.read_bytes()[60:64] == b"\0\0\0\5" and copy.read_bytes()[60:64] == b"\0\0\0\4"
    assert (_rows(copy), copy.parent) == (before, path.parent)
    bare = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError):
        bare.execute("UPDATE edition SET title = 'Forged' WHERE id = 1")
    assert bare.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    bare.close()


def _everything(path: Path) -> dict[str, list[object]]:
    """Every row of every table but the index itself, whose tables of bytes are among them."""
    bare = sqlite3.connect(path)
    names = [name for name, sql in _schema(path).items() if sql.startswith("CREATE TABLE")]
    found: dict[str, list[object]] = {"": sorted(_schema(path).items())}
    found |= {name: bare.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    bare.close()
    return found


BROKEN = {
    "error": (REBUILD + "\n    raise RuntimeError('stop')", RuntimeError),
    "loses rows": ("op.execute('DELETE FROM draft')", DeskForeign),
    "breaks a link": (
        "op.execute('UPDATE draft SET edition_id = 99')",
        DeskForeign,
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_migration_that_fails_changes_nothing(path: Path, tmp_path: Path, name: str) -> None:
    body, error = BROKEN[name]
    lines = _everything(path)
    with pytest.raises(error):
        migrate.upgrade(path, plan=_plan(tmp_path, body))
    assert _everything(path) == lines
    open_desk(path).close()


def test_a_desk_in_use_is_not_migrated(path: Path, tmp_path: Path) -> None:
    held = sqlite3.connect(path, isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    with pytest.raises(DeskLocked):
        migrate.upgrade(path, seconds=0.1, plan=_plan(tmp_path, REBUILD))
    held.close()


def test_opening_an_older_desk_brings_it_up_to_date(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "CURRENT", _plan(tmp_path, REBUILD))
    for room in (header, desk_file):
        monkeypatch.setattr(room, "SCHEMA", NEXT)
    # Only this test knows what a desk of that version is made of.
    looked = schema.unexplained
    monkeypatch.setattr(
        schema, "unexplained", lambda connection, number=NEXT: number < NEXT and looked(connection)
    )
    with pytest.raises(DeskReadOnly, match="older"):
        open_desk(path, read_only=True)
    desk = open_desk(path)
    assert desk.releases.find(1).edition.title == "Out"
    desk.close()
    open_desk(path, read_only=True).close()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A desk as the first PressDesk left it."""
    return published.unpack(1, tmp_path)


def test_a_new_desk_and_one_from_before_are_made_of_the_same(path: Path, old: Path) -> None:
    for file in (path, old):
        open_desk(file).close()
        with closing(open_desk(file)) as desk, desk._store.read() as connection:
            assert schema.unexplained(connection) == ()
    assert _schema(path)["search_doc"] != _schema(old)["search_doc"]  # but not by the letter


@pytest.mark.parametrize("number", range(1, SCHEMA + 1))
def test_what_a_published_schema_is_made_of_is_known(number: int, tmp_path: Path) -> None:
    file = published.unpack(number, tmp_path)
    engine = migrate._engine(file, 1)
    with engine.begin() as connection:
        there = schema.objects(connection)
    engine.dispose()
    assert there == schema.published(number)


@pytest.mark.parametrize(
    ("order", "named"),
    [
        (
            "CREATE TRIGGER extra AFTER UPDATE ON edition_body BEGIN SELECT 1; END",
            "trigger extra: foreign",
        ),
        ("DROP TRIGGER guard_issued_update", "trigger guard_issued_update: missing"),
        ("CREATE VIEW bodies AS SELECT * FROM edition_body", "view bodies: foreign"),
    ],
)
def test_an_older_desk_with_something_foreign_stays_as_it_is(
    old: Path, order: str, named: str
) -> None:
    with closing(sqlite3.connect(old)) as bare, bare:
        bare.execute(order)
    before = old.read_bytes()
    with pytest.raises(DeskReadOnly, match=named):
        open_desk(old)
    assert old.read_bytes() == before


def _stored_schema(path: Path) -> int:
    with closing(sqlite3.connect(path)) as bare:
        return int(bare.execute("PRAGMA user_version").fetchone()[0])


def test_a_desk_that_is_open_in_another_window_stays_as_that_one_knows_it(old: Path) -> None:
    before = old.read_bytes()
    mark = DeskMark(old)  # what every window that writes has, also one of an earlier version
    with pytest.raises(DeskLocked, match="another window"):
        open_desk(old, busy_seconds=0.1)
    assert old.read_bytes() == before
    assert not list(old.parent.glob("*before-update*"))
    mark.end()
    open_desk(old).close()
    assert _stored_schema(old) == SCHEMA


def test_of_two_that_open_an_older_desk_one_brings_it_up_to_date(old: Path) -> None:
    with ThreadPoolExecutor(1) as pool:
        with alone(old):
            second = pool.submit(open_desk, old, busy_seconds=60)
            migrate.upgrade(old)
        second.result().close()
    assert len(list(old.parent.glob("*before-update*"))) == 1


@pytest.mark.parametrize("number", range(1, SCHEMA))
def test_a_header_that_will_be_taken_back_is_not_believed(number: int, tmp_path: Path) -> None:
    """Killed while its pages were written: the header is new, the journal has the old one."""
    path = published.unpack(number, tmp_path)
    journal = path.with_name(f"{path.name}-journal")
    with closing(sqlite3.connect(path, isolation_level=None)) as bare:
        bare.execute("PRAGMA synchronous = OFF")  # the journal is then whole at any moment
        bare.execute("BEGIN IMMEDIATE")
        bare.execute(f"PRAGMA user_version = {SCHEMA}")
        kept = journal.read_bytes()
        bare.execute("COMMIT")
    journal.write_bytes(kept)
    assert path.read_bytes()[60:64] == SCHEMA.to_bytes(4, "big")
    with closing(open_desk(path)) as desk:
        assert all(way.kind for one in desk.contacts.all() for way in one.ways)
    assert _stored_schema(path) == SCHEMA
