"""The tables of a desk. Rows never leave this package; its calls take and return values."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

from pressdesk.press.states import sql_out


class Utc(TypeDecorator[datetime]):
    """An instant. Goes in aware, in any zone, and comes out aware in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a zone cannot be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is None:
            return None if value is None else value.replace(tzinfo=UTC)
        return value.astimezone(UTC)


Key = BigInteger().with_variant(Integer, "sqlite")
"""Eight bytes everywhere: what SQLite calls an Integer has four on a server."""

Ordered = Text().with_variant(Text(collation="C"), "postgresql")
"""Text in the order of its code points, whatever language the server sorts in."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

release = Table(
    "release",
    metadata,
    Column("id", Key, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("slug", Text, nullable=False),
    Column("occasion", Text, nullable=False),
    Column("topics", Text, nullable=False),
    Column("places", Text, nullable=False),
    Column("people", Text, nullable=False),
    Column("embargo_at", Utc),
    Column("embargo_zone", Text),
    Column("planned_at", Utc),
    Column("version", Integer, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("trashed_at", Utc),
    # Derived from the editions by listed.relist, so that a list reads one narrow row.
    Column("sort_date", Date, nullable=False),
    Column("drafts", Boolean, nullable=False),
    Column("issued", Boolean, nullable=False),
    Column("issued_embargo", Utc),
    sqlite_autoincrement=True,  # a short number is never given twice
)
_LISTED = text("trashed_at IS NULL")
Index(
    "ix_release_list",
    release.c.sort_date,
    release.c.id,
    sqlite_where=_LISTED,
)
Index(
    "ix_release_reference",
    release.c.reference,
    unique=True,
    sqlite_where=text("reference <> ''"),
)

edition = Table(
    "edition",
    metadata,
    Column("id", Key, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("release_id", ForeignKey("release.id", ondelete="CASCADE"), nullable=False),
    Column("language", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("subtitle", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("date", Date),
    Column("sort_date", Date, nullable=False),
    Column("issued_at", Utc),
    Column("recorded_at", Utc),
    Column("embargo_at", Utc),  # the one printed in the issued sheet, else null
    Column("version", Integer, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("saved_at", Utc, nullable=False),
    UniqueConstraint("release_id", "language", "number"),
    sqlite_autoincrement=True,
)
Index(
    "ix_edition_draft",
    edition.c.release_id,
    edition.c.language,
    unique=True,
    sqlite_where=text(sql_out("state", out=False)),
)

Index(
    "ix_edition_embargo_at",
    edition.c.embargo_at,
    sqlite_where=text("embargo_at IS NOT NULL"),
)

edition_body = Table(
    "edition_body",
    metadata,
    Column("edition_id", ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True),
    Column("summary", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("boilerplate", Text),
    Column("fields", Text, nullable=False),
    Column("questions", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

draft = Table(
    "draft",
    metadata,
    Column("edition_id", ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True),
    Column("token", Text, nullable=False),  # who wrote it: see drafts.Seen
    Column("release_version", Integer, nullable=False),  # the release it began from
    Column("release_touched", Boolean, nullable=False),  # it changes more than the edition
    Column("at", Utc, nullable=False),
    Column("title", Text, nullable=False),
    Column("date", Date),
    Column("data", LargeBinary, nullable=False),
    Column("sha256", Text),  # of the data; null in what an earlier PressDesk kept
)

listed = Table(
    "listed",
    metadata,
    Column("release_id", ForeignKey("release.id", ondelete="CASCADE"), primary_key=True),
    Column("language", Text, primary_key=True),
    Column("edition_id", Key, nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("date", Date),
    Column("issued", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

revision = Table(
    "revision",
    metadata,
    Column("id", Key, primary_key=True),
    Column("edition_id", ForeignKey("edition.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", Utc, nullable=False),
    Column("note", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("uid", Text),  # given before it is saved: a repeated save is known by it
    UniqueConstraint("edition_id", "number"),
    sqlite_autoincrement=True,
)
_NAMED = text("uid IS NOT NULL")
Index(
    "ix_revision_uid",
    revision.c.uid,
    unique=True,
    sqlite_where=_NAMED,
)

revision_base = Table(
    "revision_base",
    metadata,
    # A revision named here is compressed against the keyframe, and read with it.
    Column("revision_id", ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True),
    # Looked at when all is done: an edition takes both along, in whichever order.
    Column(
        "keyframe_id",
        ForeignKey("revision.id", deferrable=True, initially="DEFERRED"),
        nullable=False,
        index=True,
    ),
    sqlite_with_rowid=False,
)

revision_name = Table(
    "revision_name",
    metadata,
    Column("revision_id", ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, nullable=False),
    sqlite_with_rowid=False,
)

search_doc = Table(
    "search_doc",
    metadata,
    # What a list of hits and its counts read of an edition; derived, see archive/search.
    Column("key", Key, primary_key=True, autoincrement=False),  # day << 24 | edition_id
    Column("edition_id", ForeignKey("edition.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("release_id", Key, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("month", Integer, nullable=False),  # year * 12 + month - 1
    Column("topics", Text, nullable=False),
    Column("places", Text, nullable=False),
    Column("speakers", Text, nullable=False),
)

search_terms = Table(
    "search_terms",
    metadata,
    # The very strings the index was fed: it can only forget what it is told word for word.
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("terms", LargeBinary, nullable=False),
    Column("words", LargeBinary, nullable=False),  # for exact phrases
)

search_stem = Table(
    "search_stem",
    metadata,
    Column("stem", Ordered, primary_key=True),
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,
)

facet_cube = Table(
    "facet_cube",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("state", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("month", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,
)

facet_value = Table(
    "facet_value",
    metadata,
    Column("facet", Text, primary_key=True),
    Column("value", Ordered, primary_key=True),
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,
)

contact = Table(
    "contact",
    metadata,
    Column("id", Key, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("retired", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)

edition_contact = Table(
    "edition_contact",
    metadata,
    Column("edition_id", ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("contact_id", ForeignKey("contact.id"), nullable=False, index=True),
    sqlite_with_rowid=False,
)

issued = Table(
    "issued",
    metadata,
    Column("edition_id", ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True),
    Column("at", Utc, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("house", LargeBinary, nullable=False),
    Column("sheet", LargeBinary, nullable=False),
)

deed = Table(
    "deed",
    metadata,
    Column("book", Text, primary_key=True),
    Column("number", Key, primary_key=True, autoincrement=False),
    Column("deed", Text, nullable=False),
    Column("edition", Text),  # its uid: what is undone is gone, and its deeds stay
    Column("noted", Utc, nullable=False),
    Column("login", Text, nullable=False),  # on a server, who was logged in; in a file ""
    Column("size", Key, nullable=False),  # of the book, when the transaction of the deed ended
    Column("data", LargeBinary, nullable=False),  # the canonical record, which the leaf covers
    Column("private", LargeBinary),
)
_SEALED = text("edition IS NOT NULL")
Index(
    "ix_deed_edition",
    deed.c.edition,
    sqlite_where=_SEALED,
)

node = Table(
    "node",
    metadata,
    Column("book", Text, primary_key=True),
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("place", Key, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

blob = Table(
    "blob",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("media_type", Text, nullable=False),
    Column("size", Key, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

import_batch = Table(
    "import_batch",
    metadata,
    Column("id", Key, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("undone_at", Utc),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("original", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)

import_item = Table(
    "import_item",
    metadata,
    Column("batch_id", ForeignKey("import_batch.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("release_id", ForeignKey("release.id", ondelete="CASCADE"), nullable=False, unique=True),
)

import_contact = Table(
    "import_contact",
    metadata,
    Column("batch_id", ForeignKey("import_batch.id"), primary_key=True),
    Column("contact_id", ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True),
)

counter = Table(
    "counter",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("n", Integer, nullable=False),
)

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

alembic_version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
