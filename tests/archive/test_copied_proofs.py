"""A copy for readers proves what it shows, and tells no more of the register than its files do."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from archive_samples import compose, unguarded
from reading_samples import LONG_AGO, PAST, Canaries, everything

from pressdesk.archive.checking import check
from pressdesk.archive.copies import mirror, reading_copy
from pressdesk.archive.copies.moving import move
from pressdesk.archive.file.desk_file import Archive, create, open_desk
from pressdesk.archive.rows import register
from pressdesk.base.errors import BadInput
from pressdesk.desk import exporting, verifying
from pressdesk.formats import carried
from pressdesk.press.register.deeds import Deed
from pressdesk.press.release import Edition, Release

OUT = ((1, "en"), (2, "en"), (4, "en"))
"""What is out in a busy desk."""


def exported(archive: Archive, release_id: int, form: str, language: str = "en") -> bytes:
    filed = archive.releases.find(release_id, language=language, number=1)
    parcel = exporting.ready(archive, filed, now=PAST)
    return exporting.in_process()(form, parcel).data


def asked(file: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(file)) as bare:
        return bare.execute(query).fetchall()


@pytest.fixture
def reading(copy: Path) -> Iterator[Archive]:
    with closing(open_desk(copy, read_only=True)) as archive:
        yield archive


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_a_file_of_the_copy_is_the_file_of_the_desk(
    busy: Archive, reading: Archive, form: str
) -> None:
    for number, _language in OUT:
        mine = exported(reading, number, form)
        assert mine == exported(busy, number, form) and b"pressdesk-proof-1" in mine


def test_it_holds_the_seals_of_what_it_shows_and_no_other_deed(
    busy: Archive, copy: Path, canaries: Canaries
) -> None:
    shown = {uid for (uid,) in asked(copy, "SELECT uid FROM edition")}
    rows = asked(copy, "SELECT edition, book, deed, login, private, size FROM deed")
    assert {row[0] for row in rows} == shown and len(rows) == len(OUT)
    assert {row[1:5] for row in rows} == {("out", "issued", "", None)}
    assert {row[0] for row in asked(copy, "SELECT DISTINCT book FROM node")} == {"out"}
    hidden = {uid for (uid,) in asked(busy.path, "SELECT uid FROM edition")} - shown
    held = everything(copy)
    assert hidden and not [uid for uid in hidden if uid.encode() in held]
    assert not [word for word in canaries.hidden if word.encode() in held]


def test_it_is_no_longer_than_the_checkpoint_of_its_newest_file(
    busy: Archive, tmp_path: Path
) -> None:
    """What was issued since and waits for its embargo has made the register longer."""
    newest = max(row[0] for row in asked(busy.path, "SELECT size FROM deed WHERE book = 'out'"))
    file = tmp_path / "copy.pressdesk"
    reading_copy.make(busy, file, now=LONG_AGO)
    (size,) = asked(file, "SELECT max(size) FROM deed")[0]
    (leaves,) = asked(file, "SELECT count(*) FROM node WHERE level = 0")[0]
    assert leaves == size < newest
    with closing(open_desk(file, read_only=True)) as archive:
        (checkpoint,) = archive.register.checkpoints()
        read = [carried.proof(exported(archive, one, "html")) for one in (1, 2)]
        assert checkpoint in [one.checkpoint for one in read if one is not None]


def test_a_sound_copy_is_found_sound(reading: Archive) -> None:
    report = check(reading)
    assert report.sound and report.looked_at["register"] == len(OUT)
    found = verifying.desk(reading)
    assert found.sound and len(found.checkpoints) == 1


@pytest.mark.parametrize(
    "order",
    [
        "UPDATE node SET hash = zeroblob(32) WHERE level = 0 AND place = 0",
        "UPDATE node SET hash = zeroblob(32) WHERE level = 1 AND place = 0",
        "DELETE FROM node WHERE level = 0 AND place = 0",
        "DELETE FROM node WHERE level = 1",
        "UPDATE deed SET data = CAST(replace(data, 'PR 2', 'PR 3') AS BLOB)",
        "UPDATE deed SET edition = 'other'",
        "DELETE FROM deed",
        "UPDATE deed SET size = size + 100",
    ],
)
def test_a_copy_that_was_altered_is_told(copy: Path, order: str) -> None:
    unguarded(copy, order)
    with closing(open_desk(copy, read_only=True)) as archive:
        assert not verifying.desk(archive).sound


def said(archive: Archive, data: bytes) -> dict[str, bool | None]:
    proof = carried.proof(data)
    assert proof is not None
    verdict = verifying.by_desk(archive, data, proof, render=exporting.in_process())
    return {one.about: one.holds for one in verdict.said} | {"sound": verdict.sound}


HOLDS = dict.fromkeys(("proof", "desk", "record", "sheet", "text", "sound"), True)


def test_a_copy_bears_out_a_file_that_it_shows(busy: Archive, reading: Archive) -> None:
    for number, _language in OUT:
        assert said(reading, exported(busy, number, "html")) == HOLDS


def test_of_what_it_does_not_show_a_copy_knows_the_checkpoint(
    busy: Archive, reading: Archive
) -> None:
    waits = exported(busy, 2, "html", "ru")  # before what the copy shows last
    told = {"proof": True, "desk": True, "record": None, "sound": True}
    assert said(reading, waits) == told
    filed = busy.releases.add(Release("news"), Edition("en", title="Later"))
    later = busy.releases.issue(filed.release, filed.edition, compose, at=LONG_AGO)
    told = {"proof": True, "desk": None, "record": None, "sound": False}
    assert said(reading, exported(busy, later.release.id, "html")) == told


def test_a_copy_tells_of_a_file_whose_register_was_written_anew(
    busy: Archive, reading: Archive
) -> None:
    """The same desk by name, with other salts."""
    unguarded(busy.path, "DELETE FROM deed", "DELETE FROM node")
    with busy._store.write() as connection:
        register.catch_up(connection, LONG_AGO, busy.place)
    found = said(reading, exported(busy, 1, "html"))
    assert found["desk"] is not True and found["record"] is not True and not found["sound"]


def test_a_copy_of_a_copy_proves_the_same(copy: Path, tmp_path: Path, reading: Archive) -> None:
    again = tmp_path / "again.pressdesk"
    reading_copy.make(reading, again, now=PAST)
    for query in (
        "SELECT * FROM deed ORDER BY number",
        "SELECT * FROM node ORDER BY level, place",
        "SELECT value FROM meta WHERE key = 'register_of'",
    ):
        assert asked(again, query) == asked(copy, query) != []


def test_a_copy_of_before_there_were_proofs_says_so(copy: Path, busy: Archive) -> None:
    unguarded(
        copy, "DELETE FROM deed", "DELETE FROM node", "DELETE FROM meta WHERE key LIKE 'reg%'"
    )
    data = exported(busy, 1, "html")
    with closing(open_desk(copy, read_only=True)) as archive:
        assert "register" not in check(archive).looked_at
        assert said(archive, data) == {"proof": True, "desk": False, "sound": False}
        assert b"pressdesk-proof-1" not in exported(archive, 1, "html")


def test_a_copy_that_is_moved_begins_a_register_of_its_own(
    reading: Archive, tmp_path: Path
) -> None:
    target = tmp_path / "moved.pressdesk"
    move(reading, target, roles=False)
    assert asked(target, "SELECT count(*) FROM deed WHERE book = 'out' AND deed = 'issued'") == [
        (len(OUT),)
    ]
    assert asked(target, "SELECT count(*) FROM meta WHERE key = 'register_of'") == [(0,)]
    assert mirror.SOURCE not in {key for (key,) in asked(target, "SELECT key FROM meta")}


def test_a_desk_is_held_against_a_copy_of_it(busy: Archive, copy: Path, tmp_path: Path) -> None:
    seen = verifying.checkpoint_of(copy)
    assert verifying.desk(busy, seen=seen).sound
    with closing(create(tmp_path / "without.pressdesk")) as other:
        assert not verifying.desk(busy, seen=verifying.checkpoint_of(other.path)).sound
    mark = "DELETE FROM meta WHERE key = 'register_of'"
    unguarded(copy, "DELETE FROM deed", "DELETE FROM node", mark)
    with pytest.raises(BadInput, match="no proofs"):
        verifying.checkpoint_of(copy)


def test_a_desk_put_back_or_written_anew_is_told_by_a_copy(
    desk: Archive, tmp_path: Path, add: Any, issue: Any
) -> None:
    issue(add("One"))
    before = Path(shutil.copy(desk.path, tmp_path / "before.pressdesk"))
    issue(add("Two"))
    file = tmp_path / "copy.pressdesk"
    reading_copy.make(desk, file, now=PAST.replace(year=2030))
    seen = verifying.checkpoint_of(file)
    with closing(open_desk(before)) as old:
        found = verifying.desk(old, seen=seen)
        assert not found.sound and not found.faults and found.said is not None
        assert "older than the checkpoint" in found.said.words
    unguarded(desk.path, "DELETE FROM deed", "DELETE FROM node")
    with desk._store.write() as connection:
        register.catch_up(connection, PAST, desk.place)
        register.enter(connection, [register.Entry(Deed.BLANK, PAST)] * 20)
    found = verifying.desk(desk, seen=seen)
    assert not found.sound and not found.faults and found.said is not None
    assert "is not the one of the checkpoint" in found.said.words
