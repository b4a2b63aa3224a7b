"""Parses dates and times as people type them, in English and Russian."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from types import MappingProxyType

from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _

_MONTHS = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                "jan янв", "feb фев", "mar мар", "apr апр", "may май мая", "jun июн",
                "jul июл", "aug авг", "sep сен", "oct окт", "nov ноя", "dec дек",
            ),
            1,
        )
        for name in names.split()
    }
)  # fmt: skip

_DAYS = MappingProxyType(
    {
        "today": 0, "tomorrow": 1, "yesterday": -1, "now": 0,
        "сегодня": 0, "завтра": 1, "вчера": -1, "послезавтра": 2, "позавчера": -2,
    }
)  # fmt: skip

_NOISE = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b|\bгода\b|\bг\b|\bof\b|\bthe\b")
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_TIME = re.compile(r"(\d{1,2})(?:[:.\-hч ]?(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE)


def read_date(typed: str, today: date) -> date | None:
    """The day that was typed, None for nothing.

    typed   "6 October 2025", "Oct 6", "06.10.2025", "2025-10-06", «6 октября», "today"
    today   a date without a year is the one closest to this day
    raises  BadInput with words for the place where it was typed
    """
    words = _NOISE.sub(" ", typed.strip().casefold())
    parts = _PARTS.findall(words)
    if not parts:
        if typed.strip():
            raise _unread(typed)
        return None
    if len(parts) == 1 and parts[0] in _DAYS:
        return today + timedelta(days=_DAYS[parts[0]])
    numbers = [part for part in parts if part.isdecimal()]
    names = [_MONTHS[part[:3]] for part in parts if part[:3] in _MONTHS]
    others = [part for part in parts if not part.isdecimal() and part[:3] not in _MONTHS]
    if others and not all(_is_weekday(part) for part in others):
        raise _unread(typed)
    return _day(numbers, names, today, typed)


def whole_date(typed: str) -> bool:
    """True if a year of four digits was typed, so that nothing is ambiguous."""
    return re.search(r"(?<!\d)\d{4}(?!\d)", typed) is not None


def read_time(typed: str) -> time | None:
    """The time of day that was typed, None for nothing; raises BadInput.

    typed  "11:00", "11.00", "1100", "11", "2:30 pm"
    """
    text = typed.strip()
    if not text:
        return None
    found = _TIME.fullmatch(text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 99)
    half = (found[3] or "").lower().replace(".", "") if found else ""
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif half:
        hour = 99
    if hour > 23 or minute > 59:
        what = _("“{text}” is not a time.").format(text=text[:40])
        raise BadInput(what, hint=_("Enter a time such as 11:00."))
    return time(hour, minute)


def _day(numbers: list[str], names: list[int], today: date, typed: str) -> date:
    if len(names) == 1 and len(numbers) in (1, 2):
        if len(numbers[0]) == 4:
            numbers.reverse()
        year = _year(numbers[1], typed) if len(numbers) == 2 else None
        return _date(year, names[0], int(numbers[0][:4]), today, typed)
    if names or len(numbers) not in (2, 3):
        raise _unread(typed)
    if len(numbers) == 3 and len(numbers[0]) == 4:
        return _date(int(numbers[0]), int(numbers[1]), int(numbers[2]), today, typed)
    given = _year(numbers[2], typed) if len(numbers) == 3 else None
    return _date(given, int(numbers[1]), int(numbers[0]), today, typed)


def _year(digits: str, typed: str) -> int:
    if len(digits) == 2:
        return 2000 + int(digits)
    if len(digits) != 4:
        raise _unread(typed)
    return int(digits)


def _date(year: int | None, month: int, day: int, today: date, typed: str) -> date:
    if year is not None and not 1900 <= year <= 2200:
        raise _unread(typed)
    found = []
    for tried in (year,) if year else (today.year, today.year + 1, today.year - 1):
        try:
            found.append(date(tried, month, day))
        except ValueError:
            continue
    if not found:
        what = _("“{text}” is not a real date.").format(text=typed.strip()[:40])
        raise BadInput(what, hint=_("Enter a date such as 6 October 2025."))
    return min(found, key=lambda each: abs((each - today).days))


def _is_weekday(part: str) -> bool:
    short = part[:2]
    return short in ("mo", "tu", "we", "th", "fr", "sa", "su", "пн", "вт", "ср", "чт", "пт", "сб",
                     "вс", "по", "че", "пя", "су", "во") and len(part) <= 12  # fmt: skip


def _unread(typed: str) -> BadInput:
    what = _("“{text}” is not a date.").format(text=typed.strip()[:40])
    return BadInput(what, hint=_("Enter a date such as 6 October 2025."))
