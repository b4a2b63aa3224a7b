"""``import``: shows what it found, and takes it in only when told to."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import Shell, fault, run

Listed = Callable[..., list[dict[str, Any]]]

DUMP = """\
On the level of the river

The Commission notes that the level of the river has fallen below the mark agreed in 1994. \
It calls on the Parties to keep to the Protocol.

Press Secretary Maria Hofer

+43 1 534 08 112

Go back
"""


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "dump.txt"
    path.write_text(DUMP, "utf-8")
    return path


def test_without_yes_it_only_shows(shell: Shell, listed: Listed, dump: Path) -> None:
    before = listed()
    found = json.loads(shell("import", dump, "--json").stdout)
    assert set(found) == {"items", "removed"}
    (item,) = found["items"]
    assert set(item) == {
        "id", "kind", "title", "language", "date", "contacts", "paragraphs", "questions",
    }  # fmt: skip
    assert item["id"] is None
    assert item["language"] == "en"
    assert item["contacts"][0]["name"] == "Maria Hofer"
    assert item["contacts"][0]["role"] == "Press Secretary"
    phone = {"e164": "+43153408112", "printed": "+43 1 534 08 112"}
    assert item["contacts"][0]["phones"] == [phone]
    assert any("Go back" in str(removed) for removed in found["removed"])
    assert listed() == before


def test_showing_needs_no_desk(tmp_path: Path, dump: Path) -> None:
    done = run("--desk", tmp_path / "none.pressdesk", "import", dump)
    assert done.returncode == 0, done.stderr
    assert "river" in done.stdout
    assert not (tmp_path / "none.pressdesk").exists()


def test_with_yes_the_items_are_drafts_on_the_desk(
    shell: Shell, listed: Listed, dump: Path
) -> None:
    before = listed()
    done = shell("import", dump, "--yes", "--json")
    assert done.returncode == 0, done.stderr
    (item,) = json.loads(done.stdout)["items"]
    new = [row for row in listed() if row not in before]
    assert [(row["id"], row["state"]) for row in new] == [(item["id"], "draft")]


def test_the_same_file_again_takes_in_nothing_twice(
    shell: Shell, listed: Listed, dump: Path
) -> None:
    shell("import", dump, "--yes")
    before = listed()
    done = shell("import", dump, "--yes", "--json")
    assert [item["id"] for item in json.loads(done.stdout)["items"]] == [None]
    assert done.stderr.startswith("passed over")
    assert listed() == before


def test_several_files_are_one_answer(shell: Shell, dump: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_bytes("Заявление\n\nКомиссия призывает Стороны к переговорам.\n".encode("cp1251"))
    items = json.loads(shell("import", dump, other, "--json").stdout)["items"]
    assert [item["language"] for item in items] == ["en", "ru"]


def test_one_bad_file_of_two_takes_in_nothing(
    shell: Shell, listed: Listed, dump: Path, tmp_path: Path
) -> None:
    before = listed()
    assert "missing.txt" in fault(shell("import", dump, tmp_path / "missing.txt", "--yes"))
    assert listed() == before


def test_a_suffix_nobody_reads_is_a_fault(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "a.exe").write_bytes(b"MZ")
    assert ".exe" in fault(shell("import", tmp_path / "a.exe"))
    fault(shell("import", tmp_path))


def test_an_empty_file_has_nothing_in_it(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    done = shell("import", tmp_path / "a.txt", "--json")
    assert done.returncode in (0, 1)
    assert "Traceback" not in done.stderr


def test_the_document_of_the_user_is_five_items(shell: Shell, listed: Listed) -> None:
    folder = Path(__file__).resolve().parents[3] / "shared" / "seeds"
    files = [path for path in folder.glob("*") if path.is_file()] if folder.is_dir() else []
    if not files:
        pytest.skip("the user's own document is not here")
    found = json.loads(shell("import", files[0], "--yes", "--json").stdout)
    kinds = [item["kind"] for item in found["items"]]
    assert kinds == ["news", "speech", "news", "interview", "statement"]
    last = found["items"][-1]
    assert last["date"] == "--09-27"
    assert last["contacts"][0]["name"] == "Vladimir Zaynetdinov"
    assert last["contacts"][0]["role"] == "CSTO Press Secretary"
    numbers = [phone["e164"] for phone in last["contacts"][0]["phones"]]
    assert numbers == ["+74957952710", "+74956213323"]
    drafts = {row["id"] for row in listed("--state", "draft")}
    assert {item["id"] for item in found["items"]} <= drafts
