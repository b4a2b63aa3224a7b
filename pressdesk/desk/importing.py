"""Takes past items in: from a file to proposals, and from what was accepted into the desk."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from pressdesk.base.errors import ReadFailed, WorkerFailed
from pressdesk.base.i18n import _
from pressdesk.desk import care, changes, people, witness
from pressdesk.desk.changes import Change, Changes
from pressdesk.desk.import_items import to_items
from pressdesk.desk.proposals import Review, Twin, review
from pressdesk.document.analyser import folded
from pressdesk.document.tools import plain
from pressdesk.formats import registry
from pressdesk.formats.dump.decoding import LIMIT
from pressdesk.formats.registry import Draft, ReadDrafts
from pressdesk.press.filed import Batch
from pressdesk.press.query import Phrase, Question

if TYPE_CHECKING:
    from pressdesk.archive.file.desk_file import Archive
    from pressdesk.archive.releases.imports import ReadyBatch as ReadyBatch
    from pressdesk.base.worker import Worker

MEMORY, CPU_S, WALL_S = 2**30, 20, 30.0
"""What reading one file may take."""

PROBE = 12
"""Words of a text that are searched for in the desk before whole texts are compared."""

_WORD = re.compile(r"\w+")


class ReadFile(Struct, frozen=True):
    """A file that was read: its name, its bytes as they are, and what was found in it."""

    name: str
    original: bytes
    found: ReadDrafts


# --- reading


def read_file(
    path: Path,
    *,
    today: date,
    encoding: str | None = None,
    begun: Callable[[Worker], object] = lambda _worker: None,
) -> ReadFile:
    """Read a file in a limited child process; nothing is stored.

    begun   is given what runs the child: closed, it gives the reading up
    raises  UnknownFormat for a suffix nobody reads; ReadFailed for a file that cannot be
            opened, is too large, no text, or too much for the limits
    cost    about 0.4 s and 1 s for each 1 MB
    """
    name = registry.reader_for(path).name
    data = _bytes(path)
    return ReadFile(
        path.name, data, read_bytes(name, data, today=today, encoding=encoding, begun=begun)
    )


def read_bytes(
    reader: str,
    data: bytes,
    *,
    today: date,
    encoding: str | None = None,
    begun: Callable[[Worker], object] = lambda _worker: None,
) -> ReadDrafts:
    """The same for bytes already read, such as a file reread in another encoding."""
    from pressdesk.base.worker import run_once
    from pressdesk.formats.dump import job

    payload = job.request(reader, data, today, encoding)
    try:
        got = run_once(
            "pressdesk.formats.dump.job:read",
            payload,
            memory=MEMORY,
            cpu_seconds=CPU_S,
            seconds=WALL_S,
            begun=begun,
        )
    except WorkerFailed as error:
        what = _("Reading the file took too much time or memory.")
        raise ReadFailed(what, hint=_("Split it into smaller files and import those.")) from error
    return job.answer(got)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(LIMIT + 1)  # the reader refuses what is longer
    except OSError as error:
        what = _("{name} could not be opened.").format(name=path.name)
        raise ReadFailed(what, hint=error.strerror or _("Check that the file exists.")) from error


# --- what the desk has already


def fingerprint(text: str) -> str:
    """Equal for texts of the same words, whatever stands between them."""
    words = " ".join(_WORD.findall(text.casefold()))
    return hashlib.sha256(words.encode()).hexdigest()


def open_review(
    archive: Archive,
    opened: ReadFile,
    *,
    today: date,
    now: datetime,
    step: Callable[[], None] = lambda: None,
) -> Review:
    """The review to begin with: items the desk has already are skipped unless accepted."""
    found = twins(archive, opened.found.drafts, now=now, step=step)
    return review(opened.found, today=today, twins=found)


def twins(
    archive: Archive,
    drafts: Sequence[Draft],
    *,
    now: datetime,
    step: Callable[[], None] = lambda: None,
) -> dict[int, Twin]:
    """Releases of the desk that read like these items, by the item's place.

    step  called before each item; what it raises ends the search
    cost  one search for each item
    """
    found: dict[int, Twin] = {}
    for at, draft in enumerate(drafts):
        step()
        twin = _twin(archive, draft, now)
        if twin is not None:
            found[at] = twin
    return found


def _twin(archive: Archive, draft: Draft, now: datetime) -> Twin | None:
    text = plain(draft.body)
    own = "title" not in draft.questions
    mark = fingerprint(text or draft.title)
    for number in _alike(archive, text.split("\n", 1)[0] or draft.title, now):
        for row in archive.releases.languages(number):
            __, edition = archive.releases.find(number, language=row.language).current()
            if fingerprint(plain(edition.body) or edition.title) == mark:
                return Twin(number, row.title)
            if own and fingerprint(edition.title) == fingerprint(draft.title):
                return Twin(number, row.title, same=False)
    return None


def _alike(archive: Archive, line: str, now: datetime) -> list[int]:
    """Some releases that hold a line, the newest first."""
    words = folded(line)[:PROBE]
    if not words:
        return []
    asked = Question(Phrase(" ".join(words)))
    return list(archive.search.keys(asked, now=now, limit=5)[0])


# --- filing


def take_in(
    archive: Archive, opened: ReadFile, given: Review, *, now: datetime
) -> tuple[Batch, Changes]:
    """Store the accepted items as one batch with the original file; ``undo`` removes it.

    raises  as ``make_ready`` and ``file`` do; nothing is stored
    """
    return file(archive, make_ready(archive, opened, given, now=now))


def make_ready(archive: Archive, opened: ReadFile, given: Review, *, now: datetime) -> ReadyBatch:
    """Everything that takes long about filing what was accepted: others can write meanwhile.

    Many items are preceded by a backup of the desk.
    raises  IssueRefused for an item to be recorded without its full date, and as
            ``care.make`` does when the backup fails; nothing is stored
    cost    under two milliseconds an item, and the backup
    """
    items = to_items(given.proposals, archive.contacts.all(), house=archive.houses.get(), now=now)
    care.before_import(archive, len(items), now=now)
    return archive.imports.make_ready(opened.name, opened.original, items, at=now)


def file(archive: Archive, ready: ReadyBatch) -> tuple[Batch, Changes]:
    """File what was made ready, all or nothing; raises BadInput for a reference taken meanwhile.

    cost  a quarter of a millisecond an item, in one transaction
    """
    batch = archive.imports.file(ready)
    witness.as_it_is(archive, now=ready.at)
    return batch, changes.whole(*batch.releases) | changes.of_desk(Change.CONTACTS)


def undo(archive: Archive, batch: Batch) -> tuple[int, Changes]:
    """Take an import back; says how many of its releases went."""
    gone = archive.imports.undo(batch.id)
    more = changes.of_desk(Change.CONTACTS, Change.TRASH)
    return gone, changes.whole(*batch.releases) | more


# --- for programs


def as_json(found: ReadDrafts, ids: Sequence[int | None]) -> dict[str, object]:
    """What was found, as the shell prints it; ``ids`` of the drafts, None where not stored."""
    items = [
        {
            "id": number,
            "kind": draft.kind,
            "title": draft.title,
            "language": draft.language,
            "date": draft.date,
            "contacts": [
                {"name": c.name, "role": c.role, **people.ways_as_json(c.ways, draft.language)}
                for c in draft.contacts
            ],
            "paragraphs": len(draft.paragraphs),
            "questions": list(draft.questions),
        }
        for draft, number in zip(found.drafts, ids, strict=True)
    ]
    return {"items": items, "removed": [line.text for line in found.removed]}


def ids_of(given: Review, batch: Batch | None) -> tuple[int | None, ...]:
    """The release of each proposal in a batch, None for a skipped one and without a batch."""
    numbers = iter(batch.releases if batch else ())
    return tuple(next(numbers, None) if p.accepted else None for p in given.proposals)
