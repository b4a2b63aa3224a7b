"""What keeps a version from being released is said in plain sentences."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEWEST = "## [1.2.3] – 2026-11-28\n\n- A thing.\n\n## [1.2.2] – 2026-10-01\n"


@pytest.fixture(scope="module")
def release() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "release", ROOT / "resources" / "install" / "release.py"
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_version_with_its_day_in_the_changelog_may_go_out(release: ModuleType) -> None:
    assert release.faults("1.2.3", NEWEST) == []


@pytest.mark.parametrize(
    ("version", "changelog", "changed", "named"),
    [
        ("1.2.4", NEWEST, "", "The program is 1.2.4, the newest entry of CHANGELOG.md is 1.2.3."),
        ("1.2.2", NEWEST, "", "The program is 1.2.2"),
        ("1.2", NEWEST.replace("1.2.3", "1.2"), "", "no version"),
        ("1.2.3", NEWEST.replace("2026-11-28", "unreleased"), "", "on which day"),
        ("1.2.3", NEWEST.replace("2026-11-28", "2026-11-31"), "", "on which day"),
        ("1.2.3", NEWEST.replace(" – 2026-11-28", ""), "", "on which day"),
        ("1.2.3", "# Changelog\n", "", "no head"),
        ("1.2.3", NEWEST, " M pressdesk/cli/desks.py\n", "pressdesk/cli/desks.py"),
    ],
)
def test_what_stands_in_the_way_is_named(
    release: ModuleType, version: str, changelog: str, changed: str, named: str
) -> None:
    found = release.faults(version, changelog, changed)
    assert len(found) == 1 and named in found[0]


def test_program_and_changelog_name_the_same_version(release: ModuleType) -> None:
    version = release.version_in((ROOT / "pressdesk" / "__init__.py").read_text("utf-8"))
    heads = (ROOT / "CHANGELOG.md").read_text("utf-8").split("\n## [")
    assert version and heads[1].startswith(f"{version}]")
