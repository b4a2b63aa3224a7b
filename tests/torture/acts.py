"""What is done to a desk while something goes wrong, each step written into the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from msgspec.structs import replace

from pressdesk.archive.copies import mirror, moving, reading_copy
from pressdesk.archive.file.desk_file import Archive, create
from pressdesk.base import settings
from pressdesk.desk import care, drafting, importing, issuing, rescue
from pressdesk.press.filed import Filed
from pressdesk.press.release import Edition
from tests.torture import desks
from tests.torture.desks import NOW, Kit, body, desk_in, drafted, opened
from tests.torture.file_feed import FileFeed
from tests.torture.ledger import Ledger, mark


@dataclass(frozen=True)
class Scene:
    """Where an act takes place, and the chance that chooses its words."""

    folder: Path
    kit: Kit
    chance: Random

    @property
    def desk(self) -> Path:
        """The desk of the scene."""
        return desk_in(self.folder)

    @property
    def ledger(self) -> Ledger:
        """Where it is written down."""
        return Ledger(self.folder)


def _reworded(filed: Filed, chance: Random) -> Edition:
    title = f"Title {chance.randrange(10**9)}"
    return replace(filed.edition, title=title, body=body(title * chance.randint(1, 20)))


def _whose(filed: Filed, text: Edition) -> dict[str, object]:
    one = filed.edition
    return {"text": [one.release_id, one.language, one.number], "mark": mark(text)}


def save(scene: Scene) -> None:
    """Three saves of one release."""
    ledger = scene.ledger
    with opened(scene.desk) as archive:
        filed = _begun(archive, scene, ledger)
        for _time in range(2):
            filed = _saved(archive, filed, scene, ledger)


def _begun(archive: Archive, scene: Scene, ledger: Ledger) -> Filed:
    filed, _ = drafting.new_release(archive, kind="news", language="en", now=NOW)
    ledger.done("new", **_whose(filed, filed.edition))
    return _saved(archive, filed, scene, ledger)


def _saved(archive: Archive, filed: Filed, scene: Scene, ledger: Ledger) -> Filed:
    text = _reworded(filed, scene.chance)
    ledger.begin("save", **_whose(filed, text))
    filed, _ = drafting.save(archive, filed.release, text, note=scene.chance.choice(("", "note")))
    ledger.done("save", **_whose(filed, text))
    return filed


def keep(scene: Scene) -> None:
    """Autosave, three times, over one save."""
    ledger = scene.ledger
    with opened(scene.desk) as archive:
        filed = _begun(archive, scene, ledger)
        for _time in range(3):
            text = _reworded(filed, scene.chance)
            ledger.begin("keep", **_whose(filed, text))
            drafting.keep(archive, filed.release, text)
            ledger.done("keep", **_whose(filed, text))


def issue(scene: Scene) -> None:
    """A release goes out, its next edition too, and a past item is recorded."""
    ledger = scene.ledger
    with opened(scene.desk) as archive:
        filed = _out(archive, _begun(archive, scene, ledger), scene, ledger)
        filed, _ = drafting.new_edition(archive, filed.release.id, "en")
        ledger.done("new", **_whose(filed, filed.edition))
        _out(archive, filed, scene, ledger)
        filed = drafted(archive, "Past")
        ledger.begin("record", **_whose(filed, filed.edition))
        done, _ = issuing.record_as_issued(
            archive, filed.release, filed.edition, on=NOW.date(), now=NOW
        )
        ledger.done("record", **_whose(done, done.edition), seal=_seal(archive, done))


def _out(archive: Archive, filed: Filed, scene: Scene, ledger: Ledger) -> Filed:
    text = _reworded(filed, scene.chance)
    ledger.begin("issue", **_whose(filed, text))
    filed, _ = issuing.issue(archive, filed.release, text, now=NOW)
    facts = {"seal": _seal(archive, filed), "reference": filed.release.reference}
    ledger.done("issue", **_whose(filed, text), **facts)
    return filed


def _seal(archive: Archive, filed: Filed) -> str:
    sealed = archive.releases.issued(filed.edition.id)
    assert sealed is not None
    return sealed.sha256


def restore_revision(scene: Scene) -> None:
    """Back to the first save, after some typing."""
    ledger = scene.ledger
    with opened(scene.desk) as archive:
        first = _begun(archive, scene, ledger)
        filed = _saved(archive, first, scene, ledger)
        typed = _reworded(filed, scene.chance)
        ledger.begin("keep", **_whose(filed, typed))
        drafting.keep(archive, filed.release, typed)
        ledger.done("keep", **_whose(filed, typed), revised=True)
        revision = archive.releases.revisions(filed.edition.id)[-2]
        back = archive.releases.revision(revision.id)[1]
        ledger.begin("restore", **_whose(filed, back))
        archive.releases.restore(revision.id)
        ledger.done("restore", **_whose(filed, back), before=mark(typed))


def change_settings(scene: Scene) -> None:
    """Other desks are opened, one after the other."""
    ledger = scene.ledger
    for number in range(4):
        ledger.begin("settings", number=number)
        settings.change(lambda now, n=number: now.opened(scene.folder / f"desk{n}.pressdesk"))
        ledger.done("settings", number=number)


def take_in(scene: Scene) -> None:
    """An import of what was read."""
    ledger = scene.ledger
    with opened(scene.desk) as archive:
        given = desks.review(archive, scene.kit.opened)
        ledger.begin("import", number=len(given.proposals))
        batch, _ = importing.take_in(archive, scene.kit.opened, given, now=NOW)
        ledger.done("import", number=len(batch.releases))


def back_up(scene: Scene) -> None:
    """A backup, asked for."""
    ledger = scene.ledger
    with opened(scene.desk) as archive:
        ledger.begin("backup")
        made = care.make(archive.path, archive.uid, now=NOW)
        ledger.done("backup", file=str(made.path))


def restore_backup(scene: Scene) -> None:
    """The desk becomes what its backup holds."""
    ledger = scene.ledger
    ledger.begin("restore backup")
    _held, aside = care.restore(scene.desk, scene.folder / "backup.pressdesk", now=NOW)
    ledger.done("restore backup", file=str(aside))


def move(scene: Scene) -> None:
    """The desk is copied to another place."""
    ledger, target = scene.ledger, scene.folder / "out" / "moved.pressdesk"
    with opened(scene.desk) as archive:
        ledger.begin("move")
        moving.move(archive, target)
        ledger.done("move", file=str(target))


def copy(scene: Scene) -> None:
    """A copy for readers."""
    ledger, target = scene.ledger, scene.folder / "out" / "readers.pressdesk"
    with opened(scene.desk) as archive:
        ledger.begin("copy")
        reading_copy.make(archive, target, now=NOW)
        ledger.done("copy", file=str(target))


def pull(scene: Scene) -> None:
    """An offline copy follows the desk, twice."""
    ledger, target = scene.ledger, scene.folder / "out" / "mirror.pressdesk"
    with opened(scene.desk) as archive:
        for time in range(2):
            ledger.begin("mirror")
            mirror.pull(FileFeed(archive._store), target, check=bool(time))
            ledger.done("mirror", file=str(target))


def export(scene: Scene) -> None:
    """One release in four formats."""
    ledger = scene.ledger
    with opened(scene.desk, read_only=True) as archive:
        ledger.begin("export")
        for written in desks.export(archive, scene.folder / "out"):
            sha256 = hashlib.sha256(written.path.read_bytes()).hexdigest()
            ledger.done("export", file=str(written.path), sha256=sha256)


def init(scene: Scene) -> None:
    """A new desk beside the other one."""
    ledger, target = scene.ledger, scene.folder / "out" / "new.pressdesk"
    ledger.begin("init")
    create(target).close()
    ledger.done("init", file=str(target))


def put_down(scene: Scene) -> None:
    """A text its desk does not take is put in a file, state after state."""
    ledger, beside = scene.ledger, rescue.RescueFile()
    with opened(scene.desk) as archive:
        filed = _begun(archive, scene, ledger)
        for state in range(3):
            text = _reworded(filed, scene.chance)
            ledger.begin("rescue", **_whose(filed, text))  # the next opening takes it in
            kept = rescue.rescued(archive.place, filed.release, text, uid=archive.uid)
            beside.put(state, kept)
            ledger.done("rescue", mark=mark(text))


ACTS: dict[str, Callable[[Scene], None]] = {
    "save": save,
    "keep": keep,
    "issue": issue,
    "restore": restore_revision,
    "settings": change_settings,
    "import": take_in,
    "backup": back_up,
    "restore-backup": restore_backup,
    "move": move,
    "copy": copy,
    "mirror": pull,
    "export": export,
    "init": init,
    "rescue": put_down,
}
