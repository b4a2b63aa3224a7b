"""What keeps a version from being released, what it consists of, and what is known of that."""

from __future__ import annotations

import importlib.util
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEWEST = "## [1.2.3] – 2026-11-28\n\n- A thing.\n\n## [1.2.2] – 2026-10-01\n"


INSTALL = ROOT / "resources" / "install"


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, INSTALL / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def release() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(INSTALL)  # where it stands itself when it is run
        yield _script("release")


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    return _script("audit")


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


# --- what it consists of


def test_the_bill_of_materials_has_all_that_is_locked(release: ModuleType, tmp_path: Path) -> None:
    lock = release._lock()
    if not lock.exists():
        assert release.write_bill(tmp_path, "1.2.3") is None
        return
    file = release.write_bill(tmp_path, "1.2.3")
    assert file is not None and file.name == "pressdesk-1.2.3.cdx.json"
    first = file.read_bytes()
    assert release.write_bill(tmp_path, "1.2.3").read_bytes() == first
    bill = json.loads(first)
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", bill["serialNumber"])
    root = bill["metadata"]["component"]
    assert (root["name"], root["version"]) == ("pressdesk", "1.2.3")
    pins = re.findall(r"^([^ =]+)==([^ ]+)", lock.read_text(), re.MULTILINE)
    parts = {one["name"]: one for one in bill["components"]}
    assert sorted((name, one["version"]) for name, one in parts.items()) == sorted(pins)
    assert all(one["purl"] == f"pkg:pypi/{n}@{one['version']}" for n, one in parts.items())
    hashes = [two["content"] for one in parts.values() for two in _hashes(one)]
    assert sorted(hashes) == sorted(re.findall(r"sha256:([0-9a-f]{64})", lock.read_text()))
    assert parts["msgspec"]["licenses"] == [{"expression": "BSD-3-Clause"}]
    # What only builds it is told from what it runs with, also where that comes by another.
    assert parts["hatchling"]["scope"] == "excluded"
    assert {parts[one]["scope"] for one in ("sqlalchemy", "typing-extensions")} == {"required"}
    refs = {root["bom-ref"], *(one["bom-ref"] for one in parts.values())}
    assert {one["ref"] for one in bill["dependencies"]} == refs
    assert all(refs.issuperset(one["dependsOn"]) for one in bill["dependencies"])
    with (ROOT / "pyproject.toml").open("rb") as stream:
        asked = tomllib.load(stream)["project"]["dependencies"]
    assert len(bill["dependencies"][0]["dependsOn"]) == len(asked)


def _hashes(component: dict[str, list[dict[str, list[dict[str, str]]]]]) -> list[dict[str, str]]:
    return component["externalReferences"][0]["hashes"]


# --- what is known of that


def test_every_locked_version_is_asked_about_once(audit: ModuleType) -> None:
    lock = "one==1.0 \\\n    --hash=sha256:00\ntwo==2 ; python_version < '3.12' \\\n"
    assert audit.pins(lock) == [("one", "1.0"), ("two", "2")]
    wanted = [("one", "1.0"), ("two", "2"), ("one", "1.1"), ("one", "1.0")]
    assert audit.lists(wanted) == [["one==1.0", "two==2"], ["one==1.1"]]


SOUND = {"name": "one", "version": "1", "vulns": []}
SKIPPED = {"name": "two", "skip_reason": "not found"}
HOLE = {"id": "PYSEC-1", "fix_versions": ["2"], "aliases": ["CVE-1"]}
HARMED = {"name": "six", "version": "1", "vulns": [HOLE]}


@pytest.mark.parametrize(
    ("known", "code", "said"),
    [
        ([SOUND], 0, "No vulnerability is known of 1 packages."),
        ([SOUND, HARMED], 1, "six 1: PYSEC-1, CVE-1; mended in 2"),
        ([SKIPPED, HARMED], 1, "1 of 2 packages could not be asked about."),
        ([SOUND, SKIPPED], 2, "1 of 2 packages could not be asked about."),
    ],
)
def test_what_could_not_be_asked_is_not_told_as_sound(
    audit: ModuleType, known: list[dict[str, object]], code: int, said: str
) -> None:
    found, lines = audit.verdict(json.dumps({"dependencies": known, "fixes": []}), len(known))
    assert found == code and said in lines


@pytest.mark.parametrize("answer", ["", "ERROR: no connection", "[]", "{}"])
def test_a_service_that_does_not_answer_has_found_nothing_sound(
    audit: ModuleType, answer: str
) -> None:
    code, lines = audit.verdict(answer, 1)
    assert code == 2 and lines == ["The service of known vulnerabilities could not be asked."]
