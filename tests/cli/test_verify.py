"""``pressdesk verify``: the register of the desk, and files that left it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pressdesk.archive.file import triggers
from tests.cli.program import Shell, fault, run

Listed = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def out(shell: Shell, listed: Listed, tmp_path: Path) -> dict[str, Path]:
    """The files of one issued release by their suffix."""
    first = listed("--state", "issued")[0]
    done = shell(
        "export", first["id"], "--language", first["language"], "--to", "pdf,html,text", "--out",
        tmp_path / "out",
    )  # fmt: skip
    return {Path(line).suffix: Path(line) for line in done.stdout.splitlines()}


def test_a_sound_desk_is_verified(shell: Shell) -> None:
    done = shell("verify")
    assert done.returncode == 0 and "Everything holds." in done.stdout
    known = json.loads(shell("verify", "--json").stdout)
    assert known["sound"] and known["first"] is None and known["looked_at"]["register"] > 20
    assert [one.split("\n")[0].rpartition("/")[2] for one in known["checkpoints"]] == [
        "out",
        "desk",
    ]


def test_the_first_thing_that_does_not_hold_is_named(shell: Shell, desk: Path) -> None:
    with closing(sqlite3.connect(desk)) as bare, bare:
        for name, _sql in triggers.guards():
            bare.execute(f"DROP TRIGGER {name}")
        bare.execute("UPDATE deed SET data = x'7b7d' WHERE book = 'out' AND number = 3")
    done = shell("verify")
    assert done.returncode == 1 and "register: out 3: cannot be read" in done.stdout
    known = json.loads(shell("verify", "--json").stdout)
    assert known["first"] == {"part": "register", "where": "out 3: cannot be read"}


@pytest.mark.parametrize("suffix", [".pdf", ".html"])
def test_a_file_is_verified_by_its_desk(shell: Shell, out: dict[str, Path], suffix: str) -> None:
    done = shell("verify", out[suffix])
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("edition  PR 20")
    assert "to the last byte" in done.stdout and "wrong" not in done.stdout
    known = json.loads(shell("verify", "--json", out[suffix]).stdout)
    assert known["sound"] and {one["about"] for one in known["said"]} >= {"proof", "desk", "text"}


def test_a_stranger_needs_a_checkpoint_only(
    shell: Shell, out: dict[str, Path], tmp_path: Path
) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text(json.loads(shell("verify", "--json", out[".pdf"]).stdout)["checkpoint"])
    done = run("verify", out[".html"], "--checkpoint", kept)
    assert done.returncode == 0 and "is the one in the file" in done.stdout
    assert shell("verify", "--checkpoint", kept).returncode == 0
    kept.write_text(kept.read_text().replace("pressdesk/", "pressdesk/x"))
    assert run("verify", out[".html"], "--checkpoint", kept).returncode == 1
    assert shell("verify", "--checkpoint", kept).returncode == 1
    kept.write_text("no checkpoint")
    assert "not a checkpoint" in fault(run("verify", out[".html"], "--checkpoint", kept))


def test_a_file_tells_that_the_desk_is_another(out: dict[str, Path], tmp_path: Path) -> None:
    other = tmp_path / "other.pressdesk"
    run("--desk", other, "init")
    done = run("--desk", other, "verify", out[".pdf"])
    assert done.returncode == 1 and "another desk" in done.stdout


def test_what_carries_no_proof_is_a_fault(shell: Shell, out: dict[str, Path], desk: Path) -> None:
    assert "carries no proof" in fault(shell("verify", out[".txt"]))
    assert "could not be read" in fault(shell("verify", desk.parent))
    assert "is damaged" not in fault(shell("verify", shutil.copy(desk, desk.parent / "x.pdf")))


def test_a_key_is_for_a_stranger_with_a_file(shell: Shell, out: dict[str, Path]) -> None:
    key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    done = run("verify", out[".pdf"], "--key", key)
    assert done.returncode == 1 and "not signed with this key" in done.stdout
    assert "not a public key" in fault(run("verify", out[".pdf"], "--key", "key"))
    for arguments in (("verify", out[".pdf"], "--key", key), ("verify", "--key", key)):
        assert shell(*arguments).returncode == 2
