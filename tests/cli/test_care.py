"""Backups, their restoring, the check and the reading copy, as scripts use them."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

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
    assert "not a PressDesk desk" in fault(shell("restore-backup", letter))
    assert "was not found" in fault(shell("restore-backup", tmp_path / "none"))
    assert desk.read_bytes() == before


def test_check_says_what_is_wrong_and_repairs_what_is_derived(shell: Shell, desk: Path) -> None:
    done = shell("check")
    assert done.returncode == 0, done.stdout
    assert {line.split()[-1] for line in done.stdout.splitlines()} == {"sound"}
    with closing(sqlite3.connect(desk)) as bare:
        bare.execute("UPDATE listed SET title = 'Other' WHERE release_id = 1")
        bare.commit()
    wrong = shell("check", "--json")
    assert wrong.returncode == 1
    (one,) = json.loads(wrong.stdout)["faults"]
    assert one == {"part": "list", "where": "release 1", "mendable": True}
    assert "--repair" in shell("check").stdout
    mended = shell("check", "--repair")
    assert mended.returncode == 0 and "mended" in mended.stdout
    assert shell("check").returncode == 0


def test_check_of_what_came_since_says_what_it_did_not_look_at(
    shell: Shell, listed: Listed
) -> None:
    first = shell("check", "--since-last")
    assert first.returncode == 0
    assert "references" in first.stdout and "Older" not in first.stdout
    draft = next(row for row in listed() if row["state"] == "draft")
    language = ("--language", draft["language"])
    assert shell("issue", draft["id"], "--despite", "a test", *language).returncode == 0
    then = shell("check", "--since-last")
    assert then.returncode == 0 and "Older than" in then.stdout
    assert "references" not in then.stdout
    told = json.loads(shell("check", "--since-last", "--json").stdout)
    assert told["since"] and told["sound"] and told["looked_at"]["issued"] == 1
    assert shell("check", "--since-last", "--repair").returncode == 2


def test_a_reading_copy_has_what_is_out_and_cannot_be_written(
    shell: Shell, listed: Listed, tmp_path: Path
) -> None:
    out = tmp_path / "readers.pressdesk"
    done = shell("read-only-copy", out)
    assert done.returncode == 0, done.stderr
    copied = json.loads(run("--desk", out, "list", "--json").stdout)
    assert copied and {row["state"] for row in copied} == {"issued"}
    # One of the samples is issued under an embargo.
    held = {row["id"] for row in listed("--state", "embargo")}
    assert held and not held & {row["id"] for row in copied}
    out_now = {(row["id"], row["title"]) for row in listed("--state", "issued")}
    assert out_now == {(row["id"], row["title"]) for row in copied}
    before = out.read_bytes()
    assert "read-only copy" in fault(run("--desk", out, "issue", copied[0]["id"]))
    assert run("--desk", out, "check").returncode == 0
    assert out.read_bytes() == before
    assert "already" in fault(shell("read-only-copy", out))


@pytest.mark.parametrize("former", ["reading-copy", "mirror"])
def test_names_of_before_work_and_are_not_told(shell: Shell, former: str) -> None:
    assert run(former, "--help").returncode == 0
    assert f" {former} " not in run("--help").stdout


def test_reading_shows_what_is_out_and_writes_nothing(shell: Shell, desk: Path) -> None:
    before = desk.read_bytes()
    rows = json.loads(run("--read", "--desk", desk, "list", "--json").stdout)
    assert rows and {row["state"] for row in rows} == {"issued"}
    drafts = {row["id"] for row in json.loads(shell("list", "--state", "draft", "--json").stdout)}
    only = min(drafts - {row["id"] for row in rows})
    assert "no release" in fault(run("--read", "--desk", desk, "show", only))
    assert desk.read_bytes() == before


@pytest.mark.parametrize(
    "command",
    [
        ("issue", 1),
        ("restore", 1, 1),
        ("check",),
        ("check", "--repair"),
        ("backup", "whole.pressdesk"),
        ("restore-backup", "whole.pressdesk"),
        ("init",),
    ],
)
def test_reading_refuses_what_writes_or_needs_all_of_it(
    desk: Path, command: tuple[object, ...]
) -> None:
    before = desk.read_bytes()
    done = run("--read", "--desk", desk, *command)
    assert done.returncode == 2 and "--read" in done.stderr
    assert desk.read_bytes() == before


def test_reading_makes_no_copy_of_the_whole(desk: Path, tmp_path: Path) -> None:
    done = run("--read", "move", desk, tmp_path / "all.pressdesk")
    assert done.returncode == 2 and not (tmp_path / "all.pressdesk").exists()


def test_names_without_a_folder_are_in_this_one(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the program is called, not at the root of the disk."""
    monkeypatch.chdir(tmp_path)
    for command in (("backup", "copy.pressdesk"), ("read-only-copy", "readers.pressdesk")):
        done = run("--desk", desk.name, *command)
        assert done.returncode == 0, done.stderr
    done = run("--desk", desk.name, "restore-backup", "copy.pressdesk")
    assert done.returncode == 0, done.stderr
    assert run("--desk", "readers.pressdesk", "check").returncode == 0


def _forge(desk: Path, *orders: str) -> None:
    """Change a desk past its guards."""
    with closing(sqlite3.connect(desk)) as bare:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        guards = bare.execute(query).fetchall()
        for name, _sql in guards:
            bare.execute(f"DROP TRIGGER {name}")
        for order in orders:
            bare.execute(order)
        for _name, sql in guards:
            bare.execute(sql)
        bare.commit()


_ISSUED = "SELECT min(id) FROM edition WHERE state = 'issued'"


def test_a_repair_says_what_it_will_do_and_asks(shell: Shell, desk: Path) -> None:
    """Without a terminal and ``--yes`` nothing is done."""
    _forge(desk, f"UPDATE edition SET title = 'Forged' WHERE id = ({_ISSUED})")
    before = desk.read_bytes()
    done = shell("check", "--repair")
    assert done.returncode == 1 and desk.read_bytes() == before
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("Repair: ")]
    assert "title; from its last revision, which matches the sealed sheet" in line
    mended = shell("check", "--repair", "--yes")
    assert mended.returncode == 0, mended.stderr
    kept = Path(mended.stderr.splitlines()[-1].removeprefix("before: "))
    assert kept.name.endswith(".unproven.pressdesk")
    with closing(sqlite3.connect(kept)) as copy:
        assert copy.execute(f"SELECT title FROM edition WHERE id = ({_ISSUED})").fetchone() == (
            "Forged",
        )
    assert shell("check").returncode == 0 and "Forged" not in shell("list").stdout


def test_a_repair_takes_from_a_backup(shell: Shell, desk: Path, tmp_path: Path) -> None:
    backup = Path(shutil.copy(desk, tmp_path / "backup.pressdesk"))
    _forge(desk, "UPDATE issued SET sheet = replace(sheet, 'a', 'e')")
    alone = shell("check", "--repair", "--yes")
    assert alone.returncode == 1 and "Nothing vouches for: issued" in alone.stderr
    mended = shell("check", "--repair", "--yes", "--from", backup)
    assert mended.returncode == 0, mended.stderr
    assert shell("check").returncode == 0


def test_a_repair_from_another_desk_is_refused(shell: Shell, desk: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.pressdesk"
    assert run("--desk", other, "init").returncode == 0
    _forge(desk, f"UPDATE edition SET title = 'Forged' WHERE id = ({_ISSUED})")
    done = shell("check", "--repair", "--yes", "--from", other)
    assert done.returncode == 1 and "not a backup of this desk" in done.stderr
    assert shell("check", "--yes").returncode == 2


def test_what_another_program_changed_is_taken_over(
    shell: Shell, desk: Path, listed: Listed, tmp_path: Path
) -> None:
    rows, new = listed(), tmp_path / "new.pressdesk"
    assert "is sound" in fault(shell("take-over", new))
    with closing(sqlite3.connect(desk)) as bare:
        bare.execute("CREATE TABLE notes (text TEXT)")
    done = shell("take-over", new)
    assert done.returncode == 0 and "Changed: table notes: foreign" in done.stderr
    assert json.loads(run("--desk", new, "list", "--json").stdout) == rows
    assert run("--desk", new, "check").returncode == 0
