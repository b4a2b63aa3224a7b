"""Chooses the desk a command works on, and finds an edition in it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from pressdesk.base.address import Address, address, is_server, split

if TYPE_CHECKING:
    from pressdesk.desk.opening import Desk
    from pressdesk.press.filed import Filed

Got = TypeVar("Got")

PATH = click.Path(path_type=Path, readable=False)
"""A path as typed. Problems with the file are reported when it is opened: an input error, not
a usage error."""


class _Desk(click.ParamType[Address]):
    """A path or a server URL; a password in it is used for this run only and never stored."""

    name = "desk"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Address:
        if not isinstance(value, str) or not is_server(value):
            found: Path = PATH.convert(value, param, ctx)  # type: ignore[arg-type]
            return found
        from pressdesk.base import passwords

        server, password = split(value)
        if password is not None:
            passwords.say(server, password)
        return server


DESK = _Desk()
"""A desk on the command line."""

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def _tag(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not _TAG.fullmatch(value):
        raise click.BadParameter(f"{value!r} is not a language tag such as en or ru.")
    return value


LANGUAGE = click.option("--language", metavar="L", callback=_tag, help="A tag such as en or ru.")
EDITION = click.option(
    "--edition", metavar="N", type=click.IntRange(1, 1_000_000), help="Not the newest one."
)


def chosen(desk: Address | None) -> Address:
    """The desk named on the command line, else the one opened last, else the default one."""
    from pressdesk.base import settings

    last = settings.load().last_desk
    return desk or (address(last) if last else settings.default_desk())


def chosen_file(desk: Address | None) -> Path:
    """The same, for commands that only work on a file."""
    place = chosen(desk)
    if not isinstance(place, Path):
        raise click.UsageError(f"{place} is on a server; ask your administrator about backups.")
    return place


@contextmanager
def opened(desk: Address | None, *, to_write: bool = False, whole: bool = False) -> Iterator[Desk]:
    """The chosen desk, closed at the end; read-only where it cannot be written and need not.

    whole   what is not out is needed as well
    raises  DeskUnavailable when it cannot be opened, also when it is not there: a typing
            mistake must not make a new desk. UsageError under --read for what it rules out
    """
    from pressdesk.base.errors import DeskUnavailable
    from pressdesk.desk import opening

    if to_write or whole:
        not_reading()
    place = chosen(desk)
    if isinstance(place, Path) and _missing(place):
        hint = f"Create one: pressdesk --desk {place} init"
        raise DeskUnavailable(f"There is no desk at {place}.", hint=hint)
    archive, _why = asking(place, partial(opening.opened, reading=reading(), writing=to_write))
    try:
        yield archive
    finally:
        archive.close()


def reading() -> bool:
    """The program was called with --read."""
    context = click.get_current_context(silent=True)
    return bool(context and context.find_root().params.get("read"))


def not_reading() -> None:
    """Raise UsageError where the program was called with --read."""
    if reading():
        raise click.UsageError("This command is not available with --read.")


def asking(place: Address, work: Callable[[Address], Got]) -> Got:
    """Do it; where a server wants a password, ask for it on the terminal and do it again.

    raises  DeskPassword when there is no terminal or the password was wrong as well
    """
    from pressdesk.base import passwords
    from pressdesk.base.errors import DeskPassword

    try:
        return work(place)
    except DeskPassword:
        if isinstance(place, Path) or not on_terminal():
            raise
        typed = click.prompt(f"Password for {place}", hide_input=True, err=True)
        passwords.say(place, typed)
        return work(place)


def on_terminal() -> bool:
    """Whether standard input is a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


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


def find(archive: Desk, number: int, language: str | None, edition: int | None) -> Filed:
    """An edition: of the only language unless one is named, the newest unless one is numbered.

    raises  NotFound; UsageError when the release has several languages and none is named.
    """
    from pressdesk.base.errors import NotFound
    from pressdesk.desk import editions

    if not 0 < number <= LARGEST:
        raise NotFound(f"There is no release {number} in this desk.")
    if language is None:
        known = [row.language for row in editions.languages(archive, number)]
        if len(known) > 1:
            raise click.UsageError(
                f"Release {number} has several languages; choose one: "
                + " or ".join(f"--language {tag}" for tag in known)
            )
    return editions.find(archive, number, language, number=edition)


def now() -> datetime:
    """The current time."""
    return datetime.now(UTC)
