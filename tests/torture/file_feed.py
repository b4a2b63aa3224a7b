"""The feed of a desk in a file, for offline copies in places where there is no server."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from pressdesk.archive.copies import feed, letting_out
from pressdesk.archive.copies.feed import FeedPage, Line, MirrorFeed
from pressdesk.archive.copies.letting_out import VisibleRelease
from pressdesk.archive.rows import visible
from pressdesk.archive.store.tables import deed, edition, release
from tests.torture.desks import NOW


class FileFeed(MirrorFeed):
    """One change that brought everything there is; the clock stands at NOW."""

    def identity(self) -> str:
        return "a file"

    def now(self) -> datetime:
        return NOW

    def last(self) -> int:
        return 1

    def after(self, cursor: int, limit: int = feed.BATCH) -> FeedPage:
        with self._store.read() as connection:
            ids = connection.execute(select(release.c.id)).scalars().all()
        return FeedPage(self.these(ids) if cursor < 1 else (), 1)

    def these(self, release_ids: Sequence[int]) -> tuple[VisibleRelease, ...]:
        with self._store.read() as connection:
            out = letting_out.going_out(connection, release_ids, NOW)
            query = select(release).where(release.c.id.in_(out))
            heads = {row["id"]: dict(row) for row in connection.execute(query).mappings()}
        return tuple(
            VisibleRelease(one, heads.get(one, {}), tuple(out.get(one, ()))) for one in release_ids
        )

    def free_since(self, before: datetime) -> tuple[list[int], datetime]:
        return [], NOW

    def grown(self) -> int:
        with self._store.read() as connection:
            out = letting_out.joined(edition.c.uid).where(visible.out(NOW)).scalar_subquery()
            newest = select(func.max(deed.c.size)).where(deed.c.edition.in_(out))
            return int(connection.execute(newest).scalar() or 0)

    def sums(self) -> tuple[int, ...]:
        with self._store.read() as connection:
            return feed.summed(connection, visible.out(NOW))

    def lines(self) -> set[Line]:
        with self._store.read() as connection:
            return feed.lines_of(connection, visible.out(NOW))
