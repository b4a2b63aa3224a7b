"""Words of the import review: questions, dates and outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate

from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _, ngettext
from pressdesk.desk.proposals import Proposal, Review, full_date
from pressdesk.formats.registry import FoundContact
from pressdesk.gui.kit import words
from pressdesk.gui.kit.typed_dates import read_date, whole_date

LEAP = 2024
"""A year that has every day, to write a day without its year."""


def question(name: str, proposal: Proposal) -> str:
    """A question that is open, short enough for a chip."""
    if name == "date" and proposal.draft.date:
        return _("Event or publication date?")
    return {
        "title": _("Headline proposed"),
        "date": _("Which date?"),
        "year": _("Which year?"),
        "kind": _("Which kind?"),
        "language": _("Which language?"),
        "fragment": _("Text complete?"),
        "phone": _("Number not valid"),
        "email": _("E-mail address complete?"),
        "contact": _("Contact complete?"),
        "boundary": _("Headline of this item?"),
    }.get(name, name)


def advice(name: str) -> str:
    """What to do about a question; clicking its chip takes the proposal as it is."""
    return {
        "title": _("It was made from the first sentence. Change it, or click to accept it."),
        "date": _("Enter the day it was published, or click to accept the proposed date."),
        "year": _("The text does not give the year. Enter it, such as 2020."),
        "kind": _("Choose the kind, or click to accept the proposed one."),
        "language": _("Choose the language, or click to accept the proposed one."),
        "fragment": _("The text looks cut short. Click if this is all of it."),
        "phone": _("Not a valid number. Click to keep it as printed."),
        "email": _("It was left in the text. Enter it in the contact, then click here."),
        "contact": _(
            "The block contains more than a name, role and numbers. Click if that is right."
        ),
        "boundary": _("It was at the end of the previous item. Click if it belongs here."),
    }.get(name, "")


def shown_date(iso: str | None) -> str:
    """A date as people read it; one without a year says so."""
    day = full_date(iso)
    if day is not None:
        return words.full_day(day)
    return _("{day}, which year?").format(day=day_and_month(iso)) if iso else _("no date")


def typed_form(iso: str | None) -> str:
    """A date as written in its field."""
    day = full_date(iso)
    return words.full_day(day) if day else (day_and_month(iso) if iso else "")


def day_and_month(iso: str) -> str:
    """A date without its year: "27 September"."""
    return words.locale().toString(QDate(LEAP, int(iso[2:4]), int(iso[5:7])), "d MMMM")


def typed_date(typed: str, today: date) -> date | None:
    """The day a person typed, None for nothing; a missing year is never guessed.

    raises  BadInput with words for the place where it was typed
    """
    day = read_date(typed, today)
    if day is not None and not whole_date(typed):
        raise BadInput(_("The year is missing."), hint=_("Enter a date such as 27 September 2020."))
    return day


def second_line(proposal: Proposal) -> str:
    """Kind, date and paragraphs of an item."""
    n = len(proposal.draft.paragraphs)
    counted = ngettext("{n} paragraph", "{n} paragraphs", n).format(n=n)
    draft = proposal.draft
    return " · ".join((words.kind_name(draft.kind), shown_date(draft.date), counted))


def person(contact: FoundContact) -> str:
    """A contact on one line, no number broken."""
    ways = (way.printed.replace(" ", "\xa0") for way in contact.ways)
    return " · ".join(filter(None, (contact.name, contact.role, *ways)))


def fate(proposal: Proposal) -> str:
    """What will become of an item."""
    if not proposal.accepted:
        return _("Skipped")
    return _("Recorded as issued") if proposal.record else _("Draft")


def read_aloud(proposal: Proposal, number: int) -> str:
    """An item in words, for screen readers and tool tips."""
    parts = [f"{number}. {proposal.draft.title}", second_line(proposal), fate(proposal)]
    parts += [person(contact) for contact in proposal.draft.contacts]
    parts += [question(name, proposal) for name in proposal.draft.questions]
    if proposal.twin:
        parts.append(twin(proposal))
    return "\n".join(parts)


def twin(proposal: Proposal) -> str:
    """What the desk has already."""
    if proposal.twin is None:
        return ""
    if proposal.twin.same:
        return _("Already in the desk: “{title}”").format(title=proposal.twin.title)
    return _("Same headline in the desk: “{title}”").format(title=proposal.twin.title)


def summary(proposals: Sequence[Proposal]) -> str:
    """How many items go where."""
    taken = [proposal for proposal in proposals if proposal.accepted]
    recorded = sum(proposal.record for proposal in taken)
    drafts, skipped = len(taken) - recorded, len(proposals) - len(taken)
    parts = []
    if drafts:
        parts.append(ngettext("{n} draft", "{n} drafts", drafts).format(n=drafts))
    if recorded:
        parts.append(_("{n} recorded as issued").format(n=recorded))
    if skipped:
        parts.append(_("{n} skipped").format(n=skipped))
    return " · ".join(parts) or _("Nothing to import")


def source(review: Review) -> str:
    """What the file gave, under its name."""
    items, lines = len(review.proposals), len(review.removed)
    parts = [ngettext("{n} item found", "{n} items found", items).format(n=items)]
    if lines:
        parts.append(ngettext("{n} line set aside", "{n} lines set aside", lines).format(n=lines))
    return " · ".join(parts)
