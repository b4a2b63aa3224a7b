"""Issuing freezes; recording takes a past item in; nothing faulty goes out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from pressdesk.archive.file.desk_file import Archive, create
from pressdesk.base.errors import BadInput, EditConflict, IssueRefused
from pressdesk.desk import drafting, exporting, issuing
from pressdesk.desk.changes import View
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.filed import Filed
from pressdesk.press.house import House
from pressdesk.press.release import Contact, Way
from pressdesk.press.states import State
from pressdesk.press.translated import Translated

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUSE = House(
    zone="Europe/Vienna",
    organisation=Translated.of(en="Interstate River Commission"),
    boilerplate=Translated.of(en="About the river."),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = create(tmp_path / "desk.pressdesk", HOUSE)
    yield opened
    opened.close()


def draft(archive: Archive, **changed: object) -> Filed:
    filed, _changes = drafting.new_release(archive, kind="statement", language="en", now=NOW)
    text = {"title": "Title", "body": Document((paragraph("Text."),)), **changed}
    return drafting.save(archive, filed.release, replace(filed.edition, **text))[0]


def contact(archive: Archive, number: str) -> Contact:
    name = Translated.of(en="Maria Hofer")
    return archive.contacts.save(Contact(name=name, ways=(Way("phone", number),)))


def test_issuing_gives_the_next_reference_of_the_year(archive: Archive) -> None:
    numbers = []
    for _turn in range(2):
        filed = draft(archive)
        issued, changes = issuing.issue(archive, filed.release, filed.edition, now=NOW)
        numbers.append(issued.release.reference)
        assert changes.moves(View.LIST) and changes.moves(View.TAG)
        assert issued.edition.state is State.ISSUED
        assert issued.edition.issued_at == NOW
    assert numbers == ["PR 2026/001", "PR 2026/002"]


@pytest.mark.parametrize(
    ("changed", "word"), [({"title": " "}, "headline"), ({"body": Document()}, "text")]
)
def test_an_error_refuses_and_is_named(
    archive: Archive, changed: dict[str, object], word: str
) -> None:
    filed = draft(archive, **changed)
    with pytest.raises(IssueRefused) as caught:
        issuing.issue(archive, filed.release, filed.edition, now=NOW)
    assert word in caught.value.hint
    found = archive.releases.find(filed.release.id)
    assert (found.edition.state, found.release.reference) == (State.DRAFT, "")


def test_the_same_edition_is_not_issued_twice(archive: Archive) -> None:
    filed = draft(archive)
    issued, _changes = issuing.issue(archive, filed.release, filed.edition, now=NOW)
    with pytest.raises(IssueRefused, match="already"):
        issuing.issue(archive, issued.release, issued.edition, now=NOW)
    with pytest.raises((EditConflict, IssueRefused)):
        issuing.issue(archive, filed.release, filed.edition, now=NOW)


def test_later_changes_of_contact_and_house_alter_no_issued_release(archive: Archive) -> None:
    person = contact(archive, "+43 1 111")
    filed = draft(archive, contacts=(person.id,))
    issued, _changes = issuing.issue(archive, filed.release, filed.edition, now=NOW)
    before = exporting.sheet_of(archive, issued, now=NOW)
    archive.contacts.save(replace(person, ways=(Way("phone", "+43 1 999"),)))
    house = archive.houses.get()
    archive.houses.save(replace(house, organisation=Translated.of(en="Another name")))
    after = exporting.sheet_of(archive, archive.releases.find(filed.release.id), now=NOW)
    assert after == before
    assert after.contacts[0].ways[0].printed == "+43 1 111"


def test_what_is_on_the_screen_is_issued_not_what_was_saved_last(archive: Archive) -> None:
    filed = draft(archive)
    on_screen = replace(filed.edition, title="On the screen")
    drafting.keep(archive, filed.release, on_screen)
    issued, _changes = issuing.issue(archive, filed.release, on_screen, now=NOW)
    assert issued.edition.title == "On the screen"
    assert exporting.sheet_of(archive, issued, now=NOW).title == "On the screen"
    assert archive.releases.kept_editions() == ()


def test_a_past_item_is_recorded_on_its_own_day(archive: Archive) -> None:
    filed = draft(archive, questions=("date", "title"))
    done, _changes = issuing.record_as_issued(
        archive, filed.release, filed.edition, on=date(2020, 9, 27), now=NOW, despite="It is known."
    )
    sheet = exporting.sheet_of(archive, done, now=NOW)
    assert done.edition.date == date(2020, 9, 27)
    assert done.edition.issued_at is not None
    assert done.edition.issued_at.astimezone(ZoneInfo(HOUSE.zone)).date() == date(2020, 9, 27)
    assert done.edition.questions == ("title",)
    assert sheet.date == "2020-09-27"
    assert "2026" in sheet.recorded
    assert sheet.contacts == ()
    assert sheet.boilerplate.paragraphs == ()


@pytest.mark.parametrize(
    ("on", "own"), [(None, None), (date(2030, 1, 1), None), (None, date(2030, 1, 1))]
)
def test_an_item_without_a_full_past_date_cannot_be_recorded(
    archive: Archive, on: date | None, own: date | None
) -> None:
    filed = draft(archive, date=own)
    with pytest.raises(IssueRefused) as caught:
        issuing.record_as_issued(archive, filed.release, filed.edition, on=on, now=NOW)
    assert "date" in caught.value.hint
    assert archive.releases.find(filed.release.id).edition.state is State.DRAFT


@pytest.mark.parametrize("despite", ["", "  \n"])
@pytest.mark.parametrize("on", [None, date(2020, 9, 27)])
def test_what_an_import_left_open_is_not_issued_without_a_reason(
    archive: Archive, on: date | None, despite: str
) -> None:
    filed = draft(archive, questions=("date", "title"))
    asked = {"now": NOW, "despite": despite}
    with pytest.raises(IssueRefused) as caught:
        if on is None:
            issuing.issue(archive, filed.release, filed.edition, **asked)
        else:
            issuing.record_as_issued(archive, filed.release, filed.edition, on=on, **asked)
    assert "Which headline?" in caught.value.hint
    assert ("Which date?" in caught.value.hint) == (on is None)
    assert archive.releases.find(filed.release.id).edition.state is State.DRAFT


def test_the_day_answers_what_was_asked_of_it(archive: Archive) -> None:
    filed = draft(archive, questions=("date",))
    on = date(2020, 9, 27)
    done = issuing.record_as_issued(archive, filed.release, filed.edition, on=on, now=NOW)[0]
    assert done.edition.questions == ()


def test_the_history_keeps_why_it_was_issued_all_the_same(archive: Archive) -> None:
    filed = draft(archive, questions=("title",))
    done = issuing.issue(
        archive, filed.release, filed.edition, now=NOW, despite=" Read\nby the editor. "
    )[0]
    assert done.edition.questions == ("title",)
    newest = archive.releases.history(filed.release.id, "en")[0]
    assert newest.issued
    for said in ("Issued", "Which headline?", "Read by the editor."):
        assert said in newest.note


def test_a_reason_passes_over_no_error_and_is_a_sentence(archive: Archive) -> None:
    filed = draft(archive, body=Document(), questions=("title",))
    with pytest.raises(IssueRefused, match="no text"):
        issuing.issue(archive, filed.release, filed.edition, now=NOW, despite="So be it.")
    other = draft(archive, questions=("title",))
    with pytest.raises(BadInput):
        issuing.issue(archive, other.release, other.edition, now=NOW, despite="long " * 200)
    assert archive.releases.find(other.release.id).edition.state is State.DRAFT


def test_without_anything_open_a_reason_is_not_kept(archive: Archive) -> None:
    filed = draft(archive)
    issuing.issue(archive, filed.release, filed.edition, now=NOW, despite="Just so.")
    assert "Just so" not in archive.releases.history(filed.release.id, "en")[0].note
