"""What of a question is not understood: each thing is told, with what is known."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressdesk.press.asking import help_rows, parse
from pressdesk.press.misread import misread

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "what", "hint"),
    [
        ("kind:zzz", "zzz", "statement"),
        ("вид:(новость zzz)", "zzz", "statement"),
        ("river -kind:zzz", "zzz", "statement"),
        ("state:lost", "lost", "draft, issued, embargo"),
        ("lang:klingonish", "klingonish", "en or ru"),
        ("before:201x", "before:201x", "09.2020"),
        ("после:вчера-то", "после:вчера-то", "09.2020"),
        ("on:2021..2020", "on:2021..2020", "2019..2021"),
        ("on:(2019 OR 2020)", "on:(2019", "2019..2021"),
        ("foo:bar", "foo:bar", "speaker"),
        ("correspondent:hofer", "correspondent:hofer", "speaker"),
        ("press-contact:hofer", "press-contact:hofer", "contact"),
        ("-on:2020", "minus", "before"),
        ("river OR before:2020", "whole query", "outside"),
        ("-(river on:2020)", "whole query", "outside"),
        ("river)", "bracket", ""),
        ("(" * 20 + "river" + ")" * 20, "Brackets", ""),
        ("river " * 80, "too long", "64"),
    ],
)
def test_what_nobody_knows_is_named_with_what_is_known(typed: str, what: str, hint: str) -> None:
    found = misread(typed, TODAY)
    assert any(what in one.what and hint in one.hint and not one.unfinished for one in found)


@pytest.mark.parametrize(
    "typed",
    ['"river', "«река", "“river", "kind:", "kind: news", 'kind:""', 'river ""', "(river", "kind:()",
     "river OR", "OR river", "river OR OR lake", "river NOT", "—", "*"],
)  # fmt: skip
def test_what_may_be_half_typed_is_told_apart(typed: str) -> None:
    found = misread(typed, TODAY)
    assert found and all(one.unfinished for one in found)


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "river lake", '"exact phrase"', "«точные слова»", "вид:заявление", "lang:Russian",
     "lang:pt-BR", "on:27 September 2020", 'дата:"сентябрь 2020"', "on:03.2019..2021",
     "on:2019 OR on:2021", "(river on:2020)", "topic:(Ice OR Flood) river", "-place:Vienna",
     "https://harbour.example/a:b", "press@harbour.example", "10:30", "Statement: the river",
     "БЫТЬ ИЛИ НЕТ", "CO₂", "№12", "a|b", "it’s", "заяв*", "R&D", "NOT river"],
)  # fmt: skip
def test_what_is_understood_is_let_be(typed: str) -> None:
    assert misread(typed, TODAY) == ()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_example_of_the_help_is_understood(language: str) -> None:
    for row in help_rows(language):
        if not row.example.endswith(":"):  # only names of fields, side by side
            assert misread(row.example, TODAY) == (), row.example


@given(st.text(max_size=60) | st.from_regex(r'[a-zа-я:"()\-*| ]{0,40}', fullmatch=True))
def test_what_asks_for_nothing_is_never_taken_for_everything(typed: str) -> None:
    asked = parse(typed, TODAY)
    assert misread(typed, TODAY) or not typed.strip() or not asked.empty
