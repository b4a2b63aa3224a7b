"""Which desk a command works on, and finding an edition on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pressdesk.archive.desk_file import Archive
    from pressdesk.press.filed import Filed

PATH = click.Path(path_type=Path, readable=False)
"""A path as it was typed. What is wrong with the file is told by whoever opens it: a fault of
the input, not of the usage."""


def chosen(desk: Path | None) -> Path:
    """The desk named on the command line, else the one opened last, else the default one."""
    from pressdesk.base import settings

    last = settings.load().last_desk
    return desk or (Path(last) if last else settings.default_desk())


@contextmanager
def opened(desk: Path | None, *, to_write: bool = False) -> Iterator[Archive]:
    """The chosen desk, closed at the end; read-only where it cannot be written and need not.

    raises  DeskUnavailable when it cannot be opened, also when it is not there: a typing
            mistake must not make a new desk.
    """
    from pressdesk.archive.desk_file import open_desk
    from pressdesk.base import settings
    from pressdesk.base.errors import DeskReadOnly, DeskUnavailable
    from pressdesk.desk.history import author

    path = chosen(desk)
    if _missing(path):
        hint = f"Make one: pressdesk --desk {path} init"
        raise DeskUnavailable(f"There is no desk at {path}.", hint=hint)
    try:
        archive = open_desk(path)
    except DeskReadOnly:
        if to_write:
            raise
        archive = open_desk(path, read_only=True)
    archive.sign(author(settings.load().author))
    try:
        yield archive
    finally:
        archive.close()


def _missing(path: Path) -> bool:
    """True when there is nothing; what may not be looked at is told by who opens it."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False


LARGEST = 2**63 - 1
"""The largest id a desk can hold."""


def find(archive: Archive, number: int, language: str | None, edition: int | None) -> Filed:
    """An edition: of the only language unless one is named, the newest unless one is numbered.

    raises  NotFound; UsageError when the release has several languages and none is named.
    """
    from pressdesk.base.errors import NotFound

    if not 0 < number <= LARGEST:
        raise NotFound(f"There is no release {number} in this desk.")
    if language is None:
        known = [row.language for row in archive.releases.languages(number)]
        if len(known) > 1:
            raise click.UsageError(
                f"Release {number} has several languages; name one: "
                + " or ".join(f"--language {tag}" for tag in known)
            )
    return archive.releases.find(number, language=language, number=edition)


def now() -> datetime:
    """The moment it is."""
    return datetime.now(UTC)
