"""The offline copy: a file that follows a server desk, and how far it has followed it.

What is taken in and the cursor are one transaction, so that a puller may be killed at any
moment; and what is taken in is the present state, so that anything may be taken in twice.
The file is a reading copy to everybody but the puller.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, event, func, select

from pressdesk.archive.copies import feed, letting_out, mirrored, proofs
from pressdesk.archive.copies.feed import MirrorFeed
from pressdesk.archive.copies.letting_out import Row, VisibleRelease
from pressdesk.archive.file import desk_file
from pressdesk.archive.file.read_only import shown
from pressdesk.archive.search import rebuilding
from pressdesk.archive.store import dialects, faults, header
from pressdesk.archive.store.engine import FileStore, Store, make_engine
from pressdesk.archive.store.faults import Complaint
from pressdesk.archive.store.itself import MIRROR_OF, READING_COPY, REGISTER_OF, UID
from pressdesk.archive.store.schema_number import SCHEMA
from pressdesk.archive.store.tables import edition, meta, release, setting
from pressdesk.base.errors import DeskForeign, DeskReadOnly, DeskUnavailable
from pressdesk.base.files import appear, write_failed
from pressdesk.base.i18n import _
from pressdesk.press.house import House

SOURCE, CURSOR, SEEN, CHECKED = MIRROR_OF, "mirror_cursor", "mirror_seen", "mirror_checked"
"""Rows of ``meta``: which feed, how far, the server's clock at the last look, the last day on
which the whole was compared."""

_OTHER = Complaint(  # a file that is no mirror
    DeskUnavailable,
    lambda: _("“{path}” is not an offline copy of a desk."),
    lambda: _("Choose another name; the file was not changed."),
)

_contradicts = Complaint(
    DeskForeign,
    lambda: _("The register of the desk contradicts its offline copy “{path}”."),
    lambda: _(
        "The desk was put back to an earlier state, or its register was rewritten. The copy was not"
        " changed; choose another file to follow the desk as it is now."
    ),
)

Told = Callable[[int, int], None]
"""Changes taken in, changes in all. Whatever it raises ends the pull; what is done is done."""


class Pulled(Struct, frozen=True):
    """What a pull did."""

    taken: int = 0
    """Releases that came or read differently."""
    dropped: int = 0
    """Releases that may no longer be seen."""
    anew: bool = False
    """The file was made anew: there was none, or it followed another desk."""
    repaired: int = 0
    """Releases the daily comparison found different."""


class MirrorState(Struct, frozen=True):
    """When a mirror was last up to date, by the clock of its server, and what it holds."""

    at: datetime
    releases: int


def state(file: Path) -> MirrorState | None:
    """The state of a mirror, without following anybody; None when there is none yet, or one
    that will be made anew.

    raises  DeskUnavailable for a file that is something else
    """
    if not os.path.lexists(file):
        return None
    try:
        archive = desk_file.open_desk(file, read_only=True)
    except DeskReadOnly:
        return None  # of an older PressDesk
    try:
        with archive._store.read() as connection:
            known = _known(connection)
            number = connection.execute(select(func.count()).select_from(release)).scalar_one()
    finally:
        archive.close()
    if SOURCE not in known or SEEN not in known:
        raise _OTHER(file)
    return MirrorState(datetime.fromisoformat(known[SEEN]), int(number))


class _Tally:
    def __init__(self) -> None:
        self.taken = self.dropped = self.repaired = 0


def pull(
    office: MirrorFeed, file: Path, *, told: Told = lambda _done, _all: None, check: bool = False
) -> Pulled:
    """Bring the mirror at ``file`` up to what the office's desk shows to readers now.

    check   compare the whole, also when that was done today
    raises  DeskUnavailable when the server does not answer, or when ``file`` is a desk of
            another kind: that is never touched. DeskForeign when the register of the desk does
            not go on from what the mirror has of it. DeskFull, DeskLocked
    cost    some milliseconds where nothing changed; 10 ms a release that did
    """
    identity = office.identity()
    tally = _Tally()
    anew = _source(file) != identity
    if anew:
        if os.path.lexists(file):
            with _opened(file) as store:
                _refuse_other(office, store, identity, anew=True)
        _anew(office, file, identity, tally, told)
    with _opened(file) as store:
        if check or _moved(office, store):
            _refuse_other(office, store, identity, anew=False)
        _follow(office, store, tally, told)
        _compare(office, store, tally, check=check)
        _prove(office, store, identity)
    return Pulled(tally.taken, tally.dropped, anew, tally.repaired)


def _refuse_other(office: MirrorFeed, store: Store, identity: str, *, anew: bool) -> None:
    """Raise DeskForeign where the register of a desk does not go on from what a mirror has of it.

    anew  the mirror is to be made anew, since the server was put back in time: then fewer entries
          are told, too. Else an import that was undone may be the reason.
    """
    with store.read() as connection:
        same = _known(connection).get(REGISTER_OF) == _desk(identity)
        size = proofs.held(connection) if same else 0
        there = office.grown() if size else 0
        root = proofs.root(connection, min(size, there))
    try:
        goes_on = office.root(min(size, there)) == root
    except KeyError:  # a node is gone there
        goes_on = False
    if not goes_on or (anew and there < size):
        raise _contradicts(store.path)


def _desk(identity: str) -> str:
    """The uid of the desk that a feed is of."""
    return identity.split("/")[0]


def _prove(office: MirrorFeed, store: Store, identity: str) -> None:
    """Take along what proves the editions that are here by now."""
    with store.read() as connection:
        if proofs.complete(connection):
            return
        size, uids = proofs.held(connection), proofs.lacking(connection)
    found: list[Row] = []
    signed: dict[str, str] = {}
    for start in range(0, len(uids), feed.BATCH):
        some = uids[start : start + feed.BATCH]
        found += office.seals(some)
        signed |= office.signatures(some)
    for rows in office.nodes(size, max((int(row["size"]) for row in found), default=0)):
        with store.write() as connection:
            proofs.put_nodes(connection, rows)
    with store.write() as connection:
        proofs.forget(connection)
        proofs.put_seals(connection, found)
        proofs.put_signatures(connection, signed)
        _note(connection, {REGISTER_OF: _desk(identity)})


def _source(file: Path) -> str:
    """The feed a file follows, "" when it is to be made anew.

    raises  DeskUnavailable for a file that is no mirror
    """
    if not os.path.lexists(file):
        return ""
    with _opened(file) as store, store.read() as connection:
        found = _known(connection).get(SOURCE)
        schema = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if found is None:
        raise _OTHER(file)
    return found if schema == SCHEMA else ""


def _anew(office: MirrorFeed, file: Path, identity: str, tally: _Tally, told: Told) -> None:
    """Fill a new file under another name, then let it take the place of the old one.

    One that was left half filled is filled on.
    """
    new = file.with_name(f".{file.name}.new")
    if not _begun(new, identity):
        header.take_away(new)
        with faults.telling(file):
            _begin(new, office.house(), identity, office.now())
    with _opened(new) as store:
        _follow(office, store, tally, told)
    # A puller that was killed may have left a journal; it must not be taken for the new file's.
    if file.exists():
        with _opened(file) as store, store.write() as connection:
            _known(connection)
    try:
        for tail in header.TAILS:
            file.with_name(file.name + tail).unlink(missing_ok=True)
        with suppress(FileNotFoundError):  # another puller was quicker
            appear(new, file, over=True)
    except OSError as error:
        raise write_failed(file, error) from error


def _begun(new: Path, identity: str) -> bool:
    try:
        return _source(new) == identity
    except DeskUnavailable:
        return False


def _begin(new: Path, house: House, identity: str, now: datetime) -> None:
    """An empty mirror, without the guards: what is withdrawn must go."""
    facts = {
        UID: uuid4().hex,
        READING_COPY: now.isoformat(),
        SOURCE: identity,
        CURSOR: "0",
        SEEN: now.isoformat(),
        CHECKED: now.date().isoformat(),
    }
    new.touch(exist_ok=False)
    letting_out.begin(new, house, facts)


@contextmanager
def _opened(file: Path) -> Iterator[Store]:
    """The mirror, to write to."""
    key = header.hold(file)
    engine = make_engine(file)
    # What was withdrawn leaves no bytes behind.
    event.listen(engine, "connect", lambda bare, _r: bare.execute("PRAGMA secure_delete = ON"))
    store = FileStore(engine, file, key, read_only=False)
    try:
        yield store
    finally:
        store.close()


def _known(connection: Connection) -> dict[str, str]:
    keys = (SOURCE, CURSOR, SEEN, CHECKED, REGISTER_OF)
    rows = connection.execute(select(meta).where(meta.c.key.in_(keys))).all()
    return {row.key: row.value for row in rows}


def _note(connection: Connection, known: dict[str, str]) -> None:
    for key, value in known.items():
        row = dialects.upsert(connection, meta).values(key=key, value=value)
        connection.execute(row.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def _put_house(connection: Connection, house: House) -> None:
    data = msgspec.json.encode(shown(house))
    row = dialects.upsert(connection, setting).values(key="house", version=house.version, data=data)
    fresh = {"version": house.version, "data": data}
    connection.execute(row.on_conflict_do_update(index_elements=["key"], set_=fresh))


def _follow(office: MirrorFeed, store: Store, tally: _Tally, told: Told) -> None:
    """Take in the feed to its end, then what became free by the clock alone."""
    with store.read() as connection:
        stale = rebuilding.stale(connection)
        known = _known(connection)
    if stale:
        rebuilding.rebuild(store, lambda _done, _all: None)
    house, last = office.house(), office.last()
    with store.write() as connection:
        _put_house(connection, house)
    cursor = first = int(known[CURSOR])
    while (batch := office.after(cursor)).cursor != cursor:
        _take(office, store, batch.parcels, tally, cursor, {CURSOR: str(batch.cursor)})
        cursor = _cursor(store)
        told(min(cursor, last) - first, max(last - first, 1))
    _freed(office, store, datetime.fromisoformat(known[SEEN]), cursor, tally)


def _cursor(store: Store) -> int:
    with store.read() as connection:
        return int(_known(connection)[CURSOR])


def _freed(office: MirrorFeed, store: Store, seen: datetime, cursor: int, tally: _Tally) -> None:
    """Embargoes that ended since the last look; those that a clock set back brings again."""
    due, now = office.free_since(seen)
    with store.read() as connection:
        early = select(edition.c.release_id).where(edition.c.embargo_at > now).distinct()
        due += connection.execute(early).scalars().all()
    for start in range(0, max(len(due), 1), feed.BATCH):
        some = due[start : start + feed.BATCH]
        noted = {SEEN: now.isoformat()} if start + feed.BATCH >= len(due) else {}
        if not _take(office, store, office.these(some), tally, cursor, noted):
            return  # another puller went on: what is due is due at the next pull


def _take(
    office: MirrorFeed,
    store: Store,
    parcels: Sequence[VisibleRelease],
    tally: _Tally,
    cursor: int,
    noted: dict[str, str],
) -> bool:
    """Take in what was read at this cursor; False when another puller has moved it since."""
    _pictures(office, store, parcels)
    with store.write() as connection:
        if _known(connection)[CURSOR] != str(cursor):
            return False
        taken, dropped = mirrored.put(connection, parcels)
        _note(connection, noted)
    tally.taken += taken
    tally.dropped += dropped
    return True


def _pictures(office: MirrorFeed, store: Store, parcels: Sequence[VisibleRelease]) -> None:
    """Fetch what the sheets show, one at a time, before the sheets themselves."""
    wanted = sorted(set().union(*(parcel.pictures() for parcel in parcels)))
    with store.read() as connection:
        missing = [name for name in wanted if not mirrored.has(connection, (name,))]
    for name in missing:
        for row in office.blobs((name,)):
            with store.write() as connection:
                mirrored.put_blob(connection, row)


def _moved(office: MirrorFeed, store: Store) -> bool:
    """Something changed since the last look, or it is the first one of a day."""
    with store.read() as connection:
        known = _known(connection)
    return known.get(CHECKED) != office.now().date().isoformat() or (
        office.last() != int(known[CURSOR])
    )


def _compare(office: MirrorFeed, store: Store, tally: _Tally, *, check: bool) -> None:
    """Once a day: what the server counts and what is here must be the same."""
    today, cursor = office.now().date().isoformat(), _cursor(store)
    with store.read() as connection:
        if _known(connection).get(CHECKED) == today and not check:
            return
        here = feed.summed(connection)
    other: set[int] = set()
    if here != office.sums():
        with store.read() as connection:
            other = {line[0] for line in feed.lines_of(connection) ^ office.lines()}
    todo, before = sorted(other), tally.taken + tally.dropped
    for start in range(0, len(todo), feed.BATCH):
        parcels = office.these(todo[start : start + feed.BATCH])
        if not _take(office, store, parcels, tally, cursor, {}):
            return
    with store.write() as connection:
        _note(connection, {CHECKED: today})
    tally.repaired = tally.taken + tally.dropped - before
