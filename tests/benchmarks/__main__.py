"""Runs every benchmark in a process of its own; prints a table and writes build/bench.json."""

from __future__ import annotations

import importlib
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
BUILD = HERE.parents[1] / "build"
UNITS = ("ms", "mb", "kb", "s")

Row = dict[str, Any]


def main() -> int:
    """All of them, or those named on the command line; 1 when a goal is missed or one broke."""
    names = sys.argv[1:] or [file.stem for file in sorted(HERE.glob("bench_*.py"))]
    found: list[Row] = []
    broken: list[str] = []
    for name in names:
        print(f"{name} ...", file=sys.stderr, flush=True)
        figures = _run(name)
        if figures is None:
            broken.append(name)
        else:
            found += [{"bench": name, **figure, "met": met(figure)} for figure in figures]
    print(table(found))
    machine = {"python": platform.python_version(), "cores": os.cpu_count()}
    BUILD.mkdir(exist_ok=True)
    report = {"machine": machine, "rows": found, "broken": broken}
    (BUILD / "bench.json").write_text(json.dumps(report, indent=1, ensure_ascii=False))
    for name in broken:
        print(f"{name} broke", file=sys.stderr)
    return 1 if broken or any(figure["met"] is False for figure in found) else 0


def _run(name: str) -> list[Row] | None:
    env = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    command = [sys.executable, "-m", "tests.benchmarks", "--one", name]
    run = subprocess.run(command, stdout=subprocess.PIPE, cwd=HERE.parents[1], env=env, check=False)
    if run.returncode:
        return None
    figures: list[Row] = json.loads(run.stdout.splitlines()[-1])
    return figures


def one(name: str) -> None:
    """Run one benchmark here and print its rows as JSON, on the last line."""
    from PySide6.QtWidgets import QApplication

    application = QApplication([])
    application.setStyle("Fusion")
    module = importlib.import_module(f"tests.benchmarks.{name}")
    figures = module.rows() if hasattr(module, "rows") else []
    print("\n" + json.dumps(figures, ensure_ascii=False), flush=True)
    os._exit(0)  # what was measured is measured; the end of a program is tested elsewhere


def met(figure: Row) -> bool | None:
    """Whether the goal was reached; None when there is none."""
    goals = [(value(figure), figure.get(f"goal_{unit}")) for unit in UNITS]
    goals.append((figure["ratio"], figure.get("goal")))
    goals.append((-figure["ratio"], _negative(figure.get("at_least"))))
    reached = [measured <= goal for measured, goal in goals if goal is not None]
    return all(reached) if reached else None


def _negative(number: float | None) -> float | None:
    return None if number is None else -number


def value(figure: Row, of: str = "value") -> float:
    """The measured number, in whatever unit."""
    return next(float(figure[f"{of}_{unit}"]) for unit in UNITS if f"{of}_{unit}" in figure)


def table(figures: list[Row]) -> str:
    """The rows as text, one a line."""
    lines = [f"{'figure':44}{'value':>12}   {'baseline':34}{'value':>12}{'ratio':>8}  goal"]
    for figure in figures:
        unit = next(unit for unit in UNITS if f"value_{unit}" in figure)
        goal = _goal(figure, unit)
        lines.append(
            f"{figure['name'][:43]:44}{value(figure):9.1f} {unit:2}   {figure['baseline'][:33]:34}"
            f"{value(figure, 'baseline'):9.1f} {unit:2}{figure['ratio']:8.2f}  {goal}"
        )
    return "\n".join(lines)


def _goal(figure: Row, unit: str) -> str:
    verdict = {True: "met", False: "MISSED", None: ""}[figure["met"]]
    wanted = {
        "≤ {:g}x": figure.get("goal"),
        "≥ {:g}x": figure.get("at_least"),
        f"≤ {{:g}} {unit}": figure.get(f"goal_{unit}"),
    }
    words = [text.format(number) for text, number in wanted.items() if number is not None]
    return " ".join([*words, verdict]).strip()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2])
    else:
        sys.exit(main())
