"""Puts releases into a mirror and takes them out: rows, what is derived of them, and pictures."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from pressdesk.archive.copies.feed import Row, VisibleRelease, pictures
from pressdesk.archive.releases.derived import derive
from pressdesk.archive.search.index import forget
from pressdesk.archive.store.tables import blob, edition, edition_body, issued, release

_PARTS = ((edition, "id"), (edition_body, "edition_id"), (issued, "edition_id"))

_DERIVED = ("sort_date", "drafts", "issued", "issued_embargo")
"""Columns of a release that follow from the editions there are."""

Editions = dict[int, tuple[Row, ...]]


def put(connection: Connection, parcel: VisibleRelease) -> bool:
    """Make the mirror show a release as it is in the parcel; says whether anything moved."""
    head, before = _held(connection, parcel.id)
    after: Editions = {rows[0]["id"]: rows for rows in parcel.editions}
    if not after:
        return drop(connection, parcel.id)
    if before == after and head is not None and _told(head) == _told(parcel.release):
        return False
    _make_way(connection, parcel)
    gone = [key for key, rows in before.items() if after.get(key) != rows]
    if gone:
        # The index takes the words of what went out for known; these are others.
        forget(connection, (parcel.id,))
        connection.execute(delete(edition).where(edition.c.id.in_(gone)))
    _put_head(connection, parcel.release, new=head is None)
    for key, rows in after.items():
        if before.get(key) != rows:
            for (table, _key), row in zip(_PARTS, rows, strict=True):
                connection.execute(insert(table).values(row))
    derive(connection, parcel.id)
    return True


def drop(connection: Connection, release_id: int) -> bool:
    """Take a release out; says whether it was there."""
    head, before = _held(connection, release_id)
    if head is None:
        return False
    held = VisibleRelease(release_id, head, tuple((r[0], r[1], r[2]) for r in before.values()))
    forget(connection, (release_id,))
    connection.execute(delete(release).where(release.c.id == release_id))
    for name in pictures(held):
        _let_go(connection, name)
    return True


def has(connection: Connection, names: Sequence[str]) -> set[str]:
    """Those of these pictures that are here."""
    query = select(blob.c.sha256).where(blob.c.sha256.in_(names))
    return set(connection.execute(query).scalars().all())


def put_blob(connection: Connection, row: Row) -> None:
    """Put in a picture, unless somebody did meanwhile."""
    if not has(connection, (row["sha256"],)):
        connection.execute(insert(blob).values(row))


def _held(connection: Connection, release_id: int) -> tuple[Row | None, Editions]:
    head = connection.execute(select(release).where(release.c.id == release_id)).mappings().first()
    if head is None:
        return None, {}
    keys = select(edition.c.id).where(edition.c.release_id == release_id).scalar_subquery()
    found: list[dict[int, Row]] = []
    for table, key in _PARTS:
        rows = connection.execute(select(table).where(table.c[key].in_(keys))).mappings()
        found.append({row[key]: dict(row) for row in rows})
    return dict(head), {key: tuple(part[key] for part in found) for key in found[0]}


def _told(head: Row) -> Row:
    return {name: value for name, value in head.items() if name not in _DERIVED}


def _put_head(connection: Connection, row: Row, *, new: bool) -> None:
    if new:
        connection.execute(insert(release).values(row))
    else:
        connection.execute(update(release).where(release.c.id == row["id"]).values(_told(row)))


def _make_way(connection: Connection, parcel: VisibleRelease) -> None:
    """Take out another release that has what this one has now; its own change is yet to come."""
    row, keys = parcel.release, [rows[0]["id"] for rows in parcel.editions]
    uids = [rows[0]["uid"] for rows in parcel.editions]
    same = or_(
        release.c.uid == row["uid"],
        (release.c.reference == row["reference"]) & (release.c.reference != ""),
    )
    taken = select(release.c.id).where(release.c.id != parcel.id, same)
    moved = select(edition.c.release_id).where(
        edition.c.release_id != parcel.id, or_(edition.c.id.in_(keys), edition.c.uid.in_(uids))
    )
    for other in connection.execute(taken.union(moved)).scalars().all():
        drop(connection, other)


def _let_go(connection: Connection, name: str) -> None:
    """Take out a picture that nothing shows any more."""
    mark = name.encode()
    shown = select(issued.c.edition_id).where(
        or_(func.instr(issued.c.sheet, mark) > 0, func.instr(issued.c.house, mark) > 0)
    )
    if connection.execute(shown.limit(1)).first() is None:
        connection.execute(delete(blob).where(blob.c.sha256 == name))
