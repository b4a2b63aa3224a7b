"""Telephones and e-mail addresses of the contact list become ways over channels.

No table changes. What was issued keeps its bytes: its sheets are lifted whenever they are read.
"""

from alembic import op
from sqlalchemy import Integer, LargeBinary, column, select, table, update

from pressdesk.archive.store.before import contact_anew

revision = "0003_ways"
down_revision = "0002_search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Store each contact anew."""
    contact = table("contact", column("id", Integer), column("data", LargeBinary))
    connection = op.get_bind()
    for key, data in connection.execute(select(contact.c.id, contact.c.data)).all():
        stored = contact_anew(data)
        connection.execute(update(contact).where(contact.c.id == key).values(data=stored))
