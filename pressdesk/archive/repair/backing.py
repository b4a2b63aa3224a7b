"""A named backup as a witness: what it may be asked, once it has proven itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, RowMapping, Table, select

from pressdesk.archive import proving
from pressdesk.archive.file import desk_file, schema
from pressdesk.archive.file.texts import UNREADABLE
from pressdesk.archive.releases import ground
from pressdesk.archive.repair import books
from pressdesk.archive.repair.books import Entries, Nodes
from pressdesk.archive.repair.rows import Row
from pressdesk.archive.rows import course, register, revisions
from pressdesk.archive.store import faults
from pressdesk.archive.store.tables import edition, issued, revision
from pressdesk.base.address import Address
from pressdesk.base.errors import BadInput, DeskUnavailable
from pressdesk.base.i18n import _
from pressdesk.press.register import tree
from pressdesk.press.register.checkpoint import Checkpoint, origin
from pressdesk.press.register.deeds import Book
from pressdesk.press.register.heads import Heads


class Backing(Struct, frozen=True):
    """An open backup whose register is that of the desk; rows are proven as they are asked for."""

    connection: Connection
    place: Address
    books: Mapping[Book, Entries]
    heads: tuple[Checkpoint, ...]
    """Where both books stood."""

    def row(self, table: Table, *where: Any) -> RowMapping | None:
        """A row that proves itself by a hash the caller knows; None without one."""
        with faults.telling(self.place):
            return self.connection.execute(select(table).where(*where)).mappings().first()

    def sheet(self, uid: str) -> RowMapping | None:
        """The sealed sheet of the edition of this uid."""
        query = select(issued).join(edition, edition.c.id == issued.c.edition_id)
        with faults.telling(self.place):
            return self.connection.execute(query.where(edition.c.uid == uid)).mappings().first()

    def saves(self, uid: str, edition_id: int) -> dict[int, tuple[Row, bytes]]:
        """The revisions of an edition by their ids, each with its bytes.

        None unless the edition is sound: one that was issued must agree with its sheet and the
        register there.
        """
        of = (edition.c.uid == uid) & (edition.c.id == edition_id)
        if self.row(edition, of) is None or not self._holds(edition_id):
            return {}
        found: dict[int, tuple[Row, bytes]] = {}
        for one in revisions.ids(self.connection, revisions.of_edition(edition_id)):
            row = self.row(revision, revision.c.id == one)
            try:
                plain = revisions.plain(self.connection, one, self.place)
                text, other = revisions.noted_otherwise(self.connection, one, self.place)
            except (DeskUnavailable, *UNREADABLE):
                continue
            if row is not None and text.uid == uid and not other:
                found[one] = dict(row), plain
        return found

    def _holds(self, edition_id: int) -> bool:
        out = self.row(issued, issued.c.edition_id == edition_id) is not None
        if not out:
            return True
        look = ground.wrong(self.connection, (edition_id,), self.place, copied=False)
        return not [*look, *proving.unsealed(self.connection, (edition_id,))]


@contextmanager
def opened(
    file: Path | None,
    uid: str,
    mine: Mapping[Book, tuple[Entries, Nodes]],
    seen: Heads | None,
) -> Iterator[Backing | None]:
    """A backup, if one is named, while it is asked.

    mine    the books of the desk as they are, with their nodes
    seen    what this computer saw of it last
    raises  BadInput for the backup of another desk, or of one that took another course;
            DeskUnavailable and its kind where it cannot be read
    """
    if file is None:
        yield None
        return
    archive = desk_file.open_desk(file, read_only=True)
    try:
        # Not its ``read``: what fails inside may be of the desk that is repaired.
        with archive._store._readers.begin() as connection:
            if archive.uid != uid or archive.is_copy:
                what = _("“{path}” is not a backup of this desk.").format(path=file)
                raise BadInput(what, hint=_("Choose one from the list of its backups."))
            if not register.is_there(connection):
                what = _("“{path}” was made by an earlier version.").format(path=file)
                raise BadInput(what, hint=_("It has no register yet and proves nothing here."))
            try:
                with faults.telling(file):
                    if found := schema.unexplained(connection):
                        raise faults.altered_copy(file, found)
                    backing = _proven(connection, file, uid, mine, seen)
            except course.UNREADABLE as error:  # a value of no type
                raise faults.damaged(file) from error
            yield backing
    finally:
        archive.close()


def _proven(
    connection: Connection,
    file: Path,
    uid: str,
    mine: Mapping[Book, tuple[Entries, Nodes]],
    seen: Heads | None,
) -> Backing:
    heads, rows = [], {}
    for book in Book:
        if any(proving.wrong(connection, book)):
            raise faults.damaged(file)
        there = rows[book] = books.entries(connection, book, whole=True)
        made = books.grown([tree.leaf_hash(there[number]["data"]) for number in range(len(there))])
        was = None if seen is None else seen.out if book is Book.OUT else seen.desk
        if not _same_course(there, made, *mine[book], was):
            what = _("The register of “{path}” is not the beginning of that of this desk.")
            hint = _("It is of another copy of the desk. Choose another backup.")
            raise BadInput(what.format(path=file), hint=hint)
        if there:
            root = books.root_of(made, len(there))
            heads.append(Checkpoint(origin(uid, book), len(there), root))
    return Backing(connection, file, rows, tuple(heads))


def _same_course(
    there: Entries, made: Nodes, mine: Entries, kept: Nodes, seen: Checkpoint | None
) -> bool:
    """What this computer saw is in it, and each entry that both have is the same.

    One that is damaged here is the same where a node over it is.
    """
    first = 0
    if seen is not None and 0 < seen.size <= len(there):
        if books.root_of(made, seen.size) != seen.root:
            return False
        first = seen.size
    both = [number for number in there if number >= first and number in mine]
    return all(
        there[number]["data"] == mine[number]["data"]
        or kept.get((0, number)) == made[0, number]
        or books.borne_out((0, number), kept, made)
        for number in both
    )
