"""Desks from other hands: what would take all time or memory ends in a clear error."""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from archive_samples import NOW, unguarded
from msgspec.structs import replace

from pressdesk.archive.checking import check
from pressdesk.archive.file.backup import verify
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.archive.search import docs
from pressdesk.archive.store import values
from pressdesk.archive.store.limits import LONGEST
from pressdesk.base.errors import BadInput, DeskForeign, PressDeskError
from pressdesk.desk import exporting
from pressdesk.document import codec
from pressdesk.document.nodes import BulletList, Document, ListItem, Text
from pressdesk.press.filed import Filed
from pressdesk.press.listing import Query
from pressdesk.press.query import Question, Word

ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) "


def _in_place(path: Path, table: str, columns: str) -> None:
    with closing(sqlite3.connect(path)) as bare, bare:
        bare.execute(f"ALTER TABLE {table} RENAME TO away")
        bare.execute(f"CREATE VIEW {table} AS {ENDLESS} SELECT {columns} FROM c")


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("meta", "'k' || x AS key, 'v' AS value"),
        ("listed", "x AS release_id, 'en' AS language, 1 AS edition_id, 'issued' AS state"),
    ],
)
def test_a_view_in_place_of_a_table_is_refused(
    desk: Archive, table: str, columns: str, read_only: bool
) -> None:
    desk.close()
    _in_place(desk.path, table, columns)
    before = desk.path.read_bytes()
    with pytest.raises(DeskForeign, match=f"view {table}"):
        open_desk(desk.path, read_only=read_only)
    assert desk.path.read_bytes() == before


def test_a_backup_whose_names_go_on_for_ever_is_refused(desk: Archive) -> None:
    desk.close()
    _in_place(desk.path, "meta", "'k' || x AS key, 'v' AS value")
    with pytest.raises(DeskForeign, match="view meta"):
        verify(desk.path)


def test_reading_without_end_is_stopped_and_the_next_reading_works(desk: Archive) -> None:
    for _twice in range(2):
        with (
            pytest.raises(DeskForeign, match="far too long for its size"),
            desk._store.read() as connection,
        ):
            connection.exec_driver_sql(f"{ENDLESS} SELECT count(*) FROM c").all()
    assert desk.releases.keys(Query(), now=NOW) is not None


def test_a_view_beside_the_tables_harms_nobody(desk: Archive, add: Callable[..., Filed]) -> None:
    add("Title")
    desk.close()
    with closing(sqlite3.connect(desk.path)) as bare, bare:
        bare.execute(f"CREATE VIEW more AS {ENDLESS} SELECT x FROM c")
    with closing(open_desk(desk.path, read_only=True)) as reader:
        assert {fault.part for fault in check(reader).faults} == {"schema"}


def test_a_value_longer_than_any_is_not_read(desk: Archive, add: Callable[..., Filed]) -> None:
    filed = add("Title")
    unguarded(desk.path, f"UPDATE edition SET title = printf('%.*c', {LONGEST + 1}, 'x')")
    with pytest.raises(DeskForeign, match="too long"):
        desk.releases.find(filed.release.id)
    faults = check(desk).faults
    assert faults and not any("Error" in fault.where for fault in faults)


@pytest.fixture(scope="module")
def bomb() -> tuple[bytes, str]:
    """A byte more than any value may have, in 64 KB, and its hash."""
    plain = bytes(LONGEST + 1)
    return zlib.compress(plain, 1), values.digest(plain)


def test_what_fits_is_unpacked_and_nothing_more(bomb: tuple[bytes, str]) -> None:
    assert values.unsqueeze(*bomb) is None
    most = bytes(LONGEST)
    assert values.unsqueeze(zlib.compress(most, 1), values.digest(most)) == most
    assert values.unsqueeze(values.squeeze(b"words")[:-2], values.digest(b"words")) is None
    for unpack in (docs.unsqueezed, docs.unsqueezed_words):
        with pytest.raises(ValueError, match="too long"):
            unpack(bomb[0])


@pytest.mark.parametrize(
    ("order", "part"),
    [
        ("UPDATE revision SET data = ?", "revisions"),
        ("UPDATE search_terms SET terms = ?", "search"),
        ("UPDATE search_terms SET words = ?", "search"),
    ],
)
def test_a_bomb_is_damage(
    desk: Archive, add: Callable[..., Filed], bomb: tuple[bytes, str], order: str, part: str
) -> None:
    filed = add("Title")
    with closing(sqlite3.connect(desk.path)) as bare, bare:
        (sql,) = bare.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'guard_revision_update'"
        ).fetchone()
        bare.execute("DROP TRIGGER guard_revision_update")
        bare.execute(order, (bomb[0],))
        bare.execute(sql)
    assert part in {fault.part for fault in check(desk).faults}
    (first,) = desk.releases.revisions(filed.edition.id)
    if part == "revisions":
        with pytest.raises(DeskForeign):
            desk.releases.revision(first.id)


def _deep(levels: int) -> Document:
    lists = BulletList((ListItem((Text("lowest"),)),))
    for _level in range(levels - 1):
        lists = BulletList((ListItem((Text("x"),), (lists,)),))
    return Document((lists,))


def test_a_text_nested_as_deep_as_may_be_is_stored_read_found_and_written(
    desk: Archive, add: Callable[..., Filed]
) -> None:
    filed = add("Deep", body=_deep(codec.DEEPEST))
    found = desk.releases.find(filed.release.id)
    parcel = exporting.ready(desk, found, now=NOW)
    for form in exporting.formats():
        assert exporting.in_process()(form.name, parcel).data
    (hit,) = desk.search.page(Question(Word("lowest")), now=NOW).hits
    assert hit.release_id == filed.release.id
    assert check(desk).sound
    with pytest.raises(BadInput, match="nested too deeply"):
        desk.releases.save(found.release, replace(found.edition, body=_deep(codec.DEEPEST + 1)))
    assert desk.releases.find(filed.release.id) == found


@pytest.mark.parametrize("levels", [codec.DEEPEST + 1, 400, 100_000])
def test_a_text_nested_deeper_is_damage(
    desk: Archive, add: Callable[..., Filed], issue: Callable[..., Filed], levels: int
) -> None:
    filed, out = add("Title"), issue(add("Out"))
    lists = '{"type":"bullets","items":[{"children":[' * levels + "]}]}" * levels
    body = '{"format":1,"blocks":[' + lists + "]}"
    with closing(sqlite3.connect(desk.path)) as bare, bare:
        guards = bare.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        every = guards.fetchall()
        for name, _sql in every:
            bare.execute(f"DROP TRIGGER {name}")
        bare.execute("UPDATE edition_body SET body = ?", (body.encode(),))
        (sheet, house) = bare.execute("SELECT sheet, house FROM issued").fetchone()
        forged = re.sub(rb'"body":\{.*?\]\}(?=[,}])', b'"body":' + body.encode(), sheet, count=1)
        assert forged != sheet
        order = "UPDATE issued SET sheet = ?, sha256 = ?"
        bare.execute(order, (forged, values.sealed(forged, house)))
        for _name, sql in every:
            bare.execute(sql)
    for work in (
        lambda: desk.releases.find(filed.release.id),
        lambda: desk.releases.save(filed.release, replace(filed.edition, title="Other")),
        lambda: desk.releases.issued(out.edition.id),
        lambda: desk.search.page(Question(Word("Title")), now=NOW),
        lambda: desk.search.rebuild(),
    ):
        with suppress(PressDeskError):
            work()
    with pytest.raises(PressDeskError):
        desk.releases.find(filed.release.id)
    with pytest.raises(DeskForeign):
        desk.releases.issued(out.edition.id)
    assert "issued" in {fault.part for fault in check(desk).faults}
