"""The press contact block at the end of an item: which lines are of it, and whom they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec.structs import replace

from pressdesk.formats.dump.people import is_name, is_role_line, role_and_name
from pressdesk.formats.dump.phones import is_phone_line, printed, read_phones
from pressdesk.formats.dump.words import bare, flat, listed
from pressdesk.formats.registry import FoundContact

EMAIL = re.compile(r"[\w.+-]+@(?:[\w-]+\.)+[^\W\d_]{2,}")
_SITE = re.compile(r"(?:https?://|www\.)\S+|(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
LONGEST = 600
"""Characters of a paragraph that can be a contact block."""

MOST_LINES = 60
"""Paragraphs of a contact block; more of them are a directory, which is a text."""

_NOBODY = FoundContact("", "")


@lru_cache(4096)
def is_contact(paragraph: str) -> bool:
    """True when every line of a paragraph may stand in a contact block."""
    if len(paragraph) > LONGEST:
        return False
    lines = paragraph.split("\n")
    return len(lines) <= 12 and all(_is_line(line) for line in lines)


@lru_cache(4096)
def is_evidence(paragraph: str) -> bool:
    """True when a contact paragraph shows by itself that it is one.

    A number, an address, a role or a heading does; a name or a web address may be anything.
    """
    return any(_says_so(line) for line in paragraph.split("\n"))


def is_reachable(paragraph: str) -> bool:
    """True when a contact paragraph has a number or an address."""
    lines = paragraph.split("\n")
    return any(EMAIL.search(line) or is_phone_line(line) or printed(line) for line in lines)


def _is_line(line: str) -> bool:
    return _says_so(line) or is_name(line) or bool(_SITE.fullmatch(flat(line)))


def _says_so(line: str) -> bool:
    text = flat(line)
    if len(text) > 200:
        return False
    if is_heading(text) or is_phone_line(text) or is_role_line(text):
        return True
    rest = _without_addresses(text)
    if rest == text:
        return False
    return all(_is_label_or_person(part) for part in re.split(r"\s*[,;|]\s*", rest))


def is_heading(line: str) -> bool:
    """True for a line that only announces a contact block."""
    return bare(line) in listed("people", "headings")


def _is_label_or_person(part: str) -> bool:
    known = listed("people", "labels") | listed("people", "headings")
    return not bare(part) or bare(part) in known or is_name(part) or is_role_line(part)


def _without_addresses(text: str) -> str:
    text = EMAIL.sub("", text)
    for number in printed(text):
        text = text.replace(number, "")
    return text.strip(" ,;:–—-")


def read_contacts(paragraphs: Sequence[str]) -> tuple[FoundContact, ...]:
    """The people and offices a contact block names, in order.

    A name or a role after a number or an address begins the next one. Numbers that are not
    valid are kept as printed.
    """
    lines = [flat(line) for paragraph in paragraphs for line in paragraph.split("\n")]
    phones = list(read_phones(lines))
    people = [_NOBODY]
    for at, line in enumerate(lines):
        person = people[-1]
        for role, name in _person(line):
            if person.phones or person.emails or (name and person.name) or (role and person.role):
                person = _NOBODY
                people.append(person)
            person = replace(person, name=name or person.name, role=role or person.role)
            people[-1] = person
        numbers = tuple(phone for where, phone in phones if where == at)
        addresses = tuple(match[0] for match in EMAIL.finditer(line))
        people[-1] = replace(
            person, phones=person.phones + numbers, emails=person.emails + addresses
        )
    return tuple(person for person in people if person != _NOBODY)


def _person(line: str) -> Iterator[tuple[str, str]]:
    if is_heading(line):
        return
    rest = _without_addresses(line)
    parts = [part for part in re.split(r"\s*[,;|]\s*", rest) if not _is_label(part)]
    text = ", ".join(parts)
    if is_name(text) or is_role_line(text):
        yield role_and_name(text)


def _is_label(part: str) -> bool:
    return not bare(part) or bare(part) in listed("people", "labels")
