"""``history``, ``diff`` and ``restore``, as a person and as a script use them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from pressdesk.archive.file.desk_file import open_desk
from pressdesk.base.errors import NotFound
from pressdesk.cli.revisions import _id
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.filed import Filed
from pressdesk.press.release import Edition, Release
from tests.cli.program import Shell, fault


@pytest.fixture
def filed(desk: Path) -> Filed:
    """A draft of two revisions and a text that only autosave kept."""
    archive = open_desk(desk)
    archive.sign("Elena Marin")
    kept = paragraph("The gauges stand as they stood.")
    one = Edition("en", title="Water falls", body=Document((paragraph("It fell by 2 m."), kept)))
    first = archive.releases.add(Release("news"), one)
    two = Document((paragraph("It fell by 3 m."), kept, paragraph("More tomorrow.")))
    text = replace(first.edition, title="Water rises", body=two)
    second = archive.releases.save(first.release, text, note="For the Council")
    archive.releases.keep(second.release, replace(second.edition, title="Water stands"))
    archive.close()
    return second


def rows(shell: Shell, number: int, *more: str) -> list[dict[str, Any]]:
    return json.loads(shell("history", number, "--json", *more).stdout)


def test_history_names_author_note_and_number(shell: Shell, filed: Filed) -> None:
    number = filed.release.id
    found = rows(shell, number)
    assert [(one["revision"], one["author"], one["note"], one["issued"]) for one in found] == [
        ("2", "Elena Marin", "For the Council", False),
        ("1", "Elena Marin", "", False),
    ]
    lines = shell("history", number).stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["2", "1"]
    assert "For the Council" in lines[0]


def test_history_tells_what_was_done_with_the_text(
    shell: Shell, filed: Filed, tmp_path: Path
) -> None:
    number = filed.release.id
    why = "For the spokesman"
    command = ("export", number, "--to", "text", "--out", tmp_path, "--embargoed", why)
    assert shell(*command).returncode == 0
    first = rows(shell, number)[0]
    assert (first["revision"], first["edition"], first["note"]) == (None, 1, why)
    assert first["deed"]["kind"] == "exported" and first["deed"]["details"]["early"] == "draft"
    assert first["deed"]["text"] == f"Draft exported as Text: {why}"
    line = shell("history", number).stdout.splitlines()[0]
    assert line.endswith(f"Draft exported as Text: {why}") and line.startswith(" ")
    assert "+ More tomorrow." in shell("diff", number, 1, 2).stdout


def test_a_release_in_two_languages_needs_one_named(shell: Shell) -> None:
    listed = json.loads(shell("list", "--json").stdout)
    ids = [row["id"] for row in listed if row["state"] == "issued"]
    two = next(one for one in ids if ids.count(one) == 2)
    done = shell("history", two)
    assert done.returncode == 2
    assert "--language" in done.stderr
    (newest, *_rest) = rows(shell, two, "--language", "ru")
    assert newest["issued"]


def test_diff_marks_words_without_colour_in_a_pipe(shell: Shell, filed: Filed) -> None:
    done = shell("diff", filed.release.id, 1, 2)
    assert done.stdout.splitlines() == [
        "Headline: Water [-falls-]{+rises+}",
        "",
        "  It fell by [-2-]{+3+} m.",
        "  (1 unchanged)",
        "+ More tomorrow.",
    ]


def test_diff_says_what_moved_where(shell: Shell, desk: Path) -> None:
    dam = "The dam of the upper lake was closed on Monday by its keepers, who were four."
    rest = tuple(paragraph(f"Gauge {n} stands as it stood.") for n in range(2))
    archive = open_desk(desk)
    text = Edition("en", title="Water", body=Document((paragraph(dam), *rest)))
    made = archive.releases.add(Release("news"), text)
    moved = Document((*rest, paragraph(dam.replace("Monday", "Friday"))))
    archive.releases.save(made.release, replace(made.edition, body=moved))
    archive.close()
    assert shell("diff", made.release.id, 1, 2).stdout.splitlines() == [
        "< (moved down, 1) The dam of the upper lake was closed on Monday by its …",
        "  (2 unchanged)",
        "> (moved down, 1) " + dam.replace("Monday", "[-Monday-]{+Friday+}"),
    ]
    (was, *_kept, now) = json.loads(shell("diff", made.release.id, 1, 2, "--json").stdout)["text"]
    assert (was["change"], was["way"], was["move"]) == ("away", "down", 1)
    assert (now["change"], now["way"], now["move"]) == ("moved", "down", 1)


def test_diff_without_a_second_is_with_the_text_of_now(shell: Shell, filed: Filed) -> None:
    done = shell("diff", filed.release.id, 2)
    assert done.stdout == "Headline: Water [-rises-]{+stands+}\n"


def test_diff_for_programs_gives_pieces(shell: Shell, filed: Filed) -> None:
    found = json.loads(shell("diff", filed.release.id, 2, 1, "--json").stdout)
    assert not found["same"]
    assert [(one["key"], one["old"], one["new"]) for one in found["fields"]] == [
        ("title", "Water rises", "Water falls")
    ]
    assert [line["change"] for line in found["text"]] == ["changed", "kept", "removed"]


def test_restore_makes_the_text_the_draft_and_keeps_what_was_typed(
    shell: Shell, filed: Filed
) -> None:
    number = filed.release.id
    done = shell("restore", number, 1)
    assert (done.returncode, done.stdout) == (0, "4  Restored from revision 1\n")
    assert json.loads(shell("show", number, "--json").stdout)["title"] == "Water falls"
    assert [one["note"] for one in rows(shell, number)][:2] == [
        "Restored from revision 1",
        "Before restoring",
    ]
    assert "{+stands+}" in shell("diff", number, 1, 3).stdout


def test_restoring_what_was_issued_opens_the_next_edition(shell: Shell) -> None:
    listed = json.loads(shell("list", "--json", "--state", "issued").stdout)
    row = listed[0]
    tag = ("--language", row["language"])
    done = shell("restore", row["id"], 1, *tag)
    assert done.stdout == "1  Restored from revision 1 of edition 1\n"
    found = [one for one in rows(shell, row["id"], *tag) if not one["deed"]]
    assert (found[0]["revision"], found[1]["revision"]) == ("1", f"1.{found[1]['number']}")
    same = json.loads(shell("diff", row["id"], "1.1", "1", "--json", *tag).stdout)
    assert [one["key"] for one in same["fields"]] == ["reference"]
    assert {line["change"] for line in same["text"]} == {"kept"}


@pytest.mark.parametrize("arguments", [("diff", 1, 9), ("restore", 77), ("diff", "2.1", 1)])
def test_a_revision_that_is_not_there_is_a_fault(
    shell: Shell, filed: Filed, arguments: tuple[object, ...]
) -> None:
    command, *rest = arguments
    assert "There is no revision" in fault(shell(command, filed.release.id, *rest))


def test_where_no_revision_is_kept_none_is_found() -> None:
    with pytest.raises(NotFound, match="no revision 1"):
        _id((), "1")


@pytest.mark.parametrize("arguments", [("diff", "x"), ("restore", "now"), ("restore", "-1")])
def test_what_names_no_revision_is_wrong_usage(
    shell: Shell, filed: Filed, arguments: tuple[str, ...]
) -> None:
    command, *rest = arguments
    assert shell(command, filed.release.id, *rest).returncode == 2
