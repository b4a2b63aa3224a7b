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


@pytest.mark.parametrize(
    "data",
    [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", "\u00a0\u200b\ufeff\n".encode()],
    ids=["empty", "blank", "mark", "wide mark", "unseen"],
)
def test_an_empty_file_is_a_fault_and_named(
    shell: Shell, listed: Listed, dump: Path, tmp_path: Path, data: bytes
) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(data)
    for arguments in ([], ["--yes"]):
        assert "empty.txt: There is no text" in fault(shell("import", empty, *arguments))
    before = listed()
    done = shell("import", dump, empty, "--yes", "--json")
    assert done.returncode == 1 and "empty.txt" in done.stderr
    assert [item["id"] for item in json.loads(done.stdout)["items"]] == [None]
    assert listed() == before


def test_a_file_of_nothing_but_page_lines_is_a_fault(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Go back\n\nPrint\n", "utf-8")
    done = shell("import", tmp_path / "a.txt")
    assert fault(done) and "set aside: Go back" in done.stdout


ITEM = """\
On the level of the river

6 March 2025

The Commission notes that the level of the river has fallen below the mark agreed in 1994.

Press Secretary Agnes Lindqvist

+43 1 534 08 112

{}
"""


@pytest.mark.parametrize(
    ("printed", "address"),
    [
        ("o'neill@river.example", "o'neill@river.example"),
        ("press+lock@river.example.", "press+lock@river.example"),
        ('"press office"@river.example', '"press office"@river.example'),
        ("jörg.müller@müller-häfen.example", "jörg.müller@müller-häfen.example"),
        ("пресса@xn--80aafg.xn--p1ai", "пресса@xn--80aafg.xn--p1ai"),
        ("press [at] river.example", "press@river.example"),
        ("o’neill@river.example", None),
        ("press@river. example", None),
    ],
)
def test_an_address_is_stored_whole_or_asked_about(
    shell: Shell, tmp_path: Path, printed: str, address: str | None
) -> None:
    path = tmp_path / "dump.txt"
    path.write_text(ITEM.format(printed), "utf-8")
    done = shell("import", path, "--yes", "--json")
    (item,) = json.loads(done.stdout)["items"]
    shown = json.loads(shell("show", item["id"], "--json").stdout)
    assert ("email" in shown["questions"]) == (address is None)
    assert (printed in shown["text"]) == (address is None)
    stored = [
        email
        for person in json.loads(shell("contacts", "--json").stdout)
        for email in person["emails"]
        if person["name"] == "Agnes Lindqvist"
    ]
    assert (address in stored) == (address is not None)
    assert not any(one != address and one in printed for one in stored)


TEXTS = {
    "uk": "Рада гавані в четвер відкрила другий шлюз. Збори не зміняться до кінця року.",
    "be": "Савет гавані ў чацвер адкрыў другі шлюз. Зборы не зменяцца да канца года.",
    "kk": "Порт кеңесі бейсенбі күні екінші шлюзді ашты. Алымдар жылдың соңына дейін өзгермейді.",
    "ru": "Совет гавани в четверг открыл второй шлюз. Сборы не изменятся до конца года.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_is_filed_in_its_own_language(shell: Shell, tmp_path: Path, language: str) -> None:
    path = tmp_path / "dump.txt"
    path.write_text(TEXTS[language], "utf-8")
    (item,) = json.loads(shell("import", path, "--yes", "--json").stdout)["items"]
    assert item["language"] == language and "language" not in item["questions"]
    assert json.loads(shell("show", item["id"], "--json").stdout)["language"] == language


def test_a_language_that_is_not_sure_is_asked_about(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "dump.txt"
    path.write_text("Заява", "utf-8")
    (item,) = json.loads(shell("import", path, "--json").stdout)["items"]
    assert "language" in item["questions"]


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
