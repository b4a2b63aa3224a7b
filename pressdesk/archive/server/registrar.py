"""Triggers on a server that put down who writes, and prove what is written into the register.

They go beyond the guards, which a file has as well: only a server knows who is logged in, and
computes hashes itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from sqlalchemy import Connection

from pressdesk.archive.rows.thinning import ALL_DAYS
from pressdesk.archive.store.tables import counter, deed, node, revision


class Trigger(Struct, frozen=True):
    """One trigger for each row: its name, when it is asked, of which table, and what it does."""

    name: str
    when: str
    table: str
    body: str
    at_the_end: bool = False
    """Asked when the transaction ends, however many rows it wrote until then."""


def _refuse(message: str) -> str:
    return f"RAISE EXCEPTION USING ERRCODE = '23000', MESSAGE = '{message}';"


_UNPROVED = _refuse("the register holds what can be proved, and nothing else")
_OWNER = "pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER')"

# A name is what somebody calls himself; the login stands behind it where the two are not one.
_AUTHOR = f"""
BEGIN
    IF NOT {_OWNER} AND NEW.author <> session_user THEN
        NEW.author := CASE WHEN NEW.author = '' THEN session_user
            ELSE NEW.author || ' (' || session_user || ')' END;
    END IF;
    RETURN NEW;
END """
_LOGIN = f"""
DECLARE
    said jsonb := convert_from(NEW.data, 'UTF8')::jsonb;
BEGIN
    IF said ->> 'deed' IS DISTINCT FROM NEW.deed
        OR said ->> 'number' IS DISTINCT FROM NEW.number::text
        OR said ->> 'edition' IS DISTINCT FROM NEW.edition THEN
        {_UNPROVED}
    END IF;
    NEW.login := session_user;
    RETURN NEW;
END """
# A deed without its nodes would keep every later one out.
_GROWN = f"""
DECLARE
    high integer := 0;
    at bigint := NEW.number;
BEGIN
    IF NEW.size <= NEW.number
        OR NEW.size > (SELECT max(d.number) + 1 FROM deed d WHERE d.book = NEW.book) THEN
        {_UNPROVED}
    END IF;
    LOOP
        IF NOT EXISTS (SELECT 1 FROM node n
            WHERE n.book = NEW.book AND n.level = high AND n.place = at) THEN
            {_UNPROVED}
        END IF;
        EXIT WHEN at % 2 = 0;
        high := high + 1;
        at := at / 2;
    END LOOP;
    RETURN NULL;
END """
_PROVED = f"""
DECLARE
    proved bytea;
BEGIN
    IF NEW.level = 0 THEN
        SELECT sha256('\\x00'::bytea || d.data) INTO proved FROM deed d
        WHERE d.book = NEW.book AND d.number = NEW.place;
    ELSE
        SELECT sha256('\\x01'::bytea || l.hash || r.hash) INTO proved FROM node l, node r
        WHERE l.book = NEW.book AND l.level = NEW.level - 1 AND l.place = 2 * NEW.place
        AND r.book = NEW.book AND r.level = NEW.level - 1 AND r.place = 2 * NEW.place + 1;
    END IF;
    IF proved IS DISTINCT FROM NEW.hash THEN
        {_UNPROVED}
    END IF;
    RETURN NEW;
END """
# With its edition a revision goes whenever that does. What else the program would keep, it keeps.
_THINNED = f"""
BEGIN
    IF EXISTS (SELECT 1 FROM edition e WHERE e.id = OLD.edition_id) AND (
        OLD.at > now() - interval '{ALL_DAYS} days' OR OLD.note <> ''
        OR EXISTS (SELECT 1 FROM revision_name n WHERE n.revision_id = OLD.id)
        OR NOT EXISTS (SELECT 1 FROM revision r
            WHERE r.edition_id = OLD.edition_id AND r.number > OLD.number)
        OR NOT EXISTS (SELECT 1 FROM revision r
            WHERE r.edition_id = OLD.edition_id AND r.number < OLD.number)) THEN
        {_refuse("only old revisions that say nothing of their own go")}
    END IF;
    RETURN OLD;
END """
# The program counts on to the next free reference, in the transaction that gives it; it passes
# over those that past items brought along, of which there are no more than references.
_GIVEN = f"""
DECLARE
    over bigint := NEW.n - 1 - COALESCE((SELECT c.n FROM counter c WHERE c.year = NEW.year), 0);
BEGIN
    IF over > 0 THEN
        IF over > (SELECT count(*) FROM release r WHERE r.reference <> '') THEN
            {_refuse("references are given one after another")}
        END IF;
    END IF;
    RETURN NEW;
END """


def every() -> tuple[Trigger, ...]:
    """All of them."""
    return (
        Trigger("wrote_revision", "BEFORE INSERT", revision.name, _AUTHOR),
        Trigger("thinned_revision", "BEFORE DELETE", revision.name, _THINNED),
        Trigger("wrote_deed", "BEFORE INSERT", deed.name, _LOGIN),
        Trigger("grown_deed", "AFTER INSERT", deed.name, _GROWN, at_the_end=True),
        Trigger("proved_node", "BEFORE INSERT", node.name, _PROVED),
        Trigger("given_counter", "BEFORE INSERT OR UPDATE", counter.name, _GIVEN),
    )


def bodies() -> dict[tuple[str, str], str]:
    """What each does, by its name and table, as the server keeps it."""
    return {(one.name, one.table): one.body for one in every()}


def _orders() -> Iterator[str]:
    for one in every():
        yield (
            f"CREATE OR REPLACE FUNCTION public.{one.name}() RETURNS trigger LANGUAGE plpgsql"
            f" SET search_path = public, pg_temp AS $registrar${one.body}$registrar$"
        )
        yield f"DROP TRIGGER IF EXISTS {one.name} ON public.{one.table}"
        kind = "CONSTRAINT TRIGGER" if one.at_the_end else "TRIGGER"
        late = " DEFERRABLE INITIALLY DEFERRED" if one.at_the_end else ""
        yield (
            f"CREATE {kind} {one.name} {one.when} ON public.{one.table}{late}"
            f" FOR EACH ROW EXECUTE FUNCTION public.{one.name}()"
        )


def make(connection: Connection) -> None:
    """Make all of them, in the form this version of PressDesk has them."""
    for order in _orders():
        connection.exec_driver_sql(order.replace("%", "%%"))
