"""Finds dates in English and Russian prose, with at least day and month; never guesses.

"1994", "May" and "last Friday" are no dates here. A year that is missing stays missing, and a
date that can be read in two ways is said to be so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from msgspec import Struct

from pressdesk.formats.dump.word_lists import table

Reading = Literal["full", "yearless", "ambiguous", "impossible"]

FIRST_YEAR, LAST_YEAR = 1800, 2199


class FoundDate(Struct, frozen=True):
    """One date in a text. ``iso`` is "" unless it is full (2024-07-25) or yearless (--07-25)."""

    iso: str
    reading: Reading
    start: int
    end: int
    cited: bool = False
    """It dates a document that is mentioned, as in "the Protocol of 12 May 1994"."""


_CITED = re.compile(r"(\w+)\s+(?:of|dated|от)\s+$", re.IGNORECASE)
_NOT_CITING = frozenset(("as", "morning", "evening", "afternoon", "night", "day"))


def find_dates(text: str) -> tuple[FoundDate, ...]:
    """Every date of a text, in order.

    cost    linear; about 10 MB a second
    """
    return tuple(_each(text))


def _each(text: str) -> Iterator[FoundDate]:
    for match in _pattern().finditer(text):
        # "may 2" and "march 5" in small letters are a verb with a number.
        if not (match["m2"] or "A").islower():
            yield _read(match, text)


@lru_cache(4096)
def only_date(line: str) -> FoundDate | None:
    """The date of a line that holds nothing else but perhaps a time; None otherwise."""
    if len(line) > 60 or not any(map(str.isdigit, line)):
        return None
    found = find_dates(line)
    if len(found) != 1:
        return None
    rest = line[: found[0].start] + line[found[0].end :]
    return found[0] if _TIME_ONLY.fullmatch(rest) else None


_TIME_ONLY = re.compile(
    r"(?:[\s,;:|()/.–—-]|\b\d{1,2}[:.]\d{2}\b|\b(?:at|on|в|am|pm|мск|msk|utc|gmt|h|published|date|дата"
    r"|опубликовано|monday|tuesday|wednesday|thursday|friday|saturday|sunday|понедельник|вторник"
    r"|среда|четверг|пятница|суббота|воскресенье)\b)*",
    re.IGNORECASE,
)


_DATELINE = re.compile(
    r"\(?[^\W\d_][^\d\n.!?]{1,40},\s*\d{1,2}(?:[^\n–—()]{2,24}|\.\d\d\.\d{4})\s*(?:[–—)]|\s-\s)\s*"
)


def dateline(paragraph: str) -> str:
    """The beginning "VIENNA, 6 October 2025 –" of a text, "" when it has none."""
    match = _DATELINE.match(paragraph)
    return match[0] if match and find_dates(match[0]) else ""


@cache
def _months() -> dict[str, int]:
    names = table("months")
    return {
        name: int(number)
        for language in names
        for number, forms in names[language].items()
        for name in forms
    }


@cache
def _pattern() -> re.Pattern[str]:
    month = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    day = r"(?<![\d.,:/-])(?P<d{n}>\d{{1,2}})(?:st|nd|rd|th|-?го|-?е)?(?![\d%])"
    spread = r"(?:\s*(?:[-–—]|to|and|по|и)\s*\d{1,2}(?:st|nd|rd|th)?(?!\d))?"
    name = rf"(?P<m{{n}}>{month})\b\.?"
    year = (
        r"(?:,?\s*(?:(?:of|в)\s+)?(?P<y{n}>(?:1[89]|2[01])\d\d)(?!\d)(?:\s*(?:года|году|год|г\.))?"
        r"|,?\s*(?:of\s+)?(?P<now{n}>this\s+year|the\s+current\s+year|с\.\s?г\.|т\.\s?г\.|этого\s+года"
        r"|текущего\s+года|нынешнего\s+года|сего\s+года))?"
    )
    parts = (
        r"(?<![\d./-])(?P<iy>\d{4})-(?P<im>\d\d)-(?P<id>\d\d)(?![\d-])",
        r"(?<![\d./-])(?P<pd>\d{1,2})\.(?P<pm>\d{1,2})\.(?P<py>\d{4})(?!\d|[.-]\d)",
        r"(?<![\d./-])(?P<sd>\d{1,2})/(?P<sm>\d{1,2})/(?P<sy>\d{4})(?![\d/])",
        day.format(n=1)
        + spread
        + r"\s*(?:\bof\s+)?(?:day\s+of\s+)?"
        + name.format(n=1)
        + year.format(n=1),
        r"\b" + name.format(n=2) + r"\s+" + day.format(n=2) + spread + year.format(n=2),
    )
    return re.compile("|".join(parts), re.IGNORECASE)


def _read(match: re.Match[str], text: str) -> FoundDate:
    iso, reading = _value(match)
    # "Договор от 12 мая" and "the Protocol of 12 May" date a paper, not what happened.
    before = _CITED.search(text, max(0, match.start() - 40), match.start())
    cited = before is not None and before.group(1).casefold() not in _NOT_CITING
    return FoundDate(iso, reading, match.start(), match.end(), cited)


def _value(match: re.Match[str]) -> tuple[str, Reading]:
    part = match.groupdict()
    for year, month, day in (("iy", "im", "id"), ("py", "pm", "pd")):
        if part[year]:
            return _checked(int(part[year]), int(part[month]), int(part[day]))
    if part["sy"]:
        return _slashed(int(part["sy"]), int(part["sd"]), int(part["sm"]))
    n = "1" if part["m1"] else "2"
    month_number = _months()[part[f"m{n}"].casefold()]
    day_number = int(part[f"d{n}"])
    if part[f"y{n}"]:
        return _checked(int(part[f"y{n}"]), month_number, day_number)
    # 2024 is a leap year: without a year 29 February is possible.
    if not _iso(2024, month_number, day_number):
        return "", "impossible"
    return f"--{month_number:02}-{day_number:02}", "yearless"


def _checked(year: int, month: int, day: int) -> tuple[str, Reading]:
    iso = _iso(year, month, day)
    return (iso, "full") if iso else ("", "impossible")


def _slashed(year: int, first: int, second: int) -> tuple[str, Reading]:
    """Day and month change places between countries."""
    readings = {_iso(year, second, first), _iso(year, first, second)} - {""}
    if not readings:
        return "", "impossible"
    return (readings.pop(), "full") if len(readings) == 1 else ("", "ambiguous")


def _iso(year: int, month: int, day: int) -> str:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def mentioned(text: str) -> Iterator[FoundDate]:
    """The dates that tell when something happened: those of cited papers are left out."""
    return (found for found in _each(text) if not found.cited)
