"""Reads an edition with its release from the tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, Row, RowMapping, null, select

from pressdesk.archive.store import values
from pressdesk.archive.store.tables import draft, edition, edition_body, edition_contact, release
from pressdesk.base.errors import BadInput, NotFound
from pressdesk.base.i18n import _
from pressdesk.press.filed import Filed, Kept
from pressdesk.press.release import Edition, Release


def release_row(connection: Connection, release_id: int, *, trashed: bool = False) -> RowMapping:
    """The row of a release; NotFound without one or, unless asked for, when it is trashed."""
    found = connection.execute(select(release).where(release.c.id == release_id)).mappings().first()
    if found is None:
        what = _("There is no release {id} in this desk.").format(id=release_id)
        raise NotFound(what, hint=_("It may have been deleted; look for it in the list."))
    if found["trashed_at"] is not None and not trashed:
        what = _("Release {id} is in the trash.").format(id=release_id)
        raise NotFound(what, hint=_("Restore it from the trash first."))
    return found


def stored(connection: Connection, edition_id: int, *, trashed: bool = False) -> Filed:
    """An edition as last saved, without what autosave kept; raises NotFound."""
    query = select(edition, edition_body).join(edition_body).where(edition.c.id == edition_id)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise _no_edition(edition_id)
    named = contacts_of(connection, (edition_id,))[edition_id]
    found = release_row(connection, row["release_id"], trashed=trashed)
    return Filed(values.release_of(found), values.edition_of(row, named))


def contacts_of(connection: Connection, edition_ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """The contacts that each of these editions names, in their order."""
    query = select(edition_contact.c.edition_id, edition_contact.c.contact_id)
    query = query.where(edition_contact.c.edition_id.in_(edition_ids))
    found: dict[int, tuple[int, ...]] = dict.fromkeys(edition_ids, ())
    for key, named in connection.execute(query.order_by(edition_contact.c.position)).all():
        found[key] += (named,)
    return found


def parent_of(connection: Connection, edition_id: int) -> Release:
    """The release of an edition, in the trash or not; raises NotFound."""
    query = select(release).join(edition, edition.c.release_id == release.c.id)
    row = connection.execute(query.where(edition.c.id == edition_id)).mappings().first()
    if row is None:
        raise _no_edition(edition_id)
    return values.release_of(row)


def _no_edition(edition_id: int) -> NotFound:
    what = _("There is no edition {id} in this desk.").format(id=edition_id)
    return NotFound(what, hint=_("It may have been deleted; look for it in the list."))


def kept_row(connection: Connection, edition_id: int) -> Row[*tuple[Any, ...]] | None:
    """What autosave kept, as its row."""
    query = select(*kept_columns(connection)).where(draft.c.edition_id == edition_id)
    return connection.execute(query).first()


def kept_columns(connection: Connection) -> tuple[ColumnElement[Any], ...]:
    """The columns of what autosave kept; a desk of before, only read, has no hash of it."""
    if _HASHED not in connection.info:
        there = connection.exec_driver_sql("SELECT * FROM draft WHERE 1 = 0").keys()
        connection.info[_HASHED] = draft.c.sha256.name in there
    if connection.info[_HASHED]:
        return tuple(draft.c)
    return tuple(null().label(one.name) if one is draft.c.sha256 else one for one in draft.c)


_HASHED = "hashed"
"""In what is noted of a connection: whether its desk has hashes of what autosave kept."""


def with_kept(connection: Connection, saved: Filed) -> tuple[Filed, str]:
    """The same with what autosave kept, and the token of that, "" without any.

    The kept edition bears the version of the last save. The kept release is the saved one
    unless the person changed it, here or in another language: an embargo set there holds
    here too. If it was saved elsewhere since, it keeps the version it began from, so that
    saving it is a conflict and no silent undoing.
    """
    row = kept_row(connection, saved.edition.id)
    shared = shared_row(connection, saved)
    if row is None:
        if shared is None:
            return saved, ""
        other, _text = identified(*values.unpack_kept(shared.data, shared.sha256), saved)
        return Filed(saved.release, saved.edition, Kept(other, saved.edition, shared.at)), ""
    given, text = identified(*values.unpack_kept(row.data, row.sha256), saved)
    parent = saved.release
    if shared is not None:
        parent, _text = identified(*values.unpack_kept(shared.data, shared.sha256), saved)
    elif row.release_touched and given != saved.release:
        parent = replace(given, version=row.release_version)
    return Filed(saved.release, saved.edition, Kept(parent, text, row.at)), str(row.token)


def shared_row(connection: Connection, saved: Filed) -> Row[*tuple[Any, ...]] | None:
    """The newest kept text, of any language, that changes what all languages share."""
    if saved.edition.state.out:
        return None
    query = (
        select(*kept_columns(connection))
        .join(edition, edition.c.id == draft.c.edition_id)
        .where(
            edition.c.release_id == saved.release.id,
            draft.c.release_touched,
            draft.c.release_version == saved.release.version,
        )
        .order_by(draft.c.at.desc())
    )
    return connection.execute(query.limit(1)).first()


def older_rows(connection: Connection, saved: Filed) -> Sequence[Row[*tuple[Any, ...]]]:
    """Kept texts of other languages that change what all share, and began from an earlier save
    of it than the last: saving them will ask the person first."""
    query = (
        select(*kept_columns(connection))
        .join(edition, edition.c.id == draft.c.edition_id)
        .where(
            edition.c.release_id == saved.release.id,
            edition.c.id != saved.edition.id,
            draft.c.release_touched,
            draft.c.release_version != saved.release.version,
        )
    )
    return connection.execute(query).all()


def identified(given: Release, text: Edition, saved: Filed) -> tuple[Release, Edition]:
    """Values of a person or of another time, with the identity the archive gave them."""
    one, other = saved.release, saved.edition
    return (
        replace(
            given,
            id=one.id,
            uid=one.uid,
            reference=one.reference or given.reference,
            version=one.version,
        ),
        replace(
            text,
            id=other.id,
            uid=other.uid,
            release_id=other.release_id,
            language=other.language,
            number=other.number,
            state=other.state,
            issued_at=other.issued_at,
            recorded_at=other.recorded_at,
            version=other.version,
        ),
    )


def pick(
    connection: Connection,
    release_id: int,
    language: str | None,
    number: int | None,
    *,
    trashed: bool = False,
) -> int:
    """The id of one edition of a release: by default the newest of its only language.

    raises  NotFound; BadInput when there are several languages and none is named
    """
    release_row(connection, release_id, trashed=trashed)
    columns = (edition.c.id, edition.c.language, edition.c.number)
    query = select(*columns).where(edition.c.release_id == release_id)
    return int(chosen(release_id, connection.execute(query).all(), language, number).id)


def chosen(release_id: int, there: Sequence[Any], language: str | None, number: int | None) -> Any:
    """Of the editions there are the one meant, each with its language and number; see ``pick``."""
    languages = ", ".join(sorted({row.language for row in there}))
    if language is None and len({row.language for row in there}) > 1:
        what = _("Release {id} has several languages: {languages}.")
        what = what.format(id=release_id, languages=languages)
        raise BadInput(what, hint=_("Name one of them."))
    fits = [row for row in there if language in (None, row.language)]
    fits = [row for row in fits if number in (None, row.number)]
    if not fits:
        what = _("Release {id} has no such edition.").format(id=release_id)
        raise NotFound(
            what, hint=_("Available languages: {languages}.").format(languages=languages)
        )
    return max(fits, key=lambda row: row.number)
