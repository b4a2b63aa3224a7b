"""Dates, times and labels as a release prints them, in its own language.

Labels exist in English and Russian; a release in another language carries English ones.
Formats and names of months and cities are those of the Unicode CLDR, through Babel.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache

from pressdesk.base.i18n import word
from pressdesk.press.embargo import zone_of

_DAY = {"en": "d MMMM y", "ru": "d MMMM y 'г.'"}
_WEEKDAY = {"en": "EEEE, d MMMM y", "ru": "EEEE, d MMMM y 'г.'"}


def language_of(language: str) -> str:
    """The language the labels of such a release are in."""
    short = language.split("-")[0].lower()
    return short if short in _DAY else "en"


def term(text: str, language: str) -> str:
    """A label, given in English, in the language of the release."""
    return word(text, language_of(language))


def day(value: date, language: str) -> str:
    """A date: "6 October 2025", "6 октября 2025 г."."""
    return _day(value, language_of(language))


@lru_cache(maxsize=4096)  # a check prints each day of an archive many times over
def _day(value: date, tag: str) -> str:
    from babel.dates import format_date

    return str(format_date(value, _DAY[tag], locale=tag))


def moment(value: datetime, zone: str, language: str, *, weekday: bool = False) -> str:
    """An instant on the clock of a zone, with the zone named and the same time in UTC.

    "6 October 2025, 11:00 (Vienna, 09:00 UTC)"; "…, 11:00 UTC" in UTC itself.
    """
    from babel.dates import format_date

    tag = language_of(language)
    local = value.astimezone(zone_of(zone))
    shown = format_date(local.date(), (_WEEKDAY if weekday else _DAY)[tag], locale=tag)
    utc = local.astimezone(UTC)
    if local.utcoffset() == utc.utcoffset() and zone in ("UTC", "Etc/UTC", "GMT"):
        return f"{shown}, {local:%H:%M} UTC"
    other = "" if utc.date() == local.date() else f"{day(utc.date(), language)}, "
    return f"{shown}, {local:%H:%M} ({_city(zone, tag)}, {other}{utc:%H:%M} UTC)"


def _city(zone: str, tag: str) -> str:
    from babel.dates import get_timezone_location

    try:
        return str(get_timezone_location(zone, locale=tag, return_city=True))
    except LookupError:
        return zone
