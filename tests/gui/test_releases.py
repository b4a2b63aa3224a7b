"""The list panel: months, rows that come when they are looked at, filters, keys."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from datetime import date, timedelta
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from pressdesk.base import i18n
from pressdesk.gui.frame.topbar import TopBar
from pressdesk.gui.kit import words
from pressdesk.gui.list.panel import ReleasePanel
from pressdesk.gui.list.release_delegate import about, read_aloud, tags
from pressdesk.gui.list.release_model import ReleaseModel
from pressdesk.gui.list.search_field import SearchField
from pressdesk.press.listing import BucketCounts, Query
from pressdesk.press.states import State
from tests.gui.people import NOW, TODAY, keys_of, row, spoken

ROWS = tuple(row(number, days=number * 7) for number in range(1, 30))


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[ReleasePanel]:
    made = ReleasePanel()
    made.set_clock(lambda: NOW)
    qtbot.addWidget(made)
    made.resize(300, 700)
    made.show()
    yield made


def view(panel: ReleasePanel) -> QTableView:
    found = panel.findChild(QTableView, "list")
    assert found is not None
    return found


def fill(panel: ReleasePanel) -> None:
    panel.show_first(ROWS[:10])
    panel.show_keys(*keys_of(ROWS))
    panel.take_rows(ROWS)


def press(qtbot: QtBot, panel: ReleasePanel, release_id: int) -> None:
    table = view(panel)
    place = panel._model.place(release_id)
    assert place is not None
    middle = table.visualRect(table.model().index(place, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)


def test_months_stand_above_their_releases(qtbot: QtBot) -> None:
    model = ReleaseModel(lambda each: each.first.title)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = (row(1, days=0), row(2, days=5), row(3, days=40))
    model.show_keys(*keys_of(rows))
    model.take_rows(rows)
    read = [model.index(place, 0).data() for place in range(model.rowCount())]
    assert read == ["November 2026", "Release 1", "Release 2", "October 2026", "Release 3"]
    assert model.flags(model.index(0, 0)) == Qt.ItemFlag.NoItemFlags


def test_rows_are_asked_for_when_painted_and_only_once(qtbot: QtBot, panel: ReleasePanel) -> None:
    many = array("q", range(1, 10_001))
    asked: list[list[int]] = []
    panel.rows_wanted.connect(asked.append)
    panel.show_keys(many, array("q", [24300] * len(many)))
    qtbot.waitUntil(lambda: bool(asked))
    panel.repaint()
    qtbot.wait(30)
    assert asked[0][0] == 1 and len(asked[0]) < 200
    wanted = [number for ids in asked for number in ids]
    assert len(wanted) == len(set(wanted))


def test_a_click_opens_once_and_marking_opens_nothing(qtbot: QtBot, panel: ReleasePanel) -> None:
    fill(panel)
    with qtbot.waitSignal(panel.opened) as opened:
        press(qtbot, panel, 3)
    assert opened.args == [3]
    with qtbot.assertNotEmitted(panel.opened, wait=250):
        panel.show_opened(5)
        press(qtbot, panel, 5)


def test_arrows_open_after_a_rest_and_skip_months(qtbot: QtBot, panel: ReleasePanel) -> None:
    fill(panel)
    with qtbot.waitActive(panel):
        panel.activateWindow()
    panel.show_opened(3)
    panel.focus_list()
    opened: list[int] = []
    panel.opened.connect(opened.append)
    last = panel._model.heads()[1] - 1  # the last release of the first month
    panel.show_opened(panel._model.id_at(last))
    with qtbot.waitSignal(panel.opened):
        qtbot.keyClick(view(panel), Qt.Key.Key_Down)
    assert opened == [panel._model.id_at(last + 2)]


def test_enter_goes_to_the_text_and_delete_asks_for_the_trash(
    qtbot: QtBot, panel: ReleasePanel
) -> None:
    fill(panel)
    panel.show_opened(2)
    with qtbot.waitSignal(panel.entered) as entered:
        qtbot.keyClick(view(panel), Qt.Key.Key_Return)
    with qtbot.waitSignal(panel.trash_wanted) as trashed:
        qtbot.keyClick(view(panel), Qt.Key.Key_Delete)
    assert entered.args == trashed.args == [2]


def test_a_refresh_keeps_choice_and_place(qtbot: QtBot, panel: ReleasePanel) -> None:
    fill(panel)
    panel.show_opened(20)
    view(panel).verticalScrollBar().setValue(400)
    panel.show_query(Query())
    panel.show_first((row(99), *ROWS[:9]))
    panel.show_keys(*keys_of((row(99), *ROWS)))
    assert view(panel).verticalScrollBar().value() == 400
    chosen = view(panel).selectionModel().selectedRows()
    assert [panel._model.id_at(index.row()) for index in chosen] == [20]


def test_a_row_that_reads_differently_is_replaced(panel: ReleasePanel) -> None:
    fill(panel)
    place = panel._model.place(4)
    assert place is not None
    panel.take_rows((row(4, languages=(spoken("en", "Renamed", State.DRAFT),)),))
    assert "Renamed" in str(view(panel).model().index(place, 0).data())


def test_filters_speak_and_can_all_be_cleared(qtbot: QtBot, panel: ReleasePanel) -> None:
    fill(panel)
    drafts = next(b for b in panel.findChildren(QPushButton) if b.text() == "Drafts")
    with qtbot.waitSignal(panel.filter_changed) as changed:
        qtbot.mouseClick(drafts, Qt.MouseButton.LeftButton)
    assert changed.args == [Query(bucket="drafts")]
    panel.show_query(Query(bucket="drafts", text="ceasefire"))
    panel.show_keys(array("q"), array("q"))
    clear = next(b for b in panel.findChildren(QPushButton) if b.text() == "Clear the search")
    assert clear.isVisible()
    with qtbot.waitSignals([panel.cleared, panel.filter_changed]):
        qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)


def test_an_empty_search_does_not_claim_what_is_not_indexed_yet(panel: ReleasePanel) -> None:
    for preparing, said in (("Preparing: 1 of 9", "Preparing: 1 of 9"), ("", "All texts")):
        panel.show_preparing(preparing)
        panel.show_query(Query(text="ice"))
        panel.show_keys(array("q"), array("q"))
        assert any(each.text().startswith(said) for each in panel.findChildren(QLabel))


def test_segments_tell_their_numbers(panel: ReleasePanel) -> None:
    panel.show_counts(BucketCounts(all=1200, drafts=3, embargo=0, issued=1197))
    texts = [b.text() for b in panel.findChildren(QPushButton)]
    assert "Drafts 3" in texts and "Embargo" in texts
    assert any("1197 releases" in b.accessibleName() for b in panel.findChildren(QPushButton))


def test_the_menu_of_a_row_names_its_actions(qtbot: QtBot, panel: ReleasePanel) -> None:
    fill(panel)
    place = panel._model.place(2)
    assert place is not None
    point = view(panel).visualRect(view(panel).model().index(place, 0)).center()
    view(panel).customContextMenuRequested.emit(QPoint(point))
    menu = panel.findChild(QMenu, "rowmenu")
    assert menu is not None
    with qtbot.waitSignal(panel.duplicate_wanted) as wanted:
        menu.actions()[1].trigger()
    assert wanted.args == [2]
    menu.close()


def test_states_and_days_are_said_in_words() -> None:
    until = NOW + timedelta(hours=2, minutes=5)
    embargoed = row(1, until=until)
    mixed = row(2, days=1, languages=(spoken("en", "A"), spoken("ru", "Б", State.DRAFT)))
    assert [tag.words for tag in tags(embargoed, NOW)] == ["Embargo 2 h"]
    assert [tag.words for tag in tags(embargoed, until + timedelta(seconds=1))] == ["Issued"]
    assert [tag.words for tag in tags(mixed, NOW)] == ["Issued", "Draft"]
    assert about(mixed, NOW) == "News · yesterday"
    assert read_aloud(mixed, NOW) == "A, News · yesterday, Issued, Draft, English, Русский"


@pytest.mark.parametrize(
    ("apart", "said"),
    [(0, "today"), (1, "yesterday"), (-1, "tomorrow"), (3, "Friday"), (7, "16 Nov")],
)
def test_days_are_relative_up_to_a_week(apart: int, said: str) -> None:
    assert words.day(TODAY - timedelta(days=apart), TODAY) == said


def test_months_and_days_speak_the_language_of_the_interface() -> None:
    i18n.use("ru")
    try:
        assert words.month(2025, 10) == "Октябрь 2025"
        assert words.full_day(date(2025, 10, 6)) == "6 октября 2025"
    finally:
        i18n.use("en")


def test_the_search_waits_for_the_keys_to_rest(qtbot: QtBot) -> None:
    field = SearchField()
    bar = TopBar(field)
    qtbot.addWidget(bar)
    bar.show()
    heard: list[str] = []
    field.searched.connect(heard.append)
    qtbot.keyClicks(field, "flood")
    qtbot.waitUntil(lambda: bool(heard))
    field.show_text("")
    qtbot.wait(200)
    assert heard == ["flood"]


def test_a_new_release_is_chosen_by_keys(qtbot: QtBot) -> None:
    bar = TopBar(SearchField())
    qtbot.addWidget(bar)
    bar.show()
    from pressdesk.gui.frame.new_release import NewRelease

    bar.open_new()
    popup = bar.findChild(NewRelease)
    assert popup is not None
    with qtbot.waitSignal(bar.new_requested) as wanted:
        qtbot.keyClick(popup.rows[0], Qt.Key.Key_Down)
        qtbot.keyClick(popup.rows[1], Qt.Key.Key_Return)
    assert wanted.args == ["statement"]


def test_a_title_of_a_megabyte_is_painted_at_once(qtbot: QtBot, panel: ReleasePanel) -> None:
    rows = (row(1, languages=(spoken("ru", "щ" * 1_000_000),)),)
    panel.show_keys(*keys_of(rows))
    panel.take_rows(rows)
    begun = thread_time()
    panel.grab()
    assert thread_time() - begun < 1.0
    assert len(str(view(panel).model().index(1, 0).data())) < 300


@given(st.lists(st.integers(24000, 24040), max_size=60))
def test_every_release_is_listed_under_its_month(months: list[int]) -> None:
    months.sort(reverse=True)
    model = ReleaseModel(lambda each: "")
    model.show_keys(array("q", range(1, len(months) + 1)), array("q", months))
    listed = [model.id_at(place) for place in range(model.rowCount())]
    assert [number for number in listed if number] == list(range(1, len(months) + 1))
    assert len(model.heads()) == len(set(months)) and model.releases() == len(months)
