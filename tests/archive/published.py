"""A desk of every published schema, as a file and as a server keeps it, and what it holds.

The fixtures in ``tests/fixtures/desks`` are made once, by the PressDesk of that schema, and
never again. ``pytest tests/archive/test_published.py --accept`` makes those of the schema of
today where there are none yet.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace
from office_cluster import Cluster
from PIL import Image

from pressdesk.archive.file.desk_file import Archive
from pressdesk.archive.store.schema_number import SCHEMA
from pressdesk.desk import drafting, exporting, importing, issuing, samples
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph, plain
from pressdesk.formats.seedfile import load_seeds
from pressdesk.press.channels import CHANNELS, channel
from pressdesk.press.listing import Query
from pressdesk.press.release import Contact, Edition, Embargo, Release, Way
from pressdesk.press.states import State
from pressdesk.press.translated import Translated

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "desks"
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
FORMATS = ("pdf", "html", "text", "markdown")
_DUMP = """\
On the opening of the second lock

6 March 2025

The second lock at Old Mole opens to ships today. It is forty metres longer than the first.

Maria Hofer
Press Secretary
+43 1 534 08 112
"""


def schemas() -> list[int]:
    """The schemas there are desks of."""
    return sorted(
        int(one.name.split("-")[1].split(".")[0]) for one in FOLDER.glob("*.pressdesk.gz")
    )


def unpack(schema: int, folder: Path) -> Path:
    """The desk of a schema, in a folder."""
    path = folder / f"schema-{schema}.pressdesk"
    path.write_bytes(gzip.decompress((FOLDER / f"{path.name}.gz").read_bytes()))
    return path


def restore(schema: int, cluster: Cluster, url: str) -> None:
    """The desk of a schema, in an empty database."""
    script = gzip.decompress((FOLDER / f"schema-{schema}.sql.gz").read_bytes())
    command = [str(cluster.bin / "psql"), "-q", "-v", "ON_ERROR_STOP=1", "-d", url]
    subprocess.run(command, input=script, check=True, stdout=subprocess.DEVNULL)


def facts(archive: Archive) -> dict[str, object]:
    """What a desk holds: of what went out the hash of each sealed sheet and of the files that
    are made of it, of drafts their text, and how much lies beside them."""
    render = exporting.in_process()
    out, drafts = {}, {}
    for row in archive.releases.rows(archive.releases.keys(Query(), now=NOW)):
        for language in row.languages:
            for line in archive.releases.editions(row.id, language.language):
                name = f"{row.id} {line.language} {line.number}"
                filed = archive.releases.find(row.id, language=line.language, number=line.number)
                if line.state is not State.ISSUED:
                    drafts[name] = [filed.edition.title, plain(filed.current()[1].body)]
                    continue
                # Without the proof: what went out before has one since, with a salt by chance.
                parcel = replace(exporting.ready(archive, filed, now=NOW), proof="")
                sealed = archive.releases.issued(line.edition_id)
                assert sealed is not None
                out[name] = {"sheet": sealed.sha256} | {
                    form: _hash(render(form, parcel).data) for form in FORMATS
                }
    return {
        "issued": out,
        "drafts": drafts,
        "contacts": [one.name.into("en") for one in archive.contacts.all()],
        "trash": [one.title for one in archive.trash.all()],
        "kept": len(archive.releases.kept_editions()),
    }


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# --- how the desk of the schema of today is made


def fill(archive: Archive) -> None:
    """One of everything: issued, corrected, embargoed, recorded, imported, undone, trashed."""
    samples.fill(archive, load_seeds())
    house = archive.houses.get()
    logo = archive.blobs.put(_logo(), "image/png")
    archive.houses.save(replace(house, look=replace(house.look, logo=logo, logo_alt="A wave")))
    text = Edition("en", title="Under a logo", body=Document((paragraph("The lock is open."),)))
    filed = archive.releases.add(Release("news", topics=("locks",)), text)
    issuing.issue(archive, filed.release, filed.edition, now=NOW)

    begun, _changes = drafting.new_edition(archive, filed.release.id, "en")
    corrected = replace(begun.edition, subtitle="Corrected")
    saved = archive.releases.save(begun.release, corrected, note="A word of the mayor")
    issuing.issue(archive, saved.release, saved.edition, now=NOW + timedelta(hours=1))
    begun, _changes = drafting.new_edition(archive, filed.release.id, "en")
    archive.releases.keep(begun.release, replace(begun.edition, title="Kept, not saved"))
    (first, *_rest) = archive.releases.revisions(begun.edition.id)
    archive.releases.name_revision(first.id, "As it began")

    held = Release("statement", embargo=Embargo(NOW + timedelta(days=400), "Europe/Vienna"))
    filed = archive.releases.add(held, replace(text, title="Not before next year"))
    issuing.issue(archive, filed.release, filed.edition, now=NOW)

    person = archive.contacts.save(_reached())
    everywhere = replace(text, title="To be reached in every way", contacts=(person.id,))
    filed = archive.releases.add(Release("news"), everywhere)
    issuing.issue(archive, filed.release, filed.edition, now=NOW)

    past = replace(text, title="Long ago", date=date(2019, 4, 1))
    filed = archive.releases.add(Release("news"), past)
    issuing.record_as_issued(archive, filed.release, filed.edition, on=None, now=NOW)

    for name, record in (("dump.txt", True), ("more.txt", False), ("undone.txt", True)):
        _import(archive, name, record=record)

    filed = archive.releases.add(Release("news"), replace(text, title="Thrown away"))
    archive.trash.put(filed.release.id)
    gone = archive.contacts.save(Contact(name=Translated.of(en="Who left", ru="Кто ушёл")))
    archive.contacts.retire(gone.id)


def _reached() -> Contact:
    """Somebody with a way over each channel, one of them private."""
    ways = [Way(row.kind, row.hint) for row in CHANNELS]
    given = [replace(way, address=channel(way.kind).form.address(way.printed)) for way in ways]
    given.append(replace(given[0], label=Translated.of(en="at night", ru="ночью"), public=False))
    return Contact(name=Translated.of(en="Press Office"), ways=tuple(given))


def _import(archive: Archive, name: str, *, record: bool) -> None:
    data = f"{_DUMP}\n{name}\n".encode()
    opened = importing.ReadFile(name, data, importing.read_bytes("text", data, today=NOW.date()))
    review = importing.open_review(archive, opened, today=NOW.date(), now=NOW)
    given = replace(
        review,
        proposals=tuple(replace(one, accepted=True, record=record) for one in review.proposals),
    )
    batch, _changes = importing.take_in(archive, opened, given, now=NOW)
    if name == "undone.txt":
        importing.undo(archive, batch)


def _logo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 30), "#1d4f91").save(out, "PNG")
    return out.getvalue()


def keep(path: Path, url: str, cluster: Cluster) -> None:
    """Put a desk of today and its copy on a server among the fixtures."""
    target = FOLDER / f"schema-{SCHEMA}.pressdesk.gz"
    target.write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    dump = [str(cluster.bin / "pg_dump"), "--no-owner", "--no-privileges", url]
    script = subprocess.run(dump, check=True, capture_output=True).stdout
    (FOLDER / f"schema-{SCHEMA}.sql.gz").write_bytes(gzip.compress(script, mtime=0))


def told(schema: int) -> Path:
    """Where the facts of a desk stand, as the PressDesk of that schema told them."""
    return FOLDER / f"schema-{schema}.json"
