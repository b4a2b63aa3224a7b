"""Making and opening desks: a file that is none, or not ours to write, is left as it was."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from archive_samples import NOW

from pressdesk.archive.checking import check
from pressdesk.archive.file.desk_file import Archive, create, open_desk
from pressdesk.archive.store import faults
from pressdesk.archive.store.bare import connect
from pressdesk.archive.store.engine import journal
from pressdesk.archive.store.schema_number import SCHEMA
from pressdesk.base.errors import (
    DeskForeign,
    DeskLocked,
    DeskReadOnly,
    DeskTooNew,
    DeskUnavailable,
)
from pressdesk.press.filed import Filed
from pressdesk.press.house import House
from pressdesk.press.listing import Query
from pressdesk.press.release import Edition, Release


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed desk with one release."""
    archive = create(tmp_path / "Пресса & more #1.pressdesk", House(zone="Europe/Vienna"))
    archive.releases.add(Release("news"), Edition("en", title="Kept"))
    archive.close()
    return archive.path


def test_a_desk_comes_back_with_its_name_and_house(path: Path) -> None:
    first, second = open_desk(path), open_desk(path, read_only=True)
    assert first.uid == second.uid != ""
    assert first.houses.get() == House(zone="Europe/Vienna", version=1)
    assert first.releases.find(1) == second.releases.find(1)
    second.close()
    first.close()
    assert sorted(p.name for p in path.parent.iterdir() if p.is_file()) == [path.name]


def test_what_lies_in_the_header(path: Path) -> None:
    head = path.read_bytes()[:100]
    assert head[68:72] == b"PDK1"
    assert int.from_bytes(head[60:64], "big") == SCHEMA


def test_pragmas_are_those_of_the_storage_design(path: Path) -> None:
    desk = open_desk(path)
    with desk.releases._store.read() as connection:
        got = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("foreign_keys", "synchronous", "journal_mode", "trusted_schema")
        }
    desk.close()
    assert got["foreign_keys"] == 1 and got["synchronous"] == 2 and got["trusted_schema"] == 0
    assert got["journal_mode"] == journal().lower()


def test_the_journal_gate() -> None:
    assert journal((3, 51, 2)) == journal((3, 40, 1)) == "TRUNCATE"
    assert journal((3, 51, 3)) == journal((3, 54, 0)) == "WAL"


def _text(path: Path) -> None:
    path.write_text("Dear colleagues,\n" * 100)


def _other_program(path: Path) -> None:
    path.unlink()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE t (x)")
    other.commit()
    other.close()


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _byte(offset: int, value: bytes) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[offset : offset + len(value)] = value
        path.write_bytes(data)

    return change


BAD_FILES = {
    "empty": (lambda path: path.write_bytes(b""), DeskForeign, "empty"),
    "short": (lambda path: path.write_bytes(b"SQLite"), DeskForeign, "not a PressDesk desk"),
    "text": (_text, DeskForeign, "not a PressDesk desk"),
    "other program": (_other_program, DeskForeign, "not a PressDesk desk"),
    "cut off": (_cut, DeskForeign, "damaged"),
    "magic": (_byte(0, b"X"), DeskForeign, "not a PressDesk desk"),
    "page size": (_byte(16, b"\x00\x03"), DeskForeign, "damaged"),
    "first page": (_byte(100, b"\xff" * 900), DeskForeign, "damaged"),
    "newer": (_byte(60, (SCHEMA + 1).to_bytes(4, "big")), DeskTooNew, "newer"),
}


@pytest.mark.parametrize("name", BAD_FILES)
@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_that_is_no_desk_is_named_and_left(path: Path, name: str, read_only: bool) -> None:
    spoil, error, words = BAD_FILES[name]
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(error, match=words) as caught:
        open_desk(path, read_only=read_only)
    assert caught.value.hint and str(path) in caught.value.what
    assert path.read_bytes() == before
    assert [p for p in path.parent.iterdir() if p.is_file()] == [path]


def test_places_where_no_desk_is(tmp_path: Path) -> None:
    for place, words in (
        (tmp_path / "none.pressdesk", "was not found"),
        (tmp_path / "none" / "a.pressdesk", "was not found"),
        (tmp_path, "cannot be read"),
    ):
        with pytest.raises(DeskUnavailable, match=words):
            open_desk(place)
    with pytest.raises(DeskUnavailable, match="was not found"):
        create(tmp_path / "none" / "a.pressdesk")
    assert not (tmp_path / "none.pressdesk").exists()


def test_a_desk_opened_through_a_link(path: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.pressdesk"
    link.symlink_to(path)
    desk = open_desk(link)
    desk.releases.add(Release("news"), Edition("en", title="Through"))
    assert desk.path == path
    desk.close()
    assert [one.name for one in link.parent.iterdir()] == [link.name]


def test_a_relative_name_outlives_a_change_of_folder(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    desk = open_desk(Path(path.name))
    monkeypatch.chdir("/")
    desk.releases.add(Release("news"), Edition("en"))
    desk.close()


@pytest.mark.parametrize("replaced", [False, True], ids=["deleted", "replaced"])
def test_a_file_taken_away_while_open_is_noticed(path: Path, replaced: bool) -> None:
    desk = open_desk(path)
    away = path.rename(path.with_suffix(".away"))
    if replaced:
        shutil.copy(away, path)
    with pytest.raises(DeskUnavailable, match=r"moved|was not found"):
        desk.releases.add(Release("news"), Edition("en"))
    path.unlink(missing_ok=True)
    away.rename(path)
    desk.releases.add(Release("news"), Edition("en"))
    desk.close()


def test_damage_inside_is_found_by_looking_through(path: Path) -> None:
    desk = open_desk(path)
    assert check(desk).sound
    desk.close()
    data = bytearray(path.read_bytes())
    page = int.from_bytes(data[16:18], "big")
    last = bytes(data).rfind(b"Kept") // page * page
    data[last : last + 64] = b"\xff" * 64
    path.write_bytes(data)
    desk = open_desk(path)
    assert not check(desk).sound
    desk.close()


def test_create_never_overwrites(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.pressdesk"
    link.symlink_to(tmp_path / "nowhere")
    before = path.read_bytes()
    for taken in (path, link, tmp_path):
        with pytest.raises(DeskUnavailable, match="already"):
            create(taken)
    assert path.read_bytes() == before and link.is_symlink()


LOCKER = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN " + sys.argv[2]); held.execute("SELECT count(*) FROM release").fetchall()
print("held", flush=True); sys.stdin.read()
"""


@pytest.fixture
def lock(path: Path) -> Iterator[Callable[[str], None]]:
    """Another process that holds the desk: ``lock("EXCLUSIVE")``."""
    running: list[subprocess.Popen[str]] = []

    def hold(kind: str) -> None:
        command = [sys.executable, "-c", LOCKER, str(path), kind]
        one = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        running.append(one)
        assert one.stdout.readline() == "held\n"

    yield hold
    for one in running:
        one.communicate()


def test_a_desk_another_program_writes_to(path: Path, lock: Callable[[str], None]) -> None:
    desk = open_desk(path, busy_seconds=0.1)
    filed = desk.releases.find(1)
    lock("IMMEDIATE")
    with pytest.raises(DeskLocked, match="Another program") as caught:
        desk.releases.keep(filed.release, filed.edition)
    assert "try again" in caught.value.hint
    assert desk.releases.find(1) == filed
    with pytest.raises(DeskLocked):
        open_desk(path, busy_seconds=0.1)
    desk.close()


def test_a_desk_another_program_keeps_to_itself(path: Path, lock: Callable[[str], None]) -> None:
    lock("EXCLUSIVE")
    for read_only in (False, True):
        with pytest.raises(DeskLocked):
            open_desk(path, read_only=read_only, busy_seconds=0.1)


def test_a_desk_another_program_reads_a_long_time(path: Path, lock: Callable[[str], None]) -> None:
    lock("DEFERRED")
    desk = open_desk(path, busy_seconds=0.1)
    assert desk.releases.find(1).edition.title
    desk.close()


def test_opened_for_reading_it_writes_nothing(path: Path) -> None:
    before = path.read_bytes()
    desk = open_desk(path, read_only=True)
    with pytest.raises(DeskReadOnly):
        desk.releases.add(Release("news"), Edition("en"))
    with pytest.raises(DeskReadOnly):
        desk.blobs.put(b"x", "image/png")
    desk.close()
    assert path.read_bytes() == before


NOBODY = """
import os, sys
from pathlib import Path
from pressdesk.archive.file.desk_file import create, open_desk
from pressdesk.base.errors import PressDeskError
path, warm = Path(sys.argv[1]), Path(sys.argv[2])
open_desk(warm).close()  # everything is imported now
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
desk = open_desk(path, read_only=True)
print(desk.releases.find(1).edition.title)
desk.close()
for attempt in (lambda: open_desk(path), lambda: create(path.with_name("new.pressdesk"))):
    try:
        attempt()
    except PressDeskError as error:
        print(type(error).__name__)
"""


@pytest.mark.parametrize("wal", [False, True], ids=["rollback", "wal"])
@pytest.mark.parametrize("file_mode", [0o444, 0o666], ids=["file", "folder only"])
def test_a_read_only_folder_as_somebody_else(path: Path, wal: bool, file_mode: int) -> None:
    if wal:
        bare = sqlite3.connect(path)
        bare.execute("PRAGMA journal_mode = WAL")
        bare.close()
    folder = Path(tempfile.mkdtemp(prefix="pressdesk-"))
    try:
        copy = Path(shutil.copy(path, folder / "shared.pressdesk"))
        copy.chmod(file_mode)
        folder.chmod(0o555)
        command = [sys.executable, "-c", NOBODY, str(copy), str(path)]
        root = Path(__file__).parents[2]
        done = subprocess.run(command, capture_output=True, text=True, cwd=root)
        assert done.stdout.split() == ["Kept", "DeskReadOnly", "DeskReadOnly"], done.stderr
        assert [one.name for one in folder.iterdir()] == ["shared.pressdesk"]
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_log_of_a_newer_sqlite_is_turned_back(path: Path) -> None:
    bare = sqlite3.connect(path)
    bare.execute("PRAGMA journal_mode = WAL")
    bare.close()
    desk = open_desk(path)
    desk.releases.add(Release("news"), Edition("en"))
    desk.close()
    assert path.read_bytes()[18] == 1  # a desk at rest has no log


def test_opening_imports_no_alembic(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; "
        "from pressdesk.archive.file.desk_file import open_desk;"
        f"open_desk(Path({str(path)!r})).close();"
        "print([m for m in ('alembic', 'sqlalchemy.orm', 'PySide6') if m in sys.modules])"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
    )
    assert done.stdout.strip() == "[]"


def test_reading_a_header_drops_no_lock_of_this_process(path: Path) -> None:
    desk = open_desk(path)
    with desk.releases._store.write():
        second_look = "import sqlite3,sys; c=sqlite3.connect(sys.argv[1],timeout=0.1)\n"
        second_look += "c.execute('BEGIN IMMEDIATE')"
        open_desk(path, read_only=True).close()
        done = subprocess.run([sys.executable, "-c", second_look, str(path)], capture_output=True)
        assert b"locked" in done.stderr
    desk.close()


@pytest.fixture
def unfinished(desk: Archive, add: Callable[..., Filed], tmp_path: Path) -> Path:
    """A desk as a power cut leaves it in the middle of a change, with its journal."""
    add("As it was")
    desk.close()
    path = tmp_path / "cut.pressdesk"
    with closing(sqlite3.connect(desk.path, isolation_level=None)) as bare:
        bare.execute("PRAGMA synchronous = OFF")
        bare.execute("PRAGMA cache_size = 1")
        bare.execute("BEGIN IMMEDIATE")
        bare.executemany(
            "INSERT INTO meta VALUES (?, ?)", [(f"k{n}", "x" * 900) for n in range(99)]
        )
        for tail in ("", "-journal"):
            name = desk.path.name + tail
            shutil.copyfile(desk.path.with_name(name), path.with_name(path.name + tail))
    return path


def test_who_only_reads_finds_an_unfinished_change_taken_back(unfinished: Path) -> None:
    with closing(open_desk(unfinished, read_only=True)) as archive:
        assert archive.releases.page(Query(), now=NOW)[0].first.title == "As it was"
    assert not unfinished.with_name(unfinished.name + "-journal").exists()


def test_what_cannot_be_taken_back_is_told_as_what_it_is(unfinished: Path) -> None:
    with (
        pytest.raises(DeskUnavailable, match="in the middle of a change") as caught,
        faults.telling(unfinished),
        closing(connect(unfinished, read_only=True, immutable=False, seconds=0.1)) as bare,
    ):
        bare.execute("SELECT count(*) FROM meta").fetchall()
    assert "write" in caught.value.hint
