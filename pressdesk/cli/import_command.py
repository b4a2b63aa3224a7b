"""The command that imports past releases: import."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from pressdesk.base.address import Address
from pressdesk.base.errors import ReadFailed
from pressdesk.cli import desks, output
from pressdesk.cli.output import AS_JSON
from pressdesk.desk import importing
from pressdesk.desk.proposals import Review
from pressdesk.formats.registry import Draft, ReadDrafts

Ids = tuple[int | None, ...]
"""The release of each draft of a file, None for one that was not taken in."""


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=desks.PATH)
@click.option("--yes", is_flag=True, help="Import the items as drafts; without it, only show them.")
@AS_JSON
@click.pass_obj
def import_(desk: Address | None, files: tuple[Path, ...], yes: bool, as_json: bool) -> None:
    """Read past releases from text files, show what was found and, with --yes, import it.

    If a file cannot be read or contains no release, nothing is imported.
    """
    today = desks.now().astimezone().date()
    with output.progress("Reading", total=len(files)) as step:
        opened = []
        for file in files:
            opened.append(_read(file, today))
            step()
    empty = [f"{o.name}: {' '.join(o.found.remarks)}" for o in opened if not o.found.drafts]
    ids: list[Ids] = [(None,) * len(one.found.drafts) for one in opened]
    if yes and not empty:
        ids = _take_in(desk, opened)
    if as_json:
        _print_json(opened, ids)
    else:
        for one, numbers in zip(opened, ids, strict=True):
            _print(one.found, numbers)
    if empty:
        raise ReadFailed(" ".join(empty), hint="Nothing was imported." if yes else "")


def _read(file: Path, today: date) -> importing.ReadFile:
    """Read a file; one of several that cannot be read is named."""
    try:
        return importing.read_file(file, today=today)
    except ReadFailed as error:
        if file.name in error.what:
            raise
        raise ReadFailed(f"{file.name}: {error.what}", hint=error.hint) from error


def _take_in(desk: Address | None, opened: Sequence[importing.ReadFile]) -> list[Ids]:
    """File each file as one batch; items the desk has already are passed over."""
    now = desks.now()
    ids: list[Ids] = []
    with (
        desks.opened(desk, to_write=True) as archive,
        output.progress("Importing", total=len(opened)) as step,
    ):
        for one in opened:
            review = importing.open_review(archive, one, today=now.astimezone().date(), now=now)
            batch = None
            if any(proposal.accepted for proposal in review.proposals):
                batch, _changes = importing.take_in(archive, one, review, now=now)
            ids.append(importing.ids_of(review, batch))
            _tell_skipped(review)
            step()
    return ids


def _tell_skipped(review: Review) -> None:
    for proposal in review.proposals:
        if proposal.twin and not proposal.accepted:
            number = proposal.twin.release_id
            output.say(f"passed over, already release {number}: {proposal.draft.title}", err=True)


def _print_json(opened: Sequence[importing.ReadFile], ids: Sequence[Ids]) -> None:
    whole: dict[str, list[object]] = {"items": [], "removed": []}
    for one, numbers in zip(opened, ids, strict=True):
        part = importing.as_json(one.found, numbers)
        for key, values in whole.items():
            found = part[key]
            assert isinstance(found, list)
            values.extend(found)
    output.print_json(whole)


def _print(found: ReadDrafts, ids: Ids) -> None:
    for draft, number in zip(found.drafts, ids, strict=True):
        head = (str(number or "-"), draft.language, draft.date or "no date", draft.kind)
        output.say("  ".join((*head, draft.title)))
        for line in _details(draft):
            output.say(f"   {line}")
    for removed in found.removed:
        output.say(f"set aside: {removed.text}")
    for remark in found.remarks if found.drafts else ():  # else they are the fault
        output.say(remark, err=True)


def _details(draft: Draft) -> list[str]:
    lines = [f"{len(draft.paragraphs)} paragraphs"]
    if draft.questions:
        lines.append("open: " + ", ".join(draft.questions))
    for contact in draft.contacts:
        said = (contact.name, contact.role, *(way.printed for way in contact.ways))
        lines.append("contact: " + ", ".join(filter(None, said)))
    return lines
