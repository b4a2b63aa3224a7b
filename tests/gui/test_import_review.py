"""The review dialog: what a person sees, changes, takes back and hands over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from pressdesk.desk import proposals
from pressdesk.desk.proposals import Review, Twin
from pressdesk.formats.registry import Context, readers
from pressdesk.gui.importing import said as said
from pressdesk.gui.importing.review import ImportReview
from tests.unit.dump.corpus import CHROME, EN, text_of

TODAY = date(2026, 11, 23)
Make = Callable[..., ImportReview]


def begun(data: bytes | None = None, twins: dict[int, Twin] | None = None) -> Review:
    text = text_of(EN[:5], headlines="glued", chrome=CHROME["en"])
    found = readers()["text"].read(data or text.encode(), Context(today=TODAY))
    return proposals.review(found, today=TODAY, twins=twins)


@pytest.fixture
def make(qtbot) -> Make:
    def made(review: Review | None = None) -> ImportReview:
        dialog = ImportReview(review or begun(), "dump.txt")
        qtbot.addWidget(dialog)
        with qtbot.waitActive(dialog):
            dialog.show()
            dialog.activateWindow()
        return dialog

    return made


def button(dialog: QWidget, words: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if words in b.text())


def choose(dialog: ImportReview, row: int) -> None:
    dialog.items.setCurrentIndex(dialog.items.model().index(row, 0))


def type_date(qtbot, dialog: ImportReview, text: str) -> None:
    dialog.fields.day.setFocus()
    dialog.fields.day.selectAll()
    qtbot.keyClicks(dialog.fields.day, text)
    qtbot.keyClick(dialog.fields.day, Qt.Key.Key_Return)


def dated(dialog: ImportReview, row: int) -> str | None:
    return dialog.proposals()[row].draft.date


def held(review: Review) -> Counter[str]:
    texts = [text for p in review.proposals for text in p.draft.paragraphs]
    return Counter([*texts, *(line.text for line in review.removed)])


def test_nothing_is_decided_by_opening(make: Make) -> None:
    dialog = make()
    assert dialog.review() == begun()
    assert button(dialog, "Import 5 items").isEnabled()
    assert dialog.items.model().rowCount() == 5


def test_a_proposed_headline_stands_in_italics_until_it_is_touched(qtbot, make: Make) -> None:
    dialog = make()
    assert dialog.fields.title.font().italic()
    dialog.fields.title.selectAll()
    qtbot.keyClicks(dialog.fields.title, "Graduates at the Secretariat")
    assert not dialog.fields.title.font().italic()
    assert dialog.proposals()[0].draft.title == "Graduates at the Secretariat"
    assert "title" not in dialog.proposals()[0].draft.questions
    dialog.undo()  # the whole word, not the last letter
    assert dialog.review() == begun()


@pytest.mark.parametrize("typed", ["2020", "2020-09-27", "27.09.2020", "27 September 2020"])
def test_a_missing_year_is_completed(qtbot, make: Make, typed: str) -> None:
    dialog = make()
    choose(dialog, 4)
    assert not dialog.fields.record.isEnabled()
    type_date(qtbot, dialog, typed)
    assert dated(dialog, 4) == "2020-09-27"
    dialog.fields.record.click()
    assert dialog.proposals()[4].record
    assert "1 recorded as issued" in " ".join(w.text() for w in dialog.findChildren(QLabel))


@pytest.mark.parametrize("typed", ["27 September", "30.02.2020", "soon"])
def test_a_date_that_cannot_be_read_is_said_at_its_field(qtbot, make: Make, typed: str) -> None:
    dialog = make()
    choose(dialog, 4)
    type_date(qtbot, dialog, typed)
    if typed != "27 September":  # that is what was proposed already
        assert dialog.fields.wrong.isVisible()
    assert dated(dialog, 4) == "--09-27"


def test_a_wrong_date_keeps_the_dialog_open(qtbot, make: Make) -> None:
    dialog = make()
    dialog.fields.day.setText("nonsense")
    button(dialog, "Import 5 items").click()
    assert dialog.isVisible() and dialog.fields.wrong.isVisible()


def test_split_merge_move_and_back_by_keys(qtbot, make: Make) -> None:
    dialog = make()
    choose(dialog, 1)
    dialog.paragraphs.setFocus()
    qtbot.keyClick(dialog.paragraphs, Qt.Key.Key_Down)
    for key, modifier, items in (
        (Qt.Key.Key_S, Qt.KeyboardModifier.NoModifier, 6),
        (Qt.Key.Key_M, Qt.KeyboardModifier.NoModifier, 5),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier, 5),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, 4),
    ):
        qtbot.keyClick(dialog.paragraphs, key, modifier)
        assert len(dialog.proposals()) == items
        assert held(dialog.review()) == held(begun())
    for _step in range(4):
        dialog.undo()
    assert dialog.review() == begun()
    dialog.redo()
    assert len(dialog.proposals()) == 6


def test_the_undo_key_takes_a_step_back_from_every_field(qtbot, make: Make) -> None:
    dialog = make()
    for field in (dialog.fields.title, dialog.fields.day, dialog.paragraphs, dialog.items):
        dialog.fields.take.click()
        assert not dialog.proposals()[0].accepted
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert dialog.proposals()[0].accepted, field


def test_space_skips_an_item(qtbot, make: Make) -> None:
    dialog = make()
    for row in range(5):
        choose(dialog, row)
        qtbot.keyClick(dialog.items, Qt.Key.Key_Space)
    assert not button(dialog, "Import").isEnabled()


def test_what_was_set_aside_can_be_put_back(make: Make) -> None:
    dialog = make()
    choose(dialog, 4)
    dialog.removed.findChild(QWidget, "setaside").setCurrentRow(1)
    button(dialog, "Put back").click()
    assert dialog.proposals()[4].draft.paragraphs[-1] == CHROME["en"][1]
    assert len(dialog.review().removed) == 2


def test_kind_and_language_are_chosen(make: Make) -> None:
    dialog = make()
    pick(dialog.fields.kind, "statement")
    pick(dialog.fields.language, "ru")
    draft = dialog.proposals()[0].draft
    assert (draft.kind, draft.language) == ("statement", "ru")


def pick(combo: QComboBox, data: str) -> None:
    combo.setCurrentIndex(combo.findData(data))
    combo.activated.emit(combo.currentIndex())


def test_a_question_is_answered_by_its_chip(make: Make) -> None:
    dialog = make()
    button(dialog.fields, "Headline proposed").click()
    assert dialog.proposals()[0].draft.questions == ("date",)
    button(dialog.fields, "Event or publication date?").click()
    assert dialog.proposals()[0].draft.questions == ()
    choose(dialog, 4)
    button(dialog.fields, "Which year?").click()
    assert "year" in dialog.proposals()[4].draft.questions
    assert dialog.fields.day.hasFocus()


def test_all_proposed_headlines_are_taken_in_one_step(make: Make) -> None:
    dialog = make()
    button(dialog, "Accept all proposed headlines").click()
    assert not any("title" in p.draft.questions for p in dialog.proposals())
    dialog.undo()
    assert dialog.review() == begun()


def test_an_item_of_the_desk_is_skipped_and_says_why(make: Make) -> None:
    dialog = make(begun(twins={2: Twin(7, "Debate <b>on</b> data")}))
    assert button(dialog, "Import 4 items").isEnabled()
    choose(dialog, 2)
    assert dialog.fields.twin.text() == "Already in the desk: “Debate <b>on</b> data”"


def test_another_encoding_may_be_chosen_where_the_file_does_not_say(qtbot, make: Make) -> None:
    assert not make().findChild(QComboBox, "encoding").isVisible()
    data = "О реке\n\nРека поднялась на один метр за ночь, и никто не спал.".encode("cp1251")
    dialog = make(begun(data))
    encodings = dialog.findChild(QComboBox, "encoding")
    with qtbot.waitSignal(dialog.encoding_chosen) as asked:
        pick(encodings, "koi8-r")
    assert asked.args == ["koi8-r"]
    assert encodings.currentData() == "cp1251"
    found = readers()["text"].read(data, Context(today=TODAY, encoding="koi8-r"))
    dialog.show_review(proposals.review(found, today=TODAY))
    assert encodings.currentData() == "koi8-r"
    dialog.show_trouble("Line 1 cannot be read as utf-8.", "Choose another encoding.")
    assert any("Line 1" in each.text() for each in dialog.findChildren(QLabel))
    dialog.undo()
    assert encodings.currentData() == "cp1251"


def test_steps_are_not_lost_by_one_escape(qtbot, make: Make) -> None:
    dialog = make()
    dialog.fields.take.click()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible() and button(dialog, "Discard").isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)  # and not by two
    assert dialog.isVisible() and not button(dialog, "Discard").isVisible()
    dialog.close()
    button(dialog, "Discard").click()
    assert not dialog.isVisible()
    untouched = make()
    qtbot.keyClick(untouched, Qt.Key.Key_Escape)
    assert not untouched.isVisible()


def test_an_empty_file_opens_with_its_remark(make: Make) -> None:
    dialog = make(begun(b"\n\n"))
    assert not button(dialog, "Import").isEnabled()
    assert any("no text" in each.text() for each in dialog.findChildren(QLabel))


def test_no_text_of_a_file_is_read_as_html(make: Make) -> None:
    data = b'<img src="file:///x.png"> <b>Bold</b> news\n\n<i>Text</i> of it.\n\nPress Office\n\n'
    dialog = make(begun(data + b"press@river.example"))
    for shown in dialog.findChildren(QLabel):
        assert shown.textFormat() == Qt.TextFormat.PlainText


def test_every_control_has_a_name(make: Make) -> None:
    dialog = make()
    for kind in (QComboBox, QLineEdit):
        assert all(each.accessibleName() for each in dialog.findChildren(kind))
    for each in dialog.findChildren(QPushButton):
        assert each.text() or each.accessibleName()
    assert "Event or publication" in said.read_aloud(dialog.proposals()[0], 1)
