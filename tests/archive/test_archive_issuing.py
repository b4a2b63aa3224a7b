"""Issuing: one transaction gives the reference, the sheet and the state, for ever."""

from __future__ import annotations

import multiprocessing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from archive_samples import behind, compose
from msgspec.structs import replace

from pressdesk.archive.file.desk_file import create, open_desk
from pressdesk.base.errors import BadInput, EditConflict, IssueRefused
from pressdesk.press.house import House, Look
from pressdesk.press.listing import Query
from pressdesk.press.release import Contact, Edition, Embargo, Release
from pressdesk.press.states import State
from pressdesk.press.translated import Translated

ENGINES = ("file", "server")


def test_issuing_saves_numbers_and_freezes(desk, add, now) -> None:
    filed = add("Draft")
    changed = replace(filed.edition, title="Last word")
    out = desk.releases.issue(filed.release, changed, compose, at=now)
    assert (out.release.reference, out.edition.state) == ("PR 2026/001", State.ISSUED)
    assert (out.edition.issued_at, out.edition.recorded_at) == (now, None)
    assert desk.releases.find(filed.release.id) == out
    frozen = desk.releases.issued(filed.edition.id)
    assert (frozen.sheet.title, frozen.sheet.reference) == ("Last word", "PR 2026/001")
    assert desk.releases.issued(add().edition.id) is None
    assert desk.releases.revisions(filed.edition.id)[0].note == "Issued"


def test_an_issued_edition_is_issued_once_and_not_saved(desk, add, issue) -> None:
    out = issue(add())
    with pytest.raises(IssueRefused):
        issue(out)
    with pytest.raises(BadInput):
        desk.releases.save(out.release, replace(out.edition, title="Other"))
    with pytest.raises(EditConflict):
        desk.releases.keep(out.release, replace(out.edition, title="Other"))
    assert desk.releases.find(out.release.id) == out


def test_a_stale_issue_stores_nothing(desk, other, add, issue) -> None:
    filed = add()
    other.releases.save(filed.release, replace(filed.edition, title="Newer"))
    with pytest.raises(EditConflict):
        issue(filed)
    assert desk.releases.find(filed.release.id).edition.state is State.DRAFT


def test_a_composing_that_fails_takes_no_number(desk, add, issue, now) -> None:
    filed = add()

    def broken(*_: object) -> None:
        raise IssueRefused("no")

    with pytest.raises(IssueRefused):
        desk.releases.issue(filed.release, filed.edition, broken, at=now)
    assert desk.releases.find(filed.release.id) == filed
    assert issue(filed).release.reference == "PR 2026/001"


def test_the_second_language_keeps_the_reference(desk, add, issue) -> None:
    out = issue(add())
    russian = desk.releases.add_language(out.release.id, Edition("ru", title="Вода"))
    assert issue(russian).release == out.release
    assert issue(add()).release.reference == "PR 2026/002"


def test_the_year_is_that_of_the_house(desk, add, issue) -> None:
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # half past midnight in Vienna
    assert issue(add(), at=late).release.reference == "PR 2027/001"
    assert issue(add()).release.reference == "PR 2026/001"
    assert issue(add(), at=late).release.reference == "PR 2027/002"


def test_a_pattern_without_the_year_counts_on(desk, add, issue) -> None:
    desk.houses.save(replace(desk.houses.get(), reference_pattern="No. {n}"))
    assert issue(add()).release.reference == "No. 1"
    later = datetime(2027, 5, 1, tzinfo=UTC)
    assert issue(add(), at=later).release.reference == "No. 2"


def test_a_past_item_is_recorded_on_its_own_day(desk, add, issue, now) -> None:
    out = issue(add(date=date(2024, 7, 25)), recorded=True)
    assert out.edition.recorded_at == now
    assert out.edition.issued_at == datetime(2024, 7, 24, 22, tzinfo=UTC)
    assert out.release.reference == ""
    assert desk.releases.rows((out.release.id,))[0].sort_date == date(2024, 7, 25)
    assert issue(add()).release.reference == "PR 2026/001"
    with pytest.raises(IssueRefused, match="full date"):
        issue(add("Undated"), recorded=True)


def test_a_number_a_past_item_brought_along_is_passed_over(desk, issue) -> None:
    old = Release("news", reference="PR 2026/001")
    past = desk.releases.add(old, Edition("en", date=date(2026, 1, 5)))
    assert issue(past, recorded=True).release.reference == "PR 2026/001"
    with pytest.raises(BadInput, match="PR 2026/001"):
        desk.releases.add(old, Edition("en"))
    fresh = desk.releases.add(Release("news"), Edition("en"))
    assert issue(fresh).release.reference == "PR 2026/002"


def test_later_changes_of_contact_and_house_leave_it_alone(desk, add, issue) -> None:
    person = desk.contacts.save(Contact(name=Translated.of(en="Maria Hofer")))
    out = issue(add(contacts=(person.id,)))
    before = desk.releases.issued(out.edition.id)
    desk.contacts.save(replace(person, name=Translated.of(en="Someone Else")))
    desk.contacts.retire(person.id)
    house = replace(desk.houses.get(), organisation=Translated.of(en="New"), look=Look("#000000"))
    desk.houses.save(house)
    after = desk.releases.issued(out.edition.id)
    assert after == before
    assert after.sheet.contacts[0].name == "Maria Hofer"
    assert after.house.organisation == House().organisation


def test_a_release_that_went_out_keeps_kind_and_reference(desk, add, issue) -> None:
    out = issue(add())
    issue_two = desk.releases.next_edition(out.release.id, "en")
    for changed in (replace(out.release, kind="speech"), replace(out.release, reference="X 1")):
        with pytest.raises(BadInput):
            desk.releases.save(changed, issue_two.edition)
    moved = replace(out.release, occasion="Session", embargo=None)
    assert desk.releases.save(moved, issue_two.edition).release.occasion == "Session"
    with pytest.raises(BadInput):
        desk.trash.put(out.release.id)


def test_an_embargo_stays_that_of_the_sheet(desk, add, issue, now) -> None:
    until = datetime(2026, 12, 1, tzinfo=UTC)
    filed = add()
    filed = desk.releases.save(replace(filed.release, embargo=Embargo(until, "UTC")), filed.edition)
    out = issue(filed)
    second = desk.releases.next_edition(out.release.id, "en")
    desk.releases.save(replace(out.release, embargo=None), second.edition)
    assert [r.embargo_until for r in desk.releases.page(Query(bucket="embargo"), now=now)] == [
        until
    ]


def test_every_member_of_the_sheet_is_stored(desk, add, issue) -> None:
    out = issue(add())
    ((sheet, house),) = behind(desk, "SELECT sheet, house FROM issued")
    assert b'"page_label":"{page} / {pages}"' in sheet
    assert b'"accent":"#1d4f91"' in sheet and b'"top":18.0' in house
    assert desk.releases.issued(out.edition.id).house == desk.houses.get()


def _issue_some(path: Path, number: int) -> None:
    desk = open_desk(path, busy_seconds=30)
    for _ in range(number):
        filed = desk.releases.add(Release("news"), Edition("en"))
        now = datetime(2026, 11, 23, tzinfo=UTC)
        desk.releases.issue(filed.release, filed.edition, compose, at=now)
    desk.close()


def test_two_processes_give_no_number_twice_and_leave_no_gap(tmp_path: Path) -> None:
    path = tmp_path / "both.pressdesk"
    create(path).close()
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=_issue_some, args=(path, 25)) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert [one.exitcode for one in both] == [0, 0]
    desk = open_desk(path)
    rows = desk.releases.page(Query(bucket="issued"), now=datetime(2027, 1, 1, tzinfo=UTC))
    desk.close()
    assert sorted(r.reference for r in rows) == [f"PR 2026/{n:03}" for n in range(1, 51)]


def test_an_embargo_typed_while_somebody_else_saved_the_topics_holds(desk, other, add, now) -> None:
    """Two persons, two languages: whoever typed the embargo was not asked about it yet."""
    filed = add("Draft")
    russian = desk.releases.add_language(filed.release.id, Edition("ru", title="Проект"))
    found = other.releases.find(filed.release.id, language="ru")
    held = Embargo(now + timedelta(days=2), "UTC")
    other.releases.keep(replace(found.release, embargo=held), found.edition)
    saved = desk.releases.save(replace(filed.release, topics=("ice",)), filed.edition)
    with pytest.raises(IssueRefused, match="embargo"):
        desk.releases.issue(saved.release, saved.edition, compose, at=now)
    known = replace(saved.release, embargo=held)
    out = desk.releases.issue(known, saved.edition, compose, at=now)
    until = desk.releases.issued(out.edition.id).sheet.embargo_until
    assert datetime.fromisoformat(until) == held.instant
    assert desk.releases.find(russian.release.id, language="ru").edition.state is State.DRAFT
