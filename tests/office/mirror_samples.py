"""What the tests of mirrors share: releases that go out, and the whole of what readers see."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import select

from pressdesk.archive.copies import feed, mirror
from pressdesk.archive.copies.mirrored import _DERIVED
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.archive.search.search import Search
from pressdesk.archive.store.tables import edition, edition_body, issued, release
from pressdesk.document.nodes import Document, Figure, Paragraph, Text
from pressdesk.press.asking import parse
from pressdesk.press.compose import compose
from pressdesk.press.filed import Filed
from pressdesk.press.release import Edition, Embargo, Release

HOUR = timedelta(hours=1)


def now() -> datetime:
    return datetime.now(UTC)


def said(text: str, figure: str = "") -> Document:
    blocks = (Paragraph((Text(text),)), *((Figure(figure),) if figure else ()))
    return Document(blocks)


def draft(
    desk: Archive,
    title: str,
    *,
    text: str = "",
    embargo: datetime | None = None,
    figure: str = "",
) -> Filed:
    until = Embargo(embargo, "UTC") if embargo else None
    body = said(text or title, figure)
    return desk.releases.add(Release("news", embargo=until), Edition("en", title=title, body=body))


def out(desk: Archive, filed: Filed, *, recorded: bool = False) -> Filed:
    made = partial(compose, now=now())
    return desk.releases.issue(filed.release, filed.edition, made, at=now(), recorded=recorded)


def foreign(url: str, *orders: str) -> None:
    """Somebody with rights changes rows past the program and past its guards."""
    with psycopg.connect(url) as bare:
        bare.execute("SET session_replication_role = replica")
        for order in orders:
            bare.execute(order)


def visible(office: Archive) -> dict[int, Any]:
    """Every row a reader may see, by the server."""
    with office._store.read() as connection:
        ids = connection.execute(select(release.c.id)).scalars().all()
    found = feed.of(office).these(ids)
    return {p.id: (_bare(p.release), p.editions) for p in found if p.editions}


def mirrored(file: Path) -> dict[int, Any]:
    """Every row of the mirror."""
    desk = open_desk(file, read_only=True)
    try:
        with desk._store.read() as connection:
            parts = [
                {row[key]: dict(row) for row in connection.execute(select(table)).mappings()}
                for table, key in (
                    (edition, "id"),
                    (edition_body, "edition_id"),
                    (issued, "edition_id"),
                )
            ]
            heads = [dict(row) for row in connection.execute(select(release)).mappings()]
    finally:
        desk.close()
    texts: dict[int, list[Any]] = {}
    for key, row in sorted(parts[0].items()):
        texts.setdefault(row["release_id"], []).append(tuple(part[key] for part in parts))
    return {head["id"]: (_bare(head), tuple(texts[head["id"]])) for head in heads}


def _bare(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _DERIVED}


def found(file: Path, text: str) -> list[int]:
    """What the search of the mirror finds."""
    with mirror._opened(file) as store:
        assert Search(store).faults() == ()
    desk = open_desk(file, read_only=True)
    try:
        return sorted(desk.search.keys(parse(text, now().date()), now=now())[0])
    finally:
        desk.close()
