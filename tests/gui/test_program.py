"""The real program as a process: started, driven by keys, quit, killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pressdesk.archive.file.desk_file import create, open_desk
from pressdesk.base import crash
from pressdesk.document.tools import plain
from pressdesk.press.release import Edition, Release
from tests.patience import PATIENCE_S

PROGRAMS = Path(__file__).parent / "programs"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "office.pressdesk"
    create(path).close()
    return path


def command(name: str, *arguments: object) -> list[str]:
    return [sys.executable, str(PROGRAMS / f"{name}.py"), *map(str, arguments)]


def test_start_type_save_export_quit(desk: Path, tmp_path: Path) -> None:
    run = command("write_and_export", desk, tmp_path)
    ended = subprocess.run(run, capture_output=True, text=True, timeout=PATIENCE_S)
    assert (ended.returncode, ended.stdout.strip()) == (0, "done"), ended.stderr
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-1.7")
    page = (tmp_path / "out.html").read_text("utf-8")
    assert "On the new gauge" in page and "It measures every hour." in page
    archive = open_desk(desk)
    filed = archive.releases.find(1)
    assert filed.kept is None and plain(filed.edition.body).startswith("The Commission opens it.")
    archive.close()


def test_another_language_is_another_window_and_nothing_of_the_first_goes_on(desk: Path) -> None:
    run = command("another_language", desk)
    ended = subprocess.run(run, capture_output=True, text=True, timeout=PATIENCE_S)
    assert (ended.returncode, ended.stdout.strip()) == (0, "Сохранить"), ended.stderr
    archive = open_desk(desk)
    text = plain(archive.releases.find(1).edition.body)
    archive.close()
    assert "It rises." in text and "It falls." in text


def test_killed_while_typing_without_a_pause_loses_nothing_that_was_kept(desk: Path) -> None:
    """How soon it is kept is a matter of tests/unit/test_session.py, which needs no clock."""
    with subprocess.Popen(command("type_on", desk), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        kept = [int(process.stdout.readline().removeprefix("kept ")) for _time in range(2)]
        os.kill(process.pid, signal.SIGKILL)
    archive = open_desk(desk)
    text = plain(archive.releases.find(1).current()[1].body)
    archive.close()
    assert 0 < kept[0] < kept[1] <= len(text)
    assert set(text) == {"a"}


def test_nothing_heavy_is_imported_before_the_first_paint(desk: Path) -> None:
    ended = subprocess.run(
        command("first_paint", desk), capture_output=True, text=True, timeout=PATIENCE_S
    )
    assert (ended.returncode, ended.stdout.strip()) == (0, ""), ended.stderr


@pytest.fixture
def one(desk: Path) -> Path:
    """The desk with a release, which comes up on the paper."""
    archive = open_desk(desk)
    archive.releases.add(Release("news"), Edition("en", title="On the new gauge"))
    archive.close()
    return desk


def test_the_first_letter_imports_nothing_on_the_thread_of_the_window(one: Path) -> None:
    ended = subprocess.run(
        command("first_key", one), capture_output=True, text=True, timeout=PATIENCE_S
    )
    assert (ended.returncode, ended.stdout.strip()) == (0, "typed"), ended.stderr


def test_what_is_used_rarely_waits_for_its_first_use(one: Path) -> None:
    ended = subprocess.run(
        command("ready", one), capture_output=True, text=True, timeout=PATIENCE_S
    )
    assert (ended.returncode, ended.stdout.strip()) == (0, ""), ended.stderr


def test_a_fault_below_python_leaves_its_stack_in_a_file(desk: Path) -> None:
    env = {**os.environ, "PRESSDESK_MARK_PAINT": "1"}
    run = [sys.executable, "-m", "pressdesk", "--desk", str(desk)]
    with subprocess.Popen(run, stderr=subprocess.PIPE, text=True, env=env) as process:
        assert process.stderr is not None
        assert any(line == "ready\n" for line in process.stderr)
        process.send_signal(signal.SIGSEGV)
        process.stderr.read()
    assert process.returncode == -signal.SIGSEGV
    assert "Segmentation fault" in (crash.folder() / "fault.txt").read_text("utf-8")
