"""Detects the legacy encoding of a file, and whether it changes within it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from pressdesk.base.errors import ReadFailed
from pressdesk.base.i18n import _

CANDIDATES = ("cp1251", "koi8-r", "cp866", "iso8859-5", "cp1252")
"""Encodings that are tried when a file is not Unicode, the likeliest first."""

SAMPLE = 200_000
"""Bytes that are looked at to find the encoding; the whole file is decoded strictly."""

_CYRILLIC_ONES = CANDIDATES[:4]
_FEW = 6
_COMMON = re.compile("[оеаинтсрвлкмдпуяы]", re.IGNORECASE)
_RARE = 0.25
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_BREAK = re.compile("[а-яё][А-ЯЁ]")
_BETWEEN = re.compile(
    r"(?<=[^\W\d_])[^\w\s'’ʼ.,:;!?()«»„“”\"/&@+%№\u2010-\u2015\u00ad-]+(?=[^\W\d_])"
)
_ALIASES = {
    "windows-1251": "cp1251", "koi8_r": "koi8-r", "ibm866": "cp866", "cp1125": "cp866",
    "iso8859_5": "iso8859-5", "windows-1252": "cp1252", "latin_1": "cp1252", "cp1250": "cp1252",
}  # fmt: skip


def guess(data: bytes) -> str:
    """One of CANDIDATES for bytes that are not UTF-8.

    raises  ReadFailed when none of them can be it
    """
    from charset_normalizer import from_bytes

    sample = b"".join(islice(_telling_lines(data), 4_000))[:SAMPLE]
    best = from_bytes(sample, cp_isolation=list(CANDIDATES)).best()
    named = _ALIASES.get(best.encoding, best.encoding.replace("_", "-")) if best else ""
    ranked = sorted(_CYRILLIC_ONES, key=lambda name: oddness(sample, name))
    known = [name for name in (named, *ranked, "cp1252") if name in CANDIDATES]
    likely = (name for name in known if not _worse(sample, name, ranked[0]))
    for name in (*likely, *CANDIDATES):
        if _fits(data, name):
            return name
    raise ReadFailed(
        _("The encoding of this file was not recognised."),
        hint=_("Open it in a text editor and save it as UTF-8."),
    )


def _worse(sample: bytes, name: str, other: str) -> bool:
    """True when ``other`` reads like a language and ``name`` does not."""
    return oddness(sample, name) > 0.3 and oddness(sample, other) < 0.05 and name != other


def _telling_lines(data: bytes) -> Iterator[bytes]:
    return (line + b"\n" for line in data.split(b"\n") if not line.isascii())


def _fits(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def refuse_half_utf8(data: bytes) -> None:
    """Raise ReadFailed when part of a file is UTF-8 and part is not, naming the line."""
    good = bad = 0
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.isascii():
            continue
        try:
            # Three such characters in one line are no accident in any older encoding.
            good = good or (number if _multibyte(line) >= 3 else 0)
        except UnicodeDecodeError:
            bad = bad or number
        if good and bad:
            raise _changes(max(good, bad))


def _multibyte(line: bytes) -> int:
    return sum(not character.isascii() for character in line.decode("utf-8"))


def refuse_mixed(data: bytes, name: str) -> None:
    """Raise ReadFailed for a line that makes no sense in ``name`` but does in another one."""
    if name not in _CYRILLIC_ONES:
        return
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.isascii() or len(line) < 12 or oddness(line, name) < 0.3:
            continue
        if any(oddness(line, other) < 0.03 for other in _CYRILLIC_ONES if other != name):
            raise _changes(number)


def oddness(data: bytes, name: str) -> float:
    """How little bytes look like Russian words in this encoding: 0 is fine, 1 is rubble.

    Read in a wrong Cyrillic encoding, rare letters become frequent, capitals stand inside
    words and signs between letters.
    """
    text = data.decode(name, "replace")
    letters = len(_CYRILLIC.findall(text))
    broken = text.count("\ufffd")
    if letters < _FEW:
        return 1.0 if len(text) > _FEW and broken else 0.1
    rare = 1 - len(_COMMON.findall(text)) / letters
    rubble = len(_BREAK.findall(text)) + len(_BETWEEN.findall(text)) + broken
    return min(1.0, 2 * rubble / letters + max(0.0, rare - _RARE) * 4)


def line_of(before: str) -> int:
    """The number of the line that comes after this text, from 1."""
    return before.count("\n") + 1


def _changes(line: int) -> ReadFailed:
    what = _("The encoding of this file changes at line {line}.").format(line=line)
    return ReadFailed(what, hint=_("Save the two parts as separate files and import those."))
