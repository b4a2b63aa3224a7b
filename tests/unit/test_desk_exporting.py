"""What leaves the desk, under which name, and what may not leave yet."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace

from pressdesk.archive.file.desk_file import Archive, create
from pressdesk.base.errors import EmbargoStands, NotFound, UnknownFormat, WriteFailed
from pressdesk.desk import drafting, exporting, issuing, noting
from pressdesk.document.nodes import Document, Figure
from pressdesk.document.tools import paragraph
from pressdesk.formats import registry
from pressdesk.press.embargo import embargo
from pressdesk.press.filed import Filed
from pressdesk.press.house import House, Look

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LIFT = datetime(2026, 12, 1, 9, 0)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = create(tmp_path / "desk.pressdesk", House(zone="Europe/Vienna"))
    yield opened
    opened.close()


def draft(archive: Archive, *, lift: datetime | None = None, title: str = "Title") -> Filed:
    filed, _changes = drafting.new_release(archive, kind="statement", language="en", now=NOW)
    release = replace(filed.release, embargo=embargo(lift, "Europe/Vienna") if lift else None)
    edition = replace(filed.edition, title=title, body=Document((paragraph("Text."),)))
    return drafting.save(archive, release, edition)[0]


def exported(archive: Archive, *filed: Filed, to: Path, despite: str = "") -> list[str]:
    parcels = [exporting.ready(archive, one, now=NOW) for one in filed]
    done = exporting.export(archive, parcels, to, ["text", "markdown"], now=NOW, despite=despite)
    return [one.path.name for one in done]


def test_each_format_is_a_file_under_one_name(archive: Archive, tmp_path: Path) -> None:
    filed = draft(archive)
    names = exported(archive, filed, to=tmp_path / "new" / "out")
    number = filed.release.id
    assert names == [f"DRAFT-{number}-title-en.txt", f"DRAFT-{number}-title-en.md"]
    text = (tmp_path / "new" / "out" / names[0]).read_text("utf-8")
    assert "DRAFT – NOT FOR RELEASE" in text
    assert "Text." in text


@pytest.mark.parametrize("name", registry.formats())
def test_a_file_that_says_something_else_does_not_appear(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    filed = draft(archive)
    issued, _changes = issuing.issue(archive, filed.release, filed.edition, now=NOW)
    parcel = exporting.ready(archive, issued, now=NOW)
    real = registry.writer(name)
    other = replace(parcel.sheet, body=Document((paragraph("Test."),)))
    faulty = dataclasses.replace(real, write=lambda _sheet, context: real.write(other, context))
    monkeypatch.setattr(registry, "writer", {name: faulty}.__getitem__)
    with pytest.raises(WriteFailed, match="does not say what was issued") as caught:
        list(exporting.export(archive, [parcel], tmp_path / "out", [name], now=NOW))
    assert "“Text." in caught.value.hint and "“Test." in caught.value.hint
    assert list((tmp_path / "out").iterdir()) == []


def test_what_was_compared_is_said_once(archive: Archive, tmp_path: Path) -> None:
    filed = draft(archive)
    parcel = exporting.ready(archive, filed, now=NOW)
    done = list(exporting.export(archive, [parcel], tmp_path, ["pdf", "html"], now=NOW))
    assert exporting.compared_line(done, issued=False) == "Text compared with the draft: the same"
    assert "issued" in exporting.compared_line(done, issued=True)

    def unread(_name: str, _parcel: exporting.Parcel) -> exporting.Rendered:
        return exporting.Rendered(b"")

    done += exporting.export(archive, [parcel], tmp_path, ["text"], now=NOW, render=unread)
    assert exporting.compared_line(done, issued=False) == ""
    assert exporting.compared_line([], issued=True) == ""


def test_files_of_one_export_never_overwrite_each_other(archive: Archive, tmp_path: Path) -> None:
    one = draft(archive)
    parcel = exporting.ready(archive, one, now=NOW)
    names = [
        w.path.name
        for w in exporting.export(archive, [parcel, parcel], tmp_path, ["text"], now=NOW)
    ]
    assert len(set(names)) == 2
    assert names[1].endswith("-2.txt")


def test_only_what_may_be_replaced_is(archive: Archive, tmp_path: Path) -> None:
    parcel = exporting.ready(archive, draft(archive), now=NOW)
    mine, other = tmp_path / "mine.txt", tmp_path / "other.txt"
    for path in (mine, other):
        path.write_text("before")
    targets = [exporting.Target(parcel, "text", path) for path in (mine, other)]
    steps = exporting.write(archive, targets, now=NOW, over={mine})
    assert next(steps).path == mine
    with pytest.raises(WriteFailed, match=r"other\.txt"):
        next(steps)
    assert "Text." in mine.read_text("utf-8")
    assert other.read_text() == "before"
    assert sorted(path.name for path in tmp_path.glob("*.t*")) == ["mine.txt", "other.txt"]


def test_an_embargoed_draft_asks_first_and_writes_nothing(archive: Archive, tmp_path: Path) -> None:
    filed = draft(archive, lift=LIFT)
    out = tmp_path / "out"
    with pytest.raises(EmbargoStands) as caught:
        exported(archive, draft(archive), filed, to=out)
    assert "Title" in caught.value.what
    assert not out.exists()


def test_a_confirmed_embargo_is_in_the_name_with_letters_nobody_guesses(
    archive: Archive, tmp_path: Path
) -> None:
    filed = draft(archive, lift=LIFT)
    first = exported(archive, filed, to=tmp_path, despite="The minister asked")
    second = exported(archive, filed, to=tmp_path, despite="The minister asked")
    begin = f"EMBARGO-20261201-0800Z-DRAFT-{filed.release.id}-title-en-"
    assert all(name.startswith(begin) for name in first + second)
    assert Path(first[0]).stem == Path(first[1]).stem != Path(second[0]).stem
    assert "EMBARGOED UNTIL" in (tmp_path / first[0]).read_text("utf-8")


def test_an_issued_embargoed_edition_is_free_once_the_instant_has_passed(
    archive: Archive, tmp_path: Path
) -> None:
    filed = draft(archive, lift=LIFT)
    issued, _changes = issuing.issue(archive, filed.release, filed.edition, now=NOW)
    parcel = exporting.ready(archive, issued, now=NOW)
    with pytest.raises(EmbargoStands):
        noting.guard(archive, [parcel.sheet], now=datetime(2026, 12, 1, 7, 59, 59, tzinfo=UTC))
    noting.guard(archive, [parcel.sheet], now=datetime(2026, 12, 1, 8, 0, tzinfo=UTC))
    name = exporting.proposed_stem(parcel, now=datetime(2026, 12, 1, 8, 0, tzinfo=UTC))
    assert name == "PR-2026-001-title-en"


def test_removing_the_embargo_from_the_release_frees_no_issued_sheet(archive: Archive) -> None:
    filed = draft(archive, lift=LIFT)
    issuing.issue(archive, filed.release, filed.edition, now=NOW)
    new, _changes = drafting.new_edition(archive, filed.release.id, "en")
    drafting.save(archive, replace(new.release, embargo=None), new.edition)
    first = archive.releases.find(filed.release.id, language="en", number=1)
    with pytest.raises(EmbargoStands):
        noting.guard(archive, [exporting.ready(archive, first, now=NOW).sheet], now=NOW)


def test_an_unknown_format_is_refused_before_anything_is_written(
    archive: Archive, tmp_path: Path
) -> None:
    parcel = exporting.ready(archive, draft(archive), now=NOW)
    with pytest.raises(UnknownFormat, match="text"):
        exporting.export(archive, [parcel], tmp_path / "out", ["text", "txet"], now=NOW)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_is_named(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    parcel = exporting.ready(archive, draft(archive), now=NOW)
    with pytest.raises(WriteFailed, match="out"):
        exporting.export(archive, [parcel], tmp_path / "file" / "out", ["text"], now=NOW)


def test_logo_and_figures_travel_with_the_sheet(archive: Archive) -> None:
    logo, picture = (archive.blobs.put(data, "image/png") for data in (b"logo", b"picture"))
    house = archive.houses.get()
    archive.houses.save(replace(house, look=Look(logo=logo)))
    filed = draft(archive)
    body = Document((paragraph("Text."), Figure(picture), Figure(picture)))
    filed, _changes = drafting.save(archive, filed.release, replace(filed.edition, body=body))
    parcel = exporting.ready(archive, filed, now=NOW)
    assert parcel.attachments == {logo: b"logo", picture: b"picture"}


def test_a_lost_picture_stops_the_export(archive: Archive) -> None:
    filed = draft(archive)
    lost = sha256(b"never stored").hexdigest()
    body = Document((paragraph("Text."), Figure(lost)))
    filed, _changes = drafting.save(archive, filed.release, replace(filed.edition, body=body))
    with pytest.raises(NotFound):
        exporting.ready(archive, filed, now=NOW)


def test_a_draft_is_exported_as_it_was_last_kept(archive: Archive) -> None:
    filed = draft(archive)
    drafting.keep(archive, filed.release, replace(filed.edition, title="Typed since"))
    found = archive.releases.find(filed.release.id)
    assert exporting.sheet_of(archive, found, now=NOW).title == "Typed since"
