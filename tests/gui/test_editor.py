"""The keys and commands of the editor, seen through the tree they leave behind."""

from __future__ import annotations

import random
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pressdesk.document.nodes import (
    BulletList,
    Cell,
    Document,
    Figure,
    Heading,
    LineBreak,
    ListItem,
    Mark,
    NumberedList,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
)
from pressdesk.gui.bridge import read
from pressdesk.gui.paper.editor import Editor
from tests.gui import documents

KEY = Qt.Key


def said(text: str, role: str = "body") -> Paragraph:
    return Paragraph((Text(text),) if text else (), role)  # type: ignore[arg-type] # roles of the tests


def items(*texts: str) -> tuple[ListItem, ...]:
    return tuple(ListItem((Text(text),)) for text in texts)


@pytest.fixture
def editor(qtbot: QtBot) -> Editor:
    made = Editor()
    qtbot.addWidget(made)
    made.resize(600, 400)
    return made


def put(editor: Editor, at: int, *blocks: object) -> None:
    editor.show_tree(Document(blocks))  # type: ignore[arg-type] # blocks of the tests
    cursor = editor.textCursor()
    cursor.setPosition(at if at >= 0 else editor.document().characterCount() + at)
    editor.setTextCursor(cursor)


def press(editor: Editor, *keys: Qt.Key | str) -> tuple[object, ...]:
    for key in keys:
        if isinstance(key, str):
            QTest.keyClicks(editor, key)
        else:
            QTest.keyClick(editor, key)
    assert editor.tree() == read(editor.document())
    return editor.tree().blocks


def test_enter_after_a_heading_gives_a_paragraph(editor: Editor) -> None:
    put(editor, -1, Heading(2, (Text("Next"),)))
    assert press(editor, KEY.Key_Return, "a") == (Heading(2, (Text("Next"),)), said("a"))


def test_enter_in_a_heading_parts_it(editor: Editor) -> None:
    put(editor, 2, Heading(3, (Text("Next"),)))
    got = press(editor, KEY.Key_Return)
    assert got == (Heading(3, (Text("Ne"),)), Heading(3, (Text("xt"),)))


def test_backspace_at_the_start_of_a_heading_makes_a_paragraph(editor: Editor) -> None:
    put(editor, 0, Heading(2, (Text("Next"),)))
    assert press(editor, KEY.Key_Backspace) == (said("Next"),)
    editor.document().undo()
    assert editor.tree().blocks == (Heading(2, (Text("Next"),)),)


def test_enter_twice_leaves_a_list(editor: Editor) -> None:
    put(editor, -1, BulletList(items("a")))
    got = press(editor, KEY.Key_Return, KEY.Key_Return, "b")
    assert got == (BulletList(items("a")), said("b"))


def test_enter_twice_leaves_a_quote_and_the_rest_is_a_quote_of_its_own(editor: Editor) -> None:
    put(editor, 1, Quote((said("a"), said("b"))))
    got = press(editor, KEY.Key_Return, KEY.Key_Return, "x")
    assert got == (Quote((said("a"),)), said("x"), Quote((said("b"),)))


def test_enter_after_an_attribution_leaves_the_quote(editor: Editor) -> None:
    put(editor, -1, Quote((said("a"),), "Elena Marin"))
    got = press(editor, KEY.Key_Return, "b")
    assert got == (Quote((said("a"),), "Elena Marin"), said("b"))


def test_enter_after_a_caption_leaves_the_figure(editor: Editor) -> None:
    figure = Figure("ab" * 32, "", (Text("The gauge"),))
    put(editor, -1, figure)
    assert press(editor, KEY.Key_Return, "b") == (figure, said("b"))


def test_question_answer_question(editor: Editor) -> None:
    put(editor, -1, said("Why?", "question"))
    got = press(editor, KEY.Key_Return, "So.", KEY.Key_Return, KEY.Key_Return, "How?")
    assert got == (said("Why?", "question"), said("So.", "answer"), said("How?", "question"))


def test_tab_indents_and_shift_tab_outdents(editor: Editor) -> None:
    put(editor, -1, BulletList(items("a", "b")))
    nested = BulletList((ListItem((Text("a"),), (BulletList(items("b")),)),))
    assert press(editor, KEY.Key_Tab) == (nested,)
    assert press(editor, KEY.Key_Backtab) == (BulletList(items("a", "b")),)


def test_the_first_item_cannot_be_indented(editor: Editor) -> None:
    put(editor, 0, BulletList(items("a", "b")))
    assert press(editor, KEY.Key_Tab) == (BulletList(items("a", "b")),)


def test_backspace_at_the_start_of_an_item_parts_the_list(editor: Editor) -> None:
    put(editor, 2, NumberedList(items("a", "b", "c")))
    got = press(editor, KEY.Key_Backspace)
    assert got == (NumberedList(items("a")), said("b"), NumberedList(items("c")))


def test_tab_walks_through_a_table_and_adds_a_row(editor: Editor) -> None:
    put(editor, 1, Table(((Cell(), Cell()),), 0))
    press(editor, "a", KEY.Key_Tab, "b", KEY.Key_Tab, "c")
    rows = editor.tree().blocks[0].rows  # type: ignore[union-attr] # a table
    assert rows == ((Cell((Text("a"),)), Cell((Text("b"),))), (Cell((Text("c"),)), Cell()))


def test_enter_in_a_cell_breaks_the_line(editor: Editor) -> None:
    put(editor, 1, Table(((Cell(),),), 0))
    press(editor, "a", KEY.Key_Return, "b")
    cell = editor.tree().blocks[0].rows[0][0]  # type: ignore[union-attr] # a table
    assert cell == Cell((Text("a"), LineBreak(), Text("b")))


def test_typing_behind_a_link_is_not_linked(editor: Editor) -> None:
    link = Text("site", link="https://river.example/")
    put(editor, -1, Paragraph((link,)))
    assert press(editor, "x") == (Paragraph((link, Text("x"))),)


def test_backspace_behind_a_break_removes_it(editor: Editor) -> None:
    put(editor, -1, said("a"), Rule(), said(""))
    assert press(editor, KEY.Key_Backspace) == (said("a"), said(""))


def test_typing_on_a_break_goes_on_behind_it(editor: Editor) -> None:
    put(editor, 2, said("a"), Rule(), said("c"))
    assert press(editor, "b") == (said("a"), Rule(), said("b"), said("c"))


@pytest.mark.parametrize("mark", [Mark.STRONG, Mark.EMPH, Mark.UNDERLINE, Mark.SUB, Mark.SUP])
def test_a_mark_goes_on_and_off(editor: Editor, mark: Mark) -> None:
    put(editor, 0, said("abc"))
    editor.selectAll()
    editor.toggle_mark(mark)
    assert editor.tree().blocks == (Paragraph((Text("abc", mark),)),)
    editor.toggle_mark(mark)
    assert editor.tree().blocks == (said("abc"),)


@pytest.mark.parametrize("style", ["lead", "question", "answer", "address"])
def test_a_role_is_given_and_taken(editor: Editor, style: str) -> None:
    put(editor, 0, said("abc"))
    editor.set_style(style)
    assert editor.tree().blocks == (said("abc", style),)
    assert editor.paragraph_style() == style
    editor.set_style("paragraph")
    assert editor.tree().blocks == (said("abc"),)


def test_a_quote_with_its_speaker_is_made_by_styles(editor: Editor) -> None:
    put(editor, 0, said("a"), said("Elena Marin"))
    editor.set_style("quote")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    editor.set_style("attribution")
    assert editor.tree().blocks == (Quote((said("a"),), "Elena Marin"),)


def test_lists_are_made_and_changed_over_a_selection(editor: Editor) -> None:
    put(editor, 0, said("a"), Heading(2, (Text("b"),)))
    editor.selectAll()
    editor.set_style("bullets")
    assert editor.tree().blocks == (BulletList(items("a", "b")),)
    editor.set_style("numbers")
    assert editor.tree().blocks == (NumberedList(items("a", "b")),)
    editor.set_style("numbers")
    assert editor.tree().blocks == (said("a"), said("b"))


def test_clearing_takes_marks_links_and_style(editor: Editor) -> None:
    linked = Text("abc", Mark.STRONG | Mark.SUP, "https://river.example/", "ru")
    put(editor, 0, Heading(2, (linked,)), Quote((Paragraph((Text("d", Mark.EMPH),)),)))
    editor.selectAll()
    editor.clear_formatting()
    assert editor.tree().blocks == (said("abc"), said("d"))


def test_a_link_is_put_and_taken(editor: Editor) -> None:
    put(editor, 0, said("site"))
    editor.selectAll()
    editor.set_link("https://river.example/")
    assert editor.tree().blocks == (Paragraph((Text("site", link="https://river.example/"),)),)
    editor.moveCursor(QTextCursor.MoveOperation.End)
    assert editor.link_here() == "https://river.example/"
    editor.set_link(None)
    assert editor.tree().blocks == (said("site"),)


def test_a_table_is_put_in_and_changed(editor: Editor) -> None:
    put(editor, 1, said("a"))
    editor.insert_table(2, 2)
    press(editor, "x")
    for change in ("row below", "column after", "delete row", "header"):
        editor.change_table(change)
    table = editor.tree().blocks[1]
    assert isinstance(table, Table)
    assert (len(table.rows), len(table.rows[0])) == (2, 3)
    editor.change_table("delete table")
    assert editor.tree().blocks[0] == said("a")


def test_a_heading_left_without_rows_is_shown_and_read_as_a_row(editor: Editor) -> None:
    put(editor, 1, said("a"))
    editor.insert_table(2, 2)
    press(editor, "x", KEY.Key_Down)
    editor.change_table("delete row")
    table = editor.textCursor().currentTable()
    assert table.format().headerRowCount() == 0
    assert editor.tree().blocks[1] == Table(((Cell((Text("x"),)), Cell()),), 0)
    editor.undo()
    assert editor.tree().blocks[1] == Table(((Cell((Text("x"),)), Cell()), (Cell(), Cell())), 1)


def test_a_read_only_text_does_not_change(editor: Editor) -> None:
    put(editor, 0, said("abc"))
    editor.set_editable(False)
    press(editor, "x", KEY.Key_Return, KEY.Key_Backspace, KEY.Key_Tab)
    editor.set_style("quote")
    editor.toggle_mark(Mark.STRONG)
    editor.insert_table(2, 2)
    assert editor.tree().blocks == (said("abc"),)


def test_showing_is_silent_and_typing_speaks(qtbot: QtBot, editor: Editor) -> None:
    with qtbot.assertNotEmitted(editor.changed):
        put(editor, 0, said("abc"))
    with qtbot.waitSignal(editor.changed):
        QTest.keyClicks(editor, "x")


def test_words_are_counted_after_a_pause(qtbot: QtBot, editor: Editor) -> None:
    with qtbot.waitSignal(editor.counted) as heard:
        put(editor, 0, said("one two three"))
    assert heard.args == [3, 1]


def test_a_long_cell_is_shown_and_stored_whole(editor: Editor) -> None:
    table = Table(((Cell((Text("y" * 50_000),)), Cell()),), 0)
    begun = time.thread_time()
    put(editor, 1, table)
    assert time.thread_time() - begun < 5
    assert editor.tree().blocks == (table,)


def test_an_unbroken_megabyte_is_shown_and_stored_whole(editor: Editor) -> None:
    put(editor, 0, said("x" * 1_000_000))
    assert editor.tree().blocks == (said("x" * 1_000_000),)
    assert editor.document().blockCount() > 100


@pytest.mark.parametrize("seed", range(25))
def test_random_keys_never_break_the_text(editor: Editor, seed: int) -> None:
    dice = random.Random(seed)
    editor.show_tree(documents.sample(seed))
    keys = [KEY.Key_Return, KEY.Key_Backspace, KEY.Key_Delete, KEY.Key_Tab, KEY.Key_Backtab, "a "]
    styles = ["quote", "attribution", "bullets", "numbers", "heading2", "paragraph", "lead"]
    for _ in range(30):
        cursor = editor.textCursor()
        cursor.setPosition(dice.randrange(editor.document().characterCount()))
        editor.setTextCursor(cursor)
        if dice.random() < 0.3:
            editor.set_style(dice.choice(styles))
        press(editor, dice.choice(keys))


@pytest.mark.parametrize("style", ["heading2", "quote", "bullets"])
def test_a_style_for_words_in_a_cell_changes_nothing_behind_the_table(
    editor: Editor, style: str
) -> None:
    table = Table(((Cell((Text("one"),)), Cell((Text("two"),))),))
    put(editor, 0, said("before"), table, said("behind"))
    before, cursor = editor.tree(), editor.document().find("one")
    assert cursor.hasSelection() and cursor.currentTable() is not None
    editor.setTextCursor(cursor)
    editor.set_style(style)
    assert editor.tree() == before
