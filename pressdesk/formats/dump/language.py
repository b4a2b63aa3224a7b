"""Detects the language of a text from its script, letters and commonest words.

Who is not sure says so: a text filed under another language prints other words around it and
is not found where it is looked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from msgspec import Struct

from pressdesk.formats.dump.word_lists import table

_SCRIPTS = (
    ("hy", re.compile("[\u0531-\u0587]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
)
_KANA = re.compile("[\u3041-\u30fa]")
"""Japanese is written in these and in the signs of Chinese."""

_SEVERAL = frozenset({"ar", "he"})
"""Scripts of more than one language."""

_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_SOFT_OR_HARD = re.compile("ъ(?![еёюяиі])")
"""Where Russian never has this letter, and Bulgarian has it in every line."""

_FOREIGN = 0.025
"""So many of the letters may be of another language: names, words in quotation marks."""

_COMMON = 0.1
"""So many of the words of a Latin text are among the commonest of its language, at least."""

_AHEAD = 2
"""Letters and words by which a language must be ahead of the next one."""

_SAMPLE = 5_000


class _Spelling(Struct, frozen=True):
    """How a language is written; ``least`` as a share of its own letters among all."""

    letters: frozenset[str]
    own: frozenset[str]
    least: float
    words: frozenset[str]
    endings: tuple[str, ...] = ()


def language_of(text: str) -> tuple[str, bool]:
    """A BCP 47 tag, and True when it is sure.

    English is what an unknown Latin text is taken for, Russian a Cyrillic one.
    """
    text = text[:_SAMPLE].casefold()
    letters = sum(map(str.isalpha, text))
    if len(_KANA.findall(text)) > letters // 20:
        return "ja", True
    cyrillic, latin = _CYRILLIC.findall(text), len(_LATIN.findall(text))
    for tag, of_script in _SCRIPTS:
        if len(of_script.findall(text)) > max(len(cyrillic), latin, letters // 3):
            return tag, tag not in _SEVERAL
    words = re.findall(r"[^\W\d_]+", text)
    if len(cyrillic) > latin:
        return _cyrillic(Counter(cyrillic), len(_SOFT_OR_HARD.findall(text)), words)
    tag, told = _latin(text, words)
    return tag, told and latin * 2 > letters


def _cyrillic(letters: Counter[str], hard: int, words: Sequence[str]) -> tuple[str, bool]:
    """The language whose letters these are: what it does not have counts against it."""
    number = letters.total()
    spelled = _spellings("cyrillic")
    against = {
        tag: sum(n for letter, n in letters.items() if letter not in one.letters)
        for tag, one in spelled.items()
        if sum(letters[letter] for letter in one.own) >= one.least * number
    }
    against["ru"] += hard
    points = {
        tag: _known(words, spelled[tag]) - n - _absent(letters, spelled[tag])
        for tag, n in against.items()
    }
    order = sorted(points, key=lambda tag: points[tag], reverse=True)
    best = order[0]
    ahead = points[best] - points[order[1]] >= _AHEAD if len(order) > 1 else True
    return best, ahead and against[best] <= _FOREIGN * number


def _absent(letters: Counter[str], spelling: _Spelling) -> float:
    """The share of its own letters a text does not have.

    A wide alphabet holds the letters of a narrow one: this tells two that fit apart.
    """
    own = spelling.own
    return len(own - letters.keys()) / len(own) if own else 0.0


def _latin(text: str, words: Sequence[str]) -> tuple[str, bool]:
    spelled = _spellings("latin")
    marked = [char for char in text if char > "\x7f" and _LATIN.match(char)]
    points = {tag: _known(words, one) for tag, one in spelled.items()}
    foreign = {tag: sum(char not in one.letters for char in marked) for tag, one in spelled.items()}
    order = sorted(points, key=lambda tag: points[tag] - foreign[tag], reverse=True)
    best, second = order[:2]
    if not points[best]:
        return "en", False
    ahead = points[best] - foreign[best] - points[second] + foreign[second]
    common = points[best] >= _COMMON * len(words)
    return best, common and ahead >= _AHEAD and foreign[best] <= _FOREIGN * len(text)


def _known(words: Sequence[str], spelling: _Spelling) -> int:
    return sum(word in spelling.words or word.endswith(spelling.endings) for word in words)


@cache
def _spellings(script: str) -> Mapping[str, _Spelling]:
    return {
        tag: _Spelling(
            frozenset(one["letters"]),
            frozenset(one.get("own", "")),
            one.get("least", 0) / 100,
            frozenset(one["words"]),
            tuple(one.get("endings", ())),
        )
        for tag, one in table("languages")[script].items()
    }
