"""Finds the paragraphs of a press contact block: where it begins and ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pressdesk.formats.dump.addresses import addresses, plain_signs, without
from pressdesk.formats.dump.phones import is_phone_line, printed
from pressdesk.formats.dump.roles import is_name, is_role_line
from pressdesk.formats.dump.word_lists import bare, flat, listed

PARTS = re.compile(r"\s*[,;|:]\s+|\s*[,;|]\s*|:$")

LONGEST = 600
"""Characters of a paragraph that can be of a contact block."""

MOST_PLAIN = 60
"""Paragraphs of a block that holds nothing else; more of them are a directory: a text."""

MOST_MIXED = 14
"""Lines of a block that also holds the name of a body or a postal address."""

_MOST_SOFT = 4
_SITE = re.compile(r"(?:https?://|www\.)\S+|(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_SENTENCE_END = (".", "!", "?", "…", ":", ";", ",", "»", "”")


@lru_cache(4096)
def is_contact(paragraph: str) -> bool:
    """True if every line of a paragraph can be part of a contact block."""
    if len(paragraph) > LONGEST:
        return False
    lines = paragraph.split("\n")
    return len(lines) <= MOST_MIXED and (all(map(_is_line, lines)) or _is_mixed(lines))


@lru_cache(4096)
def is_evidence(paragraph: str) -> bool:
    """True if a contact paragraph is recognisable without its context.

    A number, an address, a role or a heading does; a name or a web address may be anything.
    """
    return any(_says_so(line) for line in paragraph.split("\n"))


@lru_cache(4096)
def is_reachable(paragraph: str) -> bool:
    """True when a contact paragraph has a number or an address."""
    lines = paragraph.split("\n")
    return any(addresses(plain_signs(line)) or printed(line) for line in lines)


def is_block(paragraphs: Sequence[str]) -> bool:
    """True when these paragraphs are a contact block and nothing else."""
    if all(map(is_contact, paragraphs)) and any(map(is_evidence, paragraphs)):
        return True
    if len(paragraphs) > MOST_MIXED or any(len(text) > LONGEST for text in paragraphs):
        return False
    return _is_mixed([line for paragraph in paragraphs for line in paragraph.split("\n")])


def block_ends(paragraphs: Sequence[str]) -> tuple[int, int]:
    """Where a contact block at the beginning ends, and where one at the end begins."""
    count = len(paragraphs)
    first = next((n for n, text in enumerate(paragraphs) if not is_contact(text)), count)
    if first > MOST_PLAIN or not any(map(is_evidence, paragraphs[:first])):
        first = 0
    last = count
    while last > first and is_contact(paragraphs[last - 1]):
        last -= 1
    if count - last > MOST_PLAIN or not any(map(is_evidence, paragraphs[last:])):
        last = count
    return first, _mixed_start(paragraphs, first, last)


def has_unread(paragraphs: Sequence[str]) -> bool:
    """True when a block holds lines that are neither person, number nor address."""
    return any(not _is_line(line) for text in paragraphs for line in text.split("\n"))


def _mixed_start(paragraphs: Sequence[str], first: int, last: int) -> int:
    """The same for a block that holds other lines too: the longest that is one."""
    earliest = max(first, len(paragraphs) - MOST_MIXED)
    if not any(map(is_reachable, paragraphs[earliest:])):
        return last
    starts = range(earliest, last)
    return next((at for at in starts if is_block(paragraphs[at:])), last)


def _is_mixed(lines: Sequence[str]) -> bool:
    """A person, an office or a heading first, a number or an address somewhere, and little else."""
    if not 1 < len(lines) <= MOST_MIXED or not (_says_so(lines[0]) or is_name(lines[0])):
        return False
    soft = [line for line in lines if not _is_line(line)]
    short = len(soft) <= _MOST_SOFT and all(map(_is_soft, soft))
    return short and any(map(is_reachable, lines)) and any(map(_says_so, lines))


def _is_soft(line: str) -> bool:
    """A line short enough to be the name of a body or a postal address."""
    text = flat(line)
    return len(text) <= 80 and len(text.split()) <= 10 and not text.endswith(_SENTENCE_END)


def _is_line(line: str) -> bool:
    return _says_so(line) or is_name(line) or bool(_SITE.fullmatch(flat(line)))


@lru_cache(4096)
def _says_so(line: str) -> bool:
    text = flat(line)
    if len(text) > 200:
        return False
    if is_heading(text) or is_phone_line(text) or is_role_line(text):
        return True
    rest = without_addresses(text)
    return rest != text and all(map(_is_label_or_person, PARTS.split(rest)))


def is_heading(line: str) -> bool:
    """True for a line that only announces a contact block."""
    return bare(line) in listed("people", "headings")


def is_label(part: str) -> bool:
    """True for a word that stands before a number, an address or a person."""
    return not bare(part) or bare(part) in listed("people", "labels") or is_heading(part)


def _is_label_or_person(part: str) -> bool:
    return is_label(part) or is_name(part) or is_role_line(part)


def without_addresses(text: str) -> str:
    """What is left of a line without its numbers and addresses."""
    text = without(text)
    for number in printed(text):
        text = text.replace(number, "")
    return text.strip(" ,;:<>–—-")
