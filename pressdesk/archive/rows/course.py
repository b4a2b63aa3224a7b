"""How far the books of a register have come, and whether they go on from what was seen."""

from __future__ import annotations

from collections.abc import Iterator
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
    courses = [_course(connection, Book.OUT, seen.out), _course(connection, Book.DESK, seen.desk)]
    return max(courses, key=list(Course).index)


def _course(connection: Connection, book: Book, seen: Checkpoint) -> Course:
    size = register.count(connection, book)
    if size < seen.size:
        return Course.RESTORED if _restored(connection, book, seen.size) else Course.BACK
    try:
        then = register.Nodes(connection, book, "").checkpoint(seen.size)
    except KeyError:  # a node is gone
        return Course.REWRITTEN
    if compare_digest(then.root, seen.root):
        return Course.ON
    return Course.RESTORED if _restored(connection, book, seen.size) else Course.REWRITTEN


def _restored(connection: Connection, book: Book, size: int) -> bool:
    """A backup took the place of a desk whose book was at least so long."""
    try:
        sizes = [int(dict(one).get(f"{book}_size", "0")) for one in restored(connection)]
    except UNREADABLE:  # no such deed
        return False
    return any(one >= size for one in sizes)


def restored(connection: Connection) -> Iterator[tuple[tuple[str, str], ...]]:
    """What was written down each time a backup took the place of the desk; raises UNREADABLE."""
    if register.is_there(connection):
        query = select(deed.c.data).where(deed.c.book == Book.DESK, deed.c.deed == Deed.RESTORED)
        for data in connection.execute(query.order_by(deed.c.number)).scalars().all():
            yield deeds.read(data).details
