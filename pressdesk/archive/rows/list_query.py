"""What the rows of lists say of some releases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, select

from pressdesk.archive.rows import houses
from pressdesk.archive.store.tables import edition, listed, release
from pressdesk.press.listing import LanguageRow, ReleaseRow, rank, ranked
from pressdesk.press.states import State

_AT_ONCE = 500
HEAD = (
    release.c.id,
    release.c.kind,
    release.c.reference,
    release.c.sort_date,
    release.c.issued,
    release.c.embargo_at,
    release.c.issued_embargo,
)
"""What ``with_lines`` needs of a release."""


def rows(connection: Connection, ids: Sequence[int]) -> tuple[ReleaseRow, ...]:
    """The rows of these releases in the order given; one that is gone is left out."""
    order = houses.load(connection).languages
    found: dict[int, ReleaseRow] = {}
    rest = iter(ids)
    while some := tuple(islice(rest, _AT_ONCE)):
        wanted = select(*HEAD).where(release.c.id.in_(some), release.c.trashed_at.is_(None))
        heads = connection.execute(wanted).all()
        found |= {row.id: row for row in with_lines(connection, heads, order)}
    return tuple(found[one] for one in ids if one in found)


def with_lines(
    connection: Connection, heads: Sequence[Row[*tuple[Any, ...]]], order: Sequence[str]
) -> tuple[ReleaseRow, ...]:
    """Whole rows from their heads, in the same order."""
    query = select(listed, edition.c.embargo_at)
    query = query.outerjoin_from(listed, edition, edition.c.id == listed.c.edition_id)
    query = query.where(listed.c.release_id.in_([head.id for head in heads]))
    lines: defaultdict[int, list[LanguageRow]] = defaultdict(list)
    for line in connection.execute(query).all():
        lines[line.release_id].append(line_of(line, issued=line.issued))
    return tuple(_row(head, ranked(lines[head.id], order)) for head in heads)


def _row(head: Row[*tuple[Any, ...]], lines: tuple[LanguageRow, ...]) -> ReleaseRow:
    return ReleaseRow(
        id=head.id,
        kind=head.kind,
        reference=head.reference,
        sort_date=head.sort_date,
        languages=lines,
        embargo_until=head.issued_embargo if head.issued else head.embargo_at,
    )


def line_of(row: Row[*tuple[Any, ...]], *, issued: bool) -> LanguageRow:
    """What a list says of an edition; ``issued``: one of its language is out."""
    return LanguageRow(
        language=row.language,
        edition_id=row.edition_id,
        number=row.number,
        state=State(row.state),
        title=row.title,
        date=row.date,
        issued=issued,
        embargo_until=row.embargo_at,
    )


def titles(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The title each release goes by in lists."""
    order = houses.load(connection).languages
    columns = (listed.c.release_id, listed.c.language, listed.c.title)
    found = connection.execute(select(*columns).where(listed.c.release_id.in_(ids))).all()
    found = sorted(found, key=lambda line: rank(line.language, order), reverse=True)
    return {line.release_id: line.title for line in found}
