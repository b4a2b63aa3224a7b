"""Commands for the care of a desk: backup, backups, restore-backup, check, read-only-copy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressdesk.base.address import Address
from pressdesk.base.errors import BadInput
from pressdesk.cli import desks, output
from pressdesk.cli.output import AS_JSON
from pressdesk.desk import care, looking_after, repairing

if TYPE_CHECKING:
    from pressdesk.desk.opening import Desk


@click.command()
@click.argument("out", metavar="[OUT]", required=False, type=desks.PATH)
@click.pass_obj
def backup(desk: Address | None, out: Path | None) -> None:
    """Back up the desk, even while it is in use; verify the backup and print its path.

    Without OUT, add it to the desk's backups and delete old ones: one backup a day is kept for
    7 days and one a week for 4 weeks.
    """
    with (
        desks.opened(desk, whole=True) as archive,
        output.progress("Backing up", total=100) as step,
    ):
        told = output.percent(step)
        if out is None:
            out = care.make(archive.path, archive.uid, now=desks.now(), step=told).path
        else:
            looking_after.copy(archive, out, told=told)
    output.say(str(out))


@click.command()
@AS_JSON
@click.pass_obj
def backups(desk: Address | None, as_json: bool) -> None:
    """List the backups of the desk, newest first: date, reason, size and contents."""
    with desks.opened(desk) as archive:
        found = care.backups(archive.uid)
    if as_json:
        output.print_json([_entry(one) for one in found])
    else:
        output.print_rows([_line(one) for one in found])


def _entry(one: care.Backup) -> dict[str, object]:
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
        "manifest": one.vouched,
    }


def _line(one: care.Backup) -> tuple[str, ...]:
    held = one.contents
    inside = f"{held.releases} releases, {held.drafts} drafts" if held else one.fault
    if held and not one.vouched:
        inside += ", no manifest"
    day = f"{one.at.astimezone():%Y-%m-%d %H:%M}"
    return (day, one.reason, f"{one.size / 2**20:.1f} MB", inside, str(one.path))


@click.command("restore-backup")
@click.argument("file", type=desks.PATH)
@click.pass_obj
def restore_backup(desk: Address | None, file: Path) -> None:
    """Replace the desk with the backup FILE; the current desk is backed up first.

    Fails while the desk is open in a window.
    """

    desks.not_reading()
    path = desks.chosen_file(desk)
    held, aside = care.restore(path, file, now=desks.now())
    output.say(f"{path}: {held.releases} releases, {held.issued} issued, {held.drafts} drafts")
    if aside is not None:
        output.say(f"before: {aside}")


@click.command()
@click.option("--repair", is_flag=True, help="Restore what proves itself; rebuild derived data.")
@click.option(
    "--from", "backup", metavar="BACKUP", type=desks.PATH, help="Restore from this backup as well."
)
@click.option("--yes", is_flag=True, help="Repair without asking.")
@click.option(
    "--since-last", is_flag=True, help="Check what came since the last check of the whole desk."
)
@AS_JSON
@click.pass_obj
def check(
    desk: Path | None,
    repair: bool,
    backup: Path | None,
    yes: bool,
    since_last: bool,
    as_json: bool,
) -> None:
    """Check everything stored in the desk; exit code 1 if something is wrong.

    Checks every page, reference, table and trigger of the file; each issued edition against its
    last revision and its sealed sheet; revisions, attachments and originals against their hashes;
    and list rows, search index and counts against their sources, where those are intact.

    --repair first lists what would be restored, and from what, and asks. An issued text is
    restored only from what the register vouches for; a draft from its last revision. The damaged
    desk is copied to its backups before.

    With --since-last, takes seconds where there are 100,000 releases. The register has to go on
    from where it stood at the last check of the whole desk on this computer that found no
    problem; its older entries are not computed anew. What was issued, saved or imported since is
    checked, and that nothing issued is missing. An older text that another program altered is not
    noticed, and pages, references and search index are not checked. Without such a check,
    everything is.
    """
    if (backup or yes) and not repair:
        raise click.UsageError("--from and --yes are for --repair.")
    if repair and since_last:
        raise click.UsageError("--repair and --since-last cannot be used together.")
    before = None
    with desks.opened(desk, to_write=repair, whole=True) as archive:
        if since_last:
            report, before = _look_since(archive)
        else:
            report = _look(archive, repair=False)
        derived = all(fault.mendable for fault in report.faults)
        if repair and not report.sound and (derived or _repaired(archive, backup, yes)):
            report = _look(archive, repair=True)
        since = before.at if before is not None else None
        if as_json:
            known = {"desk": str(archive.place), "sound": report.sound, "since": since}
            output.print_json({**known, **_report(report)})
        else:
            output.print_rows(_report_rows(report))
            if since is not None:
                output.say(f"Older than {since.astimezone():%Y-%m-%d %H:%M}: checked then, not now")
            for line in report.left_open:
                output.say(f"Possible: {line}", err=True)
    if not report.sound:
        raise click.exceptions.Exit(1)


@click.command("take-over")
@click.argument("out", type=desks.PATH)
@click.option("--yes", is_flag=True, help="Do not ask where texts are damaged.")
@click.pass_obj
def take_over(desk: Address | None, out: Path, yes: bool) -> None:
    """Copy what a desk holds that another program changed to a new desk OUT.

    For a desk that can only be read because its tables or triggers are not those of PressDesk.
    Only PressDesk's own tables are copied, with the register. Damaged texts are listed first;
    they are copied as they are. The old file is not changed.
    """
    with desks.opened(desk, whole=True) as archive:
        found = looking_after.altered(archive)
        for line in found.structure:
            output.say(f"Changed: {line}", err=True)
        for fault in found.texts:
            output.say(f"Damaged: {fault.part}: {fault.where}", err=True)
        if found.texts and not yes and not _agreed("Copy the damaged texts as well?"):
            raise click.exceptions.Exit(1)
        with output.progress("Copying", total=100) as step:
            told = output.percent(step)
            releases = looking_after.take_over(archive, out, found, told=told)
    output.say(f"{out}: {releases} releases")


def _agreed(question: str) -> bool:
    return desks.on_terminal() and click.confirm(question, err=True)


def _look(archive: Desk, *, repair: bool) -> looking_after.Report:
    with output.progress("Checking", total=looking_after.parts(repair=repair)) as step:
        return looking_after.look(
            archive, repair=repair, now=desks.now(), going_on=lambda _done, _all: step()
        )


def _look_since(archive: Desk) -> tuple[looking_after.Report, looking_after.Checked | None]:
    with output.progress("Checking", total=looking_after.parts(repair=False)) as step:
        return looking_after.look_since(
            archive, now=desks.now(), going_on=lambda _done, _all: step()
        )


def _repaired(archive: Desk, backup: Path | None, yes: bool) -> bool:
    """Say on stderr what would be restored, ask, and do it; whether it was done."""
    total = 2 * looking_after.parts(repair=False)
    try:
        with output.progress("Planning", total=total) as step:
            planned = repairing.plan(archive, file=backup, told=lambda _part: step())
    except BadInput as error:  # on a server; a backup of another desk
        output.say(f"Not repaired: {error}", err=True)
        return False
    for act in planned.acts:
        output.say(f"Repair: {repairing.line(act)}", err=True)
    for fault in planned.left:
        output.say(f"Nothing vouches for: {fault.part}: {fault.where}", err=True)
    if not planned.acts:
        return False
    if not yes and not _agreed("Repair?"):
        return False
    with output.progress("Repairing", total=total) as step:
        copy = repairing.repair(
            archive, planned, file=backup, now=desks.now(), told=lambda _part: step()
        )
    output.say(f"before: {copy}", err=True)
    return True


def _report(report: looking_after.Report) -> dict[str, object]:
    return {
        "looked_at": report.looked_at,
        "faults": [_fault(fault) for fault in report.faults],
        "mended": [_fault(fault) for fault in report.mended],
        "left_open": list(report.left_open),
    }


def _fault(fault: looking_after.Fault) -> dict[str, object]:
    return {"part": fault.part, "where": fault.where, "mendable": fault.mendable}


def _report_rows(report: looking_after.Report) -> list[tuple[str, ...]]:
    wrong = {fault.part for fault in report.faults}
    rows: list[tuple[str, ...]] = [
        (part, str(number), "wrong" if part in wrong else "sound")
        for part, number in report.looked_at.items()
    ]
    rows += [("mended", fault.part, fault.where) for fault in report.mended]
    for fault in report.faults:
        advice = " (--repair rebuilds it)" if fault.mendable else ""
        rows.append(("wrong", fault.part, fault.where + advice))
    return rows


@click.command("read-only-copy")
@click.argument("out", type=desks.PATH)
@click.pass_obj
def read_only_copy(desk: Address | None, out: Path) -> None:
    """Create a read-only copy with only what is issued and not under embargo.

    Drafts, embargoed items, revisions, the trash, the contact list and import originals are left
    out. Anyone can open the copy; nobody can change it.
    """
    with desks.opened(desk) as archive, output.progress("Copying", total=100) as step:
        held = looking_after.reading_copy(archive, out, now=desks.now(), told=output.percent(step))
    output.say(f"{out}: {held.releases} releases, {held.issued} editions")
