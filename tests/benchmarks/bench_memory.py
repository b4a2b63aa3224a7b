"""Memory of the window's process with 10,000 releases, once it has come to rest."""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path

from tests.benchmarks.bench_start import BARE
from tests.benchmarks.figures import Row, desk, environment, row, window

AT_MOST_MB = 180.0
REST_S = 8.0
"""By then the list is filled and a release is open."""


def rows() -> list[Row]:
    """Proportional and resident size; the render child is another process and not in it."""
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder)
        bare = held(BARE, profile)
        ours = held(window(desk(10_000)), profile)
    return [
        row(
            f"memory, 10,000 releases ({name})",
            ours[name],
            "bare QMainWindow",
            bare[name],
            unit="mb",
            at_most=AT_MOST_MB if name == "RSS" else None,
        )
        for name in ("RSS", "PSS")
    ]


def held(command: list[str], profile: Path) -> dict[str, float]:
    """Megabytes held by a program that was left alone for some seconds."""
    env = environment(profile)
    del env["PRESSDESK_MARK_PAINT"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=env) as program:
        time.sleep(REST_S)
        if program.poll() is not None:
            raise RuntimeError(f"{command} ended: {program.communicate()[1].decode()}")
        sizes = Path(f"/proc/{program.pid}/smaps_rollup").read_text()
        program.kill()
    found = dict(line.split(":") for line in sizes.splitlines()[1:] if ":" in line)
    return {name.upper(): int(found[name].split()[0]) / 1024 for name in ("Rss", "Pss")}


if __name__ == "__main__":
    for figure in rows():
        print(figure)
