"""Stories of browsing in the whole window: search, filters, hits on the paper, bookmarks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.file.desk_file import create
from pressdesk.base import settings
from pressdesk.base.settings import Settings
from pressdesk.desk import searching
from pressdesk.desk.rendering import Renderer
from pressdesk.document.nodes import Document, Paragraph, Text
from pressdesk.gui.frame.window import MainWindow
from pressdesk.gui.kit.chips import Chip
from pressdesk.gui.kit.tokens import tokens
from pressdesk.gui.list.release_model import FOUND_ROLE, SNIPPET_ROLE, ReleaseModel
from pressdesk.gui.list.search_help import SearchHelp
from pressdesk.press.release import Edition, Release

ICE, FLOOD, LOW = 1, 2, 3
TEXTS = (
    ("Ice on the river", "The ice came early. Nobody had asked for ice.", date(2024, 12, 3)),
    ("Flood forecast", "The water rises for two days.", date(2025, 4, 7)),
    ("Low water", "The river is low; ships wait.", date(2025, 8, 20)),
)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "office.pressdesk"
    archive = create(path)
    for number, (title, text, day) in enumerate(TEXTS):
        archive.releases.add(
            Release(kind="news" if number else "statement", uid=f"r{number}", topics=("River",)),
            Edition("en", uid=f"e{number}", title=title, date=day, body=body(text)),
        )
    archive.releases.add_language(
        ICE, Edition("ru", uid="ru", title="Лёд на реке", date=TEXTS[0][2], body=body("Лёд встал."))
    )
    archive.close()
    return path


def body(text: str) -> Document:
    return Document((Paragraph((Text(text),)),))


@pytest.fixture
def window(qtbot: QtBot, desk: Path) -> Iterator[DeskWindow]:
    main = MainWindow(tokens(False))
    qtbot.addWidget(main)
    shown = DeskWindow(main, Renderer(), Settings())
    with qtbot.waitActive(main):
        main.show()
        main.activateWindow()
    shown.start(desk)
    qtbot.waitUntil(lambda: shown.listed and shown.settled(), timeout=20_000)
    yield shown
    shown.end()


Seek = Callable[[str], list[int]]


@pytest.fixture
def seek(qtbot: QtBot, window: DeskWindow) -> Seek:
    """Type into the search and wait for the list: the releases in it."""

    def sought(text: str) -> list[int]:
        window.search.setText(text)
        qtbot.keyClick(window.search, Qt.Key.Key_Return)
        qtbot.waitUntil(window.settled, timeout=10_000)
        return listed(window)

    return sought


def view(window: DeskWindow) -> QTableView:
    table = window.panel.findChild(QTableView, "list")
    assert table is not None
    return table


def model(window: DeskWindow) -> ReleaseModel:
    found = view(window).model()
    assert isinstance(found, ReleaseModel)
    return found


def listed(window: DeskWindow) -> list[int]:
    shown = model(window)
    ids = (shown.id_at(row) for row in range(shown.rowCount()))
    return [number for number in ids if number is not None]


def press(qtbot: QtBot, window: DeskWindow, words: str) -> None:
    found = window.main.findChildren(QPushButton)
    pressed = next(b for b in found if b.text().strip() == words and b.isVisible())
    qtbot.mouseClick(pressed, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.settled, timeout=10_000)


def said(window: DeskWindow) -> list[str]:
    return [each.text() for each in window.main.findChildren(QLabel) if each.isVisible()]


def test_a_search_lists_hits_with_what_was_found(
    qtbot: QtBot, window: DeskWindow, seek: Seek
) -> None:
    assert seek("river") == [LOW, ICE]
    shown = model(window)
    row = shown.place(LOW)
    assert row is not None
    index = shown.index(row, 0)
    qtbot.waitUntil(lambda: index.data(SNIPPET_ROLE) is not None)
    snippet = index.data(SNIPPET_ROLE)
    assert [snippet.text[a:b] for a, b in snippet.spans] == ["river"]
    ice = shown.index(shown.place(ICE) or 0, 0).data(FOUND_ROLE)
    assert [ice.row.first.title[a:b] for a, b in ice.spans] == ["river"]
    assert "2 texts" in said(window)
    assert seek("") == [LOW, FLOOD, ICE]
    assert "2 texts" not in said(window)


def test_a_hit_opens_in_the_language_it_was_found_in(
    qtbot: QtBot, window: DeskWindow, seek: Seek
) -> None:
    assert seek("лёд") == [ICE]
    window.panel.opened.emit(ICE)
    qtbot.waitUntil(lambda: window.place() == (ICE, "ru"))


def test_filters_narrow_the_list_and_stand_above_it(
    qtbot: QtBot, window: DeskWindow, seek: Seek
) -> None:
    window.panel.head.facets.toggled.emit("year", "2025")
    qtbot.waitUntil(window.settled)
    assert listed(window) == [LOW, FLOOD]
    chips = [each.text().strip() for each in window.panel.findChildren(Chip)]
    assert chips == ["2025"]
    assert seek("river") == [LOW]
    window.panel.head.facets.toggled.emit("topic", "River")
    window.panel.head.facets.toggled.emit("kind", "statement")
    qtbot.waitUntil(window.settled)
    assert listed(window) == []
    assert any("Statements" in text and "River" in text for text in said(window))
    press(qtbot, window, "Clear all")
    assert listed(window) == [LOW, ICE] and window.search.text() == "river"


def test_the_timeline_narrows_by_days(qtbot: QtBot, window: DeskWindow) -> None:
    chart = window.panel.head.chart
    assert chart.isVisible()
    chart.range_chosen.emit(date(2024, 12, 1), date(2025, 4, 30))
    qtbot.waitUntil(window.settled)
    assert listed(window) == [FLOOD, ICE]
    chart.range_cleared.emit()
    qtbot.waitUntil(window.settled)
    assert listed(window) == [LOW, FLOOD, ICE]


def test_facets_count_what_is_listed(qtbot: QtBot, window: DeskWindow, seek: Seek) -> None:
    seek("river")
    window.panel.head.open_facets()
    texts = [each.text() for each in window.panel.head.facets.findChildren(QLabel)]
    assert "2 texts" in texts
    window.panel.head.facets.close()


def test_hits_go_on_when_the_list_is_scrolled_to_its_end(
    qtbot: QtBot, window: DeskWindow, seek: Seek
) -> None:
    archive = window.session.archive
    assert archive is not None
    for number in range(searching.FIRST + 15):
        archive.releases.add(
            Release(kind="news", uid=f"m{number}"),
            Edition("en", uid=f"m{number}", title=f"Gauge {number}", date=date(2020, 1, 1)),
        )
    assert len(seek("gauge")) == searching.FIRST
    bar = view(window).verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: len(listed(window)) == searching.FIRST + 15)
    assert len(set(listed(window))) == searching.FIRST + 15
    assert model(window).rowCount() == searching.FIRST + 16  # and the head of the one month


def test_the_best_first_have_no_months(qtbot: QtBot, window: DeskWindow, seek: Seek) -> None:
    assert seek("water") == [LOW, FLOOD]
    assert model(window).heads()
    window.panel.head.sorted.emit("relevance")
    qtbot.waitUntil(window.settled)
    assert listed(window) == [LOW, FLOOD] and not model(window).heads()
    assert seek("") == [LOW, FLOOD, ICE] and model(window).heads()


def test_hits_are_marked_on_the_paper_and_stepped_through(
    qtbot: QtBot, window: DeskWindow, seek: Seek
) -> None:
    seek("ice")
    window.panel.opened.emit(ICE)
    bar = window.middle.pane.hit_bar
    qtbot.waitUntil(bar.isVisible)
    assert "2 matches" in said(window)
    assert len(window.paper.text.extraSelections()) == 2
    assert len(window.paper.head.headline.extraSelections()) == 1
    for key, modifier, number in (
        (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier, 1),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier, 2),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier, 1),
    ):
        QTest.keyClick(window.main, key, modifier)
        assert f"{number} of 2" in said(window)
    assert window.paper.text.textCursor().selectedText().lower() == "ice"
    seek("")
    assert not bar.isVisible() and not window.paper.head.headline.extraSelections()


def test_marks_go_when_the_text_is_written_in(qtbot: QtBot, window: DeskWindow, seek: Seek) -> None:
    seek("ice")
    window.panel.opened.emit(ICE)
    qtbot.waitUntil(window.middle.pane.hit_bar.isVisible)
    window.paper.text.setFocus()
    QTest.keyClicks(window.paper.text, "More. ")
    assert not window.middle.pane.hit_bar.isVisible()
    assert not window.paper.text.extraSelections()


def test_a_quotation_has_its_source(qtbot: QtBot, window: DeskWindow) -> None:
    window.writing.open(ICE, "ru")
    qtbot.waitUntil(lambda: window.place() == (ICE, "ru"))
    QTest.keyClick(window.main, Qt.Key.Key_C, CTRL | SHIFT)
    qtbot.waitUntil(window.settled)
    quoted = QGuiApplication.clipboard().text()
    assert quoted.startswith("«Лёд на реке»\n— ") and "3 декабря 2024" in quoted


CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_bookmarks_are_kept_and_can_be_listed(qtbot: QtBot, window: DeskWindow) -> None:
    window.panel.bookmark_wanted.emit(FLOOD)
    qtbot.waitUntil(lambda: window.browsing.remembering.bookmarks == (FLOOD,))
    window.panel.head.facets.toggled.emit("bookmarks", "")
    qtbot.waitUntil(window.settled)
    assert listed(window) == [FLOOD]
    window.panel.bookmark_wanted.emit(ICE)
    qtbot.waitUntil(lambda: listed(window) == [FLOOD, ICE], timeout=10_000)
    assert len(settings.load().bookmarks) == 2
    window.panel.bookmark_wanted.emit(ICE)
    qtbot.waitUntil(lambda: listed(window) == [FLOOD], timeout=10_000)


def test_the_key_of_bookmarks_marks_what_is_on_the_paper(qtbot: QtBot, window: DeskWindow) -> None:
    place = window.place()
    assert place is not None
    QTest.keyClick(window.main, Qt.Key.Key_D, CTRL)
    qtbot.waitUntil(lambda: window.browsing.remembering.bookmarks == (place[0],))


def test_a_search_that_is_saved_is_offered_again(
    qtbot: QtBot, window: DeskWindow, seek: Seek
) -> None:
    field = window.search
    seek("river")
    field.save_wanted.emit("river")
    qtbot.waitUntil(window.settled)
    assert "river" in settings.load().saved_searches[0]
    seek("")
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(window.settled)
    assert field.text() == "river" and listed(window) == [LOW, ICE]


def test_nothing_found_says_so(qtbot: QtBot, window: DeskWindow, seek: Seek) -> None:
    assert seek("zebra") == []
    assert "No results for “zebra”" in said(window)
    for typed, shown in (('"zebra crossing"', "zebra crossing"), ('"zebra" x', '"zebra" x')):
        assert seek(typed) == []
        assert f"No results for “{shown}”" in said(window)
    press(qtbot, window, "Clear the search")
    assert listed(window) == [LOW, FLOOD, ICE] and not window.search.text()


def test_what_was_meant_is_offered_and_searched(
    qtbot: QtBot, window: DeskWindow, seek: Seek
) -> None:
    assert seek("ktl") == []  # the keys of «лед» on the other layout
    qtbot.waitUntil(window.settled)
    press(qtbot, window, "Search for “лед”")
    assert listed(window) == [ICE] and window.search.text() == "лед"


def test_help_names_what_can_be_typed(qtbot: QtBot, window: DeskWindow) -> None:
    QTest.keyClick(window.main, Qt.Key.Key_Slash, CTRL)
    panel = window.main.findChild(SearchHelp)
    assert panel is not None and panel.isVisible()
    assert any(each.text().startswith("kind:") for each in panel.findChildren(QLabel))
    qtbot.keyClick(panel, Qt.Key.Key_Escape)


def test_a_saved_text_is_found_by_what_it_says_now(
    qtbot: QtBot, window: DeskWindow, seek: Seek
) -> None:
    assert seek("sturgeon") == []
    window.writing.open(FLOOD, "en")
    qtbot.waitUntil(lambda: window.place() == (FLOOD, "en"))
    QTest.keyClicks(window.paper.text, "Sturgeons pass. ")
    window.writing.save()
    qtbot.waitUntil(lambda: listed(window) == [FLOOD], timeout=10_000)


def test_what_was_unfolded_is_so_the_next_time(
    qtbot: QtBot, window: DeskWindow, desk: Path
) -> None:
    head = window.panel.head
    assert head.unfolded() == ()
    head.chart.set_tall(True)
    head.show_unfolded(("topic", "timeline", "nothing of ours"))
    window.end()
    assert settings.load().unfolded == ("timeline", "topic")
    main = MainWindow(tokens(False))
    qtbot.addWidget(main)
    again = DeskWindow(main, Renderer(), settings.load())
    assert again.panel.head.chart.tall
    assert again.panel.head.unfolded() == ("timeline", "topic")
    again.end()
