"""Tables of the search index, of facets and of revisions stored as differences to keyframes.

The folded texts of schema 1 go: they were searched letter by letter, before there was an index.
"""

from alembic import op
from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
    text,
)

revision = "0002_search"
down_revision = "0001_first"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables; what is derived is filled in by code afterwards."""
    op.create_index(
        "ix_edition_embargo_at",
        "edition",
        ["embargo_at"],
        sqlite_where=text("embargo_at IS NOT NULL"),
    )
    _revisions()
    _documents()
    _facets()
    op.drop_column("edition_body", "folded")
    op.drop_column("draft", "folded")


def _revisions() -> None:
    """What a revision is compressed against, what a person called it, who asked for it."""
    op.add_column("revision", Column("uid", Text()))
    named = text("uid IS NOT NULL")
    op.create_index(
        "ix_revision_uid",
        "revision",
        ["uid"],
        unique=True,
        sqlite_where=named,
        postgresql_where=named,
    )
    op.create_table(
        "revision_base",
        Column("revision_id", Integer(), nullable=False),
        Column("keyframe_id", Integer(), nullable=False),
        PrimaryKeyConstraint("revision_id", name="pk_revision_base"),
        ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name="fk_revision_base_revision_id_revision",
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["keyframe_id"],
            ["revision.id"],
            name="fk_revision_base_keyframe_id_revision",
            deferrable=True,
            initially="DEFERRED",
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_revision_base_keyframe_id", "revision_base", ["keyframe_id"])
    op.create_table(
        "revision_name",
        Column("revision_id", Integer(), nullable=False),
        Column("name", Text(), nullable=False),
        PrimaryKeyConstraint("revision_id", name="pk_revision_name"),
        ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name="fk_revision_name_revision_id_revision",
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )


def _documents() -> None:
    """What is searched."""
    op.create_table(
        "search_doc",
        Column("key", Integer(), nullable=False),
        Column("edition_id", Integer(), nullable=False),
        Column("release_id", Integer(), nullable=False),
        Column("kind", Text(), nullable=False),
        Column("state", Text(), nullable=False),
        Column("language", Text(), nullable=False),
        Column("month", Integer(), nullable=False),
        Column("topics", Text(), nullable=False),
        Column("places", Text(), nullable=False),
        Column("speakers", Text(), nullable=False),
        PrimaryKeyConstraint("key", name="pk_search_doc"),
        ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name="fk_search_doc_edition_id_edition",
            ondelete="CASCADE",
        ),
        UniqueConstraint("edition_id", name="uq_search_doc_edition_id"),
    )
    op.create_index("ix_search_doc_release_id", "search_doc", ["release_id"])
    op.create_table(
        "search_terms",
        Column("key", Integer(), nullable=False),
        Column("version", Integer(), nullable=False),
        Column("terms", LargeBinary(), nullable=False),
        Column("words", LargeBinary(), nullable=False),
        PrimaryKeyConstraint("key", name="pk_search_terms"),
    )
    op.create_table(
        "search_stem",
        Column("stem", Text(), nullable=False),
        Column("number", Integer(), nullable=False),
        PrimaryKeyConstraint("stem", name="pk_search_stem"),
        sqlite_with_rowid=False,
    )


def _facets() -> None:
    """How many texts have what."""
    op.create_table(
        "facet_cube",
        Column("kind", Text(), nullable=False),
        Column("state", Text(), nullable=False),
        Column("language", Text(), nullable=False),
        Column("month", Integer(), nullable=False),
        Column("number", Integer(), nullable=False),
        PrimaryKeyConstraint("kind", "state", "language", "month", name="pk_facet_cube"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "facet_value",
        Column("facet", Text(), nullable=False),
        Column("value", Text(), nullable=False),
        Column("number", Integer(), nullable=False),
        PrimaryKeyConstraint("facet", "value", name="pk_facet_value"),
        sqlite_with_rowid=False,
    )
