"""Stores imports as batches, keeps their originals, and undoes a batch as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, delete, insert, select, update

from pressdesk.archive.releases import bulk, sealing, trash, writing
from pressdesk.archive.releases.bulk import Prepared
from pressdesk.archive.releases.bulk_pool import Given, ItemSource, prepared
from pressdesk.archive.rows import contacts, houses, register, revisions
from pressdesk.archive.search.index import forget
from pressdesk.archive.store import faults, values
from pressdesk.archive.store.engine import DeskPart
from pressdesk.archive.store.tables import (
    contact,
    draft,
    edition,
    edition_contact,
    import_batch,
    import_contact,
    import_item,
    release,
)
from pressdesk.archive.store.values import digest
from pressdesk.base.errors import BadInput, NotFound
from pressdesk.base.i18n import _
from pressdesk.press.embargo import zone_of
from pressdesk.press.filed import Batch, ImportItem
from pressdesk.press.register.deeds import Deed
from pressdesk.press.release import Contact

UNDONE_AT_ONCE = 250
"""Items of which one statement asks or deletes."""


class ReadyBatch(Struct, frozen=True):
    """A batch as it will be filed: its items, the people that come with them, and their rows."""

    name: str
    original: bytes
    at: datetime
    items: tuple[ImportItem, ...]
    people: tuple[Contact, ...]
    """New to the desk, with the ids they will have."""
    made: tuple[Prepared, ...]


class Imports(DeskPart):
    """The imports of a desk."""

    def add(
        self, name: str, original: bytes, items: Sequence[ImportItem], *, at: datetime
    ) -> Batch:
        """File all accepted items and the original they came from: all or nothing.

        raises  BadInput as ``Releases.save`` does; IssueRefused for an item to be recorded
                without its full date
        cost    of ``make_ready`` and ``file``
        """
        return self.file(self.make_ready(name, original, items, at=at))

    def make_ready(
        self, name: str, original: bytes, items: Sequence[ImportItem], *, at: datetime
    ) -> ReadyBatch:
        """Everything about a batch but storing it: nothing is filed, and others can write.

        raises  as ``add`` does
        cost    under two milliseconds an item
        """
        with self._store.write() as connection:
            settled, people = _settled(connection, items)
            _fits(connection, settled, people)
            setting, ids = bulk_setting(connection, at), bulk.places(connection, len(settled))
        made = tuple(prepared(setting, Given(settled), ids, gently=True))
        return ReadyBatch(name, original, at, settled, people, made)

    def file(self, ready: ReadyBatch) -> Batch:
        """File a batch that was made ready: all or nothing, and once however often this is tried.

        raises  BadInput when a reference was taken meanwhile
        cost    a quarter of a millisecond an item; other writers wait meanwhile
        """
        ids = tuple(row.release["id"] for made in ready.made for row in made.rows)
        with self._store.write() as connection:
            done = select(import_item.c.batch_id).where(import_item.c.release_id.in_(ids[:1]))
            before = connection.execute(done).scalar()
            if before is not None:  # the answer was lost
                return Batch(before, ids)
            _fits(connection, ready.items, ready.people)
            batch_id = _open(connection, ready.name, ready.original, ready.at)
            for person in ready.people:
                contacts.insert_contact(connection, person, key=person.id)
                row = {"batch_id": batch_id, "contact_id": person.id}
                connection.execute(insert(import_contact).values(row))
            begin = 0
            for made in ready.made:
                bulk.write(connection, made, batch_id, begin)
                begin += len(made.rows)
        return Batch(batch_id, ids)

    def add_many(
        self,
        name: str,
        number: int,
        source: ItemSource,
        *,
        at: datetime,
        step: Callable[[], None] = lambda: None,
    ) -> None:
        """File a whole collection, each ``bulk_pool.AT_ONCE`` items as a batch of their own.

        Others can write in between; after a failure the batches before it stay.
        source  gives the items; they name no contact that is not in the desk, no reference
                that is taken, and are asked for in other processes
        step    called after each batch
        cost    under a millisecond an item with two cores
        """
        with self._store.write() as connection:
            setting = bulk_setting(connection, at)
            ids = bulk.places(connection, number)
        begin = 0
        for made in prepared(setting, source, ids):
            with self._store.write() as connection:
                batch_id = _open(connection, f"{name} {begin + 1}", b"", at)
                bulk.write(connection, made, batch_id)
            begin += len(made.rows)
            step()

    def undo(self, batch_id: int) -> int:
        """Take a batch back and return how many of its releases went.

        Items nobody touched are deleted: their original stays. Drafts that were written on
        go to the trash. What was issued, or opened as a next edition since, stays.
        raises  NotFound
        """
        with self._store.write() as connection:
            row = connection.execute(
                select(import_batch.c.undone_at).where(import_batch.c.id == batch_id)
            ).first()
            if row is None:
                what = _("There is no import {id} in this desk.").format(id=batch_id)
                raise NotFound(what, hint=_("It may belong to another desk."))
            return 0 if row.undone_at else _undo(connection, batch_id)

    def original(self, release_id: int) -> tuple[str, bytes] | None:
        """Name and bytes of the file a release was imported from, None when it was not.

        raises  DeskForeign when the bytes are damaged
        """
        query = (
            select(import_batch.c.name, import_batch.c.original, import_batch.c.sha256)
            .join(import_item, import_item.c.batch_id == import_batch.c.id)
            .where(import_item.c.release_id == release_id)
        )
        with self._store.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        if digest(row.original) != row.sha256:
            raise faults.damaged(self._store.place)
        return row.name, values.raw(row.original)


def _open(connection: Connection, name: str, original: bytes, at: datetime) -> int:
    row = {"at": at, "name": name, "sha256": digest(original), "original": original}
    key = connection.execute(insert(import_batch).values(row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def bulk_setting(connection: Connection, at: datetime) -> bulk.Setting:
    """What all items of an import share."""
    house = houses.load(connection)
    today = at.astimezone(zone_of(house.zone)).date()
    author = connection.get_execution_options().get(revisions.AUTHOR, "")
    return bulk.Setting(house, at, today, _("Recorded as issued"), author)


def _settled(
    connection: Connection, items: Sequence[ImportItem]
) -> tuple[tuple[ImportItem, ...], tuple[Contact, ...]]:
    """The items with the ids of their contacts, and those contacts that are new, each once."""
    new = dict.fromkeys(one for item in items for one in item.contacts if not one.id)
    known = dict(zip(new, bulk.contact_ids(connection, len(new)), strict=True))
    taken: set[str] = set()
    settled = []
    for item in items:
        if item.release.reference in taken:
            what = _("Two items have the reference “{reference}”.")
            raise BadInput(
                what.format(reference=item.release.reference), hint=_("Enter another reference.")
            )
        taken |= {item.release.reference} - {""}
        if item.record is not None:
            sealing.finished(item.record)
        people = [one.id or known[one] for one in item.contacts]
        named = tuple(dict.fromkeys((*people, *item.edition.contacts)))
        text = replace(item.edition, contacts=named)
        settled.append(replace(item, edition=text, contacts=()))
    return tuple(settled), tuple(replace(one, id=key) for one, key in known.items())


def _fits(connection: Connection, items: Sequence[ImportItem], people: Sequence[Contact]) -> None:
    """Raise BadInput for what the desk as it is now would refuse."""
    for item in items:
        writing.free_reference(connection, item.release)
    named = {one for item in items for one in item.edition.contacts}
    writing.known_contacts(connection, named - {person.id for person in people})


def _undo(connection: Connection, batch_id: int) -> int:
    now = datetime.now(UTC)
    # First: the guards let a recorded item go only when its batch is marked as undone.
    connection.execute(
        update(import_batch).where(import_batch.c.id == batch_id).values(undone_at=now)
    )
    items = select(import_item.c.release_id).where(import_item.c.batch_id == batch_id)
    ids = connection.execute(items).scalars().all()
    gone = sum(
        _take_back(connection, ids[at : at + UNDONE_AT_ONCE], now)
        for at in range(0, len(ids), UNDONE_AT_ONCE)
    )
    _drop_contacts(connection, batch_id)
    return gone


def _take_back(connection: Connection, ids: Sequence[int], now: datetime) -> int:
    """Undo some items; returns how many do not stay."""
    query = select(release.c.id, release.c.version, release.c.issued, release.c.trashed_at)
    heads = connection.execute(query.where(release.c.id.in_(ids))).all()
    touched = _touched(connection, ids) | {head.id for head in heads if head.version != 1}
    fresh = [head.id for head in heads if head.id not in touched]
    _register(connection, fresh, now)
    forget(connection, fresh)
    # Editions first: their guard asks for the import item, which goes with the release.
    connection.execute(delete(edition).where(edition.c.release_id.in_(fresh)))
    connection.execute(delete(release).where(release.c.id.in_(fresh)))
    drafts = [
        head.id
        for head in heads
        if head.id in touched and not head.issued and head.trashed_at is None
    ]
    for release_id in drafts:
        trash.put(connection, release_id, now)
    return len(fresh) + len(drafts)


def _register(connection: Connection, ids: Sequence[int], now: datetime) -> None:
    """Say of each past item that it goes: without it the guards keep it."""
    query = select(edition.c.uid).where(
        edition.c.release_id.in_(ids), edition.c.recorded_at.is_not(None)
    )
    uids = connection.execute(query.order_by(edition.c.id)).scalars().all()
    register.enter(connection, [register.about(Deed.UNDONE, now, uid) for uid in uids])


def _touched(connection: Connection, ids: Sequence[int]) -> set[int]:
    """Those whose editions are not the one that was filed, as it was filed."""
    query = (
        select(edition.c.release_id, edition.c.version, edition.c.recorded_at, draft.c.edition_id)
        .outerjoin(draft, draft.c.edition_id == edition.c.id)
        .where(edition.c.release_id.in_(ids))
    )
    seen: set[int] = set()
    touched: set[int] = set()
    for release_id, version, recorded_at, kept in connection.execute(query):
        filed = version == (2 if recorded_at else 1) and kept is None
        if not filed or release_id in seen:
            touched.add(release_id)
        seen.add(release_id)
    return touched


def _drop_contacts(connection: Connection, batch_id: int) -> None:
    """Contacts the batch added go with it, unless somebody changed or uses them."""
    mine = select(import_contact.c.contact_id).where(import_contact.c.batch_id == batch_id)
    used = select(edition_contact.c.contact_id)
    connection.execute(
        delete(contact).where(
            contact.c.id.in_(mine), contact.c.version == 1, contact.c.id.not_in(used)
        )
    )
