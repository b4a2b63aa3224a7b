"""Makes a desk to measure with: as many releases as wanted, the same ones every time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from pressdesk.desk import bench_texts
from pressdesk.desk.bench_texts import RECORDED, Plan

if TYPE_CHECKING:
    from pressdesk.archive.desk_file import Archive

AT_ONCE = 500
"""Releases of one transaction: other writers never wait longer than for these."""


def make(
    path: Path, number: int, *, plan: Plan | None = None, step: Callable[[], None] = lambda: None
) -> None:
    """A new desk at ``path`` with so many releases; whole or not there.

    step    called after each 500 releases, see ``steps``
    raises  DeskUnavailable when there is something at ``path`` already or no desk can be made;
            DeskFull
    """
    from pressdesk.archive.desk_file import create

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
    return -(-number // AT_ONCE)


def fill(
    archive: Archive,
    number: int,
    *,
    plan: Plan | None = None,
    step: Callable[[], None] = lambda: None,
) -> None:
    """Put the sample house and so many releases into an empty desk."""
    from pressdesk.formats.seedfile import load_seeds

    before = archive.houses.get()
    house = archive.houses.save(replace(load_seeds().house, version=before.version))
    for first in range(0, number, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, number))
        items = [bench_texts.item(plan or Plan(), n, house) for n in numbers]
        archive.imports.add(f"measure {first + 1}", b"", items, at=RECORDED)
        step()
