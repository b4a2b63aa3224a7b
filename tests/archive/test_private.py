"""Who may read what PressDesk makes: desks and backups are private, exports as the umask says."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import published
import pytest
from archive_samples import NOW

from pressdesk.archive.copies import reading_copy
from pressdesk.archive.file.backup import backup
from pressdesk.archive.file.desk_file import Archive, create, open_desk
from pressdesk.archive.file.restore_backup import restore
from pressdesk.base.files import atomic_write, make_folder, own_folder
from pressdesk.desk import care, rescue
from pressdesk.press.filed import Filed
from pressdesk.press.release import Edition, Release

pytestmark = pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")


def mode(path: Path) -> str:
    return f"{stat.S_IMODE(path.stat().st_mode):o}"


@pytest.fixture(params=[0, 0o022, 0o077], ids=["000", "022", "077"])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.fixture
def group(tmp_path: Path) -> Path:
    """A folder that a group shares."""
    folder = tmp_path / "group"
    folder.mkdir()
    folder.chmod(0o2770)
    return folder


def test_a_desk_and_its_backups_are_the_persons_alone(tmp_path: Path, umask: int) -> None:
    desk = create(tmp_path / "a.pressdesk")
    desk.releases.add(Release("news"), Edition("en", title="Draft"))
    made = care.make(desk.path, desk.uid, now=NOW)
    backup(desk.path, tmp_path / "b.pressdesk")
    assert {mode(one) for one in (desk.path, made.path, tmp_path / "b.pressdesk")} == {"600"}
    assert {mode(one) for one in (made.path.parent, made.path.parent.parent)} == {"700"}
    desk.close()


def test_a_journal_is_no_more_open_than_its_desk(tmp_path: Path, umask: int) -> None:
    desk = create(tmp_path / "a.pressdesk")
    with desk._store.write() as connection:
        connection.exec_driver_sql("INSERT INTO meta VALUES ('one', 'more')")
        beside = [one for one in tmp_path.iterdir() if one.name.startswith("a.pressdesk-")]
        assert beside and {mode(one) for one in beside} == {"600"}
    desk.close()


def test_a_group_keeps_its_right_in_its_folder(group: Path, umask: int) -> None:
    desk = create(group / "a.pressdesk")
    backup(desk.path, group / "b.pressdesk")
    desk.close()
    own_folder(group / "of" / "ours")
    assert {mode(group / name) for name in ("a.pressdesk", "b.pressdesk")} == {"660"}
    assert mode(group / "of") == mode(group / "of" / "ours") == "2770"


def test_a_desk_that_is_put_back_has_the_permissions_of_the_one_before(
    tmp_path: Path, umask: int
) -> None:
    desk = create(tmp_path / "a.pressdesk")
    desk.path.chmod(0o640)
    backup(desk.path, tmp_path / "b.pressdesk")
    desk.close()
    restore(desk.path, tmp_path / "b.pressdesk", tmp_path / "aside.pressdesk")
    assert (mode(desk.path), mode(tmp_path / "aside.pressdesk")) == ("640", "600")


def test_the_bytes_of_a_damaged_desk_are_put_aside_as_private(tmp_path: Path, umask: int) -> None:
    desk = create(tmp_path / "a.pressdesk")
    backup(desk.path, tmp_path / "b.pressdesk")
    desk.close()
    desk.path.write_bytes(b"\xff" * 5000)
    restore(desk.path, tmp_path / "b.pressdesk", tmp_path / "aside.pressdesk")
    assert mode(tmp_path / "aside.pressdesk") == "600"


def test_a_text_that_was_rescued_is_private(desk: Archive, add: Callable[..., Filed]) -> None:
    filed = add("Not out yet")
    before = os.umask(0)
    try:
        path = rescue.write(rescue.rescued(desk.path, filed.release, filed.edition))
    finally:
        os.umask(before)
    assert (mode(path), mode(path.parent)) == ("600", "700")


def test_what_is_out_follows_the_umask(tmp_path: Path, umask: int) -> None:
    desk = create(tmp_path / "a.pressdesk")
    reading_copy.make(desk, tmp_path / "c.pressdesk", now=NOW)
    desk.close()
    make_folder(tmp_path / "out")
    atomic_write(tmp_path / "out" / "page.html", b"x")
    assert mode(tmp_path / "c.pressdesk") == f"{0o644 & ~umask:o}"
    assert mode(tmp_path / "out") == f"{0o777 & ~umask:o}"
    assert mode(tmp_path / "out" / "page.html") == f"{0o666 & ~umask:o}"


def test_an_older_desk_keeps_its_permissions_and_its_copy_is_private(tmp_path: Path) -> None:
    old = published.unpack(1, tmp_path)
    old.chmod(0o644)
    open_desk(old).close()
    (copy,) = tmp_path.glob("*.before-update-*")
    assert (mode(old), mode(copy)) == ("644", "600")


def test_the_whole_program_under_no_umask(tmp_path: Path) -> None:
    """Nothing that the shell makes for itself can be read by others."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("XDG_")}
    env |= {"HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    program = [sys.executable, "-m", "pressdesk"]
    for command in (["init", "--samples"], ["backup"]):
        done = subprocess.run(
            [*program, *command], env=env, umask=0, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    made = list(tmp_path.rglob("*"))
    assert {mode(one) for one in made if one.is_file()} == {"600"}
    assert {mode(one) for one in made if one.is_dir()} == {"700"}
