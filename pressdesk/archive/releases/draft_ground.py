"""Compares what is stored of each draft: its rows, its last save, and what autosave kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import msgspec
from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, Row, select

from pressdesk.archive.rows import filing, revisions
from pressdesk.archive.rows.list_rows import is_out
from pressdesk.archive.store import values
from pressdesk.archive.store.tables import draft, edition, edition_body, release, search_doc
from pressdesk.base.address import Address
from pressdesk.base.errors import DeskForeign, NotFound, ReadFailed
from pressdesk.press.filed import Filed
from pressdesk.press.release import Edition, Release

_Value = TypeVar("_Value", Edition, Release)


def wrong(connection: Connection, ids: Sequence[int], place: Address) -> Iterator[tuple[int, str]]:
    """What is wrong with the drafts among some editions: the id and, in a few words, what.

    cost  0.5 ms an edition; ``ids`` are at most some hundreds
    """
    contacts = filing.contacts_of(connection, ids)
    last = revisions.last(connection, ids)
    query = (
        select(edition, edition_body)
        .outerjoin(edition_body, edition_body.c.edition_id == edition.c.id)
        .where(edition.c.id.in_(ids), ~is_out(edition.c.state))
        .order_by(edition.c.id)
    )
    for row in connection.execute(query).mappings():
        one = int(row["id"])
        text = values.edition_or_none(row, contacts[one])
        if text is None:
            yield one, "text"
        elif one not in last:
            yield one, "no revision"
        elif names := _other(connection, text, last[one], place):
            yield one, f"differs from its last revision: {', '.join(names)}"
        if row["embargo_at"] is not None:
            yield one, "embargo"
        if text is not None and text.date not in (None, row["sort_date"]):
            yield one, "day"


def _other(
    connection: Connection, text: Edition, last: Filed | None, place: Address
) -> tuple[str, ...]:
    """What the rows of a draft say otherwise than each save of this version of it.

    There may be several: a text that gave way is kept as a revision, too, and moves no version.
    """
    if last is not None and last.edition == text:
        return ()
    saves = _saves(connection, revisions.of_edition(text.id), place)
    return _differing(text, [one.edition if one else None for one in saves])


def _differing(there: _Value, saves: Sequence[_Value | None]) -> tuple[str, ...]:
    """The members that no save of this version has so; a damaged one is told of for itself."""
    same = [one for one in saves if one is not None and one.version == there.version]
    if there in same:
        return ()
    if not same:
        return () if None in saves else ("version",)
    names = there.__struct_fields__
    return tuple(name for name in names if getattr(there, name) != getattr(same[0], name))


def shared(connection: Connection, ids: Sequence[int], place: Address) -> Iterator[tuple[int, str]]:
    """Of some releases those whose own row is not what was saved of it last, in any language.

    cost  0.2 ms a release
    """
    columns = (edition.c.id, edition.c.release_id)
    query = select(*columns).where(edition.c.release_id.in_(ids))
    homes = {row.id: row.release_id for row in connection.execute(query).all()}
    known: dict[int, list[Release]] = {}
    for one, found in revisions.last_shared(connection, tuple(homes)).items():
        if found is not None:
            known.setdefault(homes[one], []).append(found)
    indexed = select(search_doc.c.release_id).where(search_doc.c.release_id.in_(ids))
    searched = set(connection.execute(indexed).scalars().all())
    rows = select(release).where(release.c.id.in_(ids)).order_by(release.c.id)
    for row in connection.execute(rows).mappings():
        if row["trashed_at"] is not None and row["id"] in searched:
            yield row["id"], "in the trash, and searches find it"
        try:
            there = values.release_of(row)
        except (msgspec.DecodeError, ValueError, TypeError):
            yield row["id"], "cannot be read"
            continue
        if there not in known.get(there.id, ()) and (names := _moved(connection, there, place)):
            yield there.id, f"differs from its last revision: {', '.join(names)}"


def _moved(connection: Connection, there: Release, place: Address) -> tuple[str, ...]:
    saves = _saves(connection, revisions.of_release(there.id), place)
    # Without any save each edition is told of for itself.
    return _differing(there, [one.release if one else None for one in saves]) if saves else ()


def _saves(
    connection: Connection, whose: ColumnElement[bool], place: Address
) -> list[Filed | None]:
    """The saves, newest first; None for one that cannot be read."""
    found: list[Filed | None] = []
    for one in revisions.ids(connection, whose):
        try:
            found.append(Filed(*revisions.one(connection, one, place)))
        except (DeskForeign, ReadFailed, RecursionError):
            found.append(None)
    return found


def wrong_kept(connection: Connection, ids: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Of some editions those of which autosave holds another text than it kept."""
    query = select(*filing.kept_columns(connection)).order_by(draft.c.edition_id)
    query = query.where(draft.c.edition_id.in_(tuple(ids)))
    for row in connection.execute(query).all():
        if words := _kept(connection, row):
            yield int(row.edition_id), f"what was kept: {words}"


def _kept(connection: Connection, row: Row[tuple[object, ...]]) -> str:
    try:
        parent, text = values.unpack_kept(row.data, row.sha256)
    except (ReadFailed, RecursionError):
        return "cannot be read"
    if (row.edition_id, row.release_version) != (text.id, parent.version):
        return "of another edition"
    if (row.title, row.date) != (text.title, text.date):
        return "title or date"
    try:
        saved = filing.parent_of(connection, text.id)
    except NotFound:
        return "of no edition"
    touched = touches(parent, saved)
    # Saved elsewhere since, it is not known any more what it changed.
    known = saved.version == parent.version
    return "release" if known and row.release_touched != touched else ""


def touches(kept: Release, saved: Release) -> bool:
    """What was typed changes more than the edition."""
    return replace(kept, id=saved.id, uid=saved.uid, version=saved.version) != saved
