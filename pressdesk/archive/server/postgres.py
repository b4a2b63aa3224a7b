"""Desks on a PostgreSQL server: the engine, one writer at a time, and the version check."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from threading import Event
from typing import Any
from weakref import WeakSet

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, func, select, text

from pressdesk.archive.file.desk_file import Archive, Fill, first, furnish, uid_of
from pressdesk.archive.server import (
    at_work,
    changes,
    checking,
    complaints,
    guards,
    registrar,
    rights,
    shown,
    turn,
)
from pressdesk.archive.server.rights import READING
from pressdesk.archive.store import faults
from pressdesk.archive.store.bare import BUSY_SECONDS
from pressdesk.archive.store.engine import Store
from pressdesk.archive.store.schema_number import ALIKE, SCHEMA, SCHEMA_KEY
from pressdesk.archive.store.tables import meta, metadata
from pressdesk.base import address, passwords
from pressdesk.base.address import Server
from pressdesk.press.house import House

OWN_VIEW = "pg_temp"
"""The schema of what a session makes for itself."""

_NUMBER = "transaction"
"""In what is noted of a connection: the number of the transaction that writes."""

SESSION = f"PressDesk schema {SCHEMA}"
"""What the server's list of sessions calls whoever reads and writes rows: others see by it which
schema is known there. Before schema 3 it was "PressDesk"."""

SILENCE_SECONDS = 15
"""A line on which nothing that was sent arrives for so long is dead."""


class OfficeStore(Store):
    """A desk in one database of a server."""

    def __init__(self, engine: Engine, server: Server, cut: Event, *, read_only: bool) -> None:
        """``cut`` is that of the engine."""
        super().__init__(engine, server, read_only=read_only)
        self.server = server
        self.own = changes.Own()
        """What this very archive changed."""
        self._answers, self._cut = 0, cut
        self._lines: WeakSet[psycopg.Connection[Any]] = WeakSet()
        event.listen(engine, "connect", self._connected)
        event.listen(engine, "after_cursor_execute", self._answered)
        self._readers = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    def _connected(self, line: Any, _record: object) -> None:
        self._lines.add(line)

    def _answered(self, *_of: object) -> None:
        self._answers += 1

    @property
    def answers(self) -> int:
        return self._answers

    def cut(self) -> None:
        self._cut.set()
        for line in tuple(self._lines):
            shut(line)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """As for a file; raises DeskUnreachable once it is cut."""
        if self._cut.is_set():
            raise complaints.unreachable(self.server)
        with super().read() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """As for a file; its changes are then recognised as our own.

        Noted before the commit, since the server calls as soon as that is done; and no more
        where it failed, as nobody knows then whether it was done.
        """
        number = None
        try:
            with super().write() as connection:
                number = connection.info[_NUMBER]
                self.own.note(number)
                yield connection
        except BaseException:
            if number is not None:
                self.own.forget(number)
            raise

    def _telling(self) -> AbstractContextManager[None]:
        return complaints.telling(self.server)

    def _still_there(self) -> None:
        if self.read_only:
            raise complaints.read_only(self.server)
        if self._cut.is_set():
            raise complaints.unreachable(self.server)

    def _still_made_so(self, connection: Connection) -> None:
        """Only the owner can change them there, and each opening looks."""

    def close(self) -> None:
        """Close all connections; calls still running keep theirs until they end."""
        self._readers.dispose()


def make_engine(
    server: Server,
    password: str | None,
    *,
    seconds: float = BUSY_SECONDS,
    name: str = SESSION,
    schema: str = "public",
    cut: Event | None = None,
) -> Engine:
    """An engine on a server; opens nothing yet.

    password  None leaves it to libpq: PGPASSWORD, the password file, or none at all
    seconds   how long a writer waits for another one
    name      what the server's list of sessions calls this one
    schema    where the tables are: readers have views of the same names
    cut       once set no connection is made any more
    """

    def fresh() -> psycopg.Connection[Any]:
        if cut is not None and cut.is_set():
            raise complaints.unreachable(server)
        # One that was changed meanwhile is said anew while the desk is open.
        said = passwords.said(server)
        secret = password if said is None else said
        line = connect(server, secret, seconds=seconds, name=name, schema=schema)
        if schema == OWN_VIEW:
            _make_view(line, server)
        return line

    engine = create_engine(
        "postgresql+psycopg://",
        creator=fresh,
        poolclass=QueuePool,
        pool_pre_ping=True,  # a laptop that slept, a server that was started anew
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def connect(
    server: Server,
    password: str | None,
    *,
    seconds: float = BUSY_SECONDS,
    name: str = SESSION,
    schema: str = "public",
) -> psycopg.Connection[Any]:
    """A bare connection, in UTC, that notices a dead line within a minute.

    raises  DeskUnavailable for an address libpq cannot read; psycopg.Error
    """
    more: dict[str, Any] = {} if password is None else {"password": password}
    if sys.platform == "linux":
        more["tcp_user_timeout"] = SILENCE_SECONDS * 1000
    try:
        conninfo_to_dict(server.url)
    except psycopg.ProgrammingError as error:
        raise complaints.no_address(server) from error
    return psycopg.connect(
        server.url,
        application_name=name,
        connect_timeout=10,
        keepalives=1,
        keepalives_idle=20,
        keepalives_interval=10,
        keepalives_count=3,
        options=f"-c timezone=UTC"
        f" -c search_path={schema},pg_temp -c lock_timeout={round(seconds * 1000)}"
        " -c idle_in_transaction_session_timeout=600000 -c client_encoding=UTF8",
        **more,
    )


def shut(line: psycopg.Connection[Any]) -> None:
    """End a line from another thread: who waits at it for the server waits no more."""
    with suppress(psycopg.Error, OSError):
        end = socket.socket(fileno=line.fileno())
        try:
            end.shutdown(socket.SHUT_RDWR)
        finally:
            end.detach()  # whose it is, closes it


def _begin(connection: Connection) -> None:
    # One writer at a time, as with a file: what a transaction has read stays true until it
    # writes. The price is a queue of writers, milliseconds each.
    if connection.get_execution_options().get("writes"):
        connection.info[_NUMBER] = turn.take(connection)


def create_office(
    url: str, house: House | None = None, *, password: str | None = None, roles: bool = False
) -> Archive:
    """Make a new desk in an empty database and open it: all of it or nothing.

    url       postgresql://user@host:port/database; a password in it is used and forgotten
    roles     make the roles of editors and readers, too; that takes the right to make roles
    raises    DeskUnavailable when the server does not answer or the database holds something,
              DeskPassword, DeskReadOnly without the right to make tables; BadInput
    """
    make(url, partial(first, house=house or House()), password=password, roles=roles)
    return open_office(url, password=password)


def make(url: str, fill: Fill, *, password: str | None = None, roles: bool = False) -> None:
    """Create a new desk with the rows that ``fill`` adds; raises as ``create_office``."""
    server, password = _parted(url, password)
    engine = make_engine(server, password)
    try:
        with complaints.telling(server), engine.begin() as connection:
            _build(connection, server, fill, roles=roles)
    finally:
        engine.dispose()


def _parted(url: str, password: str | None) -> tuple[Server, str | None]:
    server, inside = address.split(url)
    return server, password if inside is None else inside


_TABLES = (
    "SELECT count(*) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
    " WHERE n.nspname = current_schema() AND relkind IN ('r', 'v', 'm', 'S', 'p')"
    # What an extension of the server brought along is nobody's data.
    " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = pg_class.oid AND d.deptype = 'e')"
)


def _build(connection: Connection, server: Server, fill: Fill, *, roles: bool) -> None:
    if connection.execute(text(_TABLES)).scalar_one():
        raise complaints.taken(server)
    encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        raise complaints.encoding(server, encoding=str(encoding))
    turn.first(connection, server)
    _partial_indexes()
    furnish(connection, fill)
    guards.make(connection)  # late: they keep out what comes in from another desk
    changes.make(connection)
    shown.make(connection)
    at_work.make(connection)
    registrar.make(connection)
    if roles:
        rights.grant(connection)


def _partial_indexes() -> None:
    """Indexes hold the same rows here as in a file.

    Named in the tables, the condition would load this dialect at each start of the program.
    """
    for table in metadata.tables.values():
        for index in table.indexes:
            where = index.dialect_kwargs.get("sqlite_where")
            if where is not None:
                index.dialect_kwargs["postgresql_where"] = where


def open_office(
    url: str,
    *,
    password: str | None = None,
    read_only: bool = False,
    reading: bool = False,
    busy_seconds: float = BUSY_SECONDS,
) -> Archive:
    """Open the desk in a database of a server.

    url           postgresql://user@host:port/database; a password in it is used and forgotten
    password      None leaves it to libpq (PGPASSWORD, the password file)
    reading       change nothing and show only what is out, whatever the person may do else:
                  the tables themselves are out of the session's sight
    busy_seconds  how long a call waits for somebody else who writes
    raises  DeskUnavailable (nobody answers, no such database), DeskPassword, DeskForeign (no
            desk there), DeskTooNew, DeskLocked, DeskReadOnly (open it with ``read_only``;
            also where its guards are not the ones we make)
    cost    some milliseconds and a few trips to the server
    """
    server, password = _parted(url, password)
    schemas = _schemas(server, password)
    only = READING in schemas and "public" not in schemas
    if only and not (read_only or reading):
        raise complaints.read_only(server)
    if reading and READING not in schemas:
        _opened(server, password, busy_seconds, "public", read_only=True).close()
        return _opened(server, password, busy_seconds, OWN_VIEW, read_only=True)
    schema = READING if only or reading else "public"
    return _opened(server, password, busy_seconds, schema, read_only=read_only or reading)


def _opened(
    server: Server, password: str | None, seconds: float, schema: str, *, read_only: bool
) -> Archive:
    cut = Event()
    engine = make_engine(server, password, seconds=seconds, schema=schema, cut=cut)
    store = OfficeStore(engine, server, cut, read_only=read_only)
    try:
        found = _gate(store, server)
        if found < SCHEMA and not (read_only and found in ALIKE):
            _lift(store, engine, server)
        if not read_only:
            _refuse_altered(store)
        with store.read() as connection:
            there = connection.execute(select(func.now())).scalar_one()
        return Archive(store, uid_of(store), reading=schema != "public", seen=there)
    except BaseException:
        store.close()
        raise


def _refuse_altered(store: OfficeStore) -> None:
    """Raise DeskReadOnly where something could change what we write, or nothing guards it."""
    with store.read() as connection:
        found = tuple(checking.guarded(connection))
    if found:
        raise faults.altered(store.place, found)


def _make_view(line: psycopg.Connection[Any], server: Server) -> None:
    """The readers' view in the session itself, on a desk that was made without roles."""
    try:
        for order in rights.views(metadata.sorted_tables, OWN_VIEW):
            line.execute(order.encode())
        line.execute("SET default_transaction_read_only = on")
        line.commit()
    except psycopg.errors.InsufficientPrivilege as error:
        line.close()
        raise complaints.no_view(server) from error
    except psycopg.Error:
        line.close()
        raise


def _schemas(server: Server, password: str | None) -> set[str]:
    """The schemas a person may use: with that of readers only, they may look at what went out."""
    usage = "SELECT nspname FROM pg_namespace WHERE has_schema_privilege(oid, 'USAGE')"
    # Apart and first: with no right to its schema the engine's own path would lead nowhere.
    with (
        complaints.telling(server),
        connect(server, password, schema="pg_catalog") as connection,
    ):
        return {name for (name,) in connection.execute(usage).fetchall()}


def _gate(store: OfficeStore, server: Server) -> int:
    """The schema of the desk; raises when there is none or the program is too old for it."""
    with store.read() as connection:
        if connection.execute(text("SELECT to_regclass('meta')")).scalar() is None:
            raise complaints.foreign(server)
        found = connection.execute(select(meta.c.value).where(meta.c.key == SCHEMA_KEY)).scalar()
    if found is None or not str(found).isdecimal():
        raise complaints.foreign(server)
    if int(found) > SCHEMA:
        raise faults.too_new(server)
    return int(found)


def _lift(store: OfficeStore, engine: Engine, server: Server) -> None:
    """Bring an older desk up to date; Alembic is imported only then."""
    if store.read_only:
        raise faults.too_old(server)
    from pressdesk.archive.server.migrate import upgrade

    upgrade(engine, server)
