"""``list``, ``show`` and ``contacts``, as a script reads them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import Shell, fault, run

Listed = Callable[..., list[dict[str, Any]]]


def test_version(shell: Shell) -> None:
    done = shell("--version")
    assert done.returncode == 0
    assert re.fullmatch(r"pressdesk \d+\.\d+\.\d+\n", done.stdout)


def test_list_has_one_object_for_each_release_and_language(listed: Listed) -> None:
    rows = listed()
    assert {frozenset(row) for row in rows} == {
        frozenset({"id", "kind", "title", "language", "date", "state"})
    }
    pairs = [(row["id"], row["language"]) for row in rows]
    assert len(set(pairs)) == len(pairs) > len({row["id"] for row in rows})
    assert {row["kind"] for row in rows} == {"news", "statement", "speech", "interview", "advisory"}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", row["date"]) for row in rows if row["date"])


@pytest.mark.parametrize(
    ("option", "member", "value"),
    [
        ("--kind", "kind", "statement"),
        ("--state", "state", "issued"),
        ("--state", "state", "draft"),
        ("--state", "state", "embargo"),
        ("--language", "language", "ru"),
    ],
)
def test_list_is_narrowed(listed: Listed, option: str, member: str, value: str) -> None:
    rows = listed(option, value)
    assert rows
    assert rows == [row for row in listed() if row[member] == value]


def test_every_answer_has_the_same_word_for_a_state(shell: Shell, listed: Listed) -> None:
    said = {(row["id"], row["language"]): row["state"] for row in listed()}
    assert set(said.values()) == {"draft", "issued", "embargo"}
    hits = json.loads(shell("search", "", "--json", "--limit", "1000").stdout)["hits"]
    assert {(hit["id"], hit["language"]): hit["state"] for hit in hits} == said
    for state in ("draft", "issued", "embargo"):
        few = json.loads(shell("search", f"state:{state}", "--json").stdout)["hits"]
        assert {(h["id"], h["language"]) for h in few} == {k for k, v in said.items() if v == state}
        number, language = next(key for key, value in said.items() if value == state)
        whole = json.loads(shell("show", number, "--language", language, "--json").stdout)
        assert whole["state"] == state
    counted = json.loads(shell("facets", "--json").stdout)["facets"]["state"]
    states = list(said.values())
    assert {one["value"]: one["number"] for one in counted} == {s: states.count(s) for s in states}


def test_readers_learn_of_no_draft_and_no_embargo(desk: Path, listed: Listed) -> None:
    out = {(row["id"], row["language"]) for row in listed("--state", "issued")}
    reading = ("--read", "--desk", desk)
    for arguments in ((), ("--state", "issued")):
        rows = json.loads(run(*reading, "list", "--json", *arguments).stdout)
        assert {(row["id"], row["language"]) for row in rows} == out
        assert {row["state"] for row in rows} == {"issued"}
    for state in ("embargo", "draft"):
        assert run(*reading, "list", "--state", state, "--json").stdout == "[]\n"
        done = run("--read", "--desk", desk, "search", f"state:{state}", "--json")
        assert json.loads(done.stdout) == {"total": 0, "hits": []}


def test_list_for_people_is_one_line_each(shell: Shell, listed: Listed) -> None:
    lines = shell("list").stdout.splitlines()
    assert len(lines) == len(listed())
    assert lines[0].split()[0] == str(listed()[0]["id"])


def test_an_empty_list_is_empty(shell: Shell) -> None:
    assert shell("list", "--language", "xx").stdout == ""
    assert json.loads(shell("list", "--language", "xx", "--json").stdout) == []


def test_show_prints_the_release_as_text(shell: Shell, listed: Listed) -> None:
    row = next(r for r in listed("--kind", "statement", "--state", "issued"))
    done = shell("show", row["id"], "--language", row["language"])
    assert done.returncode == 0
    flat = " ".join(done.stdout.split())
    assert row["title"].casefold() in flat.casefold()
    assert "PR 20" in flat


def test_show_for_programs_has_text_and_contacts(shell: Shell, listed: Listed) -> None:
    row = next(r for r in listed("--kind", "statement", "--state", "issued"))
    full = json.loads(shell("show", row["id"], "--language", row["language"], "--json").stdout)
    assert {key: full[key] for key in row} == row
    assert full["text"]
    assert full["edition"] == 1
    assert full["reference"].startswith("PR ")
    assert {"e164", "printed"} <= set(full["contacts"][0]["phones"][0])
    assert full["sheet"]["contacts"] == full["contacts"]  # in both forms there, too


def test_a_release_of_two_languages_wants_one_named(shell: Shell, listed: Listed) -> None:
    ids = [row["id"] for row in listed()]
    number = next(i for i in ids if ids.count(i) == 2)
    for command in (["show"], ["issue"], ["export", "--to", "text", "--out", "."]):
        done = shell(*command, number)
        assert done.returncode == 2
        assert "--language en" in done.stderr


@pytest.mark.parametrize(
    "rest",
    [
        ["987"],
        ["0"],
        ["9" * 30],
        ["1", "--language", "xx"],
        ["1", "--language", "en", "--edition", "9"],
    ],
)
def test_what_is_not_there_is_a_fault(shell: Shell, rest: list[str]) -> None:
    assert fault(shell("show", *rest))


def test_contacts_of_the_desk(shell: Shell) -> None:
    people = json.loads(shell("contacts", "--json").stdout)
    hofer = next(person for person in people if person["name"] == "Maria Hofer")
    assert hofer["role"] == "Press Secretary"
    assert hofer["phones"][0] == {"e164": "+43153408112", "printed": "+43 1 534 08 112"}
    assert "Maria Hofer" in shell("contacts").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["list", "--nonsense"],
        ["list", "--kind", "poem"],
        ["list", "--state", "lost"],
        ["show"],
        ["show", "one"],
        ["list", "--language", "\udcff"],
        ["export", "1"],
        ["export", "1", "--to", "docx", "--out", "."],
        ["export", "1", "--to", ",", "--out", "."],
        ["export", "--to", "text", "--out", "."],
        ["issue", "1", "--on", "27.09.2020"],
        ["import"],
        ["screenshot", "x.png", "--size", "big"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_two(shell: Shell, arguments: list[str]) -> None:
    done = shell(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("Usage:")
    assert "Traceback" not in done.stderr
