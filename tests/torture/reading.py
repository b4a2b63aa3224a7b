"""Reads a desk through everything that reads one, and tells what each gave."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from pressdesk.archive.file.desk_file import Archive
from pressdesk.base.errors import PressDeskError
from pressdesk.desk import drafting
from pressdesk.press.asking import parse
from pressdesk.press.listing import Query
from tests.torture import desks
from tests.torture.desks import NOW

QUESTIONS = ("gauge", "ferry", '"river gauge"', "title:water", "kind:speech", "language:ru", "Ana")

TOLD = "told"
"""What stands for a reader that said in words that it cannot read."""

Reading = dict[str, str]
"""By reader, the hash of what it gave, or TOLD."""

Key = tuple[int, str, int, int]


def keys(path: Path) -> list[Key]:
    """Release, language, number and id of each edition of a sound desk."""
    return desks.rows(path, "SELECT release_id, language, number, id FROM edition ORDER BY id")  # type: ignore[return-value]


def read(archive: Archive, known: list[Key]) -> Reading:
    """Everything, of the editions that were there before; whatever else is raised comes out."""
    return {name: _told(look) for name, look in _looks(archive, known)}


def only(archive: Archive, known: list[Key]) -> None:
    """The same, and nobody wants to know what it gave."""
    for _name, look in _looks(archive, known):
        with suppress(PressDeskError):
            look()


def _told(look: Callable[[], object]) -> str:
    try:
        return hashlib.sha256(repr(look()).encode(errors="surrogatepass")).hexdigest()
    except PressDeskError:
        return TOLD


def _looks(archive: Archive, known: list[Key]) -> Iterator[tuple[str, Callable[[], object]]]:
    found = archive.releases
    for release_id, language, number, one in known:
        where = f"{release_id} {language} {number}"
        yield (
            f"text {where}",
            lambda r=release_id, t=language, n=number: found.find(r, language=t, number=n),
        )
        yield f"issued {where}", lambda e=one: found.issued(e)
        yield f"history {where}", lambda e=one: found.revisions(e)
        yield f"revisions {where}", lambda e=one: _revisions(archive, e)
    for release_id in sorted({key[0] for key in known}):
        yield f"original {release_id}", lambda r=release_id: archive.imports.original(r)
    yield "list", lambda: found.page(Query(), now=NOW)
    yield "counts", lambda: found.counts(Query(), now=NOW)
    yield "rows", lambda: found.list_editions(Query(), now=NOW)
    yield "topics", found.topics
    yield "next embargo", lambda: found.next_embargo(NOW)
    yield "house", archive.houses.get
    yield "contacts", archive.contacts.all
    yield "trash", lambda: drafting.thrown_away(archive)
    for words in QUESTIONS:
        asked = parse(words, date(2026, 11, 23))
        yield f"search {words}", lambda q=asked: archive.search.keys(q, now=NOW)
        yield f"facets {words}", lambda q=asked: archive.search.facets(q, now=NOW)


def _revisions(archive: Archive, edition_id: int) -> list[object]:
    found = archive.releases
    return [found.revision(one.id) for one in found.revisions(edition_id)]
