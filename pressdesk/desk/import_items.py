"""Turns accepted proposals into values to be filed: releases, editions and their contacts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time

from msgspec.structs import replace

from pressdesk.base.errors import IssueRefused
from pressdesk.base.i18n import _
from pressdesk.desk.proposals import Proposal, full_date
from pressdesk.formats.registry import FoundContact
from pressdesk.press.embargo import zone_of
from pressdesk.press.filed import ImportItem
from pressdesk.press.house import House
from pressdesk.press.release import Contact, Edition, Release
from pressdesk.press.states import State
from pressdesk.press.translated import Translated

_STRUCTURAL = frozenset({"boundary", "contact"})
"""Questions about the cutting of the file: accepting answers them."""


def to_items(
    proposals: Sequence[Proposal], known: Iterable[Contact], *, house: House, now: datetime
) -> tuple[ImportItem, ...]:
    """The accepted proposals as values to be filed, in order.

    known   the contact list; people found in it are taken from there, new ones appear once
    raises  IssueRefused for an item to be recorded without its full date
    """
    people = _People(known)
    taken = [proposal for proposal in proposals if proposal.accepted]
    shared = [p for p in taken if p.contacts_for == "all"]
    items = []
    for proposal in taken:
        own = [proposal] if proposal.contacts_for == "this" else []
        serving = [
            contact_of(found, source.draft.language)
            for source in (*own, *shared)
            for found in source.draft.contacts
        ]
        items.append(_item(proposal, people, serving, house, now))
    return tuple(items)


def _item(
    proposal: Proposal, people: _People, serving: list[Contact], house: House, now: datetime
) -> ImportItem:
    from pressdesk.press.compose import compose

    draft = proposal.draft
    release = Release(kind=draft.kind)
    edition = Edition(
        language=draft.language,
        title=draft.title,
        subtitle=draft.subtitle,
        date=full_date(draft.date),
        body=draft.body,
        questions=tuple(q for q in draft.questions if q not in _STRUCTURAL),
    )
    contacts = tuple(dict.fromkeys(people.filed(contact) for contact in serving))
    if not proposal.record:
        return ImportItem(release, edition, contacts)
    issued = _recorded(edition, house, now)
    # The sheet prints the contacts as they stood in the text, not as they are today.
    sheet = compose(release, issued, house, serving, now=now)
    return ImportItem(release, replace(edition, questions=()), contacts, sheet)


def _recorded(edition: Edition, house: House, now: datetime) -> Edition:
    if edition.date is None:
        what = _("“{title}” has no full date and cannot be recorded as issued.")
        raise IssueRefused(
            what.format(title=edition.title_or_placeholder(_("Untitled"))),
            hint=_("Enter the day it was published, or keep it as a draft."),
        )
    midnight = datetime.combine(edition.date, time(), tzinfo=zone_of(house.zone))
    return replace(edition, state=State.ISSUED, issued_at=midnight.astimezone(UTC), recorded_at=now)


def contact_of(found: FoundContact, language: str) -> Contact:
    """A contact as it stood in a text, as a value for the contact list."""
    return Contact(
        name=Translated().put(language, found.name),
        role=Translated().put(language, found.role),
        ways=found.ways,
    )


class _People:
    """The contact list and those an import adds to it, each person once."""

    def __init__(self, known: Iterable[Contact]) -> None:
        self._known = list(known)

    def filed(self, contact: Contact) -> Contact:
        """The one of the list who is meant, or this one, who is in it from now on."""
        for other in self._known:
            if same_person(contact, other):
                return other
        self._known.append(contact)
        return contact


def same_person(one: Contact, other: Contact) -> bool:
    """By name in any language; by a number or an address where one of them has no name."""
    names, others = _names(one), _names(other)
    if names and others:
        return bool(names & others)
    return bool(_addresses(one) & _addresses(other))


def _names(contact: Contact) -> set[str]:
    return {" ".join(name.casefold().split()) for _tag, name in contact.name.entries}


def _addresses(contact: Contact) -> set[str]:
    return {way.address.casefold() for way in contact.ways} - {""}
