"""Checks that a server still has what protects a desk: references, triggers and rights."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select, text

from pressdesk.archive.server import at_work, changes, guards, registrar, shown
from pressdesk.archive.server import rights as granted_rights
from pressdesk.archive.server.rights import READING
from pressdesk.archive.store.tables import metadata
from pressdesk.press.states import sql_out

_TRIGGERS = """
SELECT t.tgname, c.relname, p.prosrc,
    t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL AND t.tgattr = '' AND p.proowner = c.relowner
    AND 'search_path=public, pg_temp' = ANY (p.proconfig) AS awake, p.prosecdef AS for_owner
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND NOT t.tgisinternal
"""
_FUNCTIONS = """
SELECT p.proname, p.prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
JOIN pg_class c ON c.oid = 'public.release'::regclass
WHERE n.nspname = 'public' AND p.prosecdef AND p.prorettype <> 'trigger'::regtype
AND p.proowner = c.relowner AND 'search_path=public, pg_temp' = ANY (p.proconfig)
"""
_RULES = """
SELECT tablename || '.' || rulename FROM pg_rules WHERE schemaname = 'public' ORDER BY 1
"""
_ASLEEP = """
SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND t.tgisinternal AND t.tgenabled NOT IN ('O', 'A')
"""
_UNPROVED = """
SELECT k.conname FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
WHERE n.nspname = 'public' AND NOT k.convalidated
"""
_CONSTRAINTS = """
SELECT k.conname FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
WHERE n.nspname = 'public' AND k.contype = 'f'
"""
_TOO_MUCH = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'v', 'm', 'p')
AND has_table_privilege(CAST(:role AS name), c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
"""
_LEAKS = f"""
SELECT r.id FROM {READING}.edition r JOIN public.edition e ON e.id = r.id
WHERE {sql_out("e.state", out=False)} OR e.embargo_at > now()
"""


def sees_tables(connection: Connection) -> bool:
    """True in a session that works on the tables, False in one of a reader."""
    return connection.execute(text("SELECT current_schema()")).scalar() == "public"


def references(connection: Connection) -> Iterator[str]:
    """Rows whose other end is missing, and references the server does not watch any more.

    cost  one pass through each table that refers to another
    """
    for order in (_UNPROVED, _ASLEEP):
        yield from (str(name) for name in connection.execute(text(order)).scalars().all())
    there = set(connection.execute(text(_CONSTRAINTS)).scalars().all())
    for table in metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            if str(key.name) not in there:
                yield str(key.name)
            child, parent = key.elements[0].parent, key.elements[0].column
            other = parent.table.alias()
            lost = (
                select(func.count())
                .select_from(table.outerjoin(other, other.c[parent.name] == child))
                .where(child.is_not(None), other.c[parent.name].is_(None))
            )
            number = connection.execute(lost).scalar_one()
            if number:
                yield f"{table.name}.{child.name} → {parent.table.name}: {number}"


def guarded(connection: Connection) -> Iterator[str]:
    """Guards and messengers that are missing, asleep or say something else; foreign triggers."""
    found = {
        (row.tgname, row.relname): (row.prosrc.strip(), row.awake, row.for_owner)
        for row in connection.execute(text(_TRIGGERS)).all()
    }
    noting = changes.bodies()
    if shown.is_there(connection):
        noting |= shown.bodies()
    made = {**guards.bodies(), **registrar.bodies(), **noting}
    for (name, table), body in made.items():
        # What editors have no right to write, is written for the owner.
        if found.get((name, table)) != (body.strip(), True, (name, table) in noting):
            yield name
    callable_ = {
        row.proname: row.prosrc
        for row in connection.execute(text(_FUNCTIONS.replace("::", r"\:\:"))).all()
    }
    for name, body in at_work.bodies().items():
        if callable_.get(name) != body:
            yield name
    yield from (f"{name}: foreign" for name in sorted(callable_.keys() - at_work.bodies().keys()))
    yield from (f"{table}.{name}: foreign" for name, table in sorted(found.keys() - made.keys()))
    yield from (f"{one}: foreign" for one in connection.execute(text(_RULES)).scalars().all())


def rights(connection: Connection) -> Iterator[str]:
    """What readers may do beyond reading published text, if the desk has roles."""
    if not granted_rights.granted(connection):
        return
    database = str(connection.execute(text("SELECT current_database()")).scalar_one())
    _editor, reader = granted_rights.names(database)
    known = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :n"), {"n": reader})
    if known.first() is None:
        yield reader
        return
    for table in connection.execute(text(_TOO_MUCH), {"role": reader}).scalars().all():
        yield f"{reader} → {table}"
    usable = text(f"SELECT has_schema_privilege('{READING}', 'USAGE')")
    if connection.execute(usable).scalar():
        for edition_id in connection.execute(text(_LEAKS)).scalars().all():
            yield f"{READING}: edition {edition_id}"
