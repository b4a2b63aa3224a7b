"""A page for the browser is private while it is there, and gone afterwards."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pressdesk.base.errors import WriteFailed
from pressdesk.desk.browser_copies import BrowserCopies


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_page_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    copies = BrowserCopies(tmp_path)
    path = copies.put("../../Заявление: вода", b"<p>text</p>")
    assert path.read_bytes() == b"<p>text</p>"
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)
    assert path.parent.parent == tmp_path
    assert "Заявление" in path.name


def test_names_cannot_be_guessed(tmp_path: Path) -> None:
    copies = BrowserCopies(tmp_path)
    assert len({copies.put("same", b"") for _n in range(5)}) == 5


def test_closing_empties_and_a_page_after_that_is_written(tmp_path: Path) -> None:
    copies = BrowserCopies(tmp_path)
    copies.put("page", b"one")
    copies.close()
    assert list(tmp_path.iterdir()) == []
    assert copies.put("page", b"two").read_bytes() == b"two"


LEAVE = """
import os, sys
from pathlib import Path
from pressdesk.desk.browser_copies import BrowserCopies
copies = BrowserCopies(Path(sys.argv[1]))
copies.put("page", b"secret")
if sys.argv[2] == "crash":
    os._exit(1)
"""


def leave(folder: Path, how: str) -> None:
    subprocess.run([sys.executable, "-c", LEAVE, str(folder), how], check=how == "exit")


def test_a_program_that_exits_leaves_nothing(tmp_path: Path) -> None:
    leave(tmp_path, "exit")
    assert list(tmp_path.iterdir()) == []


def test_the_next_start_sweeps_what_a_crash_left_and_nothing_else(tmp_path: Path) -> None:
    leave(tmp_path, "crash")
    mine = BrowserCopies(tmp_path)
    kept = mine.put("page", b"mine")
    (tmp_path / "pressdesk-web-notes").mkdir()
    (tmp_path / "real").mkdir()
    (tmp_path / "pressdesk-web-99999999-link").symlink_to(tmp_path / "real")
    assert mine.sweep() == 1
    assert kept.exists()
    assert sorted(path.name for path in tmp_path.iterdir() if path != kept.parent) == [
        "pressdesk-web-99999999-link",
        "pressdesk-web-notes",
        "real",
    ]


@pytest.mark.skipif(os.name != "posix", reason="needs a folder that may not be written to")
def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    with pytest.raises(WriteFailed, match="prepared for the browser"):
        BrowserCopies(tmp_path / "missing").put("page", b"")
