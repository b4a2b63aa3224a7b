"""The window on 100,000 releases: until its list is there, and the memory it holds."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from tests.benchmarks.bench_memory import held
from tests.benchmarks.bench_start import BARE, READY, until
from tests.benchmarks.figures import Row, desk, row, window
from tests.benchmarks.large import LARGE, large

ROUNDS, OPEN_RATIO, AT_MOST_MB = 7, 1.2, 220.0


def rows() -> list[Row]:
    """Each desk is opened in turn."""
    full, empty = window(large()), window(desk(0))
    spent: dict[str, list[float]] = {"full": [], "empty": []}
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder)
        for turn in range(ROUNDS + 1):
            for name, command in (("full", full), ("empty", empty)):
                took = until(READY, command, profile)
                if turn:
                    spent[name].append(took)
        ours, bare = held(full, profile), held(BARE, profile)
    first, other = (statistics.median(spent[name]) for name in ("full", "empty"))
    size = f"{LARGE:,} releases"
    baseline = "bare QMainWindow"
    return [
        row(f"list shown, {size}", first, "empty desk", other, goal=OPEN_RATIO),
        row(f"memory, {size} (RSS)", ours[0], baseline, bare[0], unit="mb",
            at_most=AT_MOST_MB),
        row(f"memory, {size} (PSS)", ours[1], baseline, bare[1], unit="mb"),
    ]  # fmt: skip


if __name__ == "__main__":
    for figure in rows():
        print(figure)
