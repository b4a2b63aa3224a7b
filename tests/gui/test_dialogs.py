"""The dialogs: values in, values out, and nothing typed is lost on the way."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pressdesk.base.settings import Settings
from pressdesk.desk.autosave import Standing
from pressdesk.gui.desks.house_dialog import HouseDialog
from pressdesk.gui.desks.settings_dialog import SettingsDialog
from pressdesk.gui.desks.trash_dialog import TrashDialog
from pressdesk.gui.details.contacts_dialog import ContactsDialog
from pressdesk.gui.frame.empty import EmptyDesk
from pressdesk.gui.frame.keys_dialog import KeysDialog
from pressdesk.gui.frame.statusline import StatusLine
from pressdesk.gui.paper.issue_dialog import IssueDialog
from pressdesk.press.checks import Finding
from pressdesk.press.filed import TrashRow
from pressdesk.press.release import Contact
from tests.gui.people import DRAFT, GONE, HOFER, HOUSE, OFFICE, PEOPLE, STATEMENT, row
from tests.gui.seen import click, said


def people(qtbot: QtBot, **more: int) -> ContactsDialog:
    made = ContactsDialog(PEOPLE, ("en", "ru"), **more)
    qtbot.addWidget(made)
    made.show()
    return made


# --- contacts


def test_a_contact_goes_through_the_page_unchanged(qtbot: QtBot) -> None:
    dialog = people(qtbot)
    assert dialog.page.contact() == HOFER
    assert not dialog.save.isEnabled()
    with qtbot.assertNotEmitted(dialog.save_requested):
        dialog.close()


def test_choosing_another_stores_what_was_typed(qtbot: QtBot) -> None:
    dialog = people(qtbot)
    line = dialog.page.lines[("role", "en")]
    line.clear()
    qtbot.keyClicks(line, "Spokesperson")
    with qtbot.waitSignal(dialog.save_requested) as asked:
        dialog.list.setCurrentRow(1)
    assert asked.args[0].role.into("en") == "Spokesperson"
    assert asked.args[0].version == HOFER.version
    assert dialog.page.contact() == OFFICE


def test_a_number_is_checked_while_it_is_typed(qtbot: QtBot) -> None:
    dialog = people(qtbot)
    click(qtbot, dialog, "Add a number or address")
    line = dialog.page.ways.rows[-1]
    qtbot.keyClicks(line.line, "+43 1")
    qtbot.waitUntil(lambda: "cannot be dialled" in line.said.text())
    qtbot.keyClicks(line.line, "534 08 112")
    qtbot.waitUntil(lambda: line.said.text() == "Dialled as +43153408112")
    assert dialog.page.contact().ways[-1].address == "tel:+43153408112"


def test_a_contact_without_a_name_keeps_the_dialog_open(qtbot: QtBot) -> None:
    dialog = people(qtbot, select=0)
    qtbot.keyClicks(dialog.page.lines[("hours", "en")], "9-18")
    with qtbot.assertNotEmitted(dialog.save_requested):
        click(qtbot, dialog, "Save")
        dialog.close()
    assert dialog.isVisible() and "needs a name" in dialog.page.wrong.text()


def test_a_new_contact_is_asked_for_once(qtbot: QtBot) -> None:
    dialog = people(qtbot, select=0)
    heard: list[Contact] = []
    dialog.save_requested.connect(heard.append)
    qtbot.keyClicks(dialog.page.lines[("name", "en")], "Timur")
    click(qtbot, dialog, "Save")
    dialog.close()
    assert [person.name.into("en") for person in heard] == ["Timur"]
    assert heard[0].id == 0


def test_retired_contacts_are_hidden_and_can_come_back(qtbot: QtBot) -> None:
    dialog = people(qtbot)
    assert dialog.list.count() == 2
    dialog.retired.setChecked(True)
    dialog.list.setCurrentRow(2)
    with qtbot.waitSignal(dialog.retire_requested) as asked:
        click(qtbot, dialog, "Bring back")
    assert asked.args == [GONE.id, False]


def test_where_a_contact_is_used(qtbot: QtBot) -> None:
    dialog = people(qtbot)
    dialog.show_used(HOFER.id, tuple(row(n) for n in range(1, 6)))
    assert "“Release 1”" in said(dialog) and "2 more releases" in said(dialog)


def test_days_the_wrong_way_round_are_refused(qtbot: QtBot) -> None:
    dialog = people(qtbot)
    for field, day in ((dialog.page.begins, "1 May 2026"), (dialog.page.ends, "1 May 2025")):
        qtbot.keyClicks(field.line, day)
        field.commit()
    with qtbot.assertNotEmitted(dialog.save_requested):
        click(qtbot, dialog, "Save")
    assert "before the start date" in dialog.page.wrong.text()


# --- house style


def test_a_house_goes_through_the_pages_unchanged(qtbot: QtBot) -> None:
    dialog = HouseDialog(HOUSE, PEOPLE)
    qtbot.addWidget(dialog)
    assert dialog.house() == HOUSE
    assert not dialog.save.isEnabled()


def test_every_page_of_the_house_is_stored(qtbot: QtBot) -> None:
    dialog = HouseDialog(HOUSE, PEOPLE)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.organisation.lines[("unit", "en")], "Press service")
    dialog.look.margins["top"].setValue(22.5)
    dialog.look.paper.combo.setCurrentIndex(1)
    dialog.boilerplate.lines[("about", "ru")].setText("О Комиссии")
    dialog.desk.languages.take("hy")
    with qtbot.waitSignal(dialog.save_requested) as asked:
        dialog._save()
    house = asked.args[0]
    assert house.unit.into("en") == "Press service"
    assert (house.look.margins.top, house.look.page) == (22.5, "Letter")
    assert house.about.exactly("ru") == "О Комиссии"
    assert house.languages == ("en", "ru", "hy")
    assert house.organisation == HOUSE.organisation, "languages that are not shown stay"


@pytest.mark.parametrize(
    ("page", "typed", "words"),
    [
        ("pattern", "PR without a number", "not a valid reference pattern"),
        ("zone", "Atlantis", "no time zone"),
        ("accent", "#12", "#1d4f91"),
    ],
)
def test_what_cannot_be_used_is_said_and_kept(
    qtbot: QtBot, page: str, typed: str, words: str
) -> None:
    dialog = HouseDialog(HOUSE, PEOPLE)
    qtbot.addWidget(dialog)
    line = {
        "pattern": dialog.desk.pattern.line,
        "zone": dialog.desk.zone.line,
        "accent": dialog.look.accent.line,
    }[page]
    line.setText(typed)
    with qtbot.assertNotEmitted(dialog.save_requested):
        dialog._save()
    assert words in dialog.wrong.text() and line.text() == typed


def test_the_reference_is_shown_as_it_would_read(qtbot: QtBot) -> None:
    dialog = HouseDialog(HOUSE, PEOPLE)
    qtbot.addWidget(dialog)
    line = dialog.desk.pattern.line
    line.clear()
    qtbot.keyClicks(line, "IRC/{n:04}")
    assert "IRC/0042" in dialog.desk.example.text()


def test_a_light_accent_is_warned_of(qtbot: QtBot) -> None:
    dialog = HouseDialog(HOUSE, PEOPLE)
    qtbot.addWidget(dialog)
    dialog.look.accent.show_value("#ffd400")
    assert "Too light" in dialog.look.accent.note.text()


def test_a_logo_comes_and_goes(qtbot: QtBot) -> None:
    dialog = HouseDialog(HOUSE, PEOPLE)
    qtbot.addWidget(dialog)
    dialog.show_logo("ab" * 32, b"no picture")
    assert dialog.house().look.logo == "ab" * 32
    dialog.look.remove.click()
    assert dialog.house().look.logo == ""


# --- issue

ERROR = Finding("error", "There is no text.", "body")
NO_DATE = Finding("error", "A past item needs its full date.", "date")


def issue(qtbot: QtBot, *found: Finding, past: tuple[Finding, ...] = ()) -> IssueDialog:
    made = IssueDialog(STATEMENT, replace(DRAFT, date=None), HOUSE, found, past, contacts=(HOFER,))
    qtbot.addWidget(made)
    made.show()
    return made


def test_issuing_is_confirmed_with_what_will_be_fixed(qtbot: QtBot) -> None:
    dialog = issue(qtbot, Finding("warning", "No contact.", "contacts"))
    words = said(dialog)
    for part in ("On gauge data", "Assigned on issue", "For immediate release", "Maria Hofer"):
        assert part in words
    with qtbot.waitSignal(dialog.issue_requested):
        click(qtbot, dialog, "Issue")
    assert not dialog.isVisible()


def test_an_error_stands_in_the_way(qtbot: QtBot) -> None:
    dialog = issue(qtbot, ERROR)
    assert not dialog.go.isEnabled() and "There is no text." in said(dialog)


def test_what_an_import_left_open_wants_a_reason(qtbot: QtBot) -> None:
    asked = Finding("question", "Open questions from the import: Which headline?", "questions")
    dialog = issue(qtbot, asked, Finding("warning", "No contact.", "contacts"))
    assert "Which headline?" in said(dialog)
    assert dialog.reason.isVisible() and not dialog.go.isEnabled() and dialog.go.toolTip()
    qtbot.keyClicks(dialog.reason, "  ")
    assert not dialog.go.isEnabled()
    qtbot.keyClicks(dialog.reason, "Read by the editor")
    with qtbot.waitSignal(dialog.issue_requested):
        click(qtbot, dialog, "Issue")
    assert dialog.despite() == "Read by the editor"


def test_a_reason_is_asked_for_only_where_something_is_open(qtbot: QtBot) -> None:
    asked = Finding("question", "Open questions from the import: Which date?", "questions")
    dialog = issue(qtbot, asked)
    qtbot.keyClicks(dialog.reason, "So be it")
    dialog.then.setChecked(True)
    assert not dialog.reason.isVisible() and dialog.despite() == ""
    error = issue(qtbot, ERROR, asked)
    qtbot.keyClicks(error.reason, "So be it")
    assert not error.go.isEnabled()


def test_recording_needs_a_day_of_the_past(qtbot: QtBot) -> None:
    dialog = issue(qtbot, ERROR, past=(NO_DATE,))
    dialog.then.setChecked(True)
    assert not dialog.go.isEnabled()
    qtbot.keyClicks(dialog.day.line, "6 October 2024")
    dialog.day.commit()
    with qtbot.waitSignal(dialog.record_requested) as asked:
        click(qtbot, dialog, "Record as issued")
    assert asked.args == [date(2024, 10, 6)]


def test_nothing_is_recorded_in_the_future(qtbot: QtBot) -> None:
    dialog = issue(qtbot)
    dialog.then.setChecked(True)
    dialog.day.show_value(date.today() + timedelta(days=1))
    dialog._refresh()
    assert not dialog.go.isEnabled()


# --- the smaller ones


def test_the_trash_gives_back(qtbot: QtBot) -> None:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    dialog = TrashDialog([TrashRow(7, "Old news", "news", at), TrashRow(8, "", "news", at)])
    qtbot.addWidget(dialog)
    dialog.show()
    assert "30 January 2027" in said(dialog) and "Untitled" in said(dialog)
    with qtbot.waitSignal(dialog.restore_requested) as asked:
        click(qtbot, dialog, "Restore")
    assert asked.args == [7]
    dialog.show_rows(())
    qtbot.waitUntil(lambda: "The trash is empty." in said(dialog))
    assert "Old news" not in said(dialog)


def test_settings_are_told_when_they_are_picked(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Settings(last_desk="a.pressdesk"))
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.theme.combo.setCurrentIndex(2)
        dialog.theme.combo.activated.emit(2)
    assert chosen.args[0] == Settings(last_desk="a.pressdesk", theme="dark")


def test_keys_are_told_by_where_they_work(qtbot: QtBot) -> None:
    actions = [QAction(one) for one in ("Search…", "Bold", "Redo", "Gone", "Bare")]
    search, bold, redo, gone, bare = actions
    search.setShortcut("Ctrl+K")
    bold.setShortcut("Ctrl+B")
    bold.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    redo.setShortcuts(["Ctrl+Shift+Z", "Ctrl+Y"])
    gone.setShortcut("Ctrl+G")
    gone.setVisible(False)
    dialog = KeysDialog(actions)
    qtbot.addWidget(dialog)
    told = [one.text() for one in dialog.findChildren(QLabel)]
    window, text = told.index("Window"), told.index("Text")
    assert told[window + 1 : text] == ["Search", "Ctrl+K", "Redo", "Ctrl+Shift+Z", "Redo", "Ctrl+Y"]
    assert told[text + 1 :][:2] == ["Bold", "Ctrl+B"] and "Ctrl+Tab" in told
    assert not bare.shortcuts() and not {"Gone", "Bare"} & set(told)


def test_the_status_line_never_says_saved_before_it_is(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.set_zone(UTC)
    at = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)
    said_now = []
    for standing in (
        Standing(open=True, kept=at),
        Standing(open=True, saved=at),
        Standing(open=True, unsaved=True, saved=at),
        Standing(open=True, failure="The disk is full"),
    ):
        line.show_standing(standing)
        said_now.append(line._standing.text())
    assert said_now == ["Autosaved 14:02", "Saved 14:02", "Saving…", "The disk is full"]


def test_the_status_line_does_not_blink_between_autosaves(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.set_zone(UTC)
    at = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)
    line.show_standing(Standing(open=True, kept=at))
    line.show_standing(Standing(open=True, kept=at, unsaved=True))
    assert line._standing.text() == "Autosaved 14:02"
    line._late.setInterval(1)
    line._late.start()
    qtbot.waitUntil(lambda: line._standing.text() == "Saving…")


def test_an_empty_desk_offers_three_ways_to_begin(qtbot: QtBot) -> None:
    desk = EmptyDesk()
    qtbot.addWidget(desk)
    desk.show()
    for words, signal in (
        ("New statement", desk.new_requested),
        ("Import past releases", desk.import_requested),
        ("Open samples", desk.samples_requested),
    ):
        with qtbot.waitSignal(signal):
            click(qtbot, desk, words)


def test_nothing_in_a_title_is_read_as_html(qtbot: QtBot) -> None:
    evil = '<img src="file:///etc/passwd"><b>x</b>'
    dialog = TrashDialog([TrashRow(7, evil, "news", datetime(2026, 11, 1, tzinfo=UTC))])
    qtbot.addWidget(dialog)
    assert evil in said(dialog)
    assert all(
        label.textFormat() == Qt.TextFormat.PlainText for label in dialog.findChildren(QLabel)
    )


def test_tab_goes_through_a_contact_as_it_is_laid_out(qtbot: QtBot) -> None:
    dialog = people(qtbot, select=HOFER.id)
    click(qtbot, dialog, "Add a number or address")
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    dialog.page.lines[("hours", "ru")].setFocus()
    names = []
    for _step in range(24):
        focused = dialog.focusWidget()
        names.append(focused.accessibleName() or focused.text())
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    number, letter = (
        ["Kind of contact detail", kind, f"{kind}: label in English", f"{kind}: label in Русский"]
        for kind in ("Telephone", "E-mail")
    )
    stored = [*number, "Public", "Remove"] * 2 + [*letter, "Public", "Remove"]
    assert names[1:] == [*stored, *number, "Public"]
