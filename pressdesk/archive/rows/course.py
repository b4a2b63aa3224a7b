"""How far the books of a register have come, and whether they go on from what was seen."""

from __future__ import annotations

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
    query = select(deed.c.data).where(deed.c.book == Book.DESK, deed.c.deed == Deed.RESTORED)
    for data in connection.execute(query).scalars():
        try:
            told = dict(deeds.read(data).details)
            if int(told.get(f"{book}_size", "0")) >= size:
                return True
        except UNREADABLE:  # no such deed
            continue
    return False
