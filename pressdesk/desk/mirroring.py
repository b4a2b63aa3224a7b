"""Keeps an offline copy of what an office has issued on this machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from pressdesk.base.errors import DeskForeign, DeskFull, DeskUnavailable, PressDeskError

if TYPE_CHECKING:
    from pressdesk.archive.copies.mirror import Pulled as Pulled
    from pressdesk.archive.file.desk_file import Archive

SECONDS = 60.0
"""Between two looks when nobody calls: embargoes end without a word."""

Told = Callable[[int, int], None]


def pull(archive: Archive, file: Path, told: Told = lambda _done, _all: None) -> Pulled:
    """Bring the copy up to date once.

    raises  DeskUnavailable when the server does not answer, when the desk is no server's, or
            when ``file`` is something else than a mirror; DeskFull, DeskLocked
    """
    from pressdesk.archive.copies import feed, mirror

    return mirror.pull(feed.of(archive), file, told=told)


def follow(
    archive: Archive,
    file: Path,
    pulled: Callable[[Pulled], None],
    failed: Callable[[PressDeskError], None],
    ended: Event,
) -> None:
    """Pull when the server calls and each minute, until ``ended`` is set.

    failed  told of a server that does not answer for a while; it is asked again
    raises  DeskForeign and DeskFull, which do not pass by themselves; else as ``pull``, but
            only for the first time
    """
    from pressdesk.archive.copies import feed
    from pressdesk.archive.server.listening import Listener

    feed.of(archive)  # raises for the desk of a file, which calls nobody
    wake = Event()
    listener = Listener(archive, lambda _news: wake.set())
    try:
        pulled(pull(archive, file))  # whatever is issued from here on, the listener hears
        while not ended.is_set():
            wake.wait(SECONDS)
            wake.clear()
            try:
                pulled(pull(archive, file))
            except (DeskForeign, DeskFull):
                raise
            except DeskUnavailable as error:
                failed(error)
    finally:
        listener.close()
