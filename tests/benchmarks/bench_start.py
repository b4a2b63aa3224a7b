"""From the start to the first paint, and the CPU until all is calm: against a bare window."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from tests.benchmarks.figures import Row, desk, environment, row, window

ROUNDS = 11
GOAL, FULL_GOAL, LIST_GOAL = 1.7, 1.1, 4.0
CALM_S, CALM_ROUNDS, CALM_GOAL = 15.0, 3, 8.0
"""What the whole tree of processes used by then counts; a bare window starts from 0.1 s."""

PAINT, LISTED, READY = "first-paint", "listed", "ready"
"""What the program says: the window is painted; the first releases are in its list; the desk is
open, and the list is its."""

BARE = [sys.executable, str(Path(__file__).with_name("bare_window.py"))]


def rows() -> list[Row]:
    """Bare window, empty desk and full desk, each started in turn."""
    empty, full = window(desk(0)), window(desk(10_000))
    starts = {
        "bare": (BARE, PAINT),
        "empty": (empty, PAINT),
        "full": (full, PAINT),
        "empty, list": (empty, LISTED),
        "full, list": (full, LISTED),
        "full, ready": (full, READY),
    }
    spent: dict[str, list[float]] = {name: [] for name in starts}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(ROUNDS + 1):
            for name, (command, sign) in starts.items():
                took = until(sign, command, Path(folder))
                if turn:  # the first round warms the disk
                    spent[name].append(took)
    middle = {name: statistics.median(times) for name, times in spent.items()}
    listed = "list shown, 10,000 releases"
    return [
        row(
            "first paint, empty desk",
            middle["empty"],
            "bare QMainWindow",
            middle["bare"],
            goal=GOAL,
        ),
        row(
            "first paint, 10,000 releases",
            middle["full"],
            "empty desk",
            middle["empty"],
            goal=FULL_GOAL,
        ),
        row(listed, middle["full, list"], "empty desk", middle["empty, list"], goal=FULL_GOAL),
        row(
            f"{listed} ",
            middle["full, list"],
            "bare QMainWindow",
            middle["bare"],
            goal=LIST_GOAL,
        ),
        row(
            "desk open, 10,000 releases", middle["full, ready"], "bare QMainWindow", middle["bare"]
        ),
        calm(),
    ]


def calm() -> Row:
    """CPU of all processes in the first 15 seconds, nobody touching anything."""
    spent: dict[str, list[float]] = {"ours": [], "bare": []}
    with tempfile.TemporaryDirectory() as folder:
        for _turn in range(CALM_ROUNDS):
            for name, command in (("ours", window(desk(10_000))), ("bare", BARE)):
                spent[name].append(used(command, Path(folder)))
    ours, bare = (statistics.median(spent[name]) for name in ("ours", "bare"))
    name = f"CPU in {CALM_S:.0f} s, 10,000 releases"
    return row(name, ours, "bare QMainWindow", bare, goal=CALM_GOAL)


def used(command: list[str], profile: Path) -> float:
    """Milliseconds of CPU of a program and its children, those that ended included."""
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment(profile)) as program:
        time.sleep(CALM_S)
        tree = psutil.Process(program.pid)
        times = [one.cpu_times() for one in (tree, *tree.children(recursive=True))]
        program.kill()
    # user, system, and the same of children that ended
    return sum(sum(one[:4]) for one in times) * 1000


def until(sign: str, command: list[str], profile: Path) -> float:
    """Milliseconds until the program says this on stderr; raises when it never does."""
    env = environment(profile)
    if sign == PAINT:
        env["PRESSDESK_QUIT_AFTER_PAINT"] = "1"
    began = time.perf_counter()
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=env, text=True) as program:
        assert program.stderr is not None
        said: list[str] = []
        for line in program.stderr:
            said.append(line)
            if line.strip() == sign:
                break
        took = (time.perf_counter() - began) * 1000
        if not said or said[-1].strip() != sign:
            raise RuntimeError(f"{command} never said {sign}: {''.join(said)}")
        if sign != PAINT:
            program.kill()
        program.communicate(timeout=60)
    if sign == PAINT and program.returncode:
        raise RuntimeError(f"{command} ended with {program.returncode}")
    return took


if __name__ == "__main__":
    for figure in rows():
        print(figure)
