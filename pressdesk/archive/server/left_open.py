"""What a login can still do on a server, its limit, and the SQL that ends it: for its owner.

Much of it is open to everybody on every PostgreSQL, and only a superuser may close it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

from pressdesk.archive.server import rights

_OWNS = """
SELECT pg_has_role(c.relowner, 'MEMBER') FROM pg_class c WHERE c.oid = to_regclass('public.release')
"""
_MAY = """
SELECT has_function_privilege(CAST(:role AS name), to_regprocedure(:one)::oid, 'EXECUTE')
"""


def lines(connection: Connection) -> Iterator[str]:
    """One line each; none for somebody who is neither owner nor superuser, or without roles."""
    if not connection.execute(text(_OWNS)).scalar() or not rights.granted(connection):
        return
    database = str(connection.execute(text("SELECT current_database()")).scalar_one())
    editors, readers = rights.names(database)
    editor, reader = rights.quoted(editors), rights.quoted(readers)
    for kind, said in _SAID.items():
        left = [one for one in rights.OPEN[kind] if _may(connection, one, readers)]
        if left:
            names = ", ".join(left)
            yield f"{said} As a superuser: REVOKE EXECUTE ON FUNCTION {names} FROM PUBLIC;"
    yield (
        "Any login can call NOTIFY, and hear when something is saved, not what: no program looks"
        f" more than once a second. To end it: REVOKE {reader} FROM somebody;"
    )
    yield (
        "Any login can leave a transaction open: a reader's holds up only an update of the desk,"
        " an editor's keeps the others from saving until it ends. To end it: SELECT"
        " pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        " AND usename = 'somebody';"
    )
    yield (
        "An editor can change and delete drafts and contacts and pass over references; what went"
        f" out and the register stay. To end it: REVOKE {editor} FROM somebody;"
    )


_SAID = {
    "store": "Any login can store large objects, which fill the disk; the desk holds none.",
    "lock": (
        "Any login can take advisory locks until the server has no room for more"
        " (max_locks_per_transaction); the desk waits for none of them."
    ),
    "call": "Any login can call pg_notify; no program looks more than once a second.",
}


def _may(connection: Connection, function: str, role: str) -> bool:
    order = text(_MAY.replace("::", r"\:\:"))
    return bool(connection.execute(order, {"role": role, "one": function}).scalar())
