"""Guesses the kind of an item from editable cues in resources/import."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from pressdesk.formats.dump.questions import pairs
from pressdesk.formats.dump.word_lists import flat, table

DEFAULT = "news"
HEAD_START = 1.0
"""News needs no cue: most items are."""

SURE = 1.0
"""Smallest gap between the two best guesses that needs no question."""

SAMPLE = 6_000
"""Characters at the beginning of an item that are searched for cues."""

CYRILLIC = ("ru", "uk", "be", "kk", "ky", "tg")

_QUOTED = re.compile(r"[“„«][^“”„«»]{0,600}[”»]|\"[^\"\n]{0,600}\"")


class Cue(Struct, frozen=True):
    """One pattern that speaks for a kind."""

    kind: str
    pattern: re.Pattern[str]
    weight: float
    in_title: bool
    most: int


def guess_kind(title: str, paragraphs: Sequence[str], *, language: str) -> tuple[str, bool]:
    """The name of a kind, and True when it is sure.

    title       the headline as it stood in the file, "" for none
    paragraphs  the text without headline and contact block
    """
    text = _QUOTED.sub(" ", flat("\n".join(paragraphs)[:SAMPLE]))
    scores = {DEFAULT: HEAD_START}
    title, text = title.casefold(), text.casefold()
    for cue in _cues(language in CYRILLIC):
        count = len(cue.pattern.findall(title if cue.in_title else text))
        if count:
            scores[cue.kind] = scores.get(cue.kind, 0.0) + cue.weight * min(count, cue.most)
    if pairs(paragraphs) >= 2:
        scores["interview"] = scores.get("interview", 0.0) + 5
    best, second = sorted([*scores.values(), 0.0], reverse=True)[:2]
    # Of equal ones the first to have been named; news only when nothing speaks against it.
    names = [name for name, score in scores.items() if score == best]
    return names[-1], best - second >= SURE or (len(scores) == 1)


@cache
def _cues(cyrillic: bool) -> tuple[Cue, ...]:
    """The cues for texts in one script; the patterns of the other could not match."""
    found = []
    for kind, cues in table("kinds").items():
        for raw in cues:
            source = raw.get("title") or raw["text"]
            if cyrillic == bool(re.search("[а-яё]", source)):
                pattern = re.compile(source)
                most = raw.get("most", 1)
                found.append(Cue(kind, pattern, raw["weight"], "title" in raw, most))
    return tuple(found)
