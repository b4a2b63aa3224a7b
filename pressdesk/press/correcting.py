"""Suggests corrections for a query typed in the wrong keyboard layout or transliterated."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from itertools import islice, product

from pressdesk.press.asked_words import KEPT_FIELDS, SIGNS

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>"
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)

_PLAIN = "abdefghiklmnopqrstuvwz"
_HARD = "(?<=[bcdfghjklmnpqrstvwxz])"
_END = "(?![a-z])"
_SOUNDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("shch", ("щ",)),
    ("sch", ("щ", "сч")),
    ("zh", ("ж",)),
    ("kh", ("х",)),
    ("ts", ("ц", "тс")),
    ("tz", ("ц",)),
    ("ch", ("ч",)),
    ("sh", ("ш",)),
    (f"(?<=sk)(?:iy|ij|ii|yi|yy|yj|y|i){_END}", ("ий",)),
    (f"(?:yi|yy|yj|iy|ij|ii){_END}", ("ый", "ий")),
    ("(?:i[yj]|ii(?=[a-z]))(?![aeou])", ("ий",)),
    (f"i[jy]?a{_END}", ("ия", "я")),
    (f"i[jy]?e{_END}", ("ие", "ье")),
    ("[yj]o", ("ё", "ио")),
    ("[yji]u", ("ю",)),
    (f"{_HARD}[yji]a", ("я", "ья", "ъя", "иа")),
    ("[yj]a", ("я",)),
    ("ia", ("я", "иа")),
    (f"{_HARD}[yj]e", ("ье", "ъе", "е")),
    ("[yj]e", ("е",)),
    (r"(?<![^\W\d_])e", ("е", "э")),
    ("c(?=[eiy])", ("ц",)),
    ("c", ("к", "ц")),
    (f"{_HARD}y", ("ы", "и")),
    ("y", ("й",)),
    ("j(?![a-z])", ("й",)),
    ("j", ("й", "ж")),
    ("l(?=[bcdfghkmnpqrstvz])", ("л", "ль")),
    (f"[lnrt]{_END}", ("", "ь")),
    ("['’]", ("ь", "ъ")),
    *((latin, (other,)) for latin, other in zip(_PLAIN, "абдефгхиклмнопкрстуввз", strict=True)),
    ("x", ("кс", "х")),
)
"""How Latin letters are read, the likelier first; "" is the letter's own reading."""

_SPLIT = re.compile("|".join(f"({sound})" for sound, _letters in _SOUNDS))
_OWN = {latin: letters[0] for latin, letters in _SOUNDS if len(latin) == 1}
_SPELT = "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya"
_ROMAN = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", _SPELT.split(" "), strict=True))
_HABITS: tuple[tuple[tuple[str, str], ...], ...] = (
    (),
    ((r"ия\b", "ia"), (r"[иы]й\b", "y"), (r"\bе", "ye")),
    (("х", "h"), ("ц", "c"), ("щ", "sch"), (r"ия\b", "ija")),
)
"""What people write: plainly, as in Armenia and Yerevan, and with fewer letters."""

_WORD = re.compile(r"[^\s()\"«»“”„]+")
_OPENS, _CLOSES = re.compile(r'(?<!\S)-?(?:[^\W\d_]+:)?"'), re.compile(r'"(?!\S)')
_FIELD = re.compile(r"^-?(?P<name>[^\W\d_]{1,12}):(?=\S)")
VARIANTS = 8
"""Readings of a romanised word that are tried."""


def candidates(text: str) -> tuple[str, ...]:
    """What else may have been meant, likelier first: the other layout, then the other letters.

    Operators, quotes, brackets, fields, and values that are a kind, a state, a language or a
    day stay as they are. At most ten.
    """
    found = [_layout(text, _TO_CYRILLIC), _layout(text, _TO_LATIN)]
    found += [_each(text, partial(_reading, number=n)) for n in range(VARIANTS)]
    found += [_each(text, partial(_romanised, habit=n)) for n in range(len(_HABITS))]
    same = text.casefold().split()
    other = dict.fromkeys(one for one in found if one.strip() and one.casefold().split() != same)
    return tuple(islice(other, 10))


def _layout(text: str, table: dict[int, int]) -> str:
    """In the other layout even brackets and commas are letters, so words end at spaces only."""
    quoted = len(_OPENS.findall(text)) == len(_CLOSES.findall(text)) > 0
    return " ".join(_typed(word, table, quoted=quoted) for word in text.split())


def _typed(word: str, table: dict[int, int], *, quoted: bool) -> str:
    def change(part: str) -> str:
        head = '"' if quoted and part.startswith('"') else ""
        tail = '"' if quoted and part.endswith('"') and len(part) > 1 else ""
        return head + part[len(head) : len(part) - len(tail)].translate(table) + tail

    return _but_field(word, change)


def _each(text: str, change: Callable[[str], str]) -> str:
    return _WORD.sub(lambda m: _but_field(m[0], change), text)


def _but_field(word: str, change: Callable[[str], str]) -> str:
    if word in SIGNS:
        return word
    head = _FIELD.match(word)
    if head is None:
        return change(word)
    if head["name"].casefold() in KEPT_FIELDS:
        return word
    return word[: head.end()] + change(word[head.end() :])


def _reading(word: str, number: int) -> str:
    """The number-th way to read a Latin word as a Russian one; the word when there is none."""
    plain = word.casefold()
    if not re.search("[a-z]", plain):
        return word
    pieces: list[tuple[str, ...]] = []
    at = 0
    while at < len(plain):
        found = _SPLIT.match(plain, at)
        if found is None:
            pieces.append((plain[at],))
            at += 1
            continue
        letters = _SOUNDS[(found.lastindex or 1) - 1][1]
        pieces.append(letters if letters[0] else tuple(_OWN[found[0]] + soft for soft in letters))
        at = found.end()
    ways = islice(product(*reversed(pieces)), number, number + 1)
    return next(("".join(reversed(way)) for way in ways), word)


def _romanised(word: str, habit: int) -> str:
    """A Russian word in Latin letters, by one of the habits."""
    plain = word.casefold()
    for pattern, other in _HABITS[habit]:
        plain = re.sub(pattern, other, plain)
    return "".join(_ROMAN.get(char, char) for char in plain)
