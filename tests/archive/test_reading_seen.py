"""For readers: nothing can be seen that is not out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from reading_samples import AHEAD, Canaries

from pressdesk.archive import checking
from pressdesk.archive.copies import moving
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.base.errors import DeskReadOnly, NotFound
from pressdesk.press.listing import PageKey, Query
from pressdesk.press.query import Filter, Question, Word


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
    over = Question(Word("kaolinshownover", prefix=True))
    assert list(reader.search.keys(over, now=now)[0]) == [4]
    assert list(releases.keys(Query(kind="statement"), now=now)) == [2]
    assert not releases.keys(Query(language="ru"), now=now)
    for word in canaries.hidden:
        assert not reader.search.page(Question(Word(word)), now=now).hits, word
        assert not reader.search.keys(Question(Word(word)), now=now)[0], word
        for name in ("topic", "place", "speaker"):
            assert not reader.search.count(Question(Filter(name, word)), now=now), word
    if reader.is_copy:
        shared = Question(Filter("topic", "kaolinshowntopic"))
        assert [hit.release_id for hit in reader.search.page(shared, now=now).hits] == [1]
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
                answers.append(releases.look(number, language))
                answers.append(releases.editions(number, language))
                answers.append(releases.languages(number))
            except NotFound:
                continue
    seen = repr(answers)
    assert [word for word in canaries.hidden if word in seen] == []
    assert "kaolinshownfirsttitle" in seen and "kaolinshownoverbody" in seen
    assert len([n for n in range(1, 30) if releases.stands(n)]) == 3
    assert not [number for number in range(1, 10) if reader.trash.holds(number)]
    assert reader.search.days(range(1, 10)) == reader.search.days((1, 2, 4))
    for number in (3, 5, 6, 7):
        with pytest.raises(NotFound):
            releases.look(number, "en")
        with pytest.raises(NotFound):
            releases.find(number)
        with pytest.raises(NotFound):
            releases.languages(number)
        with pytest.raises(NotFound):
            releases.look(number, "en")
    with pytest.raises(NotFound):
        releases.find(2, language="ru")
    assert releases.look(1, "en").edition.number == 1
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


def test_the_contact_list_is_not_asked_name_by_name(reader: Archive, busy: Archive) -> None:
    now = datetime.now(UTC)
    asked = Question(Filter("contact", "kaolinshowncontact"))
    assert busy.search.count(asked, now=now) > 0
    assert reader.search.count(asked, now=now) == 0
    assert reader.search.facets(asked, now=now).total == 0


def test_who_sees_a_part_neither_looks_it_through_nor_moves_it(
    busy: Archive, tmp_path: Path
) -> None:
    reader = open_desk(busy.path, reading=True)
    with pytest.raises(DeskReadOnly):
        checking.check(reader)
    with pytest.raises(DeskReadOnly):
        moving.move(reader, tmp_path / "all.pressdesk")
    assert not (tmp_path / "all.pressdesk").exists()
    reader.close()


def test_an_embargo_ends_while_the_desk_is_open(
    busy: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pressdesk.archive.rows import visible

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
