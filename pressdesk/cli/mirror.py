"""The command that keeps a copy of what an office issued in a file."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import click

from pressdesk.base.address import Address
from pressdesk.base.errors import PressDeskError
from pressdesk.cli import desks
from pressdesk.desk import mirroring


@click.command()
@click.argument("server", type=desks.DESK)
@click.argument("file", type=desks.PATH)
@click.option("--watch", is_flag=True, help="Go on until interrupted: follow every change.")
def mirror(server: Address, file: Path, watch: bool) -> None:
    """Bring FILE up to what the desk on SERVER has issued; it can then be read offline.

    Drafts and what is under an embargo are not in it. A file that is no mirror is not touched.
    """
    if isinstance(server, Path):
        raise click.UsageError("Name a server: postgresql://name@host/database")
    with desks.opened(server) as archive:
        if watch:
            mirroring.follow(archive, file, _say, _failed, Event())
        else:
            _say(mirroring.pull(archive, file))


def _say(done: mirroring.Pulled) -> None:
    text = f"{done.taken} taken in, {done.dropped} taken out"
    text += f", {done.repaired} repaired" if done.repaired else ""
    click.echo(text + (" (made anew)" if done.anew else ""))


def _failed(error: PressDeskError) -> None:
    click.echo(f"waiting: {error}", err=True)
