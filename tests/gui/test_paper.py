"""The paper: one page, one undo line, and keys that belong to the window."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QColor, QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from pressdesk.document.nodes import Document, Figure, Heading, Paragraph, Rule, Table, Text
from pressdesk.document.tools import plain
from pressdesk.gui.kit import theme
from pressdesk.gui.kit.keys import WindowKeys
from pressdesk.gui.kit.tokens import tokens
from pressdesk.gui.paper.paper import Paper
from pressdesk.gui.paper.popovers import LinkField, TableGrid
from pressdesk.gui.paper.writing_pane import WritingPane
from tests.gui import documents

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
SHORT = Document((Paragraph((Text("one river, two banks"),)),))


@pytest.fixture
def pane(qtbot: QtBot) -> WritingPane:
    made = WritingPane()
    qtbot.addWidget(made)
    made.resize(700, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.paper.show_edition("Title", "Subtitle", SHORT)
    return made


def test_headline_subtitle_and_text_share_one_undo_line(pane: WritingPane) -> None:
    paper = pane.paper
    QTest.keyClicks(paper.head.headline, "s")
    QTest.keyClicks(paper.text, "x")
    QTest.keyClicks(paper.head.subtitle, "s")
    assert (paper.title(), plain(paper.tree())[0], paper.subtitle()) == ("Titles", "x", "Subtitles")
    for expected in (("Titles", "x", "Subtitle"), ("Titles", "o", "Subtitle")):
        paper.undo_action.trigger()
        assert (paper.title(), plain(paper.tree())[0], paper.subtitle()) == expected
    paper.undo_action.trigger()
    assert paper.title() == "Title"
    assert not paper.undo_action.isEnabled()
    for _ in range(3):
        paper.redo_action.trigger()
    assert (paper.title(), plain(paper.tree())[0], paper.subtitle()) == ("Titles", "x", "Subtitles")


@pytest.mark.parametrize("name", ["headline", "subtitle", "text"])
def test_undo_keys_reach_the_window_from_every_field(pane: WritingPane, name: str) -> None:
    paper = pane.paper
    QTest.keyClicks(paper.head.headline, "s")
    field = paper.text if name == "text" else getattr(paper.head, name)
    field.setFocus()
    QTest.keyClick(field, KEY.Key_Z, CTRL)
    assert paper.title() == "Title"
    QTest.keyClick(field, KEY.Key_Z, CTRL | SHIFT)
    assert paper.title() == "Titles"


def test_a_watched_line_edit_leaves_the_keys_to_the_window(qtbot: QtBot) -> None:
    window, line, heard = QMainWindow(), QLineEdit("words"), []
    qtbot.addWidget(window)
    window.setCentralWidget(line)
    keys = WindowKeys(window)
    keys.watch(line)
    for name, key in (("undo", "Ctrl+Z"), ("export", "Ctrl+E"), ("underline", "Ctrl+U")):
        action = QAction(name, window)
        action.setShortcut(key)
        action.triggered.connect(lambda _checked=False, name=name: heard.append(name))
        window.addAction(action)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    line.setFocus()
    QTest.keyClicks(line, "x")
    QTest.keyClick(line, KEY.Key_Z, CTRL)
    QTest.keyClick(line, KEY.Key_E, CTRL)
    QTest.keyClick(line, KEY.Key_U, CTRL)
    assert heard == ["undo", "export", "underline"]
    assert line.text() == "wordsx"


def test_showing_an_edition_is_silent_and_begins_a_new_undo_line(
    qtbot: QtBot, pane: WritingPane
) -> None:
    QTest.keyClicks(pane.paper.head.headline, "s")
    with qtbot.assertNotEmitted(pane.paper.changed):
        pane.paper.show_edition("Other", "", SHORT)
    assert not pane.paper.timeline.canUndo()
    assert pane.paper.title() == "Other"


def test_enter_and_arrows_lead_through_the_fields(pane: WritingPane) -> None:
    head, text = pane.paper.head, pane.paper.text
    head.headline.setFocus()
    QTest.keyClick(head.headline, KEY.Key_Return)
    assert head.subtitle.hasFocus()
    QTest.keyClick(head.subtitle, KEY.Key_Down)
    assert text.hasFocus()
    QTest.keyClick(text, KEY.Key_Up)
    assert head.subtitle.hasFocus()
    QTest.keyClick(head.subtitle, KEY.Key_Up)
    assert head.headline.hasFocus()


def test_a_pasted_headline_stays_on_one_line(pane: WritingPane) -> None:
    QApplication.clipboard().setText("a\nb\u2029c\td")
    pane.paper.head.headline.selectAll()
    pane.paper.head.headline.paste()
    assert pane.paper.title() == "a b c d"


def entries(pane: WritingPane) -> dict[str, QAction]:
    """What the context menu of the text offers, by its words."""
    pane.paper.text.menu_wanted.emit(QPoint(0, 0))
    menu = pane.paper.findChildren(QMenu)[-1]
    found = {action.text(): action for action in menu.actions()}
    menu.hide()
    return found


def test_the_menu_of_the_text_changes_the_table_it_is_opened_in(pane: WritingPane) -> None:
    text = pane.paper.text
    text.insert_table(2, 2)
    assert "Insert divider" not in entries(pane)
    for words in ("First row is a header", "Insert row below", "Insert column right"):
        entries(pane)[words].trigger()
    (table,) = [block for block in pane.paper.tree().blocks if isinstance(block, Table)]
    assert (len(table.rows), len(table.rows[0]), table.header_rows) == (3, 3, 0)
    entries(pane)["Delete table"].trigger()
    assert not any(isinstance(block, Table) for block in pane.paper.tree().blocks)


def test_the_menu_of_the_text_opens_and_takes_off_a_link(qtbot, pane: WritingPane) -> None:
    text = pane.paper.text
    text.set_link("https://river.example/")
    with qtbot.waitSignal(text.link_activated) as opened:
        entries(pane)["Open link"].trigger()
    assert opened.args == ["https://river.example/"]
    entries(pane)["Remove link"].trigger()
    assert text.link_here() == "" and "Open link" not in entries(pane)
    entries(pane)["Insert divider"].trigger()
    assert any(isinstance(block, Rule) for block in pane.paper.tree().blocks)


def test_a_long_text_scrolls_as_one_page(qtbot: QtBot, pane: WritingPane) -> None:
    paper = pane.paper
    paper.show_edition("Title", "", documents.prose(3000))
    qtbot.waitUntil(lambda: paper.text.verticalScrollBar().maximum() > 12_000 // 8)
    assert paper.head.y() > 0
    _wheel(paper.text.viewport(), -1200)
    assert paper.head.y() + paper.head.height() < 0
    assert paper.text.y() == 0
    assert paper.text.verticalScrollBar().value() > 0
    _wheel(paper.text.viewport(), 12_000)
    assert paper.head.y() > 0


def test_the_cursor_is_always_on_the_paper_one_sees(qtbot: QtBot, pane: WritingPane) -> None:
    paper = pane.paper
    paper.show_edition("Title", "", documents.prose(3000))
    paper.text.setFocus()
    for place in (QTextCursor.MoveOperation.End, QTextCursor.MoveOperation.Start):
        paper.text.moveCursor(place)
        paper.text.ensureCursorVisible()
        qtbot.waitUntil(lambda: _cursor_is_seen(paper))
    assert paper.head.y() > 0


def _cursor_is_seen(paper: Paper) -> bool:
    rect = paper.text.cursorRect()
    top = paper.text.mapTo(paper, rect.topLeft()).y()
    return 0 <= top <= paper.height() - rect.height()


def test_find_counts_steps_and_replaces_as_one_step(pane: WritingPane) -> None:
    paper, finder = pane.paper, pane.paper.finder
    paper.show_edition("", "", Document((Paragraph((Text("😀 Dam, dam; damp\u00a0dam"),)),)))
    assert _hits(pane, "dam", case=False, whole=False) == 4
    assert _hits(pane, "dam", case=True, whole=False) == 3
    assert _hits(pane, "dam", case=False, whole=True) == 3
    finder.step(True)
    assert paper.text.textCursor().selectedText() == "dam"
    finder.replace_all("lock")
    assert plain(paper.tree()) == "😀 lock, lock; damp\u00a0lock"
    paper.undo_action.trigger()
    assert plain(paper.tree()) == "😀 Dam, dam; damp\u00a0dam"


def test_find_marks_no_more_than_can_be_seen(pane: WritingPane) -> None:
    pane.paper.show_edition("", "", documents.prose(20_000))
    assert _hits(pane, "e", case=False, whole=False) > 5000
    assert 0 < len(pane.paper.text.extraSelections()) <= 500


def test_escape_closes_find_and_gives_the_focus_back(pane: WritingPane) -> None:
    pane.paper.text.setFocus()
    pane.find_action.trigger()
    field = pane.find_bar.findChild(QLineEdit)
    assert isinstance(field, QLineEdit) and field.hasFocus()
    QTest.keyClick(field, KEY.Key_Escape)
    assert not pane.find_bar.isVisible()
    assert pane.paper.text.hasFocus()


def test_the_bar_reflects_and_changes_the_style(pane: WritingPane) -> None:
    pane.paper.text.setFocus()
    QTest.keyClick(pane.paper.text, KEY.Key_1, CTRL | Qt.KeyboardModifier.AltModifier)
    assert isinstance(pane.paper.tree().blocks[0], Heading)
    assert pane.format_bar.findChild(QToolButton, "style").text() == "Heading 1"
    pane.paper.text.selectAll()
    QTest.keyClick(pane.paper.text, KEY.Key_B, CTRL)
    assert pane.paper.actions_of_text["bold"].isChecked()


def test_every_button_of_the_bars_has_a_name_and_a_tip(pane: WritingPane) -> None:
    for bar in (pane.format_bar, pane.find_bar):
        for control in bar.findChildren(QToolButton):
            assert control.accessibleName()
            assert control.toolTip()


def test_the_link_field_refuses_what_must_not_be_linked(qtbot: QtBot) -> None:
    field, given = LinkField("", None), []
    qtbot.addWidget(field)
    field.given.connect(given.append)
    line = field.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    for typed in ("javascript:alert(1)", "river.example"):
        line.setText(typed)
        QTest.keyClick(line, KEY.Key_Return)
    assert given == ["https://river.example"]


def test_the_find_bar_is_worked_from_its_lines(pane: WritingPane) -> None:
    pane.paper.show_edition("", "", Document((Paragraph((Text("gate, gate and gate"),)),)))
    pane.find_bar.open("gate", True)
    what, other = pane.find_bar.findChildren(QLineEdit)
    places = [pane.paper.text.textCursor().selectionStart()]
    for key, held in ((KEY.Key_Return, NONE), (KEY.Key_Enter, NONE), (KEY.Key_Return, SHIFT)):
        QTest.keyClick(what, key, held)
        places.append(pane.paper.text.textCursor().selectionStart())
    assert places == [0, 6, 15, 6]
    other.setFocus()
    QTest.keyClicks(other, "lock")
    QTest.keyClick(other, KEY.Key_Return)
    assert plain(pane.paper.tree()) == "gate, lock and gate"
    QTest.keyClick(other, KEY.Key_Escape)
    assert pane.find_bar.isHidden()


def test_the_table_grid_is_chosen_with_the_arrows(qtbot: QtBot) -> None:
    grid, given = TableGrid(None), []
    qtbot.addWidget(grid)
    grid.given.connect(lambda rows, columns: given.append((rows, columns)))
    for key in (KEY.Key_Right, KEY.Key_Down, KEY.Key_Down, KEY.Key_Return):
        QTest.keyClick(grid, key)
    assert given == [(5, 4)]


@pytest.fixture
def to_dark(qapp: QApplication) -> Iterator[Callable[[], None]]:
    """Applies the dark theme, until the end of the test."""
    before, sheet = qapp.palette(), qapp.styleSheet()
    yield lambda: theme.apply(qapp, dark=True)
    qapp.setPalette(before)
    qapp.setStyleSheet(sheet)


def test_the_theme_changes_without_an_undo_step(
    pane: WritingPane, to_dark: Callable[[], None]
) -> None:
    paper, dark = pane.paper, tokens(True)
    linked = Paragraph((Text("river", link="https://river.example/"),))
    paper.show_edition("", "", Document((*documents.sample(4).blocks, linked)))
    before = paper.tree()
    to_dark()
    assert not paper.timeline.canUndo()
    assert paper.tree() == before
    assert paper.text.grab().toImage().pixelColor(1, 1) == QColor(dark.pane)
    spans = paper.text.document().lastBlock().layout().formats()
    assert spans[-1].format.foreground().color() == QColor(dark.accent)


def test_the_marks_of_a_search_follow_the_theme(
    pane: WritingPane, to_dark: Callable[[], None]
) -> None:
    pane.paper.finder.search("river", False, False)
    to_dark()
    (mark,) = pane.paper.text.extraSelections()
    assert mark.format.background().color() == QColor(tokens(True).warning_ground)


def test_a_read_only_paper_changes_nothing(pane: WritingPane) -> None:
    pane.set_editable(False)
    for field in (pane.paper.head.headline, pane.paper.head.subtitle, pane.paper.text):
        QTest.keyClicks(field, "x")
    assert (pane.paper.title(), pane.paper.subtitle()) == ("Title", "Subtitle")
    assert pane.paper.tree() == SHORT


def test_a_figure_without_its_picture_is_shown_and_kept(pane: WritingPane) -> None:
    tree = Document((Figure("ab" * 32, "A gauge", (Text("At the bridge"),), "IRC"),))
    pane.paper.show_edition("", "", tree)
    assert not pane.grab().isNull()
    assert pane.paper.tree() == tree


def _hits(pane: WritingPane, words: str, *, case: bool, whole: bool) -> int:
    told: list[int] = []
    pane.paper.finder.found.connect(lambda _number, count: told.append(count))
    pane.paper.finder.search(words, case, whole)
    return told[-1]


def _wheel(target: QWidget, delta: int) -> None:
    middle = QPointF(target.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(target.mapToGlobal(middle.toPoint())),
        QPoint(0, 0),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(target, event)


@pytest.mark.parametrize("batch", range(4))
def test_the_dateline_costs_no_undo_step(pane: WritingPane, batch: int) -> None:
    for seed in range(batch * 15, batch * 15 + 15):
        _agree(pane, seed)


def test_the_dateline_runs_into_the_first_paragraph_and_is_no_text(pane: WritingPane) -> None:
    paper = pane.paper
    paper.show_dateline("VIENNA, 6 October 2025 –")
    first = paper.text.document().firstBlock()
    assert first.blockFormat().textIndent() > 100
    assert paper.tree() == SHORT
    assert not paper.timeline.canUndo()
    paper.text.set_style("heading2")
    assert paper.text.document().firstBlock().blockFormat().textIndent() == 0
    paper.undo_action.trigger()
    assert paper.text.document().firstBlock().blockFormat().textIndent() > 100
    assert not paper.timeline.canUndo()


def _agree(pane: WritingPane, seed: int) -> None:
    """Play a random history with a dateline that changes; undo must agree with a list of states."""
    dice, paper = random.Random(seed), pane.paper
    place = ["VIENNA –"]

    def show(text: str) -> None:
        place[0] = text
        paper.show_dateline(text)

    paper.show_edition("", "", documents.sample(seed))
    show(place[0])
    states: list[object] = [(paper.tree(), place[0])]
    at = 0
    for step in range(25):
        done = dice.choice(["type", "enter", "erase", "style", "field", "undo", "redo", "all"])
        before = paper.timeline.index()
        _play(pane, done, dice, place, show)
        now = (paper.tree(), place[0])
        if done in ("undo", "redo"):
            at = max(0, at - 1) if done == "undo" else min(len(states) - 1, at + 1)
            assert states[at] in (None, now), (seed, step, done)
        elif (grown := paper.timeline.index() - before) > 0:
            between: list[object] = [None] * (grown - 1)  # one key may take two steps of Qt
            states = [*states[: at + 1], *between, now]
            at += grown
        else:
            states[at] = now
        assert paper.timeline.count() == len(states) - 1, (seed, step, done)


def _play(
    pane: WritingPane,
    done: str,
    dice: random.Random,
    place: list[str],
    show: Callable[[str], None],
) -> None:
    text, timeline = pane.paper.text, pane.paper.timeline
    cursor = text.textCursor()
    cursor.setPosition(
        dice.choice([0, 1, dice.randrange(text.document().characterCount())])
        % text.document().characterCount()
    )
    text.setTextCursor(cursor)
    if done == "undo":
        timeline.undo()
    elif done == "redo":
        timeline.redo()
    elif done == "field":
        before, after = place[0], dice.choice(["", "BASEL –", "VIENNA, 6 October –"])
        if before != after:
            show(after)
            timeline.field("Place", show, before, after)
    elif done == "style":
        text.set_style(dice.choice(["heading2", "paragraph", "lead", "quote", "bullets"]))
    elif done == "all" and dice.random() < 0.3:
        text.selectAll()
        QTest.keyClicks(text, "z")
    else:
        keys = {"enter": KEY.Key_Return, "erase": KEY.Key_Backspace}
        QTest.keyClick(text, keys.get(done, KEY.Key_A))
