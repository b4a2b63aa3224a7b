"""Searches the bytes of a finished file for unpublished text."""

from __future__ import annotations

import mmap
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import not_, select

from pressdesk.archive.rows import visible
from pressdesk.archive.store import values
from pressdesk.archive.store.engine import Store
from pressdesk.archive.store.tables import draft, edition, edition_body, release
from pressdesk.document import codec
from pressdesk.document.tools import plain
from pressdesk.press.release import Edition

SHORTEST, LONGEST = 16, 80
"""Characters of a piece that is looked for; shorter ones are in many texts."""

WORK = 20 * 2**30
"""Bytes compared at most, pieces times file: some ten seconds."""

_AT_ONCE = 200

_PIECES = re.compile(r'[^"\\\n\r\t]+')


def leaked(store: Store, file: Path, now: datetime) -> bool:
    """True when the file holds a piece of a text that is not out and that no text that is out
    has as well: the draft of a next edition begins as a copy of the one before."""
    most = max(200, WORK // max(1, file.stat().st_size))
    pieces = islice(_once(_hidden(store, now)), most)
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        found = [piece for piece in pieces if data.find(piece.encode()) >= 0]
    return bool(found) and not _all_out(file, found)


def _once(pieces: Iterator[str]) -> Iterator[str]:
    seen: set[str] = set()
    for piece in pieces:
        if piece not in seen:
            seen.add(piece)
            yield piece


def _hidden(store: Store, now: datetime) -> Iterator[str]:
    """The longest piece of each field and paragraph of what is not out, some of each text.

    A few texts at a time: there may be as many of them as a desk has releases.
    """
    query = (
        select(edition.c.title, edition.c.subtitle, edition_body.c.body, edition_body.c.summary)
        .add_columns(edition_body.c.notes, draft.c.data)
        .join(edition_body, edition_body.c.edition_id == edition.c.id)
        .outerjoin(draft, draft.c.edition_id == edition.c.id)
    )
    hidden = select(edition.c.id).join(release, release.c.id == edition.c.release_id)
    with store.read() as connection:
        ids = connection.execute(hidden.where(not_(visible.out(now)))).scalars().all()
    for start in range(0, len(ids), _AT_ONCE):
        some = edition.c.id.in_(ids[start : start + _AT_ONCE])
        with store.read() as connection:
            rows = connection.execute(query.where(some)).all()
        for title, subtitle, body, summary, notes, kept in rows:
            text = plain(codec.loads(body))
            yield from _pieces((title, subtitle, summary, notes, *text.split("\n")))
            if kept is not None:
                yield from _of(values.unpack(kept)[1])


def _of(text: Edition) -> Iterator[str]:
    fields = (text.title, text.subtitle, text.summary, text.notes)
    yield from _pieces((*fields, *plain(text.body).split("\n")))


def _pieces(texts: tuple[str, ...]) -> Iterator[str]:
    for text in texts:
        piece = max(_PIECES.findall(text), key=len, default="")[:LONGEST].strip()
        if len(piece) >= SHORTEST:
            yield piece


_PACKED = ("i.sheet", "i.house", "b.body")
_PLAIN = (
    *("b.summary", "b.notes", "e.title", "e.subtitle"),
    # A topic or a person of what is out may be all that a draft says yet.
    *("r.slug", "r.occasion", "r.topics", "r.places", "r.people"),
)


def _all_out(file: Path, pieces: list[str]) -> bool:
    """Every piece stands in something that is out, or in the house style as readers have it."""
    holds = [f"instr({column}, :bytes)" for column in _PACKED]
    holds += [f"instr({column}, :text)" for column in _PLAIN]
    query = (
        "SELECT 1 FROM edition AS e JOIN edition_body AS b ON b.edition_id = e.id"
        " JOIN issued AS i ON i.edition_id = e.id JOIN release AS r ON r.id = e.release_id"
        f" WHERE {' OR '.join(holds)}"
        " UNION ALL SELECT 1 FROM setting WHERE instr(data, :bytes) LIMIT 1"
    )
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as bare:
        return all(
            bare.execute(query, {"bytes": piece.encode(), "text": piece}).fetchone()
            for piece in pieces
        )
