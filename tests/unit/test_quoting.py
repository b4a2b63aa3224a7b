"""Quotations: marks of the language, marks inside, and the line that says whose words they are."""

from __future__ import annotations

from datetime import date

import pytest

from pressdesk.press.quoting import quotation, quoted, source_line


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("The river rises.", "en", "“The river rises.”"),
        ("A “gauge” is read.", "en", "“A ‘gauge’ is read.”"),
        ("Вода не ждёт.", "ru", "«Вода не ждёт.»"),
        ("Судно «Волна» ждёт.", "ru", "«Судно „Волна“ ждёт.»"),
        ("L’eau monte.", "fr", "«\N{NO-BREAK SPACE}L’eau monte.\N{NO-BREAK SPACE}»"),
        ("Das Wasser steigt.", "de-AT", "„Das Wasser steigt.“"),
        ("Nobody knows.", "xx", "“Nobody knows.”"),
    ],
)
def test_quotation_marks_are_those_of_the_language(text: str, language: str, said: str) -> None:
    assert quoted(text, language) == said


def test_the_source_has_what_there_is() -> None:
    day = date(2025, 10, 6)
    line = source_line("ru", "Речная комиссия", "О постах", day, "PR 2025/005")
    assert line == "Речная комиссия, «О постах», 6 октября 2025 г., PR 2025/005"
    assert source_line("en", "River Commission", "", day, "") == "River Commission, 6 October 2025"


def test_words_and_source_stand_on_two_lines() -> None:
    assert quotation("It\nrises.", "The Commission", "en") == "“It rises.”\n— The Commission\n"
