"""Takes into a copy what proves what it shows: its seals, and the tree up to the newest of them.

Nothing tells of what is hidden: how long the register is, a copy says no more than a file of its
newest edition does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, delete, func, select

from pressdesk.archive.copies.letting_out import Row
from pressdesk.archive.rows import register
from pressdesk.archive.rows.list_rows import is_out
from pressdesk.archive.store import dialects
from pressdesk.archive.store.tables import deed, edition, node
from pressdesk.press.register.deeds import Book, Deed, row_of
from pressdesk.press.register.tree import Hash

AT_ONCE = 500

_SEALS = [kind for kind in Deed if row_of(kind).seals]


def seals(connection: Connection, editions: Sequence[str]) -> list[Row]:
    """The deeds that sealed these editions, as anybody may see them."""
    query = select(deed).where(
        deed.c.book == Book.OUT, deed.c.deed.in_(_SEALS), deed.c.edition.in_(editions)
    )
    rows = connection.execute(query.order_by(deed.c.number)).mappings()
    return [dict(row) | {"login": "", "private": None} for row in rows]


def nodes(connection: Connection, held: int, size: int) -> Iterator[list[Row]]:
    """The nodes that a tree of ``size`` keeps and one of ``held`` does not, some at a time.

    The leaves come last: who has those, has all.
    """
    for level in reversed(range(size.bit_length())):
        end = size >> level
        for first in range(held >> level, end, AT_ONCE):
            query = select(node).where(
                node.c.book == Book.OUT,
                node.c.level == level,
                node.c.place >= first,
                node.c.place < min(first + AT_ONCE, end),
            )
            yield [dict(row) for row in connection.execute(query).mappings()]


def put_nodes(target: Connection, rows: list[Row]) -> None:
    """Add nodes to a copy, which may have some of them."""
    if rows:
        target.execute(dialects.upsert(target, node).on_conflict_do_nothing(), rows)


def put_seals(target: Connection, rows: list[Row]) -> None:
    """Add deeds to a copy, which may have some of them; their nodes are there."""
    if rows:
        target.execute(dialects.upsert(target, deed).on_conflict_do_nothing(), rows)


def take(source: Connection, target: Connection) -> None:
    """Take along what proves the editions that a copy shows by now."""
    if not register.is_there(source):
        return
    uids = target.execute(select(edition.c.uid)).scalars().all()
    found: list[Row] = []
    for start in range(0, len(uids), AT_ONCE):
        found += seals(source, uids[start : start + AT_ONCE])
    size = max((int(row["size"]) for row in found), default=0)
    for rows in nodes(source, 0, size):
        put_nodes(target, rows)
    put_seals(target, found)


def lacking(copy: Connection) -> list[str]:
    """The editions of a copy whose seal it does not have."""
    known = select(deed.c.edition).where(deed.c.edition.is_not(None))
    query = select(edition.c.uid).where(is_out(edition.c.state), edition.c.uid.not_in(known))
    return list(copy.execute(query).scalars().all())


def forget(copy: Connection) -> None:
    """Take out the seals of editions that a copy does not show any more."""
    copy.execute(delete(deed).where(deed.c.edition.not_in(select(edition.c.uid))))


def complete(copy: Connection) -> bool:
    """A copy has as many seals as editions."""
    numbers = [select(func.count()).select_from(one) for one in (deed, edition)]
    seals, editions = (copy.execute(one).scalar_one() for one in numbers)
    return bool(seals == editions)


def held(copy: Connection) -> int:
    """How many leaves of the tree a copy has."""
    last = select(func.max(node.c.place)).where(node.c.book == Book.OUT, node.c.level == 0)
    found = copy.execute(last).scalar()
    return 0 if found is None else int(found) + 1


def root(connection: Connection, size: int) -> Hash:
    """The root of the tree as it was; raises KeyError where nodes are not to be seen."""
    return register.Nodes(connection, Book.OUT, "").checkpoint(size).root
