"""Windows end quietly: return code 0, nothing on stderr, no process left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PATIENCE_S, until

SHOW = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pressdesk.desk.rendering import Renderer
from pressdesk.gui.output.preview import PagePreview, WebPreview
from pressdesk.gui.frame.tasks import Tasks
from pressdesk.press.states import State
from pressdesk.press.sheet import Sheet

app = QApplication(sys.argv)
page, web = PagePreview(), WebPreview()
lane, renderer = Tasks(), Renderer()
sheet = Sheet("en", "news", "News", State.DRAFT, title="On the level of the river")
seen = []

def end():
    renderer.close()
    lane.close()

def ask(first, count, scale):
    lane.run(page, lambda: renderer.pages(sheet, {}, scale=scale, first=first, count=count),
             show, seen.append, key="page")

def show(pages):
    page.pages.take(pages)
    seen.append(pages)
    if sys.argv[1] == "after":
        QTimer.singleShot(50, app.quit)

page.pages.wanted.connect(ask)
app.aboutToQuit.connect(end)
page.show(), web.show()
ask(*page.pages.view())
if sys.argv[1] == "during":
    QTimer.singleShot(150, app.quit)
print(app.exec(), len(seen), renderer._worker.pid())
"""


def start(*command: str, profile: Path, **more: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(profile), **more}
    profile.chmod(0o700)
    return subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        env=env,
        check=False,
    )


def complaints(text: str) -> list[str]:
    """What was said on stderr beside what Qt's offscreen platform always says."""
    usual = ("propagateSizeHints", "first-paint")
    return [line for line in text.splitlines() if not any(word in line for word in usual)]


@pytest.mark.parametrize("moment", ["during", "after"])
def test_previews_end_quietly_also_while_a_page_is_drawn(tmp_path: Path, moment: str) -> None:
    run = start("-c", SHOW, moment, profile=tmp_path)
    assert (run.returncode, complaints(run.stderr)) == (0, [])
    code, seen, pid = run.stdout.split()
    assert (code, pid) == ("0", "None")
    assert int(seen) > 0 or moment == "during"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "river.pressdesk"
    made = start("-m", "pressdesk", "--desk", str(path), "init", profile=tmp_path)
    assert made.returncode == 0, made.stderr
    return path


def test_the_window_ends_quietly_after_its_first_paint(desk: Path, tmp_path: Path) -> None:
    marks = {"PRESSDESK_MARK_PAINT": "1", "PRESSDESK_QUIT_AFTER_PAINT": "1"}
    run = start("-m", "pressdesk", "--desk", str(desk), profile=tmp_path, **marks)
    assert "first-paint" in run.stderr
    assert (run.returncode, complaints(run.stderr)) == (0, [])


def children(pid: int) -> list[Path]:
    """The processes a process has started, whichever of its threads did."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [Path(f"/proc/{child}") for listed in lists for child in listed.read_text().split()]


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_no_render_child_outlives_a_window_that_was_killed(desk: Path, tmp_path: Path) -> None:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, str(Path(__file__).parent / "programs" / "wide.py"), str(desk)],
        env=env,
        stderr=subprocess.DEVNULL,
    ) as window:
        until(lambda: children(window.pid))
        born = children(window.pid)
        window.kill()
    assert born, "the window started no render child"
    until(lambda: not any(process.exists() for process in born))
