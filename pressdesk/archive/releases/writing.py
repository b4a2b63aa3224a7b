"""Writes releases and editions; checks the version and writes in one statement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from msgspec.structs import replace
from sqlalchemy import Connection, delete, insert, select, update

from pressdesk.archive.rows import contacts, revisions
from pressdesk.archive.rows.houses import day_of
from pressdesk.archive.rows.list_rows import is_out, relist
from pressdesk.archive.search.index import forget, reindex
from pressdesk.archive.store import values
from pressdesk.archive.store.tables import (
    draft,
    edition,
    edition_body,
    edition_contact,
    release,
)
from pressdesk.base.address import Address
from pressdesk.base.errors import BadInput, EditConflict
from pressdesk.base.i18n import _
from pressdesk.press.filed import Filed
from pressdesk.press.release import Edition, Release
from pressdesk.press.states import State


def conflict(title: str) -> EditConflict:
    """The error for a text that was changed since it was opened; nothing was written."""
    what = _("“{title}” was changed elsewhere after you opened it.")
    return EditConflict(
        what.format(title=title or _("Untitled")),
        hint=_("Nothing was overwritten. Compare the two texts, then save yours again."),
    )


def new_release(connection: Connection, given: Release, now: datetime) -> Release:
    """Insert a release; it gets an id, a uid and version 1."""
    free_reference(connection, given)
    made = replace(given, id=0, uid=uuid4().hex, version=1)
    derived = {"sort_date": now.date(), "drafts": True, "issued": False}  # until relist
    done = connection.execute(insert(release).values(release_row(made, now) | derived))
    return replace(made, id=_key(done.inserted_primary_key))


def release_row(made: Release, now: datetime) -> dict[str, Any]:
    """The row of a new release, without its id and what is derived."""
    return values.release_columns(made) | {
        "uid": made.uid,
        "version": made.version,
        "created_at": now,
    }


def _key(row: object) -> int:
    assert isinstance(row, Sequence)
    return int(row[0])


def new_edition(
    connection: Connection,
    parent: Release,
    given: Edition,
    number: int,
    now: datetime,
    *,
    note: str = "",
) -> Edition:
    """Insert a draft edition; it gets an id, a uid, version 1 and its first revision."""
    made = begun(given, parent, number)
    row = edition_row(made, made.date or day_of(connection, now), now)
    done = connection.execute(insert(edition).values(row))
    made = replace(made, id=_key(done.inserted_primary_key))
    wide = values.body_columns(made) | {"edition_id": made.id}
    connection.execute(insert(edition_body).values(wide))
    _put_contacts(connection, made)
    revisions.put(connection, parent, made, now, note=note)
    return made


def begun(given: Edition, parent: Release, number: int) -> Edition:
    """A text as a new draft of a release, with a uid and no id yet."""
    return replace(
        given,
        id=0,
        uid=uuid4().hex,
        release_id=parent.id,
        number=number,
        state=State.DRAFT,
        issued_at=None,
        recorded_at=None,
        version=1,
    )


def edition_row(made: Edition, day: date, now: datetime) -> dict[str, Any]:
    """The narrow row of a new edition, without its id."""
    return values.edition_columns(made) | {
        "uid": made.uid,
        "release_id": made.release_id,
        "language": made.language,
        "number": made.number,
        "state": made.state.value,
        "sort_date": day,
        "version": made.version,
        "created_at": now,
        "saved_at": now,
    }


def put_release(connection: Connection, given: Release, saved: Release, title: str = "") -> Release:
    """Store what changed of a release; without a change nothing is written.

    raises  EditConflict when its version moved; BadInput for a taken reference, or another
            kind or reference of a release that went out
    """
    same = replace(given, id=saved.id, uid=saved.uid, version=saved.version)
    if same == saved:
        return saved
    if given.version != saved.version:
        raise conflict(title)
    _keeps_name(connection, same, saved)
    if same.reference != saved.reference:
        free_reference(connection, same)
    moved = connection.execute(
        update(release)
        .where(release.c.id == saved.id, release.c.version == given.version)
        .values(values.release_columns(given) | {"version": given.version + 1})
        .returning(release.c.id)
    )
    if moved.first() is None:
        raise conflict(title)
    return replace(same, version=given.version + 1)


def put_edition(connection: Connection, given: Edition, saved: Edition, now: datetime) -> Edition:
    """Store an edition and its body and move its version; raises EditConflict, BadInput."""
    _refuse_issued(given, saved)
    row = values.edition_columns(given) | {
        "sort_date": given.date or _made_on(connection, saved.id),
        "version": given.version + 1,
        "saved_at": now,
    }
    moved = connection.execute(
        update(edition)
        .where(
            edition.c.id == saved.id,
            edition.c.version == given.version,
            ~is_out(edition.c.state),
        )
        .values(row)
        .returning(edition.c.id)
    )
    if moved.first() is None:
        raise conflict(given.title or saved.title)
    wide = values.body_columns(given)
    connection.execute(
        update(edition_body).where(edition_body.c.edition_id == saved.id).values(wide)
    )
    if given.contacts != saved.contacts:
        connection.execute(delete(edition_contact).where(edition_contact.c.edition_id == saved.id))
        _put_contacts(connection, given)
    return replace(given, version=given.version + 1)


def _refuse_issued(given: Edition, saved: Edition) -> None:
    """Raise BadInput for an edition that went out; one that moved meanwhile is a conflict."""
    if given.version == saved.version and saved.state.out:
        what = _("“{title}” has been issued and can no longer change.").format(title=saved.title)
        raise BadInput(what, hint=_("To change it, make a new edition."))


def _made_on(connection: Connection, edition_id: int) -> date:
    """What an edition without a date is sorted by: the day it was made."""
    query = select(edition.c.created_at).where(edition.c.id == edition_id)
    return day_of(connection, connection.execute(query).scalar_one())


def only_blank(connection: Connection, saved: Filed, place: Address) -> bool:
    """True if the release has nothing else and no word was ever stored in it."""
    whose = edition.c.release_id == saved.release.id
    others = select(edition.c.id).where(whose, edition.c.id != saved.edition.id)
    query = select(draft.c.data, draft.c.sha256).where(draft.c.edition_id == saved.edition.id)
    kept = [values.unpack_kept(*row)[1] for row in connection.execute(query).all()]
    infos = revisions.listed(connection, edition.c.id == saved.edition.id)
    before = (revisions.one(connection, info.id, place)[1] for info in infos)
    alone = saved.edition.state.writable and connection.execute(others).first() is None
    return alone and all(one.wordless for one in (saved.edition, *kept, *before))


def drop_edition(connection: Connection, given: Edition) -> None:
    """Delete a draft for good, with its revisions; ``derive`` is to follow."""
    forget(connection, (given.release_id,))
    connection.execute(delete(edition).where(edition.c.id == given.id))


def derive(connection: Connection, release_id: int) -> None:
    """Rows of lists and the search index follow; call it wherever an edition was written."""
    relist(connection, release_id)
    reindex(connection, release_id)


def drop_draft(connection: Connection, edition_id: int) -> None:
    """Forget what autosave kept."""
    connection.execute(delete(draft).where(draft.c.edition_id == edition_id))


def put_both(
    connection: Connection, release_: Release, edition_: Edition, saved: Filed, now: datetime
) -> Filed:
    """Store both values over what is saved, and drop the draft; raises as the two above."""
    if edition_.language != saved.edition.language:
        what = _("The language of an edition cannot be changed.")
        raise BadInput(what, hint=_("Add another language to the release instead."))
    _refuse_issued(edition_, saved.edition)  # first: the guards would refuse the release
    parent = put_release(connection, release_, saved.release, edition_.title)
    text = put_edition(connection, edition_, saved.edition, now)
    drop_draft(connection, saved.edition.id)
    return Filed(parent, text)


def _put_contacts(connection: Connection, made: Edition) -> None:
    wanted = tuple(dict.fromkeys(made.contacts))
    if wanted != made.contacts:
        raise BadInput(
            _("A contact is listed twice."), hint=_("Remove one of them and save again.")
        )
    if not wanted:
        return
    known_contacts(connection, wanted)
    connection.execute(insert(edition_contact), contact_rows(made))


def contact_rows(made: Edition) -> list[dict[str, Any]]:
    """Whom an edition names, as rows."""
    return [
        {"edition_id": made.id, "position": position, "contact_id": one}
        for position, one in enumerate(made.contacts)
    ]


def known_contacts(connection: Connection, wanted: Collection[int]) -> None:
    """Raise BadInput when one of these contacts is not in the desk."""
    if lost := sorted(set(wanted) - contacts.known(connection, wanted)):
        what = _("There is no contact {id} in this desk.").format(id=lost[0])
        raise BadInput(what, hint=_("Choose the contacts of the release again."))


def free_reference(connection: Connection, given: Release) -> None:
    """Raise BadInput when another release has this reference."""
    if not given.reference:
        return
    same = select(release.c.id).where(
        release.c.reference == given.reference, release.c.id != given.id
    )
    other = connection.execute(same).scalar()
    if other is not None:
        what = _("The reference “{reference}” is already used by release {id}.")
        raise BadInput(
            what.format(reference=given.reference, id=other), hint=_("Enter another reference.")
        )


def _keeps_name(connection: Connection, given: Release, saved: Release) -> None:
    fixed = given.kind != saved.kind or (saved.reference and given.reference != saved.reference)
    if not fixed:
        return
    out = select(edition.c.id).where(edition.c.release_id == saved.id, is_out(edition.c.state))
    if connection.execute(out).first() is not None:
        what = _("The kind and reference of an issued release cannot be changed.")
        raise BadInput(what, hint=_("Duplicate it as a new release instead."))
