"""Finds headlines, and proposes one where there is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pressdesk.formats.dump.addresses import addresses, plain_signs
from pressdesk.formats.dump.contact_lines import is_contact, is_evidence
from pressdesk.formats.dump.dates import dateline, only_date
from pressdesk.formats.dump.phones import is_phone_line
from pressdesk.formats.dump.tidying import one_line
from pressdesk.formats.dump.word_lists import flat

FEWEST, MOST = 2, 30
"""Words of a headline."""

LONGEST = 250
PROPOSED = 90
"""Longest proposed headline, in characters."""

TEASER = 12
"""A lone line of more words than this that has a verb is an item, not a headline."""

_CLOSING = "\"'”’»)]"
_SALUTATION = re.compile(
    r"(dear|ladies|distinguished|excellenc|mr\.? |madam|уважаем|дорог|дамы|многоуважаем|господа)",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[-–—•*·]\s|\d+[.)]\s")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|took|held|met|said|told|will|went|gave|made|began|"
    r"[a-z]{3,}ed|[а-яё]{2,}(?:ил[аио]?|ал[аио]?|ел[аио]?|ял[аио]?|лся|лась|лись|лось|ёл|шёл|шла"
    r"|шли)|состоится|пройд[её]т|является)\b"
)
_SENTENCE = re.compile(r"(.+?(?<![A-ZА-Я])(?<!\bг)(?<!\bс)[.!?…])[\"'”’»)]*(?:\s|$)", re.DOTALL)
_OPENING_DATE = re.compile(
    r"(?:on|в|во)?\s*\d{1,2}\s+[^\W\d_]{3,9}\.?(?:\s+\d{4})?(?:\s+(?:года|г\.))?,?\s+",
    re.IGNORECASE,
)


@lru_cache(4096)
def is_title(paragraph: str) -> bool:
    """True for 2 to 30 words without a final stop that are no date, contact or salutation."""
    if len(paragraph) > 2 * LONGEST:
        return False
    text = flat(paragraph)
    if len(text) > LONGEST or not FEWEST <= len(text.split()) <= MOST:
        return False
    if text.rstrip(_CLOSING).endswith((".", "!", "?", "…", ":", ";", ",", "-", "–", "—")):
        return False
    if not _begins_well(text) or is_phone_line(text) or only_date(text):
        return False
    if addresses(plain_signs(text)):
        return False
    return not (is_contact(paragraph) and is_evidence(paragraph))


def _begins_well(text: str) -> bool:
    first = text.lstrip("\"'“„«([")[:1]
    return (first.isupper() or first.isdigit()) and not (
        _SALUTATION.match(text) or _BULLET.match(text)
    )


def is_salutation(paragraph: str) -> bool:
    """True for a line that only addresses the listeners of a speech."""
    text = flat(paragraph)
    addressed = len(text) <= 160 and text.endswith(("!", ",")) and text.count("!") <= 3
    return addressed and bool(_SALUTATION.match(text))


def is_teaser(paragraph: str) -> bool:
    """True for a single line that tells a story although it looks like a headline."""
    text = flat(paragraph)
    return len(text.split()) > TEASER and bool(_VERB.search(text))


def proposed(paragraphs: Sequence[str]) -> str:
    """A headline made of the first sentence of a text; cut at a word, "" for no text.

    Salutations, the dateline and a date at the beginning are passed over.
    """
    told = [paragraph for paragraph in paragraphs if not is_salutation(paragraph)]
    paragraph = (told or [*paragraphs, ""])[0]
    text = one_line(paragraph.removeprefix(dateline(paragraph))).lstrip("-–—•*· ")
    match = _SENTENCE.match(text)
    sentence = (match[1] if match else text).rstrip(".!?…;:, ")
    dated = _OPENING_DATE.match(sentence)
    if dated and only_date(dated[0].strip(" ,").removeprefix("On ").removeprefix("on ")):
        rest = sentence[dated.end() :]
        sentence = rest[:1].upper() + rest[1:]
    if len(sentence) <= PROPOSED:
        return sentence
    return f"{sentence[:PROPOSED].rsplit(' ', 1)[0].rstrip(' ,;:–—-')}…"
