"""The tables of the first desks."""

from alembic import op
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
    text,
)

revision = "0001_first"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table and index; the guards follow from code."""
    _settings()
    _releases()
    _editions()
    _texts()
    _contacts()
    _imports()


def _settings() -> None:
    """What belongs to the desk as a whole."""
    op.create_table(
        "meta",
        Column("key", Text(), nullable=False),
        Column("value", Text(), nullable=False),
        PrimaryKeyConstraint("key", name="pk_meta"),
    )
    op.create_table(
        "setting",
        Column("key", Text(), nullable=False),
        Column("version", Integer(), nullable=False),
        Column("data", LargeBinary(), nullable=False),
        PrimaryKeyConstraint("key", name="pk_setting"),
    )
    op.create_table(
        "counter",
        Column("year", Integer(), autoincrement=False, nullable=False),
        Column("n", Integer(), nullable=False),
        PrimaryKeyConstraint("year", name="pk_counter"),
    )
    op.create_table(
        "blob",
        Column("sha256", Text(), nullable=False),
        Column("media_type", Text(), nullable=False),
        Column("size", Integer(), nullable=False),
        Column("data", LargeBinary(), nullable=False),
        PrimaryKeyConstraint("sha256", name="pk_blob"),
    )


def _releases() -> None:
    """Releases and their row in lists."""
    op.create_table(
        "release",
        Column("id", Integer(), nullable=False),
        Column("uid", Text(), nullable=False),
        Column("kind", Text(), nullable=False),
        Column("reference", Text(), nullable=False),
        Column("slug", Text(), nullable=False),
        Column("occasion", Text(), nullable=False),
        Column("topics", Text(), nullable=False),
        Column("places", Text(), nullable=False),
        Column("people", Text(), nullable=False),
        Column("embargo_at", DateTime(timezone=True), nullable=True),
        Column("embargo_zone", Text(), nullable=True),
        Column("planned_at", DateTime(timezone=True), nullable=True),
        Column("version", Integer(), nullable=False),
        Column("created_at", DateTime(timezone=True), nullable=False),
        Column("trashed_at", DateTime(timezone=True), nullable=True),
        Column("sort_date", Date(), nullable=False),
        Column("drafts", Boolean(), nullable=False),
        Column("issued", Boolean(), nullable=False),
        Column("issued_embargo", DateTime(timezone=True), nullable=True),
        PrimaryKeyConstraint("id", name="pk_release"),
        UniqueConstraint("uid", name="uq_release_uid"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_release_list",
        "release",
        ["sort_date", "id"],
        unique=False,
        sqlite_where=text("trashed_at IS NULL"),
    )
    op.create_index(
        "ix_release_reference",
        "release",
        ["reference"],
        unique=True,
        sqlite_where=text("reference <> ''"),
    )
    op.create_table(
        "listed",
        Column("release_id", Integer(), nullable=False),
        Column("language", Text(), nullable=False),
        Column("edition_id", Integer(), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("state", Text(), nullable=False),
        Column("title", Text(), nullable=False),
        Column("date", Date(), nullable=True),
        Column("issued", Boolean(), nullable=False),
        ForeignKeyConstraint(
            ["release_id"], ["release.id"], name="fk_listed_release_id_release", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint("release_id", "language", name="pk_listed"),
        sqlite_with_rowid=False,
    )


def _editions() -> None:
    """Editions: narrow rows, bodies apart."""
    op.create_table(
        "edition",
        Column("id", Integer(), nullable=False),
        Column("uid", Text(), nullable=False),
        Column("release_id", Integer(), nullable=False),
        Column("language", Text(), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("state", Text(), nullable=False),
        Column("title", Text(), nullable=False),
        Column("subtitle", Text(), nullable=False),
        Column("place", Text(), nullable=False),
        Column("date", Date(), nullable=True),
        Column("sort_date", Date(), nullable=False),
        Column("issued_at", DateTime(timezone=True), nullable=True),
        Column("recorded_at", DateTime(timezone=True), nullable=True),
        Column("embargo_at", DateTime(timezone=True), nullable=True),
        Column("version", Integer(), nullable=False),
        Column("created_at", DateTime(timezone=True), nullable=False),
        Column("saved_at", DateTime(timezone=True), nullable=False),
        ForeignKeyConstraint(
            ["release_id"], ["release.id"], name="fk_edition_release_id_release", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint("id", name="pk_edition"),
        UniqueConstraint(
            "release_id", "language", "number", name="uq_edition_release_id_language_number"
        ),
        UniqueConstraint("uid", name="uq_edition_uid"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_edition_draft",
        "edition",
        ["release_id", "language"],
        unique=True,
        sqlite_where=text("state <> 'issued'"),
    )
    op.create_table(
        "edition_body",
        Column("edition_id", Integer(), nullable=False),
        Column("folded", Text(), nullable=False),
        Column("summary", Text(), nullable=False),
        Column("notes", Text(), nullable=False),
        Column("boilerplate", Text(), nullable=True),
        Column("fields", Text(), nullable=False),
        Column("questions", Text(), nullable=False),
        Column("body", LargeBinary(), nullable=False),
        ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name="fk_edition_body_edition_id_edition",
            ondelete="CASCADE",
        ),
        PrimaryKeyConstraint("edition_id", name="pk_edition_body"),
    )


def _texts() -> None:
    """What is kept of an edition's text: by autosave, by saving, by issuing."""
    op.create_table(
        "draft",
        Column("edition_id", Integer(), nullable=False),
        Column("token", Text(), nullable=False),
        Column("release_version", Integer(), nullable=False),
        Column("release_touched", Boolean(), nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("title", Text(), nullable=False),
        Column("date", Date(), nullable=True),
        Column("folded", Text(), nullable=False),
        Column("data", LargeBinary(), nullable=False),
        ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name="fk_draft_edition_id_edition", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint("edition_id", name="pk_draft"),
    )
    op.create_table(
        "revision",
        Column("id", Integer(), nullable=False),
        Column("edition_id", Integer(), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("note", Text(), nullable=False),
        Column("author", Text(), nullable=False),
        Column("sha256", Text(), nullable=False),
        Column("data", LargeBinary(), nullable=False),
        ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name="fk_revision_edition_id_edition",
            ondelete="CASCADE",
        ),
        PrimaryKeyConstraint("id", name="pk_revision"),
        UniqueConstraint("edition_id", "number", name="uq_revision_edition_id_number"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "issued",
        Column("edition_id", Integer(), nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("sha256", Text(), nullable=False),
        Column("house", LargeBinary(), nullable=False),
        Column("sheet", LargeBinary(), nullable=False),
        ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name="fk_issued_edition_id_edition", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint("edition_id", name="pk_issued"),
    )


def _contacts() -> None:
    """The contact list and who is named where."""
    op.create_table(
        "contact",
        Column("id", Integer(), nullable=False),
        Column("uid", Text(), nullable=False),
        Column("retired", Boolean(), nullable=False),
        Column("version", Integer(), nullable=False),
        Column("data", LargeBinary(), nullable=False),
        PrimaryKeyConstraint("id", name="pk_contact"),
        UniqueConstraint("uid", name="uq_contact_uid"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "edition_contact",
        Column("edition_id", Integer(), nullable=False),
        Column("position", Integer(), nullable=False),
        Column("contact_id", Integer(), nullable=False),
        ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name="fk_edition_contact_contact_id_contact"
        ),
        ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name="fk_edition_contact_edition_id_edition",
            ondelete="CASCADE",
        ),
        PrimaryKeyConstraint("edition_id", "position", name="pk_edition_contact"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_edition_contact_contact_id", "edition_contact", ["contact_id"], unique=False
    )


def _imports() -> None:
    """Imports with their originals."""
    op.create_table(
        "import_batch",
        Column("id", Integer(), nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("undone_at", DateTime(timezone=True), nullable=True),
        Column("name", Text(), nullable=False),
        Column("sha256", Text(), nullable=False),
        Column("original", LargeBinary(), nullable=False),
        PrimaryKeyConstraint("id", name="pk_import_batch"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "import_item",
        Column("batch_id", Integer(), nullable=False),
        Column("position", Integer(), nullable=False),
        Column("release_id", Integer(), nullable=False),
        ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name="fk_import_item_batch_id_import_batch"
        ),
        ForeignKeyConstraint(
            ["release_id"],
            ["release.id"],
            name="fk_import_item_release_id_release",
            ondelete="CASCADE",
        ),
        PrimaryKeyConstraint("batch_id", "position", name="pk_import_item"),
        UniqueConstraint("release_id", name="uq_import_item_release_id"),
    )
    op.create_table(
        "import_contact",
        Column("batch_id", Integer(), nullable=False),
        Column("contact_id", Integer(), nullable=False),
        ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name="fk_import_contact_batch_id_import_batch"
        ),
        ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name="fk_import_contact_contact_id_contact",
            ondelete="CASCADE",
        ),
        PrimaryKeyConstraint("batch_id", "contact_id", name="pk_import_contact"),
    )
