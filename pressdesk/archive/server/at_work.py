"""Table and functions on a server that know who edits which edition, as long as the line stands.

Nothing is held: a row counts while the session that wrote it is there. Only through the functions
is it written, which put down whose session it is.
"""

from __future__ import annotations

from sqlalchemy import Connection

TABLE = "at_work"

BEGIN, END = "begin_work(bigint)", "end_work(bigint)"
"""What editors may call."""

_BEGIN = """
DECLARE
    holder text;
BEGIN
    DELETE FROM at_work w WHERE w.edition_id = one AND NOT EXISTS (
        SELECT 1 FROM pg_stat_activity a WHERE a.pid = w.pid AND a.usename = w.login
        AND a.application_name = w.session);
    INSERT INTO at_work VALUES
        (one, pg_backend_pid(), session_user, current_setting('application_name'))
    ON CONFLICT DO NOTHING;
    SELECT w.session INTO holder FROM at_work w
    WHERE w.edition_id = one AND w.pid <> pg_backend_pid();
    RETURN holder;
END """
_END = """
BEGIN
    DELETE FROM at_work w WHERE w.edition_id = one AND w.pid = pg_backend_pid();
END """
_MAKE = f"""
CREATE UNLOGGED TABLE IF NOT EXISTS public.at_work (
    edition_id bigint PRIMARY KEY, pid integer NOT NULL, login name NOT NULL, session text NOT NULL
);
CREATE OR REPLACE FUNCTION public.begin_work(one bigint) RETURNS text LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $work${_BEGIN}$work$;
CREATE OR REPLACE FUNCTION public.end_work(one bigint) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $work${_END}$work$;
REVOKE ALL ON FUNCTION public.begin_work(bigint), public.end_work(bigint) FROM PUBLIC;
"""


def bodies() -> dict[str, str]:
    """What each function does, by its name, as the server keeps it."""
    return {"begin_work": _BEGIN, "end_work": _END}


def make(connection: Connection) -> None:
    """Make table and functions, in the form this version of PressDesk has them."""
    connection.exec_driver_sql(_MAKE)
