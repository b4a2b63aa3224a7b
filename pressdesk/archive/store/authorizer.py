"""What SQLite may do for a read-only user: an allow-list, checked for every statement.

``mode=ro`` alone is not enough: such a connection can still attach and make other databases
and temporary tables, and what a pragma forbids another allows again.
source  sqlite.org/c3ref/c_alter_table.html, the action codes
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress

_PLAIN = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE, sqlite3.SQLITE_TRANSACTION})
_PRAGMAS = frozenset(
    # Each only looks; what it is followed by can be a number of complaints at most. FTS5 asks
    # for the version of the data before it trusts what it has cached.
    {
        "data_version",
        "schema_version",
        "quick_check",
        "integrity_check",
        "foreign_key_check",
        "read_uncommitted",
        "table_info",
    }
)
_SWITCHES = frozenset({"data_version", "schema_version", "read_uncommitted"})
"""Asked only; with a value they would change something."""

_FIRST = (
    "SELECT rowid FROM search_text WHERE search_text MATCH 'xa' LIMIT 1",
    "SELECT value FROM json_each('[]')",
)
_FORBIDDEN = frozenset({"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"})

HIDDEN = frozenset(
    {
        "draft",
        "revision",
        "revision_base",
        "revision_name",
        "import_batch",
        "import_item",
        "import_contact",
        "counter",
    }
)
"""Tables that read as if they held nothing in a reading mode on a desk that others write."""


def install(connection: sqlite3.Connection, *, hidden: frozenset[str] = frozenset()) -> None:
    """Make a connection read-only from now on; call again after each schema change.

    hidden  tables all whose values read as NULL: no condition on them holds
    """
    connection.set_authorizer(None)
    # Virtual tables are declared when they are first used, which looks like making one.
    for order in _FIRST:
        with suppress(sqlite3.OperationalError):
            connection.execute(order).fetchall()

    def allowed(
        action: int, one: str | None, two: str | None, _database: str | None, _by: str | None
    ) -> int:
        if action == sqlite3.SQLITE_READ:
            return sqlite3.SQLITE_IGNORE if one in hidden else sqlite3.SQLITE_OK
        if action in _PLAIN:
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_FUNCTION:
            fine = (two or "").casefold() not in _FORBIDDEN
            return sqlite3.SQLITE_OK if fine else sqlite3.SQLITE_DENY
        if action == sqlite3.SQLITE_PRAGMA and (one or "").casefold() in _PRAGMAS:
            switched = (one or "").casefold() in _SWITCHES and two is not None
            return sqlite3.SQLITE_DENY if switched else sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY

    connection.set_authorizer(allowed)
