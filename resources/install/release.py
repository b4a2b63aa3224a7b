"""Makes a release ready: checks what is to go out, builds it, and runs it from where it lands.

``make release`` runs it. Wheel, source distribution and bill of materials come to lie in
``build/release``; nothing is uploaded, and no tag is set.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from datetime import date
from pathlib import Path

import bom

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "release"

_HEAD = re.compile(r"^## \[(?P<version>[^\]]+)\](?: – (?P<when>.+))?$", re.MULTILINE)
_VERSION = re.compile(r'^__version__ = "(?P<version>[^"]+)"$', re.MULTILINE)


def version_in(source: str) -> str:
    """The version that the text of ``pressdesk/__init__.py`` names, "" when it names none."""
    found = _VERSION.search(source)
    return found["version"] if found else ""


def faults(version: str, changelog: str, changed: str = "") -> list[str]:
    """What keeps a version from being released, in plain sentences.

    changelog  the text of CHANGELOG.md; its first head has to be of this version, with its day
    changed    what git says is not committed
    """
    found = []
    head = _HEAD.search(changelog)
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        found.append(f"pressdesk/__init__.py: {version!r} is no version such as 1.2.3.")
    if head is None:
        found.append("CHANGELOG.md has no head such as ## [1.2.3] – 2026-11-28.")
    elif head["version"] != version:
        found.append(
            f"The program is {version}, the newest entry of CHANGELOG.md is {head['version']}."
        )
    elif not _is_day(head["when"] or ""):
        said = head["when"] or "nothing"
        found.append(f"CHANGELOG.md does not say on which day {version} comes out, but: {said}.")
    if changed.strip():
        found.append(f"Not everything is committed:\n{changed.rstrip()}")
    return found


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def build(out: Path) -> tuple[Path, Path]:
    """Build the source distribution, and the wheel from what it holds; returns both."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    hatch = (sys.executable, "-m", "hatchling", "build", "-d", str(out))
    _run(*hatch, "-t", "sdist", cwd=ROOT)
    (sdist,) = out.glob("*.tar.gz")
    (out / "source").mkdir()
    _run("tar", "-xzf", str(sdist), "-C", str(out / "source"), cwd=out)
    (source,) = (out / "source").iterdir()
    _run(*hatch, "-t", "wheel", cwd=source)
    (wheel,) = out.glob("*.whl")
    shutil.rmtree(out / "source")
    return sdist, wheel


def write_bill(out: Path, version: str) -> Path | None:
    """Write what the release consists of beside it; None where no versions are locked."""
    if not _lock().exists():
        return None
    with (ROOT / "pyproject.toml").open("rb") as stream:
        project = tomllib.load(stream)["project"]
    file = out / f"pressdesk-{version}.cdx.json"
    said = bom.bill(version, _lock().read_text(), project["dependencies"], project["license"])
    file.write_text(said, "utf-8")
    return file


def try_out(made: Path, folder: Path, version: str) -> None:
    """Install what was made into an empty environment and do the main job from there."""
    venv.create(folder, with_pip=True, clear=True)
    bin_ = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = (str(bin_ / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check")
    if _lock().exists():
        _run(*pip, "--require-hashes", "-r", str(_lock()), cwd=folder)
        _run(*pip, "--no-deps", "--no-build-isolation", str(made), cwd=folder)
    else:
        _run(*pip, str(made), cwd=folder)
    program = str(bin_ / "pressdesk")
    said = _run(program, "--version", cwd=folder)
    if version not in said:
        raise SystemExit(f"{made.name}: the program says it is {said.strip()}, not {version}")
    desk = ("--desk", "samples.pressdesk")
    _run(program, *desk, "init", "--samples", cwd=folder)
    row = _run(program, *desk, "list", "--state", "issued", "--language", "en", cwd=folder)
    number, language = row.split()[:2]
    export = ("export", number, "--language", language, "--to", "pdf,html", "--out", "out")
    for file in _run(program, *desk, *export, cwd=folder).splitlines():
        if (folder / file).stat().st_size < 1000:
            raise SystemExit(f"{made.name}: {file} is next to nothing")
    _run(program, *desk, "screenshot", "window.png", cwd=folder)


def _lock() -> Path:
    named = f"{sys.platform}-{sys.version_info[0]}.{sys.version_info[1]}"
    return ROOT / "resources" / "install" / "locks" / named / "run.txt"


def _run(*command: str, cwd: Path) -> str:
    """What a command says; ends everything, with what it said, when it fails."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def main() -> int:
    """Check, build, try; 1 when something keeps the version from being released."""
    version = version_in((ROOT / "pressdesk" / "__init__.py").read_text("utf-8"))
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    found = faults(version, changelog, _run("git", "status", "--porcelain", cwd=ROOT))
    for fault in found:
        print(fault, file=sys.stderr)
    if found:
        return 1
    for made in build(OUT):
        print(f"{made.name}: installing it into an empty environment", flush=True)
        try_out(made, ROOT / "build" / "release-trial", version)
    shutil.rmtree(ROOT / "build" / "release-trial")
    if write_bill(OUT, version) is None:
        print("No versions are locked for this Python: no bill of materials", file=sys.stderr)
    print(f"{version} is ready in {OUT.relative_to(ROOT)}: nothing was uploaded")
    return 0


if __name__ == "__main__":
    sys.exit(main())
