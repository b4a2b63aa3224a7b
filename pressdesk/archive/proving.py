"""Recomputes the register: each record, each node, and what each seal says of its edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import Connection, Row, select

from pressdesk.archive.rows import register
from pressdesk.archive.rows.list_rows import is_out
from pressdesk.archive.store import values
from pressdesk.archive.store.tables import deed, edition, issued, node
from pressdesk.press.register import deeds, tree
from pressdesk.press.register.deeds import Book, Deed, Record

_AT_ONCE = 1000


def wrong(connection: Connection, book: Book) -> Iterator[str]:
    """What does not hold in a book, in its order, in a few words each.

    cost  30 µs a deed: records, nodes and times
    """
    nodes = _kept(connection, book)
    grown: list[tree.Hash] = []
    number = 0
    for number, row in enumerate(_deeds(connection, book)):
        if row.number != number:
            yield f"{book} {number}: missing"
            return  # what follows stands on it
        leaf = tree.leaf_hash(row.data)
        grown.append(leaf)
        yield from (f"{book} {number}: {words}" for words in _about(row))
        if nodes.pop((0, number), None) != leaf:
            yield f"{book} {number}: record"
    yield from (f"{book}: node {level}/{place}" for level, place in _off(grown, nodes))


def wrong_copied(connection: Connection) -> Iterator[str]:
    """What does not hold of the part that a copy for readers has: nodes, and the seals it shows."""
    nodes = _kept(connection, Book.OUT)
    size = sum(1 for level, _place in nodes if level == 0)
    leaves = [nodes.pop((0, number), b"") for number in range(size)]
    for row in _deeds(connection, Book.OUT):
        yield from (f"{Book.OUT} {row.number}: {words}" for words in _about(row))
        if row.size > size or leaves[row.number] != tree.leaf_hash(row.data):
            yield f"{Book.OUT} {row.number}: record"
    yield from (f"{Book.OUT}: node {level}/{place}" for level, place in _off(leaves, nodes))


def _deeds(connection: Connection, book: Book) -> Iterator[Row[tuple[object, ...]]]:
    first = 0
    while True:
        query = select(deed).where(deed.c.book == book, deed.c.number >= first)
        rows = connection.execute(query.order_by(deed.c.number).limit(_AT_ONCE)).all()
        if not rows:
            return
        yield from rows
        first = rows[-1].number + 1


def _about(row: Row[tuple[object, ...]]) -> Iterator[str]:
    """What the columns of a deed say otherwise than its record."""
    try:
        record = deeds.read(row.data)
    except (msgspec.DecodeError, ValueError, TypeError, RecursionError):
        yield "cannot be read"
        return
    if (record.number, record.deed, record.edition) != (row.number, row.deed, row.edition or ""):
        yield "differs from its record"
    if record.noted and record.noted != deeds.instant(row.noted):
        yield "time"
    if record.deed is Deed.ISSUED and not record.afterwards and record.at != record.noted:
        yield "dated back"
    if row.private is not None and not deeds.is_of(row.private, record):
        yield "what is private"


def _kept(connection: Connection, book: Book) -> dict[tuple[int, int], tree.Hash]:
    query = select(node.c.level, node.c.place, node.c.hash).where(node.c.book == book)
    return {(row.level, row.place): row.hash for row in connection.execute(query)}


def _off(
    leaves: Sequence[tree.Hash], nodes: dict[tuple[int, int], tree.Hash]
) -> Iterator[tuple[int, int]]:
    """The nodes above the leaves that are not what they must be, and those of nothing."""
    level, below = 0, leaves
    while len(below) > 1:
        level += 1
        below = [tree.node_hash(*below[i : i + 2]) for i in range(0, len(below) - 1, 2)]
        for place, one in enumerate(below):
            if nodes.pop((level, place), None) != one:
                yield level, place
    yield from sorted(nodes)


def unsealed(connection: Connection, ids: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Of some issued editions those whose seal is missing or is of something else."""
    query = (
        select(edition.c.id, edition.c.uid, edition.c.language, edition.c.issued_at)
        .add_columns(edition.c.recorded_at, issued.c.sheet, issued.c.house)
        .join(issued, issued.c.edition_id == edition.c.id)
        .where(edition.c.id.in_(ids))
        .order_by(edition.c.id)
    )
    rows = connection.execute(query).all()
    seals = register.seals(connection, [row.uid for row in rows])
    for row in rows:
        found = seals.get(row.uid)
        if found is None:
            yield row.id, "not in the register"
        elif names := tuple(_other(row, deeds.read(found[0]))):
            yield row.id, f"differs from the register: {', '.join(names)}"


def _other(row: Row[tuple[object, ...]], record: Record) -> Iterator[str]:
    said = {
        "language": (record.language, row.language),
        "at": (record.at, deeds.instant(row.issued_at)),
        "deed": (record.deed, Deed.RECORDED if row.recorded_at else Deed.ISSUED),
        "sheet": (record.sheet, values.digest(row.sheet)),
        "house": (record.house, values.digest(row.house)),
    }
    return (name for name, (one, other) in said.items() if one != other)


def vanished(connection: Connection) -> Iterator[str]:
    """Editions that the register has sealed and the desk has no more, though nothing undid it."""
    seals = [kind for kind in Deed if deeds.row_of(kind).seals]
    there = select(edition.c.uid).where(is_out(edition.c.state))
    undone = select(deed.c.edition).where(deed.c.deed == Deed.UNDONE)
    query = select(deed.c.number).where(
        deed.c.book == Book.OUT,
        deed.c.deed.in_(seals),
        deed.c.edition.not_in(there),
        deed.c.edition.not_in(undone.where(deed.c.edition.is_not(None))),
    )
    for number in connection.execute(query.order_by(deed.c.number)).scalars():
        yield f"{Book.OUT} {number}: what it sealed is gone"


def doubled(connection: Connection) -> Iterator[str]:
    """Editions that were sealed more than once."""
    seals = [kind for kind in Deed if deeds.row_of(kind).seals]
    query = select(deed.c.edition, deed.c.number).where(
        deed.c.book == Book.OUT, deed.c.deed.in_(seals)
    )
    seen: set[str] = set()
    for uid, number in connection.execute(query.order_by(deed.c.number)):
        if uid in seen:
            yield f"{Book.OUT} {number}: sealed once more"
        seen.add(uid)


def unheard(connection: Connection) -> Iterator[str]:
    """Deeds written down before those that precede them, though the clock was not said to be
    set back: who puts a date into the past has not asked the program."""
    for book in Book:
        query = select(deed.c.number, deed.c.noted, deed.c.deed).where(deed.c.book == book)
        told = _told(connection)
        before = None
        for number, noted, kind in connection.execute(query.order_by(deed.c.number)):
            back = before is not None and noted < before and kind != Deed.CLOCK
            if back and noted not in told:
                yield f"{book} {number}: noted before what precedes it"
            before = noted


def _told(connection: Connection) -> set[object]:
    query = select(deed.c.noted).where(deed.c.deed == Deed.CLOCK)
    return set(connection.execute(query).scalars())
