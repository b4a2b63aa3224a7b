"""What the archive's tests share beyond fixtures, for child processes too."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from pressdesk.archive.file import triggers
from pressdesk.archive.file.desk_file import Archive
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.compose import compose as composed
from pressdesk.press.house import House
from pressdesk.press.release import Contact, Edition, Release
from pressdesk.press.sheet import Sheet

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

BODY = Document(
    tuple(
        paragraph(f"Gauge {n} read {n * 37 % 91} cm at {n % 24}:00 on day {n}.") for n in range(60)
    )
)


def titles(desk: Archive, edition_id: int) -> list[str]:
    """The title of each revision of an edition, read back, the first first."""
    found = desk.releases.revisions(edition_id)
    return [desk.releases.revision(one.id)[1].title for one in reversed(found)]


def compose(
    release: Release, edition: Edition, house: House, contacts: tuple[Contact, ...]
) -> Sheet:
    """What the press room composes at the moment of issue."""
    return composed(release, edition, house, contacts, now=edition.issued_at or NOW)


def behind(desk: Archive, *orders: str) -> list[tuple[Any, ...]]:
    """Run SQL on a desk behind the archive's back; the rows of the last order that has some."""
    place = desk.place
    bare: Any = (
        sqlite3.connect(place)
        if isinstance(place, Path)
        else psycopg.connect(place.url, options="-c timezone=UTC")
    )
    rows: list[tuple[Any, ...]] = []
    try:
        for order in orders:
            done = bare.execute(order)
            rows = done.fetchall() if done.description else rows
        bare.commit()
    finally:
        bare.close()
    return rows


def unguarded(path: Path, *orders: str) -> None:
    """Change a desk file as no program of ours does: its guards are away meanwhile."""
    with closing(sqlite3.connect(path)) as bare, bare:
        for name, _sql in triggers.guards():
            bare.execute(f"DROP TRIGGER {name}")
        for order in orders:
            bare.execute(order)
        for _name, sql in triggers.guards():
            bare.execute(sql)


def drop_guard(desk: Archive, guard: str, table: str) -> str:
    """The SQL that takes a guard out."""
    return f"DROP TRIGGER {guard}" + ("" if isinstance(desk.place, Path) else f" ON {table}")
