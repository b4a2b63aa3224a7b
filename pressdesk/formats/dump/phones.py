"""Telephone numbers: as printed, and in E.164 where they are valid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from pressdesk.formats.dump.dates import find_dates
from pressdesk.formats.dump.word_lists import bare, flat, listed, table
from pressdesk.press.channels import NUMBER, first, telephone
from pressdesk.press.release import Way

FEWEST, MOST = 7, 15
"""Digits of a number with its area; E.164 allows 15."""

# The letter O is typed for a nought often enough to be let through here and asked about.
_SHAPE = re.compile(
    r"[+(]?\d(?:[\d\s().–—‑/-]|(?<=[\d-])[OoОо](?=[\dOoОо\s-]|$)){5,}[\dOoОо]"
    r"(?:\s*[,;]?\s*(?:ext\.?|extension|доб\.?|добавочный|x|#)\s*\d{1,6})?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\n,;:()|/–—-]+")
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_LETTER = re.compile(r"(?<=[\d\s-])[OoОо]")
_YEARS = re.compile(r"(?:1[89]|20)\d\d\s*[-–—/]\s*(?:1[89]|20)\d\d")


def printed(line: str) -> tuple[str, ...]:
    """What looks like telephone numbers in a line of a contact block."""
    return tuple(flat(found[0]) for found in _SHAPE.finditer(line) if _plausible(found[0]))


def is_phone_line(line: str) -> bool:
    """True when a line holds numbers, their labels and nothing else."""
    if not printed(line):
        return False
    rest = _SHAPE.sub("\n", flat(line))
    return all(_is_label(part) for part in _BETWEEN.split(rest))


def _is_label(part: str) -> bool:
    return not bare(part) or bare(part) in listed("people", "labels")


def _plausible(number: str) -> bool:
    digits = sum(character.isdigit() for character in re.split(r"(?i)ext|доб|x|#", number)[0])
    if not FEWEST <= digits <= MOST:
        return False
    return number.startswith("+") or not (find_dates(number) or _YEARS.fullmatch(number.strip()))


def read_phones(lines: Sequence[str]) -> Iterator[tuple[int, Way]]:
    """Each number of the lines with the index of its line.

    A number that is not valid leads nowhere. Numbers without a country code are read in
    the country of one that has it; without any they cannot be told and stay as printed.
    """
    found = [(at, *one) for at, line in enumerate(lines) for one in _labelled(line)]
    region = next(filter(None, (_region(number) for _, _, number in found)), None)
    for at, kind, number in found:
        yield at, Way(kind, number, telephone(_e164(number, region)))


def _labelled(line: str) -> Iterator[tuple[str, str]]:
    """The numbers of a line with their channels: by the label before a number, else by that in
    brackets behind it, else that of the number before."""
    kind, end = "", 0
    for match in _SHAPE.finditer(line):
        if not _plausible(match[0]):
            continue
        behind = _BRACKETS.match(line, match.end())
        kind = _kind(line[end : match.start()]) or _kind(behind[1] if behind else "") or kind
        end = behind.end() if behind else match.end()
        yield kind or first(NUMBER).kind, flat(match[0])


def _kind(labels: str) -> str:
    """The channel that labels such as "Office, fax:" name; "" for none, the first for several."""
    parts = {bare(part) for part in _BETWEEN.split(labels)}
    named = [kind for kind, words in table("people")["channels"].items() if parts & {*words}]
    return first(NUMBER).kind if len(named) > 1 else "".join(named)


def _region(number: str) -> str | None:
    import phonenumbers

    known = _parsed(number, None)
    region = known and phonenumbers.region_code_for_number(known)
    return str(region) if region else None


def _e164(number: str, region: str | None) -> str:
    import phonenumbers

    known = _parsed(number, region)
    if known is None or not phonenumbers.is_valid_number(known):
        return ""
    return str(phonenumbers.format_number(known, phonenumbers.PhoneNumberFormat.E164))


@lru_cache(1024)
def _parsed(number: str, region: str | None) -> Any:
    import phonenumbers

    if _LETTER.search(number):
        return None  # the parser would take it for a key of a telephone
    try:
        return phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
