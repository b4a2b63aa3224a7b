"""Checks everything stored in a desk against its hashes and sources; repairs derived data."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Literal

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, select

from pressdesk.archive import proving
from pressdesk.archive.file import schema
from pressdesk.archive.file.desk_file import Archive, is_copy, is_mirror
from pressdesk.archive.releases import draft_ground, ground
from pressdesk.archive.rows import contacts, houses, register, revisions
from pressdesk.archive.rows.list_rows import derived, is_out, relist
from pressdesk.archive.store import faults, values
from pressdesk.archive.store.dialects import on_server
from pressdesk.archive.store.engine import Store
from pressdesk.archive.store.tables import (
    blob,
    contact,
    edition,
    import_batch,
    listed,
    release,
    revision,
)
from pressdesk.base.errors import (
    BadInput,
    DeskForeign,
    DeskReadOnly,
    DeskUnavailable,
    NotFound,
    PressDeskError,
    ReadFailed,
)
from pressdesk.press.register.deeds import Book

Part = Literal[
    "file",
    "schema",
    "references",
    "issued",
    "register",
    "revisions",
    "drafts",
    "attachments",
    "imports",
    "house",
    "list",
    "search",
    "facets",
    "guards",
]

DERIVED: frozenset[Part] = frozenset({"list", "search"})
"""Parts that are made from the rest, and can be made anew."""

_GROUND: frozenset[Part] = frozenset(
    {"file", "schema", "references", "issued", "register", "drafts", "guards"}
)
"""What the derived parts are made from."""

SEALED: frozenset[Part] = frozenset({"issued", "register"})
"""The sealed sheets, and the books that vouch for them."""

_AT_ONCE = 200

Told = Callable[[Part], None]


class Fault(Struct, frozen=True):
    """One thing that is not as it should be: in which part, and where."""

    part: Part
    where: str

    @property
    def mendable(self) -> bool:
        """It is in something derived."""
        return self.part in DERIVED


class Report(Struct, frozen=True):
    """What was checked and what was found; ``mended`` after a repair."""

    looked_at: dict[str, int]
    """How many of each were compared: issued, revisions, attachments, imports, list."""
    faults: tuple[Fault, ...] = ()
    mended: tuple[Fault, ...] = ()
    left_open: tuple[str, ...] = ()
    """What a login can still do on the server, for its administrator; no fault of the desk."""

    @property
    def sound(self) -> bool:
        """Nothing is wrong."""
        return not self.faults


def check(
    archive: Archive, *, told: Told = lambda _part: None, only: Collection[Part] = ()
) -> Report:
    """Look everything through, or ``only`` some parts; nothing is changed.

    What is derived is compared only where what it is made from is whole.
    raises  DeskReadOnly for a reader who sees a part only; DeskLocked; DeskForeign only when
            the file cannot be read at all
    cost    about 10 s for 10,000 releases; writers are kept waiting for as long as SQLite
            looks through the file, some seconds for 1 GB
    """
    if archive.reading and not archive.is_copy:
        raise faults.part_only(archive.place)
    found: list[Fault] = []
    looked_at: dict[str, int] = {}
    store = archive._store
    for part, look in _LOOKS.items():
        if only and part not in only:
            continue
        told(part)
        if part in DERIVED and _on_sand(found):
            continue
        try:
            with store._telling():  # what fails between the rows is told as well
                number = look(store, found)
            if number is not None:
                looked_at[part] = number
        except _UNREADABLE as error:
            found.append(Fault(part, _in_words(error)))
    if only and "search" not in only:
        return Report(looked_at, tuple(found))
    told("search")
    if not _on_sand(found):
        found += [Fault("search", words) for words in _search(archive)]
    return Report(looked_at, tuple(found), left_open=left_open(archive))


def left_open(archive: Archive) -> tuple[str, ...]:
    """What a login can still do on the server of the desk, each with its limit and the SQL that
    ends it; nothing for a file, or for somebody who does not own the desk."""
    with archive._store.read() as connection:
        if not on_server(connection):
            return ()
        from pressdesk.archive.server import left_open as on_a_server

        return tuple(on_a_server.lines(connection))


_UNREADABLE = (
    *(DeskForeign, ReadFailed, BadInput, msgspec.DecodeError),
    *(ValueError, TypeError, AttributeError, OverflowError, RecursionError),
)
"""What reading a stored value may raise that is of a wrong type, no date, or nested without end."""


def _in_words(error: Exception) -> str:
    if isinstance(error, PressDeskError):
        return error.what
    return f"a value that cannot be read ({type(error).__name__})"


def _on_sand(found: Sequence[Fault]) -> bool:
    """What is derived from damage says nothing, whether it agrees with it or not."""
    return any(fault.part in _GROUND for fault in found)


def repair(archive: Archive, *, told: Told = lambda _part: None) -> Report:
    """Check, rebuild wrong derived data, and check again.

    What is not derived is never touched, and nothing is derived from what is damaged: an
    embargo that was altered would be carried on. ``mended`` are the faults of the first look
    that the second did not find.
    raises  as ``check``; DeskFull
    """
    before = check(archive, told=told)
    if _on_sand(before.faults):
        return before
    wrong = {fault.part for fault in before.faults}
    if "list" in wrong:
        _relist(archive._store)
    if "search" in wrong:
        archive.search.rebuild()
    after = check(archive, told=told)
    left = set(after.faults)
    mended = tuple(fault for fault in before.faults if fault not in left)
    return Report(after.looked_at, after.faults, mended, after.left_open)


def _relist(store: Store) -> None:
    with store.read() as connection:
        ids = connection.execute(select(release.c.id)).scalars().all()
    for start in range(0, len(ids), _AT_ONCE):
        with store.write() as connection:
            for release_id in ids[start : start + _AT_ONCE]:
                relist(connection, release_id)


def _search(archive: Archive) -> tuple[str, ...]:
    """Where the index disagrees; one that may not be written to cannot look itself through."""
    try:
        return archive.search.faults()
    except DeskReadOnly:
        return ()
    except _UNREADABLE as error:
        return (_in_words(error),)


# --- one look each: what is wrong goes into the list, how many were compared comes back


def _file(store: Store, found: list[Fault]) -> int:
    with store.read() as connection:
        if on_server(connection):
            return 0
        lines = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
    found += [Fault("file", line) for line in lines if line != "ok"]
    return 1


def _schema(store: Store, found: list[Fault]) -> int | None:
    """In a file: nothing but what PressDesk makes, and all of it."""
    with store.read() as connection:
        if on_server(connection):
            return None
        wrong = schema.unexplained(connection, guarded=not is_mirror(connection))
        found += [Fault("schema", one) for one in wrong]
    return 1


def _references(store: Store, found: list[Fault]) -> int:
    with store.read() as connection:
        if on_server(connection):
            from pressdesk.archive.server import checking

            if not checking.sees_tables(connection):
                return 0
            found += [Fault("references", one) for one in checking.references(connection)]
            return 1
        rows = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    found += [Fault("references", f"{row[0]} {row[1]} → {row[2]}") for row in rows[:20]]
    return 1


def _guards(store: Store, found: list[Fault]) -> int | None:
    """On a server: what keeps issued texts as they are, and drafts from readers."""
    with store.read() as connection:
        if not on_server(connection):
            return None
        from pressdesk.archive.server import checking

        if not checking.sees_tables(connection):
            return None
        for look in (checking.guarded, checking.rights):
            found += [Fault("guards", one) for one in look(connection)]
    return 1


def _issued(store: Store, found: list[Fault]) -> int:
    """Each issued edition: its rows, its last revision and its sheet against each other."""
    number = 0
    copied = is_copy(store)
    for connection, some in _batches(store, edition.c.id, is_out(edition.c.state)):
        number += len(some)
        look = partial(ground.wrong, connection, place=store.place, copied=copied)
        found += [
            Fault("issued", f"edition {one}: {words}") for one, words in _in_batch(look, some)
        ]
    return number


_Look = Callable[[Sequence[int]], Iterable[tuple[int, str]]]
"""What is wrong with some rows: the id of each and words for it."""


def _in_batch(look: _Look, some: Sequence[int]) -> list[tuple[int, str]]:
    """Some at once; each alone where one of them has values that cannot be read."""
    try:
        return list(look(some))
    except _UNREADABLE:
        return [each for one in some for each in _alone(look, one)]


def _alone(look: _Look, one: int) -> list[tuple[int, str]]:
    try:
        return list(look((one,)))
    except _UNREADABLE as error:
        return [(one, _in_words(error))]


def _drafts(store: Store, found: list[Fault]) -> int | None:
    """Each draft against its last save, and what autosave kept against its hash."""
    if is_copy(store):
        return None
    number, place = 0, store.place
    for connection, some in _batches(store, edition.c.id, ~is_out(edition.c.state)):
        number += len(some)
        looks = (
            partial(draft_ground.wrong, connection, place=place),
            partial(draft_ground.wrong_kept, connection),
        )
        for look in looks:
            found += [
                Fault("drafts", f"edition {one}: {said}") for one, said in _in_batch(look, some)
            ]
    for connection, some in _batches(store, release.c.id):
        look = partial(draft_ground.shared, connection, place=place)
        found += [Fault("drafts", f"release {one}: {said}") for one, said in _in_batch(look, some)]
    return number


def _register(store: Store, found: list[Fault]) -> int | None:
    """The books recomputed, and the seal of each issued edition."""
    with store.read() as connection:
        if is_copy(store) or not register.is_there(connection):
            return None
        wrong = [one for book in Book for one in proving.wrong(connection, book)]
        for look in (proving.vanished, proving.doubled, proving.unheard):
            wrong += look(connection)
        number = sum(register.count(connection, book) for book in Book)
    found += [Fault("register", words) for words in wrong]
    for connection, some in _batches(store, edition.c.id, is_out(edition.c.state)):
        for one, words in proving.unsealed(connection, some):
            found.append(Fault("register", f"edition {one}: {words}"))
    return number


def _revisions(store: Store, found: list[Fault]) -> int:
    """Each save against its hash; what went out by one of them, or by its sheet, is no draft."""
    number, out = 0, set()
    for connection, one in _each(store, revision.c.id):
        number += 1
        try:
            _parent, text = revisions.one(connection, one, store.place)
        except NotFound:
            number -= 1  # deleted since the ids were read
        except (DeskUnavailable, *_UNREADABLE):
            found.append(Fault("revisions", f"revision {one}"))
        else:
            if text.state.out:
                out.add(text.id)
    with store.read() as connection:
        for one in ground.called_drafts(connection, out):
            found.append(Fault("issued", f"edition {one}: went out, and is called a draft"))
    return number


def _rows(
    store: Store,
    found: list[Fault],
    *,
    part: Part,
    column: ColumnElement[Any],
    wrong: Callable[[Connection, Any], str],
) -> int:
    """Each row of a table for itself: ``wrong`` says what is, "" where nothing is."""
    number = 0
    for connection, key in _each(store, column):
        number += 1
        if words := wrong(connection, key):
            found.append(Fault(part, words))
    return number


def _attachment(connection: Connection, key: str) -> str:
    data = connection.execute(select(blob.c.data).where(blob.c.sha256 == key)).scalar_one()
    return "" if values.digest(values.raw(data)) == key else str(key)


def _import(connection: Connection, key: int) -> str:
    columns = (import_batch.c.original, import_batch.c.sha256, import_batch.c.name)
    row = connection.execute(select(*columns).where(import_batch.c.id == key)).one()
    return "" if values.digest(values.raw(row.original)) == row.sha256 else f"{key}: {row.name}"


def _house(store: Store, found: list[Fault]) -> int:
    """The house style and each contact can be read."""
    with store.read() as connection:
        houses.load(connection)
    return 1 + _rows(store, found, part="house", column=contact.c.id, wrong=_contact)


def _contact(connection: Connection, one: int) -> str:
    try:
        contacts.named(connection, (one,))
    except _UNREADABLE as error:
        return f"contact {one}: {_in_words(error)}"
    return ""


def _line(connection: Connection, one: int) -> str:
    """The rows that lists read are what the editions say."""
    lines, summary = derived(connection, one)
    query = select(listed).where(listed.c.release_id == one)
    there = [dict(row) for row in connection.execute(query).mappings()]
    columns = [release.c[name] for name in summary] or [release.c.id]
    head = connection.execute(select(*columns).where(release.c.id == one)).mappings().first()
    same = sorted(there, key=_by_language) == sorted(lines, key=_by_language)
    wrong = not same or (summary and head is not None and dict(head) != summary)
    return f"release {one}" if wrong else ""


def _by_language(line: dict[str, object]) -> str:
    return str(line["language"])


_LOOKS: dict[Part, Callable[[Store, list[Fault]], int | None]] = {
    "file": _file,
    "schema": _schema,
    "references": _references,
    "issued": _issued,
    "register": _register,
    "revisions": _revisions,
    "drafts": _drafts,
    "attachments": partial(_rows, part="attachments", column=blob.c.sha256, wrong=_attachment),
    "imports": partial(_rows, part="imports", column=import_batch.c.id, wrong=_import),
    "house": _house,
    "guards": _guards,
    "list": partial(_rows, part="list", column=release.c.id, wrong=_line),
}


def _each(store: Store, column: ColumnElement[Any]) -> Iterator[tuple[Connection, Any]]:
    """All ids, each with a connection to look at its row."""
    for connection, some in _batches(store, column):
        for one in some:
            yield connection, one


def _batches(
    store: Store, column: ColumnElement[Any], *where: ColumnElement[bool]
) -> Iterator[tuple[Connection, Sequence[Any]]]:
    """All ids, some at a time with a connection: no reading keeps writers out for long."""
    with store.read() as connection:
        ids = connection.execute(select(column).where(*where).order_by(column)).scalars().all()
    for start in range(0, len(ids), _AT_ONCE):
        with store.read() as connection:
            yield connection, ids[start : start + _AT_ONCE]


PARTS = len(_LOOKS) + 1
"""How many parts are told of in one look."""
