"""Writes deeds into the register and reads them; inside the transaction of the deed itself."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, func, insert, inspect, select

from pressdesk.archive.rows.list_rows import is_out
from pressdesk.archive.store import faults, values
from pressdesk.archive.store.itself import SIGNED, UID
from pressdesk.archive.store.tables import deed, edition, issued, meta, node
from pressdesk.base.address import Address
from pressdesk.base.errors import BadInput, DeskForeign
from pressdesk.press.register import deeds, tree
from pressdesk.press.register.checkpoint import Checkpoint, Sign, Signature, origin, signature
from pressdesk.press.register.deeds import Book, Deed, Record
from pressdesk.press.register.proof import Proof
from pressdesk.press.release import Edition
from pressdesk.press.sheet import Sheet, pictures

AUTHOR = "author"
"""In the options of a connection: who writes."""

BLANKS = 0.75
"""How likely one more blank follows a publication: 3 on average, and any number can be."""

_AT_ONCE, _SOME = 500, 16

_chance = random.SystemRandom()


class Entry(Struct, frozen=True):
    """A deed to be written down; number and salts are given then."""

    deed: Deed
    noted: datetime
    record: Record | None = None
    """What else the record says; its number, salt and kind are filled in."""
    said: str = ""
    """What a person wrote of it; stays private."""


def about(kind: Deed, noted: datetime, edition: str, **details: str) -> Entry:
    """A deed that concerns an edition, with what else belongs to it."""
    record = Record(0, kind, "", edition=edition, details=tuple(sorted(details.items())))
    return Entry(kind, noted, record)


def enter(connection: Connection, entries: Sequence[Entry], *, actor: str | None = None) -> None:
    """Write deeds down, in their order.

    A clock that stands before the last deed is noted first. Each publication is followed by
    blanks, those of a batch that was only taken in are not: nothing of it is under an embargo.
    actor   who did it; None takes the author of the connection
    raises  DeskForeign where the end of a book is damaged: nothing can go on from it
    cost    under 1 ms for one, 60 µs each for many, whatever the size of the books
    """
    if not entries:
        return
    if actor is None:
        actor = str(connection.get_execution_options().get(AUTHOR, ""))
    back = _set_back(connection, entries[0].noted)
    for book in Book:
        mine = [one for one in (*back, *entries) if deeds.row_of(one.deed).book is book]
        if mine:
            _enter(connection, book, mine, actor)


def _enter(connection: Connection, book: Book, entries: Sequence[Entry], actor: str) -> None:
    size, edge = _edge(connection, book)
    rows = list(_rows(book, size, entries, actor))
    for row in rows:
        row["size"] = size + len(rows)
    connection.execute(insert(deed), rows)
    leaves = [tree.leaf_hash(row["data"]) for row in rows]
    new = [
        {"book": book.value, "level": one.level, "place": one.place, "hash": one.hash}
        for one in tree.grown(size, lambda *at: edge[at], leaves)
    ]
    connection.execute(insert(node), new)


def _edge(connection: Connection, book: Book) -> tuple[int, dict[tuple[int, int], tree.Hash]]:
    """How many deeds a book has, and the nodes that what follows is put beside."""
    try:
        size = count(connection, book)
    except ValueError as error:
        raise faults.not_vouched() from error
    peaks = tree.peaks(size)
    edge = _nodes(connection, book, peaks)
    if len(edge) < len(peaks):
        raise faults.not_vouched()
    return size, edge


def _rows(book: Book, first: int, entries: Sequence[Entry], actor: str) -> Iterator[dict[str, Any]]:
    number = first
    for one in entries:
        yield _row(book, number, one, actor)
        number += 1
        while one.deed is Deed.ISSUED and not _before(one) and _chance.random() < BLANKS:
            yield _row(book, number, Entry(Deed.BLANK, one.noted), "")
            number += 1


def _before(one: Entry) -> bool:
    """It went out before there was a register."""
    return one.record is not None and one.record.afterwards


def _row(book: Book, number: int, one: Entry, actor: str) -> dict[str, Any]:
    given = one.record or Record(number, one.deed, "")
    private = deeds.Private(deeds.salt(), actor, one.said) if actor or one.said else None
    record = replace(
        given,
        number=number,
        deed=one.deed,
        salt=deeds.salt(),
        # A blank tells nothing, and the time of one is that of what stands before it.
        noted="" if one.deed is Deed.BLANK else deeds.instant(one.noted),
        private=deeds.hidden(private) if private else "",
    )
    return {
        "book": book.value,
        "number": number,
        "deed": one.deed.value,
        "edition": record.edition or None,
        "noted": one.noted,
        "login": "",
        "data": deeds.canonical(record),
        "private": deeds.kept(private) if private else None,
    }


def _set_back(connection: Connection, now: datetime) -> tuple[Entry, ...]:
    """The deed that the clock was set back, if it was."""
    before = last_noted(connection)
    if before is None or before <= now:
        return ()
    told = (("before", deeds.instant(before)), ("now", deeds.instant(now)))
    return (Entry(Deed.CLOCK, now, Record(0, Deed.CLOCK, "", details=told)),)


def last_noted(connection: Connection) -> datetime | None:
    """When the last deed was written down, by the clock of that computer."""
    found = [
        connection.execute(
            select(deed.c.noted).where(deed.c.book == book).order_by(deed.c.number.desc()).limit(1)
        ).scalar()
        for book in Book
    ]
    return max((at for at in found if at is not None), default=None)


def is_there(connection: Connection) -> bool:
    """The desk has a register; one of an earlier schema that is only read has none."""
    return inspect(connection).has_table(deed.name)


def count(connection: Connection, book: Book) -> int:
    """How many deeds a book has."""
    last = select(func.max(deed.c.number)).where(deed.c.book == book)
    found = connection.execute(last).scalar()
    return 0 if found is None else int(found) + 1


# --- what is sealed


def sealing(text: Edition, sheet: Sheet, printed: bytes, looks: bytes, replaces: str) -> Record:
    """What the record says of an edition that goes out, sealed in these bytes."""
    at = text.issued_at
    assert at is not None
    return Record(
        0,
        Deed.RECORDED if text.recorded_at else Deed.ISSUED,
        "",
        at=deeds.instant(at),
        edition=text.uid,
        language=text.language,
        reference=sheet.reference,
        sheet=values.digest(printed),
        house=values.digest(looks),
        blobs=pictures(sheet),
        replaces=replaces,
    )


def catch_up(connection: Connection, now: datetime, place: Address) -> None:
    """Enter what went out before the desk had a register: sealed afterwards.

    In no order and with blanks at the end, so that the numbers say nothing of what is under an
    embargo. A sheet that is damaged already is not sealed; a register that was begun goes on.
    cost  half a millisecond an edition
    """
    if count(connection, Book.OUT):
        return
    query = (
        select(edition.c.id, edition.c.uid, edition.c.release_id, edition.c.language)
        .add_columns(edition.c.number, edition.c.issued_at, edition.c.recorded_at)
        .join(issued, issued.c.edition_id == edition.c.id)
        .where(is_out(edition.c.state))
    )
    rows = list(connection.execute(query).all())
    _chance.shuffle(rows)
    uids = {(row.release_id, row.language, row.number): str(row.uid) for row in rows}
    for begin in range(0, len(rows), _AT_ONCE):
        some = rows[begin : begin + _AT_ONCE]
        seals = _sheets(connection, [row.id for row in some])
        entries = []
        for row in some:
            sheet, looks, sha256 = seals[row.id]
            try:
                out = values.issued(sheet, looks, sha256, place)
            except (DeskForeign, msgspec.DecodeError):
                continue
            text = Edition(row.language, uid=row.uid, issued_at=row.issued_at)
            text = replace(text, recorded_at=row.recorded_at)
            before = uids.get((row.release_id, row.language, row.number - 1), "")
            record = replace(sealing(text, out.sheet, sheet, looks, before), afterwards=True)
            entries.append(Entry(record.deed, now, record))
        enter(connection, entries, actor="")
    if rows:
        blanks = [Entry(Deed.BLANK, now)] * _chance.randrange(_SOME)
        enter(connection, blanks, actor="")


def _sheets(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[bytes, bytes, str]]:
    columns = issued.c.edition_id, issued.c.sheet, issued.c.house, issued.c.sha256
    rows = connection.execute(select(*columns).where(issued.c.edition_id.in_(ids))).all()
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def seals(connection: Connection, editions: Iterable[str]) -> dict[str, tuple[bytes, int]]:
    """By the uid of an edition the record that seals it, and the size of the book then."""
    kinds = [one for one in Deed if deeds.row_of(one).seals]
    query = select(deed.c.edition, deed.c.data, deed.c.size).where(
        deed.c.book == Book.OUT, deed.c.deed.in_(kinds), deed.c.edition.in_(tuple(editions))
    )
    rows = connection.execute(query).all()
    return {str(row.edition): (bytes(row.data), int(row.size)) for row in rows}


def proof(connection: Connection, desk: str, edition: str) -> Proof | None:
    """What a file of an edition carries; None for one that was never sealed.

    raises  ValueError or KeyError where the register is damaged
    cost    half a millisecond
    """
    found = seals(connection, (edition,)).get(edition)
    if found is None:
        return None
    data, size = found
    record = deeds.read(data)
    read = Nodes(connection, Book.OUT, desk)
    path = tree.inclusion(record.number, size, read)
    signed = signatures(connection, (edition,)).get(edition)
    checkpoint = replace(read.checkpoint(size), signatures=(signed,) if signed else ())
    return Proof(record, path, checkpoint)


def sign(connection: Connection, edition: str, by: Sign, at: datetime) -> None:
    """Sign the checkpoint of the moment at which an edition was sealed, in that transaction.

    raises  ValueError or KeyError as ``proof``; whatever ``by`` raises
    """
    desk = connection.execute(select(meta.c.value).where(meta.c.key == UID)).scalar_one()
    found = proof(connection, str(desk), edition)
    if found is not None:
        size, signed = str(found.checkpoint.size), str(by(found.checkpoint.body))
        entry = about(Deed.SIGNED, at, edition, size=size, signature=signed)
        enter(connection, (entry,))


class _Signed(Struct):
    details: tuple[tuple[str, str], ...]


def signatures(connection: Connection, editions: Sequence[str]) -> dict[str, Signature]:
    """By the uid of an edition the signature that was made when it was issued.

    A copy for readers has them apart: the book they are in tells of more than is out. Who reads on
    a server is shown them under the numbers of what they sign.
    raises  ValueError for one that somebody altered
    """
    query = select(deed.c.edition, deed.c.data).where(
        deed.c.book == Book.DESK, deed.c.deed == Deed.SIGNED, deed.c.edition.in_(editions)
    )
    found: dict[str, str] = {}
    for row in connection.execute(query.order_by(deed.c.number)).all():
        told = dict(msgspec.json.decode(row.data, type=_Signed).details)
        found.setdefault(str(row.edition), told.get("signature", ""))
    keys = [f"{SIGNED}{one}" for one in editions]
    for key, said in connection.execute(select(meta).where(meta.c.key.in_(keys))).all():
        found.setdefault(str(key).removeprefix(SIGNED), str(said))
    try:
        return {edition: signature(said) for edition, said in found.items()}
    except BadInput as error:
        raise ValueError("no signature") from error


class Nodes:
    """The kept nodes of a book, read as they are asked for."""

    def __init__(self, connection: Connection, book: Book, desk: str) -> None:
        self._connection, self._book, self._desk = connection, book, desk
        self._known: dict[tuple[int, int], tree.Hash] = {}

    def __call__(self, level: int, place: int) -> tree.Hash:
        """One of them; raises KeyError where it is missing."""
        at = level, place
        if at not in self._known:
            self._known |= _nodes(self._connection, self._book, (at,))
        return self._known[at]

    def checkpoint(self, size: int) -> Checkpoint:
        """The book as it was when it had so many deeds."""
        known = tree.peaks(size)
        self._known |= _nodes(self._connection, self._book, known)
        return Checkpoint(origin(self._desk, self._book), size, tree.root(size, self))


_ONE = select(node.c.hash).where(
    node.c.book == bindparam("book"),
    node.c.level == bindparam("level"),
    node.c.place == bindparam("place"),
)


def _nodes(
    connection: Connection, book: Book, places: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], tree.Hash]:
    """Those that are there. One at a time: asked for by "or", SQLite reads the whole book."""
    found = {}
    for level, place in places:
        one = connection.execute(_ONE, {"book": book, "level": level, "place": place}).scalar()
        if isinstance(one, bytes):
            found[level, place] = one
    return found
