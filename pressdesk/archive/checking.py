"""Checks everything stored in a desk against its hashes and sources; repairs derived data."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Integer, select, type_coerce

from pressdesk.archive.file import schema, texts
from pressdesk.archive.file import since as later
from pressdesk.archive.file.desk_file import Archive
from pressdesk.archive.file.texts import (
    AT_ONCE,
    DERIVED,
    REFUSED,
    UNREADABLE,
    each,
    in_words,
)
from pressdesk.archive.file.texts import Fault as Fault
from pressdesk.archive.file.texts import Part as Part
from pressdesk.archive.rows import contacts, houses
from pressdesk.archive.rows.list_rows import derived, relist
from pressdesk.archive.store import values
from pressdesk.archive.store.dialects import on_server
from pressdesk.archive.store.engine import Store
from pressdesk.archive.store.faults import part_only
from pressdesk.archive.store.itself import is_mirror
from pressdesk.archive.store.schema_number import ALIKE, REVISION, SCHEMA
from pressdesk.archive.store.tables import (
    alembic_version,
    blob,
    contact,
    import_batch,
    listed,
    release,
)
from pressdesk.base.errors import (
    DeskReadOnly,
)
from pressdesk.press.register.heads import Anchor

_GROUND: frozenset[Part] = frozenset(
    {"file", "schema", "references", "issued", "register", "drafts", "guards"}
)
"""What the derived parts are made from."""

SEALED: frozenset[Part] = frozenset({"issued", "register"})
"""The sealed sheets, and the books that vouch for them."""

Told = Callable[[Part], None]


class Report(Struct, frozen=True):
    """What was checked and what was found; ``mended`` after a repair."""

    looked_at: dict[str, int]
    """How many of each were compared: issued, revisions, attachments, imports, list."""
    faults: tuple[Fault, ...] = ()
    mended: tuple[Fault, ...] = ()
    left_open: tuple[str, ...] = ()
    """What a login can still do on the server, for its administrator; no fault of the desk."""
    anchor: Anchor | None = None
    """Where the desk stood when a look at all of it began, for ``since`` of the next."""

    @property
    def sound(self) -> bool:
        """Nothing is wrong."""
        return not self.faults


def check(
    archive: Archive,
    *,
    told: Told = lambda _part: None,
    only: Collection[Part] = (),
    since: Anchor | None = None,
) -> Report:
    """Look everything through, or ``only`` some parts; nothing is changed.

    What is derived is compared only where what it is made from is whole.
    since   look at what came after this anchor of a look that found all well: the books go on
            from there; deeds, saves, editions, pictures, imports and list rows since are as in
            a whole look, and so are schema, house and guards. What the desk holds as issued is
            compared with what the books have sealed, of all times. An older row that another
            program altered is not seen, nor are references, pages and search index looked at
    raises  DeskReadOnly for a reader who sees a part only; DeskLocked; DeskForeign only when
            the file cannot be read at all
    cost    about 10 s for 10,000 releases; writers are kept waiting for as long as SQLite
            looks through the file, some seconds for 1 GB. ``since`` 10 µs a release, and 10 ms
            for each that came later
    """
    if archive.reading and not archive.is_copy:
        raise part_only(archive.place)
    found: list[Fault] = []
    looked_at: dict[str, int] = {}
    anchor = None if only or since else _anchor(archive)
    _look_through(archive._store, found, looked_at, told, only, since)
    if since or (only and "search" not in only):
        return Report(looked_at, tuple(found))
    told("search")
    if not _on_sand(found):
        found += [Fault("search", words) for words in _search(archive)]
    return Report(looked_at, tuple(found), left_open=left_open(archive), anchor=anchor)


def faults(store: Store, *, told: Told = lambda _part: None) -> list[Fault]:
    """What is wrong with the rows of a desk, the search index apart."""
    found: list[Fault] = []
    _look_through(store, found, {}, told, (), None)
    return found


def _look_through(
    store: Store,
    found: list[Fault],
    looked_at: dict[str, int],
    told: Told,
    only: Collection[Part],
    since: Anchor | None,
) -> None:
    for part, look in _LOOKS.items():
        if (only and part not in only) or (since and part in _WHOLE_ONLY):
            continue
        told(part)
        if part in DERIVED and _on_sand(found):
            continue
        try:
            with store._telling():  # what fails between the rows is told as well
                number = look(store, found, since)
            if number is not None:
                looked_at[part] = number
        except (*UNREADABLE, *REFUSED) as error:
            found.append(Fault(part, in_words(error)))


def _anchor(archive: Archive) -> Anchor | None:
    try:
        return later.anchor(archive._store, archive.uid)
    except (KeyError, *UNREADABLE):  # which the look at the register tells
        return None


def left_open(archive: Archive) -> tuple[str, ...]:
    """What a login can still do on the server of the desk, each with its limit and the SQL that
    ends it; nothing for a file, or for somebody who does not own the desk."""
    with archive._store.read() as connection:
        if not on_server(connection):
            return ()
        from pressdesk.archive.server import left_open as on_a_server

        return tuple(on_a_server.lines(connection))


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
    try:
        if "list" in wrong:
            _relist(archive._store)
        if "search" in wrong:
            archive.search.rebuild()
    except UNREADABLE:
        return before  # what it is made from is damaged where the look did not tell
    after = check(archive, told=told)
    left = set(after.faults)
    mended = tuple(fault for fault in before.faults if fault not in left)
    return Report(after.looked_at, after.faults, mended, after.left_open, after.anchor)


def _relist(store: Store) -> None:
    with store.read() as connection:
        ids = connection.execute(select(release.c.id)).scalars().all()
    for start in range(0, len(ids), AT_ONCE):
        with store.write() as connection:
            for release_id in ids[start : start + AT_ONCE]:
                relist(connection, release_id)


def _search(archive: Archive) -> tuple[str, ...]:
    """Where the index disagrees; one that may not be written to cannot look itself through."""
    try:
        return archive.search.faults()
    except DeskReadOnly:
        return ()
    except UNREADABLE as error:
        return (in_words(error),)


# --- one look each: what is wrong goes into the list, how many were compared comes back
# (``since`` as in ``check``, for those that can look at less)


def _file(store: Store, found: list[Fault], _since: Anchor | None) -> int:
    with store.read() as connection:
        if on_server(connection):
            return 0
        lines = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
    found += [Fault("file", line) for line in lines if line != "ok"]
    return 1


def _schema(store: Store, found: list[Fault], _since: Anchor | None) -> int | None:
    """In a file: nothing but what PressDesk makes, and all of it."""
    with store.read() as connection:
        if on_server(connection):
            return None
        number = _number(connection)
        wrong = schema.unexplained(connection, number, guarded=not is_mirror(connection))
        found += [Fault("schema", one) for one in wrong]
    return 1


def _number(connection: Connection) -> int:
    """The schema of a file; a desk of an earlier one may be read as it is."""
    name = str(connection.execute(select(alembic_version.c.version_num)).scalar())
    earlier = name != REVISION and name[:4].isdecimal() and int(name[:4]) in ALIKE
    return int(name[:4]) if earlier else SCHEMA


def _references(store: Store, found: list[Fault], _since: Anchor | None) -> int:
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


def _guards(store: Store, found: list[Fault], _since: Anchor | None) -> int | None:
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


def _rows(
    store: Store,
    found: list[Fault],
    since: Anchor | None,
    *,
    part: Part,
    column: ColumnElement[Any],
    wrong: Callable[[Connection, Any], str],
    which: Callable[[Anchor | None], later.Where] = lambda _since: (),
) -> int:
    """Each row of a table for itself: ``wrong`` says what is, "" where nothing is."""
    number = 0
    for connection, key in each(store, column, *which(since)):
        number += 1
        if words := wrong(connection, key):
            found.append(Fault(part, words))
    return number


def _attachments(store: Store, found: list[Fault], since: Anchor | None) -> int:
    """Each picture against its hash; since a check, those that were sealed."""
    names: set[str] | None = None
    if since:
        with store.read() as connection:
            names = later.pictures(connection, since)
    number = 0
    for connection, one in each(store, blob.c.sha256):
        if names is None or one in names:
            number += 1
            if words := _attachment(connection, one):
                found.append(Fault("attachments", words))
    return number


def _attachment(connection: Connection, key: str) -> str:
    data = connection.execute(select(blob.c.data).where(blob.c.sha256 == key)).scalar_one()
    return "" if values.digest(values.raw(data)) == key else str(key)


def _import(connection: Connection, key: int) -> str:
    columns = (import_batch.c.original, import_batch.c.sha256, import_batch.c.name)
    row = connection.execute(select(*columns).where(import_batch.c.id == key)).one()
    return "" if values.digest(values.raw(row.original)) == row.sha256 else f"{key}: {row.name}"


def _house(store: Store, found: list[Fault], _since: Anchor | None) -> int:
    """The house style and each contact can be read."""
    with store.read() as connection:
        houses.load(connection)
    return 1 + _rows(store, found, None, part="house", column=contact.c.id, wrong=_contact)


def _contact(connection: Connection, one: int) -> str:
    try:
        contacts.named(connection, (one,))
    except UNREADABLE as error:
        return f"contact {one}: {in_words(error)}"
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
    return f"release {one}" if wrong or _no_boolean(connection, one) else ""


def _no_boolean(connection: Connection, one: int) -> bool:
    """Of a release or its lines a column that reads as True, and is not what a list looks for."""
    if on_server(connection):
        return False
    columns = (release.c.drafts, release.c.issued, listed.c.issued)
    raw = [type_coerce(column, Integer) for column in columns]
    query = select(*raw).outerjoin(listed, listed.c.release_id == release.c.id)
    rows = connection.execute(query.where(release.c.id == one)).all()
    return any(value not in (0, 1, None) for row in rows for value in row)


def _by_language(line: dict[str, object]) -> str:
    return str(line["language"])


_LOOKS: dict[Part, Callable[[Store, list[Fault], Anchor | None], int | None]] = {
    "file": _file,
    "schema": _schema,
    "references": _references,
    "issued": texts.look_at_issued,
    "register": texts.look_at_register,
    "revisions": texts.look_at_revisions,
    "drafts": texts.look_at_drafts,
    "attachments": _attachments,
    "imports": partial(
        _rows, part="imports", column=import_batch.c.id, wrong=_import, which=later.batches
    ),
    "house": _house,
    "guards": _guards,
    "list": partial(_rows, part="list", column=release.c.id, wrong=_line, which=later.releases),
}

_WHOLE_ONLY: frozenset[Part] = frozenset({"file", "references"})
"""Parts that cannot be looked at since something: SQLite goes through all of the file."""


PARTS = len(_LOOKS) + 1
"""How many parts are told of in one look."""
