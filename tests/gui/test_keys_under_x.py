"""Real keys under a real X server: it shows which shortcuts a field would take for itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.patience import PATIENCE_S

ROOT = Path(__file__).resolve().parent.parent.parent
NEEDED = ("Xvfb", "xdotool")

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, NEEDED)), reason=f"needs {' and '.join(NEEDED)}"
)


@pytest.fixture
def screen() -> Iterator[str]:
    """The name of a fresh virtual screen."""
    ready, tell = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(tell), "-screen", "0", "1200x900x24"],
        pass_fds=(tell,),
        stderr=subprocess.DEVNULL,
    )
    os.close(tell)
    with os.fdopen(ready) as stream:
        number = stream.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(10)


def test_the_windows_keys_work_in_every_field(screen: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.keys_under_x"],
        env={**os.environ, "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    fields = [json.loads(line) for line in done.stdout.splitlines()]
    begun = ["Title", "Sub", "river bank"]
    for number, field in enumerate(fields):
        typed = [text + "x" * (place == number) for place, text in enumerate(begun)]
        assert field == {"heard": ["export", "search", "save"], "typed": typed, "undone": begun}
    assert len(fields) == 3
