"""The wheel carries all the program needs and runs away from the checkout; the sdist, the tests."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LEFT_OUT = ("resources/docs/developers/", "resources/install/", "resources/pictures/")
FOLDERS = (".ci", "pressdesk", "resources", "seeds", "tests")


def build(what: str, source: Path, folder: Path) -> Path:
    """A wheel or an sdist of a folder with sources."""
    pytest.importorskip("hatchling")
    order = [sys.executable, "-m", "hatchling", "build", "-t", what, "-d", str(folder)]
    subprocess.run(order, cwd=source, check=True, capture_output=True)
    (made,) = (one for one in folder.iterdir() if one.is_file())
    return made


def tracked(*folders: str) -> list[str]:
    """The files under version control in these folders of the checkout."""
    listed = subprocess.run(
        ["git", "ls-files", *folders], cwd=ROOT, capture_output=True, encoding="utf-8"
    )
    if listed.returncode:
        pytest.skip("this is no checkout")
    return listed.stdout.splitlines()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the sdist holds, unpacked."""
    folder = tmp_path_factory.mktemp("sdist")
    subprocess.run(["tar", "-xzf", build("sdist", ROOT, folder), "-C", folder], check=True)
    (inside,) = (one for one in folder.iterdir() if one.is_dir())
    return inside


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory, source: Path) -> Path:
    """A folder with what ``pip install`` would put beside the other packages."""
    folder = tmp_path_factory.mktemp("wheel")
    with zipfile.ZipFile(build("wheel", source, folder)) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_sdist_holds_every_file(source: Path) -> None:
    wanted = [*tracked(*FOLDERS), "Makefile", "README.md", "CHANGELOG.md", "LICENSE"]
    assert [name for name in wanted if not (source / name).is_file()] == []
    assert "tests/conftest.py" in wanted and ".ci/run" in wanted


def test_tests_run_from_the_sdist(source: Path) -> None:
    order = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
    order += ["tests/unit/test_words.py", "tests/unit/test_press.py"]
    env = {name: held for name, held in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(order, cwd=source, env=env, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout


def test_every_resource_and_seed_is_in_it(unpacked: Path) -> None:
    wanted = [n for n in tracked("resources", "seeds") if not n.startswith(LEFT_OUT)]
    missing = [n for n in wanted if not (unpacked / "pressdesk" / "_data" / n).is_file()]
    assert [name for name in missing if not name.endswith(".py")] == []
    assert any(name.startswith("seeds/") for name in wanted)


def test_what_only_developers_need_is_not_in_it(unpacked: Path) -> None:
    data = unpacked / "pressdesk" / "_data"
    assert [one for one in LEFT_OUT if (data / one).exists()] == []
    assert not (unpacked / "tests").exists() and not list(data.rglob("*.py"))


def test_the_program_runs_from_it(unpacked: Path, tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(unpacked), "PYTHONSAFEPATH": "1"}

    def program(*arguments: str) -> str:
        command = [sys.executable, "-m", "pressdesk", "--desk", str(tmp_path / "a.pressdesk")]
        done = subprocess.run(
            [*command, *arguments], cwd=tmp_path, env=env, capture_output=True, encoding="utf-8"
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    program("init", "--samples")
    number, language = program("list", "--kind", "news", "--state", "issued").split()[:2]
    paths = program(
        "export", number, "--language", language, "--to", "pdf,html", "--out", str(tmp_path)
    )
    assert all(Path(line).stat().st_size > 1000 for line in paths.splitlines())
    where = "import pressdesk; print(pressdesk.__file__)"
    run = subprocess.run([sys.executable, "-c", where], env=env, capture_output=True, text=True)
    assert run.stdout.startswith(str(unpacked))
