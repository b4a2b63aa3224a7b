"""A few events of each kind of torture, the same in every run; each control sees a fault."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.torture.__main__ import KINDS

ROOT = Path(__file__).resolve().parents[2]


def test_a_short_torture_finds_nothing_and_is_not_blind() -> None:
    order = [sys.executable, "-m", "tests.torture", "--short"]
    run = subprocess.run(order, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    table = {line.split()[0]: line for line in run.stdout.splitlines() if line}
    done = {kind for kind in KINDS if "found at try" in table.get(kind, "")}
    left_out = {kind for kind in KINDS if "NOT DONE" in table.get(f"{kind}:", "")}
    assert done | left_out == set(KINDS)
    assert "damaged" in done
