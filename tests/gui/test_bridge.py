"""The bridge carries every tree into the editor's document and back without a difference."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextListFormat,
)
from PySide6.QtWidgets import QApplication

from pressdesk.document.nodes import (
    BulletList,
    Document,
    ListItem,
    Mark,
    Paragraph,
    Table,
    Text,
)
from pressdesk.document.tools import normalise
from pressdesk.gui.bridge import Reading, fill, insert, read, read_selection
from tests.gui import documents


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """A text document needs fonts, and fonts need an application."""


@given(documents.documents)
def test_every_tree_survives_the_editor(tree: Document) -> None:
    document = QTextDocument()
    fill(document, tree)
    assert read(document) == normalise(tree)


@pytest.mark.parametrize("batch", range(4))
def test_six_hundred_seeded_trees_survive(batch: int) -> None:
    document = QTextDocument()
    for seed in range(batch * 150, batch * 150 + 150):
        tree = documents.sample(seed)
        fill(document, tree)
        assert read(document) == normalise(tree), seed


def test_a_paragraph_too_long_for_a_block_is_stored_as_one() -> None:
    tree = Document((Paragraph((Text("x" * 100_000), Text(" y " * 9_000, Mark.STRONG))),))
    document = QTextDocument()
    fill(document, tree)
    assert document.blockCount() > 10
    assert read(document) == tree


@pytest.mark.parametrize("before", [(), ("Short",)])
def test_an_item_too_long_for_a_block_is_stored_as_one(before: tuple[str, ...]) -> None:
    words = (*before, "gauge " * 4000 + "read")
    tree = Document((BulletList(tuple(ListItem((Text(each),)) for each in words)),))
    document = QTextDocument()
    fill(document, tree)
    assert read(document) == tree


def test_filling_leaves_nothing_to_undo() -> None:
    document = QTextDocument()
    fill(document, documents.sample(3))
    assert not document.isUndoAvailable()
    assert not document.isModified()


@pytest.mark.parametrize("seed", range(60))
def test_incremental_reading_equals_the_full_walk(seed: int) -> None:
    dice = random.Random(seed)
    document = QTextDocument()
    fill(document, documents.sample(seed))
    reading = Reading(document)
    assert reading.tree() == read(document)
    log = []
    for _ in range(40):
        log.append(_edit(document, dice))
        if dice.random() < 0.6:
            assert reading.tree() == read(document), log
    assert reading.tree() == read(document), log


@pytest.mark.parametrize("seed", range(30))
def test_what_is_inserted_is_there_and_one_undo_takes_it_away(seed: int) -> None:
    document = QTextDocument()
    fill(document, documents.sample(seed))
    before = read(document)
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    insert(cursor, documents.sample(seed + 1000))
    if document.isUndoAvailable():
        document.undo()
    assert read(document) == before


@pytest.mark.parametrize("seed", range(60))
def test_selecting_all_gives_the_whole_tree(seed: int) -> None:
    document = QTextDocument()
    fill(document, documents.sample(seed))
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    whole = read(document)
    if len(whole.blocks) > 1 and not isinstance(whole.blocks[0], Table):
        assert read_selection(cursor) == whole


def test_a_part_of_a_word_is_selected_by_characters_not_by_units() -> None:
    document = QTextDocument()
    fill(document, Document((Paragraph((Text("a😀bc"),)),)))
    cursor = QTextCursor(document)
    cursor.setPosition(3)
    cursor.setPosition(4, QTextCursor.MoveMode.KeepAnchor)
    assert read_selection(cursor) == Document((Paragraph((Text("b"),)),))


def _edit(document: QTextDocument, dice: random.Random) -> str:
    cursor = QTextCursor(document)
    cursor.setPosition(dice.randrange(max(document.characterCount(), 1)))
    name = dice.choice(list(EDITS))
    if dice.random() < 0.3:
        far = dice.randrange(max(document.characterCount(), 1))
        cursor.setPosition(far, QTextCursor.MoveMode.KeepAnchor)
    EDITS[name](document, cursor, dice)
    return f"{name}@{cursor.position()}"


def _bold(document: QTextDocument, cursor: QTextCursor, dice: random.Random) -> None:
    style = QTextCharFormat()
    style.setFontWeight(700)
    cursor.mergeCharFormat(style)


def _heading(document: QTextDocument, cursor: QTextCursor, dice: random.Random) -> None:
    style = QTextBlockFormat()
    style.setHeadingLevel(dice.choice([0, 2, 3]))
    cursor.mergeBlockFormat(style)


def _rows(document: QTextDocument, cursor: QTextCursor, dice: random.Random) -> None:
    table = cursor.currentTable()
    if table is None:
        cursor.clearSelection()
        cursor.insertTable(2, 2)
    elif dice.random() < 0.5:
        table.insertRows(dice.randint(0, table.rows()), 1)
    else:
        table.removeColumns(0, 1)


def _list(document: QTextDocument, cursor: QTextCursor, dice: random.Random) -> None:
    held = cursor.currentList()
    if held is None:
        cursor.createList(QTextListFormat.Style.ListDecimal)
        return
    style = held.format()
    style.setIndent(dice.randint(1, 3))
    held.setFormat(style)


EDITS = {
    "type": lambda d, c, r: c.insertText(r.choice(["x", " ", "слово", "😀", "\u2028"])),
    "enter": lambda d, c, r: c.insertBlock(),
    "erase": lambda d, c, r: c.deletePreviousChar(),
    "erase on": lambda d, c, r: c.deleteChar(),
    "bold": _bold,
    "heading": _heading,
    "rows": _rows,
    "list": _list,
    "undo": lambda d, c, r: d.undo(),
    "redo": lambda d, c, r: d.redo(),
}
