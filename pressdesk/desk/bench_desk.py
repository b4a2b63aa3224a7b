"""Makes a desk to measure with: as many releases as wanted, the same ones every time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from pressdesk.desk import bench_texts
from pressdesk.desk.bench_texts import RECORDED, TextPlan
from pressdesk.press.filed import ImportItem
from pressdesk.press.house import House

if TYPE_CHECKING:
    from pressdesk.archive.file.desk_file import Archive


def make(
    path: Path,
    number: int,
    *,
    plan: TextPlan | None = None,
    step: Callable[[], None] = lambda: None,
) -> None:
    """A new desk at ``path`` with so many releases; whole or not there.

    step    called now and then, see ``steps``
    raises  DeskUnavailable when there is something at ``path`` already or no desk can be made;
            DeskFull
    """
    from pressdesk.archive.file.desk_file import create

    archive = create(path)
    try:
        fill(archive, number, plan=plan, step=step)
    except BaseException:
        archive.close()
        path.unlink()
        raise
    archive.close()


def steps(number: int) -> int:
    """How often ``step`` is called for so many releases."""
    from pressdesk.archive.releases.bulk_pool import AT_ONCE

    return -(-number // AT_ONCE)


def fill(
    archive: Archive,
    number: int,
    *,
    plan: TextPlan | None = None,
    step: Callable[[], None] = lambda: None,
) -> None:
    """Put the sample house and so many releases into an empty desk."""
    from pressdesk.formats.seedfile import load_seeds

    before = archive.houses.get()
    house = archive.houses.save(replace(load_seeds().house, version=before.version))
    source = Invented(plan or TextPlan(), house)
    archive.imports.add_many("measure", number, source, at=RECORDED, step=step)


class Invented(Struct, frozen=True):
    """The releases of a plan, which any process can make from their numbers."""

    plan: TextPlan
    house: House

    def part(self, begin: int, end: int) -> Invented:
        """The same: nothing is at hand yet."""
        return self

    def items(self, begin: int, end: int) -> list[ImportItem]:
        """The releases from number ``begin`` up to ``end``."""
        return [bench_texts.item(self.plan, n, self.house) for n in range(begin, end)]
