"""The desk under strain: killed writers, a full disk, threads and windows at once."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from archive_samples import NOW
from msgspec.structs import replace

from pressdesk.archive.file.desk_file import create, open_desk
from pressdesk.base.errors import DeskFull, EditConflict
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph, plain
from pressdesk.press.listing import Query
from pressdesk.press.release import Edition, Release


def test_reads_and_writes_at_once_in_two_threads(desk, add) -> None:
    filed = add("0")

    def write() -> int:
        now = filed
        for number in range(1, 40):
            changed = replace(now.edition, title=str(number))
            desk.releases.keep(now.release, changed)
            now = desk.releases.save(now.release, changed)
        return int(now.edition.title)

    def read() -> list[int]:
        seen = []
        for _ in range(80):
            (row,) = desk.releases.page(Query(), now=NOW)
            assert int(desk.releases.find(row.id).edition.title) >= int(row.first.title) - 1
            seen.append(int(row.first.title))
        return seen

    with ThreadPoolExecutor(3) as pool:
        written, *seen = [pool.submit(write), pool.submit(read), pool.submit(read)]
        assert written.result() == 39
        assert all(one.result() == sorted(one.result()) for one in seen)


def test_two_windows_writing_the_same_edition_lose_no_save(desk, add) -> None:
    filed = add("")
    other = open_desk(desk.path)

    def write(archive, mark: str) -> int:
        done = 0
        while done < 15:
            now = archive.releases.find(filed.release.id)
            try:
                text = replace(now.edition, title=now.edition.title + mark)
                archive.releases.save(now.release, text)
                done += 1
            except EditConflict:
                continue
        return done

    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(write, desk, "a"), pool.submit(write, other, "b")]
        assert [job.result() for job in jobs] == [15, 15]
    title = desk.releases.find(filed.release.id).edition.title
    assert (title.count("a"), title.count("b")) == (15, 15)
    assert len(desk.releases.revisions(filed.edition.id)) == 31
    other.close()


KILLER = """
import os, random, signal, sqlite3, sys, time
from pathlib import Path
from msgspec.structs import replace
from pressdesk.archive.file.desk_file import open_desk
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph, plain

path, kills = Path(sys.argv[1]), int(sys.argv[2])
chance = random.Random(11)

def text(n):
    return Document(tuple(paragraph(f"{n} " * 700) for _ in range(6)))

def write(pipe):
    desk = open_desk(path)
    now = desk.releases.find(1)
    now = desk.releases.save(*now.current()) if now.kept else now
    n = int(now.edition.title)
    while True:
        n += 1
        changed = replace(now.edition, title=str(n), body=text(n))
        if n % 4:
            desk.releases.keep(now.release, changed)
        else:
            now = desk.releases.save(now.release, changed)
        os.write(pipe, f"{n}\\n".encode())

acked = 0
for _ in range(kills):
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        write(into)
    os.close(into)
    time.sleep(chance.uniform(0.02, 0.25))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    data = b""
    while more := os.read(out, 65536):
        data += more
    os.close(out)
    said = [int(line) for line in data.decode().split()]
    last = said[-1] if said else acked
    desk = open_desk(path)
    release, edition = desk.releases.find(1).current()
    n = int(edition.title)
    assert last <= n <= last + 1, (last, n)
    assert n == 0 or plain(edition.body) == plain(text(n)), "torn text"
    desk.close()
    bare = sqlite3.connect(path)
    assert bare.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    bare.close()
    acked = n
print(acked)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_killed_writer_loses_nothing_it_acknowledged(desk, add) -> None:
    add("0")
    desk.close()
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", KILLER, str(desk.path), "30"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, timeout=100)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("this machine does not let the test mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def _fill(disk: Path, leave: int) -> Path:
    ballast = disk / "ballast"
    free = shutil.disk_usage(disk).free
    ballast.write_bytes(b"x" * (free - leave))
    return ballast


def test_a_full_disk_keeps_what_was_saved(small_disk: Path) -> None:
    desk = create(small_disk / "a.pressdesk")
    filed = desk.releases.add(Release("news"), Edition("en", title="0"))
    ballast = _fill(small_disk, 200_000)
    kept = 0
    with pytest.raises(DeskFull, match="is full") as caught:
        for number in range(1, 100):
            body = Document((paragraph(os.urandom(9000).hex()),))
            text = replace(filed.edition, title=str(number), body=body)
            filed = desk.releases.save(filed.release, text)
            kept = number
    assert "Free up some space" in caught.value.hint and kept > 0
    assert desk.releases.find(1) == filed
    assert len(desk.releases.revisions(filed.edition.id)) == kept + 1
    ballast.unlink()
    again = desk.releases.save(filed.release, replace(filed.edition, title="again"))
    desk.close()
    desk = open_desk(small_disk / "a.pressdesk")
    assert desk.releases.find(1) == again
    assert plain(desk.releases.find(1).edition.body) == plain(filed.edition.body)
    desk.close()
    bare = sqlite3.connect(desk.path)
    assert bare.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    bare.close()


@pytest.mark.parametrize("leave", [0, 5_000, 60_000])
def test_no_half_desk_is_made_on_a_full_disk(small_disk: Path, leave: int) -> None:
    _fill(small_disk, leave)
    with pytest.raises(DeskFull):
        create(small_disk / "a.pressdesk")
    assert [one.name for one in small_disk.iterdir()] == ["ballast"]
