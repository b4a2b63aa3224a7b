"""One interface to the two indexes: FTS5 on SQLite, tsvector on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import Connection

from pressdesk.archive.search import fts5, tsvector
from pressdesk.archive.search.docs import Texts
from pressdesk.archive.search.expression import Expression
from pressdesk.archive.store.dialects import on_server


class Backend(Protocol):
    """What an index must be able to do; each is a module with these functions."""

    def make(self, connection: Connection) -> None:
        """Make the empty index, over an older one if need be."""

    def ready(self, connection: Connection) -> None:
        """Make the index where there is none: in a desk older than it."""

    def put(self, connection: Connection, rows: Sequence[tuple[int, Texts]]) -> None:
        """Add documents under keys that are free."""

    def forget(self, connection: Connection, rows: Sequence[tuple[int, Texts]]) -> None:
        """Remove documents, given exactly as they were added."""

    def keys(
        self,
        connection: Connection,
        asked: Expression,
        *,
        lowest: int,
        highest: int,
        limit: int,
    ) -> list[int]:
        """The keys of hits within [lowest, highest], the newest first; ``asked`` is not NOTHING."""

    def optimise(self, connection: Connection) -> None:
        """Make a freshly filled index compact."""

    def merge(self, connection: Connection) -> bool:
        """Compact the index a little; False if nothing is left to do."""

    def sound(self, connection: Connection) -> bool:
        """The index holds together."""


def backend(connection: Connection) -> Backend:
    """The index of this connection's database."""
    return tsvector if on_server(connection) else fts5
