"""No core dump of the program or of a child of it would hold the text."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pressdesk.base.worker import Worker

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc tells the limits")

PROGRAM = """
import atexit
from pathlib import Path
atexit.register(lambda: print(Path("/proc/self/limits").read_text()))
from pressdesk.cli import main
main()
"""


def _core(limits: str) -> list[str]:
    (line,) = [one for one in limits.splitlines() if one.startswith("Max core file size")]
    return line.split()[4:6]


def test_the_program_leaves_none() -> None:
    command = [sys.executable, "-c", PROGRAM, "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert _core(done.stdout) == ["1", "1"]


def test_a_child_leaves_none() -> None:
    with Worker("worker_jobs:limits") as worker:
        assert _core(worker.call(b"").decode()) == ["1", "1"]
