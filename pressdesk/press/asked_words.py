"""Tokens of a search query, and its names of fields and values in two languages."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from pressdesk.document.analyser import fold, folded, stems
from pressdesk.press.kinds import kinds
from pressdesk.press.periods import period
from pressdesk.press.states import Status, said_of

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
KEPT_FIELDS = frozenset(
    said for said, key in _FIELDS.items() if key in ("kind", "state", "language", *_DAYS)
)
"""Names of fields whose values are no words of a text."""

_STATES = {word: status.value for status in Status for word in said_of(status).asked}
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
    r"""[!#$%&'*+,./:;<=>?@\[\\\]^_`{}~»”‘’…—]*
    (?P<minus>[-−–]+(?=\S))?
    (?:(?P<field>[^\W\d_]{1,12}):(?=\S))?
    (?:"(?P<straight>[^"]*)"?|«(?P<angled>[^»]*)»?|[“„](?P<curly>[^”“]*)[”“]?
    |(?P<open>\()|(?P<close>\))|(?P<bar>\|+)|(?P<word>[^\s()|"«“„]+))""",
    re.VERBOSE,
)
_LIKE_FIELD = re.compile(r"[^\W\d_]{1,12}:")
_UNKNOWN_FIELD = re.compile(r"[^\W\d_][\w-]*:(?=[^\s/\d:])")
_QUOTES = re.compile('["«»“”„]')
_OR, _AND, _NOT = ("OR", "ИЛИ", "|", "||"), ("AND", "И", "&", "&&"), ("NOT", "НЕ")
_EDGES = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~«»“”„‘’—–−…"
SIGNS = (*_OR, *_AND, *_NOT)
LONGEST = 4000
"""Letters of a question that are read."""


Odd = Literal["", "field", "days", "value", "quote"]


class QueryPiece(Struct, frozen=True):
    """A word, a phrase, a field with its value, or a sign: ``(``, ``)``, ``or``, ``and``, ``not``.

    A NOT is among them only where nothing follows it.
    """

    text: str = ""
    sign: str = ""
    field: str = ""
    """A dimension, ``title`` or ``days``; "" without one. Of a bracket: what its words are."""
    name: str = ""
    """Of days: before, after or on."""
    quoted: bool = False
    prefix: bool = False
    negated: bool = False
    odd: Odd = ""
    """Why it is not read as it was meant: no such field, no such day, no value, no end."""
    said: str = ""
    """What is odd, as it was typed."""


def pieces(text: str) -> list[QueryPiece]:
    """The pieces of a question in order; nothing typed is an error."""
    text = text[:LONGEST]
    shouted = text.isupper()
    out: list[QueryPiece] = []
    at, negated = 0, False
    while found := _PIECE.search(text, at):
        word = found["word"] or ""
        bare = not found["field"] and not found["minus"]
        if found["bar"] or (bare and word in _OR and not (shouted and len(word) > 2)):
            at = found.end()
            out.append(QueryPiece(sign="or"))
            continue
        if bare and word in (*_AND, *_NOT) and not shouted:
            at, negated = found.end(), word in _NOT
            if not negated:
                out.append(QueryPiece(sign="and"))
            continue
        made, at = _piece(found, text)
        out += [replace(one, negated=True) if negated else one for one in made]
        negated = False
    return [*out, QueryPiece(sign="not")] if negated else out


def _piece(found: re.Match[str], text: str) -> tuple[list[QueryPiece], int]:
    """What was found, and where to go on: behind a field nobody knows, its value is words."""
    minus, at = bool(found["minus"]), found.end()
    key = _FIELDS.get(fold(found["field"]), "") if found["field"] else ""
    said = next((found[g] for g in ("straight", "angled", "curly") if found[g] is not None), None)
    value = (found["word"] or "") if said is None else plain(said)
    longest = None
    if key in _DAYS and value:
        longest = _days(value, text, at, quoted=said is not None)
    if longest is not None:
        return [QueryPiece(longest[0], field="days", name=key, negated=minus)], longest[1]
    if found["field"] and (not key or key in _DAYS):
        word = _valued("", found["field"], quoted=False, negated=minus)
        if not text.startswith("//", found.end("field") + 1):  # an address of the web is a word
            word = replace(word, odd="days" if key else "field", said=_typed(found, text))
        return [word], found.end("field") + 1
    if found["open"] or found["close"]:
        return [QueryPiece(sign="(" if found["open"] else ")", field=key, negated=minus)], at
    made = _valued(key, value, quoted=said is not None, negated=minus)
    odd, typed = _odd(found, key, value)
    return [replace(made, odd=odd, said=typed) if odd else made], at


def _odd(found: re.Match[str], key: str, value: str) -> tuple[Odd, str]:
    """What is wrong with a word, a phrase or a value, and what of it was typed."""
    quoted = next((g for g in ("straight", "angled", "curly") if found[g] is not None), "")
    if quoted and found.end(quoted) == found.end():
        return "quote", found[0].strip()
    if (key or quoted) and not folded(value):
        return "value", found["field"] or found[0].strip()
    if not key and not quoted and value.endswith(":") and fold(value[:-1]) in _FIELDS:
        return "value", value[:-1]
    if not key and not quoted and _UNKNOWN_FIELD.match(value):
        return "field", value
    return "", ""


def _typed(found: re.Match[str], text: str) -> str:
    """A field with what stands behind it, up to the next space."""
    whole = re.compile(r"\S+").match(text, found.start("field"))
    return whole[0] if whole else found["field"]


def _valued(key: str, value: str, *, quoted: bool, negated: bool) -> QueryPiece:
    if quoted or key not in ("", "title"):
        return QueryPiece(value, field=key, quoted=quoted, negated=negated)
    bare = value.strip(_EDGES)
    if bare in SIGNS:  # a word, as in a headline in capitals, and never a sign again
        bare = bare.lower()
    if not key and _LIKE_FIELD.match(bare):  # was behind some sign: two words side by side
        bare = bare.replace(":", "-")
    return QueryPiece(bare, field=key, prefix=value.endswith("*"), negated=negated)


def plain(text: str) -> str:
    """What stands in quotation marks without any inside, as those say nothing."""
    return " ".join(_QUOTES.sub(" ", text).split())


def _days(value: str, text: str, at: int, *, quoted: bool) -> tuple[str, int] | None:
    """The date that begins with this value and may go on for two words, and where it ends."""
    anyday = date(2000, 1, 1)
    found = (value, at) if period(value, anyday) else None
    if quoted:
        return found
    said, end = value, at
    for _step in range(3):
        more = re.compile(r"\s+([^\s()|\"«“„:]+)").match(text, end)
        if more is None:
            break
        said, end = f"{said} {more[1]}", more.end()
        if period(said, anyday):
            found = (said, end)
    return found


def value_of(dimension: str, text: str) -> str:
    """The value a person means: kinds, states and languages by any form of their names."""
    said = text.strip()
    if dimension not in ("kind", "state", "language"):
        return said
    return _values(dimension).get(tuple(stems(said)), said.casefold())


@cache
def _values(dimension: str) -> dict[tuple[str, ...], str]:
    named = {"state": _STATES, "language": _LANGUAGES}.get(dimension) or _kinds()
    return {tuple(stems(name)): value for name, value in reversed(named.items())}


def _kinds() -> dict[str, str]:
    """The kinds by their names and labels; a name comes before a label."""
    named = {kind.name: kind.name for kind in kinds().values()}
    for kind in kinds().values():
        for texts in (kind.label, kind.plural):
            named |= {text: kind.name for _tag, text in texts.entries if text not in named}
    return named
