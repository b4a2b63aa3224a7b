"""What the register of an open desk says: proofs for files, and whether it bears one out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, and_, select

from pressdesk.archive.rows import course, register
from pressdesk.archive.store import faults, values
from pressdesk.archive.store.engine import DeskPart, Store
from pressdesk.archive.store.tables import deed, edition, issued, node
from pressdesk.press.register import deeds, tree
from pressdesk.press.register.checkpoint import Checkpoint, Signature, origin
from pressdesk.press.register.deeds import Book, Deed, Record
from pressdesk.press.register.heads import Course, Heads
from pressdesk.press.register.proof import Proof

_AT_ONCE = 1000


class Testimony(Struct, frozen=True):
    """What the register of a desk says of a record and a checkpoint from outside."""

    own: bool
    """The checkpoint names this desk."""
    then: int
    """How many entries the checkpoint counts."""
    now: Checkpoint
    """The book of what went out, as it is now."""
    continues: bool
    """The book begins with what the checkpoint saw; never where the desk has fewer entries."""
    record: bool
    """The very record is in the book, under its number."""
    sheet: bool
    """The desk has the sealed text and looks that the record names, and they are as they were."""
    later: tuple[Record, ...] = ()
    """Editions that took its place, the oldest first."""
    undone: bool = False
    """The import that brought it was undone."""
    signatures: tuple[Signature, ...] = ()
    """What was signed when it was issued."""
    place: tuple[int, str, int] | None = None
    """Release, language and number of the edition; None where the desk has it no more."""

    @property
    def younger(self) -> bool:
        """The desk has seen less than the file: it is of before, or was cut."""
        return self.own and self.now.size < self.then


class Register(DeskPart):
    """The register of one desk; nothing here changes it."""

    def __init__(self, store: Store, desk: str) -> None:
        super().__init__(store)
        self.desk = desk
        """The uid of the desk whose register it is; "" for none."""

    def proof(self, edition_id: int) -> Proof | None:
        """What a file of an edition carries; None for a draft and for what was never sealed.

        raises  DeskForeign where the register is damaged, or has sealed something else
        cost    1 ms
        """
        query = (
            select(edition.c.uid, issued.c.sheet, issued.c.house)
            .join(issued, issued.c.edition_id == edition.c.id)
            .where(edition.c.id == edition_id)
        )
        with self._store.read() as connection:
            row = connection.execute(query).first()
            if row is None or not register.is_there(connection):
                return None
            try:
                found = register.proof(connection, self.desk, str(row.uid))
                if found is None or _proves(found, str(row.uid), row.sheet, row.house):
                    return found
            except course.UNREADABLE as error:
                raise faults.not_vouched() from error
        raise faults.not_vouched()

    def heads(self) -> Heads | None:
        """Both books as they are now; None for a desk without a register.

        raises  DeskForeign where it is damaged
        cost    about a millisecond
        """
        with self._store.read() as connection:
            if not register.is_there(connection):
                return None
            try:
                return course.heads(connection, self.desk)
            except course.UNREADABLE as error:
                raise faults.not_vouched() from error

    def checkpoints(self) -> tuple[Checkpoint, ...]:
        """Of each book that is here, as it is now; raises as ``heads``."""
        heads = self.heads()
        return (heads.out, heads.desk) if heads else ()

    def course(self, seen: Heads) -> Course:
        """What became of the register since these were its heads; they are of this desk.

        cost  some milliseconds, whatever was added since
        """
        with self._store.read() as connection:
            return course.course(connection, seen)

    def restored_at(self) -> datetime | None:
        """When a backup took the place of the desk last; None for never."""
        with self._store.read() as connection:
            return course.restored_at(connection)

    def testimony(self, seen: Checkpoint, record: Record | None = None) -> Testimony:
        """Hold a checkpoint, and a record that is in it, against this desk.

        The tree is made anew from the deeds: nodes that somebody left as they were do not help.
        raises  DeskForeign where the register cannot be read
        cost    20 µs a deed
        """
        with self._store.read() as connection:
            try:
                return self._testimony(connection, seen, record)
            except course.UNREADABLE as error:
                raise faults.not_vouched() from error

    def _testimony(
        self, connection: Connection, seen: Checkpoint, record: Record | None
    ) -> Testimony:
        nodes: dict[tuple[int, int], tree.Hash] = {}
        wanted = deeds.canonical(record) if record else b""
        there, size = False, 0
        followed: dict[str, Record] = {}
        for size, (leaf, data) in enumerate(self._leaves(connection), 1):
            for one in tree.grown(size - 1, lambda *at: nodes[at], (leaf,)):
                nodes[one.level, one.place] = one.hash
            there = there or (record is not None and size - 1 == record.number and data == wanted)
            if b'"replaces"' in data:
                after = deeds.read(data)
                followed[after.replaces] = after

        def read(level: int, place: int) -> tree.Hash:
            return nodes[level, place]

        own = seen.origin == origin(self.desk, Book.OUT)
        return Testimony(
            own=own,
            then=seen.size,
            now=Checkpoint(origin(self.desk, Book.OUT), size, tree.root(size, read)),
            continues=own and seen.size <= size and tree.root(seen.size, read) == seen.root,
            record=there,
            sheet=record is not None and _holds_sheet(connection, record),
            later=tuple(_chain(followed, record.edition)) if record else (),
            signatures=_signatures(connection, record.edition) if record else (),
            undone=record is not None and _undone(connection, record.edition),
            place=_place(connection, record.edition) if record else None,
        )

    def _leaves(self, connection: Connection) -> Iterator[tuple[tree.Hash, bytes]]:
        """The leaves of the tree in their order, each with its record, b"" where that is not here.

        raises  ValueError for one that is missing
        """
        for data in _data(connection):
            yield tree.leaf_hash(data), data


class CopiedRegister(Register):
    """What a copy for readers has: the seals of what it shows, and the tree up to the newest."""

    def heads(self) -> Heads | None:
        return None

    def checkpoints(self) -> tuple[Checkpoint, ...]:
        with self._store.read() as connection:
            try:
                size = sum(1 for _leaf in self._leaves(connection))
                read = register.Nodes(connection, Book.OUT, self.desk)
                return (read.checkpoint(size),) if size else ()
            except course.UNREADABLE as error:
                raise faults.not_vouched() from error

    def _leaves(self, connection: Connection) -> Iterator[tuple[tree.Hash, bytes]]:
        query = (
            select(node.c.place, node.c.hash, deed.c.data)
            .outerjoin(deed, and_(deed.c.book == node.c.book, deed.c.number == node.c.place))
            .where(node.c.book == Book.OUT, node.c.level == 0)
            .order_by(node.c.place)
        )
        for place, row in enumerate(connection.execute(query)):
            data = b"" if row.data is None else bytes(row.data)
            if row.place != place or (data and tree.leaf_hash(data) != row.hash):
                raise ValueError(f"entry {place}")
            yield bytes(row.hash), data


def _proves(found: Proof, uid: str, sheet: bytes, house: bytes) -> bool:
    said = (found.record.edition, found.record.sheet, found.record.house)
    return found.holds and said == (uid, values.digest(sheet), values.digest(house))


def _data(connection: Connection) -> Iterator[bytes]:
    """The records of what went out in their order; raises ValueError where one is missing."""
    first = 0
    while True:
        query = select(deed.c.number, deed.c.data).where(
            deed.c.book == Book.OUT, deed.c.number >= first
        )
        rows = connection.execute(query.order_by(deed.c.number).limit(_AT_ONCE)).all()
        for place, row in enumerate(rows, first):
            if row.number != place:
                raise ValueError(f"entry {place} is missing")
            yield bytes(row.data)
        if not rows:
            return
        first += len(rows)


def _holds_sheet(connection: Connection, record: Record) -> bool:
    query = (
        select(issued.c.sheet, issued.c.house)
        .join(edition, edition.c.id == issued.c.edition_id)
        .where(edition.c.uid == record.edition)
    )
    row = connection.execute(query).first()
    said = (record.sheet, record.house)
    return row is not None and said == (values.digest(row.sheet), values.digest(row.house))


def _chain(followed: dict[str, Record], uid: str) -> Iterator[Record]:
    """The editions that came after, each once, whatever a record says of itself."""
    seen = {uid}
    while (after := followed.get(uid)) is not None and after.edition not in seen:
        yield after
        uid = after.edition
        seen.add(uid)


def _signatures(connection: Connection, uid: str) -> tuple[Signature, ...]:
    return tuple(register.signatures(connection, (uid,)).values())


def _undone(connection: Connection, uid: str) -> bool:
    query = select(deed.c.number).where(deed.c.deed == Deed.UNDONE, deed.c.edition == uid)
    return connection.execute(query.limit(1)).first() is not None


def _place(connection: Connection, uid: str) -> tuple[int, str, int] | None:
    query = select(edition.c.release_id, edition.c.language, edition.c.number)
    row = connection.execute(query.where(edition.c.uid == uid)).first()
    return (row.release_id, row.language, row.number) if row is not None else None
