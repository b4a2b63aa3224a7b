"""What lists show of releases, each list one reading of the desk."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from pressdesk.archive.rows import filing, list_query
from pressdesk.archive.store.engine import Store
from pressdesk.archive.store.tables import draft, edition, facet_value, release
from pressdesk.press.listing import BucketCounts, LanguageRow, PageKey, Query, ReleaseRow
from pressdesk.press.states import status_of


class ReleaseLists:
    """The part of ``Releases`` that lists are made of."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def languages(self, release_id: int) -> tuple[LanguageRow, ...]:
        """The newest edition of each language, those of the house first; raises NotFound."""
        with self._store.read() as connection:
            filing.release_row(connection, release_id)
            return list_query.rows(connection, (release_id,))[0].languages

    def editions(self, release_id: int, language: str) -> tuple[LanguageRow, ...]:
        """All editions of one language, newest first; raises NotFound."""
        with self._store.read() as connection:
            filing.release_row(connection, release_id)
            return list_query.editions(connection, release_id, language)

    def page(
        self, query: Query, *, after: PageKey | None = None, limit: int = 100, now: datetime
    ) -> tuple[ReleaseRow, ...]:
        """The next rows of a list below ``after``, newest first; the same cost at any depth."""
        with self._store.read() as connection:
            return list_query.page(connection, query, after, limit, now)

    def keys(self, query: Query, *, now: datetime) -> array[int]:
        """The ids of the whole list in its order, for ``rows`` to fetch as they are seen."""
        with self._store.read() as connection:
            return list_query.keys(connection, query, now)

    def keys_by_month(self, query: Query, *, now: datetime) -> tuple[array[int], array[int]]:
        """As ``keys``, with the month of each beside it, counted as year * 12 + month."""
        with self._store.read() as connection:
            return list_query.keys_by_month(connection, query, now)

    def rows(self, ids: Sequence[int]) -> tuple[ReleaseRow, ...]:
        """The rows of these releases in the order given; those gone or trashed are left out."""
        with self._store.read() as connection:
            return list_query.rows(connection, ids)

    def counts(self, query: Query, *, now: datetime) -> BucketCounts:
        """How many releases each segment holds under the other filters of the query."""
        with self._store.read() as connection:
            return list_query.counts(connection, query, now)

    def list_editions(
        self, query: Query, *, now: datetime
    ) -> tuple[tuple[ReleaseRow, LanguageRow], ...]:
        """Each release with each of its languages that the query asks for, in list order."""
        with self._store.read() as connection:
            found = list_query.rows(connection, list_query.keys(connection, query, now))
        return tuple(
            (row, line)
            for row in found
            for line in row.languages
            if query.language in ("", line.language)
            and query.state in ("", status_of(line.state, line.embargo_until, now))
        )

    def topics(self) -> tuple[str, ...]:
        """Every topic in use, sorted, for completion: those the index knows."""
        with self._store.read() as connection:
            used = select(facet_value.c.value).where(facet_value.c.facet == "topic")
            found = connection.execute(used.where(facet_value.c.number > 0)).scalars().all()
        return tuple(sorted(found, key=str.casefold))

    def kept_editions(self) -> tuple[tuple[int, int], ...]:
        """Release and edition of everything autosave holds, newest first."""
        query = (
            select(edition.c.release_id, edition.c.id)
            .join(draft, draft.c.edition_id == edition.c.id)
            .join(release, release.c.id == edition.c.release_id)
            .where(release.c.trashed_at.is_(None))
            .order_by(draft.c.at.desc())
        )
        with self._store.read() as connection:
            return tuple((row[0], row[1]) for row in connection.execute(query).all())
