"""The form: values in without a sound, edits out once, nothing typed ever lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pressdesk.base.errors import BadInput
from pressdesk.gui.details.contact_cards import ContactsField
from pressdesk.gui.details.embargo_field import LATER, NOW
from pressdesk.gui.details.form import Form
from pressdesk.gui.kit.chips import Chip
from pressdesk.gui.kit.typed_dates import read_date, read_time
from pressdesk.gui.paper.showing import frozen_people
from pressdesk.press.channels import CHANNELS
from pressdesk.press.kinds import kind, kinds
from pressdesk.press.release import Edition, Release, Way
from pressdesk.press.sheet import Sheet, SheetContact, SheetWay
from pressdesk.press.states import State
from pressdesk.press.translated import Translated
from tests.gui.people import DRAFT, EMBARGO, HOUSE, PEOPLE, STATEMENT
from tests.gui.seen import said

TODAY = date(2026, 11, 23)


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[Form]:
    made = Form()
    qtbot.addWidget(made)
    made.resize(452, 900)
    show(made)
    made.show()
    yield made


def show(form: Form, release: Release = STATEMENT, edition: Edition = DRAFT) -> None:
    form.show_release(release, edition, kind(release.kind), PEOPLE, HOUSE)


def retype(qtbot: QtBot, line: QWidget, text: str) -> None:
    line.setFocus()
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    qtbot.keyClicks(line, text)


def edits(form: Form) -> list[tuple[str, object]]:
    heard: list[tuple[str, object]] = []
    form.edited.connect(lambda name, value: heard.append((name, value)))
    return heard


def test_showing_is_silent_and_shows_everything(form: Form) -> None:
    heard = edits(form)
    show(form)
    assert heard == []
    assert form.date.line.text() == "6 October 2025"
    assert form.place.line.text() == "Vienna"
    assert form.topics.value() == ("Floods",)
    assert form.contacts.value() == (1,)
    adopted = form.field("fields.adopted")
    assert adopted is not None and adopted.texts()[0].text() == "5 October 2025"


@pytest.mark.parametrize("name", list(kinds()))
def test_every_kind_has_a_field_for_each_of_its_own(form: Form, name: str) -> None:
    show(form, Release(name, id=7), Edition("en", id=8, release_id=7))
    for own in kind(name).fields:
        assert form.field(f"fields.{own.key}") is not None
        assert form.label_of(f"fields.{own.key}") == own.label.into("en")


def test_letters_are_said_one_by_one(qtbot: QtBot, form: Form) -> None:
    heard = edits(form)
    retype(qtbot, form.occasion.line, "Day")
    assert heard == [("occasion", "D"), ("occasion", "Da"), ("occasion", "Day")]


def test_a_date_is_taken_over_on_leaving(qtbot: QtBot, form: Form) -> None:
    heard = edits(form)
    retype(qtbot, form.date.line, "7 Oct 2025")
    form.commit()
    assert heard == [("date", date(2025, 10, 7))]
    assert form.date.line.text() == "7 October 2025"


def test_what_is_no_date_stays_with_words_and_comes_back(qtbot: QtBot, form: Form) -> None:
    heard = edits(form)
    retype(qtbot, form.date.line, "31 November")
    form.commit()
    assert "not a real date" in form.date.line.accessibleDescription()
    show(form, Release("news", id=50), Edition("en", id=51, release_id=50))
    assert form.date.line.text() == ""
    show(form)
    assert form.date.line.text() == "31 November"
    assert heard == []


def test_a_refresh_does_not_disturb_what_is_being_typed(qtbot: QtBot, form: Form) -> None:
    retype(qtbot, form.date.line, "8 Oct")
    show(form)
    assert form.date.line.text() == "8 Oct"


def test_undo_puts_values_back_in_silence(form: Form) -> None:
    heard = edits(form)
    for name, value in (
        ("date", None),
        ("summary", "Короткое изложение"),
        ("topics", ("Ice", "Floods")),
        ("contacts", (2, 1)),
        ("embargo", EMBARGO),
        ("boilerplate", ""),
        ("fields.speaker", "the Council"),
        ("fields.document", "comment"),
        ("questions", ("year",)),
    ):
        form.put(name, value)
    assert heard == []
    assert form.embargo.day.text() == "3 December 2026" and form.embargo.time.text() == "13:00"
    assert form.questions.open_keys() == ("year",)


def test_an_embargo_is_said_whole_or_not_at_all(qtbot: QtBot, form: Form) -> None:
    form.put("embargo", EMBARGO)
    heard = edits(form)
    retype(qtbot, form.embargo.time, "25:99")
    form.commit()
    assert heard == [] and form.embargo.time.text() == "25:99"
    retype(qtbot, form.embargo.time, "14:30")
    form.commit()
    [(name, made)] = heard
    assert name == "embargo" and made.instant.hour == 11 and made.zone == "Europe/Moscow"


@pytest.mark.parametrize(
    ("day", "hour", "said"),
    [("28 March 2027", "02:30", "does not exist"), ("31 October 2027", "02:30", "occurs twice")],
)
def test_hours_that_clocks_skip_or_repeat_are_refused(
    form: Form, day: str, hour: str, said: str
) -> None:
    heard = edits(form)
    form.embargo.mode.setCurrentIndex(LATER)
    form.embargo.restore(f"{day}\n{hour}\nEurope/Vienna")
    assert said in form.embargo.day.accessibleDescription()
    assert heard == []


def test_leaving_the_embargo_out_again(form: Form) -> None:
    form.put("embargo", EMBARGO)
    heard = edits(form)
    form.embargo.mode.setCurrentIndex(NOW)
    form.embargo.mode.activated.emit(NOW)
    assert heard == [("embargo", None)]


def test_an_unknown_zone_is_said_in_place(form: Form) -> None:
    form.embargo.restore("3 December 2026\n11:00\nAtlantis/Poseidonia")
    assert "Atlantis" in form.embargo.day.accessibleDescription()


def test_topics_come_by_comma_and_go_by_backspace(qtbot: QtBot, form: Form) -> None:
    heard = edits(form)
    qtbot.keyClicks(form.topics.line, "Ice, floods,")
    qtbot.keyClick(form.topics.line, Qt.Key.Key_Backspace)
    assert heard == [("topics", ("Floods", "Ice")), ("topics", ("Floods",))]
    qtbot.mouseClick(form.topics.findChildren(Chip)[0], Qt.MouseButton.LeftButton)
    assert heard[-1] == ("topics", ())


def test_contacts_are_picked_moved_and_taken_off(qtbot: QtBot, form: Form) -> None:
    heard = edits(form)
    menu = QMenu()
    qtbot.addWidget(menu)
    form.contacts.fill_picker(menu)
    names = [action.text() for action in menu.actions() if action.text()]
    assert names == ["Press Office", "New contact…"]
    menu.actions()[0].trigger()
    buttons = {b.toolTip(): b for b in form.contacts.findChildren(QWidget) if b.toolTip()}
    assert heard == [("contacts", (1, 2))]
    qtbot.mouseClick(buttons["Remove Maria Hofer"], Qt.MouseButton.LeftButton)
    assert heard[-1] == ("contacts", (2,))


def test_a_contact_moves_up_by_the_keyboard(qtbot: QtBot, form: Form) -> None:
    form.put("contacts", (1, 2))
    heard = edits(form)
    second = form.contacts._made[1].frame
    qtbot.keyClick(second, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert heard == [("contacts", (2, 1))]


def test_boilerplate_of_the_house_becomes_ones_own(form: Form) -> None:
    heard = edits(form)
    form.boilerplate.mode.activated.emit(1)
    assert heard == [("boilerplate", "The Commission measures the river.")]
    form.boilerplate.text.setPlainText("")
    assert heard[-1] == ("boilerplate", "")
    assert form.boilerplate.text.isVisibleTo(form)


def test_a_full_date_answers_the_question_of_the_year(qtbot: QtBot, form: Form) -> None:
    show(form, STATEMENT, replace(DRAFT, date=None, questions=("title", "year:--09-27")))
    heard = edits(form)
    retype(qtbot, form.date.line, "27 September 2020")
    form.commit()
    assert heard == [("date", date(2020, 9, 27)), ("questions", ("title",))]
    with qtbot.waitSignal(form.question_chosen) as asked:
        qtbot.mouseClick(form.questions.findChildren(QPushButton)[-1], Qt.MouseButton.LeftButton)
    assert asked.args == ["title"]


def test_an_issued_edition_can_only_be_read(qtbot: QtBot, form: Form) -> None:
    form.set_editable(False)
    heard = edits(form)
    qtbot.keyClicks(form.place.line, "x")
    qtbot.keyClicks(form.summary.text, "x")
    qtbot.keyClick(form.contacts._made[0].frame, Qt.Key.Key_Delete)
    form.commit()
    assert heard == []
    assert not form.topics.line.isVisible()


def test_fields_leave_the_windows_keys_alone(qtbot: QtBot, form: Form) -> None:
    from PySide6.QtGui import QAction, QKeySequence

    pressed: list[str] = []
    for name, key in (("undo", "Ctrl+Z"), ("export", "Ctrl+E")):
        action = QAction(form)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _on=False, name=name: pressed.append(name))
        form.addAction(action)
    with qtbot.waitActive(form):
        form.activateWindow()
    for line in (form.place.line, form.summary.text, form.date.line, form.topics.line):
        line.setFocus()
        qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(line, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["undo", "export"] * 4


def test_a_huge_paste_is_cut_and_harms_nothing(form: Form) -> None:
    form.summary.text.setPlainText("я" * 200_000)
    form.place.line.setText("\u202eRTL")
    assert len(form.summary.text.toPlainText()) == 20_000
    form.put("topics", ("x" * 500, "‮", ""))
    form.resize(200, 300)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("6 October 2025", date(2025, 10, 6)),
        ("Oct 6", date(2026, 10, 6)),
        ("06.10.2025", date(2025, 10, 6)),
        ("2025-10-06", date(2025, 10, 6)),
        ("6 октября 2025 г.", date(2025, 10, 6)),
        ("Monday, 5 January", date(2027, 1, 5)),
        ("завтра", date(2026, 11, 24)),
        ("", None),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, day: date | None) -> None:
    assert read_date(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "hour"),
    [("11:00", time(11)), ("930", time(9, 30)), ("2:30 pm", time(14, 30)), ("12 am", time(0))],
)
def test_hours_are_read_as_people_write_them(typed: str, hour: time) -> None:
    assert read_time(typed) == hour


@given(st.text(max_size=40))
def test_nothing_typed_raises_anything_but_words(typed: str) -> None:
    for read in (lambda: read_date(typed, TODAY), lambda: read_time(typed)):
        try:
            read()
        except BadInput as error:
            assert error.what and error.hint


def test_an_ampersand_in_a_topic_is_an_ampersand(form: Form) -> None:
    form.put("topics", ("R&D",))
    [chip] = [chip for chip in form.topics.findChildren(Chip) if chip.isVisible()]
    assert "R&&D" in chip.text() and chip.accessibleName() == "Remove R&D"


def test_a_new_embargo_begins_in_the_zone_of_the_desk(form: Form) -> None:
    form.put("embargo", EMBARGO)
    show(form, Release("news", id=50), Edition("en", id=51, release_id=50))
    heard = edits(form)
    form.embargo.mode.setCurrentIndex(LATER)
    form.embargo.mode.activated.emit(LATER)
    [(_name, made)] = heard
    assert made.zone == "Europe/Vienna"


def test_a_card_shows_all_that_was_printed_of_a_contact(qtbot: QtBot) -> None:
    texts = [one.name for one in msgspec.structs.fields(SheetContact) if one.type is str]
    person = SheetContact(
        **{name: f"the {name}" for name in texts},
        ways=tuple(SheetWay(row.kind, f"a {row.kind}", label="private") for row in CHANNELS),
    )
    field = ContactsField("contacts")
    qtbot.addWidget(field)
    sheet = Sheet("ru", "news", "Новость", State.ISSUED, contacts=(person,))
    field.set_people(frozen_people(sheet), "ru", TODAY)
    field.show_value((-1,))
    shown = said(field).replace("\N{NO-BREAK SPACE}", " ")
    assert [text for text in (*texts, *(row.kind for row in CHANNELS)) if text not in shown] == []


def test_a_refresh_leaves_the_keyboard_on_its_card(form: Form) -> None:
    before = form.contacts._made[0]
    show(form)
    assert form.contacts._made[0] is before


def test_the_form_is_never_wider_than_its_pane(qtbot: QtBot, form: Form) -> None:
    person = replace(
        PEOPLE[0],
        name=Translated.of(en="Wolfeschlegelsteinhausenbergerdorff" * 3),
        ways=(Way("email", "a-very-long-name-of-an-office.of.the.press@" + "river." * 12 + "ex"),),
    )
    edition = replace(DRAFT, contacts=(1,), questions=("fragment", "phone", "boundary"))
    form.show_release(STATEMENT, edition, kind("statement"), (person,), HOUSE)
    form.resize(380, 800)
    qtbot.waitUntil(lambda: form.widget().minimumSizeHint().width() <= form.viewport().width())


def test_tab_follows_the_eye(qtbot: QtBot, form: Form) -> None:
    with qtbot.waitActive(form):
        form.activateWindow()
    form.date.line.setFocus()
    names = []
    qtbot.wait(10)
    for _step in range(13):
        focused = form.focusWidget()
        names.append(focused.accessibleName() or focused.text())
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert names == [
        "Date", "Place", "Release time", "Occasion", "Remove Floods", "Topics", "Document",
        "On behalf of", "Adopted on", "Joined by", "In response to", "Add a press contact",
        ("Press contact, Maria Hofer, Press Secretary, Telephone: +43\xa01\xa0534\xa008\xa0112, "
        "E-mail: press@river.example"),
    ]  # fmt: skip


def test_days_are_shown_from_their_beginning(qtbot: QtBot, form: Form) -> None:
    edition = replace(DRAFT, fields=(("starts", "2026-09-12T14:00"),))
    form.resize(300, 800)
    show(form, Release("advisory", id=41), edition)
    starts = form.field("fields.starts")
    assert starts is not None
    day = starts.texts()[0]
    assert (day.text(), day.cursorPosition()) == ("12 September 2026", 0)


@pytest.mark.parametrize("typed", ["0²", "1² March", "①.10.2026"])
def test_digits_that_are_no_numbers_are_told(typed: str) -> None:
    with pytest.raises(BadInput):
        read_date(typed, date(2026, 11, 28))
