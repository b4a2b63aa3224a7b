"""Makes a desk to measure with: as many releases as wanted, the same ones every time.

``python -m tests.benchmarks.invented_desk 20000 large.pressdesk`` makes one to try things on.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pressdesk.archive.file.desk_file import Archive, create
from pressdesk.formats.seedfile import load_seeds
from pressdesk.press.filed import ImportItem
from pressdesk.press.house import House
from tests.benchmarks import invented_texts
from tests.benchmarks.invented_texts import RECORDED, TextPlan


def make(path: Path, number: int, *, plan: TextPlan | None = None) -> None:
    """A new desk at ``path`` with so many releases; whole or not there.

    raises  DeskUnavailable when there is something at ``path`` already or no desk can be made;
            DeskFull
    """
    archive = create(path)
    try:
        _fill(archive, number, plan or TextPlan())
    except BaseException:
        archive.close()
        path.unlink()
        raise
    archive.close()


def _fill(archive: Archive, number: int, plan: TextPlan) -> None:
    """Put the sample house and so many releases into an empty desk."""
    before = archive.houses.get()
    house = archive.houses.save(replace(load_seeds().house, version=before.version))
    archive.imports.add_many("measure", number, Invented(plan, house), at=RECORDED)


class Invented(Struct, frozen=True):
    """The releases of a plan, which any process can make from their numbers."""

    plan: TextPlan
    house: House

    def part(self, begin: int, end: int) -> Invented:
        """The same: nothing is at hand yet."""
        return self

    def items(self, begin: int, end: int) -> list[ImportItem]:
        """The releases from number ``begin`` up to ``end``."""
        return [invented_texts.item(self.plan, n, self.house) for n in range(begin, end)]


def main() -> None:
    """Make the desk that the command line asks for."""
    parser = argparse.ArgumentParser(description="Make a desk of invented releases.")
    parser.add_argument("number", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--short", action="store_true", help="texts of 150 words, not 200 to 1500")
    parser.add_argument("--seed", type=int, default=TextPlan().seed, help="other texts")
    asked = parser.parse_args()
    # By the name it has for the processes that make the releases: here it is __main__.
    from tests.benchmarks import invented_desk

    invented_desk.make(asked.file, asked.number, plan=TextPlan(asked.seed, asked.short))


if __name__ == "__main__":
    main()
