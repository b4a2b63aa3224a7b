"""From the start of the process to the first paint: the window against a bare one in turns."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.figures import Row, desk, environment, row, window

ROUNDS = 11
GOAL, FULL_GOAL = 1.7, 1.1
BARE = [sys.executable, str(Path(__file__).with_name("bare_window.py"))]


def rows() -> list[Row]:
    """Bare window, empty desk and full desk, each started in turn."""
    commands = {"bare": BARE, "empty": window(desk(0)), "full": window(desk(10_000))}
    spent: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(ROUNDS + 1):
            for name, command in commands.items():
                took = first_paint(command, Path(folder))
                if turn:  # the first round warms the disk
                    spent[name].append(took)
    bare, empty, full = (statistics.median(spent[name]) for name in commands)
    return [
        row("first paint, empty desk", empty, "bare QMainWindow", bare, goal=GOAL),
        row("first paint, 10,000 releases", full, "empty desk", empty, goal=FULL_GOAL),
    ]


def first_paint(command: list[str], profile: Path) -> float:
    """Milliseconds until the program says that it painted; raises when it does not."""
    env = {**environment(profile), "PRESSDESK_QUIT_AFTER_PAINT": "1"}
    began = time.perf_counter()
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=env, text=True) as program:
        assert program.stderr is not None
        said = []
        for line in program.stderr:
            said.append(line)
            if line.strip() == "first-paint":
                took = (time.perf_counter() - began) * 1000
                break
        else:
            raise RuntimeError(f"{command} painted nothing: {''.join(said)}")
        program.communicate(timeout=60)
    if program.returncode:
        raise RuntimeError(f"{command} ended with {program.returncode}")
    return took


if __name__ == "__main__":
    for figure in rows():
        print(figure)
