"""Looks through the texts of a desk: what went out, the register, the saves and the drafts.

Each look puts what is wrong into a list and returns how many it compared, or None where the desk
has nothing of the kind. ``since`` is where the desk stood when it was last checked whole: then
only what came later is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Literal

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, func, select
from sqlalchemy.exc import NoResultFound, StatementError

from pressdesk.archive import proving
from pressdesk.archive.file import since as later
from pressdesk.archive.releases import draft_ground, ground
from pressdesk.archive.rows import register, revisions
from pressdesk.archive.rows.list_rows import is_out
from pressdesk.archive.store.engine import Store
from pressdesk.archive.store.itself import is_copy, register_of
from pressdesk.archive.store.tables import deed, draft, edition, release, revision
from pressdesk.base.errors import (
    BadInput,
    DeskForeign,
    DeskUnavailable,
    NotFound,
    PressDeskError,
    ReadFailed,
)
from pressdesk.press.register.deeds import Book
from pressdesk.press.register.heads import Anchor

Part = Literal[
    "file",
    "schema",
    "references",
    "issued",
    "register",
    "revisions",
    "drafts",
    "attachments",
    "imports",
    "house",
    "list",
    "search",
    "facets",
    "guards",
]

DERIVED: frozenset[Part] = frozenset({"list", "search"})
"""Parts that are made from the rest, and can be made anew."""

AT_ONCE = 200

UNREADABLE = (
    *(DeskForeign, ReadFailed, BadInput, msgspec.DecodeError),
    *(ValueError, TypeError, AttributeError, OverflowError, RecursionError, NoResultFound),
)
"""What reading a stored value may raise that is of a wrong type, no date, or nested without end;
or whose row only an index knows."""


REFUSED = (StatementError,)
"""What the database raises for a row that breaks a constraint, or a value of no type."""


def in_words(error: Exception) -> str:
    """What is told of a value that cannot be read."""
    if isinstance(error, PressDeskError):
        return error.what
    return f"a value that cannot be read ({type(error).__name__})"


class Fault(Struct, frozen=True):
    """One thing that is not as it should be: in which part, and where."""

    part: Part
    where: str
    about: tuple[str, int] | None = None
    """The table and the id of the row, where it is one of those that a person wrote."""

    @property
    def mendable(self) -> bool:
        """It is in something derived."""
        return self.part in DERIVED


def proven(store: Store) -> bool:
    """Whether what went out, the register and the drafts of a desk are sound.

    cost  2 ms an edition
    """
    found: list[Fault] = []
    try:
        for look in (look_at_issued, look_at_register, look_at_drafts):
            look(store, found)
    except (*UNREADABLE, *REFUSED):
        return False
    return not found


def look_at_issued(store: Store, found: list[Fault], since: Anchor | None = None) -> int:
    """Each issued edition: its rows, its last revision and its sheet against each other."""
    number = 0
    copied = is_copy(store)
    of = later.editions(since)
    for connection, some in batches(store, edition.c.id, is_out(edition.c.state), *of):
        number += len(some)
        look = partial(ground.wrong, connection, place=store.place, copied=copied)
        found += _told("issued", "edition", _in_batch(look, some))
    return number


def _told(part: Part, table: str, found: Iterable[tuple[int, str]]) -> list[Fault]:
    return [Fault(part, f"{table} {one}: {words}", (table, one)) for one, words in found]


_Look = Callable[[Sequence[int]], Iterable[tuple[int, str]]]
"""What is wrong with some rows: the id of each and words for it."""


def _in_batch(look: _Look, some: Sequence[int]) -> list[tuple[int, str]]:
    """Some at once; each alone where one of them has values that cannot be read."""
    try:
        return list(look(some))
    except UNREADABLE:
        return [each for one in some for each in _alone(look, one)]


def _alone(look: _Look, one: int) -> list[tuple[int, str]]:
    try:
        return list(look((one,)))
    except UNREADABLE as error:
        return [(one, in_words(error))]


def look_at_drafts(store: Store, found: list[Fault], since: Anchor | None = None) -> int | None:
    """Each draft against its last save, and what autosave kept against its hash."""
    if is_copy(store):
        return None
    number, place = 0, store.place
    of = later.editions(since)
    for connection, some in batches(store, edition.c.id, ~is_out(edition.c.state), *of):
        number += len(some)
        look: _Look = partial(draft_ground.wrong, connection, place=place)
        found += _told("drafts", "edition", _in_batch(look, some))
    for connection, some in batches(store, draft.c.edition_id):
        look = partial(draft_ground.wrong_kept, connection)
        found += _told("drafts", "edition", _in_batch(look, some))
    for connection, some in batches(store, release.c.id, *later.releases(since)):
        look = partial(draft_ground.shared, connection, place=place)
        found += _told("drafts", "release", _in_batch(look, some))
    return number


def look_at_register(store: Store, found: list[Fault], since: Anchor | None = None) -> int | None:
    """The books recomputed, and the seal of each issued edition.

    Since a check, the books have to go on from there; which editions the desk has, and which
    the books have sealed, is compared all the same.
    """
    if is_copy(store):
        return _look_at_copied(store, found) if register_of(store) else None
    with store.read() as connection:
        if not register.is_there(connection):
            return None
        if since and not later.goes_on(connection, since):
            found.append(Fault("register", "it does not go on from the last check"))
            return 0
        first = {book: since.head(book).size if since else 0 for book in Book}
        wrong = [one for book in Book for one in proving.wrong(connection, book, first[book])]
        for book in Book:
            wrong += proving.unheard(connection, book, first[book])
        number = sum(register.count(connection, book) - first[book] for book in Book)
    with store.read() as connection:
        wrong += [*proving.vanished(connection), *proving.doubled(connection)]
        if since:
            wrong += proving.disagreeing(connection)
    found += [Fault("register", words) for words in wrong]
    _look_at_seals(store, found, since)
    return number


def _look_at_copied(store: Store, found: list[Fault]) -> int:
    """The proofs in a copy for readers, each against the tree and the edition it is of."""
    with store.read() as connection:
        found += [Fault("register", words) for words in proving.wrong_copied(connection)]
        number = connection.execute(select(func.count()).select_from(deed)).scalar_one()
    _look_at_seals(store, found)
    return int(number)


def _look_at_seals(store: Store, found: list[Fault], since: Anchor | None = None) -> None:
    out = is_out(edition.c.state)
    for connection, some in batches(store, edition.c.id, out, *later.editions(since)):
        found += _told("register", "edition", proving.unsealed(connection, some))


def look_at_revisions(store: Store, found: list[Fault], since: Anchor | None = None) -> int:
    """Each save against its hash, and its columns against its bytes; what went out by one of
    them, or by its sheet, is no draft."""
    number, out = 0, set()
    for connection, one in each(store, revision.c.id, *later.revisions(since)):
        number += 1
        try:
            text, other = revisions.noted_otherwise(connection, one, store.place)
        except NotFound:
            number -= 1  # deleted since the ids were read
        except (DeskUnavailable, *UNREADABLE):
            found.append(Fault("revisions", f"revision {one}", ("revision", one)))
        else:
            if text.state.out:
                out.add(text.id)
            if other:
                words = f"revision {one}: differs from what was saved: {', '.join(other)}"
                found.append(Fault("revisions", words, ("revision", one)))
    with store.read() as connection:
        for one in ground.called_drafts(connection, out):
            words = f"edition {one}: went out, and is called a draft"
            found.append(Fault("issued", words, ("edition", one)))
    return number


def each(
    store: Store, column: ColumnElement[Any], *where: ColumnElement[bool]
) -> Iterator[tuple[Connection, Any]]:
    """All ids, each with a connection to look at its row."""
    for connection, some in batches(store, column, *where):
        for one in some:
            yield connection, one


def batches(
    store: Store, column: ColumnElement[Any], *where: ColumnElement[bool]
) -> Iterator[tuple[Connection, Sequence[Any]]]:
    """All ids, some at a time with a connection: no reading keeps writers out for long."""
    with store.read() as connection:
        ids = connection.execute(select(column).where(*where).order_by(column)).scalars().all()
    for start in range(0, len(ids), AT_ONCE):
        with store.read() as connection:
            yield connection, ids[start : start + AT_ONCE]
