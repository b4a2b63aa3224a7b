"""What a kind prints above its text: speaker, event details, outlet credit."""

from __future__ import annotations

from datetime import date, datetime

from pressdesk.base.errors import BadInput
from pressdesk.press.embargo import instant
from pressdesk.press.kinds import Kind, KindField
from pressdesk.press.printed import day, moment, term
from pressdesk.press.release import Edition
from pressdesk.press.sheet import Row


def speaker(edition: Edition, kind: Kind) -> tuple[str, ...]:
    """The lines between the title and the text of a speech or a statement, in order."""
    language = edition.language
    where = ", ".join(filter(None, (edition.field("venue"), _day(edition, "delivered"))))
    adopted = _day(edition, "adopted")
    joined = ", ".join(filter(None, map(str.strip, edition.field("signatories").split("\n"))))
    lines = (
        edition.field("speaker"),
        edition.field("office") if kind.block == "speaker" else "",
        edition.field("event"),
        where,
        _choice(edition, kind, "delivery"),
        term("Adopted on {date}", language).format(date=adopted) if adopted else "",
        term("In response to: {what}", language).format(what=edition.field("response_to"))
        if edition.field("response_to")
        else "",
        term("Joined by: {names}", language).format(names=joined) if joined else "",
    )
    return tuple(line for line in lines if line)


def rows(edition: Edition, kind: Kind, zone: str) -> tuple[Row, ...]:
    """The event details block; start and end of an event share a row."""
    found = []
    for field in kind.fields:
        text = row_text(edition, field, zone)
        if field.row.entries and text:
            found.append(Row(field.row.into(edition.language), text))
    return tuple(found)


def row_text(edition: Edition, field: KindField, zone: str) -> str:
    """The value of one field as it is printed; text that is no date stays as it was typed."""
    value = edition.field(field.key).strip()
    if field.type != "datetime" or not value:
        return value
    text = _moment(value, zone, edition.language)
    until = edition.field("ends").strip() if field.key == "starts" else ""
    if not until:
        return text
    return f"{text} – {_end(value, until, zone, edition.language)}"


def _end(start: str, until: str, zone: str, language: str) -> str:
    try:
        first, last = datetime.fromisoformat(start), datetime.fromisoformat(until)
    except ValueError:
        return until
    return f"{last:%H:%M}" if first.date() == last.date() else _moment(until, zone, language)


def _moment(value: str, zone: str, language: str) -> str:
    try:
        local = datetime.fromisoformat(value)
        when = local if local.tzinfo else instant(local, zone, fold=0)
    except (ValueError, BadInput):
        return value
    return moment(when, zone, language, weekday=True)


def credit(edition: Edition, kind: Kind) -> str:
    """Who was interviewed by whom, where and when it first appeared, and on what terms."""
    language = edition.language
    who = ", ".join(filter(None, (edition.field("interviewee"), edition.field("office"))))
    outlet, asked = edition.field("outlet"), edition.field("interviewer")
    published, conducted = _day(edition, "published"), _day(edition, "conducted")
    parts = []
    if who and outlet:
        text = term("{who} in an interview with {outlet}", language)
        parts.append(text.format(who=who, outlet=outlet))
    elif who or outlet:
        parts.append(who or outlet)
    if asked:
        parts.append(term("Questions: {name}", language).format(name=asked))
    if conducted:
        parts.append(term("Conducted on {date}", language).format(date=conducted))
    if published:
        parts.append(term("First published on {date}", language).format(date=published))
    parts.append(edition.field("rights"))
    parts.append(_choice(edition, kind, "abridged") if edition.field("abridged") != "full" else "")
    return ". ".join(part.rstrip(".") for part in parts if part)


def _day(edition: Edition, key: str) -> str:
    value = edition.field(key)
    try:
        return day(date.fromisoformat(value), edition.language) if value else ""
    except ValueError:
        return value


def _choice(edition: Edition, kind: Kind, key: str) -> str:
    field, value = kind.field(key), edition.field(key)
    choices = field.choices if field else ()
    found = next((choice for choice in choices if choice.value == value), None)
    return found.label.into(edition.language) if found else value
