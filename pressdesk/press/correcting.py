"""What a person may have meant who typed in the wrong keyboard layout or in other letters."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice, product

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>"
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)

_SOUNDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("shch", ("щ",)),
    ("sch", ("щ", "сч")),
    ("zh", ("ж",)),
    ("kh", ("х",)),
    ("ts", ("ц", "тс")),
    ("tz", ("ц",)),
    ("ch", ("ч",)),
    ("sh", ("ш",)),
    ("yo", ("ё", "ио")),
    ("jo", ("ё",)),
    ("yu", ("ю",)),
    ("ju", ("ю",)),
    ("iu", ("ю",)),
    ("ya", ("я",)),
    ("ja", ("я",)),
    ("ia", ("я", "иа")),
    ("ye", ("е", "ье")),
    ("je", ("е", "ье")),
    ("ie", ("ие", "ье")),
    ("yi", ("ый", "и")),
    ("iy", ("ий",)),
    ("ij", ("ий",)),
    ("yy", ("ый",)),
    ("a", ("а",)),
    ("b", ("б",)),
    ("c", ("ц", "к")),
    ("d", ("д",)),
    ("e", ("е", "э")),
    ("f", ("ф",)),
    ("g", ("г",)),
    ("h", ("х",)),
    ("i", ("и",)),
    ("j", ("й", "ж")),
    ("k", ("к",)),
    ("l", ("л", "ль")),
    ("m", ("м",)),
    ("n", ("н",)),
    ("o", ("о",)),
    ("p", ("п",)),
    ("q", ("к",)),
    ("r", ("р",)),
    ("s", ("с",)),
    ("t", ("т",)),
    ("u", ("у",)),
    ("v", ("в",)),
    ("w", ("в",)),
    ("x", ("кс",)),
    ("y", ("ы", "й")),
    ("z", ("з",)),
    ("'", ("ь",)),
)
_ENDS = ("iy", "ij", "yy", "yi")
"""Only at the end of a syllable: "iya" is и and я."""

_SPLIT = re.compile(
    "|".join(
        re.escape(sound) + ("(?![aeou])" if sound in _ENDS else "") for sound, _letters in _SOUNDS
    )
)
_LETTERS = dict(_SOUNDS)
_ROMAN = {letters[0]: sound for sound, letters in reversed(_SOUNDS) if len(letters[0]) == 1}
_ROMAN |= {"ц": "ts", "х": "kh", "й": "y", "ы": "y", "э": "e", "ъ": "", "ь": "", "в": "v"}
_ROMAN |= {"ё": "yo", "ю": "yu", "я": "ya", "е": "e", "щ": "shch", "к": "k"}
_WORD = re.compile(r"[^\s()\"«»“”„]+")
_FIELD = re.compile(r"^-?[^\W\d_]{1,12}:(?=\S)")
_SIGNS = ("OR", "ИЛИ", "|", "AND", "И", "NOT", "НЕ")
VARIANTS = 8
"""Readings of a romanised word that are tried."""


def candidates(text: str) -> tuple[str, ...]:
    """What else may have been meant, likelier first: the other layout, then the other letters.

    Operators, quotes, brackets and known fields stay as they are. At most ten.
    """
    found: dict[str, None] = {}
    for other in (_layout(text, _TO_CYRILLIC), _layout(text, _TO_LATIN)):
        found[other] = None
    for number in range(VARIANTS):
        found[_each(text, lambda word, n=number: _reading(word, n))] = None  # type: ignore[misc]  # bound now
    found[_each(text, _romanised)] = None
    found.pop(text, None)
    return tuple(islice((one for one in found if one.strip()), 10))


def _layout(text: str, table: dict[int, int]) -> str:
    """In the other layout even brackets and commas are letters, so words end at spaces only."""
    return " ".join(
        word if word in _SIGNS else _but_field(word, lambda part: part.translate(table))
        for word in text.split()
    )


def _each(text: str, change: Callable[[str], str]) -> str:
    return _WORD.sub(lambda m: m[0] if m[0] in _SIGNS else _but_field(m[0], change), text)


def _but_field(word: str, change: Callable[[str], str]) -> str:
    head = _FIELD.match(word)
    begin = head.end() if head else 0
    return word[:begin] + change(word[begin:])


def _reading(word: str, number: int) -> str:
    """The number-th way to read a Latin word as a Russian one; the word when there is none."""
    plain = word.casefold()
    if not re.search("[a-z]", plain):
        return word
    pieces: list[tuple[str, ...]] = []
    at = 0
    while at < len(plain):
        found = _SPLIT.match(plain, at)
        pieces.append(_LETTERS[found[0]] if found else (plain[at],))
        at = found.end() if found else at + 1
    ways = islice(product(*reversed(pieces)), number, number + 1)
    return next(("".join(reversed(way)) for way in ways), word)


def _romanised(word: str) -> str:
    return "".join(_ROMAN.get(char, char) for char in word.casefold())
