"""Backups, their restoring, the check and the reading copy, as scripts use them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.cli.program import Shell, fault, run

Listed = Callable[..., list[dict[str, Any]]]


def test_backup_list_and_restore(shell: Shell, listed: Listed, desk: Path) -> None:
    before = listed()
    made = shell("backup")
    assert made.returncode == 0, made.stderr
    file = Path(made.stdout.strip())
    (entry,) = json.loads(shell("backups", "--json").stdout)
    assert entry["path"] == str(file) and entry["reason"] == "asked"
    assert entry["releases"] == len({row["id"] for row in before}) and entry["fault"] is None
    draft = next(row for row in before if row["state"] == "draft")
    language = ("--language", draft["language"])
    assert shell("issue", draft["id"], "--on", "2024-05-06", *language).returncode == 0
    assert listed() != before
    done = shell("restore-backup", file)
    assert done.returncode == 0, done.stderr
    assert listed() == before
    aside = done.stdout.splitlines()[1].removeprefix("before: ")
    assert {one["path"] for one in json.loads(shell("backups", "--json").stdout)} == {
        str(file),
        aside,
    }


def test_backup_to_a_file_of_ones_own(shell: Shell, listed: Listed, tmp_path: Path) -> None:
    out = tmp_path / "stick.pressdesk"
    assert shell("backup", out).stdout == f"{out}\n"
    assert json.loads(run("--desk", out, "list", "--json").stdout) == listed()
    assert "already" in fault(shell("backup", out))


def test_a_text_file_is_no_backup(shell: Shell, desk: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear colleagues, " * 20)
    before = desk.read_bytes()
    assert "not a desk" in fault(shell("restore-backup", letter))
    assert "no backup" in fault(shell("restore-backup", tmp_path / "none"))
    assert desk.read_bytes() == before
