"""The tree: normal form, storage, walking and counting."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from walked import walk

from pressdesk.base.errors import ReadFailed
from pressdesk.document import codec
from pressdesk.document.nodes import (
    BulletList,
    Cell,
    Document,
    Figure,
    Heading,
    Inlines,
    LineBreak,
    ListItem,
    Mark,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
)
from pressdesk.document.tools import (
    count,
    inlines,
    line,
    map_inlines,
    normal_inlines,
    normalise,
    paragraph,
    plain,
    runs,
)
from tests.gui.documents import documents
from tests.gui.documents import inlines as contents


@given(documents)
def test_every_tree_survives_storage(tree: Document) -> None:
    stored = codec.dumps(tree)
    assert codec.loads(stored) == tree
    assert codec.dumps(codec.loads(stored)) == stored
    assert json.loads(stored)["format"] == codec.FORMAT


@given(documents)
def test_normal_form_is_reached_in_one_step(tree: Document) -> None:
    once = normalise(tree)
    assert normalise(once) == once


@given(documents)
def test_normal_form_has_no_empty_run_no_like_neighbours_and_no_line_end(tree: Document) -> None:
    for block in normalise(tree).blocks:
        for content in inlines(block):
            _is_normal(content)


def _is_normal(content: Inlines) -> None:
    before: Text | LineBreak | None = None
    for part in content:
        if isinstance(part, Text):
            assert part.text
            assert not set(part.text) & set("\n\r\t\u2028\u2029\ufffc\x00")
            assert Mark.SUB | Mark.SUP not in part.marks
            if isinstance(before, Text):
                like = (part.marks, part.link, part.language)
                assert like != (before.marks, before.link, before.language)
        before = part


@given(documents)
def test_normal_form_loses_no_word(tree: Document) -> None:
    kept = "".join(plain(normalise(tree)).split())
    assert kept == "".join(plain(tree).replace("\u2028", "\n").replace("\t", " ").split())


@given(documents)
def test_tables_are_rectangles(tree: Document) -> None:
    for block in normalise(tree).blocks:
        if isinstance(block, Table):
            assert len({len(row) for row in block.rows}) == 1
            assert 0 <= block.header_rows <= len(block.rows)


@given(documents)
def test_mapping_with_nothing_changes_nothing(tree: Document) -> None:
    assert map_inlines(tree, lambda content: content) == tree


@given(documents)
def test_mapping_reaches_every_run(tree: Document) -> None:
    assert walk(map_inlines(tree, lambda content: ())) == []


@given(contents)
def test_the_line_of_normal_content_is_the_line_of_the_content(content: Inlines) -> None:
    before = line(content).replace("\u2028", "\n").replace("\t", " ")
    assert line(normal_inlines(content)) == before


@given(st.text())
def test_any_string_becomes_normal_content(text: str) -> None:
    content = runs(text)
    assert normal_inlines(content) == content


@given(st.binary(max_size=60))
def test_no_bytes_are_read_as_a_tree_by_accident(data: bytes) -> None:
    with pytest.raises(ReadFailed):
        codec.loads(b"\xff" + data)


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"{}",
        b"[]",
        b'{"format":1,"blocks":[{"type":"unknown"}]}',
        b'{"format":1,"blocks":[{"type":"heading","level":1}]}',
        b'{"format":999,"blocks":[]}',
    ],
)
def test_what_is_not_a_stored_tree_is_refused_with_advice(stored: bytes) -> None:
    with pytest.raises(ReadFailed) as failure:
        codec.loads(stored)
    assert failure.value.what
    assert failure.value.hint


@pytest.mark.parametrize(
    ("rows", "wanted", "headings"),
    [(1, 1, 0), (1, 3, 0), (2, 2, 1), (3, 1, 1), (3, 0, 0), (3, -1, 0), (3, 9, 2)],
)
def test_headings_stand_over_rows(rows: int, wanted: int, headings: int) -> None:
    row = (Cell((Text("1"),)), Cell())
    (table,) = normalise(Document((Table((row,) * rows, wanted),))).blocks
    assert table == Table((row,) * rows, headings)


@pytest.mark.parametrize("rows", [(), ((),), ((), ())])
def test_a_table_without_cells_goes(rows: tuple[tuple[Cell, ...], ...]) -> None:
    assert normalise(Document((Table(rows),))) == Document()


def test_plain_text_parts_blocks_and_keeps_names() -> None:
    tree = Document(
        (
            Heading(2, (Text("Head"),)),
            Quote((paragraph("said\nso"),), "Elena Marin"),
            BulletList((ListItem((Text("a"),), (BulletList((ListItem((Text("b"),)),)),)),)),
            Rule(),
            Table(((Cell((Text("1"),)), Cell()),)),
            Figure("ab" * 32, caption=(Text("Dam"),), credit="IRC"),
            Paragraph(),
        )
    )
    assert plain(tree) == "Head\n\nsaid\nso\n\nElena Marin\n\na\n\nb\n\n1\n\nDam\n\nIRC"


@pytest.mark.parametrize(
    ("text", "language", "words", "characters", "minutes"),
    [
        ("", "en", 0, 0, 0),
        ("one", "en", 1, 3, 1),
        ("don’t well-known 1994", "en", 3, 21, 1),
        ("Речная комиссия — в Вене", "ru", 4, 24, 1),
        ("a " * 231, "en", 231, 462, 2),
        ("a " * 181, "ru-RU", 181, 362, 2),
        ("a\nb", "de", 2, 2, 1),
    ],
)
def test_counts(text: str, language: str, words: int, characters: int, minutes: int) -> None:
    got = count(text, language)
    assert (got.words, got.characters, got.minutes) == (words, characters, minutes)
