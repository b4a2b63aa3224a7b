"""Shows who is editing an edition on a server; advisory only, versions protect the texts.

A row for each edition counts as long as the session that wrote it stands, so nobody stays
"writing" who has left. The holder is named by what the session calls itself.
"""

from __future__ import annotations

from typing import Any

import psycopg

from pressdesk.archive.file.desk_file import Archive
from pressdesk.archive.server import complaints
from pressdesk.archive.server.postgres import connect, shut
from pressdesk.base import passwords
from pressdesk.base.address import Server

_PREFIX = "PressDesk "
_LETTERS = 24


class Presence:
    """One person at one desk; safe to use from one thread at a time."""

    def __init__(self, archive: Archive, person: str) -> None:
        """``person`` is shown to others; opens nothing yet."""
        assert isinstance(archive.place, Server)
        self._server: Server = archive.place
        self._name = called(person)
        self._mine: set[int] = set()
        self._line: psycopg.Connection[Any] | None = None
        self._cut = False

    def begin(self, edition_id: int) -> str | None:
        """Register this person as editing an edition; returns who already is, or None.

        raises  DeskUnavailable when the server does not answer
        """
        with complaints.telling(self._server):
            holder = _begun(self._open(), edition_id)
        if holder is None:
            self._mine.add(edition_id)
            return None
        return person_of(holder)

    def end(self, edition_id: int) -> None:
        """This person writes it no longer."""
        if edition_id in self._mine:
            self._mine.discard(edition_id)
            with complaints.telling(self._server):
                self._open().execute("SELECT public.end_work(%s)", (edition_id,))

    def close(self) -> None:
        """This person left; the server lets go of everything."""
        self._mine.clear()
        if self._line is not None:
            self._line.close()
            self._line = None

    def cut(self) -> None:
        """The same from another thread, for good: a call that waits for the server fails."""
        self._cut = True
        line = self._line
        if line is not None:
            shut(line)

    def _open(self) -> psycopg.Connection[Any]:
        """The line, made anew with all that was held where it was cut."""
        if self._cut:
            raise complaints.unreachable(self._server)
        if self._line is not None:
            try:
                self._line.execute("SELECT 1")
            except psycopg.OperationalError:
                self._line.close()
                self._line = None
        if self._line is None and self._cut:
            raise complaints.unreachable(self._server)
        if self._line is None:
            password = passwords.known(self._server)
            self._line = connect(self._server, password, name=self._name)
            self._line.autocommit = True
            line = self._line
            self._mine = {one for one in self._mine if _begun(line, one) is None}
        return self._line


def _begun(line: psycopg.Connection[Any], edition_id: int) -> str | None:
    """The session that edits it already; None when it is this one now."""
    row = line.execute("SELECT public.begin_work(%s)", (edition_id,)).fetchone()
    return None if row is None or row[0] is None else str(row[0])


def called(person: str) -> str:
    """The name of a session: the server keeps 63 bytes of it and no letters but ASCII."""
    return _PREFIX + person[:_LETTERS].encode("punycode").decode("ascii")


def person_of(session: str) -> str:
    """The person in the name of a session, "" when it is none of ours."""
    if not session.startswith(_PREFIX):
        return ""
    try:
        return session.removeprefix(_PREFIX).encode("ascii").decode("punycode")
    except UnicodeError:
        return ""
