"""For readers: nothing can be written, and nothing can be seen that is not out."""

from __future__ import annotations

import hashlib
import inspect
import os
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from archive_samples import compose
from msgspec.structs import replace
from sqlalchemy.exc import DatabaseError

from pressdesk.archive import reading_copy
from pressdesk.archive.desk_file import Archive, open_desk
from pressdesk.base.errors import DeskForeign, DeskReadOnly, NotFound, WriteFailed
from pressdesk.document.nodes import Document, Paragraph, Text
from pressdesk.press.filed import ImportItem
from pressdesk.press.house import House
from pressdesk.press.listing import PageKey, Query
from pressdesk.press.release import Contact, Edition, Embargo, Release
from pressdesk.press.searching import Filter, Question, Word
from pressdesk.press.translated import Translated

LONG_AGO = datetime(2024, 5, 6, 9, tzinfo=UTC)
PAST, AHEAD = LONG_AGO + timedelta(days=1), datetime(2199, 1, 1, tzinfo=UTC)


class Canaries:
    """A word of its own for every place a text can be in; each is out or is not."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.hidden: list[str] = []

    def said(self, place: str) -> str:
        self.out.append(f"kaolinshown{place}")
        return self.out[-1]

    def kept(self, place: str) -> str:
        self.hidden.append(f"zirconhidden{place}")
        return self.hidden[-1]


def text(name: Callable[[str], str], place: str, language: str = "en", **rest: Any) -> Edition:
    """An edition with a canary in each field."""
    words = {part: name(place + part) for part in ("title", "subtitle", "summary", "notes", "body")}
    body = Document((Paragraph((Text(f"The gauge of {words.pop('body')} was read on Monday."),)),))
    return Edition(**{"language": language, "body": body} | words | rest)


@pytest.fixture
def canaries() -> Canaries:
    return Canaries()


@pytest.fixture
def busy(desk: Archive, canaries: Canaries) -> Archive:
    """A desk with everything on it that must not leave it, and two releases that went out."""
    said, kept = canaries.said, canaries.kept
    releases = desk.releases
    contact = desk.contacts.save(Contact(name=Translated((("en", kept("contact")),))))
    used = desk.contacts.save(Contact(name=Translated((("en", said("contact")),))))

    def out(filed: Any, **rest: Any) -> Any:
        return releases.issue(filed.release, filed.edition, compose, at=LONG_AGO, **rest)

    # 1: out, with a revision before, and a next edition being written.
    first = releases.add(Release("news", topics=("kaolinshowntopic",)), text(kept, "earlier"))
    first = releases.save(
        first.release, replace(first.edition, **_fields(text(said, "first", contacts=(used.id,))))
    )
    first = out(first)
    following = releases.next_edition(first.release.id, "en")
    following = releases.save(
        replace(following.release, topics=(kept("topic"),), occasion=kept("occasion")),
        replace(following.edition, **_fields(text(kept, "next"))),
    )
    releases.keep(following.release, replace(following.edition, title=kept("autosaved")))
    # 2: one language out, one under embargo, an embargo that is over.
    second = out(releases.add(Release("statement"), text(said, "second", contacts=(used.id,))))
    other = releases.add_language(second.release.id, text(kept, "russian", "ru"))
    releases.issue(
        replace(other.release, embargo=Embargo(AHEAD, "UTC")), other.edition, compose, at=LONG_AGO
    )
    # 3: under embargo. 4: its embargo is over. 5: a draft. 6: in the trash.
    third = releases.add(Release("news", embargo=Embargo(AHEAD, "UTC")), text(kept, "embargoed"))
    out(third)
    out(releases.add(Release("news", embargo=Embargo(PAST, "UTC")), text(said, "over")))
    releases.add(
        Release("speech", slug=kept("slug"), people=(kept("person"),)),
        text(kept, "draft", contacts=(contact.id,), fields=(("speaker", kept("speaker")),)),
    )
    trashed = releases.add(Release("news"), text(kept, "trashed"))
    desk.trash.put(trashed.release.id)
    desk.blobs.put(kept("blob").encode(), "image/png")
    desk.houses.save(replace(desk.houses.get(), boilerplate=Translated((("en", kept("house")),))))
    item = ImportItem(Release("news"), text(kept, "imported"))
    desk.imports.add(kept("name"), kept("original").encode(), (item,), at=LONG_AGO)
    return desk


def _fields(given: Edition) -> dict[str, Any]:
    return {
        name: getattr(given, name)
        for name in ("title", "subtitle", "summary", "notes", "body", "contacts")
    }


@pytest.fixture
def copy(busy: Archive, tmp_path: Path) -> Path:
    file = tmp_path / "readers" / "copy.pressdesk"
    file.parent.mkdir()
    held = reading_copy.make(busy, file, now=datetime.now(UTC))
    assert (held.releases, held.issued, held.drafts, held.reading_copy) == (3, 3, 0, True)
    return file


@pytest.fixture(params=["copy", "desk"])
def reader(request: pytest.FixtureRequest, busy: Archive) -> Iterator[Archive]:
    """Both that a reader may have: a copy made for them, and the desk others write in."""
    path = request.getfixturevalue("copy") if request.param == "copy" else busy.path
    archive = open_desk(path, reading=True)
    yield archive
    archive.close()


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


# --- what is in the file


def everything(file: Path) -> bytes:
    """The bytes of a file and, unpacked, of every value in it that is packed."""
    found = [file.read_bytes()]
    with sqlite3.connect(file) as bare:
        tables = [row[0] for row in bare.execute("SELECT name FROM sqlite_master WHERE sql > ''")]
        for table in tables:
            try:
                rows = bare.execute(f'SELECT * FROM "{table}"').fetchall()
            except sqlite3.OperationalError:  # an index
                continue
            for value in (value for row in rows for value in row if isinstance(value, bytes)):
                try:
                    found.append(zlib.decompress(value))
                except zlib.error:
                    found.append(value)
    bare.close()
    return b"\n".join(found)


def test_no_byte_of_what_is_not_out_is_in_a_reading_copy(copy: Path, canaries: Canaries) -> None:
    held = everything(copy)
    assert [word for word in canaries.hidden if word.encode() in held] == []
    assert len(canaries.hidden) > 40
    assert [word for word in canaries.out if word.encode() not in held] == []
    with sqlite3.connect(copy) as bare:
        empty = ("draft", "revision", "contact", "edition_contact", "import_batch", "counter")
        for table in empty:
            assert bare.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
        assert bare.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert bare.execute("PRAGMA freelist_count").fetchone() == (0,)
    bare.close()
    assert [one.name for one in copy.parent.iterdir()] == [copy.name]


def test_an_embargo_that_is_over_lets_go_of_exactly_its_editions(
    busy: Archive, tmp_path: Path, canaries: Canaries
) -> None:
    file = tmp_path / "later.pressdesk"
    held = reading_copy.make(busy, file, now=AHEAD)
    assert held.issued == 5
    found = everything(file)
    let_go = {word for word in canaries.hidden if word.encode() in found}
    assert let_go and all("embargoed" in word or "russian" in word for word in let_go)


def test_what_languages_share_is_as_it_went_out(copy: Path) -> None:
    archive = open_desk(copy, reading=True)
    assert archive.releases.find(1).release.topics == ("kaolinshowntopic",)
    assert archive.releases.find(1).release.occasion == ""
    facet = next(f for f in archive.search.facets(Question(), now=PAST).facets if f.name == "topic")
    assert [count.value for count in facet.counts] == ["kaolinshowntopic"]
    archive.close()


def test_an_issued_sheet_that_was_altered_ends_the_making(busy: Archive, tmp_path: Path) -> None:
    with sqlite3.connect(busy.path) as bare:
        bare.execute("DROP TRIGGER guard_issued_update")
        bare.execute("UPDATE issued SET sheet = replace(sheet, 'kaolin', 'kaolan')")
    bare.close()
    with pytest.raises(DeskForeign):
        reading_copy.make(busy, tmp_path / "copy.pressdesk", now=PAST)
    assert not [one for one in tmp_path.iterdir() if "copy" in one.name or "tmp" in one.name]


def test_an_embargo_that_was_taken_off_the_column_still_holds(
    busy: Archive, tmp_path: Path, canaries: Canaries
) -> None:
    with sqlite3.connect(busy.path) as bare:
        bare.execute("DROP TRIGGER guard_edition_update")
        bare.execute("UPDATE edition SET embargo_at = NULL")
    bare.close()
    file = tmp_path / "copy.pressdesk"
    assert reading_copy.make(busy, file, now=LONG_AGO).issued == 2
    held = everything(file)
    assert not [word for word in canaries.hidden if word.encode() in held]


def test_a_leak_is_seen_before_the_file_has_its_name(
    busy: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the building ever let a draft in, the bytes are looked through once more."""
    draft = busy.releases.find(5).edition

    def careless(target: Any, row: dict[str, Any]) -> None:
        real(target, row | {"boilerplate": draft.summary})

    real = reading_copy._put
    monkeypatch.setattr(reading_copy, "_put", careless)
    with pytest.raises(WriteFailed, match="not out yet"):
        reading_copy.make(busy, tmp_path / "copy.pressdesk", now=PAST)
    assert not (tmp_path / "copy.pressdesk").exists()


def test_nothing_is_overwritten_by_a_copy(busy: Archive, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear colleagues")
    with pytest.raises(WriteFailed, match="already"):
        reading_copy.make(busy, tmp_path / "letter.txt", now=PAST)
    assert (tmp_path / "letter.txt").read_text() == "Dear colleagues"


def test_a_copy_is_opened_for_reading_only(copy: Path, busy: Archive) -> None:
    with pytest.raises(DeskReadOnly, match="reading copy"):
        open_desk(copy)
    archive = open_desk(copy, read_only=True)
    assert archive.reading and archive.is_copy and archive.uid != busy.uid
    assert archive.sound()
    archive.close()
    assert [one.name for one in copy.parent.iterdir()] == [copy.name]


@pytest.mark.skipif(os.name != "posix", reason="folders have no such rights here")
def test_a_copy_in_a_folder_nobody_can_write(copy: Path) -> None:
    copy.chmod(0o444)
    copy.parent.chmod(0o555)
    try:
        archive = open_desk(copy, read_only=True)
        assert len(archive.releases.keys(Query(), now=PAST)) == 3
        assert archive.search.count(Question(Word("gauge")), now=PAST) == 3
        archive.close()
    finally:
        copy.parent.chmod(0o755)


# --- what can be seen


def test_lists_and_searches_give_what_is_out_only(reader: Archive, canaries: Canaries) -> None:
    now = datetime.now(UTC)
    releases = reader.releases
    ids = list(releases.keys(Query(), now=now))
    assert sorted(ids) == [1, 2, 4]
    page = releases.page(Query(), now=now)
    assert [row.id for row in page] == ids
    rest = releases.page(Query(), after=PageKey(page[0].sort_date, page[0].id), now=now)
    assert [row.id for row in rest] == ids[1:]
    assert releases.rows(range(1, 9)) == releases.rows([1, 2, 4])
    assert list(releases.keys_by_month(Query(), now=now)[1]) == [2024 * 12 + 5] * 3
    counts = releases.counts(Query(), now=now)
    assert (counts.all, counts.issued, counts.drafts, counts.embargo) == (3, 3, 0, 0)
    for bucket in ("drafts", "embargo"):
        assert not releases.keys(Query(bucket=bucket), now=now)
    assert not releases.keys(Query(state="draft"), now=now)
    assert list(releases.keys(Query(text="kaolinshownover"), now=now)) == [4]
    assert list(releases.keys(Query(kind="statement"), now=now)) == [2]
    assert not releases.keys(Query(language="ru"), now=now)
    for word in canaries.hidden:
        assert not releases.keys(Query(text=word), now=now), word
        assert not reader.search.page(Question(Word(word)), now=now).hits, word
        assert not reader.search.keys(Question(Word(word)), now=now)[0], word
    found = {hit.release_id for hit in reader.search.page(Question(Word("gauge")), now=now).hits}
    assert found == {1, 2, 4}
    assert reader.search.count(Question(), now=now) == 3
    assert reader.search.facets(Question(), now=now).total == 3
    assert not reader.search.page(Question(Filter("state", "draft")), now=now).hits


def test_no_way_leads_to_what_is_not_out(
    reader: Archive, busy: Archive, canaries: Canaries
) -> None:
    now = datetime.now(UTC)
    releases = reader.releases
    answers: list[object] = [
        releases.page(Query(), now=now),
        releases.rows(range(1, 20)),
        releases.list_editions(Query(), now=now),
        releases.topics(),
        releases.kept_editions(),
        reader.contacts.all(),
        reader.houses.get(),
        reader.trash.all(),
        reader.search.facets(Question(), now=now),
        reader.search.facets(Question(Word("gauge")), now=now),
        reader.search.snippets(Question(Word("gauge")), list(range(1, 20))),
        [reader.imports.original(number) for number in range(1, 10)],
        [releases.revisions(number) for number in range(1, 20)],
        [releases.issued(number) for number in range(1, 20)],
        [reader.search.suggest(word, now=now) for word in canaries.hidden],
    ]
    for number in range(1, 10):
        for language in ("en", "ru"):
            try:
                answers.append(releases.history(number, language))
                answers.append(releases.find(number, language=language))
                answers.append(releases.editions(number, language))
                answers.append(releases.languages(number))
            except NotFound:
                continue
    seen = repr(answers)
    assert [word for word in canaries.hidden if word in seen] == []
    assert "kaolinshownfirsttitle" in seen and "kaolinshownoverbody" in seen
    for number in (3, 5, 6, 7):
        with pytest.raises(NotFound):
            releases.find(number)
        with pytest.raises(NotFound):
            releases.languages(number)
    with pytest.raises(NotFound):
        releases.find(2, language="ru")
    assert releases.find(1).edition.number == 1 and releases.find(1).kept is None
    for number in range(1, 30):
        with pytest.raises(NotFound):
            releases.revision(number)


def test_the_tables_of_the_desk_itself_read_as_empty(busy: Archive) -> None:
    reader = open_desk(busy.path, reading=True)
    with reader._store.read() as connection:
        for table in ("draft", "revision", "import_batch"):
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}").all():
                assert set(row) == {None}, table
        order = "SELECT count(*) FROM draft WHERE edition_id > 0 OR edition_id <= 0"
        assert connection.exec_driver_sql(order).scalar() == 0
    reader.close()


def test_an_embargo_ends_while_the_desk_is_open(
    busy: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pressdesk.archive import visible

    reader = open_desk(busy.path, reading=True)
    with pytest.raises(NotFound):
        reader.releases.find(3)
    monkeypatch.setattr(visible, "moment", lambda: AHEAD)
    assert reader.releases.find(3).edition.title == "zirconhiddenembargoedtitle"
    reader.close()


def test_the_index_is_made_anew_while_somebody_reads(busy: Archive) -> None:
    now = datetime.now(UTC)
    reader = open_desk(busy.path, reading=True)
    assert reader.search.count(Question(Word("gauge")), now=now) == 3
    busy.search.rebuild()
    assert reader.search.count(Question(Word("gauge")), now=now) == 3
    with pytest.raises(DeskReadOnly), reader._store.read() as connection:
        connection.exec_driver_sql("CREATE TEMP TABLE t (x)")
    reader.close()


# --- nothing is written


WRITES: dict[str, Callable[[Archive], object]] = {
    "releases.add": lambda a: a.releases.add(Release("news"), Edition("en")),
    "releases.add_language": lambda a: a.releases.add_language(1, Edition("ru")),
    "releases.next_edition": lambda a: a.releases.next_edition(2, "en"),
    "releases.save": lambda a: a.releases.save(Release("news", id=1), Edition("en", id=1)),
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
    "imports.add_many": lambda a: a.imports.add_many("name", 1, lambda *_: (), at=PAST),
    "imports.undo": lambda a: a.imports.undo(1),
    "trash.put": lambda a: a.trash.put(5),
    "trash.restore": lambda a: a.trash.restore(6),
    "trash.purge": lambda a: a.trash.purge(AHEAD),
    "search.rebuild": lambda a: a.search.rebuild(),
}
READS = {
    "releases": "find languages editions kept_editions revisions revision history issued page"
    " keys keys_by_month rows counts list_editions topics",
    "contacts": "all get used_by",
    "houses": "get",
    "blobs": "get many",
    "imports": "original",
    "trash": "all",
    "search": "page keys count facets snippets suggest stale faults",
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
