"""Translates a query for an index: sequences of tokens joined by AND, OR and NOT."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct

from pressdesk.archive.search import docs
from pressdesk.document.analyser import joined, stem, stems, words
from pressdesk.press.query import All, Any, Filter, Node, Not, Phrase, Word
from pressdesk.press.states import Status, called

Field = Literal["text", "title", "meta"]
"""``text`` is title, subtitle and body; ``title`` the first two."""

SHORT = 4
"""Beginnings of words shorter than this are replaced by the commonest stems they begin."""


class TokenRun(Struct, frozen=True):
    """Tokens side by side, in order."""

    tokens: tuple[str, ...]
    field: Field = "text"


class Begins(Struct, frozen=True):
    """Any token that begins so."""

    token: str
    field: Field = "text"


class Both(Struct, frozen=True):
    """Every part."""

    parts: tuple[Expression, ...]


class Either(Struct, frozen=True):
    """One part at least; without parts: nothing."""

    parts: tuple[Expression, ...]


class Without(Struct, frozen=True):
    """The first and not the second."""

    part: Expression
    minus: Expression


Expression = TokenRun | Begins | Both | Either | Without

EVERYTHING = TokenRun((docs.EVERYTHING,), "meta")
NOTHING = Either(())


class Terms(Struct, frozen=True):
    """What of a question only the desk knows."""

    beginning: Callable[[str], Sequence[str]]
    """The commonest stems that begin so, [] when they are not counted yet."""
    embargoed: Callable[[], Sequence[int]]
    """Editions whose embargo still stands."""
    people: Callable[[str], Sequence[int]]
    """The contacts whose name or office holds these words, in any form."""


def expression(tree: Node | None, terms: Terms) -> Expression:
    """What to ask the index: every text that answers the question, and with exact phrases
    perhaps a few more, as an index of stems cannot tell forms apart."""
    made = _render(tree, terms, wide=True) if tree is not None else None
    return EVERYTHING if made is None else made


def _render(node: Node, terms: Terms, *, wide: bool) -> Expression | None:
    """``wide`` allows too many hits, else too few. None where a node says nothing."""
    match node:
        case Word():
            return _word(node, terms)
        case Phrase(text=text, title=title):
            tokens = tuple(stems(text))
            if not tokens:
                return None
            return TokenRun(tokens, "title" if title else "text") if wide else NOTHING
        case Filter():
            return _filter(node, terms)
        case All(parts=parts):
            return _both(parts, terms, wide=wide)
        case Any(parts=parts):
            made = [_render(part, terms, wide=wide) for part in parts]
            said = [part for part in made if part is not None]
            return _any(said) if said else None
        case Not():
            return _both((node,), terms, wide=wide)


def _both(parts: tuple[Node, ...], terms: Terms, *, wide: bool) -> Expression | None:
    plus = [_render(p, terms, wide=wide) for p in parts if not isinstance(p, Not)]
    minus = [_render(p.part, terms, wide=not wide) for p in parts if isinstance(p, Not)]
    wanted = tuple(part for part in plus if part is not None)
    unwanted = tuple(part for part in minus if part is not None and part != NOTHING)
    if not wanted and not minus:
        return None
    kept = Both(wanted) if len(wanted) > 1 else wanted[0] if wanted else EVERYTHING
    if not unwanted:
        return kept
    return Without(kept, _any(unwanted))


def _word(node: Word, terms: Terms) -> Expression | None:
    field: Field = "title" if node.title else "text"
    if node.prefix:
        return _beginning(node, terms, field)
    tokens = tuple(stems(node.text))
    if not tokens:
        return None
    if len(tokens) > 1:
        return TokenRun(tokens, field)
    return _any([TokenRun((form,), field) for form in joined(tokens[0])])


def _beginning(node: Word, terms: Terms, field: Field) -> Expression | None:
    said = [word for word, _begin, _end in words(node.text)]
    if not said:
        return None
    last = said[-1]
    if len(last) < SHORT:
        known = terms.beginning(last)
        any_of: tuple[Expression, ...] = tuple(TokenRun((one,), field) for one in known)
        ends: Expression = Either(any_of) if any_of else Begins(last, field)
    else:
        # "заявлени*": the stem in the index is shorter than what was typed.
        whole = stem(last)
        ends = Begins(last, field)
        if whole != last and last.startswith(whole):
            ends = Either((ends, TokenRun((whole,), field)))
    before = tuple(TokenRun((stem(word),), field) for word in said[:-1])
    return Both((*before, ends)) if before else ends


def _filter(node: Filter, terms: Terms) -> Expression | None:
    match node.dimension:
        case "kind" | "language":
            return _marked(node.dimension, (node.value,))
        case "state":
            return _state(node.value, terms)
        case "contact":
            return _marked("contact", terms.people(node.value))
        case "topic" | "place" | "speaker":
            tokens = tuple(docs.value_tokens(node.dimension, node.value))
            return TokenRun(tokens, "meta") if tokens else None


def _state(value: str, terms: Terms) -> Expression:
    standing = _marked("embargo", terms.embargoed())
    if value == Status.EMBARGO:
        return standing
    states = called(value)
    so = _marked("state", states or (value,))
    held = any(one.out for one in states) and standing != NOTHING
    return Without(so, standing) if held else so


def _marked(dimension: str, of: Sequence[object]) -> Expression:
    """Any of these values of the meta column."""
    return _any([TokenRun((docs.token(dimension, one),), "meta") for one in of])


def _any(parts: Sequence[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else Either(tuple(parts))
