"""Stores many items at once: rows prepared in other processes, written table by table.

The rows are those that filing one item after another leaves behind; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, insert, update

from pressdesk.archive.releases import sealing, writing
from pressdesk.archive.rows import register, revisions
from pressdesk.archive.rows.register import Entry
from pressdesk.archive.search import docs, index
from pressdesk.archive.search.counting import CountChanges
from pressdesk.archive.search.docs import Doc
from pressdesk.archive.store import dialects, values
from pressdesk.archive.store.tables import (
    edition,
    edition_body,
    edition_contact,
    import_item,
    issued,
    listed,
    release,
    revision,
    revision_base,
)
from pressdesk.archive.store.values import Saved
from pressdesk.press.filed import ImportItem
from pressdesk.press.house import House
from pressdesk.press.release import Edition, Release

Row = dict[str, Any]


class Setting(Struct, frozen=True):
    """What all items of an import share."""

    house: House
    at: datetime
    today: date
    """The day of ``at`` where the desk stands."""
    note: str
    """Of the revision that records an item as issued, in the language of the person."""
    author: str = ""


class FiledIds(Struct, frozen=True):
    """The ids of an item; ids are never reused, so some may stay unused."""

    release: int
    edition: int
    revision: int
    """The next one belongs to this item as well."""


class Ready(Struct, frozen=True):
    """The rows of one item, as they are written."""

    release: Row
    edition: Row
    body: Row
    contacts: tuple[Row, ...]
    revisions: tuple[Row, ...]
    base: Row | None
    sheet: Row | None
    seal: Entry | None
    """What the register is told of it."""
    state: Row | None
    """What changes in the row of the edition once it is issued."""
    line: Row
    doc: Doc
    kept: Row
    """Of ``search_terms``."""


class Prepared(Struct, frozen=True):
    """Ready items with what they add to the counts."""

    rows: list[Ready]
    counts: CountChanges


def places(connection: Connection, number: int) -> list[FiledIds]:
    """Reserve this many ids."""
    one, two = _ids(connection, "release", number), _ids(connection, "edition", number)
    three = _ids(connection, "revision", 2 * number)
    return [FiledIds(*ids) for ids in zip(one, two, three[::2], strict=True)]


def contact_ids(connection: Connection, number: int) -> list[int]:
    """Ids for so many new contacts, which nobody else gets."""
    return _ids(connection, "contact", number) if number else []


def _ids(connection: Connection, table: str, number: int) -> list[int]:
    if dialects.on_server(connection):
        sequence = f"nextval(pg_get_serial_sequence('{table}', 'id'))"
        query = f"SELECT {sequence} FROM generate_series(1, {number})"
        return sorted(connection.exec_driver_sql(query).scalars().all())
    query = f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'"
    last = connection.exec_driver_sql(query).scalar()
    order = "UPDATE sqlite_sequence SET seq = ? WHERE name = ?"
    if last is None:
        order = "INSERT INTO sqlite_sequence (seq, name) VALUES (?, ?)"
    connection.exec_driver_sql(order, ((last or 0) + number, table))
    return list(range((last or 0) + 1, (last or 0) + number + 1))


def ready(setting: Setting, place: FiledIds, item: ImportItem) -> Ready:
    """The rows of an item whose contacts are in the desk. Pure: may run in another process.

    raises  IssueRefused for one to be recorded without its full date
    cost    two milliseconds for 500 words
    """
    parent = replace(item.release, id=place.release, uid=uuid4().hex, version=1)
    draft = replace(writing.begun(item.edition, parent, 1), id=place.edition)
    out = draft
    if item.record is not None:
        out = sealing.dated(draft, setting.house, setting.at, recorded=True)
    until = sealing.until(item.record) if item.record else None
    day = out.date or setting.today
    wide = values.body_columns(draft) | {"edition_id": draft.id}
    packed, base = _revisions(setting, place, parent, draft, out)
    doc = docs.document(parent, out, day, embargoed=until is not None)
    sheet = sealing.sheet_row(out, item.record, setting.house) if item.record else None
    return Ready(
        _release_row(setting, parent, out, day, until),
        writing.edition_row(draft, day, setting.at) | {"id": draft.id},
        wide,
        tuple(writing.contact_rows(draft)),
        packed,
        base,
        sheet,
        sealing.sealed_entry(out, item.record, sheet, "") if item.record and sheet else None,
        {"of": out.id} | sealing.issued_columns(out, until) if item.record else None,
        _line(out),
        doc,
        index.kept(doc),
    )


def _release_row(
    setting: Setting, parent: Release, out: Edition, day: date, until: datetime | None
) -> Row:
    went_out = out.state.out
    return writing.release_row(parent, setting.at) | {
        "id": parent.id,
        "sort_date": day,
        "drafts": not went_out,
        "issued": went_out,
        "issued_embargo": until,
    }


def _line(out: Edition) -> Row:
    return {
        "release_id": out.release_id,
        "language": out.language,
        "edition_id": out.id,
        "number": 1,
        "state": out.state.value,
        "title": out.title,
        "date": out.date,
        "issued": out.state.out,
    }


def _revisions(
    setting: Setting, place: FiledIds, parent: Release, draft: Edition, out: Edition
) -> tuple[tuple[Row, ...], Row | None]:
    """The first save and, of a recorded item, the one that closes it, packed against it."""
    first = _packed(setting, parent, draft, 1)
    made = [_revision(setting, place.revision, draft, 1, first)]
    if out is draft:
        return tuple(made), None
    last = _packed(setting, parent, out, 2)
    leans = max(len(first), len(last)) <= revisions.WINDOW
    made.append(_revision(setting, place.revision + 1, out, 2, last, first if leans else b""))
    base = {"revision_id": place.revision + 1, "keyframe_id": place.revision}
    return tuple(made), base if leans else None


def _packed(setting: Setting, parent: Release, text: Edition, number: int) -> bytes:
    saved = Saved(number, setting.at, _note(setting, number), setting.author)
    return values.pack(parent, text, saved)


def _note(setting: Setting, number: int) -> str:
    return setting.note if number > 1 else ""


def _revision(
    setting: Setting, key: int, text: Edition, number: int, data: bytes, base: bytes = b""
) -> Row:
    return {
        "id": key,
        "edition_id": text.id,
        "number": number,
        "at": setting.at,
        "note": _note(setting, number),
        "author": setting.author,
        "sha256": values.digest(data),
        "data": values.squeeze(data, base),
    }


def write(connection: Connection, made: Prepared, batch_id: int, first: int = 0) -> None:
    """Write ready items as items of a batch, from position ``first`` on.

    Each guard stands: an edition is written as a draft and closed last, as always.
    """
    rows = made.rows
    for table, columns in (
        (release, [row.release for row in rows]),
        (edition, [row.edition for row in rows]),
        (edition_body, [row.body for row in rows]),
        (edition_contact, [one for row in rows for one in row.contacts]),
        (revision, [one for row in rows for one in row.revisions]),
        (revision_base, [row.base for row in rows if row.base]),
        (issued, [row.sheet for row in rows if row.sheet]),
        (listed, [row.line for row in rows]),
        (import_item, _items(rows, batch_id, first)),
    ):
        if columns:
            connection.execute(insert(table), columns)
    register.enter(connection, [row.seal for row in rows if row.seal])
    out: list[Row] = [row.state for row in rows if row.state]
    if out:
        names: Row = {name: bindparam(name) for name in out[0] if name != "of"}
        order = update(edition).where(edition.c.id == bindparam("of")).values(names)
        connection.execute(order, out)
    kept = [row.kept for row in rows]
    index.fill(connection, [row.doc for row in rows], kept, made.counts)


def _items(rows: Sequence[Ready], batch_id: int, first: int) -> list[Row]:
    return [
        {"batch_id": batch_id, "position": position, "release_id": row.release["id"]}
        for position, row in enumerate(rows, first)
    ]
