"""From a file on disk to releases in a desk, and back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pressdesk.archive.file.desk_file import Archive, create
from pressdesk.base.errors import ReadFailed, UnknownFormat
from pressdesk.desk import importing, proposals
from pressdesk.desk.changes import View
from pressdesk.desk.importing import ReadFile
from pressdesk.press.release import Contact, Way
from pressdesk.press.states import State
from pressdesk.press.translated import Translated
from tests.unit.dump.corpus import CHROME, EN, RU, text_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    made = create(tmp_path / "office.pressdesk")
    yield made
    made.close()


@pytest.fixture
def opened(tmp_path: Path) -> ReadFile:
    file = tmp_path / "dump.txt"
    file.write_text(text_of(EN[:5], headlines="glued", chrome=CHROME["en"]), "utf-8")
    return importing.read_file(file, today=TODAY)


def test_a_file_is_read_in_a_child_and_its_bytes_are_kept(opened: ReadFile, tmp_path: Path) -> None:
    assert opened.original == (tmp_path / "dump.txt").read_bytes()
    assert [d.kind for d in opened.found.drafts] == [item.kind for item in EN[:5]]


def test_files_that_cannot_be_read_say_so(tmp_path: Path) -> None:
    with pytest.raises(ReadFailed, match=r"gone\.txt could not be opened"):
        importing.read_file(tmp_path / "gone.txt", today=TODAY)
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n")
    with pytest.raises(ReadFailed, match="not a text file"):
        importing.read_file(tmp_path / "picture.txt", today=TODAY)
    with pytest.raises(UnknownFormat):
        importing.read_file(tmp_path / "a.xyz", today=TODAY)


def test_what_was_accepted_is_filed_as_drafts_with_its_questions(
    archive: Archive, opened: ReadFile
) -> None:
    review = importing.open_review(archive, opened, today=TODAY, now=NOW)
    review = proposals.accept(review, 0, False)
    batch, changes = importing.take_in(archive, opened, review, now=NOW)
    assert len(batch.releases) == 4 and changes.moves(View.LIST)
    filed = archive.releases.find(batch.releases[-1])
    assert filed.edition.state is State.DRAFT
    assert (filed.edition.title, filed.edition.date) == (EN[4].title, None)
    assert filed.edition.questions == ("year",)
    (person,) = archive.contacts.all()
    assert filed.edition.contacts == (person.id,)
    assert archive.imports.original(filed.release.id) == ("dump.txt", opened.original)
    assert importing.ids_of(review, batch) == (None, *batch.releases)


def test_an_import_is_undone_as_a_whole(archive: Archive, opened: ReadFile) -> None:
    review = importing.open_review(archive, opened, today=TODAY, now=NOW)
    batch, _changes = importing.take_in(archive, opened, review, now=NOW)
    gone, _changes = importing.undo(archive, batch)
    assert gone == 5 and archive.contacts.all() == ()


def test_a_past_item_is_recorded_with_the_contacts_printed_in_it(
    archive: Archive, opened: ReadFile
) -> None:
    today = Contact(
        name=Translated.of(en="Maria Hofer"), ways=(Way("phone", "+43 1 999", "tel:+431999"),)
    )  # the same person under another number
    known = archive.contacts.save(today)
    review = importing.open_review(archive, opened, today=TODAY, now=NOW)
    review = proposals.record(proposals.set_date(review, 4, date(2020, 9, 27)), 4, True)
    batch, _changes = importing.take_in(archive, opened, review, now=NOW)
    filed = archive.releases.find(batch.releases[4])
    assert (filed.edition.state, filed.edition.date) == (State.ISSUED, date(2020, 9, 27))
    assert filed.edition.contacts == (known.id,)
    issued = archive.releases.issued(filed.edition.id)
    assert issued is not None and issued.sheet.recorded
    assert [way.address for way in issued.sheet.contacts[0].ways] == [
        "tel:+43153408112",
        "tel:+436641234567",
    ]
    assert issued.sheet.release_line == ""


def test_the_same_file_twice_is_skipped_unless_the_person_says_otherwise(
    archive: Archive, opened: ReadFile
) -> None:
    first = importing.open_review(archive, opened, today=TODAY, now=NOW)
    importing.take_in(archive, opened, first, now=NOW)
    again = importing.open_review(archive, opened, today=TODAY, now=NOW)
    assert [p.accepted for p in again.proposals] == [False] * 5
    assert all(p.twin and p.twin.same for p in again.proposals)


def test_names_in_other_letters_are_left_to_the_person(archive: Archive, tmp_path: Path) -> None:
    for name, items in (("en.txt", EN), ("ru.txt", RU)):
        (tmp_path / name).write_text(text_of(items[4:5], headlines="own"), "utf-8")
        opened = importing.read_file(tmp_path / name, today=TODAY)
        review = importing.open_review(archive, opened, today=TODAY, now=NOW)
        importing.take_in(archive, opened, review, now=NOW)
    names = [contact.name.entries for contact in archive.contacts.all()]
    assert len(names) == 2  # other letters: a person must say that they are the same


def test_a_contact_block_may_serve_all_items_or_none(archive: Archive, opened: ReadFile) -> None:
    review = importing.open_review(archive, opened, today=TODAY, now=NOW)
    shared = proposals.serve(review, 4, "all")
    house = archive.houses.get()
    items = importing.to_items(shared.proposals, (), house=house, now=NOW)
    assert len({item.contacts for item in items}) == 1 and items[0].contacts
    nobody = proposals.serve(review, 4, "none")
    items = importing.to_items(nobody.proposals, (), house=house, now=NOW)
    assert not any(item.contacts for item in items)


def test_the_shell_gets_what_it_was_promised(opened: ReadFile) -> None:
    printed = importing.as_json(opened.found, [None] * 5)
    item = printed["items"][4]
    assert list(item) == [
        "id", "kind", "title", "language", "date", "contacts", "paragraphs", "questions",
    ]  # fmt: skip
    assert (item["id"], item["date"], item["paragraphs"]) == (None, "--09-27", 7)
    assert item["contacts"][0]["name"] == "Maria Hofer"
    assert item["contacts"][0]["phones"][0] == {
        "e164": "+43153408112",
        "printed": "+43 1 534 08 112",
    }
    assert printed["removed"] == list(CHROME["en"])
