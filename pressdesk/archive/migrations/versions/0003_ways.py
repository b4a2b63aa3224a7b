"""Telephones and e-mail addresses of the contact list become ways over channels.

No table changes. What was issued keeps its bytes: its sheets are lifted whenever they are read.
"""

import msgspec
from alembic import op
from sqlalchemy import Integer, LargeBinary, column, select, table, update

from pressdesk.archive.store.before import in_ways

revision = "0003_ways"
down_revision = "0002_search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Store each contact anew."""
    contact = table("contact", column("id", Integer), column("data", LargeBinary))
    connection = op.get_bind()
    for key, data in connection.execute(select(contact.c.id, contact.c.data)).all():
        try:
            stored = msgspec.json.encode(in_ways(msgspec.json.decode(data)))
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue  # damaged before, too: checking names it, and all else need not wait for it
        connection.execute(update(contact).where(contact.c.id == key).values(data=stored))
