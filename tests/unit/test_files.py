"""Files are whole or not there, and names fit every file system."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pressdesk.base.errors import WriteFailed
from pressdesk.base.files import atomic_write, remove_stale, safe_name, unique_name

AS_ROOT = os.geteuid() == 0


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_writes_and_replaces(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    atomic_write(target, b"one")
    atomic_write(target, b"two")
    assert target.read_bytes() == b"two"
    assert names(tmp_path) == ["a.txt"]


def test_a_replaced_file_keeps_its_permissions_and_a_new_one_follows_the_umask(
    tmp_path: Path,
) -> None:
    secret, plain = tmp_path / "secret", tmp_path / "plain"
    secret.write_bytes(b"")
    secret.chmod(0o600)
    old = os.umask(0o027)
    try:
        atomic_write(secret, b"x")
        atomic_write(plain, b"x")
    finally:
        os.umask(old)
    assert secret.stat().st_mode & 0o777 == 0o600
    assert plain.stat().st_mode & 0o777 == 0o640


def test_a_link_is_replaced_and_its_victim_untouched(tmp_path: Path) -> None:
    victim, link = tmp_path / "victim", tmp_path / "link"
    victim.write_bytes(b"precious")
    before = victim.stat()
    link.symlink_to(victim)
    atomic_write(link, b"new")
    assert victim.read_bytes() == b"precious"
    assert victim.stat().st_ino == before.st_ino
    assert not link.is_symlink()
    assert link.read_bytes() == b"new"


def test_a_dangling_link_is_replaced_too(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "nowhere")
    atomic_write(link, b"new")
    assert not (tmp_path / "nowhere").exists()
    assert link.read_bytes() == b"new"


def test_a_hard_linked_twin_keeps_the_old_bytes(tmp_path: Path) -> None:
    one, twin = tmp_path / "one", tmp_path / "twin"
    one.write_bytes(b"old")
    twin.hardlink_to(one)
    atomic_write(one, b"new")
    assert twin.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("folder", "folder with that name"),
        ("missing/a.txt", "was not found"),
        ("file/a.txt", "was not found"),
        ("x" * 300, "too long"),
        ("nul\0byte", "characters"),
        ("lone\ud800surrogate", "characters"),
    ],
)
def test_says_why_and_leaves_nothing_behind(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(WriteFailed) as caught:
        atomic_write(tmp_path / name, b"new")
    assert words in caught.value.hint
    assert names(tmp_path) == ["file", "folder"]
    assert (tmp_path / "file").read_bytes() == b"old"


@pytest.mark.skipif(not AS_ROOT, reason="only root can give up its rights for this")
def test_a_read_only_folder_is_named_as_the_reason(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    tmp_path.chmod(0o755)
    for parent in list(target.parents)[:-1]:
        parent.chmod(parent.stat().st_mode | 0o055)
    code = (
        "import os, sys; from pathlib import Path\n"
        "from pressdesk.base.errors import WriteFailed\n"
        "from pressdesk.base.files import atomic_write\n"
        "os.setuid(65534)\n"
        "try: atomic_write(Path(sys.argv[1]), b'new')\n"
        "except WriteFailed as error: print(error.hint)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(target)], capture_output=True, text=True, check=True
    )
    assert "cannot write to this folder" in run.stdout
    assert target.read_bytes() == b"old"


@pytest.mark.parametrize("call", ["fsync", "fchmod", "replace"])
def test_a_full_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")

    def full(*_arguments: object, **_named: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path if call == "replace" else os, call, full)
    with pytest.raises(WriteFailed, match="disk is full"):
        atomic_write(target, b"new")
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["a.txt"]


def test_a_real_full_disk_is_named(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    target = tmp_path / "a.txt"
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from pressdesk.base.files import atomic_write\n"
        "from pressdesk.base.errors import WriteFailed\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: atomic_write(Path(sys.argv[1]), b'x' * 100_000)\n"
        "except WriteFailed as error: print('refused')\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(target)], capture_output=True, text=True, check=True
    )
    assert run.stdout == "refused\n"
    assert names(tmp_path) == []


def test_only_old_leftovers_of_ours_are_swept(tmp_path: Path) -> None:
    old, young, other = (
        tmp_path / ".pressdesk-1.tmp",
        tmp_path / ".pressdesk-2.tmp",
        tmp_path / "notes.tmp",
    )
    for file in (old, young, other):
        file.write_bytes(b"")
        os.utime(file, (1000, 1000) if file is not young else (99_000, 99_000))
    assert remove_stale(tmp_path, now=100_000) == 1
    assert names(tmp_path) == [".pressdesk-2.tmp", "notes.tmp"]


@pytest.mark.parametrize(
    ("given_name", "wanted"),
    [
        ("Statement on the river", "Statement on the river"),
        ("Заявление", "Заявление"),
        ("a/b\\c:d", "a-b-c-d"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("COM¹", "_COM¹"),
        ("name. . .", "name"),
        ("  \t \n ", "untitled"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("a\u200bb\x00c\x7f", "abc"),
        ("e\u0301", "é"),
        ("...", "untitled"),
    ],
)
def test_safe_names(given_name: str, wanted: str) -> None:
    assert safe_name(given_name) == wanted


def test_a_long_name_is_cut_between_characters() -> None:
    assert safe_name("Я" * 300) == "Я" * 60


@given(st.text())
@example("e\u200d\u0301")
@example("con\u200b.")
@example("lpt1" + "x" * 200)
def test_any_text_makes_a_name_that_stays_a_name(text: str) -> None:
    name = safe_name(text)
    assert 0 < len(name.encode()) <= 120
    assert not set(name) & set('<>:"/\\|?*\0')
    assert safe_name(name) == name


def test_taken_names_are_counted_on_whatever_their_case() -> None:
    assert unique_name("PR-1", ".pdf", []) == "PR-1.pdf"
    assert unique_name("PR-1", ".pdf", ["pr-1.PDF", "PR-1-2.pdf"]) == "PR-1-3.pdf"
