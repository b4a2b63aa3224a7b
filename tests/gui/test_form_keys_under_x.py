"""Real keys in the fields of the form, under a real X server."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.gui.test_keys_under_x import ROOT, pytestmark, screen
from tests.patience import PATIENCE_S

__all__ = ["pytestmark", "screen"]


def test_no_field_of_the_form_takes_a_key_of_the_window(screen: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.form_keys_under_x"],
        env={**os.environ, "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    fields = [json.loads(line) for line in done.stdout.splitlines()]
    for field in fields:
        wanted = {"heard": ["undo", "export", "search", "save"], "same": True}
        assert field == {"name": field["name"], **wanted}
    assert len(fields) == 9
