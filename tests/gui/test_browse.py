"""Browsing: facets with their counts, what is active, and how the two are told apart."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from pressdesk.gui.kit.chips import Chip
from pressdesk.gui.list.active_filters import Active, ActiveFilters
from pressdesk.gui.list.browse_head import BrowseHead
from pressdesk.gui.list.facet_row import FacetRow
from pressdesk.gui.list.facets_panel import FacetsPanel
from pressdesk.gui.list.panel import ReleasePanel
from pressdesk.press.asking import parse
from pressdesk.press.listing import Query
from pressdesk.press.narrowing import Narrowing, narrowed
from pressdesk.press.periods import Period, year_of
from pressdesk.press.query import All, Any, Count, Facet, Facets, Filter, Question, Word
from pressdesk.press.selecting import selected, without

FACETS = Facets(
    total=1000,
    more=True,
    facets=(
        Facet("kind", (Count("statement", 700), Count("news", 300)), more=True),
        Facet("topic", tuple(Count(f"Topic {n}", 90 - n) for n in range(9)), more=True),
        Facet("speaker", ()),
    ),
)


@pytest.fixture
def panel(qtbot: QtBot) -> FacetsPanel:
    made = FacetsPanel()
    qtbot.addWidget(made)
    made.show_facets(FACETS)
    made.open_at(QPoint(20, 20))
    return made


def rows(panel: FacetsPanel) -> list[FacetRow]:
    return [row for row in panel.findChildren(FacetRow) if row.isVisible()]


def test_facets_show_the_most_frequent_and_more_on_request(
    qtbot: QtBot, panel: FacetsPanel
) -> None:
    assert [row.value for row in rows(panel)][:2] == ["statement", "news"]
    assert len([row for row in rows(panel) if row.facet == "topic"]) == 6
    more = next(b for b in panel.findChildren(QPushButton) if b.text() == "3 more")
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert len([row for row in rows(panel) if row.facet == "topic"]) == 9
    assert any(b.text() == "Fewer" for b in panel.findChildren(QPushButton))


def test_counts_of_the_newest_only_are_marked(qtbot: QtBot, panel: FacetsPanel) -> None:
    assert any(said.text() == "1,000+ texts" for said in panel.findChildren(QLabel))
    assert rows(panel)[0].accessibleName() == "Statements, 700+ texts"
    exact = tuple(replace(facet, more=False) for facet in FACETS.facets)
    panel.show_facets(Facets(total=7, facets=exact))
    qtbot.waitUntil(lambda: rows(panel)[0].accessibleName() == "Statements, 700 texts")


def test_facets_are_reached_and_put_on_by_keys(qtbot: QtBot, panel: FacetsPanel) -> None:
    qtbot.waitUntil(lambda: rows(panel)[0].hasFocus())
    qtbot.keyClick(rows(panel)[0], Qt.Key.Key_Down)
    assert panel.focusWidget() is rows(panel)[1]
    with qtbot.waitSignal(panel.toggled) as toggled:
        qtbot.keyClick(rows(panel)[1], Qt.Key.Key_Space)
    assert toggled.args == ["kind", "news"]


def test_what_is_on_stays_in_sight_and_keeps_the_keyboard(qtbot: QtBot, panel: FacetsPanel) -> None:
    wanted = next(row for row in rows(panel) if row.value == "Topic 2")
    wanted.setFocus()
    panel.show_chosen(frozenset({("topic", "Topic 2"), ("topic", "Rare"), ("speaker", "Hofer")}))
    panel.show_facets(Facets(total=3, facets=(Facet("topic", (Count("Topic 2", 3),)),)))
    wanted_on = {"Topic 2", "Rare", "Hofer"}
    qtbot.waitUntil(lambda: {row.value for row in rows(panel) if row.isChecked()} == wanted_on)
    focused = panel.focusWidget()
    assert isinstance(focused, FacetRow) and focused.value == "Topic 2"
    clear = next(b for b in panel.findChildren(QPushButton) if b.text() == "Clear all")
    with qtbot.waitSignal(panel.cleared):
        qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)


def test_what_is_on_keeps_its_number_below_the_most_frequent(
    qtbot: QtBot, panel: FacetsPanel
) -> None:
    panel.show_chosen(frozenset({("topic", "Topic 5"), ("topic", "Topic 8")}))
    qtbot.waitUntil(lambda: len([row for row in rows(panel) if row.isChecked()]) == 2)
    said = {row.value: row.accessibleName() for row in rows(panel) if row.isChecked()}
    assert said["Topic 8"] == "Topic 8, 82+ texts"
    assert said["Topic 5"] == "Topic 5, 85+ texts"


def test_many_values_come_a_few_at_a_time(qtbot: QtBot, panel: FacetsPanel) -> None:
    many = tuple(Count(f"Topic {n}", 300 - n) for n in range(150))
    panel.show_facets(Facets(total=7, facets=(Facet("topic", many),)))
    qtbot.waitUntil(lambda: len(rows(panel)) == 6)
    more = next(b for b in panel.findChildren(QPushButton) if b.text() == "144 more")
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(rows(panel)) == 150)
    assert [row.value for row in rows(panel)] == [each.value for each in many]
    fewer = next(b for b in panel.findChildren(QPushButton) if b.text() == "Fewer")
    qtbot.mouseClick(fewer, Qt.MouseButton.LeftButton)
    assert len(rows(panel)) == 6


def test_active_filters_go_one_by_one_or_all_at_once(qtbot: QtBot) -> None:
    made = ActiveFilters()
    qtbot.addWidget(made)
    made.show_active((), False)
    assert made.isHidden()
    made.show_active((Active("topic:Ice", "Ice"), Active("days", "2019")), True)
    made.show()
    chips = made.findChildren(Chip)
    assert [chip.accessibleName() for chip in chips] == ["Remove Ice", "Remove 2019"]
    with qtbot.waitSignal(made.removed) as removed:
        qtbot.mouseClick(chips[1], Qt.MouseButton.LeftButton)
    assert removed.args == ["days"]
    clear = next(b for b in made.findChildren(QPushButton) if b.text() == "Clear all")
    with qtbot.waitSignal(made.cleared):
        qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)


def test_filters_are_put_on_and_off() -> None:
    ice = Filter("topic", "Ice")
    once = Narrowing().toggled(ice)
    assert once.has(ice) and not once.empty
    assert once.toggled(ice) == Narrowing()
    assert Narrowing().between(date(2019, 1, 1), date(2019, 12, 31)).in_year(2019)
    assert once.of("topic") == ("Ice",) and once.choosing("topic") == Narrowing()


def test_segment_chips_and_filters_all_narrow_the_question() -> None:
    asked = Question(Word("flood"), since=date(2018, 1, 1), until=date(2019, 6, 30))
    days = (Period(date(2017, 1, 1), date(2019, 3, 31)),)
    chosen = Narrowing((Filter("topic", "Ice"),), days)
    found = narrowed(asked, Query(bucket="drafts", kind="news", language="ru"), chosen)
    assert found.tree == All(
        (
            Word("flood"),
            Filter("state", "draft"),
            Filter("kind", "news"),
            Filter("language", "ru"),
            Filter("topic", "Ice"),
        )
    )
    assert found.ranges() == (Period(date(2018, 1, 1), date(2019, 3, 31)),)
    assert narrowed(Question(), Query(), Narrowing()).empty
    assert narrowed(Question(Word("ice")), Query(), Narrowing()).tree == Word("ice")


def test_values_of_a_facet_widen_also_those_that_are_typed() -> None:
    today = date(2026, 11, 24)
    typed = parse("river topic:Ice kind:news on:2019", today)
    chosen = Narrowing((Filter("topic", "Flood"), Filter("place", "Oslo")))
    chosen = chosen.year_toggled(2021)
    found = narrowed(typed, Query(kind="speech"), chosen)
    meant = "river topic:(Ice OR Flood) kind:(news OR speech) place:Oslo on:2019 on:2021"
    assert found == parse(meant, today)
    both = narrowed(parse("topic:Ice AND topic:Low", today), Query(), chosen)
    assert both.tree == All((Filter("topic", "Ice"), Filter("topic", "Low"), *chosen.filters))
    assert selected(found) == ("kind", "year", "topic", "place")
    assert selected(both) == ("year", "place")
    assert without(found, "topic").tree == All(
        (
            Word("river"),
            Any((Filter("kind", "news"), Filter("kind", "speech"))),
            Filter("place", "Oslo"),
        )
    )


def test_years_are_put_on_and_off_and_a_stretch_goes() -> None:
    two = Narrowing().year_toggled(2021).year_toggled(2019)
    assert two.days == (year_of(2019), year_of(2021))
    assert two.year_toggled(2021).days == (year_of(2019),)
    dragged = two.between(date(2020, 3, 1), date(2020, 5, 31))
    assert len(dragged.days) == 1 and not dragged.in_year(2020)
    assert dragged.year_toggled(2018).days == (year_of(2018),)


@pytest.fixture
def head(qtbot: QtBot) -> BrowseHead:
    made = BrowseHead()
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    return made


def test_one_kind_is_the_querys_and_two_are_filters(qtbot: QtBot, head: BrowseHead) -> None:
    with qtbot.waitSignal(head.changed) as changed:
        head.facets.toggled.emit("kind", "news")
    assert changed.args == [Query(kind="news")]
    with qtbot.waitSignal(head.narrowed) as narrowed_to:
        head.facets.toggled.emit("kind", "speech")
    both = (Filter("kind", "news"), Filter("kind", "speech"))
    assert narrowed_to.args == [Narrowing(both), Query()]
    chips = [each.text().strip() for each in head.findChildren(Chip)]
    assert chips == ["News", "Speeches"]
    assert [each.text() for each in head.active.findChildren(QLabel)] == ["or"]
    assert head.words() == ("News or Speeches",)
    chip = next(b for b in head.filters.findChildren(QPushButton) if "+1" in b.text())
    assert chip.text() == "News +1"
    with qtbot.waitSignal(head.narrowed) as narrowed_to:
        head.active.removed.emit("kind:news")
    assert narrowed_to.args == [Narrowing(), Query(kind="speech")]


def test_a_segment_takes_the_place_of_two_states(qtbot: QtBot, head: BrowseHead) -> None:
    head.facets.toggled.emit("state", "draft")
    with qtbot.waitSignal(head.narrowed) as narrowed_to:
        head.facets.toggled.emit("state", "embargo")
    assert narrowed_to.args[1] == Query() and narrowed_to.args[0].of("state") == (
        "draft",
        "embargo",
    )
    everything = next(b for b in head.filters.findChildren(QPushButton) if b.text() == "All")
    with qtbot.waitSignal(head.narrowed) as narrowed_to:
        qtbot.mouseClick(everything, Qt.MouseButton.LeftButton)
    assert narrowed_to.args == [Narrowing(), Query()]


def test_a_phrase_still_looked_for_is_not_called_missing(qtbot: QtBot) -> None:
    panel = ReleasePanel()
    qtbot.addWidget(panel)
    panel.resize(270, 600)
    panel.show()
    panel.show_query(Query(text='"ice on the river"'))
    panel.head.show_searching(True)
    panel.show_found((), months=True, snippets=True)
    panel.show_looking(True)
    panel.head.result.show_looked(1000, date(2007, 11, 1), True)
    line = panel.head.result
    said = [each.text() for each in panel.findChildren(QLabel) if each.isVisible()]
    assert any(text.startswith("No results yet") for text in said)
    assert not any("All texts" in text for text in said)
    compared = next(each for each in line.findChildren(QLabel) if "Searched" in each.text())
    assert compared.text() == "Searched 1,000 texts back to November 2007; still searching…"
    qtbot.waitUntil(lambda: compared.height() >= compared.heightForWidth(compared.width()) > 20)
    panel.show_looking(False)
    panel.head.result.show_looked(1400, None, False)
    said = [each.text() for each in panel.findChildren(QLabel) if each.isVisible()]
    assert any("All texts" in text for text in said) and not compared.isVisible()
