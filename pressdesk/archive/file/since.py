"""Which rows a check looks at: all of them, or those that came since a check of the whole desk.

A save is a revision, whatever it changes, and what goes out is a deed: both are numbered, and
tell which editions were touched. Rows that another program altered without either are not among
them.
"""

from __future__ import annotations

from contextlib import suppress
from hmac import compare_digest

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, func, select, union

from pressdesk.archive.rows import course, register
from pressdesk.archive.store.engine import Store
from pressdesk.archive.store.itself import is_copy
from pressdesk.archive.store.tables import deed, edition, import_batch, release, revision
from pressdesk.press.register import deeds
from pressdesk.press.register.deeds import Book
from pressdesk.press.register.heads import Anchor

Where = tuple[ColumnElement[bool], ...]
"""For ``select``; () is all rows."""


def anchor(store: Store, desk: str) -> Anchor | None:
    """Where a desk stands; None for one without a register.

    desk    its uid
    raises  KeyError where a node of the register is missing
    """
    if is_copy(store):
        return None
    with store.read() as connection:
        if not register.is_there(connection):
            return None
        return Anchor(
            course.heads(connection, desk),
            revision=_newest(connection, revision),
            edition=_newest(connection, edition),
            batch=_newest(connection, import_batch),
        )


def _newest(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one())


def goes_on(connection: Connection, since: Anchor) -> bool:
    """Both books begin as they stood then, by their kept nodes."""
    for book in Book:
        seen = since.head(book)
        try:
            now = register.Nodes(connection, book, "").checkpoint(seen.size)
        except KeyError:
            return False
        if not compare_digest(now.root, seen.root):
            return False
    return True


def editions(since: Anchor | None) -> Where:
    """New, saved or sealed."""
    if since is None:
        return ()
    sealed = select(deed.c.edition).where(
        deed.c.book == Book.OUT,
        deed.c.number >= since.heads.out.size,
        deed.c.edition.is_not(None),
    )
    touched = union(
        select(edition.c.id).where(edition.c.id > since.edition),
        select(revision.c.edition_id).where(*revisions(since)),
        select(edition.c.id).where(edition.c.uid.in_(sealed)),
    )
    return (edition.c.id.in_(touched.scalar_subquery()),)


def releases(since: Anchor | None) -> Where:
    """Those of the editions."""
    of = editions(since)
    return (release.c.id.in_(select(edition.c.release_id).where(*of)),) if of else ()


def revisions(since: Anchor | None) -> Where:
    """Saved since, whatever was thinned out."""
    return () if since is None else (revision.c.id > since.revision,)


def batches(since: Anchor | None) -> Where:
    """Imported since, undone or not."""
    return () if since is None else (import_batch.c.id > since.batch,)


def pictures(connection: Connection, since: Anchor) -> set[str]:
    """What the seals since name, as far as they can be read."""
    query = select(deed.c.data).where(
        deed.c.book == Book.OUT, deed.c.number >= since.heads.out.size, deed.c.edition.is_not(None)
    )
    found: set[str] = set()
    for data in connection.execute(query).scalars():
        with suppress(msgspec.DecodeError, ValueError):  # which the look at the register tells
            found.update(deeds.read(data).blobs)
    return found
