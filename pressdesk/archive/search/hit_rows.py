"""Reads what a list shows of the editions found: rows, months and snippets."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Connection, select

from pressdesk.archive.rows import filing
from pressdesk.archive.search import docs
from pressdesk.archive.store import dialects, faults, values
from pressdesk.archive.store.tables import draft, edition, edition_body, search_doc
from pressdesk.document import codec
from pressdesk.document.tools import plain
from pressdesk.press.found import snippet, wanted
from pressdesk.press.query import Hit, Question, Snippet
from pressdesk.press.states import State

_AT_ONCE = 500


def hits(connection: Connection, keys: Sequence[int]) -> tuple[Hit, ...]:
    """The editions behind these keys, in their order."""
    found: dict[int, Hit] = {}
    for start in range(0, len(keys), _AT_ONCE):
        for hit in _hits(connection, keys[start : start + _AT_ONCE]):
            found[hit.key] = hit
    return tuple(found[key] for key in keys if key in found)


# As text, for the driver: to build it, to fill in sixty keys and to turn the columns into what
# they are took longer than to run it.
_HITS = """
    SELECT d.key, d.edition_id, d.release_id, d.kind, d.language, d.state,
        coalesce(t.title, e.title), e.number, r.reference, e.embargo_at
    FROM search_doc AS d
    JOIN edition AS e ON e.id = d.edition_id
    JOIN release AS r ON r.id = d.release_id
    LEFT JOIN draft AS t ON t.edition_id = d.edition_id
    WHERE d.key IN ({})
"""


def _hits(connection: Connection, keys: Sequence[int]) -> list[Hit]:
    marks = ", ".join([dialects.mark(connection)] * len(keys))
    found = dialects.rows(connection, _HITS.format(marks), keys)
    instant, day = dialects.reads(connection, edition.c.embargo_at), docs.day_of_key
    return [
        Hit(key, text, of, kind, tag, State(state), title, day(key), number, name, instant(until))
        for key, text, of, kind, tag, state, title, number, name, until in found
    ]


def releases(connection: Connection, keys: Sequence[int]) -> tuple[array[int], array[int]]:
    """The release of each key, each once and in order, with the month it is listed under."""
    ids, months, seen = array("q"), array("q"), set()
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        query = select(search_doc.c.key, search_doc.c.release_id)
        rows = connection.execute(query.where(search_doc.c.key.in_(some))).all()
        of = {row.key: row.release_id for row in rows}
        for key in some:
            if key in of and of[key] not in seen:
                seen.add(of[key])
                day = docs.day_of_key(key)
                ids.append(of[key])
                months.append(day.year * 12 + day.month)
    return ids, months


def days(connection: Connection, release_ids: Collection[int]) -> tuple[date, ...]:
    """The days of the texts of these releases, the newest first."""
    found: set[date] = set()
    ids = list(release_ids)
    for start in range(0, len(ids), _AT_ONCE):
        some = search_doc.c.release_id.in_(ids[start : start + _AT_ONCE])
        keys = connection.execute(select(search_doc.c.key).where(some)).scalars().all()
        found.update(map(docs.day_of_key, keys))
    return tuple(sorted(found, reverse=True))


def snippets(
    connection: Connection, question: Question, edition_ids: Sequence[int]
) -> dict[int, Snippet]:
    """The best excerpt of each edition; those that are gone are left out."""
    sought = wanted(question)
    kept_columns = {one.name: one for one in filing.kept_columns(connection)}
    query = (
        select(
            edition_body.c.edition_id,
            edition_body.c.body,
            edition_body.c.summary,
            edition_body.c.notes,
            kept_columns["data"],
            kept_columns["sha256"],
        )
        .outerjoin(draft, draft.c.edition_id == edition_body.c.edition_id)
        .where(edition_body.c.edition_id.in_(edition_ids))
    )
    found = {}
    for one, body, summary, notes, kept, sha256 in connection.execute(query).all():
        with faults.row(edition_body.name, one):
            if kept is not None:
                _release, text = values.unpack_kept(kept, sha256)
                parts = (plain(text.body), text.summary, text.notes)
            else:
                parts = (plain(codec.loads(body)), summary, notes)
        found[one] = snippet("\n\n".join(part for part in parts if part), sought)
    return found
