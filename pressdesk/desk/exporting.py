"""Prepares an edition for export and writes it to files."""

from __future__ import annotations

import secrets
import string
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from pressdesk.base.errors import NotFound
from pressdesk.base.files import atomic_write, make_folder, remove_stale, unique_name
from pressdesk.base.i18n import _
from pressdesk.desk import noting
from pressdesk.desk.filename import stem
from pressdesk.desk.issuing import contacts_of
from pressdesk.press.filed import Filed
from pressdesk.press.leaving import WayOut, embargoed
from pressdesk.press.register import proof as proofs
from pressdesk.press.release import Edition, Release
from pressdesk.press.sheet import Sheet, pictures

if TYPE_CHECKING:
    from pressdesk.archive.file.desk_file import Archive
    from pressdesk.formats.registry import Format

USUAL = ("pdf", "html")
"""The formats that are ticked until a person has chosen others; they are offered first."""

RANDOM_LETTERS = 6
"""In the name of an embargoed file: a name that can be guessed has leaked a budget before."""


class Parcel(Struct, frozen=True):
    """An edition ready to leave: its sheet and the bytes of its pictures."""

    release_id: int
    number: int
    slug: str
    sheet: Sheet
    attachments: Mapping[str, bytes]
    proof: str = ""
    """What the register says of an issued edition, as files carry it."""
    edition: str = ""
    """The uid of the edition."""

    def embargoed(self, now: datetime) -> bool:
        """True while its embargo stands; ``now`` is aware."""
        return embargoed(self.sheet, now)


class Target(Struct, frozen=True):
    """A file that is to be written: which parcel, in the format of which name, and where."""

    parcel: Parcel
    format: str
    path: Path


class Written(Struct, frozen=True):
    """A file that was exported, and what its format could not hold."""

    path: Path
    format: str
    losses: tuple[str, ...] = ()
    compared: bool = False
    """Its text was read back, and is that of the sheet."""


class Rendered(Struct, frozen=True):
    """The bytes of one format, and what it could not hold."""

    data: bytes
    losses: tuple[str, ...] = ()
    compared: bool = False
    """As in ``Written``."""


Render = Callable[[str, Parcel], Rendered]
"""Writes a parcel in the format of this name."""


def formats() -> tuple[Format, ...]:
    """Every format that can be exported, the usual ones first, the others by name.

    raises  Incomplete
    cost    some milliseconds the first time; no writer is imported
    """
    from pressdesk.formats import registry

    known = registry.formats()
    first = tuple(known[name] for name in USUAL if name in known)
    return first + tuple(form for form in known.values() if form not in first)


def sheet_of(archive: Archive, filed: Filed, *, now: datetime) -> Sheet:
    """What a reader of the edition sees.

    An issued edition gives the sheet that was stored when it was issued, never another; a
    draft is composed of its text as last seen, today's contacts and today's house style.
    """
    from pressdesk.press.compose import compose

    if filed.edition.state.out:
        issued = archive.releases.issued(filed.edition.id)
        if issued is None:
            raise NotFound(_("The issued sheet of this edition is missing from the desk."))
        return issued.sheet
    release, edition = filed.current()
    contacts = contacts_of(archive, edition)
    return compose(release, edition, archive.houses.get(), contacts, now=now)


def attachments(archive: Archive, sheet: Sheet) -> dict[str, bytes]:
    """The bytes of the logo and of the figures, by SHA-256, as far as the desk has them."""
    return archive.blobs.many(pictures(sheet))


def ready(archive: Archive, filed: Filed, *, now: datetime) -> Parcel:
    """The edition as a parcel; raises NotFound when a picture of it is lost."""
    return packed(archive, *filed.current(), sheet_of(archive, filed, now=now))


def packed(archive: Archive, release: Release, edition: Edition, sheet: Sheet) -> Parcel:
    """A sheet of this edition as a parcel; raises NotFound when a picture of it is lost.

    An issued edition is followed by its proof.
    raises  DeskForeign, too, where the register says otherwise than the desk
    """
    found = attachments(archive, sheet)
    complete(sheet, found)
    seal = archive.register.proof(edition.id) if sheet.state.out else None
    said = proofs.written(seal) if seal else ""
    return Parcel(release.id, edition.number, release.slug, sheet, found, said, edition.uid)


def complete(sheet: Sheet, found: Mapping[str, bytes]) -> None:
    """Raises NotFound when a picture of the sheet is lost: nothing leaves without it unseen."""
    if not set(pictures(sheet)) <= set(found):
        what = _("A picture of “{title}” is missing from the desk.").format(title=sheet.title)
        raise NotFound(what, hint=_("Insert it again, or remove it from the text."))


def export(
    archive: Archive,
    parcels: Sequence[Parcel],
    folder: Path,
    formats: Sequence[str],
    *,
    now: datetime,
    render: Render | None = None,
    despite: str = "",
) -> Iterator[Written]:
    """Write each parcel in each format into ``folder`` under the name that is proposed.

    Files of one export never overwrite each other; those of an earlier one are replaced.
    Otherwise as ``write``; raises UnknownFormat, too, before anything is written.
    """
    from pressdesk.formats import registry

    wanted = [registry.form(name) for name in formats]
    names = _names(parcels, [form.suffix for form in wanted], now)
    jobs = ((parcel, form.name) for parcel in parcels for form in wanted)
    targets = [Target(*job, folder / name) for job, name in zip(jobs, names, strict=True)]
    return write(archive, targets, now=now, render=render, despite=despite)


def write(
    archive: Archive,
    targets: Sequence[Target],
    *,
    now: datetime,
    render: Render | None = None,
    despite: str = "",
    over: Collection[Path] | None = None,
) -> Iterator[Written]:
    """Write the files, one at each step; who does not take the next step stops there.

    Folders are made where they are missing, and rid of temporary files that a crash left. What
    is before its time is noted in the desk just before its file gets its name.

    render   draws the bytes; None draws here, in this process
    despite  why embargoed editions may be among them; of drafts kept, too, where it is given
    over     the files that may be replaced; None allows it for all
    raises   as ``noting.guard``, and WriteFailed (no folder can be made there), at once, before
             anything is written; WriteFailed at a step, or DeskUnavailable and its kind where it
             cannot be noted, leaves what was written before, and a file that may not be
             replaced as it is. ``in_process`` and the render child raise it, too, for a file
             that does not say what its sheet says
    cost     as the writers', twice: a two-page PDF takes some 50 ms once they are loaded; and a
             transaction for each file of a draft or an embargoed text
    """
    noting.guard(archive, [target.parcel.sheet for target in targets], now=now, despite=despite)
    for folder in {target.path.parent: None for target in targets}:
        make_folder(folder)
        remove_stale(folder)
    draw = render or in_process()

    def steps() -> Iterator[Written]:
        for one in targets:
            made = draw(one.format, one.parcel)
            put = (
                archive,
                one.parcel.edition,
                one.parcel.sheet,
                WayOut.EXPORTED,
                one.format,
                made.data,
            )
            noted = partial(noting.note, *put, now=now, despite=despite)
            may = over is None or one.path in over
            atomic_write(one.path, made.data, over=may, first=noted)
            yield Written(one.path, one.format, made.losses, made.compared)

    return steps()


def compared_line(written: Sequence[Written], *, issued: bool) -> str:
    """What a person is told of the comparison of these files; "" where one was not compared."""
    if not written or not all(one.compared for one in written):
        return ""
    if issued:
        return _("Text compared with what was issued: the same")
    return _("Text compared with the draft: the same")


def _names(parcels: Sequence[Parcel], suffixes: Sequence[str], now: datetime) -> list[str]:
    taken: list[str] = []
    for parcel in parcels:
        name = proposed_stem(parcel, now=now)
        taken += [unique_name(name, suffix, taken) for suffix in suffixes]
    return taken


def proposed_stem(parcel: Parcel, *, now: datetime) -> str:
    """A file name without suffix; another at each call while the embargo stands."""
    embargoed = parcel.embargoed(now)
    return stem(
        parcel.sheet,
        release_id=parcel.release_id,
        number=parcel.number,
        slug=parcel.slug,
        embargoed=embargoed,
        letters=_letters() if embargoed else "",
    )


def _letters() -> str:
    return "".join(secrets.choice(string.ascii_lowercase) for _n in range(RANDOM_LETTERS))


def in_process() -> Render:
    """Draw in this process, with the built-in templates, and read back what was drawn."""
    from pressdesk.desk.finished import finished
    from pressdesk.formats import registry

    def render(name: str, parcel: Parcel) -> Rendered:
        context = registry.Context(attachments=parcel.attachments, proof=parcel.proof)
        data = finished(name, parcel.sheet, context)
        return Rendered(data, tuple(context.losses), compared=True)

    return render
