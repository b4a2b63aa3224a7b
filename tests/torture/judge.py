"""The rules an event is judged by: what was acknowledged is there, what was issued is the same."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from pressdesk.archive.checking import check
from pressdesk.archive.file.backup import verify
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.base.errors import PressDeskError
from pressdesk.base.files import STALE_S
from pressdesk.desk import rescue
from tests.torture import desks
from tests.torture.acts import ACTS, Scene
from tests.torture.apart import Ended, apart
from tests.torture.desks import Facts, Kit, desk_in
from tests.torture.ledger import Line, mark, read

Fault = Literal["lost", "altered", "raw", "hang"]

FAULTS: tuple[Fault, ...] = ("lost", "altered", "raw", "hang")


class Found(NamedTuple):
    """One thing that is not as it must be."""

    fault: Fault
    words: str


def judged(work: Callable[[], list[Found]], profile: Path, doing: str) -> list[Found]:
    """What a look finds, made apart; that it fails is found, too."""
    return told(apart(work, profile=profile), doing)


def told(ended: Ended, doing: str) -> list[Found]:
    """What a piece of work found; a PressDeskError is what should not have come."""
    if ended.how == "done":
        return list(ended.value or ())
    fault: Fault = {"raw": "raw", "hang": "hang", "killed": "raw"}.get(ended.how, "lost")  # type: ignore[assignment]
    return [Found(fault, f"{doing}: {ended.value}")]


def whole(folder: Path, kit: Kit, ledger: list[Line] | None = None) -> list[Found]:
    """Judge what an event left in ``folder``; nothing is repaired before it is looked at."""
    said = read(folder) if ledger is None else ledger
    found: list[Found] = []
    try:
        archive = open_desk(desk_in(folder))
    except PressDeskError as error:
        return [Found("lost", f"the desk does not open: {error}")]
    try:
        found += _sound(archive)
        found += _texts(archive, kit, said)
        found += _imported(archive, said)
        found += _rescued(archive, said)
    finally:
        archive.close()
    return [*found, *_settings(said), *_files(folder, kit, said)]


def _sound(archive: Archive) -> Iterator[Found]:
    for fault in check(archive).faults:
        yield Found("lost", f"check: {fault.part}: {fault.where}")


def _texts(archive: Archive, kit: Kit, said: list[Line]) -> Iterator[Found]:
    now = desks.facts(archive)
    of_backup = any(line["act"] == "restore backup" for line in said)
    done = any(line["act"] == "restore backup" and line["done"] for line in said)
    before = [kit.put_back] if done else [kit.facts, kit.put_back] if of_backup else [kit.facts]
    wrong = [list(_since(facts, now)) for facts in before]
    yield from min(wrong, key=len)
    if of_backup and list(_since(kit.facts, now)) and not _aside():
        yield Found("lost", "the desk was replaced, and what it held is nowhere")
    if now.gaps != before[wrong.index(min(wrong, key=len))].gaps:
        yield Found("lost", f"numbers: given and not borne {now.gaps}")
    yield from _promised(archive, now, said)


def _aside() -> list[Path]:
    return sorted(Path(os.environ["XDG_DATA_HOME"]).rglob("*.restore.pressdesk"))


def _since(before: Facts, now: Facts) -> Iterator[Found]:
    for key, text in before.texts.items():
        if now.texts.get(key) != text:
            yield Found("lost", f"the text of {key}")
    for key, seal in before.seals.items():
        if now.seals.get(key) != seal:
            yield Found("altered", f"what was issued of {key}")


def _promised(archive: Archive, now: Facts, said: list[Line]) -> Iterator[Found]:
    """The words last acknowledged are shown, or those that were begun and not answered."""
    shown: dict[tuple[int, str, int], set[str]] = {}
    revised: dict[tuple[int, str, int], set[str]] = {}
    for line in said:
        if "text" not in line:
            continue
        key = tuple(line["text"])
        if not line["done"]:
            shown.setdefault(key, set()).add(line["mark"])
            continue
        shown[key] = {line["mark"]}
        if line["act"] in ("save", "issue", "record", "restore"):
            revised.setdefault(key, set()).update({line["mark"], line.get("before", line["mark"])})
        if "seal" in line and now.seals.get(key) != (line["seal"], line["mark"]):
            yield Found("altered", f"what was issued of {key}")
    for key, marks in shown.items():
        if now.texts.get(key) not in marks:
            yield Found("lost", f"the text of {key}")
    for key, marks in revised.items():
        filed = archive.releases.find(key[0], language=key[1], number=key[2])
        there = archive.releases.revisions(filed.edition.id)
        have = {mark(archive.releases.revision(one.id)[1]) for one in there}
        if not marks <= have:
            yield Found("lost", f"a revision of {key}")
    borne = Counter(line["reference"] for line in said if line["done"] and line.get("reference"))
    for reference in borne:
        releases = {line["text"][0] for line in said if line.get("reference") == reference}
        if len(releases) > 1:
            yield Found("lost", f"{reference} was given to {sorted(releases)}")


def _imported(archive: Archive, said: list[Line]) -> Iterator[Found]:
    number, begun = desks.imported(archive.path), [x for x in said if x["act"] == "import"]
    least = sum(line["number"] for line in begun if line["done"])
    most = sum(line["number"] for line in begun if not line["done"])
    sizes = {line["number"] for line in begun if line["number"]} or {1}
    if not least <= number <= most or number % min(sizes):
        yield Found("lost", f"{number} imported items, acknowledged {least}, begun {most}")


def _rescued(archive: Archive, said: list[Line]) -> Iterator[Found]:
    """The last state put down comes back when the desk is opened, or the one begun after it."""
    states = [line for line in said if line["act"] == "rescue"]
    acknowledged = [at for at, line in enumerate(states) if line["done"]]
    if not acknowledged:
        return
    wanted = {line["mark"] for line in states[acknowledged[-1] :]}
    rescue.take_in(archive)
    if not wanted & set(desks.facts(archive).texts.values()):
        yield Found("lost", "a rescued text")


def _settings(said: list[Line]) -> Iterator[Found]:
    steps = [line for line in said if line["act"] == "settings"]
    if not steps:
        return
    acknowledged = [at for at, line in enumerate(steps) if line["done"]]
    wanted = {str(line["number"]) for line in steps[acknowledged[-1] if acknowledged else 0 :]}
    file = Path(os.environ["XDG_CONFIG_HOME"]) / "pressdesk" / "settings.toml"
    if not file.exists():
        if acknowledged:
            yield Found("lost", "the settings")
        return
    try:
        last = Path(tomllib.loads(file.read_text("utf-8"))["last_desk"]).stem.removeprefix("desk")
    except (KeyError, ValueError) as error:
        yield Found("lost", f"the settings: {error!r}")
        return
    if last not in wanted:
        yield Found("lost", f"a setting: {last}, not {sorted(wanted)}")


def _files(folder: Path, kit: Kit, said: list[Line]) -> Iterator[Found]:
    """Files that bear their name are whole; acknowledged ones are there."""
    for line in said:
        if line["done"] and "file" in line and not Path(line["file"]).exists():
            yield Found("lost", f"{line['act']}: {Path(line['file']).name} is gone")
    for file in sorted(folder.rglob("*.pressdesk")):
        if not file.name.startswith(".") and file != desk_in(folder) and not _of_kit(file, kit):
            yield from _desk(file)
    for name, sha256 in kit.exports.items():
        file = folder / "out" / name
        if file.exists() and hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
            yield Found("lost", f"{name} is torn")


def _of_kit(file: Path, kit: Kit) -> bool:
    """Nothing happened to the backup an event began with; it was proven when it was made."""
    made = kit.folder / "backup.pressdesk"
    return file.name == made.name and file.read_bytes() == made.read_bytes()


def _desk(file: Path) -> Iterator[Found]:
    try:
        with desks.opened(file, read_only=True) as archive:
            yield from _sound(archive)
        verify(file)
    except PressDeskError as error:
        yield Found("lost", f"{file.name}: {error}")


def again(name: str, scene: Scene) -> list[Found]:
    """Days later the person does the same once more: it works, and nothing old lies about."""
    _age(scene.folder)
    try:
        ACTS[name](scene)
    except PressDeskError as error:
        if "already" not in str(error):
            return [Found("lost", f"{name} a second time: {error}")]
        if name == "init":  # what is there is used then
            with desks.opened(scene.folder / "out" / "new.pressdesk"):
                pass
    left = sorted(str(x.relative_to(scene.folder)) for x in scene.folder.rglob("*") if _odd(x))
    return [Found("lost", f"left behind by {name}: {one}") for one in left]


def _age(folder: Path) -> None:
    for path in folder.rglob("*"):
        past = path.stat().st_mtime - 2 * STALE_S
        os.utime(path, (past, past))


def _odd(path: Path) -> bool:
    """Not what a person or a desk at rest has."""
    return path.name.startswith(".") or path.name.endswith(("-journal", "-wal", "-shm"))
