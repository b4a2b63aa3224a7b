"""What another program changed can only be read; its contents go over into a new desk."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from archive_samples import behind, unguarded

from pressdesk.archive.checking import check
from pressdesk.archive.copies.taking_over import look, take_over
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.base.errors import BadInput, DeskForeign, DeskReadOnly
from pressdesk.press.filed import Filed
from pressdesk.press.register import deeds

FOREIGN = [
    "CREATE TRIGGER lies AFTER UPDATE ON draft BEGIN UPDATE edition SET title = 'Yes'; END",
    "CREATE TABLE notes (text TEXT)",
    "CREATE VIEW spy AS SELECT title FROM edition",
    "ALTER TABLE edition ADD COLUMN priority INTEGER",
    "DROP TRIGGER guard_issued_update",
    "DROP INDEX ix_release_list",
]


@pytest.fixture
def held(desk: Archive, add: Callable[..., Filed], issue: Callable[..., Filed]) -> Archive:
    """An issued release and a draft."""
    issue(add("Out"))
    add("In work", language="ru")
    return desk


@pytest.fixture
def read(held: Archive) -> Iterator[Callable[[], Archive]]:
    """Opens the desk as it can be opened by then."""
    opened: list[Archive] = []

    def again() -> Archive:
        held.close()
        opened.append(open_desk(held.path, read_only=True))
        return opened[-1]

    yield again
    for archive in opened:
        archive.close()


@pytest.mark.parametrize("order", FOREIGN)
def test_its_contents_go_over(
    held: Archive, read: Callable[[], Archive], tmp_path: Path, order: str
) -> None:
    behind(held, order)
    with pytest.raises(DeskReadOnly):
        open_desk(held.path)
    foreign, before = read(), held.path.read_bytes()
    found = look(foreign)
    assert found.structure and found.texts == ()
    take_over(foreign, tmp_path / "new.pressdesk", found)
    with closing(open_desk(tmp_path / "new.pressdesk")) as new:
        assert check(new).sound and new.uid == foreign.uid
        assert new.releases.find(1).edition.title == "Out"
        assert new.releases.revisions(1) == foreign.releases.revisions(1)
        ((data,),) = behind(new, "SELECT data FROM deed WHERE deed = 'moved'")
        assert dict(deeds.read(data).details)["because"] == "; ".join(found.structure[:3])
    assert held.path.read_bytes() == before


def test_damaged_texts_are_named_before(
    held: Archive, read: Callable[[], Archive], tmp_path: Path
) -> None:
    unguarded(held.path, "UPDATE edition SET title = 'We do agree.' WHERE id = 1")
    behind(held, FOREIGN[0])
    foreign = read()
    found = look(foreign)
    assert {fault.about for fault in found.texts} == {("edition", 1)}
    take_over(foreign, tmp_path / "new.pressdesk", found)
    with closing(open_desk(tmp_path / "new.pressdesk")) as new:
        assert ("edition", 1) in {fault.about for fault in check(new).faults}


def test_a_sound_desk_is_not_taken_over(held: Archive, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is sound"):
        take_over(held, tmp_path / "new.pressdesk", look(held))
    assert not (tmp_path / "new.pressdesk").exists()


def test_rows_that_our_tables_do_not_take_are_told(
    held: Archive, read: Callable[[], Archive], tmp_path: Path
) -> None:
    with closing(sqlite3.connect(held.path)) as bare, bare:
        bare.execute("PRAGMA writable_schema = ON")
        bare.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'data BLOB NOT NULL', 'data BLOB')"
        )
    unguarded(held.path, "UPDATE setting SET data = NULL")
    foreign = read()
    with pytest.raises(DeskForeign):
        take_over(foreign, tmp_path / "new.pressdesk", look(foreign))
    assert not (tmp_path / "new.pressdesk").exists()
