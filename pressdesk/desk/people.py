"""Contacts and house style of a desk. Takes values, returns (value, Changes)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from pressdesk.desk import changes
from pressdesk.desk.changes import Change, Changes
from pressdesk.press.channels import bare, once
from pressdesk.press.house import House
from pressdesk.press.release import Contact, Way
from pressdesk.press.sheet import Sheet, SheetContact

if TYPE_CHECKING:
    from pressdesk.archive.file.desk_file import Archive
    from pressdesk.press.listing import ReleaseRow

People = tuple[House, tuple[Contact, ...]]
"""What every page is printed with."""


def known(archive: Archive) -> People:
    """The house style as last saved and every contact, by name; the retired ones, too."""
    return archive.houses.get(), archive.contacts.all()


def ways_as_json(ways: Sequence[Way], language: str) -> dict[str, object]:
    """How a contact is reached, as the shell prints it, labels in one language.

    ``phones`` and ``emails`` stay what they were before there were other channels.
    """
    phones, emails = once(ways, "phones"), once(ways, "emails")
    return {
        "ways": [
            {
                "kind": way.kind,
                "printed": way.printed,
                "address": way.address,
                "label": way.label.into(language),
            }
            for way in ways
        ],
        "phones": [{"e164": bare(way), "printed": way.printed} for way in phones],
        "emails": [way.printed for way in emails],
    }


def sheet_contact_as_json(contact: SheetContact) -> dict[str, object]:
    """A contact as a sheet prints it, with the two lists of before besides."""
    found = msgspec.to_builtins(contact)
    phones, emails = once(contact.ways, "phones"), once(contact.ways, "emails")
    found["phones"] = [{"printed": w.printed, "e164": bare(w), "label": w.label} for w in phones]
    found["emails"] = [{"address": way.printed, "label": way.label} for way in emails]
    return dict(found)


def sheet_as_json(sheet: Sheet) -> dict[str, object]:
    """The whole sheet, each of its contacts as ``sheet_contact_as_json`` has it."""
    found = msgspec.to_builtins(sheet)
    if sheet.contacts:
        found["contacts"] = [sheet_contact_as_json(one) for one in sheet.contacts]
    return dict(found)


def save_contact(archive: Archive, contact: Contact) -> tuple[Contact, Changes]:
    """Store a contact, with its new version; id 0 adds it to the list.

    raises  EditConflict when another was first, and nothing is written; NotFound
    """
    return archive.contacts.save(contact), changes.of_desk(Change.CONTACTS)


def retire(archive: Archive, contact_id: int, retired: bool = True) -> tuple[Contact, Changes]:
    """Take a contact out of the choice for new releases, or back into it; raises NotFound.

    Releases that name it keep it.
    """
    return archive.contacts.retire(contact_id, retired), changes.of_desk(Change.CONTACTS)


def used_by(archive: Archive, contact_id: int) -> tuple[ReleaseRow, ...]:
    """The releases one of whose editions names this contact, in list order."""
    return archive.contacts.used_by(contact_id)


def save_house(archive: Archive, house: House) -> tuple[House, Changes]:
    """Store the house style, with its new version: drafts are printed in it from now on.

    raises  EditConflict when another was first, and nothing is written
    """
    return archive.houses.save(house), changes.of_desk(Change.HOUSE)
