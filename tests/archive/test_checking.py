"""The check finds what was altered behind the desk's back; a repair mends the derived."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from archive_samples import NOW, compose, unguarded

from pressdesk.archive.checking import DERIVED, check, repair
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.press.filed import Filed
from pressdesk.press.query import Question, Word
from pressdesk.press.release import Contact, Edition, Embargo, Release
from pressdesk.press.translated import Translated


@pytest.fixture
def full(desk: Archive, add: Callable[..., Filed], issue: Callable[..., Filed]) -> Archive:
    """A desk with one of each."""
    desk.blobs.put(b"picture", "image/png")
    desk.contacts.save(Contact(name=Translated.of(en="Maria Hofer")))
    issue(add("Out"))
    draft = add("In work", language="ru")
    desk.releases.save(draft.release, draft.edition)
    later = desk.releases.add(
        Release("news", embargo=Embargo(NOW + timedelta(days=2), "UTC")), Edition("en", title="L")
    )
    desk.releases.issue(later.release, later.edition, compose, at=NOW)
    desk.imports.add("dump.txt", b"Dear colleagues", (), at=NOW)
    return desk


def test_a_sound_desk(full: Archive) -> None:
    report = check(full)
    assert report.sound and report.faults == ()
    looked = report.looked_at
    assert (looked["issued"], looked["attachments"], looked["imports"], looked["list"]) == (
        2,
        1,
        1,
        3,
    )
    assert looked["revisions"] == sum(len(full.releases.revisions(one)) for one in (1, 2, 3))


@pytest.mark.parametrize(
    ("order", "part"),
    [
        (
            "UPDATE issued SET sheet = replace(sheet, 'Out', 'Oud') WHERE edition_id = 1",
            "issued register",
        ),
        ("DELETE FROM issued WHERE edition_id = 1", "issued"),
        ("UPDATE revision SET data = zeroblob(9) WHERE id = 3", "revisions"),
        ("UPDATE revision SET sha256 = 'x' WHERE id = 3", "revisions"),
        ("UPDATE revision SET number = 9 WHERE id = 3", "revisions"),
        ("UPDATE revision SET author = 'Somebody else' WHERE id = 1", "revisions"),
        ("UPDATE blob SET data = x'00'", "attachments"),
        ("UPDATE import_batch SET original = x'00'", "imports"),
        ("UPDATE setting SET data = 'zzz'", "house"),
        ("UPDATE contact SET data = x'ff'", "house"),
        ("INSERT INTO import_contact VALUES (1, 999)", "references"),
        ("UPDATE listed SET title = 'Other' WHERE release_id = 2", "list"),
        ("DELETE FROM listed WHERE release_id = 1", "list"),
        ("UPDATE listed SET issued = 2 WHERE release_id = 1", "list"),
        ("UPDATE release SET drafts = 7 WHERE id = 2", "list"),
        ("UPDATE release SET issued_embargo = NULL WHERE id = 3", "list"),
        ("INSERT INTO facet_cube VALUES ('news', 'draft', 'xx', 1, 5)", "search"),
        ("DELETE FROM search_doc WHERE release_id = 1", "search"),
    ],
)
def test_what_was_altered_is_found_and_named(full: Archive, order: str, part: str) -> None:
    unguarded(full.path, order)
    report = check(full)
    assert {fault.part for fault in report.faults} == set(part.split())
    assert all(fault.mendable == (part in DERIVED) for fault in report.faults)


def test_an_embargo_that_was_altered_is_told_and_not_carried_on(full: Archive) -> None:
    unguarded(full.path, "UPDATE edition SET embargo_at = NULL WHERE id = 3")
    report = repair(full)
    assert ("issued", "edition 3: embargo") in {(one.part, one.where) for one in report.faults}
    (row,) = full.releases.rows([3])
    assert row.embargo_until == NOW + timedelta(days=2) and report.mended == ()


def test_a_repair_mends_the_list(full: Archive) -> None:
    rows = full.releases.rows([1, 2, 3])
    unguarded(
        full.path,
        "UPDATE listed SET title = 'Other'",
        "DELETE FROM listed WHERE release_id = 3",
        "UPDATE release SET sort_date = '1999-01-01'",
    )
    assert len(check(full).faults) == 3
    report = repair(full)
    assert report.sound and len(report.mended) == 3
    assert full.releases.rows([1, 2, 3]) == rows


def test_a_repair_makes_the_search_index_anew(full: Archive) -> None:
    unguarded(full.path, "DELETE FROM search_doc", "DELETE FROM facet_cube")
    report = repair(full)
    assert report.sound and {fault.part for fault in report.mended} == {"search"}
    (hit,) = full.search.page(Question(Word("Out")), now=NOW).hits
    assert hit.release_id == 1


def test_a_repair_does_not_touch_what_is_not_derived(full: Archive) -> None:
    unguarded(full.path, "UPDATE issued SET sheet = replace(sheet, 'Out', 'Oud')")
    before = full.path.read_bytes()
    report = repair(full)
    assert not report.sound and report.mended == ()
    full.close()
    assert full.path.read_bytes() == before


def test_a_damaged_page_is_found(full: Archive, tmp_path: Path) -> None:
    for number in range(40):
        full.releases.add(Release("news"), Edition("en", title=f"Title {number} " * 20))
    full.close()
    data = bytearray(full.path.read_bytes())
    # A page of the rows of editions: the counts look right without it.
    place = data.index(b"Title 20 ") // 4096 * 4096
    data[place : place + 100] = b"\xff" * 100
    full.path.write_bytes(data)
    damaged = open_desk(full.path, read_only=True)
    report = check(damaged)
    damaged.close()
    assert "file" in {fault.part for fault in report.faults}
