"""Whoever alters the register or what it seals, with whatever tool, is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from archive_samples import NOW, compose, unguarded
from msgspec.structs import replace

from pressdesk.archive.checking import check
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.archive.rows import register
from pressdesk.archive.store import values
from pressdesk.press.filed import Filed, ImportItem
from pressdesk.press.register import deeds
from pressdesk.press.register.deeds import Book, Deed, Record
from pressdesk.press.release import Edition, Release
from pressdesk.press.states import State

Add = Callable[..., Filed]


@pytest.fixture
def out(desk: Archive, add: Add, issue: Add) -> Path:
    """A file with two issued releases, a recorded one and a draft."""
    issue(add("Out"))
    issue(add("Also"))
    text = Edition("en", title="Past", date=date(2024, 7, 25))
    sheet = compose(Release("news"), replace(text, state=State.ISSUED), desk.houses.get(), ())
    desk.imports.add("d", b"o", [ImportItem(Release("news"), text, record=sheet)], at=NOW)
    add("Draft")
    return desk.path


def _found(path: Path) -> list[str]:
    with closing(open_desk(path, read_only=True)) as desk:
        return [f"{one.part} {one.where}" for one in check(desk).faults]


def _forged_sheet(path: Path) -> None:
    """A word altered in sheet, body, index of the list and revision, each hash recomputed."""
    bare = sqlite3.connect(path)
    ((sheet, house),) = bare.execute("SELECT sheet, house FROM issued WHERE edition_id = 1")
    bare.close()
    forged = sheet.replace(b"Out", b"Oud")
    sha = values.sealed(forged, house)
    unguarded(
        path,
        f"UPDATE issued SET sheet = CAST(x'{forged.hex()}' AS BLOB), sha256 = '{sha}'"
        " WHERE edition_id = 1",
        "UPDATE edition SET title = 'Oud' WHERE id = 1",
        "UPDATE listed SET title = 'Oud' WHERE release_id = 1",
    )


def test_a_forged_sheet_with_its_hash_is_found(out: Path) -> None:
    _forged_sheet(out)
    assert "register edition 1: differs from the register: sheet" in _found(out)


@pytest.mark.parametrize(
    ("orders", "words"),
    [
        (["UPDATE deed SET noted = '2020-01-01 00:00:00.000000' WHERE number = 0"], "time"),
        (["UPDATE deed SET edition = 'x' WHERE number = 0"], "differs from its record"),
        (["UPDATE deed SET private = x'7b7d' WHERE number = 0"], "what is private"),
        (["UPDATE deed SET data = x'7b7d' WHERE number = 0"], "cannot be read"),
        (["UPDATE deed SET data = x'80' WHERE number = 0"], "cannot be read"),
        (["UPDATE deed SET data = 'text' WHERE number = 0"], ""),
        (["UPDATE node SET hash = zeroblob(32) WHERE level = 0 AND place = 0"], "record"),
        (["UPDATE node SET hash = zeroblob(32) WHERE level = 1 AND place = 0"], "node 1/0"),
        (["UPDATE node SET hash = 'text' WHERE level = 1 AND place = 0"], "node 1/0"),
        (["DELETE FROM node WHERE level = 1"], "node 1/0"),
        (["INSERT INTO node VALUES ('out', 0, 9999, zeroblob(32))"], "node 0/9999"),
        (["DELETE FROM deed WHERE number = 0"], "missing"),
        (["DELETE FROM deed", "DELETE FROM node"], "not in the register"),
        (["DELETE FROM edition WHERE id = 2"], "what it sealed is gone"),
        (["UPDATE edition SET recorded_at = NULL WHERE id = 3"], "deed"),
        (["UPDATE edition SET issued_at = '2020-01-01 00:00:00.000000' WHERE id = 1"], "at"),
    ],
)
def test_what_was_altered_is_named(out: Path, orders: list[str], words: str) -> None:
    unguarded(out, *orders)
    assert any(one.startswith("register") and words in one for one in _found(out)), _found(out)


def test_a_deed_dated_back_is_found(out: Path, desk: Archive, add: Add) -> None:
    """Entered as the program enters it, by somebody who has the program's code."""
    early = datetime(2020, 1, 1, tzinfo=UTC)
    with desk._store.write() as connection:
        made = Record(0, Deed.ISSUED, "", at=deeds.instant(early), edition="forged")
        register.enter(connection, [register.Entry(Deed.ISSUED, NOW, made)])
    assert any("dated back" in one for one in _found(out))
    with desk._store.write() as connection:
        register._enter(connection, Book.OUT, [register.Entry(Deed.ISSUED, early, made)], "")
    assert any("noted before what precedes it" in one for one in _found(out))


def test_an_edition_sealed_twice_is_found(out: Path, desk: Archive) -> None:
    uid = desk.releases.find(1).edition.uid
    with desk._store.write() as connection:
        first = deeds.read(register.seals(connection, [uid])[uid][0])
        register.enter(connection, [register.Entry(Deed.ISSUED, NOW, first)])
    assert any("sealed once more" in one for one in _found(out))
