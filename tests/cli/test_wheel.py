"""The wheel carries everything: the program runs from it, away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LEFT_OUT = ("resources/install/", "resources/pictures/")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what ``pip install`` would put beside the other packages."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_every_resource_and_seed_is_in_it(unpacked: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "resources", "seeds"], cwd=ROOT, capture_output=True, text=True
    )
    if listed.returncode:
        pytest.skip("this is no checkout")
    wanted = [n for n in listed.stdout.splitlines() if not n.startswith(LEFT_OUT)]
    missing = [n for n in wanted if not (unpacked / "pressdesk" / "_data" / n).is_file()]
    assert [name for name in missing if not name.endswith(".py")] == []
    assert any(name.startswith("seeds/") for name in wanted)


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
