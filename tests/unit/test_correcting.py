"""The wrong keyboard layout and other letters: what was meant is among what is tried."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressdesk.press.asking import parse
from pressdesk.press.correcting import candidates


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghtcc", "пресс"),
        ("ыефеуьуте", "statement"),
        ("cjj,otybt", "сообщение"),
        ("'rjyjvbrf", "экономика"),
        ("title:ghtcc", "title:пресс"),
        ('"ghtcc rjyathtywbz"', '"пресс конференция"'),
        ('topic:"djlf b rkbvfn"', 'topic:"вода и климат"'),
        ("kind:statement ghtcc after:2020", "kind:statement пресс after:2020"),
        ("yfdjlytybt OR -gfdjljr*", "наводнение OR -паводок*"),
        ("(ghtcc djlf)", "(пресс вода)"),
        ("kommunike -voda", "коммунике -вода"),
        ("zayavlenie", "заявление"),
        ("zaiavlenie", "заявление"),
        ("zajavlenije", "заявление"),
        ("soobshcheniye", "сообщение"),
        ("press-konferencija", "пресс-конференция"),
        ("mezhdunarodnyy", "международный"),
        ("mezhdunarodnyj", "международный"),
        ("rossiiskii", "российский"),
        ("Zelensky", "зеленский"),
        ("posolstvo", "посольство"),
        ("obyavlenie", "объявление"),
        ("oktyabr", "октябрь"),
        ("konets", "конец"),
        ("sudohodstvo", "судоходство"),
        ("Yerevan", "ереван"),
        ("ekonomika", "экономика"),
        ("Rossia", "россия"),
        ("Ереван", "yerevan"),
        ("Армения", "armenia"),
        ("заявление", "zayavlenie"),
    ],
)
def test_what_was_meant_is_among_the_candidates(typed: str, meant: str) -> None:
    assert meant in candidates(typed)


def test_the_other_layout_is_tried_first() -> None:
    assert candidates("ghtcc")[0] == "пресс"
    assert candidates("ыефеуьуте ЩК ещзшс")[0] == "statement OR topic"


@pytest.mark.parametrize("text", ["", " ", "OR", "2020", "kind:statement", "after:today", '""'])
def test_what_cannot_be_meant_otherwise_has_none(text: str) -> None:
    assert candidates(text) == ()


@given(st.text(st.characters(exclude_categories=())) | st.text("abейц'\"():- OR", max_size=40))
def test_candidates_are_few_different_and_can_be_asked(text: str) -> None:
    found = candidates(text)
    assert len(found) == len(set(found)) <= 10
    assert text not in found
    for one in found:
        parse(one, date(2026, 11, 24))
