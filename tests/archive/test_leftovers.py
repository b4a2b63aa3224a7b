"""What a kill left behind goes the next time the same is done, a day later."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pressdesk.archive.file.backup import backup
from pressdesk.archive.file.desk_file import create
from pressdesk.base import settings
from pressdesk.base.errors import DeskUnavailable, WriteFailed
from pressdesk.base.settings import Settings
from pressdesk.desk import rescue, samples
from pressdesk.press.release import Edition, Release

KILLED = {
    "create": "from pressdesk.archive.file.desk_file import make; make(path, stop)",
    "samples": "from pressdesk.desk.samples import make; make(path, step=stop)",
}
DONE: dict[str, Callable[[Path], None]] = {
    "create": lambda path: create(path).close(),
    "samples": samples.make,
}


def odd(folder: Path) -> list[str]:
    """The names of files and folders there that nobody asked for."""
    return [one.name for one in folder.rglob("*") if one.name.startswith(".")]


@pytest.mark.parametrize("what", KILLED)
def test_a_desk_that_was_half_made_goes(what: str, tmp_path: Path) -> None:
    path = tmp_path / "desks" / "a.pressdesk"
    path.parent.mkdir()
    head = "import os, sys; from pathlib import Path; path = Path(sys.argv[1])\n"
    head += "def stop(*_given): os._exit(9)\n"
    run = subprocess.run([sys.executable, "-c", head + KILLED[what], path], check=False)
    assert run.returncode == 9 and odd(path.parent)
    for one in path.parent.iterdir():
        os.utime(one, (0, 0))
    DONE[what](path)
    assert odd(path.parent) == []


@pytest.mark.parametrize("do", [create, lambda path: backup(path, path)], ids=["create", "copy"])
def test_what_was_half_made_goes_also_when_the_name_is_taken_by_now(
    do: Callable[[Path], object], tmp_path: Path
) -> None:
    path = tmp_path / "a.pressdesk"
    create(path).close()
    for name in (".pressdesk-1.tmp", ".pressdesk-1.tmp-journal"):
        (tmp_path / name).write_bytes(b"half of a desk")
        os.utime(tmp_path / name, (0, 0))
    with pytest.raises((DeskUnavailable, WriteFailed)):
        do(path)
    assert odd(tmp_path) == []


@pytest.mark.parametrize("what", ["settings", "rescue"])
def test_half_written_files_in_our_own_folders_go(what: str) -> None:
    text = rescue.rescued(Path("/a"), Release("news"), Edition("en"))
    folder, do = {
        "settings": (settings.config_folder(), lambda: settings.save(Settings(theme="dark"))),
        "rescue": (rescue.folder(), lambda: rescue.write(text)),
    }[what]
    folder.mkdir(parents=True)
    (folder / ".pressdesk-1.tmp").write_bytes(b"half of a text")
    os.utime(folder / ".pressdesk-1.tmp", (0, 0))
    do()
    assert odd(folder) == []
