"""A desk on a server opens or says why not, and one writer waits for another."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import psycopg
import pytest
from office_samples import NOW, filled

from pressdesk.archive.checking import check
from pressdesk.archive.file.desk_file import Archive
from pressdesk.archive.file.migrate import MigrationPath
from pressdesk.archive.rows import houses
from pressdesk.archive.server import migrate
from pressdesk.archive.server.postgres import create_office, make_engine, open_office
from pressdesk.archive.store.schema_number import REVISION, SCHEMA
from pressdesk.archive.store.tables import metadata
from pressdesk.base.address import split
from pressdesk.base.errors import (
    BadInput,
    DeskForeign,
    DeskLocked,
    DeskPassword,
    DeskReadOnly,
    DeskTooNew,
    DeskUnavailable,
)
from pressdesk.desk import looking_after
from pressdesk.press.compose import compose
from pressdesk.press.house import House
from pressdesk.press.listing import Query
from pressdesk.press.release import Edition, Release


def test_a_desk_is_made_once_and_opened_again(office_url: str) -> None:
    first = create_office(office_url, House(zone="Europe/Vienna"))
    filled(first)
    first.close()
    second = open_office(office_url)
    assert second.uid == first.uid
    assert second.houses.get().zone == "Europe/Vienna"
    assert second.releases.find(1).edition.title == "Out"
    assert check(second).sound
    second.close()
    second.close()
    with pytest.raises(DeskUnavailable, match="is not empty"):
        create_office(office_url)


def test_indexes_hold_the_rows_they_hold_in_a_file(office_url: str) -> None:
    create_office(office_url).close()
    with psycopg.connect(office_url.replace("+psycopg", "")) as bare:
        found = dict(bare.execute("SELECT indexname, indexdef FROM pg_indexes").fetchall())
    partial = {
        index.name
        for table in metadata.tables.values()
        for index in table.indexes
        if index.dialect_kwargs.get("sqlite_where") is not None
    }
    assert len(partial) >= 4
    assert {name for name in partial if " WHERE " not in found[name]} == set()


def test_a_failed_making_leaves_an_empty_database(office_url: str, monkeypatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(houses, "first", lambda *_given: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            create_office(office_url)
    with psycopg.connect(office_url) as bare:
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert bare.execute(tables).fetchone() == (0,)
    create_office(office_url).close()


def test_what_is_no_desk_says_so(office_url: str, cluster) -> None:
    with pytest.raises(DeskForeign, match="no PressDesk desk"):
        open_office(office_url)
    with pytest.raises(DeskUnavailable, match="no database"):
        open_office(cluster.url("nowhere"))
    with pytest.raises(DeskUnavailable, match="is not responding"):
        open_office("postgresql://maria@/desk?host=/nowhere")
    with pytest.raises(BadInput):
        open_office("mysql://maria@host/desk")


def test_a_newer_desk_is_left_alone(office_url: str, cluster) -> None:
    create_office(office_url).close()
    cluster.run("UPDATE meta SET value = '99' WHERE key = 'schema'", url=office_url)
    with pytest.raises(DeskTooNew):
        open_office(office_url)


def test_a_missing_table_is_damage(office_url: str, cluster) -> None:
    desk = create_office(office_url)
    cluster.run("DROP TABLE listed", url=office_url)
    with pytest.raises(DeskForeign, match="damaged"):
        desk.releases.add(Release("news"), Edition("en"))
    desk.close()


def test_a_writer_waits_and_then_gives_up(office_url: str) -> None:
    create_office(office_url).close()
    desk = open_office(office_url, busy_seconds=0.1)
    with psycopg.connect(office_url) as other:
        other.execute("SELECT 1 FROM turn FOR UPDATE")
        with pytest.raises(DeskLocked):
            desk.releases.add(Release("news"), Edition("en"))
        assert desk.releases.topics() == ()
    desk.releases.add(Release("news"), Edition("en"))
    desk.close()


def test_a_desk_opened_for_reading_is_not_written(office_url: str) -> None:
    create_office(office_url).close()
    desk = open_office(office_url, read_only=True)
    with pytest.raises(DeskReadOnly):
        desk.releases.add(Release("news"), Edition("en"))
    desk.close()


def test_two_writers_give_no_number_twice_and_leave_no_gap(office_url: str) -> None:
    create_office(office_url).close()
    desks = [open_office(office_url) for _ in range(4)]

    def work(desk: Archive) -> None:
        for _ in range(6):
            filed = desk.releases.add(Release("news"), Edition("en"))
            made = partial(compose, now=NOW)
            desk.releases.issue(filed.release, filed.edition, made, at=NOW)

    with ThreadPoolExecutor(len(desks)) as pool:
        list(pool.map(work, desks))
    rows = desks[0].releases.page(Query(bucket="issued"), now=NOW)
    for desk in desks:
        desk.close()
    assert sorted(r.reference for r in rows) == [f"PR 2026/{n:03}" for n in range(1, 25)]


@pytest.fixture
def keyed(cluster, office_url: str) -> str:
    """A desk whose owner ``keyed`` has a password."""
    return cluster.lock(office_url)


def test_a_password_opens_and_is_shown_nowhere(keyed: str, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    with pytest.raises(DeskPassword):
        open_office(keyed)
    with pytest.raises(DeskPassword) as met:
        open_office(keyed, password="falsch-66")
    assert "falsch-66" not in f"{met.value!r} {met.value.__cause__!r}"
    desk = create_office(keyed.replace("keyed@", "keyed:geheim-77@"))
    assert "geheim" not in f"{desk.place} {desk.place!r} {desk._store._readers!r}"
    desk.close()
    monkeypatch.setenv("PGPASSWORD", "geheim-77")
    open_office(keyed).close()


def test_a_line_that_was_cut_is_made_anew(office_url: str, cluster) -> None:
    desk = create_office(office_url)
    desk.releases.add(Release("news"), Edition("en"))
    cluster.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        f" WHERE datname = '{desk.place.name}'"
    )
    desk.releases.add(Release("news"), Edition("en"))
    assert len(desk.releases.keys(Query(), now=NOW)) == 2
    desk.close()


_STEP = '''"""A column more."""
from alembic import op
from sqlalchemy import Column, Text
revision, down_revision, branch_labels, depends_on = "9999_next", "{last}", None, None
def upgrade() -> None:
    op.add_column("release", Column("mood", Text(), nullable=False, server_default=""))
    {more}
'''


@pytest.mark.parametrize("more", ["", 'op.execute("SELECT broken")'])
def test_a_migration_is_all_or_nothing(office_url: str, tmp_path: Path, more: str) -> None:
    desk = create_office(office_url)
    filled(desk)
    desk.close()
    scripts = tmp_path / "migrations"
    (scripts / "versions").mkdir(parents=True)
    own = Path(migrate.__file__).parents[1] / "migrations"
    for file in (own / "env.py", *(own / "versions").glob("*.py")):
        (scripts / file.relative_to(own)).write_text(file.read_text("utf-8"), "utf-8")
    (scripts / "versions" / "9999_next.py").write_text(
        _STEP.format(last=REVISION, more=more), "utf-8"
    )
    server, _none = split(office_url)
    engine = make_engine(server, None)
    plan = MigrationPath(scripts, "9999_next", SCHEMA + 1)
    try:
        if more:
            with pytest.raises(DeskForeign):
                migrate.upgrade(engine, server, plan)
        else:
            migrate.upgrade(engine, server, plan)
            migrate.upgrade(engine, server, plan)
    finally:
        engine.dispose()
    with psycopg.connect(office_url) as bare:
        columns = bare.execute("SELECT * FROM release LIMIT 1").description
        number = bare.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        revision = bare.execute("SELECT version_num FROM alembic_version").fetchone()
        with pytest.raises(psycopg.errors.IntegrityError), bare.transaction():
            bare.execute("DELETE FROM edition WHERE id = 1")
    assert (columns[-1].name == "mood") is not bool(more)
    assert number == ((str(SCHEMA) if more else str(SCHEMA + 1)),)
    assert revision == (REVISION if more else "9999_next",)


def test_a_blank_draft_begins_anew_in_another_language(office_url: str) -> None:
    desk = create_office(office_url)
    blank = desk.releases.add(Release("news"), Edition("en"))
    begun = desk.releases.begin_anew(blank.release, blank.edition, Edition("ru"))
    assert begun is not None and begun.release.id == blank.release.id
    assert [row.language for row in desk.releases.languages(blank.release.id)] == ["ru"]
    assert desk.trash.all() == ()
    told = looking_after.look(desk, repair=False, now=NOW, going_on=lambda _n, _of: None)
    assert told.sound
    desk.close()
