"""Runs the program in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

from tests.patience import PATIENCE_S

Run = subprocess.CompletedProcess[str]
Shell = Callable[..., Run]

ENTRY = (sys.executable, "-m", "pressdesk")


def run(*arguments: object, env: dict[str, str] | None = None) -> Run:
    """Run the program to its end; texts are UTF-8, whatever the locale."""
    return subprocess.run(
        [*ENTRY, *map(str, arguments)],
        env={**os.environ, **(env or {})},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE_S,
    )


def fault(done: Run) -> str:
    """The one line of a fault; fails when it is anything else."""
    assert done.returncode == 1, (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr, done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: ")
    return line
