"""Questions as people type them, in two languages; nothing typed is an error."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from saying import say

from pressdesk.press.asking import help_rows, parse
from pressdesk.press.periods import Period, period, year_of
from pressdesk.press.query import All, Any, Filter, Not, Phrase, Question, Word

TODAY = date(2026, 11, 24)


def _tree(text: str) -> object:
    return parse(text, TODAY).tree


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("вода река", All((Word("вода"), Word("река")))),
        ('"exact phrase"', Phrase("exact phrase")),
        ("«точные слова»", Phrase("точные слова")),
        ("“never closed", Phrase("never closed")),
        ("a -b", All((Word("a"), Not(Word("b"))))),
        ("a NOT b", All((Word("a"), Not(Word("b"))))),
        ("а НЕ б", All((Word("а"), Not(Word("б"))))),
        ("a OR b c", All((Any((Word("a"), Word("b"))), Word("c")))),
        ("а ИЛИ б | в", Any((Word("а"), Word("б"), Word("в")))),
        ("(a b) OR c", Any((All((Word("a"), Word("b"))), Word("c")))),
        ("-(a OR b)", Not(Any((Word("a"), Word("b"))))),
        ("заяв*", Word("заяв", prefix=True)),
        ("title:river", Word("river", title=True)),
        ('заголовок:"у реки"', Phrase("у реки", title=True)),
        ("kind:Statements", Filter("kind", "statement")),
        ("вид:заявление", Filter("kind", "statement")),
        (
            "kind:news kind:speech",
            Any((Filter("kind", "news"), Filter("kind", "speech"))),
        ),
        (
            "topic:Ice topic:Flood",
            Any((Filter("topic", "Ice"), Filter("topic", "Flood"))),
        ),
        (
            "topic:(Ice OR Flood) river topic:Low",
            All(
                (
                    Any((Filter("topic", "Ice"), Filter("topic", "Flood"), Filter("topic", "Low"))),
                    Word("river"),
                )
            ),
        ),
        (
            "topic:Ice AND topic:Flood",
            All((Filter("topic", "Ice"), Filter("topic", "Flood"))),
        ),
        (
            "место:Вена И место:Москва kind:news kind:speech",
            All(
                (
                    Filter("place", "Вена"),
                    Filter("place", "Москва"),
                    Any((Filter("kind", "news"), Filter("kind", "speech"))),
                )
            ),
        ),
        (
            "-topic:Ice -topic:Flood",
            All((Not(Filter("topic", "Ice")), Not(Filter("topic", "Flood")))),
        ),
        ("AND a AND b AND", All((Word("a"), Word("b")))),
        ("состояние:выпущено", Filter("state", "issued")),
        ("lang:Russian", Filter("language", "ru")),
        ('topic:"Water and climate"', Filter("topic", "Water and climate")),
        ("-place:Vienna", Not(Filter("place", "Vienna"))),
        ("пресс-служба", Word("пресс-служба")),
        ("foo:bar", All((Word("foo"), Word("bar")))),
        ("after:banana", All((Word("after"), Word("banana")))),
        ("foo:kind:news", All((Word("foo"), Filter("kind", "news")))),
        ("title:(river OR lake)", Any((Word("river", title=True), Word("lake", title=True)))),
        ("kind:(news speech)", Any((Filter("kind", "news"), Filter("kind", "speech")))),
        ("вид:заявлением", Filter("kind", "statement")),
        ("lang:RU", Filter("language", "ru")),
        ("язык:русском", Filter("language", "ru")),
        ("состояние:черновиков", Filter("state", "draft")),
        ("a|b", Any((Word("a"), Word("b")))),
        ("10:30", Word("10:30")),
        ("вода, — (река)!", All((Word("вода"), Word("река")))),
        ("«a “b” c»", Phrase("a b c")),
        ("БЫТЬ ИЛИ НЕТ", All((Word("БЫТЬ"), Word("или"), Word("НЕТ")))),
        ("-(-a)", Word("a")),
        ("— ☺ *", None),
        ("", None),
        ("OR ( ) OR", None),
    ],
)
def test_what_is_typed_is_read(typed: str, tree: object) -> None:
    assert _tree(typed) == tree


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("after:2020", date(2020, 1, 1), None),
        ("before:2020", None, date(2019, 12, 31)),
        ("after:2019-05 before:2020-03-02", date(2019, 5, 1), date(2020, 3, 1)),
        ("-before:2020", date(2020, 1, 1), None),
        ("-on:2020", None, None),
    ],
)
def test_ends_hold_for_the_whole_question(
    typed: str, since: date | None, until: date | None
) -> None:
    asked = parse(f"water {typed}", TODAY)
    assert (asked.tree, asked.since, asked.until) == (Word("water"), since, until)
    assert asked.on == ()


@pytest.mark.parametrize(
    ("typed", "on"),
    [
        ("on:09.2020", [(date(2020, 9, 1), date(2020, 9, 30))]),
        ("дата:27.09.2020", [(date(2020, 9, 27), date(2020, 9, 27))]),
        ("on:27 September 2020", [(date(2020, 9, 27), date(2020, 9, 27))]),
        ('дата:"сентябрь 2020"', [(date(2020, 9, 1), date(2020, 9, 30))]),
        ("on:27.09.20", [(date(2020, 9, 27), date(2020, 9, 27))]),
        ("on:9999", [(date(9999, 1, 1), date(9999, 12, 31))]),
        ("on:yesterday", [(date(2026, 11, 23), date(2026, 11, 23))]),
        ("on:03.2019..2021", [(date(2019, 3, 1), date(2021, 12, 31))]),
        (
            "on:2021 on:2019",
            [(date(2019, 1, 1), date(2019, 12, 31)), (date(2021, 1, 1), date(2021, 12, 31))],
        ),
    ],
)
def test_days_hold_for_the_whole_question_any_of_them(
    typed: str, on: list[tuple[date, date]]
) -> None:
    asked = parse(f"water {typed}", TODAY)
    assert (asked.tree, asked.since, asked.until) == (Word("water"), None, None)
    assert asked.on == tuple(Period(*days) for days in on)


def test_days_that_count_are_put_together_and_cut() -> None:
    asked = parse("on:2019 on:2020 on:03.2022 after:06.2019 before:15.03.2022", TODAY)
    assert asked.ranges() == (
        Period(date(2022, 3, 1), date(2022, 3, 14)),
        Period(date(2019, 6, 1), date(2020, 12, 31)),
    )
    assert parse("on:2019 after:2020", TODAY).ranges() == ()
    assert Question().ranges() == (Period(date.min, date.max),)


@pytest.mark.parametrize(
    "text", ["30.02.2024", "13.2020", "2020-13", "May", "27", "", "0000", "2020..", "2021..2020"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert period(text, TODAY) is None


def test_a_date_in_words() -> None:
    day = date(2020, 9, 27)
    for text in ("27 сентября 2020 г.", "September 27, 2020", "27th sep 2020", "2020/09/27"):
        assert period(text, TODAY) == Period(day, day)


BITS = """AND И topic:a topic:б on:2019 on:2021..2022
a вода 2020 "a b" « » ( ) - | OR ИЛИ NOT НЕ * : title: вид: lang: topic: foo: on: до:
after:2020 сегодня yesterday -on:2020 27.09.2020 statement ВОДА — ’ EU’s"""
typed = st.lists(
    st.sampled_from([*BITS.split(), "\ud800", " "])
    | st.text(st.characters(exclude_categories=()), max_size=5)
)
questions = st.tuples(typed, st.sampled_from(["", " "])).map(lambda made: made[1].join(made[0]))


@given(questions, st.sampled_from(["en", "ru"]), st.sampled_from([TODAY, date.min, date.max]))
@example("'И:ИЛИ -”вид:2020 -—:-on:2020", "en", TODAY)
@example("kind:”до: NOT:topic:foo:-(x", "ru", TODAY)
def test_whatever_is_typed_can_be_said(text: str, language: str, today: date) -> None:
    asked = parse(text, today)
    assert parse(say(asked, language), today) == asked


@given(st.text(max_size=200) | st.from_regex(r'[a-zа-я:"()\-*| ]{0,60}', fullmatch=True))
def test_nothing_typed_raises(text: str) -> None:
    asked = parse(text, TODAY)
    assert parse(say(asked), TODAY) == asked


def _depth(node: object) -> int:
    inside = getattr(node, "parts", ()) or filter(None, [getattr(node, "part", None)])
    return 1 + max(map(_depth, inside), default=0)


def _leaves(node: object) -> int:
    inside = [*getattr(node, "parts", ())] + [p for p in [getattr(node, "part", None)] if p]
    return sum(map(_leaves, inside)) if inside else 1


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000,
        "(a " * 5000,
        "a OR " * 20000,
        "-(a OR (b " * 900,
        '"' * 9999,
        "-" * 9999,
        "a " * 50000,
    ],
)
def test_nothing_huge_is_asked(text: str) -> None:
    tree = parse(text, TODAY).tree
    assert tree is None or (_depth(tree) < 40 and _leaves(tree) <= 64)


words = st.sampled_from(["river", "вода", "пресс-служба", "2020"])
leaves = st.one_of(
    st.builds(Word, words, st.booleans(), st.booleans()),
    st.builds(Phrase, st.sampled_from(["these words", "эти слова"]), st.booleans()),
    st.builds(
        Filter, st.sampled_from(["topic", "place"]), st.sampled_from(["Water", "Вода и климат"])
    ),
)
either = st.lists(leaves, min_size=2, max_size=3, unique=True).map(lambda parts: Any(tuple(parts)))
trees = st.lists(
    st.one_of(leaves, either, leaves.map(Not)), min_size=2, max_size=4, unique=True
).map(lambda parts: All(tuple(parts)))
dates = st.dates(date(1990, 1, 1), date(2030, 1, 1))
days = st.none() | dates
periods = st.tuples(dates, dates).map(lambda two: Period(min(two), max(two)))
several = st.sets(periods | st.integers(1990, 2030).map(year_of), max_size=3)


@given(trees, days, days, several, st.sampled_from(["en", "ru"]))
def test_what_is_said_is_read_again(
    tree: All, since: date | None, until: date | None, on: set[Period], language: str
) -> None:
    ordered = sorted(on, key=lambda one: (one.first, one.last))
    asked = Question(tree, since, until, on=tuple(ordered))
    assert parse(say(asked, language), TODAY) == asked


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_example_of_the_help_narrows(language: str) -> None:
    rows = help_rows(language)
    assert len(rows) >= 10
    for row in rows:
        if "place:" not in row.example and "место:" not in row.example:
            assert not parse(row.example, TODAY).empty, row.example
