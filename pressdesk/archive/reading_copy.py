"""Makes a copy of a desk for readers: a new file into which only what is out is put.

Nothing is ever taken out of a copy: what is not allowed never enters the file, not even a page
of it. What may enter is decided row by row, at the moment of making.
"""

from __future__ import annotations

import re
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from msgspec.structs import replace
from sqlalchemy import Connection, func, insert, select

from pressdesk.archive import faults, houses, leaks, revisions, triggers, values, visible
from pressdesk.archive.backup import Contents, need_room, verify
from pressdesk.archive.desk_file import READING_COPY, UID, Archive, furnish
from pressdesk.archive.engine import Store, make_engine
from pressdesk.archive.issuing import until
from pressdesk.archive.listed import relist
from pressdesk.archive.reading import shown
from pressdesk.archive.search import index
from pressdesk.archive.search.backend import backend
from pressdesk.archive.tables import (
    blob,
    edition,
    edition_body,
    issued,
    listed,
    meta,
    release,
    revision,
)
from pressdesk.base.errors import WriteFailed
from pressdesk.base.files import appear, write_failed
from pressdesk.base.i18n import _
from pressdesk.press.release import Release

BATCH = 200

Told = Callable[[int, int], None]
"""Releases done, releases in all. Whatever it raises ends the making; nothing is left."""

_HASH = re.compile(rb"[0-9a-f]{64}")


def make(
    archive: Archive, file: Path, *, now: datetime, told: Told = lambda _done, _all: None
) -> Contents:
    """Make a reading copy of a desk and return what it holds.

    It is made under another name, compacted, checked through (every page and reference, the
    number of editions, and that no text of a draft or embargoed edition is in its bytes) and
    flushed; only then it gets its name. Nothing is overwritten.
    raises  WriteFailed, DeskFull; DeskForeign when the desk is damaged, also where an issued
            sheet does not have its hash; DeskLocked
    cost    about 8 ms a release: its words are indexed anew
    """
    if file.exists():
        what = _("There is something called “{path}” already.").format(path=file)
        raise WriteFailed(what, hint=_("Choose another name; it was not changed."))
    if isinstance(archive.place, Path):
        need_room(archive.place, file.parent)
    temporary = file.parent / f".pressdesk-{secrets.token_hex(8)}.tmp"
    try:
        with faults.telling(file):
            number = _fill(archive, temporary, now, told)
            _compact(temporary)
        found = _proven(archive, temporary, number, now)
        appear(temporary, file)
    except OSError as error:
        raise write_failed(file, error) from error
    finally:
        for tail in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                temporary.with_name(temporary.name + tail).unlink(missing_ok=True)
    return found


def _fill(archive: Archive, temporary: Path, now: datetime, told: Told) -> int:
    """Put in what is out; returns how many editions."""
    temporary.touch(mode=0o644, exist_ok=False)
    store, number = archive._store, 0
    engine = make_engine(temporary)
    writing = engine.execution_options(writes=True)
    try:
        house = shown(archive.houses.get())

        def begin(target: Connection) -> None:
            houses.first(target, house)
            facts = {UID: uuid4().hex, READING_COPY: now.isoformat()}
            rows = [{"key": key, "value": value} for key, value in facts.items()]
            target.execute(insert(meta), rows)

        with writing.begin() as target:
            furnish(target, begin)
        ids = _ids(store, now)
        for start in range(0, len(ids), BATCH):
            told(start, len(ids))
            some = ids[start : start + BATCH]
            with store.read() as source, writing.begin() as target:
                number += _copy(store, source, target, some, now)
        with writing.begin() as target:
            backend(target).optimise(target)
            triggers.make(target)
        told(len(ids), len(ids))
    finally:
        engine.dispose()
    return number


def _ids(store: Store, now: datetime) -> Sequence[int]:
    query = (
        select(release.c.id)
        .join(edition, edition.c.release_id == release.c.id)
        .where(visible.out(now))
        .distinct()
        .order_by(release.c.id)
    )
    with store.read() as connection:
        return connection.execute(query).scalars().all()


def _copy(
    store: Store, source: Connection, target: Connection, ids: Sequence[int], now: datetime
) -> int:
    """Copy some releases with those of their editions that are out."""
    number = 0
    hashes: set[str] = set()
    for release_id in ids:
        rows = [row for row in _editions(source, release_id, now) if _may_leave(store, row, now)]
        if not rows:
            continue
        target.execute(insert(release).values(_head(store, source, release_id, rows)))
        for row in rows:
            _put(target, row)
            for part in (row["sheet"], row["house"], row["body"]):
                hashes |= {found.decode() for found in _HASH.findall(part)}
        number += len(rows)
        relist(target, release_id)
        index.reindex(target, release_id)
    _blobs(source, target, hashes)
    return number


def _editions(source: Connection, release_id: int, now: datetime) -> Iterator[dict[str, Any]]:
    query = (
        select(edition, edition_body, issued.c.at, issued.c.sha256, issued.c.house, issued.c.sheet)
        .join(release, release.c.id == edition.c.release_id)
        .join(edition_body, edition_body.c.edition_id == edition.c.id)
        .join(issued, issued.c.edition_id == edition.c.id)
        .where(edition.c.release_id == release_id, visible.out(now))
        .order_by(edition.c.sort_date, edition.c.id)
    )
    for row in source.execute(query).mappings():
        yield dict(row)


def _may_leave(store: Store, row: dict[str, Any], now: datetime) -> bool:
    """By the sealed sheet itself, whatever the column says.

    raises  DeskForeign when the sheet is not the one that was issued
    """
    sheet = values.issued(row["sheet"], row["house"], row["sha256"], store.place).sheet
    free = until(sheet)
    return free is None or free <= now


def _head(
    store: Store, source: Connection, release_id: int, rows: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """The row of a release, with what all languages share as it was when it last went out.

    Since then a draft or an embargoed edition may have changed it.
    """
    there = source.execute(select(release).where(release.c.id == release_id)).mappings().one()
    given = _shared(store, source, rows[-1]["id"])
    known = Release(there["kind"], reference=there["reference"])
    shared = known if given is None else replace(given, planned=None, reference=known.reference)
    return values.release_columns(shared) | {
        "id": release_id,
        "uid": there["uid"],
        "kind": there["kind"],
        "version": 1,
        "created_at": rows[0]["created_at"],
        "sort_date": rows[-1]["sort_date"],  # until relist
        "drafts": False,
        "issued": True,
    }


def _shared(store: Store, source: Connection, edition_id: int) -> Release | None:
    """The release in the revision that was taken when the edition was issued."""
    last = select(func.max(revision.c.id)).where(revision.c.edition_id == edition_id)
    found = source.execute(last).scalar()
    return None if found is None else revisions.one(source, found, store.place)[0]


def _put(target: Connection, row: dict[str, Any]) -> None:
    # What an import left open is a note of the desk to itself.
    row = row | {"questions": "[]", "edition_id": row["id"]}
    for table in (edition, edition_body, issued):
        target.execute(insert(table).values({c.name: row[c.name] for c in table.columns}))


def _blobs(source: Connection, target: Connection, hashes: set[str]) -> None:
    """The pictures and logos that what is out refers to."""
    for key in sorted(hashes):
        if target.execute(select(blob.c.size).where(blob.c.sha256 == key)).first() is None:
            row = source.execute(select(blob).where(blob.c.sha256 == key)).mappings().first()
            if row is not None:
                target.execute(insert(blob).values(dict(row)))


def _compact(temporary: Path) -> None:
    with closing(sqlite3.connect(temporary, isolation_level=None)) as bare:
        bare.execute("PRAGMA synchronous = OFF")  # flushed as a whole before it is named
        # Read-only folders cannot be read with a write-ahead log.
        bare.execute("PRAGMA journal_mode = DELETE").fetchone()
        bare.execute("VACUUM")


def _proven(archive: Archive, temporary: Path, number: int, now: datetime) -> Contents:
    """Look the finished file through; raises WriteFailed when it is not what it must be."""
    found = verify(temporary)
    whole = found.issued == number and found.drafts == 0 and found.reading_copy
    with closing(sqlite3.connect(f"file:{temporary}?mode=ro", uri=True)) as bare:
        rows = bare.execute(f"SELECT count(*) FROM {listed.name} WHERE NOT issued").fetchone()
    if not whole or rows[0]:
        raise WriteFailed(
            _("The reading copy is not complete."), hint=_("Check the desk, then try again.")
        )
    if leaks.leaked(archive._store, temporary, now):
        raise WriteFailed(
            _("The reading copy was not made: it would hold a text that is not out yet."),
            hint=_("Tell whoever looks after PressDesk; nothing was left behind."),
        )
    return found
