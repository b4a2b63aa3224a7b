"""A full disk, a real one of some pages: told in plain words, and nothing is left on it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.program import fault, run

Disk = Callable[[str], Path]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """Mounts a small file system with these options."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted: list[Path] = []

    def mount(options: str) -> Path:
        order = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        if os.geteuid() != 0 or subprocess.run(order, capture_output=True).returncode:
            pytest.skip("only root may mount a file system")
        mounted.append(place)
        return place

    yield mount
    for one in mounted:
        subprocess.run(["umount", str(one)], check=True)


SMALL = {"few bytes": "size=160k", "few names": "size=8m,nr_inodes=1"}


@pytest.mark.parametrize("options", SMALL.values(), ids=SMALL)
@pytest.mark.parametrize("command", ["init", "init --samples", "move"])
def test_a_desk_that_does_not_fit(disk: Disk, desk: Path, options: str, command: str) -> None:
    place = disk(options)
    path = place / "a.pressdesk"
    if command == "move":
        line = fault(run("move", desk, path))
    else:
        line = fault(run("--desk", path, *command.split()))
    assert "space" in line or "cannot be created" in line, line
    assert ".pressdesk-" not in line and "earlier saves" not in line
    assert list(place.iterdir()) == []
