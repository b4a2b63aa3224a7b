"""Commands that create files: init, export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from pressdesk.base import settings
from pressdesk.base.address import Address
from pressdesk.base.errors import EmbargoStands, UnknownFormat
from pressdesk.base.files import own_folder
from pressdesk.cli import desks, output
from pressdesk.cli.desks import EDITION, LANGUAGE
from pressdesk.cli.issue import reason
from pressdesk.desk import clock, exporting, noting, opening, own_templates
from pressdesk.formats import registry


@click.command()
@click.option("--samples", is_flag=True, help="Add sample releases of a fictional institution.")
@click.pass_obj
def init(desk: Address | None, samples: bool) -> None:
    """Create the desk; an existing file is never changed."""

    desks.not_reading()
    path = desk or settings.default_desk()
    if not isinstance(path, Path):
        raise click.UsageError(f"To create a desk on a server: pressdesk office init {path}")
    if path == settings.default_desk():
        own_folder(path.parent)
    if samples:
        from pressdesk.desk import samples as sample_desk

        with output.progress("Creating the sample desk", total=sample_desk.count()) as step:
            sample_desk.make(path, step=step)
    else:
        opening.make(path)
    output.say(str(path))


class _Formats(click.ParamType[tuple[str, ...]]):
    """Comma-separated format names; the help lists all of them."""

    name = "formats"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """The names that are known."""

        return ",".join(form.name for form in exporting.formats())

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The names without duplicates; an unknown name is a usage error."""

        names = tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
        if not names:
            self.fail("Name a format, such as pdf.", param, ctx)
        try:
            return tuple(registry.form(name).name for name in names)
        except UnknownFormat as error:
            self.fail(str(error), param, ctx)


@click.command()
@click.argument("numbers", metavar="ID...", nargs=-1, required=True, type=int)
@click.option("--to", "formats", required=True, type=_Formats())
@click.option("--out", "folder", metavar="FOLDER", required=True, type=desks.PATH)
@LANGUAGE
@EDITION
@click.option(
    "--embargoed",
    "despite",
    metavar="REASON",
    callback=reason,
    help="Export even if under embargo; REASON is kept in the history, also that of a draft.",
)
@click.pass_obj
def export(
    desk: Address | None,
    numbers: tuple[int, ...],
    formats: tuple[str, ...],
    folder: Path,
    language: str | None,
    edition: int | None,
    despite: str,
) -> None:
    """Export releases to files and print their paths, one per line.

    Files of drafts and of embargoed texts are noted in the history.
    """
    with desks.opened(desk) as archive:
        at = desks.now()
        known = clock.of(archive, now=at)
        at, doubt = known.sure(at), known.doubt(at)
        filed = [desks.find(archive, n, language, edition) for n in dict.fromkeys(numbers)]
        parcels = [exporting.ready(archive, one, now=at) for one in filed]
        try:
            noting.guard(archive, [one.sheet for one in parcels], now=at, despite=despite)
        except EmbargoStands as error:
            hint = f"{doubt} Add --embargoed REASON to export it anyway.".lstrip()
            raise EmbargoStands(error.what, hint=hint) from error
        written: list[exporting.Written] = []
        try:
            with (
                drawing(desks.chosen(desk)) as render,
                output.progress("Exporting", total=len(parcels) * len(formats)) as step,
            ):
                for one in exporting.export(
                    archive, parcels, folder, formats, now=at, render=render, despite=despite
                ):
                    written.append(one)
                    step()
        finally:
            _tell(written, issued=all(parcel.sheet.state.out for parcel in parcels))


@contextmanager
def drawing(desk: Address) -> Iterator[exporting.Render]:
    """Renders in this process or, with the office's own templates, in a limited child."""
    templates = (
        own_templates.agreed_templates(desk, settings.load()) if isinstance(desk, Path) else None
    )
    if templates is None:
        yield exporting.in_process()
        return
    from pressdesk.desk.rendering import Renderer

    renderer = Renderer()
    try:
        yield renderer.drawing(templates)
    finally:
        renderer.close()


def _tell(written: Sequence[exporting.Written], *, issued: bool) -> None:
    for one in written:
        output.say(str(one.path))
        for loss in one.losses:
            output.say(f"{one.path.name}: {loss}", err=True)
    if said := exporting.compared_line(written, issued=issued):
        output.say(said, err=True)
