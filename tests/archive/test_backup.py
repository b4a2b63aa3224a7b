"""Backups: proven before they have their name, put back without losing what was there."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from archive_samples import NOW

from pressdesk.archive import backup as copying
from pressdesk.archive.backup import backup, contents, verify
from pressdesk.archive.desk_file import Archive, create, open_desk
from pressdesk.archive.presence import mark_of
from pressdesk.base.errors import (
    BadInput,
    DeskForeign,
    DeskFull,
    DeskLocked,
    DeskTooNew,
    NotFound,
    PressDeskError,
    WriteFailed,
)
from pressdesk.desk import care
from pressdesk.press.filed import Filed
from pressdesk.press.release import Edition, Release

ROOT = Path(__file__).parents[2]

OPEN_ELSEWHERE = """
import sys
from pathlib import Path
from pressdesk.archive.desk_file import open_desk
desk = open_desk(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
"""


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if one.is_file())


def spoil(path: Path) -> None:
    """Damage the middle of a file, where a count of rows does not look."""
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 2048] = b"\xff" * 2048
    path.write_bytes(data)


def test_a_backup_holds_what_the_desk_holds(
    desk: Archive, add: Callable[..., Filed], issue: Callable[..., Filed], tmp_path: Path
) -> None:
    issue(add("Out"))
    draft = add("Written on")
    desk.releases.keep(draft.release, draft.edition)
    held = backup(desk.path, tmp_path / "copy.pressdesk")
    assert (held.releases, held.issued, held.drafts, held.uid) == (2, 1, 1, desk.uid)
    assert held == contents(tmp_path / "copy.pressdesk") == verify(tmp_path / "copy.pressdesk")
    copy = open_desk(tmp_path / "copy.pressdesk", read_only=True)
    assert copy.releases.find(1) == desk.releases.find(1)
    assert copy.releases.find(2) == desk.releases.find(2)
    assert copy.releases.issued(1) == desk.releases.issued(1)
    copy.close()
    assert not [name for name in names(tmp_path) if name.startswith(".pressdesk-")]


def test_a_desk_that_is_written_to_meanwhile(
    desk: Archive,
    add: Callable[..., Filed],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each write sets the copying back; it ends all the same, with one whole state."""
    monkeypatch.setattr(copying, "PAGES", 4)
    first = add("Before")
    steps = []

    def write(done: int, total: int) -> None:
        steps.append(done)
        if done < total:
            desk.releases.keep(first.release, first.edition)

    held = backup(desk.path, tmp_path / "copy.pressdesk", step=write)
    assert held.releases == 1
    assert steps[-1] * 4096 == (tmp_path / "copy.pressdesk").stat().st_size
    assert len(steps) > copying.PATIENCE


def test_writers_in_another_thread_go_on(
    desk: Archive, add: Callable[..., Filed], tmp_path: Path
) -> None:
    add("First")
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            add("More")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            backup(desk.path, tmp_path / f"{number}.pressdesk")
    finally:
        stop.set()
        writer.join()
    sizes = [verify(tmp_path / f"{number}.pressdesk").releases for number in range(3)]
    assert sizes == sorted(sizes) and sizes[0] >= 1


def test_nothing_is_overwritten(desk: Archive, tmp_path: Path) -> None:
    there = tmp_path / "letter.txt"
    there.write_text("Dear colleagues")
    with pytest.raises(WriteFailed, match="already"):
        backup(desk.path, there)
    assert there.read_text() == "Dear colleagues"


def test_no_room_is_told_before_anything_is_written(
    desk: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(copying.shutil, "disk_usage", lambda _f: usage._replace(free=2**20))
    (tmp_path / "out").mkdir()
    with pytest.raises(DeskFull, match="no room") as caught:
        backup(desk.path, tmp_path / "out" / "copy.pressdesk")
    assert "1 MB are free" in caught.value.hint
    assert names(tmp_path / "out") == []


def test_a_damaged_desk_is_not_called_a_backup(
    desk: Archive, add: Callable[..., Filed], tmp_path: Path
) -> None:
    for number in range(30):
        add(f"Title {number}")
    desk.close()
    spoil(desk.path)
    with pytest.raises(DeskForeign, match="damaged"):
        backup(desk.path, tmp_path / "copy.pressdesk")
    assert names(tmp_path) == ["test.pressdesk"]


def test_a_copy_that_lost_rows_is_refused(
    desk: Archive, add: Callable[..., Filed], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("Kept")
    whole = copying._run

    def lossy(source: sqlite3.Connection, file: Path, pages: int, step: copying.Step) -> None:
        whole(source, file, pages, step)
        with closing(sqlite3.connect(file)) as copy:
            copy.execute("DELETE FROM listed")
            copy.commit()

    monkeypatch.setattr(copying, "_run", lossy)
    with pytest.raises(WriteFailed, match="proven"):
        backup(desk.path, tmp_path / "copy.pressdesk")
    assert "copy.pressdesk" not in names(tmp_path)


def test_a_process_killed_on_the_way_leaves_no_backup(
    desk: Archive, add: Callable[..., Filed], tmp_path: Path
) -> None:
    add("Kept")
    (tmp_path / "out").mkdir()
    code = (
        "import os, sys; from pathlib import Path; from pressdesk.archive.backup import backup\n"
        "backup(Path(sys.argv[1]), Path(sys.argv[2]), step=lambda *_: os._exit(9))"
    )
    out = tmp_path / "out" / "copy.pressdesk"
    done = subprocess.run([sys.executable, "-c", code, str(desk.path), str(out)], cwd=ROOT)
    assert done.returncode == 9
    assert not out.exists()
    assert verify_is_whole(desk)


def verify_is_whole(desk: Archive) -> bool:
    return desk.sound() and desk.releases.find(1).edition.title == "Kept"


# --- which ones are kept


def backup_at(at: datetime, reason: str = "start") -> care.Backup:
    return care.Backup(Path(f"{at:%Y%m%d%H%M}"), at, reason, 1)


def test_seven_days_and_four_weeks_are_kept() -> None:
    found = [backup_at(NOW - timedelta(hours=6 * n)) for n in range(4 * 60)]
    gone = {one.at for one in care.due(found, NOW)}
    kept = [one.at for one in found if one.at not in gone]
    days = {at.astimezone().date() for at in kept}
    assert len({at.astimezone().date() for at in kept[:9]}) >= 7
    assert {(NOW - timedelta(days=n)).astimezone().date() for n in range(7)} <= days
    assert len({at.isocalendar()[:2] for at in kept}) == 4
    assert len(kept) <= care.DAYS + care.WEEKS + care.NEWEST
    assert kept[: care.NEWEST] == [one.at for one in found[: care.NEWEST]]


def test_what_a_restored_backup_replaced_is_kept_a_month() -> None:
    newer = [backup_at(NOW - timedelta(hours=n)) for n in range(100)]
    aside = backup_at(NOW - timedelta(days=29), "restore")
    other = backup_at(NOW - timedelta(days=29, minutes=1))
    old = backup_at(NOW - timedelta(days=31), "restore")
    gone = care.due([*newer, aside, other, old], NOW)
    assert aside not in gone


def test_a_backup_is_made_at_the_start_if_the_newest_is_old(
    desk: Archive, add: Callable[..., Filed]
) -> None:
    add("Kept")
    first = care.at_start(desk, now=NOW)
    assert first is not None and first.path.parent == care.folder_of(desk.uid)
    assert care.at_start(desk, now=NOW + timedelta(hours=3, minutes=59)) is None
    assert care.at_start(desk, now=NOW + timedelta(hours=4)) is not None
    # A clock that was set back must not put an end to backups.
    assert care.at_start(desk, now=NOW - timedelta(days=400)) is not None
    assert [one.reason for one in care.backups(desk.uid)] == ["start"] * 3


def test_the_list_says_what_is_in_each_and_which_cannot_be_read(
    desk: Archive, add: Callable[..., Filed]
) -> None:
    add("One")
    care.make(desk.path, desk.uid, now=NOW)
    add("Two")
    second = care.make(desk.path, desk.uid, now=NOW)
    newest, oldest = care.backups(desk.uid)
    assert newest.path == second.path and newest.at > oldest.at
    assert newest.contents and newest.contents.releases == 2
    assert oldest.contents and oldest.contents.releases == 1
    newest.path.write_bytes(b"Dear colleagues" * 50)
    newest, oldest = care.backups(desk.uid)
    assert newest.contents is None and "not a desk" in newest.fault


def test_a_folder_of_ones_own(desk: Archive, tmp_path: Path) -> None:
    from dataclasses import replace

    from pressdesk.base import settings

    settings.change(lambda now: replace(now, backup_folder=str(tmp_path / "drive")))
    made = care.make(desk.path, desk.uid, now=NOW)
    assert made.path.parent == tmp_path / "drive" / desk.uid


def test_a_large_import_begins_with_a_backup(desk: Archive) -> None:
    assert care.before_import(desk, care.BULK - 1, now=NOW) is None
    assert care.before_import(desk, care.BULK, now=NOW) is not None


# --- back again


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
    assert again.uid == desk.uid and again.sound()
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
    assert again.sound() and len(again.releases.rows(range(1, 31))) == 30
    again.close()
    (aside,) = (one for one in care.files(desk.uid) if one.reason == "restore")
    assert aside.path.read_bytes() == damaged


def test_a_journal_of_the_old_file_does_not_spoil_the_new_one(
    desk: Archive, add: Callable[..., Filed]
) -> None:
    add("Old")
    made = care.make(desk.path, desk.uid, now=NOW)
    desk.close()
    journal = desk.path.with_name(desk.path.name + "-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\x00" * 600)
    again = restored(desk, made.path)
    assert again.sound() and again.releases.find(1).edition.title == "Old"
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
    from pressdesk.archive.presence import alone

    desk.close()
    with alone(desk.path):
        with pytest.raises(DeskLocked, match="being restored"):
            open_desk(desk.path)
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
from pressdesk.archive import restore
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
        assert again.sound(), number
        titles = [row.first.title for row in again.releases.rows([1, filed.release.id])]
        again.close()
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
