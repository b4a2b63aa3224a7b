"""One analyser of words, shared by the archive, the highlighter and every other search.

A word is folded (NFKC, case, ё to е, ў to у, stress and accents dropped, letters that matter
kept), then cut to its stem by the Snowball algorithm of its script: Cyrillic by the Russian
one, Armenian by the Armenian one, any other by the English one. By script and not by language,
so that a question, whose language nobody knows, always agrees with the index.
source  snowballstem.org; Unicode Standard Annex 15 (NFKC)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from threading import local
from typing import TYPE_CHECKING

from pressdesk.document.kindred import KINDRED

if TYPE_CHECKING:
    from Stemmer import Stemmer

VERSION = 1
"""Raised whenever another stem comes out: an index made by another version is made anew."""

LONGEST = 64
"""Letters of a word that count."""

_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
_UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}{_UNSEEN}]|['’ʼ](?=[^\W_]))*")
_ODD = re.compile(rf"[^a-z0-9а-яё]|[{_UNSEEN}]")
_KEPT = {"ё": "е", "ў": "у", "և": "եւ"}
_CYRILLIC, _ARMENIAN = re.compile("[\u0400-\u052f]"), re.compile("[\u0530-\u058f]")
_stemmers = local()


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """Every word of a text, folded, with [begin, end) in the text as it is.

    A hyphen parts two words, an apostrophe inside one does not.
    """
    for found in _WORD.finditer(text):
        word = fold(found[0])
        if word:
            yield word, found.start(), found.end()


def folded(text: str) -> list[str]:
    """The words of a text, folded, in order: as ``words`` without their places, in a fifth of
    the time."""
    return list(filter(None, map(fold, _WORD.findall(text))))


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """One word with everything dropped that people write either way; may be ""."""
    same = word.casefold()
    if _ODD.search(same):
        same = unicodedata.normalize("NFKC", same).casefold()
        same = "".join(_letter(char) for char in unicodedata.normalize("NFC", same))
    elif "ё" in same:
        same = same.replace("ё", "е")
    return same[:LONGEST]


@lru_cache(maxsize=1 << 12)
def _letter(char: str) -> str:
    """What is left of a letter: accents go from Latin and Greek ones, й, қ, ӣ and ї stay."""
    if char in _KEPT:
        return _KEPT[char]
    bare = unicodedata.normalize("NFD", char)[0]
    if bare != char and unicodedata.name(bare, "").startswith(("LATIN", "GREEK")):
        return bare
    return char if char.isalnum() or _vowel(char) else ""


def _vowel(char: str) -> bool:
    """A mark that is a letter of its own, as in Devanagari; stress over a letter is none."""
    return unicodedata.category(char) in ("Mc", "Mn") and char >= "\u0900"


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The stem of a folded word: letters and digits only."""
    found = str(_stemmer(_script(word)).stemWord(word))
    return found or word


def stems(text: str) -> list[str]:
    """The stems of a text, one for each of its words, in order.

    cost  1 ms for 500 words; a quarter of it once the words are known
    """
    return list(map(stem, folded(text)))


def joined(one: str) -> tuple[str, ...]:
    """The stems that a question for this one accepts as well, itself first: год and лет."""
    return tuple(dict.fromkeys((one, *_kindred().get(one, ()), *_fleeting(one))))


_BEFORE = "бвгджзйклмнпрстфхцчшщ"
_FLEETING = (
    (re.compile(f"(?<=[{_BEFORE}])[ое]к$"), "к"),
    (re.compile(f"(?<=[{_BEFORE}])ец$"), "ц"),
    (re.compile("(?<=[жчш])к$"), "ек"),
    (re.compile(f"(?<=[{_BEFORE}])(?<![жчшкс])к$"), "ок"),
    (re.compile(f"(?<=[{_BEFORE}])ц$"), "ец"),
)
"""A vowel that comes and goes between the forms of a Russian word: паводок and паводка."""


def _fleeting(one: str) -> tuple[str, ...]:
    if len(one) < 3:
        return ()
    changed = (pattern.sub(other, one) for pattern, other in _FLEETING)
    return tuple(dict.fromkeys(other for other in changed if other != one))


@lru_cache(maxsize=1)
def _kindred() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for row in KINDRED:
        family = tuple(dict.fromkeys(stem(fold(word)) for word in row.split()))
        for member in family:
            others = tuple(other for other in family if other != member)
            table[member] = tuple(dict.fromkeys((*table.get(member, ()), *others)))
    return table


def _script(word: str) -> str:
    if _CYRILLIC.search(word):
        return "russian"
    return "armenian" if _ARMENIAN.search(word) else "english"


def _stemmer(language: str) -> Stemmer:
    """A stemmer keeps state while it works: each thread has its own."""
    found: Stemmer | None = getattr(_stemmers, language, None)
    if found is None:
        from Stemmer import Stemmer

        found = Stemmer(language, 0)  # we remember stems ourselves, for all threads
        setattr(_stemmers, language, found)
    return found
