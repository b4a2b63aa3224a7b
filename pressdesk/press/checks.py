"""Checks an edition before it is issued: errors, questions, warnings and notes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Literal, get_args

from msgspec import Struct

from pressdesk.base import resources
from pressdesk.base.i18n import _, interface
from pressdesk.document.tools import plain
from pressdesk.press.kinds import kind
from pressdesk.press.questions import in_words
from pressdesk.press.release import Contact, Edition, Release

FARTHEST_EAST = timedelta(hours=14)
"""Somewhere it is already this much later: a day that has begun anywhere is no future."""

Severity = Literal["error", "question", "warning", "note"]


class Finding(Struct, frozen=True):
    """One finding.

    An error keeps an edition from being issued. So does a question, until it is answered or
    somebody says why the edition goes out all the same.
    ``where`` names the place: "title", "body", "date", "contacts", "embargo", a field's key.
    """

    severity: Severity
    what: str
    where: str


def check(
    release: Release,
    edition: Edition,
    contacts: Sequence[Contact],
    *,
    now: datetime,
    record: bool = False,
) -> tuple[Finding, ...]:
    """All findings, errors first.

    contacts  those of the edition, as found in the contact list
    record    the edition is to be taken in as a past item
    cost      about a millisecond for each thousand words
    """
    found = [
        *_text(edition),
        *_dates(edition, now, record),
        *_fields(release, edition, record),
        *_contacts(edition, contacts, now, record),
        *_embargo(release, now, record),
        *_questions(edition),
        *_glyphs(edition),
    ]
    order = get_args(Severity)
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


def _text(edition: Edition) -> Iterator[Finding]:
    if not edition.title.strip():
        yield Finding("error", _("There is no headline."), "title")
    if not plain(edition.body).strip():
        yield Finding("error", _("There is no text."), "body")


def _dates(edition: Edition, now: datetime, record: bool) -> Iterator[Finding]:
    if not record:
        return
    if edition.date is None:
        yield Finding("error", _("A past item needs its full date."), "date")
    elif edition.date > (now + FARTHEST_EAST).date():
        yield Finding("error", _("The date of a past item cannot be in the future."), "date")


def _fields(release: Release, edition: Edition, record: bool) -> Iterator[Finding]:
    if record:
        return
    for field in kind(release.kind).fields:
        if field.required and not edition.field(field.key).strip():
            what = _("“{field}” is empty.").format(field=field.label.into(interface()))
            yield Finding("warning", what, field.key)


def _contacts(
    edition: Edition, contacts: Sequence[Contact], now: datetime, record: bool
) -> Iterator[Finding]:
    if record:
        return
    if not any(contact.public for contact in contacts):
        yield Finding("warning", _("No press contact will be printed."), "contacts")
    day = edition.date or now.date()
    for contact in contacts:
        name = contact.name.into(edition.language)
        if not contact.serves(day):
            what = _("{name} is private, retired or not in office on that day.").format(name=name)
            yield Finding("warning", what, "contacts")
        elif not contact.public_ways:
            what = _("{name} has no number or address to print.").format(name=name)
            yield Finding("warning", what, "contacts")


def _embargo(release: Release, now: datetime, record: bool) -> Iterator[Finding]:
    if release.embargo is None or record:
        return
    if release.embargo.instant <= now:
        yield Finding(
            "warning", _("The embargo has passed; the release goes out immediately."), "embargo"
        )


def _questions(edition: Edition) -> Iterator[Finding]:
    if edition.questions:
        what = _("Open questions from the import: {list}").format(list=in_words(edition.questions))
        yield Finding("question", what, "questions")


def _glyphs(edition: Edition) -> Iterator[Finding]:
    text = "\n".join((edition.title, edition.subtitle, edition.notes, plain(edition.body)))
    missing = uncovered(text)
    if missing:
        shown = " ".join(f"{c} (U+{ord(c):04X})" for c in missing[:5])
        what = _("The font has no characters for: {list}.").format(list=shown)
        yield Finding("warning", what, "body")


def uncovered(text: str) -> str:
    """The characters of a text that no face of the page has, once each, in order."""
    covered = coverage()
    return "".join(c for c in dict.fromkeys(text) if ord(c) >= 32 and ord(c) not in covered)


@cache
def coverage() -> frozenset[int]:
    """Every code point the page can print, from resources/fonts/coverage.json."""
    ranges = json.loads(resources.read_text("fonts/coverage.json"))["ranges"]
    return frozenset(point for first, last in ranges for point in range(first, last + 1))


def refusing(findings: Sequence[Finding], *, despite: str = "") -> tuple[Finding, ...]:
    """Those that keep an edition from being issued.

    despite  why it goes out although questions are open; "" where nobody said so
    """
    questions = tuple(finding for finding in findings if finding.severity == "question")
    return errors(findings) + (() if despite.strip() else questions)


def errors(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Those that nothing passes over."""
    return tuple(finding for finding in findings if finding.severity == "error")
