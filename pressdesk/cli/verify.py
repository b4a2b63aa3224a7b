"""Command verify: the register of the desk, or a file that left one."""

from __future__ import annotations

from pathlib import Path

import click

from pressdesk.base.address import Address
from pressdesk.cli import desks, output
from pressdesk.cli.making import drawing
from pressdesk.cli.output import AS_JSON
from pressdesk.desk import signatures, verifying
from pressdesk.desk.signatures import PublicKey
from pressdesk.press.register.checkpoint import Checkpoint


@click.command()
@click.argument("file", required=False, type=desks.PATH)
@click.option(
    "--checkpoint",
    "kept",
    metavar="FILE",
    type=desks.PATH,
    help="A checkpoint kept elsewhere, or a read-only copy or backup with one; without --desk,"
    " only it vouches.",
)
@click.option("--key", metavar="KEY", help="A public key that has to have signed the checkpoint.")
@AS_JSON
@click.pass_obj
def verify(
    desk: Address | None, file: Path | None, kept: Path | None, key: str | None, as_json: bool
) -> None:
    """Verify the register of the desk, or the exported FILE; exit code 1 if something is wrong.

    Without FILE, recompute every entry of the register and every sealed sheet, and name the first
    thing that does not hold. With a PDF or HTML file, say which edition it is, whether its proof
    holds, whether this desk has the same record and text, and whether it was replaced since.
    """
    seen = verifying.checkpoint_of(kept) if kept is not None else None
    signer = signatures.public_key(key) if key is not None else None
    if signer is not None and (file is None or desk is not None):
        raise click.UsageError("--key is for a FILE without --desk.")
    if file is None:
        sound = _of_desk(desk, seen, as_json=as_json)
    else:
        sound = _of_file(desk, file, seen, signer, as_json=as_json)
    if not sound:
        raise click.exceptions.Exit(1)


def _of_desk(desk: Address | None, seen: Checkpoint | None, *, as_json: bool) -> bool:
    with (
        desks.opened(desk, whole=True) as archive,
        output.progress("Verifying", total=verifying.parts()) as step,
    ):
        found = verifying.desk(archive, seen=seen, going_on=step)
        place = str(archive.place)
    first = found.faults[0] if found.faults else None
    if as_json:
        known = {
            "desk": place,
            "sound": found.sound,
            "looked_at": found.looked_at,
            "checkpoints": [str(one) for one in found.checkpoints],
            "continues": found.said.holds if found.said else None,
            "first": {"part": first.part, "where": first.where} if first else None,
            "faults": len(found.faults),
        }
        output.print_json(known)
        return found.sound
    rows = [(part, str(number)) for part, number in found.looked_at.items()]
    rows += [("checkpoint", " ".join(str(one).split())) for one in found.checkpoints]
    if "register" not in found.looked_at:
        rows.append(("wrong", "This desk has no register."))
    if found.said is not None:
        rows.append((_mark(found.said.holds), found.said.words))
    if first is not None:
        more = f" (and {len(found.faults) - 1} more)" if len(found.faults) > 1 else ""
        rows.append(("wrong", f"{first.part}: {first.where}{more}"))
    elif found.sound:
        rows.append(("right", "Everything holds."))
    output.print_rows(rows)
    return found.sound


def _of_file(
    desk: Address | None,
    file: Path,
    seen: Checkpoint | None,
    key: PublicKey | None,
    *,
    as_json: bool,
) -> bool:
    data, proof = verifying.proof_of(file)
    if desk is None and (seen is not None or key is not None):
        found = verifying.without_desk(proof, seen=seen, key=key)
    else:
        with desks.opened(desk, whole=True) as archive, drawing(desks.chosen(desk)) as render:
            found = verifying.by_desk(archive, data, proof, render=render, seen=seen)
    record = found.proof.record
    if as_json:
        known = {
            "file": str(file),
            "sound": found.sound,
            "edition": record.edition,
            "reference": record.reference,
            "language": record.language,
            "at": record.at,
            "checkpoint": str(found.proof.checkpoint),
            "said": [{"about": o.about, "holds": o.holds, "words": o.words} for o in found.said],
        }
        output.print_json(known)
        return found.sound
    rows = [("edition", found.edition)]
    rows += [(_mark(one.holds), one.words) for one in found.said]
    output.print_rows(rows)
    return found.sound


def _mark(holds: bool | None) -> str:
    return "note" if holds is None else "right" if holds else "wrong"
