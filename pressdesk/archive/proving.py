"""Recomputes the register: each record, each node, and what each seal says of its edition.

``first`` is the number of the deed to begin with: those before stand as they were found once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import Connection, Row, exists, func, literal, select

from pressdesk.archive.rows import register
from pressdesk.archive.rows.list_rows import is_out
from pressdesk.archive.store import values
from pressdesk.archive.store.tables import Key, deed, edition, issued, node
from pressdesk.press.register import deeds, tree
from pressdesk.press.register.deeds import Book, Deed, Record

_AT_ONCE = 1000

_SEALED = (
    deed.c.book == Book.OUT,
    deed.c.deed.in_([kind for kind in Deed if deeds.row_of(kind).seals]),
)


def wrong(connection: Connection, book: Book, first: int = 0) -> Iterator[str]:
    """What does not hold in a book, in its order, in a few words each.

    cost  20 µs a deed: records, nodes and times
    """
    nodes = _kept(connection, book, first)
    leaves: list[tree.Hash] = []
    for number, row in enumerate(_deeds(connection, book, first), first):
        if row.number != number:
            yield f"{book} {number}: missing"
            return  # what follows stands on it
        leaf = tree.leaf_hash(row.data)
        leaves.append(leaf)
        yield from (f"{book} {number}: {words}" for words in _about(row))
        if nodes.pop((0, number), None) != leaf:
            yield f"{book} {number}: record"
    read = register.Nodes(connection, book, "")
    yield from (f"{book}: node {level}/{at}" for level, at in _off(first, leaves, read, nodes))


def wrong_copied(connection: Connection) -> Iterator[str]:
    """What does not hold of the part that a copy for readers has: nodes, and the seals it shows."""
    nodes = _kept(connection, Book.OUT, 0)
    size = sum(1 for level, _place in nodes if level == 0)
    leaves = [nodes.pop((0, number), b"") for number in range(size)]
    for row in _deeds(connection, Book.OUT, 0):
        yield from (f"{Book.OUT} {row.number}: {words}" for words in _about(row))
        if row.size > size or leaves[row.number] != tree.leaf_hash(row.data):
            yield f"{Book.OUT} {row.number}: record"
    read = register.Nodes(connection, Book.OUT, "")
    yield from (f"{Book.OUT}: node {level}/{at}" for level, at in _off(0, leaves, read, nodes))


def _deeds(connection: Connection, book: Book, first: int) -> Iterator[Row[tuple[object, ...]]]:
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


def _kept(connection: Connection, book: Book, first: int) -> dict[tuple[int, int], tree.Hash]:
    """The nodes over this deed and those that follow it."""
    query = select(node.c.level, node.c.place, node.c.hash).where(
        node.c.book == book, node.c.place >= literal(first, Key).op(">>")(node.c.level)
    )
    return {(row.level, row.place): row.hash for row in connection.execute(query)}


def _off(
    first: int,
    leaves: Sequence[tree.Hash],
    read: tree.Read,
    nodes: dict[tuple[int, int], tree.Hash],
) -> Iterator[tuple[int, int]]:
    """The nodes above the leaves that are not what they must be, and those of nothing.

    read  gives the kept nodes over what stands before the first
    """
    level, start, below = 0, first, list(leaves)
    while below:
        if start & 1:
            below.insert(0, read(level, start - 1))
        level, start = level + 1, start >> 1
        below = [tree.node_hash(*below[i : i + 2]) for i in range(0, len(below) - 1, 2)]
        for place, one in enumerate(below, start):
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
    there = select(edition.c.uid).where(is_out(edition.c.state))
    undone = select(deed.c.edition).where(deed.c.deed == Deed.UNDONE)
    query = select(deed.c.number).where(
        *_SEALED,
        deed.c.edition.not_in(there),
        deed.c.edition.not_in(undone.where(deed.c.edition.is_not(None))),
    )
    for number in connection.execute(query.order_by(deed.c.number)).scalars():
        yield f"{Book.OUT} {number}: what it sealed is gone"


def disagreeing(connection: Connection) -> Iterator[str]:
    """Issued editions without a sheet or a seal; a book that has not as many deeds as its last
    number says.

    All in the database itself, which reads no text for it.
    cost  4 µs an edition
    """
    sheet = exists().where(issued.c.edition_id == edition.c.id)
    sealed = exists().where(deed.c.edition == edition.c.uid, *_SEALED)
    for words, one_has in (("no sheet", sheet), ("not in the register", sealed)):
        query = select(edition.c.id).where(is_out(edition.c.state), ~one_has)
        for one in connection.execute(query.order_by(edition.c.id)).scalars():
            yield f"edition {one}: {words}"
    for book in Book:
        there = select(func.count()).select_from(deed).where(deed.c.book == book)
        if connection.execute(there).scalar_one() != register.count(connection, book):
            yield f"{book}: deeds are missing"


def doubled(connection: Connection) -> Iterator[str]:
    """Editions that were sealed more than once."""
    several = select(deed.c.edition).where(*_SEALED).group_by(deed.c.edition)
    of = deed.c.edition.in_(several.having(func.count() > 1))
    query = select(deed.c.edition, deed.c.number).where(*_SEALED, of).order_by(deed.c.number)
    seen: set[str] = set()
    for uid, number in connection.execute(query):
        if uid in seen:
            yield f"{Book.OUT} {number}: sealed once more"
        seen.add(uid)


def unheard(connection: Connection, book: Book, first: int = 0) -> Iterator[str]:
    """Deeds written down before those that precede them, though the clock was not said to be
    set back: who puts a date into the past has not asked the program."""
    query = select(deed.c.number, deed.c.noted, deed.c.deed).where(deed.c.book == book)
    told = _told(connection)
    before = None
    query = query.where(deed.c.number >= first - 1).order_by(deed.c.number)
    for number, noted, kind in connection.execute(query):
        back = before is not None and noted < before and kind != Deed.CLOCK
        if back and noted not in told:
            yield f"{book} {number}: noted before what precedes it"
        before = noted


def _told(connection: Connection) -> set[object]:
    query = select(deed.c.noted).where(deed.c.deed == Deed.CLOCK)
    return set(connection.execute(query).scalars())
