"""A quote to paste elsewhere, in its language's quotation marks, with its source."""

from __future__ import annotations

from datetime import date

from pressdesk.press import printed
from pressdesk.press.sheet import Sheet

_MARKS = {
    "en": "“”", "ru": "«»", "be": "«»", "uk": "«»", "kk": "«»", "ky": "«»", "tg": "«»",
    "hy": "«»", "uz": "“”", "fr": "«»", "de": "„“", "es": "«»", "it": "«»", "sr": "„”",
    "zh": "“”", "ar": "«»",
}  # fmt: skip

_INNER = {"“”": "‘’", "«»": "„“", "„“": "‚‘", "„”": "’’"}


def quoted(text: str, language: str) -> str:
    """The text in quotation marks of the language; marks inside it become the inner ones."""
    short = language.split("-")[0]
    outer = _MARKS.get(short, "“”")
    inner = _INNER[outer]
    text = text.strip()
    if short == "fr":
        return f"«\N{NO-BREAK SPACE}{_swap(text, outer, inner)}\N{NO-BREAK SPACE}»"
    return f"{outer[0]}{_swap(text, outer, inner)}{outer[1]}"


def _swap(text: str, outer: str, inner: str) -> str:
    return text.replace(outer[0], inner[0]).replace(outer[1], inner[1])


def source_line(
    language: str, organisation: str, title: str, day: date | None, reference: str
) -> str:
    """Whose words they are: organisation, title, date and reference; empty parts are left out."""
    parts = [organisation.strip(), quoted(title, language) if title.strip() else ""]
    parts += [printed.day(day, language) if day else "", reference.strip()]
    return ", ".join(part for part in parts if part)


def quotation(text: str, source: str, language: str) -> str:
    """The words and, on the next line, their source."""
    return f"{quoted(' '.join(text.split()), language)}\n— {source}\n"


def of_sheet(text: str, sheet: Sheet) -> str:
    """A quotation from a sheet; without ``text``, its headline is quoted."""
    day = date.fromisoformat(sheet.date) if sheet.date else None
    title = sheet.title if text.strip() else ""
    source = source_line(sheet.language, sheet.organisation, title, day, sheet.reference)
    return quotation(text or sheet.title, source, sheet.language)
