"""A figure of a benchmark, and the desk several of them open."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Any

from pressdesk.archive.file import desk_file
from pressdesk.archive.store.schema_number import REVISION
from pressdesk.press.house import House
from pressdesk.press.translated import Translated
from tests.benchmarks.bench_archive import fill

BUILD = Path(__file__).resolve().parents[2] / "build"
HOUSE = House(
    organisation=Translated.of(en="Interstate River Commission"),
    unit=Translated.of(en="Secretariat · Press service"),
    letterhead=Translated.of(en="Vienna\nriver.example"),
    about=Translated.of(en="About the Commission"),
    boilerplate=Translated.of(en="Nine countries keep the river together since 1971."),
    zone="Europe/Vienna",
)

Row = dict[str, Any]


def row(
    name: str,
    value: float,
    baseline: str,
    against: float,
    *,
    unit: str = "ms",
    goal: float | None = None,
    at_most: float | None = None,
) -> Row:
    """``goal`` bounds the ratio to the baseline, ``at_most`` the value itself."""
    return {
        "name": name,
        f"value_{unit}": round(value, 1),
        "baseline": baseline,
        f"baseline_{unit}": round(against, 1),
        "ratio": round(value / against, 2),
        "goal": goal,
        f"goal_{unit}": at_most,
    }


def desk(number: int) -> Path:
    """A desk with so many releases, made once and kept in build/."""
    BUILD.mkdir(exist_ok=True)
    path = BUILD / f"bench-{number}-{REVISION}.pressdesk"
    if not path.exists():
        making = path.with_suffix(".making")
        with contextlib.suppress(FileNotFoundError):
            making.unlink()
        archive = desk_file.create(making, HOUSE)
        fill(archive, number)
        archive.close()
        making.replace(path)
    return path


def environment(profile: Path) -> dict[str, str]:
    """For a program of its own: no screen, a profile of its own, its first paint told."""
    folders = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PRESSDESK_MARK_PAINT": "1",
        **{name: str(profile / name.lower()) for name in folders},
    }


def window(path: Path) -> list[str]:
    """The command that opens the window on a desk."""
    return [sys.executable, "-m", "pressdesk", "--desk", str(path)]
