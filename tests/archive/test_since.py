"""A check of what came since the last one: what is wrong there, and what is gone of before."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from archive_samples import NOW, behind, unguarded
from msgspec.structs import replace

from pressdesk.archive.checking import Report, check
from pressdesk.archive.file.backup import backup
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.archive.file.restore_backup import restore
from pressdesk.desk import looking_after, looks
from pressdesk.press.filed import Filed
from pressdesk.press.release import Edition

Add = Callable[..., Filed]
LATER = NOW + timedelta(days=1)


def _nothing(_done: int, _all: int) -> None:
    """Nobody watches."""


def _since(desk: Archive) -> Report:
    report, before = looking_after.look_since(desk, now=LATER, going_on=_nothing)
    assert before is not None
    return report


def _whole(desk: Archive) -> Report:
    return looking_after.look(desk, repair=False, now=NOW, going_on=_nothing)


def _parts(report: Report) -> set[str]:
    return {fault.part for fault in report.faults}


@pytest.fixture
def known(desk: Archive, add: Add, issue: Add) -> tuple[Filed, Filed]:
    """A desk that was checked when some were issued and one was a draft; then one of each came."""
    for title in ("Out", "Also out", "Out, too"):
        issue(add(title))
    old = issue(add("Old"))
    add("Old draft")
    assert _whole(desk).sound
    new = issue(add("New"))
    draft = add("New draft")
    desk.releases.save(draft.release, replace(draft.edition, title="New draft, saved"))
    desk.releases.keep(*_typed(desk, draft))
    return old, new


def _typed(desk: Archive, draft: Filed) -> tuple[object, Edition]:
    found = desk.releases.find(draft.release.id)
    return found.release, replace(found.edition, title="typed")


def test_only_what_came_since_is_looked_at_and_found_sound(
    desk: Archive, known: tuple[Filed, Filed]
) -> None:
    report = _since(desk)
    assert report.sound
    looked_at = report.looked_at
    assert (looked_at["issued"], looked_at["drafts"], looked_at["list"]) == (1, 1, 2)
    assert (
        looked_at["revisions"] == 4
        and 0 < looked_at["register"] < check(desk).looked_at["register"]
    )
    assert not {"references", "search"} & looked_at.keys()


OF_SINCE = {
    "UPDATE edition SET title = 'Other' WHERE id = {new}": {"issued"},
    "UPDATE issued SET sheet = replace(sheet, 'New', 'Few')": {"issued", "register"},
    "UPDATE edition SET title = 'Other' WHERE title = 'New draft, saved'": {"drafts"},
    "UPDATE draft SET sha256 = ''": {"drafts"},
    "UPDATE revision SET data = x'00' WHERE id = (SELECT max(id) FROM revision)": {"revisions"},
    "UPDATE listed SET title = 'Other' WHERE edition_id = {new}": {"list"},
    "UPDATE deed SET data = replace(data, '2026', '2025') WHERE edition = '{new_uid}'": {
        "register"
    },
    "DELETE FROM node WHERE level = 0 AND place = (SELECT max(number) FROM deed)": {"register"},
}
OF_BEFORE = {
    "DELETE FROM edition WHERE id = {old}": {"register"},
    "UPDATE edition SET state = 'draft' WHERE id = {old}": {"register", "issued"},
    "DELETE FROM issued WHERE edition_id = {old}": {"register"},
    "UPDATE edition SET state = 'issued' WHERE title = 'Old draft'": {"register"},
    "DELETE FROM deed WHERE number = 0": {"register"},
    "DELETE FROM deed WHERE edition = '{old_uid}'": {"register"},
    "UPDATE node SET hash = zeroblob(32) WHERE level > 0": {"register"},
}
"""Gone, or no longer what it was called."""


@pytest.mark.parametrize(("order", "parts"), [*OF_SINCE.items(), *OF_BEFORE.items()])
def test_damage_of_what_came_and_what_is_missing_of_before_are_found(
    desk: Archive, known: tuple[Filed, Filed], order: str, parts: set[str]
) -> None:
    old, new = (one.edition for one in known)
    assert isinstance(desk.place, Path)
    ids = {"old": old.id, "old_uid": old.uid, "new": new.id, "new_uid": new.uid}
    unguarded(desk.place, "PRAGMA foreign_keys = ON", order.format(**ids))
    assert _parts(_since(desk)) == parts
    looked = looks.last_look(desk.uid)
    assert looked is not None and not looked.sound
    # What was found is not forgotten by the next look: there is nothing sound to go on from.
    report, before = looking_after.look_since(desk, now=LATER, going_on=_nothing)
    assert before is None and "references" in report.looked_at


def test_a_foreign_trigger_is_found_whenever_it_came(
    desk: Archive, known: tuple[Filed, Filed]
) -> None:
    behind(desk, "CREATE TRIGGER twist AFTER UPDATE ON edition BEGIN SELECT 1; END")
    assert _parts(_since(desk)) == {"schema"}


def test_an_older_word_that_another_program_altered_waits_for_a_whole_check(
    desk: Archive, known: tuple[Filed, Filed]
) -> None:
    assert isinstance(desk.place, Path)
    unguarded(desk.place, f"UPDATE edition SET title = 'Odd' WHERE id = {known[0].edition.id}")
    assert _since(desk).sound
    assert not _whole(desk).sound


def test_where_no_check_found_all_well_everything_is_checked(
    desk: Archive, add: Add, issue: Add
) -> None:
    issue(add("One"))
    report, before = looking_after.look_since(desk, now=NOW, going_on=_nothing)
    assert before is None and report.sound and report.looked_at["list"] == 1
    assert _since(desk).looked_at["list"] == 0


def test_after_a_backup_took_its_place_a_desk_is_checked_whole(
    desk: Archive, known: tuple[Filed, Filed], add: Add, issue: Add, tmp_path: Path
) -> None:
    assert isinstance(desk.place, Path)
    file, place = tmp_path / "kept.pressdesk", desk.place
    backup(place, file)
    add("Newest")
    issue(add("Newest out"))
    assert _whole(desk).sound
    desk.close()
    restore(place, file, tmp_path / "aside.pressdesk")
    with closing(open_desk(place)) as again:
        report, before = looking_after.look_since(again, now=LATER, going_on=_nothing)
        assert before is None and report.sound
        assert _since(again).sound


def test_a_desk_that_went_back_does_not_go_on(
    desk: Archive, add: Add, issue: Add, tmp_path: Path
) -> None:
    assert isinstance(desk.place, Path)
    issue(add("One"))
    copy = shutil.copy(desk.place, tmp_path / "copy")
    issue(add("Two"))
    assert _whole(desk).sound
    desk.close()
    shutil.copy(copy, desk.place)
    with closing(open_desk(desk.place)) as again:
        assert _parts(_since(again)) == {"register"}
