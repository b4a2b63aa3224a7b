"""Reads the sources of index documents, many editions at once, and builds the documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, select

from pressdesk.archive.rows import filing, revisions
from pressdesk.archive.search import docs
from pressdesk.archive.search.docs import Doc
from pressdesk.archive.store import values
from pressdesk.archive.store.tables import draft, edition, edition_body, release
from pressdesk.press.filed import Filed
from pressdesk.press.release import Release
from pressdesk.press.states import State

Seen = tuple[int, int, date, str | None]
"""What moves whenever a document would: versions of release and edition, day, kept text."""


class DocumentSource(Struct, frozen=True):
    """All one document is made of; it can be sent to another process."""

    release: Release
    edition: Mapping[str, Any]
    """Of the tables edition and edition_body."""
    contacts: tuple[int, ...] = ()
    kept: bytes | None = None
    """What autosave kept."""
    kept_sha256: str | None = None

    @property
    def key(self) -> int:
        """Its place in the index."""
        return docs.key_of(self.edition["sort_date"], self.edition["id"])


def of_releases(connection: Connection, release_ids: Sequence[int]) -> list[DocumentSource]:
    """The sources of all editions of those of these releases that are not in the trash."""
    return read(connection, release.c.id.in_(release_ids), release.c.trashed_at.is_(None))


def read(connection: Connection, *where: ColumnElement[bool]) -> list[DocumentSource]:
    """The sources of these editions; cost 0.3 ms for each where there are many."""
    kept = {one.name: one for one in filing.kept_columns(connection)}
    query = (
        select(edition, edition_body, kept["data"].label("kept"))
        .add_columns(kept["sha256"].label("kept_sha"))
        .join(release, release.c.id == edition.c.release_id)
        .join(edition_body, edition_body.c.edition_id == edition.c.id)
        .outerjoin(draft, draft.c.edition_id == edition.c.id)
        .where(*where)
        .order_by(edition.c.release_id, edition.c.id)
    )
    rows = [dict(row) for row in connection.execute(query).mappings()]
    parents = _parents(connection, {row["release_id"] for row in rows})
    contacts = filing.contacts_of(connection, [row["id"] for row in rows])
    out = [row["id"] for row in rows if State(row["state"]).out]
    shared = revisions.last_shared(connection, out)
    return [
        DocumentSource(
            _parent(parents[row["release_id"]], row["id"], shared),
            row,
            contacts[row["id"]],
            row.pop("kept"),
            row.pop("kept_sha"),
        )
        for row in rows
    ]


def seen(connection: Connection, release_ids: Sequence[int]) -> dict[int, dict[int, Seen]]:
    """Of each release what its editions look like now, by edition."""
    columns = (release.c.id, edition.c.id.label("one"), release.c.version)
    query = (
        select(*columns, edition.c.version.label("text"), edition.c.sort_date, draft.c.token)
        .join(edition, edition.c.release_id == release.c.id)
        .outerjoin(draft, draft.c.edition_id == edition.c.id)
        .where(release.c.id.in_(release_ids), release.c.trashed_at.is_(None))
    )
    found: dict[int, dict[int, Seen]] = {}
    for row in connection.execute(query).all():
        one = (row.version, row.text, row.sort_date, row.token)
        found.setdefault(row.id, {})[row.one] = one
    return found


def _parents(connection: Connection, release_ids: set[int]) -> dict[int, Release]:
    query = select(release).where(release.c.id.in_(release_ids))
    return {row["id"]: values.release_of(row) for row in connection.execute(query).mappings()}


def _parent(now: Release, edition_id: int, shared: Mapping[int, Release | None]) -> Release:
    """What languages share: of an issued edition as it was when that went out. Readers search
    by it, and the draft of a next edition or of another language must not show through.

    A copy for readers has no revisions, and its releases are as they went out.
    """
    if edition_id not in shared:
        return now
    found = shared[edition_id] or Release(now.kind, reference=now.reference)
    return replace(found, kind=now.kind, id=now.id)


def document(source: DocumentSource, known: Doc | None = None) -> Doc:
    """The document of an edition, including autosaved text. Pure.

    known   its document of before: what went out never changes, its stems are those
    cost    half a millisecond for 500 words
    """
    parent, text = source.release, values.edition_of(source.edition, source.contacts)
    if source.kept is not None:
        parent, text = filing.identified(
            *values.unpack_kept(source.kept, source.kept_sha256), Filed(parent, text)
        )
    out = text.state.out
    return docs.document(
        parent,
        text,
        source.edition["sort_date"],
        embargoed=out and source.edition["embargo_at"] is not None,
        stemmed=known if out and known is not None and known.state == text.state else None,
    )
