"""The first desks. No desk is older, so nothing leads to their tables: see ``schemas/1.sql``."""

revision = "0001_first"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing: what a migration starts from has these tables."""
