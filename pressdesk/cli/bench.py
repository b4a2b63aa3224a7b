"""The command that makes a large desk to measure with: bench-desk."""

from __future__ import annotations

from pathlib import Path

import click

from pressdesk.cli import desks, output


@click.command("bench-desk")
@click.argument("number", metavar="N", type=click.IntRange(1))
@click.argument("file", metavar="FILE", type=desks.PATH)
@click.option("--short", is_flag=True, help="Texts of 150 words instead of 200 to 1500.")
@click.option("--seed", type=int, default=7, show_default=True, help="Other texts.")
def bench_desk(number: int, file: Path, short: bool, seed: int) -> None:
    """Make a desk of N invented releases at FILE: the same for the same N and seed."""
    from pressdesk.desk import bench_desk as desk
    from pressdesk.desk.bench_texts import TextPlan

    with output.progress("Writing releases", total=desk.steps(number)) as step:
        desk.make(file, number, plan=TextPlan(seed, short), step=step)
    click.echo(str(file))
