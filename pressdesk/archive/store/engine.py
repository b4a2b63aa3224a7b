"""Stores: how a desk is read and written, and the SQLite engine with its pragmas."""

from __future__ import annotations

import os
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError, NoResultFound, StatementError

from pressdesk.archive.store import authorizer, faults, header, limits
from pressdesk.archive.store.bare import BUSY_SECONDS, connect
from pressdesk.archive.store.faults import telling
from pressdesk.archive.store.presence import DeskMark
from pressdesk.base.address import Address
from pressdesk.base.errors import DeskUnavailable
from pressdesk.base.i18n import _

_SCHEMA = "schema"
"""In what is noted of a connection: the state of the schema its authorizer was set for."""

Version = tuple[int, int, int]


def journal(version: Version = sqlite3.sqlite_version_info) -> str:
    """The journal mode for this SQLite.

    source  sqlite.org/wal.html, "The WAL reset bug": before 3.51.3 two connections that
            write and checkpoint at once can corrupt the file.
    """
    return "WAL" if version >= (3, 51, 3) else "TRUNCATE"


def _pragmas(connection: sqlite3.Connection, *, read_only: bool) -> None:
    orders = ["foreign_keys = ON", "trusted_schema = OFF", "cell_size_check = ON"]
    # 8 MB a connection: the window's memory matters more than re-reading from the system cache.
    orders += ["cache_size = -8192", "temp_store = MEMORY"]
    if read_only:
        orders.append("query_only = ON")
    else:
        # FULL: what was acknowledged survives a power cut; NORMAL lost it (measured).
        orders += [f"journal_mode = {journal()}", "synchronous = FULL"]
        # What was discarded or purged is overwritten, not only forgotten.
        orders.append("secure_delete = ON")
    for order in orders:
        connection.execute(f"PRAGMA {order}").close()


def make_engine(
    path: Path,
    *,
    read_only: bool = False,
    immutable: bool = False,
    seconds: float = BUSY_SECONDS,
    hidden: frozenset[str] = frozenset(),
) -> Engine:
    """An engine on an existing desk file; opens nothing yet.

    immutable  for a file that nobody can write: no locks, no journal beside it
    hidden     tables that read as empty, for a reader
    seconds    how long a writer waits for another one
    """

    def fresh() -> sqlite3.Connection:
        connection = connect(path, read_only=read_only, immutable=immutable, seconds=seconds)
        try:
            _pragmas(connection, read_only=read_only)
            if read_only:
                authorizer.install(connection, hidden=hidden)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    engine = create_engine(
        "sqlite+pysqlite:///", creator=fresh, poolclass=QueuePool, hide_parameters=True
    )
    event.listen(engine, "begin", partial(_begin, path=path))
    if read_only:
        event.listen(engine, "begin", partial(_only_read, hidden=hidden))
    return engine


def _only_read(connection: Connection, *, hidden: frozenset[str]) -> None:
    """Within the transaction: whoever writes may have made the search index anew since the
    last one, and its table must be declared before nothing may be declared any more."""
    schema = connection.exec_driver_sql("PRAGMA schema_version").scalar()
    if connection.info.get(_SCHEMA, -1) != schema:
        authorizer.install(_bare(connection), hidden=hidden)
        connection.info[_SCHEMA] = schema


def _begin(connection: Connection, *, path: Path) -> None:
    options: dict[str, Any] = dict(connection.get_execution_options())
    if options.get("writes"):
        limits.unbound(_bare(connection))
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        limits.bound(_bare(connection), path)
        connection.exec_driver_sql("BEGIN")


def _bare(connection: Connection) -> sqlite3.Connection:
    bare = connection.connection.driver_connection
    assert isinstance(bare, sqlite3.Connection)
    return bare


class Store(ABC):
    """One engine and the two ways to use it; safe to share between threads."""

    def __init__(self, engine: Engine, place: Address, *, read_only: bool) -> None:
        self.place = place
        self.read_only = read_only
        self.author = ""
        """Who writes: the author of the revisions made from now on."""
        self._readers = engine
        self._writers = engine.execution_options(writes=True)

    @property
    def path(self) -> Path:
        """The file of the desk; raises DeskUnavailable for a desk on a server."""
        if isinstance(self.place, Path):
            return self.place
        what = _("The desk “{desk}” is on a server, not in a file.").format(desk=self.place)
        raise DeskUnavailable(what, hint=_("Copy it into a file with “pressdesk move” first."))

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One snapshot of the desk. Fetch every row inside: an open cursor keeps writers out."""
        try:
            with self._telling(), self._readers.begin() as connection:
                yield connection
        except (ValueError, RecursionError, StatementError, NoResultFound) as error:
            # A date, a state or a number that is none; what was read is asked for in turn; an
            # index knows a row that is not there.
            if isinstance(error, DBAPIError):
                raise
            raise faults.damaged(self.place) from error

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that owns the right to write from its first statement.

        Committed to the disk when the block ends, rolled back when it raises.
        raises  DeskReadOnly, DeskLocked, DeskFull, DeskForeign (damaged), DeskUnavailable
                (also when the file is no longer under its name)
        """
        if self.read_only:
            raise faults.read_only(self.place)
        self._still_there()
        with self._telling(), self._writers.begin() as connection:
            self._still_made_so(connection)
            yield connection.execution_options(author=self.author)

    @abstractmethod
    def _telling(self) -> AbstractContextManager[None]:
        """Inside, the database's errors become errors about the desk."""

    @abstractmethod
    def _still_there(self) -> None:
        """Raise DeskUnavailable when what would be written is no longer this desk."""

    @property
    def answers(self) -> int:
        """How often a server has answered; it stands still while one is silent."""
        return 0

    @abstractmethod
    def cut(self) -> None:
        """Fail every call that waits for a server, and every later one; nothing for a file."""

    @abstractmethod
    def _still_made_so(self, connection: Connection) -> None:
        """Raise DeskReadOnly when somebody changed the tables or guards meanwhile."""

    @abstractmethod
    def close(self) -> None:
        """Close all connections; calls still running keep theirs until they end."""


class DeskPart:
    """What an open desk can be asked of one thing: each method is one transaction and may run in
    any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store


class FileStore(Store):
    """A desk in one SQLite file."""

    def __init__(
        self,
        engine: Engine,
        path: Path,
        key: tuple[int, int],
        *,
        read_only: bool,
        presence: DeskMark | None = None,
    ) -> None:
        super().__init__(engine, path, read_only=read_only)
        self._key = key
        self._presence = presence
        self._look: Callable[[Connection], None] | None = None
        self._seen = -1

    def watch(self, look: Callable[[Connection], None]) -> None:
        """Look now, and first thing in each transaction that finds another schema than before.

        look  raises to refuse the writing
        cost  30 µs a transaction
        """
        with self.read() as connection:
            self._look_at(connection, look)
        self._look = look

    def _still_made_so(self, connection: Connection) -> None:
        if self._look is not None:
            self._look_at(connection, self._look)

    def _look_at(self, connection: Connection, look: Callable[[Connection], None]) -> None:
        now = int(connection.exec_driver_sql("PRAGMA schema_version").scalar_one())
        if now != self._seen:
            look(connection)
            self._seen = now

    def _telling(self) -> AbstractContextManager[None]:
        return telling(self.path)

    def _still_there(self) -> None:
        if header.key_of(self.path) != self._key:
            raise faults.moved(self.path)

    def cut(self) -> None:
        """Nothing: a file keeps nobody waiting for longer than ``seconds``."""

    def close(self) -> None:
        """Close all connections; calls still running keep theirs until they end.

        A desk at rest is one file: no empty journal beside it, and no write-ahead log, which
        a read-only folder could not be read with. Left as it is while others have it open.
        """
        self._readers.dispose()
        try:
            if not self.read_only:
                self._tidy()
        finally:
            header.let_go(self._key)
            if self._presence is not None:
                self._presence.end()

    def _tidy(self) -> None:
        with suppress(sqlite3.Error, UnicodeDecodeError):  # no harm: a crash leaves as much
            last = connect(self.path, read_only=False, immutable=False, seconds=0.2)
            try:
                last.execute(f"PRAGMA journal_mode = {journal()}").fetchall()
                last.execute("PRAGMA journal_mode = DELETE").fetchall()
            finally:
                last.close()


def writable(path: Path) -> bool:
    """Whether the file can be written and a journal created beside it."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
