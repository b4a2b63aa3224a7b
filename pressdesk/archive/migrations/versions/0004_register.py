"""Tables of the register, and a hash for what autosave keeps.

A deed is a row, and the kept nodes of the trees over the deeds are rows. What went out before is
entered by code afterwards; see ``rows/register.py``.
"""

from alembic import op
from sqlalchemy import Column, Integer, LargeBinary, PrimaryKeyConstraint, Text, text

from pressdesk.archive.store.tables import Key, Utc

revision = "0004_register"
down_revision = "0003_ways"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables, and the column."""
    op.add_column("draft", Column("sha256", Text()))
    op.create_table(
        "deed",
        Column("book", Text(), nullable=False),
        Column("number", Key, autoincrement=False, nullable=False),
        Column("deed", Text(), nullable=False),
        Column("edition", Text()),
        Column("noted", Utc(), nullable=False),
        Column("login", Text(), nullable=False),
        Column("size", Key, nullable=False),
        Column("data", LargeBinary(), nullable=False),
        Column("private", LargeBinary()),
        PrimaryKeyConstraint("book", "number", name="pk_deed"),
    )
    sealed = text("edition IS NOT NULL")
    op.create_index(
        "ix_deed_edition", "deed", ["edition"], sqlite_where=sealed, postgresql_where=sealed
    )
    op.create_table(
        "node",
        Column("book", Text(), nullable=False),
        Column("level", Integer(), autoincrement=False, nullable=False),
        Column("place", Key, autoincrement=False, nullable=False),
        Column("hash", LargeBinary(), nullable=False),
        PrimaryKeyConstraint("book", "level", "place", name="pk_node"),
        sqlite_with_rowid=False,
    )
