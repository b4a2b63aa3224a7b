"""The comparison of two versions: its marks, the way through it, and how it is filled."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from pressdesk.document.diff import DiffPiece, LineDiff
from pressdesk.document.nodes import Document, Heading, Text
from pressdesk.document.tools import paragraph
from pressdesk.gui.history.compare_dialog import CompareDialog
from pressdesk.gui.history.compare_pane import summary
from pressdesk.gui.history.diff_view import DiffView
from pressdesk.gui.history.difference_rows import Gap, ShownRow, rows, shortened
from pressdesk.gui.kit import theme
from pressdesk.gui.kit.tokens import DARK, LIGHT
from pressdesk.press.differing import VersionDiff, differ
from pressdesk.press.release import Edition, Release

OLD = (
    Release("news"),
    Edition(
        "en",
        title="Water falls",
        body=Document(
            (
                paragraph("The level fell by two metres."),
                *(paragraph(f"Gauge {n} stands.") for n in range(6)),
                paragraph("Gone for good it is."),
            )
        ),
    ),
)
NEW = (
    Release("news"),
    replace(
        OLD[1],
        title="Water rises",
        body=Document(
            (
                paragraph("The level fell by three metres."),
                *(paragraph(f"Gauge {n} stands.") for n in range(6)),
                Heading(2, (Text("Wholly other words"),)),
            )
        ),
    ),
)


def test_only_changes_leaves_what_stands_beside_them() -> None:
    lines = [LineDiff("kept")] * 5 + [LineDiff("added")] + [LineDiff("kept")] * 3
    shown = list(shortened(lines))
    assert [x.number if isinstance(x, Gap) else x.change for x in shown] == [
        4, "kept", "added", "kept", 2,
    ]  # fmt: skip


def marks(view: DiffView) -> dict[str, QTextCharFormat]:
    """Each fragment of the shown text with how it looks."""
    found = {}
    block = view.document().begin()
    while block.isValid():
        each = block.begin()
        while not each.atEnd():
            found[each.fragment().text().strip()] = each.fragment().charFormat()
            each += 1
        block = block.next()
    return found


@pytest.fixture
def dialog(qtbot: QtBot) -> CompareDialog:
    made = CompareDialog(
        differ(OLD, NEW), "Revision 1", "Revision 2", restoring="Restore revision 1"
    )
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("beside", [False, True], ids=["in one", "beside"])
def test_nothing_is_told_by_colour_alone(
    qtbot: QtBot, dialog: CompareDialog, dark: bool, beside: bool
) -> None:
    chosen = DARK if dark else LIGHT
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, dark)
    try:
        dialog.pane.beside.setChecked(beside)
        dialog.pane.only.toggle()
        found = marks(dialog.pane.view)
        assert found["three"].fontUnderline()
        assert found["two"].fontStrikeOut()
        assert found["three"].background().color().name() == chosen.good_ground
        assert found["two"].background().color().name() == chosen.bad_ground
        assert not found["metres."].fontUnderline()
    finally:
        theme.apply(application, False)


def test_in_one_text_both_words_stand_side_by_side_each_has_its_own(dialog: CompareDialog) -> None:
    text = dialog.pane.view.toPlainText()
    assert "fell by two\u200athree metres." in text
    assert "4 paragraphs unchanged" in text
    assert "Gauge 3" not in text
    dialog.pane.beside.setChecked(True)
    text = dialog.pane.view.toPlainText()
    assert "fell by two metres." in text
    assert "fell by three metres." in text
    dialog.pane.only.setChecked(False)
    assert dialog.pane.view.toPlainText().count("Gauge 3") == 2


def test_keys_lead_through_the_changes_and_round(dialog: CompareDialog) -> None:
    assert dialog.pane.count.text() == "4 changes"
    seen = []
    for _ in range(5):
        dialog.pane.go(1)
        seen.append(dialog.pane.count.text())
    assert seen == [f"Change {n} of 4" for n in (1, 2, 3, 4, 1)]
    dialog.pane.go(-1)
    assert dialog.pane.count.text() == "Change 4 of 4"


def test_the_summary_counts() -> None:
    assert summary(differ(OLD, NEW)) == "1 field · 4 words added · 6 words removed"
    assert summary(differ(OLD, OLD)) == ""


def test_nothing_differing_says_so(qtbot: QtBot) -> None:
    made = CompareDialog(differ(OLD, OLD), "a", "b")
    qtbot.addWidget(made)
    assert made.pane.view.toPlainText() == "No differences."
    assert not made.pane.on.isEnabled()


def test_the_older_is_restored_from_the_comparison(qtbot: QtBot, dialog: CompareDialog) -> None:
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Restore revision 1")
    with qtbot.waitSignal(dialog.restore_wanted):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


# --- what moved

DAM = "The dam of the upper lake was closed on Monday by its keepers."
REST = [f"Gauge {n} stands as it stood in the year before." for n in range(3)]


def moved(old: list[str], new: list[str]) -> CompareDialog:
    bodies = [Document(tuple(map(paragraph, texts))) for texts in (old, new)]
    made = differ(*((Release("news"), Edition("en", body=body)) for body in bodies))
    return CompareDialog(made, "a", "b")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_moved_paragraph_is_told_in_words_in_both_places(qtbot: QtBot, dark: bool) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, dark)
    try:
        dialog = moved([DAM, *REST], [*REST, DAM.replace("Monday", "Friday")])
        qtbot.addWidget(dialog)
        text = dialog.pane.view.toPlainText()
        assert text.count("The dam of the upper lake") == 2
        assert text.index("Moved further down") < text.index("Gauge") < text.index("Moved here")
        found = marks(dialog.pane.view)
        assert found["Monday"].fontStrikeOut() and found["Friday"].fontUnderline()
        dialog.pane.beside.setChecked(True)
        found = marks(dialog.pane.view)
        assert found["Monday"].fontStrikeOut() and found["Friday"].fontUnderline()
        assert dialog.pane.view.toPlainText().count("by its keepers.") == 2
    finally:
        theme.apply(application, False)


def test_several_moves_are_numbered_one_is_not(qtbot: QtBot) -> None:
    fish = "Fish were counted at nine places along the eastern shore of it."
    one = moved([*REST, DAM], [DAM, *REST])
    two = moved([DAM, fish, *REST], [*REST, fish, DAM])
    for dialog in (one, two):
        qtbot.addWidget(dialog)
    assert "Moved further down (" not in one.pane.view.toPlainText()
    assert "Moved further up" in one.pane.view.toPlainText()
    assert "Moved further down (2)" in two.pane.view.toPlainText()
    assert summary(two.pane._found).startswith("2 paragraphs moved")


def test_a_paragraph_written_from_the_right_runs_so_behind_words_of_ours(qtbot: QtBot) -> None:
    water = "أعلنت اللجنة أن منسوب المياه في البحيرة العليا انخفض بمقدار مترين."
    dialog = moved([water, *REST], [*REST, water])
    qtbot.addWidget(dialog)
    blocks = [b for b in iterated(dialog.pane.view) if "اللجنة" in b.text()]
    assert len(blocks) == 2
    assert all(b.textDirection() == Qt.LayoutDirection.RightToLeft for b in blocks)


def iterated(view: DiffView) -> Iterator:
    block = view.document().begin()
    while block.isValid():
        yield block
        block = block.next()


# --- long texts


def long_difference(number: int = 500) -> VersionDiff:
    old = Document(tuple(paragraph(f"Gauge {n} " + "stands here " * 20) for n in range(number)))
    new = Document(tuple(paragraph(f"Gauge {n} " + "rises here " * 20) for n in range(number)))
    return differ(
        (Release("news"), Edition("en", body=old)), (Release("news"), Edition("en", body=new))
    )


@pytest.mark.parametrize("beside", [False, True], ids=["in one", "beside"])
def test_a_long_text_comes_in_steps_says_so_and_is_whole_in_the_end(
    qtbot: QtBot, beside: bool
) -> None:
    dialog = CompareDialog(long_difference(), "a", "b")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.pane.beside.setChecked(beside)
    view = dialog.pane.view
    qtbot.waitUntil(lambda: "Gauge 0" in view.toPlainText(), timeout=10_000)
    assert view.going_on()
    assert "Gauge 499" not in view.toPlainText()
    assert "%" in dialog.pane.going_on.text()
    assert dialog.pane.count.text() == "500 changes"
    qtbot.waitUntil(lambda: not view.going_on(), timeout=20_000)
    assert dialog.pane.going_on.text() == ""
    text = view.toPlainText()
    assert all(text.count(f"Gauge {n} ") == (2 if beside else 1) for n in (0, 250, 499))


def test_the_last_change_is_gone_to_before_it_is_there(qtbot: QtBot) -> None:
    dialog = CompareDialog(long_difference(), "a", "b")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.pane.go(-1)
    assert dialog.pane.count.text() == "Change 500 of 500"
    view = dialog.pane.view
    qtbot.waitUntil(lambda: not view.going_on(), timeout=20_000)
    assert view.textCursor().block().text().startswith("Gauge 499")
    assert view.verticalScrollBar().value() > 1000


def test_another_width_keeps_what_is_read_at_the_top(qtbot: QtBot) -> None:
    dialog = CompareDialog(long_difference(), "a", "b")
    qtbot.addWidget(dialog)
    dialog.show()
    view = dialog.pane.view
    qtbot.waitUntil(lambda: not view.going_on(), timeout=20_000)
    view.go_to(250)
    before = view.cursorForPosition(view.viewport().rect().topLeft()).block().text()[:10]
    dialog.resize(dialog.width() - 180, dialog.height())
    qtbot.waitUntil(view.going_on, timeout=20_000)
    qtbot.waitUntil(lambda: not view.going_on(), timeout=20_000)
    assert view.cursorForPosition(view.viewport().rect().topLeft()).block().text()[:10] == before


def test_a_paragraph_of_a_whole_book_is_shown_in_portions_and_lacks_no_word() -> None:
    text = "Уровень воды упал на два метра. " * 3000
    line = LineDiff("changed", (DiffPiece("kept", text), DiffPiece("added", "x" * 20_000)))
    body = replace(differ(OLD, OLD).body, lines=(line,))
    found = rows(VersionDiff(body=body), beside=True, changes_only=True)
    shown = [row for row in found if isinstance(row, ShownRow)]
    assert "".join(p.text for row in shown for p in row.pieces) == text + "x" * 20_000
    assert max(sum(len(p.text) for p in row.pieces) for row in shown) < 2000
    assert [row.begins for row in shown].count(True) == [row.ends for row in shown].count(True) == 1
    assert sum(row.is_change for row in shown) == 1


def test_a_long_text_that_is_left_while_it_comes_leaves_in_peace(qtbot: QtBot) -> None:
    dialog = CompareDialog(long_difference(), "a", "b")
    dialog.show()
    dialog.accept()
    dialog.deleteLater()
    qtbot.wait(50)
