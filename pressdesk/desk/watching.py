"""Hears what others change on a desk on a server; a file has nobody who would call."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pressdesk.base.address import Server

if TYPE_CHECKING:
    from pressdesk.archive.desk_file import Archive

PEOPLE = 0
"""Among the ids of releases: contacts or the house style changed."""

Stop = Callable[[], None]


def watch(
    archive: Archive,
    told: Callable[[tuple[int, ...]], None],
    line: Callable[[bool], None] = lambda _there: None,
) -> Stop | None:
    """Call ``told(release ids)`` whenever somebody changed something; own changes included.

    ``line(there)`` is called when the line to the server was cut and when it is back. Both
    are called in a thread of their own. Returns what ends that thread, None for a file and
    for a reader, who is not called.
    raises  DeskUnavailable when the server does not answer
    """
    if not isinstance(archive.place, Server) or archive.read_only:
        return None
    from pressdesk.archive.office_feed import Listener

    return Listener(archive, told, line).close
