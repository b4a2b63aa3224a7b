"""For readers: nothing can be written."""

from __future__ import annotations

import hashlib
import inspect
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from archive_samples import compose
from backup_samples import names
from reading_samples import AHEAD, PAST
from sqlalchemy.exc import DatabaseError

from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.archive.releases.imports import ReadyBatch
from pressdesk.base.errors import DeskReadOnly
from pressdesk.press.filed import Filed
from pressdesk.press.house import House
from pressdesk.press.listing import Query
from pressdesk.press.query import Question, Word
from pressdesk.press.release import Contact, Edition, Release

WRITES: dict[str, Callable[[Archive], object]] = {
    "releases.add": lambda a: a.releases.add(Release("news"), Edition("en")),
    "releases.add_language": lambda a: a.releases.add_language(1, Edition("ru")),
    "releases.begin_anew": lambda a: a.releases.begin_anew(
        Release("news", id=1), Edition("en", id=1), Edition("ru")
    ),
    "releases.next_edition": lambda a: a.releases.next_edition(2, "en"),
    "releases.save": lambda a: a.releases.save(Release("news", id=1), Edition("en", id=1)),
    "releases.save_over": lambda a: a.releases.save_over(
        Release("news", id=1),
        Edition("en", id=1),
        seen=Filed(Release("news", id=1), Edition("en", id=1)),
        note="",
        kept_note="",
    ),
    "releases.keep": lambda a: a.releases.keep(Release("news", id=1), Edition("en", id=1)),
    "releases.discard": lambda a: a.releases.discard(2),
    "releases.set_aside": lambda a: a.releases.set_aside(
        Release("news", id=1), Edition("en", id=1), note=""
    ),
    "releases.name_revision": lambda a: a.releases.name_revision(1, "x"),
    "releases.restore": lambda a: a.releases.restore(1),
    "releases.thin": lambda a: a.releases.thin(AHEAD),
    "releases.issue": lambda a: a.releases.issue(
        Release("news", id=1), Edition("en", id=1), compose, at=PAST
    ),
    "contacts.save": lambda a: a.contacts.save(Contact()),
    "contacts.retire": lambda a: a.contacts.retire(1),
    "houses.save": lambda a: a.houses.save(House()),
    "blobs.put": lambda a: a.blobs.put(b"new", "image/png"),
    "imports.add": lambda a: a.imports.add("name", b"bytes", (), at=PAST),
    "imports.make_ready": lambda a: a.imports.make_ready("name", b"bytes", (), at=PAST),
    "imports.file": lambda a: a.imports.file(ReadyBatch("name", b"bytes", PAST, (), (), ())),
    "imports.add_many": lambda a: a.imports.add_many("name", 1, lambda *_: (), at=PAST),
    "imports.undo": lambda a: a.imports.undo(1),
    "trash.put": lambda a: a.trash.put(5),
    "trash.restore": lambda a: a.trash.restore(6),
    "trash.purge": lambda a: a.trash.purge(AHEAD),
    "search.rebuild": lambda a: a.search.rebuild(),
}
READS = {
    "releases": "find look stands next_embargo saved_as languages editions kept_editions"
    " revisions revision history issued"
    " page keys keys_by_month rows counts list_editions topics altered",
    "contacts": "all get used_by",
    "houses": "get",
    "blobs": "get many",
    "imports": "original",
    "trash": "all holds",
    "search": "page days keys count facets snippets suggest stale faults",
}


def test_every_method_of_the_data_layer_is_known_to_these_tests(desk: Archive) -> None:
    """A new one must be put among the reads or the writes above, and so be tried."""
    for part, reads in READS.items():
        members = inspect.getmembers(getattr(desk, part), inspect.ismethod)
        public = {name for name, _method in members if not name.startswith("_")}
        writes = {name.split(".")[1] for name in WRITES if name.startswith(f"{part}.")}
        assert public == writes | set(reads.split()), part
    assert {name.split(".")[0] for name in WRITES} <= set(READS)


@pytest.mark.parametrize("name", WRITES)
def test_every_writing_method_raises(reader: Archive, name: str) -> None:
    before = reader.path.read_bytes()
    with pytest.raises(DeskReadOnly) as caught:
        WRITES[name](reader)
    assert caught.value.hint
    assert reader.path.read_bytes() == before


@pytest.mark.parametrize(
    "order",
    [
        "INSERT INTO meta VALUES ('a', 'b')",
        "UPDATE meta SET value = 'b'",
        "DELETE FROM meta",
        "REPLACE INTO meta VALUES ('uid', 'b')",
        "CREATE TABLE t (x)",
        "CREATE TEMP TABLE t (x)",
        "CREATE TEMP VIEW v AS SELECT 1",
        "CREATE TEMP TRIGGER t AFTER INSERT ON meta BEGIN SELECT 1; END",
        "CREATE INDEX i ON meta (value)",
        "CREATE VIRTUAL TABLE temp.v USING fts5(x)",
        "DROP TABLE meta",
        "ALTER TABLE meta ADD COLUMN x",
        "ATTACH '{folder}/new.db' AS other",
        "ATTACH ':memory:' AS other",
        "DETACH main",
        "VACUUM",
        "VACUUM INTO '{folder}/new.db'",
        "REINDEX",
        "ANALYZE",
        "SAVEPOINT s",
        "PRAGMA query_only = OFF",
        "PRAGMA journal_mode = WAL",
        "PRAGMA writable_schema = ON",
        "PRAGMA read_uncommitted = 1",
        "PRAGMA user_version = 3",
        "SELECT load_extension('x')",
        "INSERT INTO search_text(search_text) VALUES ('optimize')",
    ],
)
def test_sqlite_itself_refuses(reader: Archive, tmp_path: Path, order: str) -> None:
    folder = tmp_path / "outside"
    folder.mkdir()
    raw = reader._store._readers.raw_connection()  # type: ignore[attr-defined]
    try:
        with pytest.raises((DatabaseError, sqlite3.DatabaseError)):
            raw.cursor().execute(order.format(folder=folder))
    finally:
        raw.close()
    assert list(folder.iterdir()) == []


def test_reading_leaves_file_and_folder_as_they_were(copy: Path) -> None:
    before = hashlib.sha256(copy.read_bytes()).hexdigest(), names(copy.parent)
    archive = open_desk(copy, reading=True)
    for number in archive.releases.keys(Query(), now=PAST):
        filed = archive.releases.find(number)
        archive.releases.issued(filed.edition.id)
    archive.search.page(Question(Word("gauge")), now=PAST)
    archive.search.facets(Question(), now=PAST)
    during = names(copy.parent)
    archive.close()
    after = hashlib.sha256(copy.read_bytes()).hexdigest(), names(copy.parent)
    assert before == after and during == before[1]


def test_a_copy_carried_elsewhere_is_the_same(copy: Path, tmp_path: Path) -> None:
    moved = Path(shutil.copy(copy, tmp_path / "stick.pressdesk"))
    archive = open_desk(moved, read_only=True)
    assert archive.reading and len(archive.releases.keys(Query(), now=PAST)) == 3
    archive.close()
