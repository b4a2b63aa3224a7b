"""Explains the parts of a query that are not understood, and suggests what to write.

The window answers whatever is typed, as a person sees what comes of it. A program does not: it
has to be told, and not to be given the answer to another question, or an empty one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from pressdesk.base.i18n import _, interface
from pressdesk.press import asked_words, asking
from pressdesk.press.asked_words import LONGEST, NAMES, QueryPiece
from pressdesk.press.kinds import kinds
from pressdesk.press.query import All, Any, Filter, Node, Not
from pressdesk.press.states import STATUSES

_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


class Misread(Struct, frozen=True):
    """One thing that is not understood, and what is known or how it is written."""

    what: str
    hint: str = ""
    unfinished: bool = False
    """Somebody may still be typing it."""


def misread(text: str, today: date) -> tuple[Misread, ...]:
    """Everything in a question that is passed over or taken for something else; () for nothing.

    cost  as ``asking.parse``
    """
    pieces = asked_words.pieces(text)
    asked = asking.parse(text, today)
    found = [*_pieces(pieces), *_signs(pieces), *_values(asked.tree)]
    if len(text) > LONGEST or sum(not piece.sign for piece in pieces) > asking.TERMS:
        what = _("The query is too long.")
        found.append(
            Misread(what, _("A query can have up to {n} words and phrases.").format(n=asking.TERMS))
        )
    if not found and text.strip() and asked.empty:
        found.append(Misread(_("The query has no words to search for."), unfinished=True))
    return tuple(dict.fromkeys(found))


def _pieces(pieces: Sequence[QueryPiece]) -> Iterator[Misread]:
    for piece in pieces:
        if piece.odd:
            yield _odd(piece)
        if piece.field == "days" and piece.name == "on" and piece.negated:
            yield Misread(
                _("Dates cannot be excluded with a minus."),
                _("Search before and after them instead."),
            )


def _odd(piece: QueryPiece) -> Misread:
    match piece.odd:
        case "field":
            return Misread(
                _("There is no field “{text}”.").format(text=piece.said),
                _(
                    "Use one of: {list}. To search for text with a colon, put it in "
                    "quotation marks."
                ).format(list=", ".join(_names().values())),
            )
        case "days":
            return Misread(
                _("“{text}” is not a date.").format(text=piece.said),
                _("Write dates as 2020, 09.2020, 27.09.2020, 2020-09-27 or 2019..2021."),
            )
        case "value":
            return Misread(
                _("“{text}” needs a value.").format(text=piece.said),
                _("Write the value right after the colon: {example}.").format(
                    example=f"{_names()['kind']}:news"
                ),
                unfinished=True,
            )
        case _:
            what = _("The closing quotation mark is missing: {text}").format(text=piece.said)
            return Misread(what, unfinished=True)


def _names() -> dict[str, str]:
    return NAMES["ru" if interface() == "ru" else "en"]


def _signs(pieces: Sequence[QueryPiece]) -> Iterator[Misread]:
    """Signs that hold nothing together, or something they cannot hold."""
    for one, sign, other in zip(pieces, pieces[1:], pieces[2:], strict=False):
        days = [part.name for part in (one, other) if part.field == "days"]
        if sign.sign == "or" and days and days != ["on", "on"]:
            yield _whole_question()
    if not pieces:
        return
    mixed = any(part.sign == "or" or (part.sign == "(" and part.negated) for part in pieces)
    depth = 0
    for before, piece in pairwise((QueryPiece(sign="("), *pieces, QueryPiece(sign=")"))):
        if before.sign in ("(", "or", "and", "not") and piece.sign in (")", "or", "and"):
            what = _("OR, AND, NOT and brackets need words.")
            yield Misread(what, unfinished=True)
        if depth < 0:
            yield Misread(_("A closing bracket has no opening bracket."))
            return
        if depth and mixed and piece.field == "days":
            yield _whole_question()
        depth += (piece.sign == "(") - (piece.sign == ")")
        if depth > asking.DEPTH:
            yield Misread(_("Brackets are nested too deeply."))
            return
    if depth >= 0:
        yield Misread(_("A bracket is not closed."), unfinished=True)


def _whole_question() -> Misread:
    return Misread(
        _("Dates apply to the whole query."),
        _("Put them outside brackets, and do not join them to words with OR."),
    )


def _values(node: Node | None) -> Iterator[Misread]:
    """Values nobody knows, of fields whose values are known."""
    match node:
        case All(parts=parts) | Any(parts=parts):
            for part in parts:
                yield from _values(part)
        case Not(part=part):
            yield from _values(part)
        case Filter(dimension="kind", value=value) if value not in kinds():
            what = _("There is no kind “{text}”.").format(text=value)
            yield Misread(what, _known(_kinds()))
        case Filter(dimension="state", value=value) if value not in STATUSES:
            what = _("There is no state “{text}”.").format(text=value)
            yield Misread(what, _known(STATUSES))
        case Filter(dimension="language", value=value) if not _TAG.fullmatch(value):
            what = _("“{text}” is not a language.").format(text=value)
            yield Misread(what, _("Use its code, such as en or ru."))


def _kinds() -> Iterable[str]:
    """The kinds as they can be typed."""
    if interface() == "en":
        return kinds()
    return [kind.label.into(interface()).casefold() for kind in kinds().values()]


def _known(values: Iterable[str]) -> str:
    return _("Use one of: {list}.").format(list=", ".join(values))
