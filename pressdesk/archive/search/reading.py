"""Reads what a list shows of the editions behind some keys: rows, months and snippets."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from pressdesk.archive import filing, values
from pressdesk.archive.search import docs
from pressdesk.archive.tables import draft, edition, release, search_doc
from pressdesk.base.errors import NotFound
from pressdesk.document.tools import plain
from pressdesk.press.found import snippet, wanted
from pressdesk.press.release import Edition, State
from pressdesk.press.searching import Hit, Question, Snippet

_AT_ONCE = 500


def hits(connection: Connection, keys: Sequence[int]) -> tuple[Hit, ...]:
    """The editions behind these keys, in their order."""
    found: dict[int, Hit] = {}
    for start in range(0, len(keys), _AT_ONCE):
        for hit in _hits(connection, keys[start : start + _AT_ONCE]):
            found[hit.key] = hit
    return tuple(found[key] for key in keys if key in found)


def _hits(connection: Connection, keys: Sequence[int]) -> list[Hit]:
    query = (
        select(
            search_doc.c.key,
            search_doc.c.edition_id,
            search_doc.c.release_id,
            search_doc.c.kind,
            search_doc.c.language,
            search_doc.c.state,
            func.coalesce(draft.c.title, edition.c.title),
            edition.c.sort_date,
            edition.c.number,
            release.c.reference,
            edition.c.embargo_at,
        )
        .join(edition, edition.c.id == search_doc.c.edition_id)
        .join(release, release.c.id == search_doc.c.release_id)
        .outerjoin(draft, draft.c.edition_id == edition.c.id)
        .where(search_doc.c.key.in_(keys))
    )
    return [Hit(*row[:5], State(row[5]), *row[6:]) for row in connection.execute(query).all()]


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


def snippets(
    connection: Connection, question: Question, edition_ids: Sequence[int]
) -> dict[int, Snippet]:
    """Of each edition the piece that answers best; one that is gone is left out."""
    sought = wanted(question)
    found = {}
    for one in edition_ids:
        text = _current(connection, one)
        if text is not None:
            parts = (plain(text.body), text.summary, text.notes)
            found[one] = snippet("\n\n".join(part for part in parts if part), sought)
    return found


def _current(connection: Connection, edition_id: int) -> Edition | None:
    """The text as the index knows it: with what autosave kept."""
    row = filing.kept_row(connection, edition_id)
    if row is not None:
        return values.unpack(row.data)[1]
    try:
        return filing.stored(connection, edition_id).edition
    except NotFound:
        return None
