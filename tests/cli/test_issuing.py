"""``issue`` and ``export``: what leaves, under which name, and what is held back."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pressdesk.archive.file.desk_file import create
from pressdesk.press.release import Edition, Embargo, Release
from tests.cli.program import Run, Shell, fault

Listed = Callable[..., list[dict[str, Any]]]


def a_draft(listed: Listed, kind: str = "advisory") -> tuple[str, str]:
    row = listed("--kind", kind, "--state", "draft")[0]
    return str(row["id"]), row["language"]


def an_issued(listed: Listed) -> tuple[str, str]:
    row = listed("--kind", "news", "--state", "issued")[0]
    return str(row["id"]), row["language"]


def test_issue_prints_the_reference_and_changes_the_state(shell: Shell, listed: Listed) -> None:
    number, language = a_draft(listed)
    done = shell("issue", number, "--language", language)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("PR ")
    states = {r["language"]: r["state"] for r in listed() if str(r["id"]) == number}
    assert states[language] == "issued"


def test_an_issued_edition_is_not_issued_again(shell: Shell, listed: Listed) -> None:
    number, language = an_issued(listed)
    assert "already" in fault(shell("issue", number, "--language", language))


def test_a_draft_is_recorded_on_a_past_day(shell: Shell, listed: Listed) -> None:
    number, language = a_draft(listed)
    done = shell("issue", number, "--language", language, "--on", "2020-09-27")
    assert done.returncode == 0, done.stderr
    row = next(r for r in listed() if (str(r["id"]), r["language"]) == (number, language))
    assert (row["state"], row["date"]) == ("issued", "2020-09-27")


def test_nothing_is_recorded_on_a_day_to_come(shell: Shell, listed: Listed) -> None:
    number, language = a_draft(listed)
    fault(shell("issue", number, "--language", language, "--on", "2099-01-01"))
    assert listed("--state", "draft")


IMPORTED = """\
On the level of the river

6 March 2025

The Commission notes that the level of the river has fallen below the mark agreed in 1994.
"""


@pytest.fixture
def imported(shell: Shell, tmp_path: Path) -> Callable[[str], str]:
    """Takes a text in as a draft and gives its number."""

    def take_in(text: str) -> str:
        path = tmp_path / "dump.txt"
        path.write_text(text, "utf-8")
        done = shell("import", path, "--yes", "--json")
        assert done.returncode == 0, done.stderr
        return str(json.loads(done.stdout)["items"][0]["id"])

    return take_in


UNDATED = IMPORTED.replace("6 March 2025\n\n", "")


def test_what_an_import_left_open_is_not_issued_unseen(
    shell: Shell, listed: Listed, imported: Callable[[str], str]
) -> None:
    number = imported(UNDATED)
    line = fault_of(shell("issue", number))
    assert "Which date?" in line and "--despite" in line
    for reason in ("", "  ", "...", "\udcff"):
        assert shell("issue", number, "--despite", reason).returncode == 2
    assert {r["state"] for r in listed() if str(r["id"]) == number} == {"draft"}
    done = shell("issue", number, "--despite", "The editor has seen it.")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("PR ") and len(done.stdout.splitlines()) == 1
    assert "question: Open questions from the import: Which date?" in done.stderr
    newest = json.loads(shell("history", number, "--json").stdout)[0]
    assert newest["issued"]
    assert "Which date?" in newest["note"] and "The editor has seen it." in newest["note"]
    assert "The editor has seen it." in shell("history", number).stdout.splitlines()[0]


def fault_of(done: Run) -> str:
    """The line of a fault, behind those of what was found besides."""
    assert done.returncode == 1, (done.returncode, done.stdout, done.stderr)
    *found, line = done.stderr.splitlines()
    assert all(one.startswith(("warning: ", "note: ")) for one in found)
    assert line.startswith("error: ")
    return line


def test_a_day_answers_what_was_asked_of_it(shell: Shell, imported: Callable[[str], str]) -> None:
    number = imported(UNDATED)
    assert "Which date?" in fault_of(shell("issue", number))
    done = shell("issue", number, "--on", "2020-09-27")
    assert done.returncode == 0, done.stderr


def test_what_the_checks_find_is_told_to_programs_too(
    shell: Shell, imported: Callable[[str], str]
) -> None:
    number = imported(IMPORTED)
    done = shell("issue", number, "--json", "--despite", "It is only a test.")
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["state"], answer["edition"]) == (0, "issued", 1)
    assert answer["reference"].startswith("PR ")
    contact = {
        "severity": "warning",
        "where": "contacts",
        "what": "No press contact will be printed.",
    }
    assert contact in answer["findings"]
    assert "warning: No press contact will be printed." in done.stderr.splitlines()
    again = shell("issue", number, "--json")
    assert again.returncode == 1 and json.loads(again.stdout)["state"] == "issued"


def test_a_refusal_tells_programs_what_stands_in_the_way(
    shell: Shell, imported: Callable[[str], str]
) -> None:
    number = imported("On the level of the river\n\n6 March 2025\n")
    for arguments in ([], ["--despite", "So be it."]):
        done = shell("issue", number, "--json", *arguments)
        assert done.returncode == 1
        answer = json.loads(done.stdout)
        assert (answer["state"], answer["reference"]) == ("draft", None)
        order = [one["severity"] for one in answer["findings"]]
        assert order[0] == "error" and "There is no text." in done.stderr
        rank = ("error", "question", "warning", "note")
        assert order == sorted(order, key=rank.index)


def test_what_goes_out_under_an_embargo_says_so(shell: Shell, listed: Listed) -> None:
    held = {(row["id"], row["language"]) for row in listed("--state", "embargo")}
    assert held and held == {
        (row["id"], row["language"]) for row in listed() if row["state"] == "embargo"
    }
    assert not held & {(row["id"], row["language"]) for row in listed("--state", "issued")}


def test_export_prints_the_paths_of_the_files_it_wrote(
    shell: Shell, listed: Listed, tmp_path: Path
) -> None:
    number, language = an_issued(listed)
    out = tmp_path / "new" / "folder"
    done = shell("export", number, "--language", language, "--to", "pdf,html,text,markdown",
                 "--out", out)  # fmt: skip
    assert done.returncode == 0, done.stderr
    paths = [Path(line) for line in done.stdout.splitlines()]
    assert [path.suffix for path in paths] == [".pdf", ".html", ".txt", ".md"]
    assert {path.parent for path in paths} == {out}
    assert paths[0].read_bytes().startswith(b"%PDF-")
    assert b"<html" in paths[1].read_bytes()
    assert all(path.name.startswith("PR-20") for path in paths)
    assert sorted(out.iterdir()) == sorted(paths)
    assert "Text compared with what was issued: the same" in done.stderr


def test_several_releases_at_once_are_several_files(
    shell: Shell, listed: Listed, tmp_path: Path
) -> None:
    ids = sorted({r["id"] for r in listed("--language", "en", "--state", "issued")})[:3]
    done = shell("export", *ids, ids[0], "--language", "en", "--to", "text", "--out", tmp_path)
    assert len(set(done.stdout.splitlines())) == len(ids) == 3


def test_a_draft_says_so_in_its_name_and_text(shell: Shell, listed: Listed, tmp_path: Path) -> None:
    number, language = a_draft(listed)
    done = shell("export", number, "--language", language, "--to", "text", "--out", tmp_path)
    path = Path(done.stdout.strip())
    assert path.name.startswith(f"DRAFT-{number}-")
    assert "NOT FOR RELEASE" in path.read_text("utf-8") or language != "en"


def embargoed(shell: Shell, listed: Listed) -> tuple[str, str]:
    for row in listed("--kind", "statement"):
        number, language = str(row["id"]), row["language"]
        done = shell("export", number, "--language", language, "--to", "text", "--out", os.devnull)
        if "embargo" in done.stderr:
            return number, language
    pytest.fail("no sample is under embargo")


def test_an_embargoed_release_leaves_only_when_told_so(
    shell: Shell, listed: Listed, tmp_path: Path
) -> None:
    number, language = embargoed(shell, listed)
    command = ["export", number, "--language", language, "--to", "text", "--out", tmp_path / "o"]
    assert "--embargoed REASON" in fault(shell(*command))
    assert shell(*command, "--embargoed", "...").returncode == 2
    assert not (tmp_path / "o").exists()
    done = shell(*command, "--embargoed", "The minister asked to see it")
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).name.startswith("EMBARGO-")


def test_an_embargo_that_ends_only_by_the_clock_still_stands(shell: Shell, desk: Path) -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    desk.unlink()
    with closing(create(desk)) as archive:
        held = Release("news", embargo=Embargo(yesterday, "UTC"))
        archive.releases.add(held, Edition("en", title="Held back"))
    command = ("export", 1, "--to", "text", "--out", desk.parent / "out")
    long_ago = (yesterday - timedelta(days=90)).timestamp()
    os.utime(desk, (long_ago, long_ago))
    refused = fault(shell(*command))
    assert "nothing known here is later than" in refused and "--embargoed REASON" in refused
    os.utime(desk)
    assert shell(*command).returncode == 0


def test_an_unknown_release_stops_the_whole_export(
    shell: Shell, listed: Listed, tmp_path: Path
) -> None:
    number, language = an_issued(listed)
    done = shell("export", number, 987, "--language", language, "--to", "text",
                 "--out", tmp_path / "out")  # fmt: skip
    assert "987" in fault(done)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_a_file_is_a_fault(shell: Shell, listed: Listed, tmp_path: Path) -> None:
    number, language = an_issued(listed)
    (tmp_path / "file").write_bytes(b"")
    command = ["export", number, "--language", language, "--to", "text", "--out"]
    fault(shell(*command, tmp_path / "file"))
    fault(shell(*command, tmp_path / "file" / "deeper"))
