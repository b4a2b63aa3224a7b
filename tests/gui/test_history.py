"""The History pane and the story from a save to its restoring."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from windows import window_on

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.file.desk_file import create
from pressdesk.base import settings
from pressdesk.base.settings import Settings
from pressdesk.desk import editions, history, noting
from pressdesk.desk.exporting import Parcel
from pressdesk.desk.telling import DeedTold
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.gui.desks.settings_dialog import SettingsDialog
from pressdesk.gui.history.compare_dialog import CompareDialog
from pressdesk.gui.history.note_dialog import NoteDialog
from pressdesk.gui.history.panel import NOW, HistoryPanel
from pressdesk.gui.history.revision_list import about, rows_of, title
from pressdesk.press.filed import DeedInfo, RevisionInfo
from pressdesk.press.leaving import WayOut
from pressdesk.press.register.deeds import Book
from pressdesk.press.release import Edition, Release

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
FOUND = (
    RevisionInfo(14, 2, NOON, "Set aside", "Maria Hofer", "", 2),
    RevisionInfo(13, 1, NOON - timedelta(hours=1), "", "Elena Marin", "", 2),
    RevisionInfo(12, 2, NOON - timedelta(days=1), "Issued", "Elena Marin", "", 1, issued=True),
    RevisionInfo(11, 1, NOON - timedelta(days=2), "Sent", "", "Council version", 1),
)


@pytest.fixture
def panel(qtbot: QtBot) -> HistoryPanel:
    made = HistoryPanel()
    made.resize(380, 600)
    made.set_clock(lambda: NOON + timedelta(hours=2))
    qtbot.addWidget(made)
    made.show()
    made.show_revisions(FOUND, editable=True)
    return made


def choose(panel: HistoryPanel, *ids: int) -> None:
    selection = panel.list.selectionModel()
    selection.clear()
    for number, row in enumerate(panel.list.model().rows):
        known = row.id if isinstance(row, RevisionInfo) else None if isinstance(row, str) else NOW
        if known in ids:
            index = panel.list.model().index(number)
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.Select)


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


# --- the list


def test_the_text_of_now_comes_first_then_each_edition() -> None:
    rows = rows_of(FOUND, None, editable=True)
    assert rows == [None, "Edition 2", *FOUND[:2], "Edition 1", *FOUND[2:]]
    assert rows_of(FOUND[:2], NOON, editable=False) == list(FOUND[:2])


def test_a_revision_is_called_by_its_name_its_note_or_what_happened() -> None:
    assert [title(one) for one in FOUND] == ["Set aside", "Created", "Edition 1", "Council version"]


def test_a_row_says_when_by_whom_and_which(panel: HistoryPanel) -> None:
    assert about(FOUND[0], NOON) == "Today, 12:00 · Maria Hofer · revision 2"
    assert about(FOUND[3], NOON) == "Saturday, 12:00 · revision 1 · Sent"
    old = replace(FOUND[0], at=NOON - timedelta(days=400))
    assert about(old, NOON).startswith("19 Oct 2025, 12:00")
    model = panel.list.model()
    spoken = [model.data(model.index(n)) for n in range(model.rowCount())]
    assert spoken[5].startswith("Edition 1, Issued · Yesterday")
    assert spoken[0] == "Current text, As last saved"


@pytest.mark.parametrize(
    ("ids", "can"),
    [
        ((), (False, False, False)),
        ((NOW,), (False, False, False)),
        ((12,), (True, True, True)),
        ((12, NOW), (True, False, False)),
        ((11, 14), (True, False, False)),
        ((11, 12, 14), (False, False, False)),
    ],
)
def test_what_can_be_done_follows_the_choice(
    panel: HistoryPanel, ids: tuple[int, ...], can: tuple[bool, ...]
) -> None:
    choose(panel, *ids)
    assert tuple(each.isEnabled() for each in (panel.compare, panel.restore, panel.name)) == can


def test_a_desk_that_is_only_read_is_only_compared(panel: HistoryPanel) -> None:
    panel.show_revisions(FOUND, editable=False, writable=False)
    choose(panel, 12)
    assert panel.compare.isEnabled()
    assert not panel.restore.isEnabled()
    assert not panel.name.isEnabled()


@pytest.mark.parametrize(
    ("ids", "wanted"), [((12,), [12, NOW]), ((14, 11), [11, 14]), ((NOW, 13), [13, NOW])]
)
def test_compare_puts_the_older_first(
    qtbot: QtBot, panel: HistoryPanel, ids: tuple[int, ...], wanted: list[int]
) -> None:
    choose(panel, *ids)
    with qtbot.waitSignal(panel.compare_wanted) as asked:
        click(panel.compare)
    assert asked.args == wanted


def test_enter_shows_what_a_revision_changed(qtbot: QtBot, panel: HistoryPanel) -> None:
    for here, before in ((14, 13), (13, 12), (NOW, 14)):
        choose(panel, here)
        with qtbot.waitSignal(panel.compare_wanted) as asked:
            QTest.keyClick(panel.list, Qt.Key.Key_Return)
        assert asked.args == [before, here]


def test_the_first_revision_changed_nothing(qtbot: QtBot, panel: HistoryPanel) -> None:
    choose(panel, 11)
    with qtbot.assertNotEmitted(panel.compare_wanted):
        QTest.keyClick(panel.list, Qt.Key.Key_Return)


def test_a_version_is_named_in_place_and_esc_leaves_it(qtbot: QtBot, panel: HistoryPanel) -> None:
    choose(panel, 11)
    click(panel.name)
    assert panel.field.text() == "Council version"
    with qtbot.assertNotEmitted(panel.named):
        QTest.keyClick(panel.field, Qt.Key.Key_Escape)
    assert panel.compare.isVisible()
    QTest.keyClick(panel.list, Qt.Key.Key_F2)
    panel.field.setText(" Final ")
    with qtbot.waitSignal(panel.named) as named:
        QTest.keyClick(panel.field, Qt.Key.Key_Return)
    assert named.args == [11, "Final"]


def test_what_is_chosen_stays_chosen_when_a_save_comes(panel: HistoryPanel) -> None:
    choose(panel, 12)
    later = RevisionInfo(15, 3, NOON, edition=2)
    panel.show_revisions((later, *FOUND), editable=True)
    chosen = [panel.list.model().rows[index.row()] for index in panel.list.selectedIndexes()]
    assert chosen == [FOUND[2]]


# --- the whole window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[DeskWindow]:
    settings.save(Settings(author="Elena Marin"))
    path = tmp_path / "office.pressdesk"
    archive = create(path)
    text = Edition("en", title="On the gauge", body=Document((paragraph("It fell."),)))
    filed = archive.releases.add(Release("news"), text)
    archive.releases.save(filed.release, replace(text, **identity(filed.edition), title="Second"))
    archive.close()
    with window_on(qtbot, path, settings.load()) as shown:
        yield shown


def identity(edition: Edition) -> dict[str, object]:
    names = ("id", "uid", "release_id", "number", "version")
    return {name: getattr(edition, name) for name in names}


def revisions(window: DeskWindow) -> list[RevisionInfo]:
    return [row for row in window.history_panel.list.model().rows if isinstance(row, RevisionInfo)]


Until = Callable[[Callable[[], bool]], None]


@pytest.fixture
def until(qtbot: QtBot) -> Until:
    return lambda done: qtbot.waitUntil(done, timeout=10_000)


def test_a_save_with_a_note_stands_in_the_history(
    qtbot: QtBot, window: DeskWindow, until: Until
) -> None:
    window.commands["history"].trigger()
    assert window.history_panel.isVisible()
    until(lambda: len(revisions(window)) == 2)
    window.commands["save_note"].trigger()
    dialog = window.main.findChild(NoteDialog)
    assert dialog is not None
    dialog.field.setText("As sent to the Council")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    until(lambda: len(revisions(window)) == 3)
    newest = revisions(window)[0]
    assert (newest.note, newest.author) == ("As sent to the Council", "Elena Marin")


def test_saving_twice_without_a_change_leaves_one_revision(
    window: DeskWindow, until: Until
) -> None:
    until(lambda: len(revisions(window)) == 2)
    window.commands["save"].trigger()
    until(window.settled)
    assert len(revisions(window)) == 2


def test_an_older_text_comes_back_and_what_was_typed_is_kept(
    window: DeskWindow, until: Until
) -> None:
    until(lambda: len(revisions(window)) == 2)
    window.paper.head.headline.setFocus()
    window.writing.put("title", "Typed")
    first = revisions(window)[-1]
    window.history_panel.restore_wanted.emit(first.id)
    until(lambda: len(revisions(window)) == 4 and window.settled())
    current = window.writing.current
    assert current is not None
    assert current.edition.title == "On the gauge"
    assert [one.note for one in revisions(window)[:2]] == [
        "Restored from revision 1",
        "Before restoring",
    ]
    archive = window.session.archive
    assert archive is not None
    assert archive.releases.revision(revisions(window)[1].id)[1].title == "Typed"


def test_the_text_on_the_paper_is_compared_as_it_stands(window: DeskWindow, until: Until) -> None:
    until(lambda: len(revisions(window)) == 2)
    window.writing.put("title", "Typed just now")
    window.history_panel.compare_wanted.emit(revisions(window)[0].id, NOW)
    until(lambda: window.main.findChild(CompareDialog) is not None)
    dialog = window.main.findChild(CompareDialog)
    assert dialog is not None
    assert "Typed just now" in dialog.pane.view.toPlainText()
    dialog.accept()


def test_a_comparison_that_comes_late_is_not_shown_over_another_release(
    qtbot: QtBot, window: DeskWindow, until: Until
) -> None:
    until(lambda: len(revisions(window)) == 2)
    archive = window.session.archive
    assert archive is not None
    other = archive.releases.add(Release("news"), Edition("en", title="Another"))
    opened = editions.read(archive, other.release.id, "en")
    window.history_panel.compare_wanted.emit(revisions(window)[0].id, NOW)
    window.writing.show(opened)
    until(window.settled)
    qtbot.wait(50)
    assert window.main.findChild(CompareDialog) is None


def test_a_name_is_shown_at_once(window: DeskWindow, until: Until) -> None:
    until(lambda: len(revisions(window)) == 2)
    window.history_panel.named.emit(revisions(window)[1].id, "Council version")
    until(lambda: revisions(window)[1].name == "Council version")


def test_a_desk_that_opens_is_thinned(
    window: DeskWindow, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    thinned: list[datetime] = []
    monkeypatch.setattr(history, "thin", lambda _archive, now: thinned.append(now) or 0)
    window.session.entered.emit()
    until(lambda: bool(thinned))


def test_nothing_open_has_no_history(window: DeskWindow, until: Until) -> None:
    until(lambda: len(revisions(window)) == 2)
    window.writing.close()
    until(window.settled)
    assert revisions(window) == []
    assert not window.history_panel.list.isVisible()


def test_the_name_chosen_in_the_settings_signs_from_then_on(
    qtbot: QtBot, window: DeskWindow, until: Until
) -> None:
    dialog = SettingsDialog(settings.load(), window.main)
    qtbot.addWidget(dialog)
    dialog.chosen.connect(window.preferences._keep)
    dialog.author.line.setText(" Maria  Hofer ")
    dialog.accept()
    assert settings.load().author == "Maria Hofer"
    window.writing.put("title", "Third")
    window.commands["save"].trigger()
    until(lambda: len(revisions(window)) == 3)
    assert revisions(window)[0].author == "Maria Hofer"


# --- deeds


def deed(number: int, edition: int, hours: int, words: str) -> DeedTold:
    at = NOON - timedelta(hours=hours)
    return DeedTold(DeedInfo(Book.DESK, number, at, None, "Anna Meyer"), words, edition)


LONG = "Exported as PDF before the embargo ended: the minister asked to see it"
DEEDS = (deed(8, 1, 3, LONG), deed(7, 1, 30, "Draft printed"))


def chosen_deed(panel: HistoryPanel, number: int) -> None:
    rows = panel.list.model().rows
    at = next(
        n for n, one in enumerate(rows) if isinstance(one, DeedTold) and one.deed.number == number
    )
    index = panel.list.model().index(at)
    panel.list.selectionModel().setCurrentIndex(
        index, QItemSelectionModel.SelectionFlag.ClearAndSelect
    )


def test_deeds_stand_among_the_revisions_until_they_are_left_out(panel: HistoryPanel) -> None:
    assert not panel._segments.isVisible()
    panel.show_revisions(FOUND, deeds=DEEDS, editable=True)
    model = panel.list.model()
    assert model.rows[4:] == ["Edition 1", DEEDS[0], FOUND[2], DEEDS[1], FOUND[3]]
    assert model.said(DEEDS[0]) == (LONG, "Today, 09:00 · Anna Meyer")
    choose(panel, 12)
    click(next(one for one in panel.findChildren(QPushButton) if one.text() == "Revisions"))
    assert [one for one in model.rows if isinstance(one, DeedTold)] == []
    assert panel.restore.isEnabled(), "what was chosen stays chosen"
    panel.set_blank(True)
    assert not panel._segments.isVisible()


def test_a_deed_is_read_in_full_and_does_nothing(qtbot: QtBot, panel: HistoryPanel) -> None:
    panel.show_revisions(FOUND, deeds=DEEDS, editable=True)
    chosen_deed(panel, 8)
    assert panel._advice.text() == LONG
    can = (panel.compare, panel.restore, panel.name)
    assert [each.isEnabled() for each in can] == [False] * 3
    with qtbot.assertNotEmitted(panel.compare_wanted, wait=10):
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
        qtbot.keyClick(panel.list, Qt.Key.Key_F2)
    panel.show_revisions(FOUND, NOON, deeds=DEEDS, editable=True)
    assert panel._advice.text() == LONG, "it stays chosen"


def test_the_words_of_others_are_shown_as_they_are_and_where_there_is_room(
    panel: HistoryPanel,
) -> None:
    words = "Draft printed: <img src='file:///x'> a < b & " + "x" * 400
    panel.show_revisions(FOUND, deeds=(deed(8, 1, 3, words),), editable=True)
    panel.resize(380, 600)
    chosen_deed(panel, 8)
    QTest.qWait(0)
    assert panel._foot.minimumSizeHint().width() <= 380
    shown = QTextDocument()
    shown.setHtml(panel.list.currentIndex().data(Qt.ItemDataRole.ToolTipRole))
    assert shown.toPlainText() == words


def test_a_deed_between_two_revisions_does_not_disturb_their_comparison(
    qtbot: QtBot, panel: HistoryPanel
) -> None:
    panel.show_revisions(FOUND, deeds=DEEDS, editable=True)
    panel.list.selectAll()
    choose(panel, 12, 11)
    flag = QItemSelectionModel.SelectionFlag.Select
    at = panel.list.model().rows.index(DEEDS[1])
    panel.list.selectionModel().select(panel.list.model().index(at), flag)
    with qtbot.waitSignal(panel.compare_wanted) as wanted:
        click(panel.compare)
    assert wanted.args == [11, 12]
    choose(panel, 12)
    with qtbot.waitSignal(panel.compare_wanted) as wanted:
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert wanted.args == [11, 12]


def test_what_is_exported_appears_in_the_pane(qtbot: QtBot, window: DeskWindow) -> None:
    archive = window.session.archive
    assert archive is not None
    rows = window.history_panel.list.model()
    qtbot.waitUntil(lambda: any(isinstance(one, RevisionInfo) for one in rows.rows))
    window.exporting.leave("", "", lambda parcel, _why: note(window, parcel), "parcel")
    qtbot.waitUntil(lambda: any(isinstance(one, DeedTold) for one in rows.rows), timeout=10_000)
    (told,) = (one for one in rows.rows if isinstance(one, DeedTold))
    assert told.words == "Draft printed"


def note(window: DeskWindow, parcel: Parcel) -> None:
    archive, now = window.session.archive, window.session.now()
    assert archive is not None
    noting.note(archive, parcel.edition, parcel.sheet, WayOut.PRINTED, "pdf", b"%PDF", now=now)
    window.exporting.left(parcel)
