"""What a desk says of itself in ``meta``: its name, and whether it is a copy for readers."""

from __future__ import annotations

from sqlalchemy import Connection, select

from pressdesk.archive.store.engine import Store
from pressdesk.archive.store.tables import meta

UID = "uid"
"""The row of ``meta`` that names the desk."""

READING_COPY, MIRROR_OF = "reading_copy", "mirror_of"
"""The row of ``meta`` that says when a copy for readers was made."""


REGISTER_OF = "register_of"
"""The row of ``meta`` that names, in a copy, the desk whose register its proofs are of."""


def register_of(store: Store) -> str:
    """Whose register the proofs in a copy are of; "" where it has none."""
    with store.read() as connection:
        found = connection.execute(select(meta.c.value).where(meta.c.key == REGISTER_OF)).scalar()
    return "" if found is None else str(found)


def is_copy(store: Store) -> bool:
    """The desk was made for readers and holds nothing else."""
    query = select(meta.c.value).where(meta.c.key == READING_COPY)
    with store.read() as connection:
        return connection.execute(query).first() is not None


def is_mirror(connection: Connection) -> bool:
    """The desk follows one on a server: a copy without guards, since what is withdrawn goes."""
    known = select(meta.c.key).where(meta.c.key.in_((READING_COPY, MIRROR_OF)))
    return len(connection.execute(known).all()) == 2
