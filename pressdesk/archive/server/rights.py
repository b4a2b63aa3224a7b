"""Rights on a server: editors write; readers see only what is published.

Two roles nobody logs in with, DATABASE_editor and DATABASE_reader; persons are made members.
A reader has no right to any table. The schema ``reading`` holds a view for each, under the
table's name and with its columns: the same program reads through them and finds only issued
editions whose embargo has passed. What must not leak is not in the views at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, Table, text

from pressdesk.archive.search import rebuilding
from pressdesk.archive.server import at_work, changes, turn
from pressdesk.archive.server.shown import SHARED, shown
from pressdesk.archive.store.tables import (
    alembic_version,
    blob,
    counter,
    deed,
    import_batch,
    import_item,
    issued,
    meta,
    metadata,
    node,
    revision,
    revision_base,
)
from pressdesk.press.register.deeds import Book, Deed, row_of
from pressdesk.press.states import sql_out

READING = "reading"

READ, WRITTEN = "read_by_editors", "written_by_editors"
"""The policies of ``meta``."""

_VISIBLE = f"{sql_out('e.state')} AND (e.embargo_at IS NULL OR e.embargo_at <= now())"
_SOME = f"SELECT e.id FROM public.edition e WHERE {_VISIBLE}"
_KEYS = f"SELECT d.key FROM public.search_doc d WHERE d.edition_id IN ({_SOME})"
_NEWEST = (
    f"SELECT DISTINCT ON (e.release_id, e.language) e.* FROM public.edition e WHERE {_VISIBLE}"
    " ORDER BY e.release_id, e.language, e.number DESC"
)
_OUT = f"EXISTS (SELECT 1 FROM public.edition e WHERE e.release_id = t.id AND {_VISIBLE})"
_SEEN = _OUT.replace("t.id", "t.release_id")


def _as_issued(name: str) -> str:
    """What went out last of those editions that may be seen; see ``server/shown.py``."""
    empty = "[]" if name in ("topics", "places", "people") else ""
    return (
        f"COALESCE((SELECT s.{name} FROM public.shown s JOIN public.edition e"
        " ON e.id = s.edition_id JOIN public.issued i ON i.edition_id = e.id"
        f" WHERE e.release_id = t.id AND {_VISIBLE}"
        f" ORDER BY i.at DESC, e.id DESC LIMIT 1), '{empty}')"
    )


_RELEASE = {name: _as_issued(name) for name in SHARED} | {
    # The release is shared with drafts: what they may have changed is not shown.
    "version": "1",
    "embargo_at": "NULL::timestamptz",
    "embargo_zone": "NULL::text",
    "planned_at": "NULL::timestamptz",
    "drafts": "false",
    "issued": "true",
    "issued_embargo": "NULL::timestamptz",
    "sort_date": f"(SELECT max(n.sort_date) FROM ({_NEWEST}) n WHERE n.release_id = t.id)",
}
_LISTED = {
    "edition_id": "t.id",
    "issued": "true",
}
_HOUSE = ", ".join(
    f"'{name}', convert_from(t.data, 'UTF8')::jsonb -> '{name}'"
    for name in ("organisation", "zone", "languages")
)
_SETTING = {
    "version": "1",
    # As ``reading.shown`` has it: boilerplate and looks go out with what is issued.
    "data": f"convert_to(jsonb_strip_nulls(jsonb_build_object({_HOUSE}))::text, 'UTF8')",
}
_OWN_EDITION = f"t.edition_id IN ({_SOME})"
_SEALS = ", ".join(f"'{kind}'" for kind in Deed if row_of(kind).seals)
_SEALED = (
    f"{{0}}.book = '{Book.OUT}' AND {{0}}.deed IN ({_SEALS})"
    f" AND EXISTS (SELECT 1 FROM public.edition e WHERE e.uid = {{0}}.edition AND {_VISIBLE})"
)
_SIGNED = (
    f"t.book = '{Book.DESK}' AND t.deed = '{Deed.SIGNED}'"
    f" AND EXISTS (SELECT 1 FROM public.edition e WHERE e.uid = t.edition AND {_VISIBLE})"
)
_SEALED_AS = (
    f"(SELECT min(d.number) FROM public.deed d WHERE d.edition = t.edition"
    f" AND {_SEALED.format('d')})"
)
_DETAIL = "(convert_from(t.data, 'UTF8')::jsonb -> 'details' -> {} -> 1)::text"
# Of a signature, what its files have; its number would tell how much else was entered.
_BARE = (
    f"""'{{"deed":"{Deed.SIGNED}","details":[["signature",' || {_DETAIL.format(0)}"""
    f""" || '],["size",' || {_DETAIL.format(1)} || ']],"edition":"' || t.edition"""
    f""" || '","number":' || {_SEALED_AS} || ',"salt":""}}'"""
)
_OF_OUT = f"CASE WHEN t.book = '{Book.OUT}' THEN t.{{}} ELSE {{}} END"
_DEED = {
    "number": _OF_OUT.format("number", _SEALED_AS),
    "login": "''",
    "size": _OF_OUT.format("size", "0"),
    "data": _OF_OUT.format("data", f"convert_to({_BARE}, 'UTF8')"),
    "private": "NULL::bytea",
}
_SHOWN_BLOB = (
    f"EXISTS (SELECT 1 FROM public.issued i WHERE i.edition_id IN ({_SOME})"
    " AND (position(convert_to(t.sha256, 'UTF8') IN i.sheet) > 0"
    " OR position(convert_to(t.sha256, 'UTF8') IN i.house) > 0))"
)
_WHERE = {
    "release": _OUT,
    "edition": _VISIBLE.replace("e.", "t."),
    "edition_body": _OWN_EDITION,
    "issued": _OWN_EDITION,
    "blob": _SHOWN_BLOB,
    "setting": "t.key = 'house'",
    "alembic_version": "true",
    "meta": "true",
    "search_doc": _OWN_EDITION,
    "deed": f"({_SEALED.format('t')}) OR ({_SIGNED})",
    # As far as the newest file that anybody may have: the rest tells of what is not out.
    "node": (
        f"t.book = '{Book.OUT}' AND (t.place + 1) << t.level <="
        f" (SELECT d.size FROM public.deed d WHERE {_SEALED.format('d')}"
        " ORDER BY d.number DESC LIMIT 1)"
    ),
    "search_terms": f"t.key IN ({_KEYS})",
}
"""What a reader sees of each table; of one that is not named, nothing."""

_EACH_VALUE = " UNION ALL ".join(
    f"SELECT '{facet}', v FROM json_array_elements_text(t.{column}::json) v"
    for facet, column in (("topic", "topics"), ("place", "places"), ("speaker", "speakers"))
)
_COUNTED = {
    "facet_cube": (
        "SELECT t.kind, t.state, t.language, t.month, count(*)::int AS number"
        f" FROM public.search_doc t WHERE {_OWN_EDITION} GROUP BY 1, 2, 3, 4"
    ),
    "facet_value": (
        'SELECT f.facet, f.value COLLATE "C" AS value, count(*)::int AS number'
        f" FROM public.search_doc t, LATERAL ({_EACH_VALUE}) f(facet, value)"
        f" WHERE {_OWN_EDITION} GROUP BY 1, 2"
    ),
}
"""Counts are made anew from what a reader sees."""


def _view(table: Table) -> str:
    source = f"({_NEWEST})" if table.name == "listed" else f"public.{table.name}"
    where = "true" if table.name == "listed" else _WHERE.get(table.name, "false")
    told = {"release": _RELEASE, "listed": _LISTED, "setting": _SETTING, "deed": _DEED}
    shown = told.get(table.name, {})
    columns = ", ".join(
        f"{shown.get(column.name, f't.{column.name}')} AS {column.name}" for column in table.columns
    )
    return _COUNTED.get(table.name) or f"SELECT {columns} FROM {source} t WHERE {where}"


def views(tables: Iterable[Table], schema: str = READING) -> Iterator[str]:
    """The SQL that makes a view for each table, showing what is out and nothing else."""
    yield (
        f"CREATE VIEW {schema}.search_text WITH (security_barrier) AS"
        f" SELECT t.* FROM public.search_text t WHERE t.key IN ({_KEYS})"
    )
    yield (
        f"CREATE VIEW {schema}.change WITH (security_barrier) AS"
        " SELECT t.release_id, t.seq FROM public.told t"
        f" WHERE t.back OR t.release_id = {changes.PEOPLE} OR {_SEEN}"
    )
    yield (
        f"CREATE VIEW {schema}.shown WITH (security_barrier) AS"
        f" SELECT t.* FROM public.shown t WHERE {_OWN_EDITION}"
    )
    for table in tables:
        yield f"CREATE VIEW {schema}.{table.name} WITH (security_barrier) AS {_view(table)}"


def names(database: str) -> tuple[str, str]:
    """The roles of editors and of readers of one database."""
    return f"{database}_editor", f"{database}_reader"


def grant(connection: Connection) -> tuple[str, str]:
    """Make roles and views and give each role its rights; again after every migration.

    Returns the names of both roles. Whoever does this owns the database and may make roles.
    """
    database = str(connection.execute(text("SELECT current_database()")).scalar_one())
    editor, reader = names(database)
    for role in (editor, reader):
        found = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :n"), {"n": role})
        if found.first() is None:
            connection.execute(text(f"CREATE ROLE {quoted(role)} NOLOGIN"))
    tables = [one for one in metadata.sorted_tables if _exists(connection, one.name)]
    anew = f"DROP SCHEMA IF EXISTS {READING} CASCADE", f"CREATE SCHEMA {READING}"
    for order in (
        *anew,
        *views(tables),
        *_rights(quoted(database), quoted(editor), quoted(reader)),
    ):
        connection.execute(text(order.replace(":", r"\:")))
    _close_the_rest(connection, quoted(editor))
    return editor, reader


def _exists(connection: Connection, table: str) -> bool:
    query = text("SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tablename = :n")
    return connection.execute(query, {"n": table}).first() is not None


def granted(connection: Connection) -> bool:
    """True when the desk has its roles."""
    query = text("SELECT 1 FROM pg_namespace WHERE nspname = :n")
    return connection.execute(query, {"n": READING}).first() is not None


def _rights(database: str, editor: str, reader: str) -> tuple[str, ...]:
    numbers = ", ".join(f"public.{one}" for one in changes.SEQUENCES)
    called = ", ".join(f"public.{one}" for one in _CALLED)
    return (
        f"REVOKE ALL ON DATABASE {database} FROM PUBLIC",  # TEMP among them
        f"GRANT CONNECT ON DATABASE {database} TO {editor}, {reader}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"REVOKE ALL ON SCHEMA {READING} FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {editor}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {editor}",
        *_less(editor),
        *_own_rows(editor),
        f"GRANT EXECUTE ON FUNCTION {called} TO {editor}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {editor}",
        f"REVOKE ALL ON SEQUENCE {numbers} FROM {editor}",
        # Editors as well: who asks to read only is shown what readers are shown.
        f"GRANT USAGE ON SCHEMA {READING} TO {editor}, {reader}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {READING} TO {editor}, {reader}",
    )


_LESS = {
    alembic_version.name: "SELECT",
    turn.TABLE: "SELECT, UPDATE",  # to lock its row; it can hold no other
    at_work.TABLE: "",
    changes.TABLE: "SELECT",
    changes.TOLD: "SELECT",
    shown.name: "SELECT",
    deed.name: "SELECT, INSERT",
    node.name: "SELECT, INSERT",
    issued.name: "SELECT, INSERT",
    revision.name: "SELECT, INSERT, DELETE",
    revision_base.name: "SELECT, INSERT",
    counter.name: "SELECT, INSERT, UPDATE",
    blob.name: "SELECT, INSERT",
    import_item.name: "SELECT, INSERT",
    import_batch.name: "SELECT, INSERT, UPDATE (undone_at)",
}
"""What editors may do with a table the program writes for them; with all others everything."""


def _own_rows(editor: str) -> Iterator[str]:
    """Of what the desk says of itself editors write what the search index is, and no more."""
    keys = ", ".join(f"'{key}'" for key in rebuilding.KEYS)
    yield f"ALTER TABLE public.{meta.name} ENABLE ROW LEVEL SECURITY"
    for name, what in ((READ, "FOR SELECT"), (WRITTEN, "FOR ALL")):
        yield f"DROP POLICY IF EXISTS {name} ON public.{meta.name}"
        which = "true" if name == READ else f"key IN ({keys})"
        yield f"CREATE POLICY {name} ON public.{meta.name} {what} TO {editor} USING ({which})"


_CALLED = (at_work.BEGIN, at_work.END)


def _less(editor: str) -> Iterator[str]:
    for table, left in _LESS.items():
        yield f"REVOKE ALL ON public.{table} FROM {editor}"
        if left:
            yield f"GRANT {left} ON public.{table} TO {editor}"


OPEN = {
    "store": (
        "lo_create(oid)",
        "lo_creat(integer)",
        "lo_from_bytea(oid, bytea)",
        "lo_put(oid, bigint, bytea)",
        "lo_open(oid, integer)",
        "lowrite(integer, bytea)",
        "lo_unlink(oid)",
    ),
    "lock": tuple(
        f"pg_{wait}advisory_{until}lock{how}({key})"
        for wait in ("", "try_")
        for until in ("", "xact_")
        for how in ("", "_shared")
        for key in ("bigint", "integer, integer")
    ),
    "call": ("pg_notify(text, text)",),
}
"""Functions of the server that let anybody store, lock or call out."""


def _close_the_rest(connection: Connection, editor: str) -> None:
    """Only an administrator of the server may take these from the public; see ``left_open``."""
    query = text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if not connection.execute(query).scalar():
        return
    for function in (one for kind in OPEN.values() for one in kind):
        # Of editors as well, to whom earlier versions gave some.
        connection.execute(text(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC, {editor}"))


def quoted(name: str) -> str:
    """A name as SQL takes it, whatever letters it has."""
    return '"' + name.replace('"', '""') + '"'
