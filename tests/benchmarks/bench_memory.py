"""Memory once all has come to rest: of the window, and of window and render child together."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from pressdesk.desk import samples
from tests.benchmarks.bench_start import BARE
from tests.benchmarks.figures import Row, desk, environment, row, window

AT_MOST_MB, BOTH_MB = 180.0, 130.0
REST_S = 8.0
"""By then the list is filled and a release is open."""


def rows() -> list[Row]:
    """Resident and proportional size; the second counts what processes share only once."""
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder)
        made = profile / "samples.pressdesk"
        samples.make(made)
        bare = held(BARE, profile)
        full = held(window(desk(10_000)), profile)
        alone = held(window(made), profile)
        page = [sys.executable, "-m", "tests.benchmarks.page_window", str(made)]
        both = held(page, profile)
    name = "bare QMainWindow"
    return [
        _row("memory, 10,000 releases (RSS)", full[0], name, bare[0], AT_MOST_MB),
        _row("memory, 10,000 releases (PSS)", full[1], name, bare[1]),
        _row("memory, samples (PSS)", alone[1], name, bare[1]),
        _row("memory, samples and their page (PSS)", both[1], name, bare[1], BOTH_MB),
    ]


def _row(what: str, ours: float, name: str, bare: float, at_most: float | None = None) -> Row:
    return row(what, ours, name, bare, unit="mb", at_most=at_most)


def held(command: list[str], profile: Path) -> tuple[float, float]:
    """Megabytes, resident and proportional, of a program and its children left alone."""
    env = environment(profile)
    del env["PRESSDESK_MARK_PAINT"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=env) as program:
        time.sleep(REST_S)
        if program.poll() is not None:
            assert program.stderr is not None
            raise RuntimeError(f"{command} ended: {program.stderr.read().decode()}")
        tree = psutil.Process(program.pid)
        sizes = [one.memory_full_info() for one in (tree, *tree.children(recursive=True))]
        for child in tree.children(recursive=True):
            child.kill()
        program.kill()
    return sum(one.rss for one in sizes) / 2**20, sum(one.pss for one in sizes) / 2**20


if __name__ == "__main__":
    for figure in rows():
        print(figure)
