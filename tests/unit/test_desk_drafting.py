"""Drafts are made, saved, kept and thrown away on a real desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from pressdesk.archive.file.desk_file import Archive, create
from pressdesk.base.errors import BadInput, EditConflict, NotFound
from pressdesk.desk import drafting, issuing, looking_after
from pressdesk.desk.changes import Change, View
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.embargo import embargo
from pressdesk.press.filed import Filed
from pressdesk.press.house import House
from pressdesk.press.release import Contact
from pressdesk.press.states import State
from pressdesk.press.translated import Translated

NOW = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
"""Already the 24th in Vienna."""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = create(tmp_path / "desk.pressdesk", House(zone="Europe/Vienna"))
    yield opened
    opened.close()


def written(archive: Archive, filed: Filed, title: str = "Title") -> Filed:
    body = Document((paragraph("Text."),))
    edition = replace(filed.edition, title=title, body=body)
    return drafting.save(archive, filed.release, edition)[0]


def statement(archive: Archive) -> Filed:
    filed, _changes = drafting.new_release(archive, kind="statement", language="en", now=NOW)
    return written(archive, filed)


def test_a_new_release_is_dated_today_at_the_desk_with_those_who_serve(archive: Archive) -> None:
    serving = archive.contacts.save(Contact(name=Translated.of(en="Maria Hofer")))
    gone = archive.contacts.save(Contact(name=Translated.of(en="X"), valid_to=date(2025, 1, 1)))
    house = replace(archive.houses.get(), default_contacts=(gone.id, serving.id))
    archive.houses.save(house)
    filed, changes = drafting.new_release(archive, kind="news", language="ru", now=NOW)
    assert filed.edition.date == date(2026, 11, 24)
    assert filed.edition.contacts == (serving.id,)
    assert filed.release.uid
    assert changes.releases == {filed.release.id}
    assert changes.moves(View.LIST)


@pytest.mark.parametrize(("kind", "language"), [("poem", "en"), ("news", "English"), ("news", "")])
def test_an_unknown_kind_or_language_is_refused(archive: Archive, kind: str, language: str) -> None:
    with pytest.raises(BadInput):
        drafting.new_release(archive, kind=kind, language=language, now=NOW)
    assert archive.trash.all() == ()


def test_a_duplicate_is_a_new_draft_without_what_belongs_to_the_occasion(
    archive: Archive,
) -> None:
    source, _changes = drafting.new_release(archive, kind="speech", language="en", now=NOW)
    release = replace(
        source.release,
        slug="old",
        topics=("water",),
        embargo=embargo(datetime(2026, 12, 1, 9), "Europe/Vienna"),
    )
    fields = (("delivered", "2026-11-20"), ("speaker", "Elena Marin"))
    edition = replace(source.edition, title="Old", date=date(2020, 1, 1), fields=fields)
    source, _changes = drafting.save(archive, release, edition)
    copy, _changes = drafting.duplicate(archive, source, now=NOW)
    assert copy.release.id != source.release.id
    assert copy.release.uid != source.release.uid
    assert (copy.release.slug, copy.release.embargo) == ("", None)
    assert copy.release.topics == ("water",)
    assert copy.edition.title == "Old"
    assert copy.edition.date == date(2026, 11, 24)
    assert copy.edition.fields == (("speaker", "Elena Marin"),)


def test_an_issued_release_is_duplicated_as_a_draft(archive: Archive) -> None:
    source = statement(archive)
    issued, _changes = issuing.issue(archive, source.release, source.edition, now=NOW)
    copy, _changes = drafting.duplicate(archive, issued, now=NOW)
    assert copy.edition.state is State.DRAFT
    assert copy.edition.issued_at is None
    assert copy.release.reference == ""


def test_a_language_takes_over_what_all_languages_share(archive: Archive) -> None:
    source, _changes = drafting.new_release(archive, kind="speech", language="en", now=NOW)
    fields = (("delivered", "2026-11-20"), ("delivery", "check"), ("speaker", "Elena Marin"))
    source, _changes = drafting.save(
        archive, source.release, replace(source.edition, title="Speech", fields=fields)
    )
    other, _changes = drafting.add_language(archive, source, "ru")
    assert (other.edition.language, other.edition.title) == ("ru", "")
    assert other.edition.fields == (("delivered", "2026-11-20"), ("delivery", "check"))
    with pytest.raises(BadInput):
        drafting.add_language(archive, source, "ru")


def test_a_blank_draft_begins_anew_in_another_language(archive: Archive) -> None:
    source, _changes = drafting.new_release(archive, kind="speech", language="en", now=NOW)
    fields = (("delivered", "2026-11-20"),)
    drafting.keep(archive, source.release, replace(source.edition, fields=fields))
    source = archive.releases.find(source.release.id)
    other, changed = drafting.in_another_language(archive, source, "ru")
    assert (other.release.id, other.edition.language) == (source.release.id, "ru")
    assert (other.edition.fields, other.edition.date) == (fields, source.edition.date)
    assert [row.language for row in archive.releases.languages(source.release.id)] == ["ru"]
    assert changed.releases == {source.release.id}
    assert archive.trash.all() == ()
    # Nothing derived of the one that has gone is left behind.
    assert looking_after.look(archive, repair=False, now=NOW, going_on=lambda _n, _of: None).sound


@pytest.mark.parametrize("how", ["saved before", "kept elsewhere"])
def test_no_word_goes_with_a_draft_that_changes_its_language(archive: Archive, how: str) -> None:
    source, _changes = drafting.new_release(archive, kind="speech", language="en", now=NOW)
    worded = replace(source.edition, title="Begun")
    if how == "saved before":
        source, _changes = drafting.save(archive, source.release, worded)
        source, _changes = drafting.save(archive, source.release, replace(source.edition, title=""))
    else:
        drafting.keep(archive, source.release, worded)
    drafting.in_another_language(archive, source, "ru")
    found = archive.releases.languages(source.release.id)
    assert [row.language for row in found] == ["en", "ru"]


def test_what_was_kept_is_seen_until_it_is_discarded(archive: Archive) -> None:
    filed = statement(archive)
    drafting.keep(archive, filed.release, replace(filed.edition, title="Kept"))
    found = archive.releases.find(filed.release.id)
    assert found.current()[1].title == "Kept"
    assert archive.releases.kept_editions() == ((filed.release.id, filed.edition.id),)
    back, _changes = drafting.discard(archive, filed.edition)
    assert back.current()[1].title == "Title"
    assert archive.releases.kept_editions() == ()


def test_the_second_of_two_saves_from_one_version_is_refused(archive: Archive) -> None:
    filed = statement(archive)
    drafting.save(archive, filed.release, replace(filed.edition, title="First"))
    with pytest.raises(EditConflict):
        drafting.save(archive, filed.release, replace(filed.edition, title="Second"))
    assert archive.releases.find(filed.release.id).edition.title == "First"


def test_the_next_edition_leaves_the_issued_one_as_it_was(archive: Archive) -> None:
    filed = statement(archive)
    issuing.issue(archive, filed.release, filed.edition, now=NOW)
    draft, _changes = drafting.new_edition(archive, filed.release.id, "en")
    drafting.save(archive, draft.release, replace(draft.edition, title="Corrected"))
    first = archive.releases.find(filed.release.id, language="en", number=1)
    newest = archive.releases.find(filed.release.id, language="en")
    assert (first.edition.title, first.edition.state) == ("Title", State.ISSUED)
    assert (newest.edition.title, newest.edition.number) == ("Corrected", 2)


def test_the_trash_gives_back_for_ninety_days(archive: Archive) -> None:
    filed = statement(archive)
    _none, changes = drafting.trash(archive, filed.release.id)
    assert changes.what == {Change.TRASH} and changes.moves(View.LIST)
    with pytest.raises(NotFound):
        archive.releases.find(filed.release.id)
    drafting.restore(archive, filed.release.id)
    assert archive.releases.find(filed.release.id).edition.title == "Title"


def test_the_trash_is_emptied_of_what_is_older(archive: Archive) -> None:
    filed = statement(archive)
    drafting.trash(archive, filed.release.id)
    (row,) = archive.trash.all()
    early = row.trashed_at + timedelta(days=89)
    assert drafting.purge(archive, now=early)[0] == 0
    assert drafting.purge(archive, now=early + timedelta(days=2))[0] == 1
    assert archive.trash.all() == ()


def test_what_was_issued_is_never_deleted(archive: Archive) -> None:
    filed = statement(archive)
    issuing.issue(archive, filed.release, filed.edition, now=NOW)
    with pytest.raises(BadInput):
        drafting.trash(archive, filed.release.id)
