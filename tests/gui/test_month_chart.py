"""The timeline: months in bars, ranges by mouse and keys, words for what is not seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pressdesk.formats.colours import contrast
from pressdesk.gui.kit import theme
from pressdesk.gui.kit.tokens import tokens
from pressdesk.gui.list.kind_colours import DARK, LIGHT
from pressdesk.gui.list.month_chart import MonthChart
from pressdesk.gui.list.months import Bins, period
from pressdesk.press.kinds import kinds
from pressdesk.press.periods import Period
from pressdesk.press.query import MonthCount


def month(year: int, number: int, kind: str = "news", count: int = 1) -> MonthCount:
    return MonthCount(year * 12 + number - 1, kind, count)


TWO_YEARS = tuple(
    month(year, number, kind, number)
    for year in (2019, 2020)
    for number in range(1, 13)
    for kind in ("news", "statement")
)


@pytest.fixture
def chart(qtbot: QtBot, qapp: QApplication) -> Iterator[MonthChart]:
    theme.apply(qapp, False)
    made = MonthChart()
    qtbot.addWidget(made)
    made.resize(264, 52)
    made.show_months(TWO_YEARS)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made


def over(chart: MonthChart, place: int) -> QPoint:
    """The middle of the bar of a month: 24 of them in 240 pixels."""
    return QPoint(12 + place * 10 + 5, 20)


def drag(qtbot: QtBot, chart: MonthChart, begin: int, end: int) -> None:
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(chart, left, pos=over(chart, begin))
    qtbot.mouseMove(chart, over(chart, end))
    qtbot.mouseRelease(chart, left, pos=over(chart, end))


def test_a_drag_takes_the_months_it_went_over(qtbot: QtBot, chart: MonthChart) -> None:
    with qtbot.waitSignal(chart.range_chosen) as chosen:
        drag(qtbot, chart, 13, 2)
    assert chosen.args == [date(2019, 3, 1), date(2020, 2, 29)]


def test_a_click_takes_a_month_and_lets_go_again(qtbot: QtBot, chart: MonthChart) -> None:
    with qtbot.waitSignal(chart.range_chosen) as chosen:
        drag(qtbot, chart, 3, 3)
    assert chosen.args == [date(2019, 4, 1), date(2019, 4, 30)]
    chart.show_days((Period(*chosen.args),))
    with qtbot.assertNotEmitted(chart.range_chosen), qtbot.waitSignal(chart.range_cleared):
        drag(qtbot, chart, 9, 9)


def test_keys_walk_extend_take_and_let_go(qtbot: QtBot, chart: MonthChart) -> None:
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_End)
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert "November 2020: 22 texts" in chart.accessibleDescription()
    assert "News 11" in chart.accessibleDescription()
    qtbot.keyClick(chart, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(chart.range_chosen) as chosen:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert chosen.args == [date(2020, 10, 1), date(2020, 11, 30)]
    chart.show_days((Period(*chosen.args),))
    with qtbot.waitSignal(chart.range_cleared):
        qtbot.keyClick(chart, Qt.Key.Key_Escape)


def test_it_tells_who_cannot_see_it_what_it_shows(chart: MonthChart) -> None:
    assert chart.accessibleName() == "Releases by month"
    assert chart.accessibleDescription().startswith("2019–2020: 312 texts")
    chart.show_months(())
    assert chart.accessibleDescription() == "No releases"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_bars_are_drawn_in_the_colours_of_their_kinds(
    qtbot: QtBot, qapp: QApplication, chart: MonthChart, dark: bool
) -> None:
    theme.apply(qapp, dark)
    image = chart.grab().toImage()
    theme.apply(qapp, False)
    colours = DARK if dark else LIGHT
    assert inked(image, colours["news"]) > 50 and inked(image, colours["statement"]) > 50
    assert not inked(image, colours["speech"])


def inked(image: QImage, colour: str) -> int:
    wanted = QColor(colour).rgb()
    return sum(
        image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height())
    )


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_kind_has_a_colour_that_stands_out(dark: bool) -> None:
    colours, shown = (DARK if dark else LIGHT), tokens(dark)
    assert set(colours) == set(kinds())
    for colour in colours.values():
        for ground in (shown.side, shown.pane, shown.selection):
            assert contrast(colour, ground) >= 3.0


def test_unfolded_it_is_higher_and_names_the_kinds(chart: MonthChart) -> None:
    folded = chart.sizeHint().height()
    chart.set_tall(True)
    assert chart.sizeHint().height() > folded + 60


@given(
    st.lists(
        st.builds(
            MonthCount,
            st.integers(1900 * 12, 2100 * 12),
            st.sampled_from(("news", "speech")),
            st.integers(1, 50),
        ),
        max_size=40,
    ),
    st.integers(40, 900),
)
def test_no_text_is_lost_in_the_bars(months: list[MonthCount], room: int) -> None:
    bins = Bins(tuple(months), room)
    assert sum(sum(stack.values()) for stack in bins.stacks) == sum(m.number for m in months)
    if months:
        since, until = bins.days(0, len(bins) - 1)
        assert bins.within(since, until) == (0, len(bins) - 1)
        assert len(bins) <= max(22, room / 3 + 2)  # two centuries at the narrowest


def test_bars_of_several_months_keep_to_the_calendar() -> None:
    bins = Bins((month(1990, 5), month(2026, 11)), 240)
    since, until = bins.days(0, 0)
    assert (since.day, since.month % 6, until.month % 6) == (1, 1, 0)
    assert {year: number for number, year in bins.years()}[1991] == 2


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (date(2019, 3, 1), date(2019, 3, 31), "March 2019"),
        (date(2019, 1, 1), date(2019, 12, 31), "2019"),
        (date(2019, 1, 1), date(2020, 12, 31), "2019–2020"),
        (date(2019, 3, 1), date(2020, 2, 29), "March 2019 – February 2020"),
        (date(2019, 3, 2), date(2019, 3, 2), "2 March 2019"),
        (date(2019, 3, 2), None, "since 2 March 2019"),
        (None, date(2019, 3, 2), "until 2 March 2019"),
    ],
)
def test_days_are_said_as_shortly_as_they_can_be(
    since: date | None, until: date | None, said: str
) -> None:
    assert period(since, until) == said
