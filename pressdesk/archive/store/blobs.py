"""Stores attachments under the hash of their bytes."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import insert, select

from pressdesk.archive.store import faults
from pressdesk.archive.store.engine import DeskPart
from pressdesk.archive.store.tables import blob
from pressdesk.archive.store.values import digest, raw
from pressdesk.base.errors import NotFound
from pressdesk.base.i18n import _


class Blobs(DeskPart):
    """Logos and pictures. One hash always means the same bytes."""

    def put(self, data: bytes, media_type: str) -> str:
        """Keep bytes and return their SHA-256 in hex; bytes it has already cost one look."""
        key = digest(data)
        with self._store.write() as connection:
            if connection.execute(select(blob.c.size).where(blob.c.sha256 == key)).first():
                return key
            row = {"sha256": key, "media_type": media_type, "size": len(data), "data": data}
            connection.execute(insert(blob).values(row))
        return key

    def get(self, sha: str) -> bytes:
        """The bytes of one hash; raises NotFound, DeskForeign when they are damaged."""
        found = self.many((sha,))
        if sha not in found:
            what = _("An attachment of this release is missing.")
            raise NotFound(what, hint=_("Add the picture or the logo again."))
        return found[sha]

    def many(self, shas: Iterable[str]) -> dict[str, bytes]:
        """The bytes of those hashes that are kept; raises DeskForeign when some are damaged."""
        wanted = tuple(dict.fromkeys(shas))
        query = select(blob.c.sha256, blob.c.data).where(blob.c.sha256.in_(wanted))
        with self._store.read() as connection:
            found = {row.sha256: raw(row.data) for row in connection.execute(query).all()}
        if any(digest(data) != sha for sha, data in found.items()):
            raise faults.damaged(self._store.place)
        return found
