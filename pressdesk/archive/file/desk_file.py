"""Creates and opens desks: one file each, NAME.pressdesk."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, insert, select

from pressdesk.archive.file import schema, triggers
from pressdesk.archive.file.read_only import (
    ReadingContacts,
    ReadingHouses,
    ReadingImports,
    ReadingRegister,
    ReadingReleases,
    ReadingSearch,
    ReadingTrash,
)
from pressdesk.archive.releases.imports import Imports
from pressdesk.archive.releases.noted import Deeds
from pressdesk.archive.releases.registered import CopiedRegister, Register
from pressdesk.archive.releases.releases import Releases
from pressdesk.archive.releases.trash import Trash
from pressdesk.archive.rows import houses
from pressdesk.archive.rows.contacts import Contacts
from pressdesk.archive.rows.houses import Houses
from pressdesk.archive.search import rebuilding
from pressdesk.archive.search.search import Search
from pressdesk.archive.store import authorizer, faults, header
from pressdesk.archive.store.bare import BUSY_SECONDS, connect
from pressdesk.archive.store.blobs import Blobs
from pressdesk.archive.store.dialects import on_server
from pressdesk.archive.store.engine import FileStore, Store, make_engine, writable
from pressdesk.archive.store.faults import Complaint
from pressdesk.archive.store.itself import READING_COPY, UID, is_copy, register_of
from pressdesk.archive.store.presence import DeskMark, alone
from pressdesk.archive.store.schema_number import (
    ALIKE,
    APPLICATION_ID,
    REVISION,
    SCHEMA,
    SCHEMA_KEY,
)
from pressdesk.archive.store.tables import alembic_version, meta, metadata
from pressdesk.base.errors import DeskFull, DeskReadOnly, DeskUnavailable
from pressdesk.base.files import appear, new_private, remove_stale, write_failed
from pressdesk.base.i18n import _
from pressdesk.base.places import danger
from pressdesk.press.house import House

Fill = Callable[[Connection], None]
"""Puts rows into the tables of a desk that is being made."""

_taken = Complaint(
    DeskUnavailable,
    lambda: _("“{path}” already exists."),
    lambda: _("Open it or choose another name; it was not changed."),
)
_read_only_copy = Complaint(
    DeskReadOnly,
    lambda: _("The desk “{path}” is a read-only copy and cannot be changed."),
    lambda: _("Open it read-only."),
)


no_room = Complaint(
    DeskFull,
    lambda: _("There is not enough space for the desk “{path}”."),
    lambda: _("The disk is full. Free up some space or choose another folder."),
)


class Archive:
    """An open desk. Every call may come from any thread; each is one transaction."""

    def __init__(
        self,
        store: Store,
        uid: str,
        *,
        reading: bool = False,
        copy: bool = False,
        seen: datetime | None = None,
    ) -> None:
        """``reading`` is for readers; a ``copy`` made for them holds what they may see only.

        seen  when its file was last written before it was opened; the time on its server then
        """
        self.seen = seen
        self.place = store.place
        self.read_only = store.read_only
        self.reading, self.is_copy = reading, copy
        self.uid = uid
        # A copy holds nothing else, and a server shows a reader nothing else.
        restricted = reading and not copy and isinstance(store.place, Path)
        self.releases = ReadingReleases(store) if restricted else Releases(store)
        self.contacts = ReadingContacts(store) if restricted else Contacts(store)
        self.houses = ReadingHouses(store) if restricted else Houses(store)
        self.blobs = Blobs(store)
        self.deeds = Deeds(store)
        self.imports = ReadingImports(store) if restricted else Imports(store)
        self.trash = ReadingTrash(store) if restricted else Trash(store)
        self.search = ReadingSearch(store) if restricted else Search(store)
        self.register = _register(store, uid, reading=reading, copy=copy)
        self._store = store
        self._open = True

    @property
    def path(self) -> Path:
        """The file of the desk; raises DeskUnavailable for a desk on a server."""
        return self._store.path

    def sign(self, author: str) -> None:
        """Name the person who writes: the author of every revision from now on."""
        self._store.author = author

    @property
    def answers(self) -> int:
        """How often its server has answered; it stands still while that is silent."""
        return self._store.answers

    def cut(self) -> None:
        """The end: whatever waits for its server raises DeskUnreachable, in any thread."""
        self._store.cut()

    def close(self) -> None:
        """Close the desk. Idempotent."""
        if self._open:
            self._open = False
            self._store.close()


def _register(store: Store, uid: str, *, reading: bool, copy: bool) -> Register:
    if copy:
        return CopiedRegister(store, register_of(store))
    return ReadingRegister(store, uid) if reading else Register(store, uid)


def create(
    path: Path, house: House | None = None, *, busy_seconds: float = BUSY_SECONDS
) -> Archive:
    """Make a new desk and open it.

    The file appears under its name complete or not at all, and never over another one.
    raises  DeskUnavailable when there is something of that name or no such folder,
            DeskReadOnly, DeskFull, WriteFailed; BadInput for a house with a zone nobody knows
    """
    make(path, partial(first, house=house or House()))
    return open_desk(path.absolute(), busy_seconds=busy_seconds)


def make(path: Path, fill: Fill) -> None:
    """Create a new desk with the rows that ``fill`` adds; raises as ``create``."""
    path = path.absolute()
    remove_stale(path.parent)  # also when the name is taken: a crash may have left more than that
    if os.path.lexists(path):
        raise _taken(path)
    if not path.parent.is_dir():
        raise faults.missing(path)
    if not os.access(path.parent, os.W_OK):
        raise faults.read_only(path)
    _refuse_unsafe(path)
    new = path.with_name(f".pressdesk-{secrets.token_hex(8)}.tmp")
    try:
        with faults.telling(path):
            _build(new, fill)
        appear(new, path)
    except FileExistsError as error:
        raise _taken(path) from error
    except DeskFull as error:
        raise no_room(path) from error
    except OSError as error:  # of the file itself: no place for its name, a flush that fails
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise no_room(path) from error
        raise write_failed(path, error) from error
    finally:
        header.take_away(new)


def first(connection: Connection, house: House) -> None:
    """The initial contents of a new desk: a unique id and the house style."""
    connection.execute(insert(meta).values(key=UID, value=uuid4().hex))
    houses.first(connection, house)


def _build(path: Path, fill: Fill) -> None:
    new_private(path)
    engine = make_engine(path)
    try:
        with engine.execution_options(writes=True).begin() as connection:
            furnish(connection, fill)
            triggers.make(connection)  # last: they keep out what comes in from another desk
    finally:
        engine.dispose()


def furnish(connection: Connection, fill: Fill) -> None:
    """Make and fill the tables of a desk where there are none yet, all but the guards."""
    metadata.create_all(connection)
    rebuilding.begin(connection)
    connection.execute(insert(alembic_version).values(version_num=REVISION))
    fill(connection)
    if on_server(connection):
        connection.execute(insert(meta).values(key=SCHEMA_KEY, value=str(SCHEMA)))
        return
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")


def open_desk(
    path: Path,
    *,
    read_only: bool = False,
    reading: bool = False,
    busy_seconds: float = BUSY_SECONDS,
) -> Archive:
    """Open an existing desk; a file that is none is left as it was.

    read_only     change nothing in the file
    reading       nor show anything but what is issued and free of any embargo. A reading copy
                  is always opened so, and refused for writing
    busy_seconds  how long a call waits for another program that writes
    raises  DeskUnavailable (no such file or folder, unreadable), DeskForeign (not a desk,
            empty, damaged), DeskTooNew, DeskLocked, DeskReadOnly (open it with ``read_only``;
            also where its tables and guards are not the ones we make), DeskFull (no room to
            bring an older desk up to date)
    cost    a few milliseconds once SQLAlchemy is imported
    """
    path = _real(path)
    key = header.hold(path)
    try:
        seen = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        hidden = authorizer.HIDDEN if reading else frozenset[str]()
        store = _store(path, key, read_only or reading, busy_seconds, hidden)
    except BaseException:
        header.let_go(key)
        raise
    try:
        _refuse_views(store)
        uid, copy = uid_of(store), is_copy(store)
        if not store.read_only:
            _refuse_writing(store, copy)
        return Archive(store, uid, reading=reading or copy, copy=copy, seen=seen)
    except BaseException:
        store.close()
        raise


def _real(path: Path) -> Path:
    """The file behind a link, as its journal lies there; resolved now, whatever folder is next.

    Other paths stay as they were typed: a Windows drive letter would become a share.
    """
    return path.resolve() if path.is_symlink() else path.absolute()


def _refuse_views(store: Store) -> None:
    """Raise DeskForeign where a view stands in place of a table: whatever is read may be a lie."""
    with store.read() as connection:
        views = connection.exec_driver_sql(schema.VIEWS).scalars().all()
    if found := schema.in_place_of_tables(views):
        raise faults.instead(store.place, found=found)


def _refuse_writing(store: FileStore, copy: bool) -> None:
    """Raise DeskReadOnly for a copy for readers, and where something could change what we write."""
    if copy:
        raise _read_only_copy(store.path)
    with store.read() as connection:
        found = schema.unexplained(connection)
    if found:
        raise faults.altered(store.path, found)
    store.watch(partial(_refuse_altered, path=store.path))


def _refuse_altered(connection: Connection, path: Path) -> None:
    """Raise DeskReadOnly where what is about to be written could be changed on its way."""
    if found := schema.unexplained(connection):
        raise faults.altered_meanwhile(path, found)


def _store(
    path: Path, key: tuple[int, int], read_only: bool, seconds: float, hidden: frozenset[str]
) -> FileStore:
    head = header.header(key)
    can_write = writable(path)
    if not read_only and not can_write:
        raise faults.read_only(path)
    if not read_only:
        _refuse_unsafe(path)
        _lift(path, key, seconds)
    elif head.schema < SCHEMA and head.schema not in ALIKE:
        raise faults.too_old(path)
    if read_only and can_write and header.has_tail(path, "-journal"):
        _schema(path, seconds)  # what a crash left unfinished is taken back, as by any opening
    presence = None if read_only else DeskMark(path, seconds=seconds)
    # Without a log beside it, a file nobody can write is all there is; no locks can be made.
    immutable = read_only and head.wal and not can_write and not header.has_tail(path, "-wal")
    engine = make_engine(
        path, read_only=read_only, immutable=immutable, seconds=seconds, hidden=hidden
    )
    return FileStore(engine, path, key, read_only=read_only, presence=presence)


def _refuse_unsafe(path: Path) -> None:
    """Raise DeskReadOnly where writing has cost others their databases."""
    match danger(path):
        case "network":
            what = _("The desk “{path}” is on a network drive, where file locking is unreliable.")
            hint = _("Move the file to this computer, or share the desk on a server.")
        case "cloud":
            what = _("The desk “{path}” is in a folder synced with other computers.")
            hint = _("Move the file out of that folder, or share the desk on a server.")
        case None:
            return
    raise DeskReadOnly(what.format(path=path), hint=hint)


def _lift(path: Path, key: tuple[int, int], seconds: float) -> None:
    """Bring an older desk up to date; Alembic is imported only then.

    Not while another window has it open: that one knows nothing of the new schema, and would
    issue and save without what it does not see. Nor is a copy for readers changed that can be
    read as it is: others may read it in an earlier version.
    raises  DeskReadOnly for such a copy; DeskLocked; as ``upgrade``
    """
    found = _schema(path, seconds)
    if found == SCHEMA:
        return
    if found in ALIKE and _asked(path, _COPIED, seconds) is not None:
        raise _read_only_copy(path)
    from pressdesk.archive.file.migrate import upgrade

    with alone(path, seconds=seconds):
        if _schema(path, seconds) < SCHEMA:  # nobody else has done it meanwhile
            upgrade(path, seconds=seconds)
    header.lifted(key, SCHEMA)


def _schema(path: Path, seconds: float) -> int:
    """The schema, by SQLite: what a program that was killed half-way left in the header may be
    taken back. Raises DeskTooNew."""
    found = int(_asked(path, "PRAGMA user_version", seconds)[0])
    if found > SCHEMA:
        raise faults.too_new(path)
    return found


_COPIED = f"SELECT 1 FROM meta WHERE key = '{READING_COPY}'"


def _asked(path: Path, question: str, seconds: float) -> Any:
    """The first row of an answer, before the desk is opened; None without one."""
    with (
        faults.telling(path),
        closing(connect(path, read_only=False, immutable=False, seconds=seconds)) as bare,
    ):
        return bare.execute(question).fetchone()


def uid_of(store: Store) -> str:
    """The desk's own name; asking for it proves that it can be read and locked."""
    with store.read() if store.read_only else store.write() as connection:
        found = connection.execute(select(meta.c.value).where(meta.c.key == UID)).scalar()
        # SQLite locks out readers to commit even nothing: whoever is reading a long time, as
        # for a copy, would keep the desk from being opened.
        connection.rollback()
    if found is None:
        raise faults.damaged(store.place)
    return str(found)
