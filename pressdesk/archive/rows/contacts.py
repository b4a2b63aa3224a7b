"""Stores the contact list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import uuid4

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, Row, insert, select, update

from pressdesk.archive.rows import list_query
from pressdesk.archive.store import faults
from pressdesk.archive.store.before import stored_contact
from pressdesk.archive.store.engine import DeskPart
from pressdesk.archive.store.tables import contact, edition, edition_contact
from pressdesk.base.errors import EditConflict, NotFound
from pressdesk.base.i18n import _
from pressdesk.document.analyser import stems
from pressdesk.press.listing import ReleaseRow
from pressdesk.press.release import Contact


def _value(row: Row[*tuple[Any, ...]]) -> Contact:
    with faults.row(contact.name, row.id):
        found = stored_contact(row.data)
        return replace(found, id=row.id, uid=row.uid, retired=row.retired, version=row.version)


def named(connection: Connection, ids: Iterable[int]) -> tuple[Contact, ...]:
    """Contacts in the order of their ids as given; all of them exist."""
    wanted = tuple(ids)
    rows = connection.execute(select(contact).where(contact.c.id.in_(wanted))).all()
    found = {row.id: _value(row) for row in rows}
    if gone := set(wanted) - found.keys():
        raise faults.Unreadable(f"{contact.name} {min(gone)}")
    return tuple(found[one] for one in wanted)


def known(connection: Connection, ids: Collection[int]) -> set[int]:
    """Those of these ids that are in the list."""
    return set(connection.execute(select(contact.c.id).where(contact.c.id.in_(ids))).scalars())


def called(connection: Connection, stemmed: Sequence[str]) -> tuple[int, ...]:
    """The contacts whose name, office or organisation holds all these stems."""
    wanted = set(stemmed)
    found = []
    for row in connection.execute(select(contact)).all():
        one = _value(row)
        texts = (*one.name.entries, *one.role.entries, *one.organisation.entries)
        if wanted and wanted <= {stem for _tag, text in texts for stem in stems(text)}:
            found.append(one.id)
    return tuple(found)


def insert_contact(connection: Connection, given: Contact, *, key: int | None = None) -> Contact:
    """Add one to the list; it gets a uid, version 1 and an id, unless its ``key`` is known."""
    made = replace(given, id=0, uid=uuid4().hex, version=1)
    row = {
        "uid": made.uid,
        "retired": made.retired,
        "version": 1,
        "data": msgspec.json.encode(made),
    }
    chosen = row if key is None else {"id": key, **row}
    stored = connection.execute(insert(contact).values(chosen)).inserted_primary_key
    assert stored is not None
    return replace(made, id=int(stored[0]))


class Contacts(DeskPart):
    """The people and offices the press may turn to.

    They retire and are not deleted, as drafts may still name them; issued releases hold their
    own copy. Only undoing an import takes out a contact that came with it and nobody used.
    """

    def all(self, *, retired: bool = True) -> tuple[Contact, ...]:
        """Every contact, by name in its first language; without ``retired`` only those serving."""
        query = select(contact) if retired else select(contact).where(contact.c.retired.is_(False))
        with self._store.read() as connection:
            found = [_value(row) for row in connection.execute(query).all()]
        return tuple(sorted(found, key=_order))

    def get(self, contact_id: int) -> Contact:
        """One contact; raises NotFound."""
        with self._store.read() as connection:
            return _get(connection, contact_id)

    def save(self, given: Contact) -> Contact:
        """Store a contact and return it with its new version; id 0 adds it to the list.

        raises  EditConflict when it was saved elsewhere since; NotFound
        """
        with self._store.write() as connection:
            if given.id == 0:
                return insert_contact(connection, given)
            return _put(connection, given)

    def retire(self, contact_id: int, retired: bool = True) -> Contact:
        """Take a contact out of the choice for new releases, or back into it."""
        with self._store.write() as connection:
            found = _get(connection, contact_id)
            if found.retired == retired:
                return found
            return _put(connection, replace(found, retired=retired))

    def used_by(self, contact_id: int) -> tuple[ReleaseRow, ...]:
        """The releases one of whose editions names this contact, in list order."""
        using = (
            select(edition.c.release_id)
            .join(edition_contact, edition_contact.c.edition_id == edition.c.id)
            .where(edition_contact.c.contact_id == contact_id)
        )
        with self._store.read() as connection:
            ids = connection.execute(using.distinct()).scalars().all()
            found = list_query.rows(connection, ids)
        return tuple(sorted(found, key=lambda row: (row.sort_date, row.id), reverse=True))


def _order(one: Contact) -> tuple[str, int]:
    name = one.name.entries or one.organisation.entries or (("", ""),)
    return name[0][1].casefold(), one.id


def _get(connection: Connection, contact_id: int) -> Contact:
    row = connection.execute(select(contact).where(contact.c.id == contact_id)).first()
    if row is None:
        what = _("There is no contact {id} in this desk.").format(id=contact_id)
        raise NotFound(what, hint=_("It may have been added in another desk."))
    return _value(row)


def _put(connection: Connection, given: Contact) -> Contact:
    found = _get(connection, given.id)
    saved = replace(given, uid=found.uid, version=given.version + 1)
    row = {
        "retired": saved.retired,
        "version": saved.version,
        "data": msgspec.json.encode(saved),
    }
    moved = connection.execute(
        update(contact)
        .where(contact.c.id == given.id, contact.c.version == given.version)
        .values(row)
        .returning(contact.c.id)
    )
    if moved.first() is None:
        what = _("This contact was changed elsewhere since you opened it.")
        raise EditConflict(what, hint=_("Open it again and repeat your change."))
    return saved
