"""Finds the keys of the texts that match a query, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, select

from pressdesk.archive.rows import contacts
from pressdesk.archive.search import docs, verifying
from pressdesk.archive.search.backend import backend
from pressdesk.archive.search.expression import (
    EVERYTHING,
    NOTHING,
    Expression,
    Terms,
    Without,
    expression,
)
from pressdesk.archive.store.tables import edition, search_doc, search_stem
from pressdesk.document.analyser import stems
from pressdesk.press import asking, correcting
from pressdesk.press.query import All, Any, Node, Phrase, Question, Word

LOOK, STEP = 1000, 100
"""How many texts an exact phrase is compared with before the caller is asked, and at a time."""

STEMS = 40
"""A short beginning of a word stands for so many of the commonest stems."""

_SECOND = 1 << 62
"""Added to a key: the page below it is among the hits that are not in a title."""


class FoundKeys(Struct, frozen=True):
    """Keys in order; the rest as in HitPage."""

    keys: tuple[int, ...]
    after: int | None = None
    looked: int = 0
    looked_to: date | None = None


def find(
    connection: Connection,
    question: Question,
    now: datetime,
    after: int | None,
    limit: int,
    fence: Node | None = None,
) -> FoundKeys:
    """The next keys below ``after``.

    fence  what every text must answer besides, for a reader
    """
    terms = terms_of(connection, now)
    if fence is not None:
        # The list of contacts is not for readers: nor may it be asked name by name.
        terms = replace(terms, people=lambda _text: ())
        tree = fence if question.tree is None else All((question.tree, fence))
        question = replace(question, tree=tree)
    asked = expression(question.tree, terms)
    if question.sort == "relevance" and question.tree is not None:
        return _titles_first(connection, question, terms, asked, after, limit)
    return _page(connection, question, terms, asked, after, limit)


def terms_of(connection: Connection, now: datetime) -> Terms:
    """What an expression must know of the desk."""

    def embargoed() -> Sequence[int]:
        standing = select(edition.c.id).where(edition.c.embargo_at > now)
        return connection.execute(standing).scalars().all()

    def beginning(start: str) -> Sequence[str]:
        # The code point after every other: all that begins so lies between the two.
        last = start + "\U0010ffff"
        query = (
            select(search_stem.c.stem)
            .where(search_stem.c.stem >= start, search_stem.c.stem < last)
            .order_by(search_stem.c.number.desc(), search_stem.c.stem)
            .limit(STEMS)
        )
        return connection.execute(query).scalars().all()

    def people(text: str) -> Sequence[int]:
        return contacts.called(connection, stems(text))

    return Terms(beginning, embargoed, people)


def _titles_first(
    connection: Connection,
    question: Question,
    terms: Terms,
    asked: Expression,
    after: int | None,
    limit: int,
) -> FoundKeys:
    """Hits in titles, the newest first, then the others."""
    assert question.tree is not None
    named = expression(_in_titles(question.tree), terms)
    if after is None or after < _SECOND:
        upper = replace(question, tree=_in_titles(question.tree))
        first = _page(connection, upper, terms, named, after, limit)
        if first.after is not None or len(first.keys) >= limit:
            return first
        rest = _page(
            connection, question, terms, Without(asked, named), None, limit - len(first.keys)
        )
        begun = first.looked + rest.looked
        return FoundKeys((*first.keys, *rest.keys), _second(rest.after), begun, rest.looked_to)
    rest = _page(connection, question, terms, Without(asked, named), after - _SECOND, limit)
    return replace(rest, after=_second(rest.after))


def _second(after: int | None) -> int | None:
    return None if after is None else after + _SECOND


def _in_titles(node: Node) -> Node:
    """The same question asked of titles; filters and exclusions stay."""
    match node:
        case Word() | Phrase():
            return replace(node, title=True)
        case All(parts=parts):
            return All(tuple(_in_titles(part) for part in parts))
        case Any(parts=parts):
            return Any(tuple(_in_titles(part) for part in parts))
        case _:
            return node


def _page(
    connection: Connection,
    question: Question,
    terms: Terms,
    asked: Expression,
    after: int | None,
    limit: int,
) -> FoundKeys:
    if question.tree is not None and verifying.needed(question.tree):
        return _compared(connection, question, terms, asked, after, limit)
    keys = _keys(connection, question, asked, after, limit)
    return FoundKeys(tuple(keys), keys[-1] if len(keys) == limit else None)


def _keys(
    connection: Connection, question: Question, asked: Expression, after: int | None, limit: int
) -> list[int]:
    """The next keys below ``after``, range of days by range of days."""
    kept: list[int] = []
    for days in question.ranges():
        lowest, highest = docs.first_key(days.first), docs.last_key(days.last)
        if after is not None:
            highest = min(after - 1, highest)
        kept += _between(connection, asked, lowest, highest, limit - len(kept))
        if len(kept) == limit:
            break
    return kept


def _between(
    connection: Connection, asked: Expression, lowest: int, highest: int, limit: int
) -> list[int]:
    if asked == NOTHING:
        return []
    if asked == EVERYTHING:
        query = select(search_doc.c.key).where(search_doc.c.key.between(lowest, highest))
        query = query.order_by(search_doc.c.key.desc()).limit(limit)
        return list(connection.execute(query).scalars().all())
    return backend(connection).keys(connection, asked, lowest=lowest, highest=highest, limit=limit)


def _compared(
    connection: Connection,
    question: Question,
    terms: Terms,
    asked: Expression,
    after: int | None,
    limit: int,
) -> FoundKeys:
    """Stems cannot tell the forms of a word apart: compare the words themselves, in steps."""
    assert question.tree is not None
    kept: list[int] = []
    looked = 0
    while looked < LOOK:
        keys = _keys(connection, question, asked, after, STEP)
        for key in verifying.holding(connection, question.tree, keys, terms):
            kept.append(key)
            if len(kept) == limit:
                return FoundKeys(tuple(kept), key, looked + len(keys))
        looked += len(keys)
        if len(keys) < STEP:
            return FoundKeys(tuple(kept), None, looked)
        after = keys[-1]
    assert after is not None
    return FoundKeys(tuple(kept), after, looked, docs.day_of_key(after))


def suggestion(connection: Connection, text: str, now: datetime) -> str:
    """The candidate that finds most, looking at no more than 50 hits of each; "" for none."""
    best, number = "", 0
    terms = terms_of(connection, now)
    for candidate in correcting.candidates(text):
        question = asking.parse(candidate, now.date())
        if question.tree is None:
            continue
        found = _page(connection, question, terms, expression(question.tree, terms), None, 50)
        if len(found.keys) > number:
            best, number = candidate, len(found.keys)
    return best
