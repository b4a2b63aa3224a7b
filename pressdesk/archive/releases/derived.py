"""Everything that is derived from editions, moved in the transaction that touches them."""

from __future__ import annotations

from sqlalchemy import Connection

from pressdesk.archive.rows.list_rows import relist
from pressdesk.archive.search.index import reindex


def derive(connection: Connection, release_id: int) -> None:
    """Rows of lists and the search index follow; call it wherever an edition was written."""
    relist(connection, release_id)
    reindex(connection, release_id)
