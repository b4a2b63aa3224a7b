"""Triggers in the file that keep issued editions unchanged, whichever program writes to it.

REPLACE deletes rows without asking delete triggers, so each guarded table also refuses to
insert over a row it has, and refuses to change what identifies one.
"""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import Connection

from pressdesk.press.register.deeds import Deed, row_of
from pressdesk.press.states import sql_out

_NEVER = "an issued edition never changes"


def _entered(uid: str, *kinds: Deed) -> str:
    """The register has a deed of one of these kinds for the edition of this uid."""
    some = ", ".join(f"'{kind.value}'" for kind in kinds)
    return f"EXISTS (SELECT 1 FROM deed WHERE edition = {uid} AND deed IN ({some}))"


_SEALING = tuple(kind for kind in Deed if row_of(kind).seals)

_UNDONE = f"""(OLD.recorded_at IS NOT NULL AND EXISTS (
    SELECT 1 FROM import_item AS i JOIN import_batch AS b ON b.id = i.batch_id
    WHERE i.release_id = OLD.release_id AND b.undone_at IS NOT NULL)
    AND {_entered("OLD.uid", Deed.UNDONE)})"""
"""A past item taken in by an import that is being undone, and the register says so: the one way
an issued row goes."""


_SHARED = ("slug", "occasion", "topics", "places", "people")
_SHARED_TIMES = ("embargo_at", "embargo_zone", "planned_at")
"""What the languages and editions of a release share, as a person writes it."""


def _is_issued(edition_id: str) -> str:
    return f"EXISTS (SELECT 1 FROM edition WHERE id = {edition_id} AND {sql_out('state')})"


def _has_issued(release_id: str) -> str:
    return f"EXISTS (SELECT 1 FROM edition WHERE release_id = {release_id} AND {sql_out('state')})"


def _has_draft(release_id: str) -> str:
    drafts = sql_out("state", out=False)
    return f"EXISTS (SELECT 1 FROM edition WHERE release_id = {release_id} AND {drafts})"


def _moved(*columns: str) -> str:
    return " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)


class Guard(Struct, frozen=True):
    """One refusal: before this event on a row of the table, when this holds."""

    name: str
    event: str
    table: str
    when: str
    message: str


def _guard(table: str, event: str, when: str, message: str, name: str = "") -> Guard:
    return Guard(name or f"guard_{table}_{event.lower()}", event, table, when, message)


def _part_of_edition(table: str, message: str = _NEVER) -> list[Guard]:
    """Rows that belong to an edition stand still once it is issued."""
    moved = "NEW.edition_id IS NOT OLD.edition_id"
    return [
        _guard(table, "INSERT", _is_issued("NEW.edition_id"), message),
        _guard(table, "UPDATE", f"{moved} OR {_is_issued('OLD.edition_id')}", message),
        _guard(table, "DELETE", _is_issued("OLD.edition_id"), message),
    ]


def every() -> tuple[Guard, ...]:
    """All guards, in the words both databases understand."""
    return (
        *(*_release(), *_edition(), *_revision(), *_sheet(), *_originals()),
        *(*_register(), *_counter()),
    )


def guards() -> tuple[tuple[str, str], ...]:
    """Name and SQL of every trigger, for SQLite."""
    return tuple(
        (one.name, f"CREATE TRIGGER {one.name} BEFORE {one.event} ON {one.table} {_refusal(one)}")
        for one in every()
    )


def _refusal(one: Guard) -> str:
    return f"WHEN {one.when} BEGIN SELECT RAISE(ABORT, '{one.message}'); END"


def _release() -> list[Guard]:
    taken = "NEW.reference <> '' AND EXISTS (SELECT 1 FROM release WHERE reference = NEW.reference"
    return [
        _guard(
            "release",
            "INSERT",
            f"EXISTS (SELECT 1 FROM release WHERE id = NEW.id OR uid = NEW.uid) OR ({taken}))",
            "this release is there already",
        ),
        _guard(
            "release",
            "UPDATE",
            f"NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR ({taken} AND id <> OLD.id))",
            "a release keeps its identity",
        ),
        _guard(
            "release",
            "UPDATE",
            "(NEW.kind IS NOT OLD.kind OR NEW.trashed_at IS NOT NULL "
            "OR (OLD.reference <> '' AND NEW.reference IS NOT OLD.reference)) "
            f"AND {_has_issued('OLD.id')}",
            "a release with an issued edition keeps its kind, reference and place",
            name="guard_release_issued",
        ),
        _guard(
            "release",
            "UPDATE",
            f"({_moved(*_SHARED, *_SHARED_TIMES)}) AND {_has_issued('OLD.id')}"
            f" AND NOT {_has_draft('OLD.id')}",
            "what an issued release says changes with its next edition only",
            name="guard_release_shared",
        ),
        _guard("release", "DELETE", _has_issued("OLD.id"), _NEVER),
    ]


def _edition() -> list[Guard]:
    same = "release_id = NEW.release_id AND language = NEW.language AND number = NEW.number"
    return [
        _guard(
            "edition",
            "INSERT",
            f"EXISTS (SELECT 1 FROM edition WHERE id = NEW.id OR uid = NEW.uid OR ({same}))",
            "this edition is there already",
        ),
        _guard(
            "edition",
            "INSERT",
            sql_out("NEW.state"),
            "an edition begins as a draft",
            name="guard_edition_begins",
        ),
        _guard(
            "edition",
            "UPDATE",
            f"{sql_out('OLD.state')} OR NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid "
            "OR NEW.release_id IS NOT OLD.release_id OR NEW.language IS NOT OLD.language "
            "OR NEW.number IS NOT OLD.number",
            _NEVER,
        ),
        _guard(
            "edition",
            "UPDATE",
            f"{sql_out('NEW.state')} AND NOT (EXISTS"
            " (SELECT 1 FROM issued WHERE edition_id = NEW.id)"
            f" AND {_entered('NEW.uid', *_SEALING)})",
            "an edition is issued with its sheet and its deed",
            name="guard_edition_sheet",
        ),
        _guard("edition", "DELETE", f"{sql_out('OLD.state')} AND NOT {_UNDONE}", _NEVER),
        *_part_of_edition("edition_body"),
        *_part_of_edition("edition_contact"),
        _guard("draft", "INSERT", _is_issued("NEW.edition_id"), _NEVER),
    ]


def _revision() -> list[Guard]:
    same = "id = NEW.id OR (edition_id = NEW.edition_id AND number = NEW.number)"
    same += " OR uid = NEW.uid"
    return [
        _guard(
            "revision",
            "INSERT",
            f"EXISTS (SELECT 1 FROM revision WHERE {same}) OR {_is_issued('NEW.edition_id')}",
            "a revision never changes",
        ),
        _guard("revision", "UPDATE", "1", "a revision never changes"),
        _guard("revision", "DELETE", _is_issued("OLD.edition_id"), "a revision never changes"),
        *_base(),
    ]


def _base() -> list[Guard]:
    """What a revision leans on stays, or its bytes could not be read; it goes with it only."""
    never = "what a revision is packed against never changes"
    there = "EXISTS (SELECT 1 FROM revision_base WHERE revision_id = NEW.revision_id)"
    edition = "(SELECT edition_id FROM revision WHERE id = NEW.revision_id)"
    kept = "EXISTS (SELECT 1 FROM revision WHERE id = OLD.revision_id)"
    return [
        _guard("revision_base", "INSERT", f"{there} OR {_is_issued(edition)}", never),
        _guard("revision_base", "UPDATE", "1", never),
        _guard("revision_base", "DELETE", kept, never),
    ]


def _sheet() -> list[Guard]:
    taken = "EXISTS (SELECT 1 FROM issued WHERE edition_id = NEW.edition_id)"
    return [
        _guard("issued", "INSERT", taken, _NEVER),
        _guard("issued", "UPDATE", "1", _NEVER),
        _guard("issued", "DELETE", _is_issued("OLD.edition_id"), _NEVER),
    ]


def _originals() -> list[Guard]:
    keep = "the original of an import is kept as it came"
    columns = ("id", "at", "name", "sha256", "original")
    bytes_ = "the bytes of an attachment never change"
    return [
        _guard(
            "import_batch",
            "INSERT",
            "EXISTS (SELECT 1 FROM import_batch WHERE id = NEW.id)",
            keep,
        ),
        _guard("import_batch", "UPDATE", _moved(*columns), keep),
        _guard(
            "import_batch",
            "UPDATE",
            "OLD.undone_at IS NOT NULL AND NEW.undone_at IS NOT OLD.undone_at",
            "an import is undone once",
            name="guard_import_batch_undone",
        ),
        _guard("import_batch", "DELETE", "1", keep),
        _guard("import_item", "INSERT", _has_issued("NEW.release_id"), keep),
        _guard("import_item", "UPDATE", "1", keep),
        _guard("blob", "INSERT", "EXISTS (SELECT 1 FROM blob WHERE sha256 = NEW.sha256)", bytes_),
        _guard("blob", "UPDATE", "1", bytes_),
        _guard("blob", "DELETE", "1", bytes_),
    ]


def _register() -> list[Guard]:
    """Deeds are added at the end of their book, and stand; only what is private may go."""
    never = "the register only grows"
    fixed = ("book", "number", "deed", "edition", "noted", "login", "size", "data")
    last = "(SELECT COALESCE(MAX(number), -1) + 1 FROM deed WHERE book = NEW.book)"
    private = "NEW.private IS NOT NULL AND NEW.private IS NOT OLD.private"
    there = "EXISTS (SELECT 1 FROM node WHERE book = NEW.book AND level = NEW.level"
    return [
        _guard("deed", "INSERT", f"NEW.number <> {last}", never),
        _guard("deed", "UPDATE", f"{_moved(*fixed)} OR ({private})", never),
        _guard("deed", "DELETE", "1", never),
        _guard("node", "INSERT", f"{there} AND place = NEW.place)", never),
        _guard("node", "UPDATE", "1", never),
        _guard("node", "DELETE", "1", never),
    ]


def _counter() -> list[Guard]:
    """A reference is never given twice."""
    never = "references only count upwards"
    return [
        _guard("counter", "UPDATE", "NEW.year IS NOT OLD.year OR NEW.n < OLD.n", never),
        _guard("counter", "DELETE", "1", never),
    ]


def drop(connection: Connection) -> None:
    """Drop all guards: while a migration rebuilds tables, those that name them would fail."""
    found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for name in found.scalars().all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def make(connection: Connection) -> None:
    """Make all guards, in the form this version of PressDesk has them."""
    for _name, sql in guards():
        connection.exec_driver_sql(sql)
