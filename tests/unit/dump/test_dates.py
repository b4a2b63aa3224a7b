"""A date needs a day and a month; what is missing or doubtful is said so."""

from __future__ import annotations

import pytest

from pressdesk.formats.dump.dates import find_dates, only_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("On 25 July 2024, staff met", "2024-07-25"),
        ("July 25th, 2024", "2024-07-25"),
        ("the 25th of July 2024", "2024-07-25"),
        ("25–27 July 2024", "2024-07-25"),
        ("Sept. 8, 2025", "2025-09-08"),
        ("19 июля 2024 года", "2024-07-19"),
        ("19 ИЮЛЯ 2024 г.", "2024-07-19"),
        ("1 сентября 2024 года в 10:00 по московскому времени", "2024-09-01"),
        ("с 25 по 27 июля 2024 года", "2024-07-25"),
        ("25.07.2024", "2024-07-25"),
        ("2024-07-25", "2024-07-25"),
        ("27/08/2024", "2024-08-27"),
        ("on September 27, this year.", "--09-27"),
        ("27 сентября с.г.", "--09-27"),
        ("27 сентября с. г. на линии", "--09-27"),
        ("27 сентября этого года", "--09-27"),
        ("29 февраля", "--02-29"),
    ],
)
def test_dates_are_read(text: str, iso: str) -> None:
    assert [found.iso for found in find_dates(text)] == [iso]


@pytest.mark.parametrize(
    "text",
    ["of the 1994 ceasefire", "May", "this year", "last Friday", "в пятницу", "2024-2025", "may 2",
     "+43 1 534-08-12", "1.2.3", "100 March", "12,5 марта"],
)  # fmt: skip
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert find_dates(text) == ()


@pytest.mark.parametrize(
    ("text", "reading"),
    [("07/08/2024", "ambiguous"), ("30 февраля 2024", "impossible"), ("31 June", "impossible"),
     ("45.13.2024", "impossible")],
)  # fmt: skip
def test_doubtful_dates_are_not_decided(text: str, reading: str) -> None:
    (found,) = find_dates(text)
    assert (found.reading, found.iso) == (reading, "")


def test_the_date_of_a_cited_paper_is_marked() -> None:
    for text in ("the Protocol of 12 May 1994", "Договор от 12 мая 1994 года"):
        assert find_dates(text)[0].cited
    assert not find_dates("as of 12 May 1994")[0].cited


def test_a_line_with_nothing_but_a_date() -> None:
    assert only_date("25.07.2024 | 14:30") and only_date("Published: 25 July 2024")
    assert not only_date("Vienna, 25 July 2024, the council met")
