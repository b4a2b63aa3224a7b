"""The desks that are tortured: every state in a few releases, made once for each run."""

from __future__ import annotations

import dataclasses
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from pressdesk.archive.file.desk_file import Archive, create, open_desk
from pressdesk.archive.store.bare import connect
from pressdesk.desk import drafting, exporting, importing, issuing
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.filed import Filed
from pressdesk.press.house import House
from pressdesk.press.release import Contact, Embargo, Way
from pressdesk.press.translated import Translated
from tests.torture.ledger import mark

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=36_500)
"""The end of an embargo that stands whenever this is run."""

DUMP = Path(__file__).parents[2] / "seeds" / "dump.txt"


def body(text: str) -> Document:
    """Some paragraphs that say so."""
    return Document(tuple(paragraph(f"{text}: line {n}. " + "river gauge " * 25) for n in range(5)))


@dataclass(frozen=True)
class Kit:
    """What each event begins with a copy of."""

    folder: Path
    """With ``desk/office.pressdesk`` and ``backup.pressdesk``, an earlier state of it."""
    opened: importing.ReadFile
    """A file that was read and waits to be imported."""
    facts: Facts
    put_back: Facts
    """Of the desk, and of what its backup makes of it: numbers given since are not given again."""
    exports: dict[str, str]
    """The SHA-256 of each file an export of release 1 writes, by its name."""

    def set_up(self, scene: Path) -> None:
        """Make ``scene`` what it was before anything happened."""
        shutil.rmtree(scene, ignore_errors=True)
        shutil.copytree(self.folder, scene)


@dataclass(frozen=True)
class Facts:
    """What a desk holds, to be compared after an event."""

    texts: dict[tuple[int, str, int], str]
    """The mark of the words shown, by release, language and number."""
    seals: dict[tuple[int, str, int], tuple[str, str]]
    """Of each issued edition the hash of its sheet and the mark of its words."""
    gaps: dict[int, int]
    """By year, how many numbers were given more than references bear them."""
    imported: int


def desk_in(scene: Path) -> Path:
    """The desk of a scene."""
    return scene / "desk" / "office.pressdesk"


@contextmanager
def opened(path: Path, *, read_only: bool = False) -> Iterator[Archive]:
    """The desk, closed in the end."""
    archive = open_desk(path, read_only=read_only)
    try:
        yield archive
    finally:
        archive.close()


def make(folder: Path) -> Kit:
    """Fill a folder with a desk, its backup and an empty profile; run it apart."""
    (folder / "desk").mkdir(parents=True)
    for name in ("profile", "out"):
        (folder / name).mkdir()
    path = desk_in(folder)
    create(path, _house()).close()
    with opened(path) as archive:
        _fill(archive)
        earlier = facts(archive)
    shutil.copy(path, folder / "backup.pressdesk")
    with opened(path) as archive:
        issued(archive, "Since the backup")
        now, exports = facts(archive), _exports(archive, folder / "trial")
    shutil.rmtree(folder / "trial")
    used = {NOW.year: earlier.gaps[NOW.year] + 1}  # by the one issued since
    put_back = dataclasses.replace(earlier, gaps=used)
    return Kit(folder, importing.read_file(DUMP, today=NOW.date()), now, put_back, exports)


def _house() -> House:
    return House(organisation=Translated.of(en="Interstate River Commission"), zone="Europe/Vienna")


def _fill(archive: Archive) -> None:
    way = Way("phone", "+43 1 555 0100", "tel:+4315550100")
    desk = Contact(name=Translated.of(en="Ida Sample"), role=Translated.of(en="Press"), ways=(way,))
    person = archive.contacts.save(desk)
    issued(archive, "Gauge reopened", contacts=(person.id,))
    filed = issued(archive, "Ferry timetable")
    filed, _ = drafting.new_edition(archive, filed.release.id, "en")
    drafting.save(archive, filed.release, replace(filed.edition, title="Ferry timetable, again"))
    filed = drafted(archive, "Low water", language="ru", kind="statement")
    drafting.keep(archive, filed.release, replace(filed.edition, title="Low water, typed on"))
    filed = drafted(archive, "Recorded speech", kind="speech")
    past = replace(filed.edition, fields=(("speaker", "Ana Muster"),))
    issuing.record_as_issued(archive, filed.release, past, on=date(2019, 5, 4), now=NOW)
    filed = drafted(archive, "Not yet")
    until = replace(filed.release, embargo=Embargo(LATER, "Europe/Vienna"))
    filed, _ = drafting.save(archive, until, filed.edition)
    issuing.issue(archive, filed.release, filed.edition, now=NOW)
    drafting.trash(archive, drafted(archive, "Thrown away").release.id)
    archive.blobs.put(b"a picture nobody looks at", "image/png")


def drafted(
    archive: Archive, title: str, *, language: str = "en", kind: str = "news", **more: object
) -> Filed:
    """A saved draft."""
    filed, _ = drafting.new_release(archive, kind=kind, language=language, now=NOW)
    text = replace(filed.edition, title=title, body=body(title), **more)
    return drafting.save(archive, filed.release, text)[0]


def issued(archive: Archive, title: str, **more: object) -> Filed:
    """A release that is out."""
    filed = drafted(archive, title, **more)  # type: ignore[arg-type]
    return issuing.issue(archive, filed.release, filed.edition, now=NOW)[0]


def review(archive: Archive, opened_file: importing.ReadFile) -> importing.Review:
    """What the person would accept of it."""
    return importing.open_review(archive, opened_file, today=NOW.date(), now=NOW)


def export(archive: Archive, folder: Path) -> Iterator[exporting.Written]:
    """Release 1 in four formats."""
    parcel = exporting.ready(archive, archive.releases.find(1, language="en"), now=NOW)
    formats = ("pdf", "html", "text", "markdown")
    return exporting.export(archive, [parcel], folder, formats, now=NOW, despite="Tried out")


def _exports(archive: Archive, folder: Path) -> dict[str, str]:
    return {
        one.path.name: hashlib.sha256(one.path.read_bytes()).hexdigest()
        for one in export(archive, folder)
    }


def facts(archive: Archive) -> Facts:
    """Read back what the desk holds."""
    texts, seals = {}, {}
    for release_id, language, number in editions(archive.path):
        filed = archive.releases.find(release_id, language=language, number=number)
        key = (release_id, language, number)
        texts[key] = mark(filed.current()[1])
        if filed.edition.state.out:
            sealed = archive.releases.issued(filed.edition.id)
            seals[key] = (sealed.sha256 if sealed else "", mark(filed.edition))
    return Facts(texts, seals, gaps(archive.path), imported(archive.path))


def rows(path: Path, query: str) -> list[tuple]:  # type: ignore[type-arg]
    """Rows of a closed or open desk, past the archive."""
    with closing(connect(path, read_only=True, immutable=False, seconds=5)) as bare:
        return bare.execute(query).fetchall()


def editions(path: Path) -> list[tuple[int, str, int]]:
    """Release, language and number of all that do not lie in the trash."""
    return rows(
        path,
        "SELECT release_id, language, number FROM edition JOIN release ON release.id = release_id"
        " WHERE trashed_at IS NULL ORDER BY edition.id",
    )


def imported(path: Path) -> int:
    """How many items imports brought."""
    return int(rows(path, "SELECT count(*) FROM import_item")[0][0])


def gaps(path: Path) -> dict[int, int]:
    """By year, the numbers given without a reference that bears them; one given twice raises."""
    given = [row[0] for row in rows(path, "SELECT reference FROM release WHERE reference <> ''")]
    if len(given) != len(set(given)):
        raise AssertionError(f"a reference stands twice: {sorted(given)}")
    return {
        year: number - sum(str(year) in reference for reference in given)
        for year, number in rows(path, "SELECT year, n FROM counter")
    }


def bare(path: Path) -> sqlite3.Connection:
    """A desk without its guards, for a foreign hand."""
    hand = sqlite3.connect(path, isolation_level=None)
    hand.execute("PRAGMA foreign_keys = OFF")
    for (name,) in hand.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        hand.execute(f'DROP TRIGGER "{name}"')
    return hand
