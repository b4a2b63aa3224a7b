"""Asks whether the locked packages have known vulnerabilities. ``make audit`` runs it.

Ends with 0 when none is known, 1 when one is, and 2 when that could not be asked, of all packages
or of some: a service that cannot be reached has found nothing wrong.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

LOCKS = Path(__file__).resolve().parent / "locks"

NONE_KNOWN, VULNERABLE, NOT_ASKED = 0, 1, 2

_PIN = re.compile(r"^(?P<name>[A-Za-z0-9_.-]+)==(?P<version>[^ ;\\]+)", re.MULTILINE)


def pins(lock: str) -> list[tuple[str, str]]:
    """Name and version of each package in the text of a lock."""
    return [(found["name"], found["version"]) for found in _PIN.finditer(lock)]


def lists(wanted: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The pins of several locks, each once; no list has a package in two versions."""
    out: list[dict[str, str]] = []
    for name, version in sorted(set(wanted)):
        free = next((one for one in out if name not in one), None)
        if free is None:
            out.append(free := {})
        free[name] = version
    return [[f"{name}=={version}" for name, version in one.items()] for one in out]


def verdict(answer: str, asked: int) -> tuple[int, list[str]]:
    """How it ends, and what is printed.

    answer  what pip-audit wrote as JSON; "" or anything else where it failed
    asked   how many packages it was asked about
    """
    try:
        known = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return NOT_ASKED, ["The service of known vulnerabilities could not be asked."]
    said, silent = [], asked - len(known)
    for one in known:
        silent += "skip_reason" in one
        for found in one.get("vulns", ()):
            names = ", ".join([found["id"], *found.get("aliases", ())])
            mended = ", ".join(found.get("fix_versions", ())) or "no version"
            said.append(f"{one['name']} {one['version']}: {names}; mended in {mended}")
    code = VULNERABLE if said else NOT_ASKED if silent else NONE_KNOWN
    if silent:
        said.append(f"{silent} of {asked} packages could not be asked about.")
    if code == NONE_KNOWN:
        said.append(f"No vulnerability is known of {asked} packages.")
    return code, said


def main() -> int:
    """Ask about every version in every lock."""
    wanted = [pin for lock in sorted(LOCKS.glob("*/*.txt")) for pin in pins(lock.read_text())]
    codes = set()
    for pinned in lists(wanted):
        code, said = verdict(_asked(pinned), len(pinned))
        print("\n".join(said), file=sys.stderr if code else sys.stdout)
        codes.add(code)
    return min(codes - {NONE_KNOWN}, default=NONE_KNOWN)


def _asked(pinned: list[str]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "requirements.txt"
        file.write_text("\n".join([*pinned, ""]))
        command = (sys.executable, "-m", "pip_audit", "-r", str(file), "--no-deps", "--disable-pip")
        done = subprocess.run(
            [*command, "-f", "json", "--progress-spinner", "off"],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
