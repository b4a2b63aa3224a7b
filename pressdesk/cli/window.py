"""Commands that need Qt: opening the window, and taking a picture of it."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from types import ModuleType

import click

from pressdesk.base.address import Address
from pressdesk.cli import desks
from pressdesk.cli.display import has_display

_SIZE = re.compile(r"(\d{3,4})x(\d{3,4})")


def open_window(desk: Address | None, *, reading: bool = False) -> None:
    """Open the window on a desk and end the program with it.

    raises  ClickException where there is no display: Qt would abort the process, and no
            handler could catch that.
    """
    if not has_display():
        raise click.ClickException(
            "There is no display to open the window on. "
            "The other commands work without one: pressdesk --help."
        )
    sys.exit(_app().run(desk, reading=reading))


def _app() -> ModuleType:
    """The window's module; a missing system library is told by name."""
    try:
        import pressdesk.app
    except ImportError as error:
        if "shared object" not in str(error):
            raise
        raise click.ClickException(
            f"The window needs a system library: {error}. "
            "On Debian or Ubuntu: apt-get install libegl1 libgl1 libxcb-cursor0."
        ) from error
    return pressdesk.app


def _size(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[int, int]:
    found = _SIZE.fullmatch(value)
    if not found:
        raise click.BadParameter(f"{value!r} is not a size such as 1440x900.")
    return int(found[1]), int(found[2])


@click.command()
@click.argument("file", type=desks.PATH)
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light", show_default=True)
@click.option("--size", metavar="WxH", default="1440x900", show_default=True, callback=_size)
@click.option("--open", "number", metavar="ID", type=int, help="Release to open.")
@click.option(
    "--pane",
    type=click.Choice(["details", "page", "web", "history"]),
    default="details",
    show_default=True,
    help="Tab of the right pane.",
)
@click.pass_obj
def screenshot(
    desk: Address | None,
    file: Path,
    theme: str,
    size: tuple[int, int],
    number: int | None,
    pane: str,
) -> None:
    """Save a picture of the window to FILE without showing the window."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from pressdesk.cli import output
    from pressdesk.desk import editions

    path = desks.chosen(desk)
    with desks.opened(path) as archive:
        if number is not None:
            editions.languages(archive, number)
    _app().screenshot(path, file, theme, size, number, pane=pane, reading=desks.reading())
    output.say(str(file))
