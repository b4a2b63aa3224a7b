"""The command that keeps an offline copy of a server desk: offline-copy."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import click

from pressdesk.base.address import Address
from pressdesk.base.errors import PressDeskError
from pressdesk.cli import desks, output
from pressdesk.desk import mirroring


@click.command()
@click.argument("server", type=desks.DESK)
@click.argument("file", type=desks.PATH)
@click.option("--watch", is_flag=True, help="Keep following changes until interrupted.")
def offline_copy(server: Address, file: Path, watch: bool) -> None:
    """Create or update FILE, an offline copy of what the desk on SERVER has issued.

    Drafts and embargoed items are left out. A file that is not an offline copy is not changed.
    """
    if isinstance(server, Path):
        raise click.UsageError("SERVER must have the form postgresql://name@host/database")
    with desks.opened(server) as archive:
        if watch:
            mirroring.follow(archive, file, _say, _failed, Event())
        else:
            _say(mirroring.pull(archive, file))


def _say(done: mirroring.Pulled) -> None:
    text = f"{done.taken} added, {done.dropped} removed"
    text += f", {done.repaired} repaired" if done.repaired else ""
    output.say(text + (" (rebuilt)" if done.anew else ""))


def _failed(error: PressDeskError) -> None:
    output.say(f"waiting: {error}", err=True)
