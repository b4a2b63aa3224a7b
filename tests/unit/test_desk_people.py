"""Contacts, house style, logo and trash: each verb stores, and says what it touched."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

from pressdesk.archive.file.desk_file import Archive, create
from pressdesk.base.errors import EditConflict, NotFound, ReadFailed
from pressdesk.desk import contents, drafting, editions, issuing, logo, people
from pressdesk.desk.changes import Change, Changes, of_desk
from pressdesk.press.release import Contact
from pressdesk.press.translated import Translated

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOFER = Contact(name=Translated.of(en="Maria Hofer"))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = create(tmp_path / "desk.pressdesk")
    yield opened
    opened.close()


def test_a_contact_is_saved_retired_and_taken_back(archive: Archive) -> None:
    stored, changes = people.save_contact(archive, HOFER)
    assert changes == of_desk(Change.CONTACTS)
    assert people.known(archive)[1] == (stored,)
    gone, changes = people.retire(archive, stored.id)
    assert (gone.retired, changes) == (True, of_desk(Change.CONTACTS))
    assert not people.retire(archive, stored.id, False)[0].retired
    with pytest.raises(EditConflict):
        people.save_contact(archive, stored)
    with pytest.raises(NotFound):
        people.retire(archive, 987)


def test_where_a_contact_is_named_is_known(archive: Archive) -> None:
    stored, _changes = people.save_contact(archive, HOFER)
    filed, _changes = drafting.new_release(archive, kind="news", language="en", now=NOW)
    assert people.used_by(archive, stored.id) == ()
    named = replace(filed.edition, contacts=(stored.id,))
    drafting.save(archive, filed.release, named)
    assert [row.id for row in people.used_by(archive, stored.id)] == [filed.release.id]


def test_the_house_style_is_saved_once_for_each_reading(archive: Archive) -> None:
    house = people.known(archive)[0]
    named = replace(house, organisation=Translated.of(en="River Office"))
    stored, changes = people.save_house(archive, named)
    assert changes == of_desk(Change.HOUSE)
    assert people.known(archive)[0] == stored
    with pytest.raises(EditConflict):
        people.save_house(archive, house)


def test_a_logo_is_kept_before_the_house_style_names_it(archive: Archive, tmp_path: Path) -> None:
    picture = tmp_path / "logo.png"
    Image.new("RGB", (4, 4), "navy").save(picture)
    (sha, data), changes = logo.take_in(archive, picture)
    assert changes == Changes()
    assert logo.kept(archive, sha) == data
    assert Image.open(io.BytesIO(data)).size == (4, 4)
    assert people.known(archive)[0].look.logo == ""
    picture.write_text("no picture")
    with pytest.raises(ReadFailed):
        logo.take_in(archive, picture)


def test_what_lies_in_the_trash_is_told(archive: Archive) -> None:
    filed, _changes = drafting.new_release(archive, kind="news", language="en", now=NOW)
    assert drafting.thrown_away(archive) == ()
    drafting.trash(archive, filed.release.id)
    assert [row.release_id for row in drafting.thrown_away(archive)] == [filed.release.id]
    assert contents.rows(archive, [filed.release.id]) == ()
    with pytest.raises(NotFound):
        editions.find(archive, filed.release.id)


def test_before_issuing_one_hears_what_is_found_and_what_it_is_printed_with(
    archive: Archive,
) -> None:
    filed, _changes = drafting.new_release(archive, kind="news", language="en", now=NOW)
    fresh, past, printed_with = issuing.examine(archive, *filed.current(), now=NOW)
    assert fresh == issuing.findings(archive, *filed.current(), now=NOW)
    assert past == issuing.findings(archive, *filed.current(), now=NOW, record=True)
    assert printed_with == people.known(archive)


def test_an_edition_is_the_one_of_the_first_language_unless_named(archive: Archive) -> None:
    filed, _changes = drafting.new_release(archive, kind="news", language="en", now=NOW)
    drafting.add_language(archive, filed, "ru")
    assert editions.find(archive, filed.release.id) == filed
    assert editions.read(archive, filed.release.id).filed == filed
    assert editions.find(archive, filed.release.id, "ru").edition.language == "ru"
    tags = [row.language for row in editions.languages(archive, filed.release.id)]
    assert sorted(tags) == ["en", "ru"]
