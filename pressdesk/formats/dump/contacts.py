"""Reads a press contact block: role, name, numbers and addresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pressdesk.formats.dump.addresses import whole
from pressdesk.formats.dump.contact_lines import PARTS, is_label, without_addresses
from pressdesk.formats.dump.phones import read_phones
from pressdesk.formats.dump.roles import is_name, is_role_line, role_and_name
from pressdesk.formats.dump.word_lists import flat
from pressdesk.formats.registry import FoundContact
from pressdesk.press.channels import LETTER, first, mail
from pressdesk.press.release import Way

_NOBODY = FoundContact("", "")


def read_contacts(paragraphs: Sequence[str]) -> tuple[FoundContact, ...]:
    """The people and offices a contact block names, in order.

    A name or a role after a number or an address begins the next one. Numbers that are not
    valid are kept as printed; an address that may not be whole is not taken.
    """
    lines = [flat(line) for paragraph in paragraphs for line in paragraph.split("\n")]
    # An address may go on in the next line: what is whole is told by the paragraph.
    sure = {address for paragraph in paragraphs for address in whole(paragraph)}
    found = list(read_phones(lines))
    people = [_NOBODY]
    for at, line in enumerate(lines):
        person = people[-1]
        for role, name in _person(line):
            if person.ways or (name and person.name) or (role and person.role):
                person = _NOBODY
                people.append(person)
            person = replace(person, name=name or person.name, role=role or person.role)
            people[-1] = person
        numbers = tuple(way for where, way in found if where == at)
        letters = tuple(
            Way(first(LETTER).kind, address, mail(address))
            for address in whole(line)
            if address in sure
        )
        people[-1] = replace(person, ways=person.ways + numbers + letters)
    return tuple(person for person in people if person != _NOBODY)


def _person(line: str) -> Iterator[tuple[str, str]]:
    parts = [part for part in PARTS.split(without_addresses(line)) if not is_label(part)]
    text = ", ".join(parts)
    if is_name(text) or is_role_line(text):
        yield role_and_name(text)
