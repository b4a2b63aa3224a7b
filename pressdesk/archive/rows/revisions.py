"""Stores the revisions of an edition: some whole, the others as compressed differences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    delete,
    func,
    insert,
    inspect,
    select,
)

from pressdesk.archive.store import dialects, faults, values
from pressdesk.archive.store.dialects import on_server
from pressdesk.archive.store.tables import (
    deed,
    edition,
    revision,
    revision_base,
    revision_name,
)
from pressdesk.archive.store.values import Saved
from pressdesk.base.address import Address
from pressdesk.base.errors import BadInput, NotFound, ReadFailed
from pressdesk.base.i18n import _
from pressdesk.press.filed import Filed, RevisionInfo
from pressdesk.press.register.deeds import Deed
from pressdesk.press.release import Edition, Release
from pressdesk.press.states import State

EVERY = 10
"""One revision in so many is stored whole; the others are packed against the last such."""

WINDOW = 32 * 1024
"""Bytes that packing looks back; a longer text is stored whole and nothing leans on it."""

LONGEST_NAME = 80

AUTHOR = "author"
"""The execution option that says who writes; see ``Store.author``."""


class _Keyframe(Struct, frozen=True):
    id: int
    plain: bytes


def put(
    connection: Connection,
    parent: Release,
    saved: Edition,
    now: datetime,
    *,
    note: str = "",
    author: str = "",
    uid: str = "",
) -> None:
    """Take a snapshot of an edition as its next revision.

    uid     made by whoever asked for it, before the attempt: see ``saved_as``
    author  who is named as its author; by default whoever writes to this desk
    cost    0.4 ms for an ordinary release, 0.5 KB of the desk
    """
    number = _last(connection, saved.id) + 1
    author = author or connection.get_execution_options().get(AUTHOR, "")
    data = values.pack(parent, saved, Saved(number, now, note, author))
    base = _keyframe(connection, saved.id, number) if len(data) <= WINDOW else None
    row = {
        "edition_id": saved.id,
        "number": number,
        "at": now,
        "note": note,
        "author": author,
        "sha256": values.digest(data),
        "data": values.squeeze(data, base.plain if base else b""),
        "uid": uid or None,
    }
    key = connection.execute(insert(revision).values(row)).inserted_primary_key
    if base is not None and key is not None:
        leans = {"revision_id": int(key[0]), "keyframe_id": base.id}
        connection.execute(insert(revision_base).values(leans))


def _last(connection: Connection, edition_id: int) -> int:
    query = select(func.coalesce(func.max(revision.c.number), 0))
    return connection.execute(query.where(revision.c.edition_id == edition_id)).scalar() or 0


def _keyframe(connection: Connection, edition_id: int, number: int) -> _Keyframe | None:
    """The newest whole revision to lean on, None when it is far back, long or damaged."""
    query = (
        select(revision.c.id, revision.c.sha256, revision.c.data)
        .outerjoin(revision_base, revision_base.c.revision_id == revision.c.id)
        .where(
            revision.c.edition_id == edition_id,
            revision.c.number > number - EVERY,
            revision_base.c.revision_id.is_(None),
        )
        .order_by(revision.c.number.desc())
    )
    row = connection.execute(query.limit(1)).first()
    plain = None if row is None else values.unsqueeze(row.data, row.sha256)
    if row is None or plain is None or len(plain) > WINDOW:
        return None
    return _Keyframe(row.id, plain)


def listed(connection: Connection, *whose: ColumnElement[bool]) -> tuple[RevisionInfo, ...]:
    """The revisions of these editions, newest first, the newest edition before the others."""
    query = (
        select(
            revision.c.id,
            revision.c.number,
            revision.c.at,
            revision.c.note,
            revision.c.author,
            revision_name.c.name,
            edition.c.number.label("edition"),
            edition.c.state,
        )
        .join(edition, edition.c.id == revision.c.edition_id)
        .outerjoin(revision_name, revision_name.c.revision_id == revision.c.id)
        .where(*whose)
        .order_by(edition.c.number.desc(), revision.c.number.desc())
    )
    seen: set[int] = set()
    found = []
    for row in connection.execute(query).all():
        went_out = State(row.state).out and row.edition not in seen
        seen.add(row.edition)
        found.append(
            RevisionInfo(
                row.id,
                row.number,
                row.at,
                row.note,
                row.author,
                row.name or "",
                row.edition,
                went_out,
            )
        )
    return tuple(found)


def one(connection: Connection, revision_id: int, place: Address) -> tuple[Release, Edition]:
    """The values of one save; raises NotFound, DeskForeign when its bytes are damaged."""
    return values.unpack(plain(connection, revision_id, place))


def plain(connection: Connection, revision_id: int, place: Address) -> bytes:
    """The bytes of one save, which have its hash; raises as ``one``."""
    row = _row(connection, revision_id)
    data = _bytes(row, _frames(connection, (row,)))
    if data is None:
        raise faults.damaged(place)
    return data


def noted_otherwise(
    connection: Connection, revision_id: int, place: Address
) -> tuple[Edition, dict[str, Any]]:
    """The text of one save, and those of its columns that are not as its bytes say they were:
    by their names what they were. Raises as ``one``."""
    data = plain(connection, revision_id, place)
    row, saved = _row(connection, revision_id), values.unpack_saved(data)
    text = values.unpack(data)[1]
    said: dict[str, Any] = {"edition_id": text.id}
    if saved is not None:
        said |= msgspec.structs.asdict(saved)
    other = {name: was for name, was in said.items() if getattr(row, name) != was}
    if "author" in other and _signed_on_a_server(connection, row.author, other["author"]):
        del other["author"]
    return text, other


def _signed_on_a_server(connection: Connection, there: str, given: str) -> bool:
    """An author as a server completes it: the login stands behind the name, or in its place."""
    if not on_server(connection):
        moved = select(deed.c.number).where(deed.c.deed == Deed.MOVED).limit(1)
        if (
            not inspect(connection).has_table(deed.name)
            or connection.execute(moved).first() is None
        ):
            return False
    return there.startswith(f"{given} (") and there.endswith(")") if given else bool(there)


def of_edition(edition_id: int) -> ColumnElement[bool]:
    """Which revisions are of this edition; for ``ids``."""
    return revision.c.edition_id == edition_id


def of_release(release_id: int) -> ColumnElement[bool]:
    """Which revisions are of any edition of this release; for ``ids``."""
    editions = select(edition.c.id).where(edition.c.release_id == release_id)
    return revision.c.edition_id.in_(editions)


def ids(connection: Connection, whose: ColumnElement[bool]) -> Sequence[int]:
    """The ids of these revisions, newest first."""
    query = select(revision.c.id).where(whose).order_by(revision.c.id.desc())
    return connection.execute(query).scalars().all()


def last(connection: Connection, edition_ids: Sequence[int]) -> dict[int, Filed | None]:
    """The last save of each of these editions, by edition; None for one whose bytes are damaged.

    Of an issued edition that is what it went out with: it takes no later save. A copy for
    readers has no saves at all.
    cost    0.2 ms an edition where there are many
    """
    found = _last_bytes(connection, edition_ids)
    return {key: _filed(data) if data else None for key, data in found.items()}


def _filed(data: bytes) -> Filed | None:
    try:
        return Filed(*values.unpack(data))
    except (ReadFailed, RecursionError):
        return None


def last_shared(connection: Connection, edition_ids: Sequence[int]) -> dict[int, Release | None]:
    """Of ``last`` what all languages shared, for half the cost."""
    found = _last_bytes(connection, edition_ids)
    return {key: values.unpack_shared(data) if data else None for key, data in found.items()}


def _last_bytes(connection: Connection, edition_ids: Sequence[int]) -> dict[int, bytes | None]:
    mine = revision.c.edition_id.in_(edition_ids)
    newest = select(func.max(revision.c.id)).where(mine).group_by(revision.c.edition_id)
    rows = connection.execute(_query().where(revision.c.id.in_(newest))).all()
    frames = _frames(connection, rows)
    return {row.edition_id: _bytes(row, frames) for row in rows}


_Found = Row[*tuple[Any, ...]]


def _frames(connection: Connection, rows: Sequence[_Found]) -> dict[int, bytes | None]:
    """What these revisions are packed against, None where it is damaged."""
    keys = {row.keyframe_id for row in rows if row.keyframe_id is not None}
    if not keys:
        return {}
    found = connection.execute(select(revision).where(revision.c.id.in_(keys))).all()
    return {row.id: values.unsqueeze(row.data, row.sha256) for row in found}


def _bytes(row: _Found, frames: dict[int, bytes | None]) -> bytes | None:
    """The bytes of a save, None where they or those they lean on are damaged."""
    base = b"" if row.keyframe_id is None else frames.get(row.keyframe_id)
    return None if base is None else values.unsqueeze(row.data, row.sha256, base)


def _query() -> Select[Any]:
    return select(revision, revision_base.c.keyframe_id).outerjoin(
        revision_base, revision_base.c.revision_id == revision.c.id
    )


def _row(connection: Connection, revision_id: int) -> _Found:
    row = connection.execute(_query().where(revision.c.id == revision_id)).first()
    if row is None:
        what = _("There is no revision {id} in this desk.").format(id=revision_id)
        raise NotFound(what, hint=_("It may belong to a release that was deleted."))
    return row


def home(connection: Connection, revision_id: int) -> tuple[int, int]:
    """The id of a revision's edition and its number there; raises NotFound."""
    row = _row(connection, revision_id)
    return int(row.edition_id), int(row.number)


def name(connection: Connection, revision_id: int, text: str) -> None:
    """Give a revision a name, another one, or none with ""; raises NotFound, BadInput."""
    _row(connection, revision_id)
    text = " ".join(text.split())
    if len(text) > LONGEST_NAME:
        what = _("The name of a revision can have at most {n} characters.").format(n=LONGEST_NAME)
        raise BadInput(what, hint=_("Choose a shorter name and put details in the note."))
    if not text:
        connection.execute(delete(revision_name).where(revision_name.c.revision_id == revision_id))
        return
    order = dialects.upsert(connection, revision_name).values(revision_id=revision_id, name=text)
    connection.execute(
        order.on_conflict_do_update(index_elements=["revision_id"], set_={"name": text})
    )


def saved_as(connection: Connection, uid: str, edition_id: int, place: Address) -> Filed | None:
    """What a save with this id stored, with the versions it had then; None when none did.

    raises  DeskForeign when its bytes are damaged
    """
    query = select(revision.c.id).where(revision.c.uid == uid, revision.c.edition_id == edition_id)
    key = connection.execute(query).scalar() if uid else None
    return None if key is None else Filed(*one(connection, key, place))
