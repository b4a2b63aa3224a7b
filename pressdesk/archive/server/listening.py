"""Reports changes by others on a server at once, also after a lost connection."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

import psycopg

from pressdesk.archive.file.desk_file import Archive
from pressdesk.archive.server import changes
from pressdesk.archive.server.changes import ChangeMark, News
from pressdesk.archive.server.postgres import OfficeStore, connect
from pressdesk.base import passwords
from pressdesk.base.errors import DeskUnavailable, DeskUnreachable

LONGEST = 15.0
"""Seconds between two attempts to reach a server that does not answer."""

PATIENCE = 2.0
"""Seconds the end of a thread is waited for."""

LOOK = 30.0
"""Seconds without a call after which the feed is looked at all the same."""

CALM = 1.0
"""Seconds between two looks, however often the server calls: any login may make it call."""

Told = Callable[[News], None]


class Listener:
    """A thread with its own connection that receives notifications from the server.

    ``told(News)`` is called in that thread, own changes included; what came while the line was
    cut is told once it is back. A call says only that it is time to look at the feed.
    """

    def __init__(
        self,
        archive: Archive,
        told: Told,
        line: Callable[[bool], None] = lambda _there: None,
        *,
        first_wait: float = 1.0,
    ) -> None:
        """A server that does not answer now is asked again, as after a cut.

        raises  DeskUnavailable for other reasons
        """
        store = archive._store
        assert isinstance(store, OfficeStore)
        self._store = store
        self._told, self._line = told, line
        self._first_wait = first_wait
        self._ended = threading.Event()
        self._mark: ChangeMark | None = None
        """Up to here it was told; what came before the first is not."""
        with suppress(DeskUnreachable):
            self._look()
        self._thread = threading.Thread(target=self._run, name="office feed", daemon=True)
        self.listening = threading.Event()
        """Set while the server would be heard."""
        self._thread.start()

    def close(self) -> None:
        """End the thread and wait for it. Idempotent.

        A thread that waits for a server without an answer is left to end by itself.
        """
        self._ended.set()
        if threading.current_thread() is not self._thread:
            self._thread.join(PATIENCE)

    def _run(self) -> None:
        wait = self._first_wait
        while not self._ended.is_set():
            try:
                self._listen()
                wait = self._first_wait
            except (psycopg.Error, DeskUnavailable):
                self.listening.clear()
                self._say(False)
                self._ended.wait(wait)
                wait = min(2 * wait, LONGEST)

    def _listen(self) -> None:
        server = self._store.server
        with connect(server, passwords.known(server), name="PressDesk feed") as line:
            line.autocommit = True
            line.execute(f"LISTEN {changes.CHANNEL}")
            self._look()  # what happened before the server would have called
            self.listening.set()
            self._say(True)
            looked, called = monotonic() - CALM, False
            while not self._ended.is_set():
                called |= any(True for _call in line.notifies(timeout=0.2, stop_after=1))
                if monotonic() - looked >= (CALM if called else LOOK):
                    self._look()
                    looked, called = monotonic(), False

    def _say(self, there: bool) -> None:
        if not self._ended.is_set():
            self._line(there)

    def _look(self) -> None:
        with self._store.read() as connection:
            if self._mark is None:
                self._mark = changes.mark(connection)
                return
            self._mark, news = changes.news(connection, self._mark, self._store.own)
        if (news.of_others or news.own) and not self._ended.is_set():
            self._told(news)
