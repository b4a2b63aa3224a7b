"""Reads what of some releases may leave a desk, and puts it into a copy for readers.

Many releases at once: a statement costs more than what it moves. Nothing derived is taken
along, neither rows of lists nor of the index: those of a desk were made with its drafts at
hand; a copy's are made of what came into it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, insert, select

from pressdesk.archive.rows import revisions, visible
from pressdesk.archive.rows.list_rows import relist
from pressdesk.archive.search import index
from pressdesk.archive.search.counting import counted
from pressdesk.archive.search.docs import Doc, document
from pressdesk.archive.store import faults, values
from pressdesk.archive.store.engine import Store
from pressdesk.archive.store.tables import blob, edition, edition_body, issued, release
from pressdesk.press.release import Release

Row = dict[str, Any]

_HASH = re.compile(rb'"([0-9a-f]{64})"')
"""A picture is named by a string of its own, in a text and in a look."""


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
    found: dict[int, list[Row]] = {}
    for row in _editions(source, ids, now):
        sheet = values.line_of_issued(row["sheet"], row["house"], row["sha256"], store.place)
        # By the sealed sheet itself, whatever the column says.
        if sheet.embargo_until and datetime.fromisoformat(sheet.embargo_until) > now:
            continue
        kept = row | {"reference": sheet.reference, "edition_id": row["id"]}
        found.setdefault(row["release_id"], []).append(kept)
    if not found:
        return 0
    heads = _heads(source, store, found, copied=copied)
    target.execute(insert(release), [_release_row(heads[one], found[one]) for one in heads])
    rows = [row for one in heads for row in found[one]]
    for table in (edition, edition_body, issued):
        names = [column.name for column in table.columns]
        target.execute(insert(table), [{name: row[name] for name in names} for row in rows])
    _blobs(source, target, rows)
    relist(target, *heads)
    docs = [_document(heads[row["release_id"]], row) for row in rows]
    index.fill(target, docs, [index.kept(doc) for doc in docs], counted(docs))
    return len(rows)


def _editions(source: Connection, ids: Sequence[int], now: datetime) -> list[Row]:
    query = (
        select(edition, edition_body, issued.c.at, issued.c.sha256, issued.c.house, issued.c.sheet)
        .join(release, release.c.id == edition.c.release_id)
        .join(edition_body, edition_body.c.edition_id == edition.c.id)
        .join(issued, issued.c.edition_id == edition.c.id)
        .where(edition.c.release_id.in_(ids), visible.out(now))
        .order_by(edition.c.release_id, edition.c.sort_date, edition.c.id)
    )
    # What an import left open is a note of the desk to itself.
    return [dict(row) | {"questions": "[]"} for row in source.execute(query).mappings()]


def _heads(
    source: Connection, store: Store, found: dict[int, list[Row]], *, copied: bool
) -> dict[int, Release]:
    """The releases, with what all languages share as it was when they last went out.

    Since then a draft or an embargoed edition may have changed it, but in a copy, which has
    no revisions to tell and where each release is as it went out.
    """
    last = {one: max(rows, key=lambda r: (r["at"], r["id"])) for one, rows in found.items()}
    shared = revisions.last_shared(source, [row["id"] for row in last.values()])
    query = select(release).where(release.c.id.in_(found)).order_by(release.c.id)
    heads = {}
    for row in source.execute(query).mappings():
        now = values.release_of(row)
        out = last[now.id]
        bare = now if copied else Release(now.kind, reference=out["reference"])
        given = shared.get(out["id"], bare)
        if given is None:
            raise faults.damaged(store.place)
        heads[now.id] = replace(given, kind=now.kind, id=now.id, uid=now.uid, planned=None)
    return heads


def _release_row(head: Release, rows: Sequence[Row]) -> Row:
    return values.release_columns(head) | {
        "id": head.id,
        "uid": head.uid,
        "version": 1,
        "created_at": rows[0]["created_at"],
        "sort_date": rows[-1]["sort_date"],  # until relist
        "drafts": False,
        "issued": True,
    }


def _document(head: Release, row: Row) -> Doc:
    embargoed = row["embargo_at"] is not None
    return document(head, values.edition_of(row, ()), row["sort_date"], embargoed=embargoed)


def _blobs(source: Connection, target: Connection, rows: Sequence[Row]) -> None:
    """The pictures and logos that what is out refers to."""
    parts = {row[name] for row in rows for name in ("sheet", "house", "body")}
    for key in sorted({found.decode() for part in parts for found in _HASH.findall(part)}):
        if target.execute(select(blob.c.size).where(blob.c.sha256 == key)).first() is None:
            row = source.execute(select(blob).where(blob.c.sha256 == key)).mappings().first()
            if row is not None:
                target.execute(insert(blob).values(dict(row)))
