"""Builds a draft from the paragraphs of one item: title, date, contact, text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from pressdesk.formats.dump import questions
from pressdesk.formats.dump.addresses import has_doubtful
from pressdesk.formats.dump.body import body
from pressdesk.formats.dump.contact_lines import block_ends, has_unread
from pressdesk.formats.dump.contacts import read_contacts
from pressdesk.formats.dump.dates import FoundDate, dateline, find_dates, mentioned, only_date
from pressdesk.formats.dump.kinds_guess import guess_kind
from pressdesk.formats.dump.language import language_of
from pressdesk.formats.dump.tidying import one_line
from pressdesk.formats.dump.titles import is_title, proposed
from pressdesk.formats.registry import Draft, FoundContact

FRAGMENT = 60
"""A speech of fewer words, or an interview without answers, is taken for a part of one."""

LEAD = 20_000
"""Characters at the beginning of an item that are searched for its date."""


Part = Literal["title", "date", "text", "contact"]


class Layout(Struct, frozen=True):
    """The paragraphs of one item by function; each is in exactly one place."""

    title: str = ""
    dated: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()


def lay_out(paragraphs: Sequence[str]) -> Layout:
    """Sort the paragraphs of one item: its headline, lone dates, text, contact block."""
    parts = parts_of(paragraphs)

    def those(wanted: Part) -> tuple[str, ...]:
        pairs = zip(paragraphs, parts, strict=True)
        return tuple(paragraph for paragraph, part in pairs if part == wanted)

    return Layout("".join(those("title")), those("date"), those("text"), those("contact"))


def parts_of(paragraphs: Sequence[str]) -> tuple[Part, ...]:
    """What each paragraph of one item does in it; one at most is the title."""
    first, last = block_ends(paragraphs)
    parts: list[Part] = ["text"] * len(paragraphs)
    parts[:first] = ["contact"] * first
    parts[last:] = ["contact"] * (len(paragraphs) - last)
    titled = False
    at = first
    while at < last and (only_date(paragraphs[at]) or (not titled and is_title(paragraphs[at]))):
        dated = only_date(paragraphs[at]) is not None
        parts[at] = "date" if dated else "title"
        titled = titled or not dated
        at += 1
    if last - at > 1 and only_date(paragraphs[last - 1]):
        parts[last - 1] = "date"
    return tuple(parts)


def draft_of(
    paragraphs: Sequence[str], *, today: date | None = None, kind: str | None = None
) -> Draft:
    """The proposal for one item; of a kind that is given or guessed.

    A headline, lone dates and the contact block are not repeated in the body, but for what of
    the block has an address that may not be whole; ``paragraphs`` holds them all. What a person
    should decide is in ``questions``.
    cost  about a millisecond; telephone numbers load their library once
    """
    layout = lay_out(paragraphs)
    language, told = language_of("\n".join((layout.title, *layout.text)))
    sure = True
    if kind is None:
        kind, sure = guess_kind(one_line(layout.title), layout.text, language=language)
    day, asked = _date(layout, today)
    contacts = read_contacts(layout.contact) if layout.contact else ()
    doubtful = tuple(text for text in layout.contact if has_doubtful(text))
    asking = [
        *(() if layout.title else ("title",)),
        *asked,
        *(() if sure else ("kind",)),
        *(() if told else ("language",)),
        *(("fragment",) if _is_fragment(kind, layout.text) else ()),
        *(("phone",) if _has_bad_number(contacts) else ()),
        *(("email",) if doubtful else ()),
        *(("contact",) if has_unread(layout.contact) else ()),
    ]
    title = one_line(layout.title) or proposed(layout.text)
    return Draft(
        kind=kind,
        language=language,
        title=title,
        body=body((*layout.text, *doubtful), interview=kind == "interview"),
        date=day,
        contacts=contacts,
        paragraphs=tuple(paragraphs),
        questions=tuple(asking),
    )


def _date(layout: Layout, today: date | None) -> tuple[str | None, tuple[str, ...]]:
    """The date to propose and what to ask about it."""
    for line in layout.dated:
        found = only_date(line)
        if found and found.reading == "full":
            return found.iso, ()
        if found and found.reading == "yearless":
            return found.iso, ("year",)
    text = "\n".join((layout.title, *layout.text))[:LEAD]
    for found in find_dates(dateline(layout.text[0])) if layout.text else ():
        if found.reading == "full":
            return found.iso, ()
    for found in mentioned(text):
        if found.reading == "yearless":
            return found.iso, ("year",)
        if found.reading == "full" and _is_past(found, today):
            # The day of the event is not always the day it was published.
            return found.iso, ("date",)
        if found.reading in ("ambiguous", "impossible"):
            break
    return None, ("date",)


def _is_past(found: FoundDate, today: date | None) -> bool:
    return today is None or found.iso <= today.isoformat()


def dates_in(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Every date of an item that can be proposed, once, in order."""
    found = find_dates("\n".join(paragraphs)[:LEAD])
    return tuple(dict.fromkeys(one.iso for one in found if one.iso))


def _is_fragment(kind: str, text: Sequence[str]) -> bool:
    words = sum(len(paragraph.split()) for paragraph in text)
    if kind == "interview":
        return not questions.pairs(text) and words < 2 * FRAGMENT
    return not text or (kind == "speech" and words < FRAGMENT)


def _has_bad_number(contacts: Sequence[FoundContact]) -> bool:
    return any(not way.address for contact in contacts for way in contact.ways)
