"""Lists what a release consists of: a bill of materials as CycloneDX 1.6 has it, in JSON.

The packages are those of a lock, with the hashes of their files as the lock has them; licences and
what needs what are known of those that are installed. The same lock and the same packages make
the same bytes.
source  cyclonedx.org/docs/1.6/json
"""

from __future__ import annotations

import json
import re
from importlib.metadata import PackageNotFoundError, metadata, requires
from typing import Any
from uuid import NAMESPACE_URL, uuid5

_PACKAGE = re.compile(
    r"^(?P<name>[A-Za-z0-9_.-]+)==(?P<version>[^ ;\\\n]+)(?P<rest>[^\n]*(?:\n[ \t]+[^\n]*)*)",
    re.MULTILINE,
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_NAME = re.compile(r"[A-Za-z0-9_.-]+")
_CLASSIFIED = "License :: OSI Approved :: "
_LONGEST = 80
"""Characters of a licence that is a name; some packages put the whole text there."""

Json = dict[str, Any]


def bill(version: str, lock: str, wanted: list[str], licence: str) -> str:
    """The text of the file.

    version  of PressDesk
    lock     the text of the lock that the release is tried with
    wanted   what PressDesk asks for, as in pyproject.toml: what nothing of it leads to only builds
             the release, and is marked as excluded
    """
    found = {_plain(one["name"]): one for one in _PACKAGE.finditer(lock)}
    needs = {name: [one for one in _needed(name) if one in found] for name in found}
    direct = sorted({_plain(_name(one)) for one in wanted} & found.keys())
    inside = _reached(direct, needs)
    mine = f"pkg:pypi/pressdesk@{version}"
    purls = {name: f"pkg:pypi/{name}@{one['version']}" for name, one in found.items()}
    components = [_component(one, purls[name], name in inside) for name, one in found.items()]
    made: Json = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": mine,
                "name": "pressdesk",
                "version": version,
                "licenses": [{"license": {"id": licence}}],
                "purl": mine,
            }
        },
        "components": sorted(components, key=lambda one: str(one["purl"])),
        "dependencies": [
            {"ref": mine, "dependsOn": [purls[one] for one in direct]},
            *(
                {"ref": purls[name], "dependsOn": sorted(purls[one] for one in needs[name])}
                for name in sorted(found)
            ),
        ],
    }
    serial = uuid5(NAMESPACE_URL, json.dumps(made, sort_keys=True))
    made = {"$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", **made}
    return json.dumps({**made, "serialNumber": f"urn:uuid:{serial}"}, indent=1) + "\n"


def _component(found: re.Match[str], purl: str, inside: bool) -> Json:
    name = found["name"]
    files = {
        "type": "distribution",
        "url": f"https://pypi.org/project/{name}/{found['version']}/",
        "hashes": [{"alg": "SHA-256", "content": one} for one in _HASH.findall(found["rest"])],
    }
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": found["version"],
        "scope": "required" if inside else "excluded",
        **_licences(name, found["version"]),
        "purl": purl,
        "externalReferences": [files],
    }


def _licences(name: str, version: str) -> Json:
    """What the installed package says of itself; nothing for another version, or for silence."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return {}
    if said["Version"] != version:
        return {}
    if spdx := said.get("License-Expression"):
        return {"licenses": [{"expression": spdx}]}
    classified = [one for one in said.get_all("Classifier", []) if one.startswith(_CLASSIFIED)]
    names = [one.removeprefix(_CLASSIFIED) for one in classified] or [said.get("License") or ""]
    short = [one for one in names if 0 < len(one) <= _LONGEST and "\n" not in one]
    return {"licenses": [{"license": {"name": one}} for one in short]} if short else {}


def _needed(name: str) -> list[str]:
    try:
        asked = requires(name) or []
    except PackageNotFoundError:
        return []
    return sorted({_plain(_name(one)) for one in asked if "extra ==" not in one})


def _reached(names: list[str], needs: dict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        if (one := waiting.pop()) not in found:
            found.add(one)
            waiting += needs[one]
    return found


def _name(requirement: str) -> str:
    found = _NAME.match(requirement)
    return found[0] if found else ""


def _plain(name: str) -> str:
    """A name as packages are compared by it."""
    return re.sub(r"[-_.]+", "-", name).lower()
