"""Puts the register back: entries by their leaves, nodes by what vouches for the entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from pressdesk.archive.repair.acts import Act, Source
from pressdesk.archive.repair.rows import NO_VALUE, put
from pressdesk.archive.store.tables import deed, node
from pressdesk.press.register import deeds, tree
from pressdesk.press.register.checkpoint import Checkpoint
from pressdesk.press.register.deeds import Book, Deed, Record

Place = tuple[int, int]
"""Level and place of a node."""

Nodes = Mapping[Place, tree.Hash]

Entries = dict[int, RowMapping]
"""The rows of a book, by their numbers."""

_UNREADABLE = (msgspec.DecodeError, ValueError, TypeError, RecursionError)


def entries(connection: Connection, book: Book, *, whole: bool = False) -> Entries:
    """The rows of a book; of one that may be damaged, only what has no type to be read by."""
    columns = deed.c if whole else _PLAIN
    rows = connection.execute(select(*columns).where(deed.c.book == book)).mappings()
    return {row["number"]: row for row in rows}


_PLAIN = deed.c.book, deed.c.number, deed.c.data, deed.c.private


def mend(
    connection: Connection,
    book: Book,
    backup: Entries,
    vouched: Sequence[Checkpoint],
) -> Iterator[Act]:
    """Put a book back as far as its nodes, a backup's entries and checkpoints prove it.

    backup   the entries of a proven backup of this desk, {} without one
    vouched  checkpoints of this book that somebody outside this file vouches for
    cost     50 µs a deed
    """
    kept = nodes(connection, book)
    yield from _called_otherwise(connection, book, kept)
    there, noted = entries(connection, book), ""
    for number in range(_end(there, kept)):
        row, backed = there.get(number), backup.get(number)
        record = record_of(row["data"]) if row is not None else None
        noted = record.noted or noted if record is not None else ""
        if act := _entry(connection, book, number, row, backed, kept, noted):
            yield act
    there = entries(connection, book)
    leaves = []
    for number in range(len(there)):
        if number not in there or not isinstance(there[number]["data"], bytes):
            return  # what follows stands on it
        leaves.append(tree.leaf_hash(there[number]["data"]))
    made = grown(leaves)
    within = [one for one in vouched if 0 < one.size <= len(leaves)]
    if all(root_of(made, one.size) == one.root for one in within):
        sizes = [one.size for one in within]
        yield from _nodes(connection, book, kept, made, max(sizes, default=0))


def nodes(connection: Connection, book: Book) -> dict[Place, tree.Hash]:
    """The nodes of a book as they are kept."""
    query = select(node.c.level, node.c.place, node.c.hash).where(node.c.book == book)
    return {(row.level, row.place): row.hash for row in connection.execute(query)}


def grown(leaves: Sequence[tree.Hash]) -> dict[Place, tree.Hash]:
    """All nodes over these leaves."""
    made: dict[Place, tree.Hash] = {}
    for one in tree.grown(0, lambda *at: made[at], leaves):
        made[one.level, one.place] = one.hash
    return made


def root_of(made: Nodes, size: int) -> tree.Hash:
    """The root over the first ``size`` leaves; raises KeyError where there are not so many."""
    return tree.root(size, lambda *at: made[at])


def _end(there: Entries, kept: Nodes) -> int:
    numbers = [number for number in there if isinstance(number, int)]
    numbers += [place for level, place in kept if level == 0 and isinstance(place, int)]
    return max((one for one in numbers if one < _SPAN * (len(there) + 1)), default=-1) + 1


_SPAN = 2
"""An altered number may be anything: nobody counts as far as that."""


def _called_otherwise(connection: Connection, book: Book, kept: Nodes) -> Iterator[Act]:
    """Entries that stand under another number or book than their record and a leaf say."""
    for row in list(connection.execute(select(*_PLAIN)).mappings()):
        record = record_of(row["data"])
        if record is None or _book_of(record.deed) is not book:
            continue
        at = {"book": book.value, "number": record.number}
        right = kept.get((0, record.number)) == tree.leaf_hash(row["data"])
        free = (deed.c.book == at["book"]) & (deed.c.number == at["number"])
        if not right or (row["book"], row["number"]) == (at["book"], at["number"]):
            continue
        if connection.execute(select(deed.c.number).where(free)).first() is None:
            mine = (deed.c.book == row["book"]) & (deed.c.number == row["number"])
            connection.execute(update(deed).where(mine).values(at))
            yield Act("register", f"{book} {record.number}", ("number",), Source.TREE)


def _book_of(kind: Deed) -> Book:
    return deeds.row_of(kind).book


def record_of(data: object) -> Record | None:
    """What an entry says; None where its bytes are none."""
    try:
        return deeds.read(data) if isinstance(data, bytes) else None
    except _UNREADABLE:
        return None


def _entry(
    connection: Connection,
    book: Book,
    number: int,
    row: RowMapping | None,
    backed: RowMapping | None,
    kept: Nodes,
    noted: str,
) -> Act | None:
    """One entry: from the backup by its leaf, its columns by its record.

    noted  when it was written down; of a blank, when the one before it was
    """
    where, leaf = f"{book} {number}", kept.get((0, number))
    record = record_of(row["data"]) if row is not None else None
    proven = row is not None and record is not None and tree.leaf_hash(row["data"]) == leaf
    # The very bytes of the backup are proven, too, where it is the node that is damaged.
    same = backed is not None and row is not None and backed["data"] == row["data"]
    if backed is not None and not proven and (same or tree.leaf_hash(backed["data"]) == leaf):
        return _put(connection, where, dict(backed), Source.BACKUP)
    if row is None or record is None or not proven:
        return None
    said: dict[str, Any] = {"deed": record.deed.value, "edition": record.edition or None}
    if record.noted or (noted and not _has_time(connection, book, number)):
        said["noted"] = deeds.moment(noted)
    source = Source.REGISTER
    private = row["private"]
    if private is not None and not record.private:
        said["private"] = private = None
    if backed is not None and backed["data"] == row["data"]:
        said |= {name: backed[name] for name in ("noted", "size", "login")}
        source = Source.BACKUP
        if private is not None and not _is_private(private, record):
            said["private"] = backed["private"]
    return _put(connection, where, {"book": book.value, "number": number, **said}, source)


def _has_time(connection: Connection, book: Book, number: int) -> bool:
    query = select(deed.c.noted).where(deed.c.book == book, deed.c.number == number)
    try:
        return connection.execute(query).scalar() is not None
    except NO_VALUE:
        return False


def _is_private(private: object, record: Record) -> bool:
    return isinstance(private, bytes) and deeds.is_of(private, record)


def _put(connection: Connection, where: str, row: dict[str, Any], source: Source) -> Act | None:
    what = put(connection, deed, row)
    return None if what == () else Act("register", where, what or (), source)


def _nodes(
    connection: Connection,
    book: Book,
    kept: dict[Place, tree.Hash],
    made: Nodes,
    vouched: int,
) -> Iterator[Act]:
    """The nodes over entries that a node above them, or a checkpoint, vouches for."""
    for at, hash_ in made.items():
        level, place = at
        if kept.get(at) == hash_:
            continue
        if (place + 1) << level <= vouched or borne_out(at, kept, made):
            row = {"book": book.value, "level": level, "place": place, "hash": hash_}
            connection.execute(delete(node).where(*_is(book, at)))
            connection.execute(insert(node).values(row))
            yield Act("register", f"{book}: node {level}/{place}", ("hash",), Source.TREE)
    values = set(made.values())
    for at in sorted(kept.keys() - made.keys(), key=str):  # of whatever type they are by now
        if kept[at] in values:  # one of the others, under another place
            connection.execute(delete(node).where(*_is(book, at)))
            yield Act("register", f"{book}: node {at[0]}/{at[1]}", (), Source.TWICE)


def _is(book: Book, at: Place) -> tuple[Any, ...]:
    return node.c.book == book.value, node.c.level == at[0], node.c.place == at[1]


def borne_out(at: Place, kept: Nodes, made: Nodes) -> bool:
    """A node above is kept as it comes out of the entries: what is below is what it was."""
    level, place = at
    while at in made:
        level, place = level + 1, place >> 1
        at = level, place
        if at in made and kept.get(at) == made[at]:
            return True
    return False
