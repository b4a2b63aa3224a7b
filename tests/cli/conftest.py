"""Real desk files for the real program."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import Shell, run


@pytest.fixture(scope="session")
def _samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    path = folder / "samples.pressdesk"
    env = {f"XDG_{name}_HOME": str(folder) for name in ("DATA", "CONFIG", "CACHE", "STATE")}
    done = run("--desk", path, "init", "--samples", env=env)
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture
def desk(_samples: Path, tmp_path: Path) -> Path:
    """A desk of one's own with the samples on it."""
    return Path(shutil.copy(_samples, tmp_path / "desk.pressdesk"))


@pytest.fixture
def shell(desk: Path) -> Shell:
    """The program on that desk: ``shell("list", "--json")``."""
    return lambda *arguments, **options: run("--desk", desk, *arguments, **options)


@pytest.fixture
def listed(shell: Shell) -> Callable[..., list[dict[str, Any]]]:
    """What ``list --json`` gives: ``listed("--kind", "news")``."""
    return lambda *arguments: json.loads(shell("list", "--json", *arguments).stdout)
