"""A backup is put back without losing what was there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from archive_samples import NOW, behind
from backup_samples import ROOT, names, spoil

from pressdesk.archive.checking import check
from pressdesk.archive.file.backup import backup, verify
from pressdesk.archive.file.desk_file import Archive, create, open_desk
from pressdesk.archive.store.presence import mark_of
from pressdesk.base.errors import (
    BadInput,
    DeskForeign,
    DeskLocked,
    DeskTooNew,
    NotFound,
    PressDeskError,
)
from pressdesk.desk import care, opening
from pressdesk.press.filed import Filed
from pressdesk.press.release import Edition, Release

OPEN_ELSEWHERE = """
import sys
from pathlib import Path
from pressdesk.archive.file.desk_file import open_desk
desk = open_desk(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
"""


def restored(desk: Archive, file: Path) -> Archive:
    desk.close()
    care.restore(desk.path, file, now=datetime.now(UTC))
    return open_desk(desk.path)


def test_a_backup_is_put_back_and_what_was_there_is_kept(
    desk: Archive, add: Callable[..., Filed]
) -> None:
    add("Old")
    made = care.make(desk.path, desk.uid, now=NOW)
    add("New")
    again = restored(desk, made.path)
    assert again.uid == desk.uid and check(again).sound
    assert [row.first.title for row in again.releases.rows([1, 2])] == ["Old"]
    again.close()
    (aside,) = (one for one in care.backups(desk.uid) if one.reason == "restore")
    assert aside.contents and aside.contents.releases == 2
    back = restored(again, aside.path)
    assert len(back.releases.rows([1, 2])) == 2
    back.close()
    assert names(desk.path.parent) == [desk.path.name]


def test_a_damaged_desk_is_replaced_and_its_bytes_are_kept(
    desk: Archive, add: Callable[..., Filed]
) -> None:
    for number in range(30):
        add(f"Title {number}")
    made = care.make(desk.path, desk.uid, now=NOW)
    desk.close()
    spoil(desk.path)
    damaged = desk.path.read_bytes()
    again = restored(desk, made.path)
    assert check(again).sound and len(again.releases.rows(range(1, 31))) == 30
    again.close()
    (aside,) = (one for one in care.files(desk.uid) if one.reason == "restore")
    assert aside.path.read_bytes() == damaged


def test_a_desk_that_failed_to_open_can_be_replaced(
    desk: Archive, add: Callable[..., Filed]
) -> None:
    """Damage that shows only after the file was opened: nobody has it open afterwards."""
    add("Old")
    made = care.make(desk.path, desk.uid, now=NOW)
    behind(desk, "UPDATE setting SET data = x'7b' WHERE key = 'house'")
    desk.close()
    with pytest.raises(DeskForeign):
        opening.enter(desk.path, now=NOW)
    care.restore(desk.path, made.path, now=NOW)
    entered = opening.enter(desk.path, now=NOW)
    assert [row.first.title for row in entered.archive.releases.rows([1])] == ["Old"]
    entered.archive.close()


def test_a_journal_of_the_old_file_does_not_spoil_the_new_one(
    desk: Archive, add: Callable[..., Filed]
) -> None:
    add("Old")
    made = care.make(desk.path, desk.uid, now=NOW)
    desk.close()
    journal = desk.path.with_name(desk.path.name + "-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\x00" * 600)
    again = restored(desk, made.path)
    assert check(again).sound and again.releases.find(1).edition.title == "Old"
    again.close()
    assert not journal.exists()


def test_a_desk_that_was_deleted_comes_back(desk: Archive, add: Callable[..., Filed]) -> None:
    add("Old")
    made = care.make(desk.path, desk.uid, now=NOW)
    desk.close()
    desk.path.unlink()
    held, aside = care.restore(desk.path, made.path, now=NOW)
    assert held.releases == 1 and aside is None
    assert verify(desk.path) == held


def test_not_while_a_window_has_it_open(desk: Archive, add: Callable[..., Filed]) -> None:
    add("Old")
    made = care.make(desk.path, desk.uid, now=NOW)
    desk.close()
    before = desk.path.read_bytes()
    command = [sys.executable, "-c", OPEN_ELSEWHERE, str(desk.path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as other:
        assert other.stdin and other.stdout and other.stdout.readline() == "open\n"
        with pytest.raises(DeskLocked, match="another window"):
            care.restore(desk.path, made.path, now=NOW)
        other.kill()  # whoever dies does not keep the desk for ever
    assert desk.path.read_bytes() == before
    care.restore(desk.path, made.path, now=NOW)


def test_not_while_this_program_reads_it(desk: Archive) -> None:
    made = care.make(desk.path, desk.uid, now=NOW)
    desk.close()
    reader = open_desk(desk.path, read_only=True)
    with pytest.raises(DeskLocked):
        care.restore(desk.path, made.path, now=NOW)
    reader.close()


def test_nobody_opens_a_desk_that_is_being_restored(desk: Archive) -> None:
    from pressdesk.archive.store.presence import alone

    desk.close()
    with alone(desk.path):
        with pytest.raises(DeskLocked, match="being restored"):
            open_desk(desk.path, busy_seconds=0.1)
        open_desk(desk.path, read_only=True).close()
    assert not mark_of(desk.path).exists()
    open_desk(desk.path).close()


def test_the_mark_stays_until_the_last_one_has_left(desk: Archive, other: Archive) -> None:
    assert mark_of(desk.path).exists()
    desk.close()
    assert mark_of(desk.path).exists()
    other.close()
    assert not mark_of(desk.path).exists()


def _of_another(path: Path) -> None:
    path.unlink()
    create(path).close()


def _newer(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[60:64] = (999).to_bytes(4, "big")
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("change", "error"),
    [(_of_another, BadInput), (spoil, DeskForeign), (_newer, DeskTooNew), (Path.unlink, NotFound)],
)
def test_a_file_that_is_no_backup_of_this_desk_changes_nothing(
    desk: Archive,
    add: Callable[..., Filed],
    change: Callable[[Path], None],
    error: type[PressDeskError],
    tmp_path: Path,
) -> None:
    for number in range(30):
        add(f"Title {number}")
    file = tmp_path / "chosen.pressdesk"
    backup(desk.path, file)
    change(file)
    desk.close()
    before = desk.path.read_bytes()
    with pytest.raises(error):
        care.restore(desk.path, file, now=NOW)
    assert desk.path.read_bytes() == before


def test_killed_at_any_moment_the_desk_is_the_old_or_the_new(
    desk: Archive, add: Callable[..., Filed]
) -> None:
    add("Old")
    made = care.make(desk.path, desk.uid, now=NOW)
    filed = add("New")
    desk.close()
    code = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from pressdesk.base import files
from pressdesk.archive.file import restore_backup
from pressdesk.desk import care
left = [int(sys.argv[3])]
def counted(name, real):
    def call(*given, **rest):
        left[0] -= 1
        if left[0] < 0:
            os._exit(9)
        return real(*given, **rest)
    return call
for name in ("fsync", "link", "rename", "replace", "unlink"):
    setattr(os, name, counted(name, getattr(os, name)))
care.restore(Path(sys.argv[1]), Path(sys.argv[2]), now=datetime.now(UTC))
"""
    outcomes = []
    for number in range(40):
        command = [sys.executable, "-c", code, str(desk.path), str(made.path), str(number)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        again = open_desk(desk.path)
        titles = [row.first.title for row in again.releases.rows([1, filed.release.id])]
        again.close()
        verify(desk.path)  # raises for a damaged one
        outcomes.append(titles)
        assert titles in (["Old"], ["Old", "New"])
        if done.returncode == 0:
            break
        assert done.returncode == 9, done.stderr
    assert outcomes[0] == ["Old", "New"] and outcomes[-1] == ["Old"]
    assert len(outcomes) > 5


def test_a_new_release_after_a_restore_is_filed(desk: Archive, add: Callable[..., Filed]) -> None:
    add("Old")
    made = care.make(desk.path, desk.uid, now=NOW)
    again = restored(desk, made.path)
    filed = again.releases.add(Release("news"), Edition("en", title="After"))
    assert again.releases.find(filed.release.id).edition.title == "After"
    again.close()
