"""Opening the window and taking its picture, from the shell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tests.cli.program import Shell, fault

BARE = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}


@pytest.mark.parametrize(
    "screen",
    [
        {},
        {"DISPLAY": ":4077"},
        {"WAYLAND_DISPLAY": "wayland-4077"},
        {"QT_QPA_PLATFORM": "xcb"},
        {"QT_QPA_PLATFORM": "wayland", "DISPLAY": ":4077"},
    ],
    ids=str,
)
def test_without_a_screen_that_answers_it_is_one_sentence(
    shell: Shell, screen: dict[str, str]
) -> None:
    assert "no display" in fault(shell(env={**BARE, **screen}))


def test_a_screen_that_answers_is_found() -> None:
    if not shutil.which("Xvfb"):
        pytest.skip("there is no virtual screen here")
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "320x200x24"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert screen.stdout
    try:
        number = screen.stdout.readline().strip()
        code = "from pressdesk.cli.display import has_display; print(has_display())"
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, **BARE, "DISPLAY": f":{number}"},
            capture_output=True,
            text=True,
        )
        assert done.stdout == "True\n", done.stderr
    finally:
        screen.terminate()
        screen.wait()
        screen.stdout.close()
