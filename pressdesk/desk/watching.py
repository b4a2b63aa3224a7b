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

        A server that does not answer is listened to as soon as it does.
        """
        if self._ended or self._archive.read_only or not isinstance(self._archive.place, Server):
            return
        from pressdesk.archive.office_feed import Listener

        listener = Listener(self._archive, self._told, self._line)
        with self._lock:
            if not self._ended:
                self._listener = listener
                return
        listener.close()  # it has ended while we asked

    def end(self) -> None:
        """Nothing is told any more, also when ``begin`` is under way or still to come.

        Waits for the thread to end, not for a ``begin`` that waits for its server.
        """
        with self._lock:
            self._ended = True
            listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()
