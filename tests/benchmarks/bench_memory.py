"""Memory of the window's process with 10,000 releases, once it has come to rest."""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path

from tests.benchmarks.bench_start import BARE
from tests.benchmarks.figures import Row, desk, environment, row, window

AT_MOST_MB = 180.0
REST_S = 5.0


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
    """Megabytes held by a program some seconds after its first paint."""
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, env=environment(profile), text=True
    ) as program:
        assert program.stderr is not None
        for line in program.stderr:
            if line.strip() == "first-paint":
                break
        time.sleep(REST_S)
        sizes = Path(f"/proc/{program.pid}/smaps_rollup").read_text()
        program.kill()
    found = dict(line.split(":") for line in sizes.splitlines()[1:] if ":" in line)
    return {name.upper(): int(found[name].split()[0]) / 1024 for name in ("Rss", "Pss")}


if __name__ == "__main__":
    for figure in rows():
        print(figure)
