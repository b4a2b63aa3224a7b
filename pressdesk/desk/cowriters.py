"""Who else is editing the open edition; only a desk on a server can tell."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from pressdesk.base import settings
from pressdesk.base.address import Server
from pressdesk.desk import history

if TYPE_CHECKING:
    from pressdesk.archive.file.desk_file import Archive
    from pressdesk.archive.server.presence import Presence


class CoWriters:
    """Tells the server what this person writes, and asks it who does already.

    Safe to use from any thread. A courtesy: what keeps texts safe is their version.
    """

    def __init__(self) -> None:
        self._one_at_a_time, self._closed = Lock(), False
        self._archive: Archive | None = None
        self._presence: Presence | None = None
        self._edition = 0

    def write(self, archive: Archive, edition_id: int) -> str:
        """Register the edition this person is editing; returns who already is, or "".

        edition_id  0 when none is open that could be written
        raises      DeskUnavailable when the server does not answer
        """
        with self._one_at_a_time:
            presence = None if self._closed else self._at(archive)
            if presence is None:
                return ""
            if self._edition != edition_id:
                presence.end(self._edition)
            self._edition = edition_id
            return (presence.begin(edition_id) or "") if edition_id else ""

    def close(self) -> None:
        """This person left, for good. Does not wait for a server that is silent."""
        self._closed = True
        presence = self._presence
        if presence is not None:
            presence.cut()
        with self._one_at_a_time:
            self._leave()

    def _leave(self) -> None:
        if self._presence is not None:
            self._presence.close()
        self._archive, self._presence, self._edition = None, None, 0

    def _at(self, archive: Archive) -> Presence | None:
        if self._archive is not archive:
            self._leave()
            self._archive = archive
            if isinstance(archive.place, Server) and not archive.read_only:
                from pressdesk.archive.server.presence import Presence

                self._presence = Presence(archive, history.author(settings.load().author))
        return self._presence
