"""Opening the window and taking its picture, from the shell."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import Shell, fault

ENDS = {"PRESSDESK_MARK_PAINT": "1", "PRESSDESK_QUIT_AFTER_PAINT": "1"}
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


def test_the_window_opens_on_the_desk_and_ends_with_nought(shell: Shell) -> None:
    done = shell(
        env={
            "QT_QPA_PLATFORM": "offscreen",
            "PRESSDESK_MARK_PAINT": "1",
            "PRESSDESK_QUIT_AFTER_PAINT": "1",
        }
    )
    assert (done.returncode, done.stderr) == (0, "first-paint\n")


def size(picture: Path) -> tuple[int, int]:
    data = picture.read_bytes()
    assert data.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def test_a_picture_of_the_window_is_taken_without_a_screen(shell: Shell, tmp_path: Path) -> None:
    light, dark = tmp_path / "light.png", tmp_path / "dark.png"
    done = shell("screenshot", light, "--size", "1100x700", "--open", "1", env=BARE)
    assert (done.returncode, done.stdout) == (0, f"{light}\n"), done.stderr
    assert size(light) == (1100, 700)
    shell("screenshot", dark, "--size", "1100x700", "--open", "1", "--theme", "dark", env=BARE)
    assert size(dark) == (1100, 700)
    assert dark.read_bytes() != light.read_bytes()


def test_a_picture_that_cannot_be_taken_is_a_fault(shell: Shell, tmp_path: Path) -> None:
    assert "99" in fault(shell("screenshot", tmp_path / "a.png", "--open", "99"))
    assert "missing" in fault(shell("screenshot", tmp_path / "missing" / "a.png"))
    assert list(tmp_path.glob("*.png")) == []
