"""The set-up script on machines of several kinds, with stand-ins for what it would install."""

from __future__ import annotations

import os
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent.parent
INSTALL = ROOT / "resources" / "install"
LOCK = "--require-hashes -r resources/install/locks/linux-3.12"
PRESSDESK = "--no-deps --no-build-isolation"
TOOLS = ("sh", "cat", "cksum", "rm", "mkdir", "cp", "chmod", "find", "sort", "uname", "tr")

PYTHON = """#!/bin/sh
case "$*" in
    *libraries.py*) echo "${MISSING:-}" ;;
    *"import pip"*) exit "${NO_PIP:-${OLD:-0}}" ;;
    *"import venv"*) exit "${NO_VENV:-0}" ;;
    *version_info\\[*) echo "${VERSION:-3.12}" ;;
    *version_info*) exit "${OLD:-0}" ;;
    *"-m venv"*) mkdir -p .venv/bin; cp "$0" .venv/bin/python; echo cfg >.venv/pyvenv.cfg ;;
    *"-m pip install"*) echo "pip $*" >>calls; exit "${NO_INDEX:-0}" ;;
    *"-m compileall"*) echo "$*" >>calls ;;
esac
"""

APT = '#!/bin/sh\necho "apt-get $*" >>calls\nexit "${NO_MIRROR:-0}"\n'

ID = '#!/bin/sh\necho "${USER_ID:-1000}"\n'

Setup = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A checkout with nothing installed, and a PATH with stand-ins only."""
    for name in ("resources/install", "bin"):
        (tmp_path / name).mkdir(parents=True)
    for file in INSTALL.glob("*.*"):
        shutil.copy(file, tmp_path / "resources" / "install")
    shutil.copytree(INSTALL / "locks", tmp_path / "resources" / "install" / "locks")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for folder in ("pressdesk", "seeds"):
        (tmp_path / folder).mkdir()
    (tmp_path / "pressdesk" / "__init__.py").touch()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool) or tool)
    for name, script in (("python3", PYTHON), ("apt-get", APT), ("id", ID)):
        (tmp_path / "bin" / name).write_text(script)
        (tmp_path / "bin" / name).chmod(0o755)
    return tmp_path


@pytest.fixture
def setup(place: Path) -> Setup:
    """Runs the script there: ``setup("dev", MISSING="libegl1")``."""

    def run(*extras: str, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "resources/install/setup.sh", *extras],
            cwd=place,
            env={"PATH": str(place / "bin"), **env},
            capture_output=True,
            text=True,
        )

    return run


def calls(place: Path) -> list[str]:
    """What was asked of pip and apt-get, without the options every call has."""
    file = place / "calls"
    lines = file.read_text().splitlines() if file.exists() else []
    return [
        line.replace("pip -m pip install -qq --disable-pip-version-check ", "") for line in lines
    ]


def test_the_first_run_installs_what_is_locked_and_the_second_does_nothing(
    setup: Setup, place: Path
) -> None:
    assert setup().returncode == 0
    first = calls(place)
    assert first == [f"{LOCK}/run.txt", f"{PRESSDESK} ."]
    again = setup()
    assert (again.returncode, again.stderr) == (0, "")
    assert calls(place) == first


def test_a_developer_gets_the_folder_itself(setup: Setup, place: Path) -> None:
    setup("dev", "bench")
    parts = [f"{LOCK}/{part}.txt" for part in ("run", "dev", "bench")]
    done = [*parts, f"{PRESSDESK} -e .", "-m compileall -q pressdesk"]
    assert calls(place) == done
    (place / "pressdesk" / "new.py").touch()
    setup()
    assert calls(place) == done


def test_a_copy_follows_what_is_written_and_deleted(setup: Setup, place: Path) -> None:
    setup()
    (place / "pressdesk" / "new.py").write_text("a")
    setup()
    (place / "pressdesk" / "new.py").write_text("b")
    setup()
    (place / "pressdesk" / "new.py").unlink()
    setup()
    assert calls(place)[1:] == [f"{PRESSDESK} ."] * 4
    (place / "pressdesk" / "__pycache__").mkdir()  # only what Python itself keeps is new
    (place / "pressdesk" / "__pycache__" / "a.pyc").touch()
    setup()
    assert len(calls(place)) == 5


def test_another_interpreter_in_the_same_place_installs_again(setup: Setup, place: Path) -> None:
    setup()
    setup(VERSION="3.13")
    assert calls(place)[2] == f"{LOCK}/run.txt".replace("3.12", "3.13")


def test_an_environment_without_pip_is_made_anew(setup: Setup, place: Path) -> None:
    setup()
    assert "making .venv" in setup(NO_PIP="1").stderr


@pytest.mark.parametrize("file", ["pyproject.toml", "resources/install/locks/linux-3.12/run.txt"])
def test_another_list_of_packages_installs_again(setup: Setup, place: Path, file: str) -> None:
    setup()
    with (place / file).open("a") as stream:
        stream.write("# one more\n")
    setup()
    assert calls(place).count(f"{LOCK}/run.txt") == 2


def test_without_a_lock_the_ranges_are_taken_and_it_is_said(setup: Setup, place: Path) -> None:
    done = setup("dev", VERSION="3.99")
    assert done.returncode == 0
    assert "no versions are locked for Python 3.99 on Linux" in done.stderr
    assert calls(place) == [".", ".[dev]", "--no-deps -e .", "-m compileall -q pressdesk"]


@pytest.mark.parametrize("part", ["run", "dev", "bench", "audit"])
@pytest.mark.parametrize("folder", sorted((INSTALL / "locks").iterdir()), ids=lambda f: f.name)
def test_a_lock_holds_what_the_project_asks_for(folder: Path, part: str) -> None:
    with (ROOT / "pyproject.toml").open("rb") as stream:
        asked = tomllib.load(stream)
    extras = asked["project"]["optional-dependencies"]
    wanted = [*asked["build-system"]["requires"], *asked["project"]["dependencies"]]
    wanted += extras.get(part, [])
    lines = (folder / f"{part}.txt").read_text().splitlines()
    pins = dict(line.split(" ")[0].split("==") for line in lines if "==" in line)
    assert all("--hash=sha256:" in line for line in lines if line.startswith(" "))
    for requirement in map(Requirement, wanted):
        assert pins[canonicalize_name(requirement.name)] in requirement.specifier


def test_root_on_debian_gets_what_is_missing(setup: Setup, place: Path) -> None:
    done = setup(MISSING="libegl1 libxcb-cursor0", USER_ID="0")
    assert done.returncode == 0, done.stderr
    assert calls(place)[0].endswith("install -qq -y --no-install-recommends libegl1 libxcb-cursor0")


def test_others_get_the_one_command(setup: Setup, place: Path) -> None:
    done = setup(MISSING="libegl1 libxcb-cursor0")
    assert done.returncode == 1
    assert "sudo apt-get install -y libegl1 libxcb-cursor0\n" in done.stderr
    assert len(done.stderr.splitlines()) == 2  # it made the environment before
    assert calls(place) == []


def test_other_systems_get_the_names(setup: Setup, place: Path) -> None:
    (place / "bin" / "apt-get").unlink()
    done = setup(MISSING="libegl1", USER_ID="0")
    assert done.returncode == 1
    assert "package manager: libegl1" in done.stderr


def test_without_a_mirror_it_says_what_could_not_be_installed(setup: Setup) -> None:
    done = setup(MISSING="libegl1", USER_ID="0", NO_MIRROR="100")
    assert done.returncode == 1
    assert "could not be installed: libegl1" in done.stderr


def test_without_an_index_it_says_so_and_tries_again_next_time(setup: Setup, place: Path) -> None:
    assert "package index" in setup(NO_INDEX="1").stderr
    assert setup().returncode == 0
    assert calls(place) == [f"{LOCK}/run.txt", f"{LOCK}/run.txt", f"{PRESSDESK} ."]


def test_an_old_python_is_told_in_a_sentence(setup: Setup, place: Path) -> None:
    done = setup(OLD="1")
    assert done.returncode == 1
    assert "Python 3.11 or newer" in done.stderr
    assert not (place / ".venv").exists()


def test_debian_without_venv_gets_it(setup: Setup, place: Path) -> None:
    assert "sudo apt-get install -y python3.12-venv" in setup(NO_VENV="1").stderr
    setup(NO_VENV="1", USER_ID="0")
    assert any("python3.12-venv" in call for call in calls(place))


def test_tests_go_on_without_a_virtual_screen(setup: Setup, place: Path) -> None:
    done = setup("dev", USER_ID="0", NO_MIRROR="100")
    assert done.returncode == 0
    assert any("xvfb" in call for call in calls(place))
    assert done.stderr.splitlines()[-1].endswith("tests of real keys are skipped")


def test_a_folder_that_moved_is_installed_again(setup: Setup, place: Path) -> None:
    setup()
    moved = place.with_name("moved")
    place.rename(moved)
    subprocess.run(
        ["sh", "resources/install/setup.sh"],
        cwd=moved,
        env={**os.environ, "PATH": str(moved / "bin")},
        check=True,
        capture_output=True,
    )
    assert calls(moved) == [f"{LOCK}/run.txt", f"{PRESSDESK} ."] * 2


def test_make_help_names_every_target(place: Path) -> None:
    done = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True)
    targets = {line.split()[0] for line in done.stdout.splitlines() if line.strip()}
    assert {"run", "test", "check", "bench", "lock", "shots", "help"} <= targets
