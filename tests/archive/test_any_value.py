"""Any column of any table may hold anything: reading it is an error about the desk, no crash."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from archive_samples import NOW, compose

from pressdesk.archive.checking import check
from pressdesk.archive.file.desk_file import Archive, create, open_desk
from pressdesk.archive.store.tables import metadata
from pressdesk.base.errors import DeskForeign, PressDeskError
from pressdesk.desk import contents, exporting, people
from pressdesk.press.listing import Query
from pressdesk.press.query import Question, Word
from pressdesk.press.release import Contact, Edition, Release
from pressdesk.press.translated import Translated

VALUES = {
    "bytes": "x'fffe00'",
    "no UTF-8": "CAST(x'fffe41' AS TEXT)",
    "a list": "'[[[]]]'",
    "a large number": "4611686018427387904",
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a desk with a row in nearly every table."""
    desk = create(tmp_path_factory.mktemp("whole") / "whole.pressdesk")
    person = desk.contacts.save(Contact(name=Translated.of(en="Maria Hofer")))
    text = Edition("en", title="Water", contacts=(person.id,), questions=("Why?",))
    first = desk.releases.add(Release("news", topics=("water",), places=("Linz",)), text)
    desk.releases.issue(first.release, first.edition, compose, at=NOW)
    second = desk.releases.add(Release("speech"), Edition("ru", title="Вода"))
    second = desk.releases.save(second.release, second.edition)
    desk.releases.keep(second.release, second.edition)
    third = desk.releases.add(Release("news"), Edition("en", title="Gone"))
    desk.trash.put(third.release.id)
    desk.blobs.put(b"picture", "image/png")
    desk.imports.add("dump.txt", b"Dear colleagues", (), at=NOW)
    desk.close()
    return desk.path.read_bytes()


def _works(desk: Archive) -> Iterator[Callable[[], object]]:
    found, everything, word = desk.releases, Question(), Question(Word("water"))
    yield lambda: contents.editions(desk, Query(), now=NOW)
    yield lambda: found.page(Query(), now=NOW)
    yield lambda: found.counts(Query(), now=NOW)
    yield lambda: people.known(desk)
    yield lambda: desk.search.page(word, now=NOW)
    yield lambda: desk.search.facets(everything, now=NOW)
    yield lambda: desk.search.suggest("watr", now=NOW)
    yield from (found.topics, found.kept_editions, desk.trash.all, desk.houses.get)
    yield lambda: [desk.imports.original(one) for one in (1, 2)]
    for number, language in ((1, "en"), (2, "ru")):
        yield lambda number=number, language=language: exporting.ready(
            desk, found.find(number, language=language), now=NOW
        )
        yield lambda number=number: found.languages(number)
        yield lambda number=number: found.issued(number)
        yield lambda number=number, language=language: found.history(number, language)
    for number in range(1, 5):
        yield lambda number=number: found.revision(number)
    yield lambda: check(desk)
    yield lambda: found.next_edition(1, "en")
    yield lambda: found.save(*found.find(2).current())
    yield lambda: found.add(Release("news"), Edition("en", title="New"))
    yield desk.search.rebuild


def _altered(path: Path, data: bytes, table: str, column: str, value: str) -> bool:
    """Whether the column could be set to it at all."""
    path.write_bytes(data)
    with closing(sqlite3.connect(path, isolation_level=None)) as bare:
        bare.execute("PRAGMA ignore_check_constraints = ON")
        guards = bare.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        every = guards.fetchall()
        for name, _sql in every:
            bare.execute(f"DROP TRIGGER {name}")
        try:
            bare.execute(
                f'UPDATE {table} SET "{column}" = {value}'
                f" WHERE rowid = (SELECT min(rowid) FROM {table})"
            )
        except sqlite3.Error:
            return False
        for _name, sql in every:
            bare.execute(sql)
    return True


@pytest.mark.slow
@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_what_cannot_be_read_is_damage(whole: bytes, tmp_path: Path, table: str) -> None:
    path = tmp_path / "altered.pressdesk"
    for column in metadata.tables[table].columns:
        for value in VALUES.values():
            if not _altered(path, whole, table, column, value):
                continue
            with suppress(PressDeskError), closing(open_desk(path)) as desk:
                for work in _works(desk):
                    with suppress(PressDeskError):
                        work()


@pytest.mark.parametrize(
    ("table", "column", "named"),
    [
        ("edition_body", "fields", "edition 1"),
        ("edition_body", "body", "edition 1"),
        ("release", "topics", "release 1"),
        ("contact", "data", "contact 1"),
        ("setting", "data", "setting house"),
    ],
)
def test_damage_is_told_with_its_table_and_row(
    whole: bytes, tmp_path: Path, table: str, column: str, named: str
) -> None:
    path = tmp_path / "altered.pressdesk"
    assert _altered(path, whole, table, column, "x'fffe00'")
    with closing(open_desk(path)) as desk, pytest.raises(PressDeskError) as told:
        people.known(desk)
        desk.releases.find(1)
    assert named in told.value.what


def test_a_date_that_is_none_is_damage_and_a_fault_of_ours_is_not(
    whole: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "altered.pressdesk"
    assert _altered(path, whole, "revision", "at", "x'fffe00'")
    with closing(open_desk(path)) as desk:
        with pytest.raises(DeskForeign, match="damaged"):
            desk.releases.history(1, "en")
        with pytest.raises(TypeError), desk._store.read():
            raise TypeError("ours")
