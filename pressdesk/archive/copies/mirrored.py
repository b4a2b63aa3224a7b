"""Adds releases to an offline copy and removes them: rows, derived data and pictures."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, or_, select

from pressdesk.archive.copies import letting_out
from pressdesk.archive.copies.letting_out import Row, VisibleRelease
from pressdesk.archive.search.index import forget
from pressdesk.archive.store.tables import blob, edition, issued, release

_DERIVED = ("sort_date", "drafts", "issued", "issued_embargo")
"""Columns of a release that follow from the editions there are."""


def put(connection: Connection, parcels: Sequence[VisibleRelease]) -> tuple[int, int]:
    """Make the mirror show these releases as they are in their parcels.

    Returns how many came or read differently, and how many went.
    """
    held = {one.id: one for one in _held(connection, [parcel.id for parcel in parcels])}
    moved = [parcel for parcel in parcels if _differs(held.get(parcel.id), parcel)]
    new = [parcel for parcel in moved if parcel.editions]
    gone = [held[parcel.id] for parcel in moved if parcel.id in held]
    _drop(connection, gone)
    others = _in_the_way(connection, new)
    _drop(connection, others)
    letting_out.put(connection, new)
    for name in set().union(*(one.pictures() for one in (*gone, *others))):
        _let_go(connection, name)
    return len(new), len(moved) - len(new)


def _held(connection: Connection, ids: Sequence[int]) -> list[VisibleRelease]:
    query = select(release).where(release.c.id.in_(ids))
    texts = letting_out.editions(connection, edition.c.release_id.in_(ids))
    return [
        VisibleRelease(row["id"], dict(row), tuple(texts.get(row["id"], ())))
        for row in connection.execute(query).mappings()
    ]


def _differs(held: VisibleRelease | None, parcel: VisibleRelease) -> bool:
    if held is None or not parcel.editions:
        return held is not None or bool(parcel.editions)
    return held.editions != parcel.editions or _told(held) != _told(parcel)


def _told(one: VisibleRelease) -> Row:
    return {name: value for name, value in one.release.items() if name not in _DERIVED}


def _drop(connection: Connection, releases: Sequence[VisibleRelease]) -> None:
    ids = [one.id for one in releases]
    forget(connection, ids)
    connection.execute(delete(release).where(release.c.id.in_(ids)))


def _in_the_way(connection: Connection, new: Sequence[VisibleRelease]) -> list[VisibleRelease]:
    """Other releases that have what these have now; their own change is yet to come."""
    heads = [parcel.release for parcel in new]
    texts = [text for parcel in new for text, _body, _sheet in parcel.editions]
    same = or_(
        release.c.uid.in_([row["uid"] for row in heads]),
        release.c.reference.in_({row["reference"] for row in heads} - {""}),
    )
    moved = or_(
        edition.c.id.in_([row["id"] for row in texts]),
        edition.c.uid.in_([row["uid"] for row in texts]),
    )
    taken = select(release.c.id).where(same).union(select(edition.c.release_id).where(moved))
    return _held(connection, connection.execute(taken).scalars().all())


def has(connection: Connection, names: Sequence[str]) -> set[str]:
    """Those of these pictures that are here."""
    query = select(blob.c.sha256).where(blob.c.sha256.in_(names))
    return set(connection.execute(query).scalars().all())


def put_blob(connection: Connection, row: Row) -> None:
    """Add a picture unless it is already there."""
    if not has(connection, (row["sha256"],)):
        connection.execute(insert(blob).values(row))


def _let_go(connection: Connection, name: str) -> None:
    """Take out a picture that nothing shows any more."""
    mark = name.encode()
    shown = select(issued.c.edition_id).where(
        or_(func.instr(issued.c.sheet, mark) > 0, func.instr(issued.c.house, mark) > 0)
    )
    if connection.execute(shown.limit(1)).first() is None:
        connection.execute(delete(blob).where(blob.c.sha256 == name))
