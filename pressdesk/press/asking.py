"""The query language: parses what a person types in the search into a Question.

Anything may be typed: what means nothing is words, and no input is an error. OR binds closer
than the space between words, as in every search people know: ``river OR lake level`` asks for
level with one of the two. Words side by side must all be there; values of one field side by
side mean any of them, ``topic:ice topic:flood`` as ``topic:(ice OR flood)``, and only an AND
between them asks for both.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from pressdesk.base.i18n import _
from pressdesk.document.analyser import folded
from pressdesk.press import asked_words
from pressdesk.press.asked_words import QueryPiece
from pressdesk.press.periods import Period, period
from pressdesk.press.query import Any, Filter, Node, Not, Phrase, Question, Word
from pressdesk.press.selecting import together

TERMS, DEPTH = 64, 12
"""So many words and so deep a nesting count; what is beyond is left out."""


def parse(text: str, today: date) -> Question:
    """The question a person typed; never raises.

    ``before:2020`` ends with the last day of 2019, ``after:2020`` begins with the first day of
    2020, ``on:09.2020`` is that month. They hold for the whole question, wherever they stand:
    each ``before:`` and ``after:``, and one of the ``on:``. ``-before:`` is ``after:``, and
    ``-on:`` asks for nothing.
    cost  a tenth of a millisecond
    """
    reader = _Reader(asked_words.pieces(text), today)
    tree = reader.together(0, "")
    until = None if reader.until == date.max else reader.until
    on = tuple(sorted(reader.on, key=lambda one: (one.first, one.last)))
    return Question(tree, reader.since, until, on=on)


class _Reader:
    """Parses the tokens of one query; dates are collected, as they apply to all of it."""

    def __init__(self, pieces: Sequence[QueryPiece], today: date) -> None:
        self._pieces, self._at, self._today = pieces, 0, today
        self._terms = 0
        self.since: date | None = None
        self.until: date | None = None
        self.on: set[Period] = set()

    def together(self, depth: int, field: str) -> Node | None:
        """What stands side by side, up to the closing bracket.

        field  what a word without a field of its own belongs to: ``title:(river lake)``
        """
        found: list[Node] = []
        apart: set[int] = set()
        joining = False
        while self._at < len(self._pieces):
            piece = self._pieces[self._at]
            if piece.sign in (")", "or", "and"):  # an OR before anything, or after another
                self._at += 1
                if piece.sign == ")" and depth:
                    break
                joining = joining or (piece.sign == "and" and bool(found))
                continue
            more = self._either(depth, field)
            if more and joining:
                apart |= {len(found) - 1, len(found)}
            joining = joining and not more
            found += more
        return together(found, apart)

    def _either(self, depth: int, field: str) -> list[Node]:
        """Parts with OR between them."""
        parts = self._one(depth, field)
        while self._at < len(self._pieces) and self._pieces[self._at].sign == "or":
            self._at += 1
            while self._at < len(self._pieces) and self._pieces[self._at].sign == "and":
                self._at += 1
            if self._at < len(self._pieces) and self._pieces[self._at].sign != ")":
                parts += self._one(depth, field)
        parts = list(dict.fromkeys(parts))
        return [Any(tuple(parts))] if len(parts) > 1 else parts

    def _one(self, depth: int, field: str) -> list[Node]:
        piece = self._pieces[self._at]
        if piece.sign == "or":  # left to who goes through the parts
            return []
        self._at += 1
        if piece.sign == "(":
            if depth >= DEPTH:  # passed over; what is in it is still read
                return []
            inside = self.together(depth + 1, piece.field or field)
            return _kept(inside, negated=piece.negated)
        if piece.field == "days":
            self._days(piece)
            return []
        leaf = _leaf(piece, piece.field or field) if self._terms < TERMS else None
        self._terms += leaf is not None
        return _kept(leaf, negated=piece.negated)

    def _days(self, piece: QueryPiece) -> None:
        asked = period(piece.text, self._today)
        if asked is None:  # or it would not be a piece of days
            return
        which = piece.name
        if piece.negated:
            which = {"before": "after", "after": "before"}.get(which, "")
        first = asked.first
        if which == "on":
            self.on.add(asked)
        elif which == "after":
            self.since = max(first, self.since or first)
        elif which == "before":
            until = first - timedelta(days=1) if first > date.min else first
            self.until = min(until, self.until or until)


def _kept(node: Node | None, *, negated: bool) -> list[Node]:
    if node is None:
        return []
    if not negated:
        return [node]
    return [node.part] if isinstance(node, Not) else [Not(node)]


def _leaf(piece: QueryPiece, field: str) -> Node | None:
    """None where nothing is said: a dash, a star."""
    if not folded(piece.text):
        return None
    title = field == "title"
    if field and not title:
        value = asked_words.value_of(field, asked_words.plain(piece.text))
        return Filter(field, value)  # type: ignore[arg-type]  # a key of the table
    if piece.quoted:
        return Phrase(piece.text, title)
    return Word(piece.text, piece.prefix, title)


class Help(Struct, frozen=True):
    """One row of the help: what may be typed, and what it asks for."""

    example: str
    meaning: str


def help_rows(language: str = "en") -> tuple[Help, ...]:
    """The query language in a few rows, its names in the language of the interface."""
    n = asked_words.NAMES["ru" if language == "ru" else "en"]
    two = ("вода паводок", "заявлен*") if language == "ru" else ("river flood", "state*")
    return (
        Help(two[0], _("both words, in any form")),
        Help('"' + two[0] + '"', _("these exact words, in this order")),
        Help("-" + two[0].split()[1], _("without this word")),
        Help(" OR ".join(two[0].split()), _("either word")),
        Help(two[1], _("any word that starts like this")),
        Help(f"{n['title']}:{two[0].split()[0]}", _("in the headline")),
        Help(f"{n['kind']}:" + ("заявление" if language == "ru" else "statement"), _("a kind")),
        Help(f"{n['state']}:" + ("выпущено" if language == "ru" else "issued"), _("a state")),
        Help(f"{n['language']}:ru", _("a language")),
        Help(
            " ".join(f"{n[one]}:" for one in ("place", "topic", "speaker", "contact")),
            _("a place, a topic, who speaks, a press contact"),
        ),
        Help(
            f"{n['topic']}:" + f" {n['topic']}:".join(two[0].split()),
            _("one of these values; with AND between them, both"),
        ),
        Help(f"{n['after']}:2020 {n['before']}:09.2020", _("from 2020 on; before September 2020")),
        Help(
            f"{n['on']}:" + ('"27 сентября 2020"' if language == "ru" else '"27 September 2020"'),
            _("a day, a month or a year"),
        ),
        Help(f"{n['on']}:03.2019..2021", _("from one to the other")),
    )
