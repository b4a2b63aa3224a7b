"""Backups are proven before they have their name."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from backup_samples import ROOT, names, spoil

from pressdesk.archive.checking import check
from pressdesk.archive.file import backup as copying
from pressdesk.archive.file.backup import backup, contents, verify
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.base.errors import (
    DeskForeign,
    DeskFull,
    WriteFailed,
)
from pressdesk.press.filed import Filed


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
    with pytest.raises(DeskFull, match="not enough space") as caught:
        backup(desk.path, tmp_path / "out" / "copy.pressdesk")
    assert "1 MB free" in caught.value.hint
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

    def lossy(*given: Any) -> None:
        whole(*given)
        file = given[2]
        with closing(sqlite3.connect(file)) as copy:
            copy.execute("DELETE FROM listed")
            copy.commit()

    monkeypatch.setattr(copying, "_run", lossy)
    with pytest.raises(WriteFailed, match="could not be verified"):
        backup(desk.path, tmp_path / "copy.pressdesk")
    assert "copy.pressdesk" not in names(tmp_path)


def test_a_process_killed_on_the_way_leaves_no_backup(
    desk: Archive, add: Callable[..., Filed], tmp_path: Path
) -> None:
    add("Kept")
    (tmp_path / "out").mkdir()
    code = (
        "import os, sys; from pathlib import Path; "
        "from pressdesk.archive.file.backup import backup\n"
        "backup(Path(sys.argv[1]), Path(sys.argv[2]), step=lambda *_: os._exit(9))"
    )
    out = tmp_path / "out" / "copy.pressdesk"
    done = subprocess.run([sys.executable, "-c", code, str(desk.path), str(out)], cwd=ROOT)
    assert done.returncode == 9
    assert not out.exists()
    assert verify_is_whole(desk)


def verify_is_whole(desk: Archive) -> bool:
    return check(desk).sound and desk.releases.find(1).edition.title == "Kept"
