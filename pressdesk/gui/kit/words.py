"""Days, languages and counts in the words of the interface, without a heavy library."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import MappingProxyType

from PySide6.QtCore import QDate, QLocale

from pressdesk.base.i18n import _, interface, ngettext
from pressdesk.press.kinds import kinds

LANGUAGES = MappingProxyType(
    {
        "en": "English", "ru": "Русский", "be": "Беларуская", "hy": "Հայերեն", "kk": "Қазақша",
        "ky": "Кыргызча", "tg": "Тоҷикӣ", "uk": "Українська", "uz": "Oʻzbekcha", "de": "Deutsch",
        "fr": "Français", "es": "Español", "it": "Italiano", "sr": "Српски", "zh": "中文",
        "ar": "العربية",
    }
)  # fmt: skip
"""Languages by their own names; others are shown by Qt's name for them."""


def language_name(tag: str) -> str:
    """The language's own name, or its tag if unknown."""
    short = tag.split("-")[0]
    if short in LANGUAGES:
        return LANGUAGES[short]
    locale = QLocale(tag)
    known = locale.language() != QLocale.Language.C and locale.name().startswith(short)
    return locale.nativeLanguageName().capitalize() if known else tag


def kind_name(name: str) -> str:
    """A kind in the language of the interface; the name itself for one nobody knows."""
    known = kinds().get(name)
    return known.label.into(interface()) if known else name


def kind_plural(name: str) -> str:
    """The plural of a kind, for many of them together; the name itself for unknown ones."""
    known = kinds().get(name)
    return known.plural.into(interface()) if known else name


def locale() -> QLocale:
    """How the interface writes days and numbers; English is British, with days before months."""
    return QLocale("en_GB") if interface() == "en" else QLocale(interface())


def day(value: date, today: date, *, year: bool = False) -> str:
    """A day as lists show it: today, yesterday, a weekday up to a week back, else "3 Oct"."""
    apart = (today - value).days
    if apart == 0:
        return _("today")
    if apart == 1:
        return _("yesterday")
    if apart == -1:
        return _("tomorrow")
    if 1 < apart < 7:
        return locale().dayName(value.isoweekday(), QLocale.FormatType.LongFormat)
    form = "d MMM yyyy" if year else "d MMM"
    return locale().toString(_qdate(value), form).rstrip(".")


def full_day(value: date) -> str:
    """A day as forms show it: "6 October 2025", «6 октября 2025»."""
    return locale().toString(_qdate(value), "d MMMM yyyy")


def month(year: int, number: int) -> str:
    """A month as a head over rows: "October 2025", «Октябрь 2025»."""
    name = locale().standaloneMonthName(number, QLocale.FormatType.LongFormat)
    return f"{name[:1].upper()}{name[1:]} {year}"


def within_month(year: int, number: int) -> str:
    """A month within a sentence: "back to October 2025", «вплоть до октября 2025»."""
    return f"{locale().monthName(number, QLocale.FormatType.LongFormat)} {year}"


def moment(value: datetime, today: date, *, year: bool = False) -> str:
    """A day with its time: "3 Oct, 11:00"; if wanted, with the year where it is another one."""
    other = year and value.year != today.year
    return f"{day(value.date(), today, year=other)}, {value:%H:%M}"


def span(left: timedelta) -> str:
    """How long until something: "40 min", "2 h", "3 d"."""
    minutes = max(1, int(left.total_seconds() // 60))
    if minutes < 60:
        return _("{n} min").format(n=minutes)
    if minutes < 48 * 60:
        return _("{n} h").format(n=minutes // 60)
    return _("{n} d").format(n=minutes // (24 * 60))


def count(number: int) -> str:
    """A count on a small button."""
    return str(number) if number < 1000 else "999+"


def number(value: int) -> str:
    """A number as the interface writes it, its thousands parted: "1,240"."""
    return locale().toString(value)


def clock(value: datetime) -> str:
    """The time of day, as the status line shows it."""
    return f"{value:%H:%M}"


def at(value: datetime) -> str:
    """A day of this machine's calendar and its time: "24 November 2026, 14:05"."""
    here = value.astimezone()
    return f"{full_day(here.date())}, {clock(here)}"


def mirror(value: datetime, releases: int) -> str:
    """How far a mirror is, for a line: "Mirror of 14:05, 1,203 releases"."""
    text = ngettext(
        "Offline copy from {time}, {n} release", "Offline copy from {time}, {n} releases", releases
    )
    return text.format(time=clock(value.astimezone()), n=number(releases))


def _qdate(value: date) -> QDate:
    return QDate(value.year, value.month, value.day)
