"""Tells how far the register of a desk has come, and whether it goes on from what was seen."""

from __future__ import annotations

from hmac import compare_digest

from sqlalchemy import Connection, select

from pressdesk.archive.rows import register
from pressdesk.archive.store.engine import DeskPart
from pressdesk.archive.store.tables import deed
from pressdesk.press.register import deeds
from pressdesk.press.register.checkpoint import Checkpoint
from pressdesk.press.register.deeds import Book, Deed
from pressdesk.press.register.heads import Course, Heads


class Witnessed(DeskPart):
    """The heads of the register, for whoever keeps them outside the desk."""

    def heads(self, desk: str) -> Heads | None:
        """Where both books stand; None for a desk without a register.

        desk  its uid
        cost  about a millisecond
        """
        with self._store.read() as connection:
            if not register.is_there(connection):
                return None
            return heads(connection, desk)

    def course(self, seen: Heads) -> Course:
        """What became of the register since these were its heads; they are of this desk.

        cost  some milliseconds, whatever was added since
        """
        with self._store.read() as connection:
            courses = [
                _course(connection, Book.OUT, seen.out),
                _course(connection, Book.DESK, seen.desk),
            ]
        return max(courses, key=list(Course).index)


def heads(connection: Connection, desk: str) -> Heads:
    """Where both books stand, inside a transaction; raises KeyError where a node is missing."""
    out, own = (
        register.Nodes(connection, book, desk).checkpoint(register.count(connection, book))
        for book in (Book.OUT, Book.DESK)
    )
    return Heads(out, own)


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
        told = dict(deeds.read(data).details)
        if int(told.get(f"{book}_size", "0")) >= size:
            return True
    return False
