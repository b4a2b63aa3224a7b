"""Compares what is stored of each issued edition: its rows, last revision and sealed sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, RowMapping, exists, select

from pressdesk.archive.releases.sealing import until
from pressdesk.archive.rows import filing, revisions
from pressdesk.archive.rows.list_rows import is_out
from pressdesk.archive.store import faults, values
from pressdesk.archive.store.tables import edition, edition_body, issued, release
from pressdesk.base.address import Address
from pressdesk.base.errors import BadInput, DeskForeign
from pressdesk.press.agreeing import other_print, other_words
from pressdesk.press.embargo import zone_of
from pressdesk.press.filed import Filed, Issued
from pressdesk.press.house import House
from pressdesk.press.release import Edition, Release

_Saved = Filed | None


def wrong(
    connection: Connection, ids: Sequence[int], place: Address, *, copied: bool
) -> Iterator[tuple[int, str]]:
    """What is wrong with some issued editions: the id and, in a few words, what differs.

    copied  the desk is a copy for readers, which has no revisions
    cost    about 1 ms an edition where there are many; ``ids`` are at most some hundreds
    """
    contacts = filing.contacts_of(connection, ids)
    last = {} if copied else revisions.last(connection, ids)
    query = (
        select(edition, edition_body, *_SEAL, *_PARENT)
        .join(release, release.c.id == edition.c.release_id)
        .outerjoin(edition_body, edition_body.c.edition_id == edition.c.id)
        .outerjoin(issued, issued.c.edition_id == edition.c.id)
        .where(edition.c.id.in_(ids))
        .order_by(edition.c.id)
    )
    for row in connection.execute(query).mappings():
        for words in _about(row, contacts[row["id"]], last, place, copied=copied):
            yield int(row["id"]), words


_SEAL = (issued.c.at.label("sealed_at"), issued.c.sha256, issued.c.house, issued.c.sheet)
_PARENT = (release.c.kind, release.c.reference, release.c.trashed_at)


def _about(
    row: RowMapping,
    contacts: tuple[int, ...],
    last: Mapping[int, _Saved],
    place: Address,
    *,
    copied: bool,
) -> Iterator[str]:
    if row["sheet"] is None:
        yield "no sheet"
        return
    try:
        sealed = values.issued(row["sheet"], row["house"], row["sha256"], place)
    except (DeskForeign, msgspec.DecodeError):
        yield "sheet"
        return
    if row["trashed_at"] is not None:
        yield "in the trash"
    if until(sealed.sheet) != row["embargo_at"]:
        yield "embargo"
    text = values.edition_or_none(row, contacts)
    if text is None:
        yield "text"
        return
    saved = last.get(text.id)
    if not copied:
        if saved is None:
            yield "last revision"
        else:
            yield from _moved(row, text, saved)
    if differing := _unsealed(row, text, sealed, saved):
        yield f"differs from its sheet: {', '.join(differing)}"


def _moved(row: RowMapping, text: Edition, saved: Filed) -> Iterator[str]:
    """What is not what it was in the revision that went out."""
    names = [
        name
        for name in Edition.__struct_fields__
        if getattr(text, name) != getattr(saved.edition, name)
    ]
    if row["kind"] != saved.release.kind:
        names.append("kind")
    if saved.release.reference not in ("", row["reference"]):  # a past item may get one later
        names.append("reference")
    if names:
        yield f"differs from its last revision: {', '.join(names)}"


def _unsealed(row: RowMapping, text: Edition, sealed: Issued, saved: _Saved) -> tuple[str, ...]:
    """What is not what went out; what all languages share is known from the revision only."""
    parent: Release | None = saved.release if saved is not None else None
    names = list(other_print(sealed.sheet, sealed.house, text, parent))
    at: datetime | None = text.recorded_at or text.issued_at
    if row["sealed_at"] != at:
        names.append("at")
    if row["sort_date"] != (day_listed(text, sealed.house) or row["sort_date"]):
        names.append("day")
    return tuple(names)


def day_listed(text: Edition, house: House) -> date | None:
    """The day it is listed under; None where the system does not know the zone any more."""
    if text.date is not None or text.issued_at is None:
        return text.date
    try:
        return text.issued_at.astimezone(zone_of(house.zone)).date()
    except BadInput:
        return None


def called_drafts(connection: Connection, revised: Iterable[int]) -> list[int]:
    """Editions marked as drafts although a sheet or an issued revision exists."""
    drafts = select(edition.c.id).where(~is_out(edition.c.state))
    sealed = drafts.where(exists().where(issued.c.edition_id == edition.c.id))
    found = set(connection.execute(sealed).scalars())
    if known := set(revised):
        found |= known.intersection(connection.execute(drafts).scalars())
    return sorted(found)


def vouch(connection: Connection, found: Filed, place: Address) -> None:
    """Raise DeskForeign where an edition reads otherwise than it went out, or as a draft now.

    A copy for readers, and whoever only reads, has no revisions: then the sheet alone vouches.
    cost  1 ms for an issued one, 0.1 ms for a draft
    """
    text = found.edition
    query = select(issued).where(issued.c.edition_id == text.id)
    row: Any = connection.execute(query).first()
    if row is None and not text.state.out:
        return
    if row is None or not text.state.out:
        raise faults.damaged(place)
    sealed = values.issued(row.sheet, row.house, row.sha256, place)
    saved = revisions.last(connection, (text.id,)).get(text.id)
    parent = saved.release if saved is not None else None
    differs = saved is not None and replace(saved.edition, questions=text.questions) != text
    kind = found.release.kind != sealed.sheet.kind
    reference = sealed.sheet.reference not in ("", found.release.reference)
    if differs or kind or reference or other_print(sealed.sheet, sealed.house, text, parent):
        raise faults.damaged(place)


def sealed_text(connection: Connection, edition_id: int, place: Address) -> tuple[Release, Edition]:
    """The issued text of an edition: its last revision, verified against the sheet.

    raises  DeskForeign when sheet or revision do not have their hash, or do not say the same
    """
    query = select(issued).where(issued.c.edition_id == edition_id)
    row: Any = connection.execute(query).first()
    saved = revisions.last(connection, (edition_id,)).get(edition_id)
    if row is None or saved is None:
        raise faults.damaged(place)
    sealed = values.issued(row.sheet, row.house, row.sha256, place)
    if other_words(sealed.sheet, saved.edition):
        raise faults.damaged(place)
    return saved.release, saved.edition
