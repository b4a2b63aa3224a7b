"""The register as a witness: the proof of an edition, and what it says of a file from outside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from archive_samples import NOW, behind, compose

from pressdesk.archive.checking import check
from pressdesk.archive.file.desk_file import Archive
from pressdesk.archive.releases import sealing
from pressdesk.press.filed import Filed, ImportItem
from pressdesk.press.register.checkpoint import Checkpoint
from pressdesk.press.release import Edition, Release

ENGINES = ("file", "server")

Add = Callable[..., Filed]


def out_of(desk: Archive) -> Checkpoint:
    """What went out, as the book is now."""
    heads = desk.register.heads()
    assert heads is not None
    return heads.out


def test_a_draft_has_no_proof_and_what_is_issued_has_one(
    desk: Archive, add: Add, issue: Add
) -> None:
    filed = add("Out")
    assert desk.register.proof(filed.edition.id) is None
    assert desk.register.proof(4711) is None
    issue(filed)
    found = desk.register.proof(filed.edition.id)
    assert found is not None and found.holds
    issue(add("Later"))
    assert desk.register.proof(filed.edition.id) == found


def test_the_desk_bears_out_what_it_issued(desk: Archive, add: Add, issue: Add) -> None:
    one = issue(add("Out"))
    seal = desk.register.proof(one.edition.id)
    assert seal is not None
    before = desk.register.testimony(seal.checkpoint, seal.record)
    assert before.own and before.continues and before.record and before.sheet
    assert before.now == seal.checkpoint == out_of(desk)
    assert not (before.younger or before.later or before.undone)
    two = issue(desk.releases.next_edition(one.release.id, "en"))
    three = issue(desk.releases.next_edition(one.release.id, "en"))
    after = desk.register.testimony(seal.checkpoint, seal.record)
    assert after.continues and after.now.size > after.then
    assert [one.edition for one in after.later] == [two.edition.uid, three.edition.uid]


def test_a_checkpoint_of_another_book_or_desk_is_not_borne_out(
    desk: Archive, add: Add, issue: Add
) -> None:
    issue(add("Out"))
    now = out_of(desk)
    for origin in (now.origin.replace("/out", "/desk"), "pressdesk/other/out"):
        found = desk.register.testimony(Checkpoint(origin, now.size, now.root))
        assert not (found.own or found.continues or found.younger)
    found = desk.register.testimony(Checkpoint(now.origin, now.size, bytes(32)))
    assert found.own and not found.continues and not found.younger
    found = desk.register.testimony(Checkpoint(now.origin, now.size + 1, now.root))
    assert found.younger and not found.continues
    heads = desk.register.heads()
    assert heads is not None and heads.desk.size == 0


def test_an_import_that_was_undone_is_told(desk: Archive) -> None:
    text = Edition("en", title="Past", date=date(2024, 7, 25))
    house = desk.houses.get()
    sheet = compose(Release("news"), sealing.dated(text, house, NOW, recorded=True), house, ())
    batch = desk.imports.add("d", b"o", [ImportItem(Release("news"), text, record=sheet)], at=NOW)
    seal = desk.register.proof(desk.releases.find(batch.releases[0]).edition.id)
    assert seal is not None
    desk.imports.undo(batch.id)
    found = desk.register.testimony(seal.checkpoint, seal.record)
    assert found.continues and found.record and found.undone and found.place is None


def test_what_came_since_a_check_is_checked(desk: Archive, add: Add, issue: Add) -> None:
    issue(add("Out"))
    anchor = check(desk).anchor
    assert anchor is not None
    now = check(desk, since=anchor)
    assert now.sound and (now.looked_at["issued"], now.looked_at["register"]) == (0, 0)
    issue(add("New"))
    add("Draft")
    now = check(desk, since=anchor)
    assert now.sound and now.looked_at["register"] > 0
    assert (now.looked_at["issued"], now.looked_at["drafts"], now.looked_at["list"]) == (1, 1, 2)
    behind(desk, "UPDATE listed SET title = 'Other'")
    assert {fault.part for fault in check(desk, since=anchor).faults} == {"list"}
