"""Commands that look after a desk: backup, backups, restore-backup, check, reading-copy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressdesk.cli import desks, output
from pressdesk.cli.reading import AS_JSON

if TYPE_CHECKING:
    from pressdesk.desk.care import Backup


@click.command()
@click.argument("out", metavar="[OUT]", required=False, type=desks.PATH)
@click.pass_obj
def backup(desk: Path | None, out: Path | None) -> None:
    """Copy the desk while it is in use, check the copy, and print its path.

    Without OUT it goes among the desk's own backups, where old ones are let go: the newest of
    7 days and of 4 weeks stay.
    """
    from pressdesk.archive.backup import backup as copy
    from pressdesk.desk import care

    with desks.opened(desk) as archive, output.progress("Backing up", total=100) as step:
        told = _percent(step)
        if out is None:
            out = care.make(archive.path, archive.uid, now=desks.now(), step=told).path
        else:
            copy(archive.path, out, step=told)
    click.echo(str(out))


def _percent(step: output.Stepped) -> output.Told:
    """Turns pages done into hundredths of the whole."""
    shown = 0

    def told(done: int, total: int) -> None:
        nonlocal shown
        while shown < 100 * done // max(1, total):
            shown += 1
            step()

    return told


@click.command()
@AS_JSON
@click.pass_obj
def backups(desk: Path | None, as_json: bool) -> None:
    """The backups of the desk, the newest first: when, why, how large, what is in it."""
    from pressdesk.desk import care

    with desks.opened(desk) as archive:
        found = care.backups(archive.uid)
    if as_json:
        output.print_json([_entry(one) for one in found])
    else:
        output.print_rows([_line(one) for one in found])


def _entry(one: Backup) -> dict[str, object]:
    held = one.contents
    return {
        "path": str(one.path),
        "at": one.at,
        "reason": one.reason,
        "size": one.size,
        "releases": held.releases if held else None,
        "issued": held.issued if held else None,
        "drafts": held.drafts if held else None,
        "fault": one.fault or None,
    }


def _line(one: Backup) -> tuple[str, ...]:
    held = one.contents
    inside = f"{held.releases} releases, {held.drafts} drafts" if held else one.fault
    day = f"{one.at.astimezone():%Y-%m-%d %H:%M}"
    return (day, one.reason, f"{one.size / 2**20:.1f} MB", inside, str(one.path))


@click.command("restore-backup")
@click.argument("file", type=desks.PATH)
@click.pass_obj
def restore_backup(desk: Path | None, file: Path) -> None:
    """Put the backup FILE in the place of the desk; what was there is kept among the backups.

    Refused while a window has the desk open.
    """
    from pressdesk.desk import care

    path = desks.chosen(desk)
    held, aside = care.restore(path, file, now=desks.now())
    click.echo(f"{path}: {held.releases} releases, {held.issued} issued, {held.drafts} drafts")
    if aside is not None:
        click.echo(f"before: {aside}")
