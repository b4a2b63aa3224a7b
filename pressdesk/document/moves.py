"""Finds paragraphs that were moved, unchanged or nearly so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from pressdesk.document.lines import TextLine

Vocabulary = frozenset[str]
"""The words of a line, each once."""

NEARLY = 0.7
"""The share of words two lines have in common, from which one is the other, moved."""

FEWEST = 4
"""Different words a line must have to be known again when some of them changed."""

RARE, MOST = 3, 12
"""By how many of its rarest words a line is looked for, and among how many lines at most."""


def moved_whole(old: Mapping[int, TextLine], new: Mapping[int, TextLine]) -> dict[int, int]:
    """Lines of one text that stand unchanged in the other: old number to new.

    old, new  the lines, by number, that have no partner in their own place
    Equal ones are taken in their order. A rule is a rule anywhere and never moves.
    """
    places: defaultdict[TextLine, list[int]] = defaultdict(list)
    for number in sorted(new, reverse=True):
        places[new[number]].append(number)
    found = {}
    for number in sorted(old):
        line = old[number]
        if line.form != "rule" and places.get(line):
            found[number] = places[line].pop()
    return found


def moved_nearly(
    old: Mapping[int, Vocabulary],
    new: Mapping[int, Vocabulary],
    *,
    may: Callable[[int, int], bool] = lambda _old, _new: True,
) -> dict[int, int]:
    """Lines that moved with a few words changed: old number to new.

    may   whether two lines may be partners at all
    cost  a few microseconds a line: each is looked for by its rarest words only
    """
    where: defaultdict[str, list[int]] = defaultdict(list)
    for number, words in new.items():
        for word in words:
            where[word].append(number)
    rarity = Counter({word: len(places) for word, places in where.items()})
    pairs = []
    for a, words in old.items():
        if len(words) < FEWEST:
            continue
        for b in _candidates(words, where, rarity):
            near = likeness(words, new[b])
            if near >= NEARLY and may(a, b):
                pairs.append((-near, a, b))
    return _best(sorted(pairs))


def _candidates(
    words: Iterable[str], where: Mapping[str, Sequence[int]], rarity: Mapping[str, int]
) -> set[int]:
    shared = sorted((rarity[word], word) for word in words if word in where)
    return {number for _, word in shared[:RARE] for number in where[word][:MOST]}


def _best(pairs: Sequence[tuple[float, int, int]]) -> dict[int, int]:
    """Each line once, the most alike first."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _near, a, b in pairs:
        if a not in found and b not in taken:
            found[a] = b
            taken.add(b)
    return found


def likeness(old: Vocabulary, new: Vocabulary) -> float:
    """0 to 1: how many of the words of two lines are in both."""
    return 2 * len(old & new) / (len(old) + len(new))
