"""Plans a repair and does it: one transaction, which ends only if what it touched is sound."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from sqlalchemy import Connection, select, update

from pressdesk.archive import checking
from pressdesk.archive.checking import Told
from pressdesk.archive.file import texts, triggers
from pressdesk.archive.file.desk_file import Archive
from pressdesk.archive.file.texts import DERIVED, UNREADABLE, Fault
from pressdesk.archive.releases import draft_ground, ground
from pressdesk.archive.repair import backing, books, editions
from pressdesk.archive.repair.acts import Act, Plan, Source
from pressdesk.archive.repair.backing import Backing
from pressdesk.archive.repair.editions import Site
from pressdesk.archive.repair.rows import OF_EDITION, clear_strays, strays
from pressdesk.archive.rows import register, revisions
from pressdesk.archive.rows.list_rows import relist
from pressdesk.archive.store import faults, values
from pressdesk.archive.store.engine import FileStore
from pressdesk.archive.store.tables import (
    blob,
    deed,
    edition,
    import_batch,
    release,
    revision,
    revision_base,
)
from pressdesk.base.errors import BadInput, DeskUnavailable
from pressdesk.base.i18n import _
from pressdesk.press.register import deeds, tree
from pressdesk.press.register.deeds import Book, Deed, Record
from pressdesk.press.register.heads import Heads

Mend = Callable[[], Act | None]
"""Puts one thing back; None where there is nothing to do, or nothing to do it with."""


class _NotKept(Exception):
    """Ends a transaction of which nothing is to stay."""


class Within(FileStore):
    """A desk file as a transaction sees it that has not ended yet."""

    def __init__(self, store: FileStore, connection: Connection) -> None:
        super().__init__(store._readers, store.path, store._key, read_only=True)
        self._within = connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """The transaction itself."""
        try:
            with self._telling():
                yield self._within
        except (ValueError, RecursionError) as error:
            raise faults.damaged(self.place) from error


def plan(
    archive: Archive,
    *,
    file: Path | None = None,
    seen: Heads | None = None,
    told: Told = lambda _part: None,
) -> Plan:
    """What would be put back now, and what would stay damaged; nothing is changed.

    It is done, looked at, and taken back: what is planned can be done.
    file    a backup to take from what the desk does not prove any more
    seen    what this computer saw of the register last
    raises  BadInput for a desk on a server, and for a backup that is none of this desk;
            as ``checking.check``
    cost    as two checks; writers are kept waiting meanwhile
    """
    made = Plan()
    try:
        with _file(archive).write() as connection:
            made = _done(archive, connection, file, seen, told)
            raise _NotKept
    except _NotKept:
        return made


def repair(
    archive: Archive,
    planned: Plan,
    *,
    now: datetime,
    file: Path | None = None,
    seen: Heads | None = None,
    told: Told = lambda _part: None,
) -> None:
    """Do what was planned, and write it into the register; derived data is left to ``checking``.

    raises  BadInput where it would be something else by now: nothing is changed then; as ``plan``
    """
    with _file(archive).write() as connection:
        done = _done(archive, connection, file, seen, told)
        if done.acts != planned.acts:
            what = _("The desk has changed since the repair was planned.")
            raise BadInput(what, hint=_("Nothing was repaired. Check the desk again."))
        register.enter(connection, [_entry(act, now, file) for act in done.acts])


def _file(archive: Archive) -> FileStore:
    store = archive._store
    if isinstance(store, FileStore):
        return store
    what = _("The texts of a desk on a server cannot be repaired there.")
    hint = _(
        "Its safeguards would have to be removed while others write. Copy the desk to a file with"
        " “pressdesk move”, repair that, and move it to an empty database."
    )
    raise BadInput(what, hint=hint)


def _entry(act: Act, now: datetime, file: Path | None) -> register.Entry:
    said = {"where": act.where, "what": ", ".join(act.what), "from": act.source.value}
    if act.source is Source.BACKUP and file is not None:
        said["file"] = file.name
    return register.about(Deed.REPAIRED, now, act.edition, **said)


def _done(
    archive: Archive, connection: Connection, file: Path | None, seen: Heads | None, told: Told
) -> Plan:
    """Put back what can be, inside a transaction; what was touched and is not sound is undone."""
    inside = Within(_file(archive), connection)
    before = checking.faults(inside, told=told)
    if all(fault.part in DERIVED for fault in before):
        return Plan()
    mine = {book: (books.entries(connection, book), books.nodes(connection, book)) for book in Book}
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    point = connection.begin_nested()
    triggers.drop(connection)
    with backing.opened(file, archive.uid, mine, seen) as backup:
        acts = list(_acts(connection, inside, before, backup, seen))
    triggers.make(connection)
    after = checking.faults(inside, told=told)
    if _places(after) - _places(before):  # it made something worse
        point.rollback()
        acts, after = [], before
    left = tuple(fault for fault in after if fault.part not in DERIVED)
    return Plan(tuple(acts), left)


def _places(found: Sequence[Fault]) -> set[tuple[str, str]]:
    return {(fault.part, fault.where.partition(": ")[0]) for fault in found}


def _acts(
    connection: Connection,
    inside: Within,
    before: Sequence[Fault],
    backup: Backing | None,
    seen: Heads | None,
) -> Iterator[Act]:
    place = inside.place
    for book in Book:
        known = list(backup.heads) if backup else []
        known += [seen.out, seen.desk] if seen is not None else []
        of_book = [one for one in known if one.origin.endswith(f"/{book}")]
        entries = backup.books[book] if backup else {}
        yield from books.mend(connection, book, entries, of_book)
    if backup is not None:
        yield from _by_hash(connection, backup)
    site = Site(connection, place, _seals(connection), backup)
    wrong = _wrong(site, before)
    touched = set()
    uids = {}
    for one, hint in wrong.items():
        uids[one] = uid = editions.uid_of(site, one) or hint
        mends: list[Mend] = [partial(editions.sheet, site, one, uid)]
        for mend in (*mends, *editions.saves(site, one, uid)):
            if act := _if_sound(connection, mend, _no_fault):
                yield _named(connection, act)
    releases = {fault.about[1] for fault in before if fault.about and fault.about[0] == "release"}
    releases |= _homes(site, wrong) | set(strays(connection, edition))
    for one in sorted(releases):
        if act := _if_sound(connection, partial(editions.parent, site, one), _no_fault):
            touched.add(one)
            yield _named(connection, act)
    for one in wrong:
        mend = partial(editions.rows, site, one, uids[one])
        act = _if_sound(connection, mend, _look(site, one))
        kept = _if_sound(connection, partial(editions.kept, site, one), _no_fault)
        touched |= _homes(site, [one])
        yield from (_named(connection, done) for done in (act, kept) if done)
    for where in clear_strays(connection):
        yield Act("references", where, (), Source.TWICE)
    there = connection.execute(select(release.c.id).where(release.c.id.in_(touched)))
    relist(connection, *there.scalars().all())


def _wrong(site: Site, before: Sequence[Fault]) -> dict[int, str]:
    """The ids of the editions of which something is damaged, or gone, with the uid of the latter
    where a backup says it."""
    ask = site.connection.execute
    found = {fault.about[1] for fault in before if fault.about and fault.about[0] == "edition"}
    saves = [fault.about[1] for fault in before if fault.about and fault.about[0] == "revision"]
    there = select(revision.c.id)
    lean, on = revision_base.c.revision_id, revision_base.c.keyframe_id
    saves += ask(select(on).where(lean.not_in(there))).scalars().all()
    saves += ask(select(lean).where(on.not_in(there))).scalars().all()
    found.update(ask(select(revision.c.edition_id).where(revision.c.id.in_(saves))).scalars())
    for table in (*OF_EDITION, revision):
        found.update(strays(site.connection, table))
    releases = select(release.c.id)
    found.update(ask(select(edition.c.id).where(edition.c.release_id.not_in(releases))).scalars())
    gone: dict[int, str] = {}
    if site.backing is not None:
        for uid in site.seals.keys() - set(ask(select(edition.c.uid)).scalars().all()):
            row = site.backing.row(edition, edition.c.uid == uid)
            gone |= {row["id"]: uid} if row is not None else {}
    return dict(sorted({**dict.fromkeys(found, ""), **gone}.items()))


def _homes(site: Site, some: Collection[int]) -> set[int]:
    """The releases of some editions, as their rows and their revisions say."""
    rows = select(edition.c.release_id).where(edition.c.id.in_(some))
    found = set(site.connection.execute(rows).scalars().all())
    for saved in revisions.last(site.connection, tuple(some)).values():
        found |= {saved.release.id} if saved is not None else set()
    return {one for one in found if isinstance(one, int)}


def _seals(connection: Connection) -> dict[str, Record]:
    """The entries that seal an edition, of those that their leaf bears out."""
    kept = books.nodes(connection, Book.OUT)
    query = select(deed.c.edition).where(deed.c.deed == Deed.UNDONE)
    undone = set(connection.execute(query).scalars().all())
    found: dict[str, Record] = {}
    for number, row in books.entries(connection, Book.OUT).items():
        record = books.record_of(row["data"])
        if record is None or kept.get((0, number)) != tree.leaf_hash(row["data"]):
            continue
        if deeds.row_of(record.deed).seals and record.edition not in undone:
            found.setdefault(record.edition, record)
    return found


def _if_sound(connection: Connection, mend: Mend, sound: Callable[[], bool]) -> Act | None:
    """Do it; take it back where what it touched is not sound then."""
    point = connection.begin_nested()
    try:
        act = mend()
        if act is not None and sound():
            point.commit()
            return act
    except (DeskUnavailable, *UNREADABLE, *texts.REFUSED):
        pass
    point.rollback()
    return None


def _no_fault() -> bool:
    return True


def _look(site: Site, one: int) -> Callable[[], bool]:
    def sound() -> bool:
        look = ground.wrong(site.connection, (one,), site.place, copied=False)
        row = select(edition.c.state).where(edition.c.id == one)
        if site.connection.execute(row).scalar() == "draft":
            look = draft_ground.wrong(site.connection, (one,), site.place)
        return not list(look)

    return sound


def _by_hash(connection: Connection, backup: Backing) -> Iterator[Act]:
    """Pictures and originals: whatever has the hash is it."""
    for part, table, data in (
        ("attachments", blob, blob.c.data),
        ("imports", import_batch, import_batch.c.original),
    ):
        key = next(iter(table.primary_key))
        for row in connection.execute(select(key, table.c.sha256)).all():
            stored = connection.execute(select(data).where(key == row[0])).scalar_one()
            if isinstance(stored, bytes) and values.digest(stored) == row.sha256:
                continue
            backed = backup.row(table, table.c.sha256 == row.sha256)
            if backed is not None and values.digest(backed[data.name]) == row.sha256:
                order = update(table).where(key == row[0]).values({data.name: backed[data.name]})
                connection.execute(order)
                yield Act(part, str(row[0]), (data.name,), Source.BACKUP)  # type: ignore[arg-type]


def _named(connection: Connection, act: Act) -> Act:
    """With what a person calls it, as it is put back."""
    kind, _space, number = act.where.partition(" ")
    query = select(edition.c.title, edition.c.language, release.c.reference).join(
        release, release.c.id == edition.c.release_id
    )
    key = {
        "edition": edition.c.id == number,
        "release": release.c.id == number,
        "revision": edition.c.id
        == select(revision.c.edition_id).where(revision.c.id == number).scalar_subquery(),
    }
    try:
        row = connection.execute(query.where(key[kind])).first()
    except texts.REFUSED:
        return act
    if row is None:
        return act
    name = row.reference or row.title
    return replace(act, name=name if kind == "release" else f"{name}, {row.language}")
