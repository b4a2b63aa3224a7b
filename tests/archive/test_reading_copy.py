"""A reading copy holds what is out, and not a byte of anything else."""

from __future__ import annotations

import os
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from archive_samples import compose
from msgspec.structs import replace
from reading_samples import AHEAD, LONG_AGO, PAST, Canaries, everything

from pressdesk.archive.checking import check
from pressdesk.archive.copies import letting_out, mirror, reading_copy
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.archive.search.search import Search
from pressdesk.base.errors import DeskForeign, DeskFull, DeskReadOnly, WriteFailed
from pressdesk.press.listing import Query
from pressdesk.press.query import Question, Word
from pressdesk.press.release import Edition, Release


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

    def careless(*given: Any) -> dict[int, list[letting_out.Parts]]:
        return {
            one: [(e, body | {"boilerplate": draft.summary}, sheet) for e, body, sheet in several]
            for one, several in real(*given).items()
        }

    real = letting_out.going_out
    monkeypatch.setattr(letting_out, "going_out", careless)
    with pytest.raises(WriteFailed, match="unpublished text"):
        reading_copy.make(busy, tmp_path / "copy.pressdesk", now=PAST)
    assert not (tmp_path / "copy.pressdesk").exists()


def test_a_draft_may_say_what_is_out_already(desk: Archive, tmp_path: Path) -> None:
    """A topic or a person of what went out is no leak, whatever a draft is called."""
    shared = ("The annual general assembly", "Climate and energy policy", "Professor A. Petrosyan")
    occasion, topic, person = shared
    given = Release("news", occasion=occasion, topics=(topic,), people=(person,))
    filed = desk.releases.add(given, Edition("en", title="Out"))
    desk.releases.issue(filed.release, filed.edition, compose, at=LONG_AGO)
    for title in shared:
        desk.releases.add(Release("news"), Edition("en", title=title))
    assert reading_copy.make(desk, tmp_path / "copy.pressdesk", now=PAST).issued == 1


def test_a_copy_of_a_copy_is_as_the_first(copy: Path, tmp_path: Path) -> None:
    first = open_desk(copy, reading=True)
    again = tmp_path / "again.pressdesk"
    reading_copy.make(first, again, now=PAST)
    second = open_desk(again, reading=True)
    for number in (1, 2, 4):
        one, two = (desk.releases.find(number) for desk in (first, second))
        assert replace(one.release, version=0) == replace(two.release, version=0)
        assert one.edition == two.edition
    assert second.releases.find(1).release.topics == ("kaolinshowntopic",)
    assert index_of(again) == index_of(copy)
    first.close()
    second.close()


def test_the_index_of_a_copy_is_the_one_built_anew_there(busy: Archive, tmp_path: Path) -> None:
    file = tmp_path / "copy.pressdesk"
    reading_copy.make(busy, file, now=PAST)
    before = index_of(file)
    assert all(before.values())
    # A copy is not written in; whoever made it could.
    with mirror._opened(file) as store:
        search = Search(store)
        assert search.faults() == ()
        search.rebuild()
    assert index_of(file) == before


def index_of(file: Path) -> dict[str, list[Any]]:
    tables = ("search_doc", "search_terms", "search_stem", "facet_cube", "facet_value")
    with sqlite3.connect(file) as bare:
        found = {
            name: bare.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in tables
        }
        bare.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search_text, instance)")
        found["words"] = sorted(bare.execute("SELECT * FROM temp.words").fetchall())
    bare.close()
    return found


def test_what_went_out_last_is_what_languages_share(desk: Archive, tmp_path: Path) -> None:
    """Last by the moment of issue: a later text may bear an earlier date."""
    filed = desk.releases.add(Release("news", topics=("first",)), Edition("en", title="One"))
    desk.releases.issue(filed.release, filed.edition, compose, at=LONG_AGO)
    other = desk.releases.add_language(filed.release.id, Edition("ru", title="Two"))
    other = desk.releases.save(
        replace(other.release, topics=("second",)),
        replace(other.edition, date=LONG_AGO.date() - timedelta(days=3)),
    )
    desk.releases.issue(other.release, other.edition, compose, at=LONG_AGO + timedelta(hours=1))
    reading_copy.make(desk, tmp_path / "copy.pressdesk", now=PAST)
    copy = open_desk(tmp_path / "copy.pressdesk", reading=True)
    assert copy.releases.find(filed.release.id, language="en").release.topics == ("second",)
    copy.close()


def test_what_changes_while_it_is_made(
    busy: Archive,
    other: Archive,
    canaries: Canaries,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Others write on between two steps: a text goes out, one is begun, one is thrown away."""
    monkeypatch.setattr(reading_copy, "BATCH", 1)
    steps: list[int] = []

    def told(done: int, _all: int) -> None:
        steps.append(done)
        if done == 1:
            late = other.releases.find(5)
            other.releases.issue(late.release, late.edition, compose, at=LONG_AGO)
            following = other.releases.next_edition(2, "en")
            given = replace(following.release, topics=(canaries.kept("latetopic"),))
            other.releases.save(given, replace(following.edition, title=canaries.kept("late")))

    held = reading_copy.make(busy, tmp_path / "copy.pressdesk", now=PAST, told=told)
    assert (held.releases, steps) == (3, [0, 1, 2, 3])
    found = everything(tmp_path / "copy.pressdesk")
    assert [word for word in canaries.hidden if word.encode() in found] == []


def test_a_full_disk_is_the_disk_of_the_copy(
    busy: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: Any) -> int:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(reading_copy, "_compact", full)
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(DeskFull, match="not enough space") as caught:
        reading_copy.make(busy, folder / "copy.pressdesk", now=PAST)
    assert str(folder) in caught.value.what
    assert list(folder.iterdir()) == []


def test_what_a_kill_left_goes_a_day_later(busy: Archive, tmp_path: Path) -> None:
    old, new = tmp_path / ".pressdesk-1.tmp-journal", tmp_path / ".pressdesk-2.tmp"
    for one in (old, new):
        one.write_bytes(b"half")
    os.utime(old, (0, 0))
    reading_copy.make(busy, tmp_path / "copy.pressdesk", now=PAST)
    assert new.exists() and not old.exists()


def test_nothing_is_overwritten_by_a_copy(busy: Archive, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear colleagues")
    with pytest.raises(WriteFailed, match="already"):
        reading_copy.make(busy, tmp_path / "letter.txt", now=PAST)
    assert (tmp_path / "letter.txt").read_text() == "Dear colleagues"


def test_a_copy_is_opened_for_reading_only(copy: Path, busy: Archive) -> None:
    with pytest.raises(DeskReadOnly, match="read-only copy"):
        open_desk(copy)
    archive = open_desk(copy, read_only=True)
    assert archive.reading and archive.is_copy and archive.uid != busy.uid
    assert check(archive).sound
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
