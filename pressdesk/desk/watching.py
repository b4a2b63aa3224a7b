"""Listens for changes by others on a server desk; a file desk has no such events."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

from pressdesk.base.address import Server
from pressdesk.desk import changes
from pressdesk.desk.changes import Change, Changes

if TYPE_CHECKING:
    from pressdesk.archive.file.desk_file import Archive
    from pressdesk.archive.server.changes import News
    from pressdesk.archive.server.listening import Listener


class Watch:
    """Calls ``told(Changes)`` whenever someone else changes the desk.

    ``line(there)`` is called when the line to the server was cut and when it is back. Both
    are called in a thread of their own, from ``begin`` to ``end``; never for a file, nor for
    a reader, who is not called.
    """

    def __init__(
        self,
        archive: Archive,
        told: Callable[[Changes], None],
        line: Callable[[bool], None] = lambda _there: None,
    ) -> None:
        self._archive, self._hear, self._line = archive, told, line
        self._listener: Listener | None = None
        self._ended = False
        self._lock = Lock()

    def begin(self) -> None:
        """Listen from now on, in any thread; not once it has ended.

        A server that does not answer is listened to as soon as it does.
        """
        if self._ended or self._archive.read_only or not isinstance(self._archive.place, Server):
            return
        from pressdesk.archive.server.listening import Listener

        listener = Listener(self._archive, self._told, self._line)
        with self._lock:
            if not self._ended:
                self._listener = listener
                return
        listener.close()  # it has ended while we asked

    def _told(self, news: News) -> None:
        if news.of_others:
            self._hear(of_others(news))

    def end(self) -> None:
        """Stop all calls, even if ``begin`` is still running or comes later.

        Waits for the thread to end, not for a ``begin`` that waits for its server.
        """
        with self._lock:
            self._ended = True
            listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()


def of_others(news: News) -> Changes:
    """What others changed, as an action of our own would say it.

    Of what autosave kept only a row can read differently; of what was stored anything can.
    """
    told = changes.whole(*news.stored)
    for release_id in news.kept:
        told |= changes.of(release_id, Change.TEXT, Change.HEADLINE)
    if news.people:
        told |= changes.of_desk(Change.CONTACTS, Change.HOUSE)
    return told
