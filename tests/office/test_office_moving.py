"""A desk moves to a server and back, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from office_samples import NOW, filled
from sqlalchemy import Connection, Table, select

from pressdesk.archive.checking import check
from pressdesk.archive.copies import moving
from pressdesk.archive.copies.moving import TABLES, move, tally
from pressdesk.archive.file.desk_file import Archive, create, open_desk
from pressdesk.archive.opening import open_at
from pressdesk.archive.server.postgres import create_office, open_office
from pressdesk.archive.store.tables import deed
from pressdesk.base.address import Address, split
from pressdesk.base.errors import BadInput, DeskForeign, DeskReadOnly, DeskUnavailable
from pressdesk.cli import shell
from pressdesk.press.compose import compose
from pressdesk.press.filed import ImportItem
from pressdesk.press.listing import Query
from pressdesk.press.query import Question, Word
from pressdesk.press.release import Contact, Edition, Embargo, Release
from pressdesk.press.translated import Translated


def furnish(desk: Archive) -> None:
    """Something in every table, and a gap at the end of the numbers."""
    filled(desk)
    add, releases = desk.releases.add, desk.releases
    held = Release("news", embargo=Embargo(datetime(2030, 1, 1, tzinfo=UTC), "Europe/Vienna"))
    made = add(held, Edition("ru", title="Уровень воды", date=date(2026, 5, 1)))
    for number in range(4):
        made = releases.save(made.release, replace(made.edition, subtitle=f"Nr. {number}"))
    releases.keep(made.release, replace(made.edition, title="Kept"))
    second = releases.next_edition(1, "en")
    releases.issue(second.release, second.edition, partial(compose, now=NOW), at=NOW)
    new = Contact(name=Translated.of(en="Brought along"))
    item = ImportItem(Release("news", topics=("Water",)), Edition("en", title="In"), (new,))
    desk.imports.add("more.txt", b"\x00\xff", [item], at=NOW)
    gone = add(Release("news"), Edition("en", title="Gone"))
    desk.trash.put(gone.release.id)
    desk.trash.purge(datetime(2999, 1, 1, tzinfo=UTC))


@pytest.fixture(params=["file", "server"])
def source(request: pytest.FixtureRequest, tmp_path: Path, cluster) -> Archive:
    desk = create(tmp_path / "a.pressdesk") if request.param == "file" else None
    return desk or create_office(cluster.fresh())


@pytest.fixture(params=["file", "server"])
def target(request: pytest.FixtureRequest, tmp_path: Path, cluster) -> Address:
    return tmp_path / "b.pressdesk" if request.param == "file" else split(cluster.fresh())[0]


REGISTER = {"deed", "node"}
"""What grows with each move: it is said there."""


def _tallies(desk: Archive) -> dict[str, object]:
    with desk._store.read() as connection:
        return {
            table.name: tally(connection, table) for table in TABLES if table.name not in REGISTER
        }


def _deeds(desk: Archive) -> list[bytes]:
    with desk._store.read() as connection:
        order = select(deed.c.data).order_by(deed.c.book.desc(), deed.c.number)
        return list(connection.execute(order).scalars())


def test_a_desk_moves_whole(source: Archive, target: Address) -> None:
    furnish(source)
    before = _tallies(source)
    steps: list[int] = []
    done = move(source, target, step=lambda: steps.append(1))
    assert len(steps) == len(TABLES)
    copy = open_at(target)
    assert _tallies(source) == _tallies(copy) == before
    assert before == {name: one for name, one in done.items() if name not in REGISTER}
    *others, moved = _deeds(copy)
    assert others == _deeds(source) and b'"moved"' in moved
    assert check(copy).sound
    assert copy.uid == source.uid
    for desk in (source, copy):
        assert desk.search.faults() == () and not desk.search.stale()
    for query in (Question(), Question(Word("nr")), Question(Word("kept"))):
        one, two = (desk.search.page(query, now=NOW) for desk in (source, copy))
        assert one == two and one.hits
    assert copy.releases.issued(1) == source.releases.issued(1)
    made = [d.releases.add(Release("news"), Edition("en", title="Next")) for d in (source, copy)]
    assert made[0].release.id == made[1].release.id  # numbers are never given twice
    assert made[0].edition.id == made[1].edition.id
    with pytest.raises(BadInput):
        copy.trash.put(1)
    source.close()
    copy.close()


def test_guards_stand_in_the_copy(cluster, tmp_path: Path) -> None:
    desk = create(tmp_path / "a.pressdesk")
    furnish(desk)
    url = cluster.fresh()
    move(desk, split(url)[0])
    desk.close()
    with psycopg.connect(url) as bare, pytest.raises(psycopg.errors.IntegrityError):
        bare.execute("UPDATE issued SET sheet = ''")


def test_nothing_is_overwritten(source: Archive, target: Address) -> None:
    filled(source)
    move(source, target)
    with pytest.raises(DeskUnavailable):
        move(source, target)
    source.close()


def test_a_copy_that_differs_is_not_kept(
    source: Archive, target: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(source)
    whole, calls = moving._batches, []

    def worse(connection: Connection, table: Table) -> Iterator[list[dict[str, object]]]:
        calls.append(table.name)
        for rows in whole(connection, table):
            first = table.name == "blob" and calls.count("blob") == 1
            yield [row | {"media_type": "x"} for row in rows] if first else rows

    monkeypatch.setattr(moving, "_batches", worse)
    with pytest.raises(DeskForeign):
        move(source, target)
    monkeypatch.undo()
    move(source, target)  # there was nothing left in the way
    source.close()


def test_text_the_server_cannot_hold_is_told(cluster, tmp_path: Path) -> None:
    desk = create(tmp_path / "a.pressdesk")
    desk.releases.add(Release("news"), Edition("en", title="a\0b"))
    url = cluster.fresh()
    with pytest.raises(BadInput, match="Unicode"):
        move(desk, split(url)[0])
    desk.close()
    create_office(url).close()


def test_a_reader_cannot_take_a_part_for_the_whole(cluster, tmp_path: Path) -> None:
    create_office(url := cluster.fresh()).close()
    desk = open_office(url, read_only=True)
    with pytest.raises(DeskReadOnly):
        move(desk, tmp_path / "b.pressdesk")
    desk.close()
    assert not (tmp_path / "b.pressdesk").exists()


def test_the_shell_moves(cluster, tmp_path: Path) -> None:
    desk = create(tmp_path / "a.pressdesk")
    furnish(desk)
    desk.close()
    url, back = cluster.fresh(), tmp_path / "back.pressdesk"
    run = CliRunner().invoke
    there = run(shell, ["move", str(tmp_path / "a.pressdesk"), url], catch_exceptions=False)
    again = run(shell, ["move", url, str(back)], catch_exceptions=False)
    assert (there.exit_code, again.exit_code) == (0, 0)
    assert "4 releases" in there.output and "4 releases" in again.output
    one, two = open_desk(tmp_path / "a.pressdesk"), open_desk(back)
    assert _tallies(one) == _tallies(two)
    assert one.releases.page(Query(), now=NOW) == two.releases.page(Query(), now=NOW)
    one.close()
    two.close()
