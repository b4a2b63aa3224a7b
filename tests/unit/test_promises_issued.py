"""Nothing issued ever changes: the files of an issued edition are the same bytes for ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from pressdesk.archive.file.desk_file import Archive, create
from pressdesk.desk import drafting, exporting, issuing
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.formats import carried, registry
from pressdesk.press.filed import Filed
from pressdesk.press.house import House
from pressdesk.press.release import Contact, Edition, Embargo, Release, Way
from pressdesk.press.translated import Translated

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FORMATS = tuple(registry.formats())


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    house = House(
        organisation=Translated.of(en="Interstate River Commission"),
        boilerplate=Translated.of(en="Nine countries share the river."),
    )
    made = create(tmp_path / "office.pressdesk", house)
    yield made
    made.close()


def draft(archive: Archive, embargo: Embargo | None = None) -> Filed:
    phone = Way("phone", "+43 1 534 08 112", "tel:+43153408112")
    person = archive.contacts.save(Contact(name=Translated.of(en="Maria Hofer"), ways=(phone,)))
    body = Document((paragraph("The gauge is open."),))
    edition = Edition("en", title="Gauge", body=body, contacts=(person.id,))
    return archive.releases.add(Release("news", embargo=embargo), edition)


def files(archive: Archive, now: datetime, number: int = 1) -> dict[str, bytes]:
    parcel = exporting.ready(archive, archive.releases.find(1, number=number), now=now)
    return {name: exporting.in_process()(name, parcel).data for name in FORMATS}


def change_everything(archive: Archive) -> None:
    old = archive.houses.get()
    archive.houses.save(replace(old, organisation=Translated.of(en="Another"), zone="Asia/Tokyo"))
    person = archive.contacts.all()[0]
    archive.contacts.save(replace(person, name=Translated.of(en="Somebody"), ways=()))
    archive.contacts.retire(person.id)


@pytest.mark.parametrize("days", [None, -1, 2])
def test_an_issued_edition_is_the_same_bytes_whatever_changes(
    archive: Archive, days: int | None
) -> None:
    embargo = Embargo(NOW + timedelta(days=days), "Europe/Vienna") if days else None
    filed = draft(archive, embargo)
    issuing.issue(archive, filed.release, filed.edition, now=NOW)
    before = files(archive, NOW)
    change_everything(archive)
    following, _changes = drafting.new_edition(archive, 1, "en")
    archive.releases.save(replace(following.release, embargo=None), following.edition)
    assert files(archive, NOW + timedelta(days=400)) == before
    assert files(archive, NOW - timedelta(days=400)) == before


def test_files_of_what_is_issued_carry_its_proof_and_those_of_drafts_none(
    archive: Archive,
) -> None:
    filed = draft(archive)
    drawn = {name: carried.proof(data) for name, data in files(archive, NOW).items()}
    assert set(drawn.values()) == {None}
    issuing.issue(archive, filed.release, filed.edition, now=NOW)
    seal = archive.register.proof(filed.edition.id)
    assert seal is not None and seal.holds and seal.record.edition == filed.edition.uid
    found = {name: carried.proof(data) for name, data in files(archive, NOW).items()}
    assert found == {"html": seal, "pdf": seal, "markdown": None, "text": None}
    drafting.new_edition(archive, 1, "en")
    assert carried.proof(files(archive, NOW, 2)["pdf"]) is None


def test_an_embargo_changed_for_the_next_edition_leaves_the_issued_one_guarded(
    archive: Archive,
) -> None:
    filed = draft(archive, Embargo(NOW + timedelta(days=2), "Europe/Vienna"))
    issuing.issue(archive, filed.release, filed.edition, now=NOW)
    following, _changes = drafting.new_edition(archive, 1, "en")
    archive.releases.save(replace(following.release, embargo=None), following.edition)
    parcel = exporting.ready(archive, archive.releases.find(1, number=1), now=NOW)
    assert parcel.embargoed(NOW) and not parcel.embargoed(NOW + timedelta(days=2))


def test_a_past_item_says_when_it_was_recorded_and_takes_nothing_of_today(
    archive: Archive,
) -> None:
    filed = draft(archive)
    bare = replace(filed.edition, contacts=())
    done, _changes = issuing.record_as_issued(
        archive, filed.release, bare, on=date(2020, 9, 27), now=NOW
    )
    assert done.edition.recorded_at == NOW and done.release.reference == ""
    for name, data in files(archive, NOW).items():
        if name != "pdf":
            text = data.decode()
            assert "Recorded on 23 November 2026" in text
            assert "Nine countries" not in text and "Hofer" not in text
