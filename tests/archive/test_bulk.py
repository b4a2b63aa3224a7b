"""Taking many items in at once leaves behind what filing one after another does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine, event, select

from pressdesk.archive.checking import check
from pressdesk.archive.file.desk_file import Archive, create
from pressdesk.archive.releases import bulk_pool, imports, sealing, writing
from pressdesk.archive.releases.bulk_pool import Given
from pressdesk.archive.releases.writing import derive
from pressdesk.archive.rows import houses
from pressdesk.archive.store.tables import metadata
from pressdesk.base.errors import BadInput, IssueRefused, WorkerFailed
from pressdesk.press.filed import ImportItem
from pressdesk.press.house import House
from pressdesk.press.listing import Query
from pressdesk.press.query import All, Filter, Phrase, Question, Word
from pressdesk.press.release import Contact, Edition, Release
from pressdesk.press.translated import Translated
from tests.benchmarks import invented_texts
from tests.benchmarks.invented_texts import TextPlan

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
AT = datetime(2026, 11, 1, 9, tzinfo=UTC)
HOUSE = House(zone="Europe/Vienna")
EVERYTHING = Query()
GAPS = {
    "revision": {"id"},
    "revision_base": {"revision_id", "keyframe_id"},
    "deed": {"edition", "size"},
    "node": {"hash"},
}
"""Ids that may be left out where two were kept free and one was needed; and what the register
says of one edition at a time: names of their own, salts, and how long its book was by then."""
SAID_TWICE = {"uid", "created_at", "saved_at", "at", "sha256", "data", "terms"}
"""Columns that hold a name of its own or the time of the clock; what hangs on them is compared
as values below."""


@pytest.fixture
def items() -> list[ImportItem]:
    return [invented_texts.item(TextPlan(short=True), n, HOUSE) for n in range(30)]


@pytest.fixture
def one_by_one(tmp_path: Path, items: list[ImportItem]) -> Iterator[Archive]:
    archive = create(tmp_path / "one.pressdesk", HOUSE)
    for item in items:
        with archive._store.write() as connection:
            parent = writing.new_release(connection, item.release, AT)
            text = writing.new_edition(connection, parent, item.edition, 1, AT)
            if item.record is not None:
                out = sealing.dated(text, HOUSE, AT, recorded=True)
                house = houses.load(connection)
                sealing.freeze(connection, parent, out, item.record, house)
            derive(connection, parent.id)
    yield archive
    archive.close()


@pytest.fixture
def at_once(desk: Archive, items: list[ImportItem]) -> Archive:
    desk.imports.add("batch", b"original", items, at=AT)
    return desk


def rows(archive: Archive) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table but those an import adds."""
    found = {}
    with archive._store.read() as connection:
        for table in metadata.sorted_tables:
            if not table.name.startswith(("import_", "meta", "alembic")):
                made = [dict(row) for row in connection.execute(select(table)).mappings()]
                for row in made:
                    gaps = GAPS.get(table.name, set())
                    for column in (SAID_TWICE | gaps) & row.keys():
                        row[column] = None
                found[table.name] = sorted(made, key=repr)
    return found


def test_the_same_rows(one_by_one: Archive, at_once: Archive) -> None:
    one, other = rows(one_by_one), rows(at_once)
    assert len(one["edition"]) == 30 and len(one["issued"]) > 20
    for table, made in one.items():
        assert other[table] == made, table


def test_the_same_revisions(one_by_one: Archive, at_once: Archive) -> None:
    for number in at_once.releases.keys(EVERYTHING, now=NOW):
        found = []
        for archive in (one_by_one, at_once):
            edition = archive.releases.find(number).edition
            infos = archive.releases.revisions(edition.id)
            texts = [archive.releases.revision(info.id) for info in infos]
            bare = [(replace(r, uid=""), replace(e, uid="")) for r, e in texts]
            found.append(([(info.number, info.note) for info in infos], bare))
        assert found[0] == found[1]


QUESTIONS = (
    Question(),
    Question(Word("комиссия")),
    Question(Word("the")),
    Question(Word("рек", prefix=True)),
    Question(All((Word("и"), Word("в")))),
    Question(All((Word("the"), Filter("kind", "news"), Filter("state", "issued")))),
    Question(Phrase("the river open to ships")),
    Question(Word("report"), sort="relevance"),
    Question(since=date(2010, 1, 1), until=date(2015, 12, 31)),
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_answers(one_by_one: Archive, at_once: Archive, question: Question) -> None:
    one, other = (archive.search.page(question, now=NOW) for archive in (one_by_one, at_once))
    assert one == other
    pair = [archive.search.facets(question, now=NOW) for archive in (one_by_one, at_once)]
    assert pair[0] == pair[1]


def test_the_index_is_sound(at_once: Archive) -> None:
    assert at_once.search.page(Question(Word("the")), now=NOW).hits
    assert at_once.search.faults() == ()
    assert check(at_once).sound


def test_other_processes_make_the_same(
    tmp_path: Path, at_once: Archive, items: list[ImportItem], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_pool, "FEW", 0)
    monkeypatch.setattr(bulk_pool, "JOB", 7)
    monkeypatch.setattr(bulk_pool, "AT_ONCE", 10)
    archive = create(tmp_path / "pool.pressdesk", HOUSE)
    seen = []
    archive.imports.add_many("batch", 30, Given(tuple(items)), at=AT, step=lambda: seen.append(1))
    assert len(seen) == 3
    one, other = rows(at_once), rows(archive)
    archive.close()
    assert one == other


def test_a_process_that_dies_is_told(desk: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_pool, "FEW", 0)
    with pytest.raises(WorkerFailed):
        desk.imports.add_many("batch", 3, Deadly(), at=AT)
    assert not desk.releases.keys(EVERYTHING, now=NOW)


class Deadly:
    """Ends the process that asks for its items."""

    def part(self, begin: int, end: int) -> Deadly:
        return self

    def items(self, begin: int, end: int) -> list[ImportItem]:
        import os

        os._exit(9)


def item(**rest: Any) -> ImportItem:
    return ImportItem(Release("news"), Edition(language="en", title="Level", **rest))


def test_nothing_is_stored_when_one_item_is_refused(desk: Archive, items: list[ImportItem]) -> None:
    undated = ImportItem(*_parts(items), record=next(i.record for i in items if i.record))
    with pytest.raises(IssueRefused):
        desk.imports.add("batch", b"", [items[0], undated], at=AT)
    with pytest.raises(BadInput):
        desk.imports.add("batch", b"", [items[0], item(contacts=(77,))], at=AT)
    named = replace(items[0], release=replace(items[0].release, reference="PR 1"))
    with pytest.raises(BadInput):
        desk.imports.add("batch", b"", [named, named], at=AT)
    assert not desk.releases.keys(EVERYTHING, now=NOW)


def _parts(items: list[ImportItem]) -> tuple[Release, Edition]:
    return items[0].release, replace(items[0].edition, date=None)


def test_equal_contacts_come_once(desk: Archive) -> None:
    anna = Contact(name=Translated.of(en="Anna Weir"))
    both = [replace(item(), contacts=(anna,)), replace(item(), contacts=(anna,))]
    batch = desk.imports.add("batch", b"", both, at=AT)
    (only,) = desk.contacts.all()
    assert [desk.releases.find(n).edition.contacts for n in batch.releases] == [(only.id,)] * 2


def test_ids_go_on_after_a_large_import(at_once: Archive, add: Callable[..., Any]) -> None:
    assert add("Later").release.id == 31
    assert at_once.search.faults() == ()


def test_an_import_is_undone_in_few_steps(
    desk: Archive, items: list[ImportItem], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person who types meanwhile waits for each of them. What was written on stays."""
    monkeypatch.setattr(imports, "UNDONE_AT_ONCE", 20)
    batch = desk.imports.add("batch", b"original", items, at=AT)
    drafts = [desk.releases.find(n) for n in batch.releases]
    kept, saved = [one for one in drafts if one.edition.state.writable][:2]
    desk.releases.keep(kept.release, replace(kept.edition, title="Kept"))
    desk.releases.save(saved.release, replace(saved.edition, title="Saved"))
    orders: list[str] = []

    def said(_connection: object, _cursor: object, order: str, *_more: object) -> None:
        orders.append(order)

    event.listen(Engine, "before_cursor_execute", said)
    try:
        assert desk.imports.undo(batch.id) == 30
    finally:
        event.remove(Engine, "before_cursor_execute", said)
    assert len(orders) < 3 * 30  # the register takes a handful for each part
    assert {row.release_id for row in desk.trash.all()} == {kept.release.id, saved.release.id}
    assert not desk.releases.keys(EVERYTHING, now=NOW)
    assert check(desk).faults == () == desk.search.faults()


def test_a_batch_is_filed_once_however_often(desk: Archive, items: list[ImportItem]) -> None:
    """Where its answer was lost it is asked for again."""
    ready = desk.imports.make_ready("batch", b"original", items, at=AT)
    first = desk.imports.file(ready)
    assert desk.imports.file(ready) == first
    assert len(desk.releases.keys(EVERYTHING, now=NOW)) == len(items) == len(first.releases)
