"""Reads what may leave a desk of some releases, and writes it to a read-only copy.

Many releases at once: a statement costs more than what it moves. Nothing derived is taken
along, neither rows of lists nor of the index: those of a desk were made with its drafts at
hand; a copy's are made of what came into it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, Select, insert, select

from pressdesk.archive.file.desk_file import furnish
from pressdesk.archive.file.read_only import shown
from pressdesk.archive.rows import houses, revisions, visible
from pressdesk.archive.rows.list_rows import relist
from pressdesk.archive.search import index
from pressdesk.archive.search.counting import counted
from pressdesk.archive.search.docs import Doc, document
from pressdesk.archive.store import faults, values
from pressdesk.archive.store.engine import Store, make_engine
from pressdesk.archive.store.tables import blob, edition, edition_body, issued, meta, release
from pressdesk.base.address import Address
from pressdesk.press.house import House
from pressdesk.press.release import Release

Row = dict[str, Any]

Parts = tuple[Row, Row, Row]
"""Of one edition the rows of edition, edition_body and issued."""

_TABLES = (edition, edition_body, issued)

_HASH = re.compile(rb'"([0-9a-f]{64})"')
"""A picture is named by a string of its own, in a text and in a look."""


class VisibleRelease(Struct, frozen=True):
    """A release as readers may see it; without editions there is nothing to be seen."""

    id: int
    release: Row
    editions: tuple[Parts, ...] = ()
    """In the order of their ids."""

    def pictures(self) -> set[str]:
        """The hashes of everything the sheets, their looks and the texts refer to."""
        named = [
            (body["body"], sheet["sheet"], sheet["house"]) for _e, body, sheet in self.editions
        ]
        return {found.decode() for parts in named for p in parts for found in _HASH.findall(p)}


def joined(*columns: Any) -> Select[Any]:
    """What is asked of issued editions, each with its release and its sheet."""
    return (
        select(*columns)
        .select_from(edition)
        .join(release, release.c.id == edition.c.release_id)
        .join(issued, issued.c.edition_id == edition.c.id)
    )


def editions(connection: Connection, *which: ColumnElement[bool]) -> dict[int, list[Parts]]:
    """The issued editions there are, by release, in the order of their ids."""
    query = joined(*_TABLES).join(edition_body, edition_body.c.edition_id == edition.c.id)
    query = query.where(*which).order_by(edition.c.release_id, edition.c.id)
    found: dict[int, list[Parts]] = {}
    for row in connection.execute(query).mappings():
        text, body, sheet = ({c.name: row[c] for c in table.columns} for table in _TABLES)
        found.setdefault(text["release_id"], []).append((text, body, sheet))
    return found


def going_out(connection: Connection, ids: Sequence[int], now: datetime) -> dict[int, list[Parts]]:
    """The editions of these releases that readers may see by their rows.

    What an import left open is a note of the desk to itself.
    """
    found = editions(connection, edition.c.release_id.in_(ids), visible.out(now))
    return {
        one: [(text, body | {"questions": "[]"}, sheet) for text, body, sheet in several]
        for one, several in found.items()
    }


def is_free(sheet: Row, now: datetime, place: Address) -> bool:
    """No embargo stands, by the sealed sheet itself; raises DeskForeign for a broken seal."""
    until = values.line_of_issued(sheet["sheet"], sheet["house"], sheet["sha256"], place)
    return not until.embargo_until or datetime.fromisoformat(until.embargo_until) <= now


def begin(file: Path, house: House, facts: Mapping[str, str]) -> None:
    """Make of a file without a byte in it a copy for readers that holds nothing yet.

    It has no guards yet: while it is filled, what is withdrawn must go.
    facts   rows of ``meta``
    """

    def fill(target: Connection) -> None:
        houses.first(target, shown(house))
        target.execute(insert(meta), [{"key": key, "value": facts[key]} for key in facts])

    engine = make_engine(file)
    try:
        with engine.execution_options(writes=True).begin() as connection:
            furnish(connection, fill)
    finally:
        engine.dispose()


def let_out(
    store: Store,
    source: Connection,
    target: Connection,
    ids: Sequence[int],
    now: datetime,
    *,
    copied: bool = False,
) -> int:
    """Put what of these releases is out now into a copy without them; returns how many editions.

    copied  the source is a copy for readers itself
    raises  DeskForeign when an issued sheet or its last revision does not have its hash
    cost    1.5 ms a release, most of it the words of its texts
    """
    found: dict[int, list[Parts]] = {}
    for one, several in going_out(source, ids, now).items():
        if free := [parts for parts in several if is_free(parts[2], now, store.place)]:
            found[one] = free
    made = _releases(source, store, found, copied=copied)
    put(target, made)
    _blobs(source, target, made)
    return sum(len(one.editions) for one in made)


def _releases(
    source: Connection, store: Store, found: Mapping[int, Sequence[Parts]], *, copied: bool
) -> list[VisibleRelease]:
    """With what all languages share as it was when they last went out.

    Since then a draft or an embargoed edition may have changed it, but in a copy, which has
    no revisions to tell and where each release is as it went out.
    """
    last = {one: max(several, key=_when) for one, several in found.items()}
    shared = revisions.last_shared(source, [text["id"] for text, _body, _sheet in last.values()])
    query = select(release).where(release.c.id.in_(found)).order_by(release.c.id)
    made = []
    for row in source.execute(query).mappings():
        now, (text, _body, sheet) = values.release_of(row), last[row["id"]]
        given = shared.get(text["id"], now if copied else _bare(now, sheet, store.place))
        if given is None:
            raise faults.damaged(store.place)
        head = replace(given, kind=now.kind, id=now.id, uid=now.uid, planned=None)
        several = tuple(found[now.id])
        made.append(VisibleRelease(now.id, _release_row(head, several), several))
    return made


def _when(parts: Parts) -> tuple[datetime, int]:
    return parts[2]["at"], parts[0]["id"]


def _bare(now: Release, sheet: Row, place: Address) -> Release:
    """As much of a release as the sheet knows."""
    line = values.line_of_issued(sheet["sheet"], sheet["house"], sheet["sha256"], place)
    return Release(now.kind, reference=line.reference)


def _release_row(head: Release, several: Sequence[Parts]) -> Row:
    first = several[0][0]
    return values.release_columns(head) | {
        "id": head.id,
        "uid": head.uid,
        "version": 1,
        "created_at": first["created_at"],
        "sort_date": first["sort_date"],  # until relist
        "drafts": False,
        "issued": True,
    }


def put(target: Connection, made: Sequence[VisibleRelease]) -> None:
    """Put releases into a copy that has none of them, and what is derived of them."""
    if not made:
        return
    target.execute(insert(release), [one.release for one in made])
    several = [parts for one in made for parts in one.editions]
    for table, rows in zip(_TABLES, zip(*several, strict=True), strict=True):
        target.execute(insert(table), list(rows))
    relist(target, *(one.id for one in made))
    docs = [_document(one, parts) for one in made for parts in one.editions]
    index.fill(target, docs, [index.kept(doc) for doc in docs], counted(docs))


def _document(one: VisibleRelease, parts: Parts) -> Doc:
    text, body, _sheet = parts
    embargoed = text["embargo_at"] is not None
    head, whole = values.release_of(one.release), values.edition_of(text | body, ())
    return document(head, whole, text["sort_date"], embargoed=embargoed)


def _blobs(source: Connection, target: Connection, made: Sequence[VisibleRelease]) -> None:
    """The pictures and logos that what is out refers to."""
    for key in sorted(set().union(*(one.pictures() for one in made))):
        if target.execute(select(blob.c.size).where(blob.c.sha256 == key)).first() is None:
            row = source.execute(select(blob).where(blob.c.sha256 == key)).mappings().first()
            if row is not None:
                target.execute(insert(blob).values(dict(row)))
