"""How far the books of a register have come, and whether they go on from what was seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from hmac import compare_digest

import msgspec
from sqlalchemy import Connection, select

from pressdesk.archive.rows import register
from pressdesk.archive.store.tables import deed
from pressdesk.press.register import deeds
from pressdesk.press.register.checkpoint import Checkpoint
from pressdesk.press.register.deeds import Book, Deed
from pressdesk.press.register.heads import Course, Heads

UNREADABLE = (msgspec.DecodeError, ValueError, TypeError, KeyError, RecursionError)
"""What a register may raise that somebody altered."""


def heads(connection: Connection, desk: str) -> Heads:
    """Where both books stand; raises KeyError where a node is missing."""
    out, own = (
        register.Nodes(connection, book, desk).checkpoint(register.count(connection, book))
        for book in (Book.OUT, Book.DESK)
    )
    return Heads(out, own)


def course(connection: Connection, seen: Heads) -> Course:
    """What became of both books since these were their heads."""
    if not register.is_there(connection):  # a desk of before there were any
        return Course.BACK
    own = _course(connection, Book.DESK, seen.desk)
    # A backup that took its place was seen there already where the book that says so goes on.
    first = seen.desk.size if own is Course.ON else 0
    courses = [_course(connection, Book.OUT, seen.out), own]
    worst = max(courses, key=list(Course).index)
    if worst is not Course.ON and all(
        one is Course.ON or _restored(connection, head, first)
        for one, head in zip(courses, (seen.out, seen.desk), strict=True)
    ):
        return Course.RESTORED
    return worst


def _course(connection: Connection, book: Book, seen: Checkpoint) -> Course:
    if register.count(connection, book) < seen.size:
        return Course.BACK
    try:
        then = register.Nodes(connection, book, "").checkpoint(seen.size)
    except KeyError:  # a node is gone
        return Course.REWRITTEN
    return Course.ON if compare_digest(then.root, seen.root) else Course.REWRITTEN


def _restored(connection: Connection, seen: Checkpoint, first: int) -> bool:
    """A backup took the place of a desk whose book was at least so long; by a deed since then."""
    name = f"{seen.origin.rpartition('/')[2]}_size"
    try:
        sizes = [int(dict(one).get(name, "0")) for one in restored(connection, first)]
    except UNREADABLE:  # no such deed
        return False
    return any(one >= seen.size for one in sizes)


def restored(connection: Connection, first: int = 0) -> Iterator[tuple[tuple[str, str], ...]]:
    """What was written down each time a backup took the place of the desk, from this deed on;
    raises UNREADABLE."""
    if register.is_there(connection):
        query = select(deed.c.data).where(deed.c.book == Book.DESK, deed.c.deed == Deed.RESTORED)
        query = query.where(deed.c.number >= first).order_by(deed.c.number)
        for data in connection.execute(query).scalars().all():
            yield deeds.read(data).details


def restored_at(connection: Connection) -> datetime | None:
    """When a backup took the place of the desk last."""
    query = select(deed.c.noted).where(deed.c.book == Book.DESK, deed.c.deed == Deed.RESTORED)
    return connection.execute(query.order_by(deed.c.number.desc()).limit(1)).scalar()
