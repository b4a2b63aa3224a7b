"""The pieces of a typed question, and its names of fields and values in two languages."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from msgspec import Struct

from pressdesk.document.analyser import fold
from pressdesk.press.kinds import kinds
from pressdesk.press.periods import period

NAMES: dict[str, dict[str, str]] = {
    "en": {
        "title": "title",
        "kind": "kind",
        "state": "state",
        "language": "lang",
        "place": "place",
        "topic": "topic",
        "speaker": "speaker",
        "contact": "contact",
        "before": "before",
        "after": "after",
        "on": "on",
    },
    "ru": {
        "title": "заголовок",
        "kind": "вид",
        "state": "состояние",
        "language": "язык",
        "place": "место",
        "topic": "тема",
        "speaker": "спикер",
        "contact": "контакт",
        "before": "до",
        "after": "после",
        "on": "дата",
    },
}
_MORE = {
    "language": "language",
    "date": "on",
    "headline": "title",
    "since": "after",
    "until": "before",
    "статус": "state",
    "выступает": "speaker",
    "город": "place",
    "с": "after",
}
_FIELDS = {said: key for names in NAMES.values() for key, said in names.items()} | _MORE
_DAYS = ("before", "after", "on")
_STATES = {
    "draft": "draft",
    "drafts": "draft",
    "черновик": "draft",
    "черновики": "draft",
    "issued": "issued",
    "выпущено": "issued",
    "выпущен": "issued",
    "вышло": "issued",
    "embargo": "embargo",
    "embargoed": "embargo",
    "эмбарго": "embargo",
}
_LANGUAGES = {
    "english": "en",
    "английский": "en",
    "russian": "ru",
    "русский": "ru",
    "армянский": "hy",
    "armenian": "hy",
    "белорусский": "be",
    "belarusian": "be",
    "казахский": "kk",
    "kazakh": "kk",
    "киргизский": "ky",
    "kyrgyz": "ky",
    "таджикский": "tg",
    "tajik": "tg",
    "немецкий": "de",
    "german": "de",
    "французский": "fr",
    "french": "fr",
}
_PIECE = re.compile(
    r"""(?P<minus>[-−–](?=\S))?
    (?:(?P<field>[^\W\d_]{1,12}):(?=\S))?
    (?:"(?P<straight>[^"]*)"?|«(?P<angled>[^»]*)»?|[“„](?P<curly>[^”“]*)[”“]?
    |(?P<open>\()|(?P<close>\))|(?P<word>[^\s()"«“„]+))""",
    re.VERBOSE,
)
_OR, _AND, _NOT = ("OR", "ИЛИ", "|", "||"), ("AND", "И", "&", "&&"), ("NOT", "НЕ")
LONGEST = 4000
"""Letters of a question that are read."""


class Piece(Struct, frozen=True):
    """A word, a phrase, a field with its value, or a sign: ``(``, ``)``, ``or``."""

    text: str = ""
    sign: str = ""
    field: str = ""
    """A dimension, ``title`` or ``days``; "" without one."""
    name: str = ""
    """Of days: before, after or on."""
    quoted: bool = False
    prefix: bool = False
    negated: bool = False


def pieces(text: str) -> list[Piece]:
    """The pieces of a question in order; nothing typed is an error."""
    text = text[:LONGEST]
    shouted = text.isupper()
    out: list[Piece] = []
    at, negated = 0, False
    while found := _PIECE.search(text, at):
        at = found.end()
        word = found["word"] or ""
        bare = not found["field"] and not found["minus"]
        if bare and word in _OR and not (shouted and len(word) > 2):
            out.append(Piece(sign="or"))
            continue
        if bare and word in (*_AND, *_NOT) and not shouted:
            negated = word in _NOT
            continue
        made, at = _piece(found, text, at)
        out += [_negated(one) if negated else one for one in made]
        negated = False
    return out


def _negated(piece: Piece) -> Piece:
    return Piece(**{f: getattr(piece, f) for f in piece.__struct_fields__} | {"negated": True})


def _piece(found: re.Match[str], text: str, at: int) -> tuple[list[Piece], int]:
    minus = bool(found["minus"])
    if found["open"]:
        spoken = [Piece(found["field"])] if found["field"] else []
        return [*spoken, Piece(sign="(", negated=minus)], at
    if found["close"]:
        return [Piece(sign=")")], at
    said = next((found[g] for g in ("straight", "angled", "curly") if found[g] is not None), None)
    value = found["word"] if said is None else said
    key = _FIELDS.get(fold(found["field"]), "") if found["field"] else ""
    if key in _DAYS:
        longest = _days(value, text, at, quoted=said is not None)
        if longest is not None:
            return [Piece(longest[0], field="days", name=key, negated=minus)], longest[1]
        key = ""
    elif key:
        return [_valued(key, value, quoted=said is not None, negated=minus)], at
    loose = [Piece(found["field"], negated=minus)] if found["field"] else []
    return [*loose, _spoken(value, quoted=said is not None, negated=minus)], at


def _valued(key: str, value: str, *, quoted: bool, negated: bool) -> Piece:
    if key == "title" and not quoted:
        return Piece(value.rstrip("*"), field=key, prefix=value.endswith("*"), negated=negated)
    return Piece(value, field=key, quoted=quoted, negated=negated)


def _spoken(value: str, *, quoted: bool, negated: bool) -> Piece:
    if quoted:
        return Piece(value, quoted=True, negated=negated)
    prefix = value.endswith("*") and len(value.rstrip("*")) > 0
    return Piece(value.rstrip("*"), prefix=prefix, negated=negated)


def _days(value: str, text: str, at: int, *, quoted: bool) -> tuple[str, int] | None:
    """The date that begins with this value and may go on for two words, and where it ends."""
    anyday = date(2000, 1, 1)
    found = (value, at) if period(value, anyday) else None
    if quoted:
        return found
    said, end = value, at
    for _step in range(3):
        more = re.compile(r"\s+([^\s()\"«“„:]+)").match(text, end)
        if more is None:
            break
        said, end = f"{said} {more[1]}", more.end()
        if period(said, anyday):
            found = (said, end)
    return found


def value_of(dimension: str, text: str) -> str:
    """The value a person means: kinds, states and languages by any of their names."""
    said = text.strip()
    if dimension == "kind":
        return _kinds().get(fold_all(said), said)
    if dimension == "state":
        return _STATES.get(fold_all(said), said)
    if dimension == "language":
        return _LANGUAGES.get(fold_all(said), said)
    return said


def fold_all(text: str) -> str:
    """Several words, each folded."""
    return " ".join(fold(word) for word in text.split())


@cache
def _kinds() -> dict[str, str]:
    named: dict[str, str] = {}
    for kind in kinds().values():
        for texts in (kind.label, kind.plural):
            named |= {fold_all(text): kind.name for _tag, text in texts.entries}
        named[fold_all(kind.name)] = kind.name
    return named
