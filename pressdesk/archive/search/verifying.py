"""Checks exact phrases against the texts, as an index of stems cannot distinguish them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import Connection, select

from pressdesk.archive.search import docs
from pressdesk.archive.search.expression import (
    Begins,
    Both,
    Either,
    Expression,
    Terms,
    TokenRun,
    Without,
    expression,
)
from pressdesk.archive.store import faults
from pressdesk.archive.store.tables import search_terms
from pressdesk.press.found import line_of
from pressdesk.press.query import All, Any, Node, Not, Phrase


class _Text(Struct, frozen=True):
    """What a question is compared with."""

    words: str
    """Title, subtitle and body, a line each."""
    stems: tuple[str, str, str, str]


def needed(node: Node) -> bool:
    """True when some part of the question is an exact phrase."""
    match node:
        case Phrase():
            return True
        case All(parts=parts) | Any(parts=parts):
            return any(needed(part) for part in parts)
        case Not(part=part):
            return needed(part)
        case _:
            return False


def holding(connection: Connection, tree: Node, keys: Sequence[int], terms: Terms) -> list[int]:
    """Those of the keys whose texts answer the question word for word, in the same order."""
    texts = _texts(connection, keys, stems=not _only_phrases(tree))
    return [key for key in keys if key in texts and _answers(tree, texts[key], terms)]


def _only_phrases(tree: Node) -> bool:
    """True when what is no phrase was already held to by the index: all parts must hold."""
    if isinstance(tree, Phrase):
        return True
    return isinstance(tree, All) and all(
        isinstance(part, Phrase) or not needed(part) for part in tree.parts
    )


def _texts(connection: Connection, keys: Sequence[int], *, stems: bool) -> dict[int, _Text]:
    columns = [search_terms.c.key, search_terms.c.words]
    columns += [search_terms.c.terms] if stems else []
    query = select(*columns).where(search_terms.c.key.in_(keys))
    found = {}
    for key, words, *terms in connection.execute(query).all():
        with faults.row(search_terms.name, key):
            known = docs.unsqueezed(terms[0]) if terms else ("", "", "", "")
            found[key] = _Text(docs.unsqueezed_words(words), known)
    return found


def _answers(node: Node, text: _Text, terms: Terms) -> bool:
    match node:
        case Phrase(text=phrase, title=title):
            said = line_of(phrase)
            lines = text.words.rsplit("\n", 1)[0] if title else text.words
            return not said.strip() or said in lines
        case All(parts=parts):
            return all(_answers(p, text, terms) for p in parts if needed(p) or text.stems[3])
        case Any(parts=parts):
            return any(_answers(part, text, terms) for part in parts)
        case Not(part=part):
            return not _answers(part, text, terms)
        case _:
            return _stands(expression(node, terms), text.stems)


def _stands(asked: Expression, stems: tuple[str, str, str, str]) -> bool:
    """The expression holds for these stems."""
    match asked:
        case TokenRun(tokens=tokens, field=field):
            run = f" {' '.join(tokens)} "
            return any(run in f" {column} " for column in _columns(field, stems))
        case Begins(token=token, field=field):
            return any(f" {token}" in f" {column}" for column in _columns(field, stems))
        case Both(parts=parts):
            return all(_stands(part, stems) for part in parts)
        case Either(parts=parts):
            return any(_stands(part, stems) for part in parts)
        case Without(part=part, minus=minus):
            return _stands(part, stems) and not _stands(minus, stems)


def _columns(field: str, stems: tuple[str, str, str, str]) -> Sequence[str]:
    return {"text": stems[:3], "title": stems[:2], "meta": stems[3:]}[field]
