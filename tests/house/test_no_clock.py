"""No test reads a clock that goes on while the machine does something else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
FILES = [path for path in sorted(TESTS.rglob("*.py")) if "benchmarks" not in path.parts]
"""Figures in seconds are the benchmarks' own business."""

CLOCKS = {f"{name}{unit}" for name in ("monotonic", "perf_counter", "time") for unit in ("", "_ns")}
QT_CLOCKS = {"QElapsedTimer"}
IN_A_PROGRAM = re.compile(rf"\btime\.({'|'.join(CLOCKS)})\(")
"""As a program stands that a test hands to another interpreter."""


def clocks(source: str) -> set[str]:
    """Each place in a module that reads such a clock; ``process_time`` and ``thread_time`` count
    what was worked, and may be read."""
    return set(_read(ast.parse(source)))


def _read(tree: ast.Module) -> Iterator[str]:
    modules = {"time"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules |= {one.asname for one in node.names if one.name == "time" and one.asname}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=module), attr=name):
                if module in modules and name in CLOCKS:
                    yield f"{node.lineno}: {module}.{name}"
            case ast.ImportFrom(module="time", names=names):
                for one in names:
                    if one.name in CLOCKS:
                        yield f"{node.lineno}: {one.name}"
            case ast.Name(id=name) if name in QT_CLOCKS:
                yield f"{node.lineno}: {name}"
            case ast.Constant(value=str(text)) if IN_A_PROGRAM.search(text):
                yield f"{node.lineno}: in a program"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import time\nassert time.monotonic() - begun < 5", {"2: time.monotonic"}),
        ("import time as t\nend = t.time() + 1", {"2: t.time"}),
        ("from time import perf_counter as now", {"1: perf_counter"}),
        ("from time import monotonic_ns\nmonotonic_ns()", {"1: monotonic_ns"}),
        ("timer = QElapsedTimer()", {"1: QElapsedTimer"}),
        ("PROGRAM = '''import time\nprint(time.time())'''", {"1: in a program"}),
        ("import time\nassert time.process_time() - begun < 5", set()),
        ("from time import sleep, thread_time", set()),
        ("patch.setattr(module.time, 'monotonic', lambda: next(given))", set()),
    ],
)
def test_a_clock_is_seen_however_it_is_read(source: str, found: set[str]) -> None:
    assert clocks(source) == found


def test_no_test_reads_the_clock_on_the_wall() -> None:
    """CPU time, counted work and events are the same on a busy machine."""
    found = {
        f"{path.relative_to(TESTS).as_posix()}:{place}"
        for path in FILES
        if path != Path(__file__).resolve()
        for place in clocks(path.read_text("utf-8"))
    }
    assert not found, "count work or CPU time, or wait for an event; seconds are for benchmarks"
