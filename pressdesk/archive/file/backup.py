"""Backups of a desk, each verified before it counts as a backup."""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from msgspec import Struct

from pressdesk.archive.file import schema, texts
from pressdesk.archive.store import faults, header, values
from pressdesk.archive.store.bare import BUSY_SECONDS, connect
from pressdesk.archive.store.engine import FileStore, journal, make_engine
from pressdesk.archive.store.itself import is_mirror
from pressdesk.archive.store.schema_number import SCHEMA
from pressdesk.base.address import Address
from pressdesk.base.errors import DeskFull, WriteFailed
from pressdesk.base.files import appear, new_private, remove_stale, write_failed
from pressdesk.base.i18n import _
from pressdesk.press.states import sql_out

PAGES = 2000
"""Pages copied at a time: writers wait for so many, not for the whole file."""

PATIENCE = 3
"""Times a write from outside may set the copying back before it is done in one step."""

ROOM = 32 * 2**20
"""Bytes that stay free on the disk after a copy was made."""

Step = Callable[[int, int], None]
"""Told after each step: pages done, pages in all. Whatever it raises ends the copying."""


class Contents(Struct, frozen=True):
    """What a desk file holds."""

    uid: str
    schema: int
    size: int
    releases: int
    issued: int
    drafts: int
    reading_copy: bool = False


class _SetBack(Exception):
    """Others write faster than the copying gets on."""


def backup(
    path: Path,
    file: Path,
    *,
    seconds: float = BUSY_SECONDS,
    step: Step | None = None,
    sealed: bool = True,
    deep: bool = True,
) -> Contents:
    """Copy a desk, which may be in use, to a new file; returns the contents of the copy.

    The copy is made beside ``file`` under another name, opened, checked through (integrity,
    foreign keys, the number of rows of every table, tables and guards, the hash of everything
    that was issued, and register and texts as the check of a desk looks at them) and flushed;
    only then it gets its name. It is the person's alone: see ``new_private``.
    sealed  False for a mere copy, of which nothing is said about what was issued
    deep    False leaves register and texts to the next check: what is made unasked, each time
            the program starts, must not take long
    raises  DeskFull when there is no room, before anything is written; WriteFailed when there
            is something of that name or the folder cannot be written; DeskForeign when the
            desk is damaged; DeskLocked; DeskUnavailable. Nothing is left behind then.
    cost    about 6 s a gigabyte, 5 s for its check, and 2 ms an edition where ``deep``
    """
    with whole(file) as temporary:
        need_room(path, file.parent)
        new_private(temporary)  # where nothing can be made, it is not the desk's fault
        with only_read(path, file.parent):
            _copy_proven(path, temporary, seconds, step or _no_step)
            if sealed:
                _prove_texts(temporary, path, deep=deep)
        return contents(temporary)


@contextmanager
def whole(file: Path, *, over: bool = False) -> Iterator[Path]:
    """Another name beside ``file``; what was made there is ``file`` when the block has ended.

    It is flushed first; nothing is left behind when anything fails.
    over    replace what has that name
    raises  WriteFailed
    """
    remove_stale(file.parent)
    if not over and file.exists():
        raise _taken(file)
    temporary = file.parent / f".pressdesk-{secrets.token_hex(8)}.tmp"
    try:
        yield temporary
        appear(temporary, file, over=over)
    except FileExistsError as error:
        raise _taken(file) from error
    except OSError as error:
        raise write_failed(file, error) from error
    finally:
        header.take_away(temporary)


@contextmanager
def only_read(place: Address, folder: Path) -> Iterator[None]:
    """Inside, the errors of a database are told; a disk that is full is that of the copy."""
    try:
        with faults.telling(place):
            yield
    except DeskFull as error:
        raise no_room(folder) from error


def need_room(path: Path, folder: Path) -> None:
    """Raise DeskFull unless another file as large as ``path`` fits, with some room to spare."""
    try:
        size, free = path.stat().st_size, shutil.disk_usage(folder).free
    except OSError as error:
        raise write_failed(folder / path.name, error) from error
    if free < size + ROOM:
        hint = _("{need} MB needed, {free} MB free. Free up some space or choose another folder.")
        megabytes = {"need": (size + ROOM) // 2**20 + 1, "free": free // 2**20}
        raise no_room(folder, hint.format(**megabytes))


def no_room(folder: Path, hint: str = "") -> DeskFull:
    """The disk a copy goes to is full."""
    what = _("There is not enough space in “{folder}” for a copy of the desk.").format(
        folder=folder
    )
    return DeskFull(
        what, hint=hint or _("The disk is full. Free up some space or choose another folder.")
    )


def verify(file: Path, *, deep: bool = True) -> Contents:
    """Verify a closed copy: every page and reference, its tables and guards, its texts.

    Returns what it holds.

    deep    as in ``backup``
    raises  DeskForeign when it is damaged or no desk, DeskTooNew, DeskUnavailable
    """
    header.check(file)
    with faults.telling(file), closing(_reader(file)) as copy:
        _prove(copy, file)
        _prove_texts(file, file, deep=deep)
    return contents(file)


def contents(file: Path) -> Contents:
    """What a closed copy contains; raises as ``verify``, which checks more."""
    number = header.check(file).schema
    with faults.telling(file), closing(_reader(file)) as copy:
        views = [name for (name,) in copy.execute(schema.VIEWS)]
        if found := schema.in_place_of_tables(views):
            raise faults.instead(file, found=found)
        meta = dict(copy.execute("SELECT key, value FROM meta").fetchall())
        releases = copy.execute("SELECT count(*) FROM release WHERE trashed_at IS NULL").fetchone()
        out = f"SELECT {sql_out('state')}, count(*) FROM edition GROUP BY 1"
        editions = dict(copy.execute(out).fetchall())
    if "uid" not in meta:
        raise faults.damaged(file)
    return Contents(
        uid=str(meta["uid"]),
        schema=number,
        size=file.stat().st_size,
        releases=int(releases[0]),
        issued=int(editions.get(1, 0)),
        drafts=int(editions.get(0, 0)),
        reading_copy="reading_copy" in meta,
    )


def _reader(file: Path) -> sqlite3.Connection:
    # Immutable: a copy is at rest, and its folder may be one nobody can write to.
    return connect(file, read_only=True, immutable=True, seconds=0)


def _copy_proven(path: Path, temporary: Path, seconds: float, step: Step) -> None:
    """Copy until the number of rows agrees with a desk that others may be writing to."""
    for _attempt in range(PATIENCE):
        with closing(connect(path, read_only=True, immutable=False, seconds=seconds)) as source:
            before = rows(source)
            _copy(source, path, temporary, step)
            after = rows(source)
        with closing(_reader(temporary)) as copy:
            _prove(copy, path)
            copied = rows(copy)
        if _agree(before, copied, after):
            return
        temporary.unlink()
    what = _("The copy of the desk could not be verified.")
    raise WriteFailed(what, hint=_("Try again or choose another folder; the desk was not changed."))


def _copy(source: sqlite3.Connection, path: Path, temporary: Path, step: Step) -> None:
    try:
        _run(source, path, temporary, PAGES, step)
    except _SetBack:
        # Each write from outside begins the copying anew: now keep writers waiting instead.
        temporary.unlink()
        _run(source, path, temporary, -1, step)


def _run(source: sqlite3.Connection, path: Path, temporary: Path, pages: int, step: Step) -> None:
    before, set_back, waited = -1, 0, 0

    def progress(status: int, remaining: int, total: int) -> None:
        nonlocal before, set_back, waited
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            waited += 1
            if waited > PATIENCE:
                raise faults.locked(path)
            return
        if 0 <= before <= remaining:
            set_back += 1
            if set_back > PATIENCE and pages > 0:
                raise _SetBack
        before = remaining
        step(total - remaining, total)

    with closing(sqlite3.connect(temporary, isolation_level=None)) as target:
        target.execute("PRAGMA synchronous = OFF")  # flushed as a whole before it is named
        if journal() == "WAL":
            source.execute("BEGIN")  # one snapshot; under a rollback journal it would keep
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # writers out
        try:
            source.backup(target, pages=pages, progress=progress, sleep=0.01)
        finally:
            if source.in_transaction:
                source.execute("ROLLBACK")
        # Read-only folders cannot be read with a write-ahead log.
        target.execute("PRAGMA journal_mode = DELETE").fetchone()


def _prove(copy: sqlite3.Connection, path: Path) -> None:
    """Raise DeskForeign unless every page and every reference of the copy is sound."""
    sound = copy.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
    if not sound or copy.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise faults.damaged(path)


def _prove_texts(copy: Path, path: Path, *, deep: bool = True) -> None:
    """Raise DeskForeign unless the copy is made of what PressDesk makes, and its texts are sound.

    Of one from before the register only what went out is looked at, and its hashes.
    deep  False looks at nothing but the hashes of what was issued
    """
    number = header.check(copy).schema
    engine = make_engine(copy, read_only=True, immutable=True, seconds=0)
    store = FileStore(engine, copy, header.hold(copy), read_only=True)
    try:
        with store.read() as connection:
            views = connection.exec_driver_sql(schema.VIEWS).scalars().all()
            if instead := schema.in_place_of_tables(views):  # first: it may go on for ever
                raise faults.instead(path, found=instead)
            found = schema.unexplained(connection, number, guarded=not is_mirror(connection))
        if found:
            raise faults.altered_copy(path, found)
        if deep and number == SCHEMA and not texts.proven(store):
            raise faults.damaged(path)
    finally:
        store.close()
    if number != SCHEMA or not deep:
        _prove_seals(copy, path)


def _prove_seals(copy: Path, path: Path) -> None:
    """Raise DeskForeign unless everything that was issued has its sheet, and that its hash."""
    # One without its other half gives NULL, which is nobody's hash.
    query = (
        f"SELECT i.sheet, i.house, i.sha256, {sql_out('e.state')} FROM edition AS e"
        f" LEFT JOIN issued AS i ON i.edition_id = e.id"
        f" WHERE i.edition_id IS NOT NULL OR {sql_out('e.state')}"
    )
    with closing(_reader(copy)) as reader:
        for sheet, house, sha256, out in reader.execute(query):
            if not out:
                raise faults.damaged(path)
            values.line_of_issued(sheet, house, sha256, path)


def rows(connection: sqlite3.Connection) -> dict[str, int]:
    """The number of rows of every table but the virtual ones."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND sql NOT LIKE 'CREATE VIRTUAL%'"
    )
    names = [row[0] for row in connection.execute(query).fetchall()]
    return {
        name: connection.execute(f'SELECT count(*) FROM "{_quoted(name)}"').fetchone()[0]
        for name in names
    }


def _quoted(name: str) -> str:
    return name.replace('"', '""')


def _agree(before: dict[str, int], copied: dict[str, int], after: dict[str, int]) -> bool:
    """Each table of the copy has as many rows as the desk had while it was made."""
    if copied.keys() != before.keys():
        return False
    return all(
        min(before[name], after.get(name, 0)) <= number <= max(before[name], after.get(name, 0))
        for name, number in copied.items()
    )


def _no_step(_done: int, _total: int) -> None:
    """For whoever does not want to be told."""


def _taken(file: Path) -> WriteFailed:
    what = _("“{path}” already exists.").format(path=file)
    return WriteFailed(what, hint=_("Choose another name; the file was not changed."))
