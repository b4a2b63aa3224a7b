"""The only word analyser, shared by the archive, the highlighter and every other search.

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
from functools import cache, lru_cache
from threading import local
from typing import TYPE_CHECKING

from pressdesk.document.kindred import KINDRED, fleeting

if TYPE_CHECKING:
    from Stemmer import Stemmer

VERSION = 2
"""Raised whenever another stem comes out: an index made by another version is made anew."""

LONGEST = 64
"""Letters of a word that count."""

_KNOWN = 1 << 18
"""Words whose stems are remembered at most."""

# Combining accents, and what Armenian writes over a vowel: ՛ ՜ ՞ stand inside a word.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u055a-\u055c\u055e\u055f"
    "\u0591-\u05bd\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
)
_UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
APOSTROPHES = "'’‘ʼʻ`＇"
JOINTS = f"{_MARKS}{_UNSEEN}"
"""What may stand inside a word and says nothing, as in a class of a regular expression."""

_WORD = re.compile(rf"[^\W_]+(?:(?:[{JOINTS}]|[{APOSTROPHES}](?=[^\W_]))[^\W_]*)*")
_ODD = re.compile("[^a-z0-9а-яё]")
_OWN = re.compile(rf"(?<=[a-z0-9])[{APOSTROPHES}]s$")
_KEPT = {"ё": "е", "ѐ": "е", "ѝ": "и", "ў": "у", "և": "եւ", "ʼ": "", "ʻ": ""}
_CYRILLIC, _ARMENIAN = re.compile("[\u0400-\u052f]"), re.compile("[\u0530-\u058f]")
# Letters that fold one for one by case and ё alone, and signs that are in no word.
_UNEVEN = re.compile(
    "[^\x00-\xa9\xab\xac\xae-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7а-яёА-ЯЁ"
    "\u2000-\u200a\u2010-\u2027\u202f-\u203e\u20a0-\u20bf\u2116\u2122\u2190-\u22ff\u25a0-\u25ff]"
)
_stemmers = local()

# A code page with a byte for each Russian and English letter: bytes are exchanged and split
# quicker than text. What it lacks, and what is not sure in it, is read the long way.
_PAGE, _UNSURE = "cp1251", 0


def words(text: str, at: int = 0) -> Iterator[tuple[str, int, int]]:
    """Every word of a text, folded, with [begin, end) in the text as it is.

    A hyphen parts two words, an apostrophe inside one does not.
    at      where to begin; has to be no middle of a word
    """
    for found in _WORD.finditer(text, at):
        word = fold(found[0])
        if word:
            yield word, found.start(), found.end()


def folded(text: str) -> list[str]:
    """The words of a text, folded, in order: as ``words`` without their places, and quicker.

    cost  0.06 ms for 500 words of Russian or English, three times that in other letters
    """
    found = _quickly(text)
    return list(filter(None, map(fold, _WORD.findall(text)))) if found is None else found


def _quickly(text: str) -> list[str] | None:
    """The folded words of a text whose letters all fold one for one; else None."""
    try:
        data = text.encode(_PAGE).translate(_table())
    except UnicodeEncodeError:
        return None
    if _UNSURE in data:
        return None
    found = data.decode(_PAGE).split()
    if b"'" in data:  # it may stand inside a word, around one, or alone
        parts = ((one,) if "'" not in one else map(fold, _WORD.findall(one)) for one in found)
        found = [word for several in parts for word in several if word]
    if len(max(found, key=len, default="")) > LONGEST:
        found = [word[:LONGEST] for word in found]
    return found


@cache
def _table() -> bytes:
    """What each byte of a text in the code page comes to: a letter, an apostrophe, a space."""
    return bytes(_byte(bytes([code]).decode(_PAGE, "ignore")) for code in range(256))


def _byte(char: str) -> int:
    if char and char in APOSTROPHES:
        return ord("'")
    if not char or char in _UNSEEN:
        return _UNSURE
    if not _WORD.match(char):
        return ord(" ")
    same = fold(char)
    return _UNSURE if _ODD.search(same) else same.encode(_PAGE)[0]


def even(text: str) -> str | None:
    """The text folded in place, each letter where it was; None if that is not all it takes.

    A quick way to look for folded words in Russian and English texts. Apostrophes are still
    in it.
    cost  20 µs for 500 words
    """
    if not text.isascii() and _UNEVEN.search(text):
        return None
    low = text.lower()
    return low.replace("ё", "е") if "ё" in low else low


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """One word with everything dropped that people write either way; may be "".

    The English 's goes as well: who seeks the Commission means the Commission's, too.
    """
    same = word.casefold()
    if _ODD.search(same):
        same = unicodedata.normalize("NFKC", _OWN.sub("", same)).casefold()
        same = "".join(_letter(char) for char in unicodedata.normalize("NFC", same))
        same = same.replace("եվ", "եւ")  # և in capitals is ԵՒ or ԵՎ
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

    cost  0.2 ms for 500 words
    """
    known = _stem_of
    if len(known) > _KNOWN:
        known.clear()
    return [one for word in _WORD.findall(text) if (one := known[word])]


class _StemOf(dict[str, str]):
    """The stem of a word as it stands in a text, remembered: looking it up costs no call."""

    def __missing__(self, word: str) -> str:
        same = fold(word)
        self[word] = found = stem(same) if same else ""
        return found


_stem_of = _StemOf()


def joined(one: str) -> tuple[str, ...]:
    """The stems that a question for this one accepts, itself first: год and лет, рынок and рынк."""
    return tuple(dict.fromkeys((one, *_kindred().get(one, ()), *fleeting(one))))


@lru_cache(maxsize=1)
def _kindred() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for row in KINDRED:
        left, one_way, right = row.partition(">")
        family = [stem(fold(word)) for word in left.split()]
        more = [stem(fold(word)) for word in right.split()] if one_way else []
        for member in family:
            others = (other for other in (*family, *more) if other != member)
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
