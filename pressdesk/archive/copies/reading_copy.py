"""Creates a read-only copy of a desk: a new file with only what is published.

Nothing is ever taken out of a copy: what is not allowed never enters the file, not even a page
of it. What may enter is decided row by row, at the moment of making.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import select

from pressdesk.archive.copies import leaks, proofs
from pressdesk.archive.copies.letting_out import begin, let_out
from pressdesk.archive.file import triggers
from pressdesk.archive.file.backup import Contents, need_room, only_read, verify, whole
from pressdesk.archive.file.desk_file import Archive
from pressdesk.archive.rows import visible
from pressdesk.archive.search.backend import backend
from pressdesk.archive.store.engine import Store, make_engine
from pressdesk.archive.store.itself import READING_COPY, REGISTER_OF, UID
from pressdesk.archive.store.tables import edition, listed, release
from pressdesk.base.errors import WriteFailed
from pressdesk.base.i18n import _

BATCH = 200

Told = Callable[[int, int], None]
"""Releases done, releases in all. Whatever it raises ends the making; nothing is left."""


def make(
    archive: Archive, file: Path, *, now: datetime, told: Told = lambda _done, _all: None
) -> Contents:
    """Create a read-only copy of a desk and return its contents.

    It is made under another name, compacted, checked through (every page and reference, the
    number of editions, and that no text of a draft or embargoed edition is in its bytes) and
    flushed; only then it gets its name. Nothing is overwritten.
    raises  WriteFailed, DeskFull; DeskForeign when the desk is damaged, also where an issued
            sheet does not have its hash; DeskLocked
    cost    about 2 ms a release: its words are indexed anew; and 20 µs an entry of the register
    """
    with whole(file) as temporary:
        if isinstance(archive.place, Path):
            need_room(archive.place, file.parent)
        with only_read(file, file.parent):
            number = _fill(archive, temporary, now, told)
            _compact(temporary)
        return _proven(archive, temporary, number, now)


def _fill(archive: Archive, temporary: Path, now: datetime, told: Told) -> int:
    """Put in what is out; returns how many editions."""
    temporary.touch(mode=0o644, exist_ok=False)
    facts = {UID: uuid4().hex, READING_COPY: now.isoformat(), REGISTER_OF: archive.register.desk}
    begin(temporary, archive.houses.get(), facts)
    store, number = archive._store, 0
    engine = make_engine(temporary)
    writing = engine.execution_options(writes=True)
    try:
        ids = _ids(store, now)
        for start in range(0, len(ids), BATCH):
            told(start, len(ids))
            some = ids[start : start + BATCH]
            with store.read() as source, writing.begin() as target:
                number += let_out(store, source, target, some, now, copied=archive.is_copy)
        with store.read() as source, writing.begin() as target:
            proofs.take(source, target)
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


def _compact(temporary: Path) -> None:
    with closing(sqlite3.connect(temporary, isolation_level=None)) as bare:
        bare.execute("PRAGMA synchronous = OFF")  # flushed as a whole before it is named
        # Read-only folders cannot be read with a write-ahead log.
        bare.execute("PRAGMA journal_mode = DELETE").fetchone()
        bare.execute("VACUUM")


def _proven(archive: Archive, temporary: Path, number: int, now: datetime) -> Contents:
    """Look the finished file through; raises WriteFailed when it is not what it must be."""
    found = verify(temporary, deep=False)  # what leaks is looked for below
    whole = found.issued == number and found.drafts == 0 and found.reading_copy
    with closing(sqlite3.connect(f"file:{temporary}?mode=ro", uri=True)) as bare:
        rows = bare.execute(f"SELECT count(*) FROM {listed.name} WHERE NOT issued").fetchone()
    if not whole or rows[0]:
        raise WriteFailed(
            _("The read-only copy is incomplete."), hint=_("Check the desk, then try again.")
        )
    if leaks.leaked(archive._store, temporary, now):
        raise WriteFailed(
            _("The read-only copy was not created: it would contain unpublished text."),
            hint=_("Tell your administrator; no file was left behind."),
        )
    return found
