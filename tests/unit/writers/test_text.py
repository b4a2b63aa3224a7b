"""Plain text: everything is said, within 72 columns, with nothing invisible at the ends."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressdesk.document.nodes import Cell, Document, Inlines, Mark, Paragraph, Table, Text
from pressdesk.document.tools import inlines, line, map_inlines
from pressdesk.formats.layout import COLUMNS, table, width, wrapped
from pressdesk.formats.prelude import clean
from pressdesk.formats.registry import Context
from pressdesk.formats.writers.text import write
from tests.unit.writers.sheets import ATTACHMENTS, SHEETS
from tests.unit.writers.trees import characters, documents

BARE = SHEETS["empty"]
FOOTNOTE = re.compile("\u00a0\\[\\d+\\]")


def written(body: Document) -> tuple[str, Context]:
    context = Context()
    return write(msgspec.structs.replace(BARE, body=body), context).decode(), context


def flat(document: Document) -> Document:
    """Without raised and lowered characters, which the text writes in shapes of their own."""

    def change(content: Inlines) -> Inlines:
        both = Mark.SUB | Mark.SUP
        return tuple(
            msgspec.structs.replace(part, marks=part.marks & ~both)
            if isinstance(part, Text)
            else part
            for part in content
        )

    return map_inlines(document, change)


@given(documents.map(flat))
def test_no_word_is_lost_and_no_line_ends_in_a_blank(document: Document) -> None:
    text, _context = written(document)
    said = FOOTNOTE.sub("", text)
    for block in document.blocks:
        for content in inlines(block):
            words = FOOTNOTE.sub("", clean(line(content))).replace("\n", " ").split(" ")
            assert all(word in said for word in words)
    assert all(one == one.rstrip(" ") for one in text.split("\n"))
    assert text.endswith("\n") and not text.endswith("\n\n")


@given(st.text(characters | st.just(" "), max_size=300))
def test_lines_are_short_unless_one_word_is_long(text: str) -> None:
    for one in wrapped(text):
        words = [word for word in one.split(" ") if word]
        assert width(one) <= COLUMNS or len(words) == 1


@pytest.mark.parametrize("name", SHEETS)
def test_sheets_fit_into_72_columns(name: str) -> None:
    text = write(SHEETS[name], Context(attachments=ATTACHMENTS)).decode()
    assert max(map(width, text.split("\n"))) <= COLUMNS
    assert "\r" not in text and "\t" not in text


def test_warning_and_embargo_stand_first_and_once() -> None:
    sheet = SHEETS["statement-ru"]
    text = write(sheet, Context()).decode()
    assert text.startswith("ПРОЕКТ – НЕ ДЛЯ РАСПРОСТРАНЕНИЯ\nПОД ЭМБАРГО ДО 1 июня 2027")
    assert text.count("ЭМБАРГО") == 1


def test_addresses_behind_words_become_numbered_notes() -> None:
    text, _context = written(
        Document(
            (
                Paragraph(
                    (
                        Text("here", link="https://river.example/a"),
                        Text(" and "),
                        Text("river.example", link="https://river.example/"),
                        Text(" and "),
                        Text("there", link="https://river.example/a"),
                    )
                ),
            )
        )
    )
    assert "here\u00a0[1] and river.example and there\u00a0[1]" in text
    assert text.endswith("[1] https://river.example/a\n")


def test_other_schemes_are_lost_and_said() -> None:
    text, context = written(Document((Paragraph((Text("here", link="file:///etc/passwd"),)),)))
    assert "passwd" not in text
    assert "file:///etc/passwd" in context.losses[0]


def test_a_wide_table_becomes_labelled_lines() -> None:
    long = "x" * 50
    rows = (
        (Cell((Text("Section"),)), Cell((Text("Remark"),))),
        (Cell((Text(long),)), Cell((Text(long),))),
    )
    text, _context = written(Document((Table(rows),)))
    assert f"Section: {long}\nRemark: {long}" in text


def test_columns_stand_under_each_other_whatever_the_script() -> None:
    lines = table([["Участок", "n"], ["水位", "5"], ["é\u0301", "6"]], 1)
    assert [width(one[: one.rindex(one[-1])]) for one in (lines[0], *lines[2:])] == [9, 9, 9]


def test_half_a_character_and_controls_do_not_stop_a_text() -> None:
    sheet = msgspec.structs.replace(BARE, title="a\ud83d\x00\u202eb", organisation="x\x07")
    text = write(sheet, Context()).decode()
    assert "\nab\n" in text


def test_raised_and_lowered_digits_have_shapes_of_their_own() -> None:
    runs = (Text("m"), Text("3", Mark.SUP), Text(" CO"), Text("2", Mark.SUB), Text("th", Mark.SUP))
    text, _context = written(Document((Paragraph(runs),)))
    assert text == "m³ CO₂th\n"
