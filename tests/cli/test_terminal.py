"""What a desk of somebody else holds is shown in the terminal, and commands it nothing."""

from __future__ import annotations

import ast
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import pressdesk.cli
from pressdesk.archive.file import triggers
from tests.cli.program import Shell, run

EVIL = "\x1b]0;owned\x07\x1b[2J\x1b]52;c;ZXZpbA==\x07Red\x9b31m\nsecond\rover \u202eevil\u2066"
COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def evil(desk: Path) -> int:
    """The id of a draft whose texts, and those of a contact, are full of commands."""
    said = json.dumps(EVIL)[1:-1]
    with closing(sqlite3.connect(desk)) as bare, bare:
        for name, _sql in triggers.guards():
            bare.execute(f"DROP TRIGGER {name}")
        query = "SELECT id, release_id FROM edition WHERE state = 'draft' AND language = 'en'"
        edition, number = bare.execute(query).fetchone()
        bare.execute(
            "UPDATE edition SET title = ?, subtitle = ? WHERE id = ?", (EVIL, EVIL, edition)
        )
        bare.execute("UPDATE listed SET title = ? WHERE edition_id = ?", (EVIL, edition))
        bare.execute("UPDATE edition_body SET summary = ? WHERE edition_id = ?", (EVIL, edition))
        bare.execute("UPDATE revision SET note = ?, author = ?", (EVIL, EVIL))
        (data,) = bare.execute("SELECT data FROM contact WHERE id = 1").fetchone()
        forged = re.sub(rb'"name":\{"entries":\[\["(\w+)","[^"]*"', b"", data, count=0)
        assert forged != data
        forged = re.sub(
            r'("name":\{"entries":\[\["\w+",")[^"]*"', lambda m: m[1] + said + '"', data.decode()
        )
        bare.execute("UPDATE contact SET data = ? WHERE id = 1", (forged.encode(),))
        for _name, sql in triggers.guards():
            bare.execute(sql)
    return int(number)


@pytest.mark.parametrize(
    "command",
    ["list", "show", "history", "diff", "contacts", "search", "check", "list --json"],
)
def test_no_command_of_a_text_reaches_the_terminal(shell: Shell, evil: int, command: str) -> None:
    name, *options = command.split()
    arguments: list[object] = [name, *options]
    if name in ("show", "history", "diff"):
        arguments += [evil, "--language", "en"]
    arguments += ["1"] if name == "diff" else []
    arguments += ["second"] if name == "search" else []
    done = shell(*arguments)
    assert not COMMANDS.search(done.stdout + done.stderr), done
    if name not in ("check", "search", "diff"):
        assert "Red" in done.stdout, done
    if options:
        assert EVIL in {row["title"] for row in json.loads(done.stdout)}


def test_a_title_is_one_line_of_a_list(shell: Shell, evil: int) -> None:
    rows = [row for row in shell("list").stdout.splitlines() if row.startswith("second")]
    assert rows == []


def test_an_error_that_names_a_file_commands_nothing(tmp_path: Path) -> None:
    done = run("--desk", tmp_path / "a\x1b[2J\u202e.pressdesk", "list")
    assert done.returncode == 1 and not COMMANDS.search(done.stderr)
    done = run("--desk", tmp_path / "a", "list", "--kind", "\x1b[2J\u202e")
    assert done.returncode == 2 and not COMMANDS.search(done.stderr)


def test_nothing_is_printed_past_the_one_place() -> None:
    folder = Path(pressdesk.cli.__file__).parent
    for file in folder.glob("*.py"):
        calls = [
            node.lineno
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(node, ast.Attribute) and node.attr in ("echo", "secho", "echo_via_pager")
        ]
        allowed = {"output.py": 3, "__init__.py": 1}.get(file.name, 0)
        assert len(calls) == allowed, (file.name, calls)
