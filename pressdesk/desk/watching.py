"""Hears what others change on a desk on a server; a file has nobody who would call."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

from pressdesk.base.address import Server

if TYPE_CHECKING:
    from pressdesk.archive.desk_file import Archive
    from pressdesk.archive.office_feed import Listener

PEOPLE = 0
"""Among the ids of releases: contacts or the house style changed."""


class Watch:
    """Calls ``told(release ids)`` whenever somebody changed something; own changes included.

    ``line(there)`` is called when the line to the server was cut and when it is back. Both
    are called in a thread of their own, from ``begin`` to ``end``; never for a file, nor for
    a reader, who is not called.
    """

    def __init__(
        self,
        archive: Archive,
        told: Callable[[tuple[int, ...]], None],
        line: Callable[[bool], None] = lambda _there: None,
    ) -> None:
        self._archive, self._told, self._line = archive, told, line
        self._listener: Listener | None = None
        self._ended = False
        self._lock = Lock()

    def begin(self) -> None:
        """Listen from now on, in any thread; not once it has ended.

        raises  DeskUnavailable when the server does not answer
        """
        with self._lock:
            if self._ended or self._archive.read_only:
                return
            if isinstance(self._archive.place, Server):
                from pressdesk.archive.office_feed import Listener

                self._listener = Listener(self._archive, self._told, self._line)

    def end(self) -> None:
        """Nothing is told any more, also when ``begin`` is under way or still to come."""
        with self._lock:
            self._ended = True
            if self._listener is not None:
                self._listener.close()
