"""Whatever is wrong with desk, terminal or locale: one line, no traceback, nothing lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import ENTRY, Run, Shell, fault, run


def test_init_makes_an_empty_desk(tmp_path: Path) -> None:
    path = tmp_path / "Пресса.pressdesk"
    done = run("--desk", path, "init")
    assert (done.returncode, done.stdout) == (0, f"{path}\n")
    assert run("--desk", path, "list", "--json").stdout == "[]\n"


@pytest.mark.parametrize("samples", [[], ["--samples"]])
def test_init_never_touches_what_is_there(tmp_path: Path, samples: list[str]) -> None:
    path = tmp_path / "a.pressdesk"
    path.write_bytes(b"precious")
    fault(run("--desk", path, "init", *samples))
    assert path.read_bytes() == b"precious"
    assert [entry.name for entry in tmp_path.glob("*.pressdesk*")] == ["a.pressdesk"]


@pytest.mark.parametrize("samples", [[], ["--samples"]])
def test_init_in_a_folder_that_is_not_there(tmp_path: Path, samples: list[str]) -> None:
    fault(run("--desk", tmp_path / "missing" / "a.pressdesk", "init", *samples))
    assert not (tmp_path / "missing").exists()


def test_without_a_desk_named_the_default_one_is_used(tmp_path: Path) -> None:
    line = fault(run("list"))
    assert "init" in line
    done = run("init")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("default.pressdesk")
    assert run("list", "--json").stdout == "[]\n"


def test_a_mistyped_desk_makes_no_new_one(tmp_path: Path) -> None:
    line = fault(run("--desk", tmp_path / "no.pressdesk", "list"))
    assert "no.pressdesk" in line
    assert not (tmp_path / "no.pressdesk").exists()


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"\0" * 500])
def test_another_file_is_no_desk(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.pressdesk"
    path.write_bytes(content)
    fault(run("--desk", path, "list"))
    assert path.read_bytes() == content


def test_a_folder_is_no_desk(tmp_path: Path) -> None:
    fault(run("--desk", tmp_path, "list"))


@pytest.mark.parametrize("command", [["list"], ["init"], ["init", "--samples"]], ids=" ".join)
def test_a_name_too_long_is_told(tmp_path: Path, command: list[str]) -> None:
    assert "too long" in fault(run("--desk", tmp_path / ("x" * 300), *command))
    assert list(tmp_path.glob("*x*")) == []


def test_a_desk_that_links_to_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.pressdesk").symlink_to(tmp_path / "a.pressdesk")
    fault(run("--desk", tmp_path / "a.pressdesk", "list"))


def test_a_damaged_desk_is_told_and_left_alone(desk: Path) -> None:
    whole = desk.read_bytes()
    damaged = whole[:4096] + b"\xa5" * (len(whole) - 4096)
    desk.write_bytes(damaged)
    fault(run("--desk", desk, "list"))
    assert desk.read_bytes() == damaged


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give up its rights for this")
def test_a_desk_in_a_read_only_folder_is_read_and_not_written(desk: Path, tmp_path: Path) -> None:
    for folder in [tmp_path, *tmp_path.parents][:-1]:
        folder.chmod(folder.stat().st_mode | 0o055)
    before = desk.read_bytes()
    tmp_path.chmod(0o700)
    fault(_without_rights("--desk", desk, "list"))
    tmp_path.chmod(0o755)
    desk.chmod(0o600)
    fault(_without_rights("--desk", desk, "list"))
    desk.chmod(0o644)
    done = _without_rights("--desk", desk, "list")
    assert done.returncode == 0, done.stderr
    number, language = done.stdout.split()[:2]
    fault(_without_rights("--desk", desk, "issue", number, "--language", language))
    export = (
        "export",
        number,
        "--language",
        language,
        "--embargoed",
        "For the minister",
        "--to",
        "text",
        "--out",
    )
    fault(_without_rights("--desk", desk, *export, tmp_path))
    assert desk.read_bytes() == before


def _without_rights(*arguments: object) -> Run:
    # The interpreter may lie where only root can read: everything is loaded before.
    code = (
        "import os, resource, sys\n"
        "from pressdesk.archive import opening\n"
        "from pressdesk.cli import issue, making, output, show\n"
        "from pressdesk.archive.file import desk_file\n"
        "from pressdesk.archive.releases import releases\n"
        "from pressdesk.desk import exporting, history, issuing\n"
        "from pressdesk.formats import registry\n"
        "from pressdesk.press import checks, compose\n"
        "registry.writers()\n"
        "os.setgid(65534); os.setuid(65534)\n"
        "from pressdesk.cli import main; main()\n"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, encoding="utf-8"
    )


def test_a_reader_that_has_enough_ends_it_quietly(desk: Path) -> None:
    program = subprocess.Popen(
        [*ENTRY, "--desk", str(desk), "list", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert program.stdout and program.stderr
    program.stdout.close()
    complaint = program.stderr.read()
    program.stderr.close()
    assert program.wait(30) == 141
    assert complaint == b""


@pytest.mark.parametrize("locale", ["C", "POSIX", "ru_RU.KOI8-R", "en_US.ISO-8859-1"])
def test_texts_are_utf8_whatever_the_locale(shell: Shell, locale: str) -> None:
    env = {"LC_ALL": locale, "LANG": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = shell("list", "--language", "ru", env=env)
    assert done.returncode == 0, done.stderr
    assert "Комиссии" in done.stdout


def test_a_path_of_another_encoding_is_printed_as_it_is(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff\xfe.pressdesk"
    done = subprocess.run([*ENTRY, "--desk", name, "init"], capture_output=True)
    assert (done.returncode, done.stdout) == (0, name + b"\n"), done.stderr


def test_an_interrupt_is_quiet(desk: Path) -> None:
    code = (
        "import signal, sys; from pressdesk import cli\n"
        "from pressdesk.cli import desks\n"
        # A program in the background may have been begun with interrupts ignored.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "def late(desk): signal.raise_signal(signal.SIGINT)\n"
        "desks.chosen = late\n"
        "sys.argv = ['pressdesk', 'list']; cli.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout, done.stderr) == (128 + signal.SIGINT, "", "")


def test_a_bug_is_one_line_with_its_report_and_none_of_the_text(tmp_path: Path) -> None:
    code = (
        "import sys; from pressdesk import cli\n"
        "from pressdesk.cli import desks\n"
        "def broken(desk): raise RuntimeError('the secret headline')\n"
        "desks.chosen = broken\n"
        "sys.argv = ['pressdesk', 'list']; cli.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    line = fault(done)
    report = Path(line.rsplit(" ", 1)[1])
    assert "RuntimeError" in report.read_text("utf-8")
    assert "secret" not in line + report.read_text("utf-8")


def test_a_full_disk_behind_the_output_is_told(desk: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*ENTRY, "--desk", str(desk), "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
    assert "No space left" in fault(done)


def test_no_output_at_all_is_no_fault(desk: Path) -> None:
    command = 'exec "$0" "$@" >&- 2>&-'
    done = subprocess.run(["sh", "-c", command, *ENTRY, "--desk", str(desk), "list"])
    assert done.returncode == 0
