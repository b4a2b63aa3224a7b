"""What leaves before its time is noted before anybody has it, with the reason kept private."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from pressdesk.archive.file.desk_file import Archive, create, open_desk
from pressdesk.archive.store import values
from pressdesk.base.errors import BadInput, DeskReadOnly, EmbargoStands, PressDeskError, WriteFailed
from pressdesk.base.worker import Worker
from pressdesk.desk import drafting, exporting, issuing, noting, printing, witness
from pressdesk.desk.exporting import Parcel, Target
from pressdesk.desk.rendering import Pages, Renderer
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.embargo import embargo
from pressdesk.press.filed import Filed
from pressdesk.press.leaving import Early, WayOut, early
from pressdesk.press.register import deeds
from pressdesk.press.register.deeds import Deed, Private, Record
from pressdesk.press.sheet import Sheet
from pressdesk.press.states import State

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LIFT = datetime(2026, 12, 1, 9, 0)
WHY = "The minister asked to see it"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = create(tmp_path / "desk.pressdesk")
    opened.sign("Anna Meyer")
    yield opened
    opened.close()


def draft(archive: Archive, *, lift: datetime | None = None) -> Filed:
    filed, _changes = drafting.new_release(archive, kind="statement", language="en", now=NOW)
    release = replace(filed.release, embargo=embargo(lift, "UTC") if lift else None)
    text = replace(filed.edition, title="Low water", body=Document((paragraph("Zirconium."),)))
    return drafting.save(archive, release, text)[0]


def issued(archive: Archive, *, lift: datetime | None = None) -> Filed:
    filed = draft(archive, lift=lift)
    return issuing.issue(archive, filed.release, filed.edition, now=NOW)[0]


def parcel(archive: Archive, filed: Filed) -> Parcel:
    return exporting.ready(archive, filed, now=NOW)


def noted(archive: Archive) -> list[tuple[Record, Private]]:
    """The deeds of this kind, with what is private."""
    query = "SELECT data, private FROM deed WHERE deed = 'exported' ORDER BY number"
    with closing(sqlite3.connect(archive.path)) as bare:
        rows = bare.execute(query).fetchall()
    return [(deeds.read(data), msgspec.json.decode(kept, type=Private)) for data, kept in rows]


def test_what_is_before_its_time() -> None:
    sheet = Sheet(language="en", kind="news", kind_label="News", state=State.DRAFT, title="T")
    assert early(sheet, NOW) is Early.DRAFT
    out = replace(sheet, state=State.ISSUED)
    assert early(out, NOW) is None
    held = replace(out, embargo_until=NOW.isoformat())
    assert early(held, datetime(2026, 11, 23, 11, 59, tzinfo=UTC)) is Early.EMBARGO
    assert early(held, NOW) is None
    assert early(replace(sheet, embargo_until=LIFT.replace(tzinfo=UTC).isoformat()), NOW) is (
        Early.EMBARGO
    )


def test_a_draft_leaves_with_a_deed_for_each_file_and_no_question(
    archive: Archive, tmp_path: Path
) -> None:
    filed = draft(archive)
    packed = parcel(archive, filed)
    paths = [
        one.path for one in exporting.export(archive, [packed], tmp_path, ["text", "html"], now=NOW)
    ]
    found = noted(archive)
    assert [dict(record.details)["format"] for record, _private in found] == ["text", "html"]
    for (record, private), path in zip(found, paths, strict=True):
        assert dict(record.details) == {
            "early": "draft",
            "file": sha256(path.read_bytes()).hexdigest(),
            "format": dict(record.details)["format"],
            "way": "exported",
        }
        assert record.edition == filed.edition.uid and record.language == "en"
        assert record.sheet == values.digest(values.full(packed.sheet))
        assert (private.actor, private.said) == ("Anna Meyer", "")
        assert "Zirconium" not in str(record) and "Low water" not in str(record)


def test_what_is_out_leaves_without_one(archive: Archive, tmp_path: Path) -> None:
    out = parcel(archive, issued(archive))
    assert len(list(exporting.export(archive, [out], tmp_path, ["text", "html"], now=NOW))) == 2
    assert noted(archive) == []


def test_an_embargoed_text_wants_a_reason_that_only_the_desk_knows(
    archive: Archive, tmp_path: Path
) -> None:
    held = parcel(archive, issued(archive, lift=LIFT))
    for silent in ("", "  \n"):
        with pytest.raises(EmbargoStands, match="Low water"):
            exporting.export(archive, [held], tmp_path / "out", ["text"], now=NOW, despite=silent)
    with pytest.raises(BadInput, match="reason"):
        exporting.export(
            archive, [held], tmp_path / "out", ["text"], now=NOW, despite="long " * 200
        )
    assert noted(archive) == [] and not (tmp_path / "out").exists()
    list(exporting.export(archive, [held], tmp_path, ["text"], now=NOW, despite=f" {WHY}\n"))
    ((record, private),) = noted(archive)
    assert private.said == WHY and WHY not in str(record)
    assert dict(record.details)["early"] == "embargo"
    assert dict(record.details)["until"] == held.sheet.embargo_until
    assert record.reference == held.sheet.reference
    assert record.sheet == values.digest(values.full(held.sheet))


def test_it_is_noted_before_the_file_has_its_name(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = parcel(archive, draft(archive))
    there: list[bool] = []
    real = type(archive.deeds).left
    path = tmp_path / "out.txt"

    def left(self: object, *given: object) -> None:
        there.append(path.exists())
        real(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(type(archive.deeds), "left", left)
    list(exporting.write(archive, [Target(packed, "text", path)], now=NOW))
    assert there == [False] and path.exists()


def test_a_desk_that_cannot_note_it_lets_nothing_out(archive: Archive, tmp_path: Path) -> None:
    packed = parcel(archive, draft(archive))
    path = tmp_path / "out" / "out.txt"
    with closing(sqlite3.connect(archive.path)) as other:
        other.execute("CREATE TRIGGER sly AFTER INSERT ON deed BEGIN SELECT 1; END")
        other.commit()
    with pytest.raises(PressDeskError):
        list(exporting.write(archive, [Target(packed, "text", path)], now=NOW))
    assert list(path.parent.iterdir()) == []


def test_what_may_not_be_replaced_was_not_exported(archive: Archive, tmp_path: Path) -> None:
    packed = parcel(archive, draft(archive))
    path = tmp_path / "out.txt"
    path.write_text("of a colleague")
    with pytest.raises(WriteFailed):
        list(exporting.write(archive, [Target(packed, "text", path)], now=NOW, over=()))
    assert noted(archive) == [] and path.read_text() == "of a colleague"


def test_of_a_desk_that_is_only_read_a_draft_leaves_and_an_embargoed_text_does_not(
    archive: Archive, tmp_path: Path
) -> None:
    free, held = draft(archive), issued(archive, lift=LIFT)
    archive.close()
    with closing(open_desk(archive.path, read_only=True)) as reading:
        before = archive.path.read_bytes()
        packed = parcel(reading, reading.releases.find(free.release.id))
        assert list(exporting.export(reading, [packed], tmp_path, ["text"], now=NOW))
        packed = parcel(reading, reading.releases.find(held.release.id))
        with pytest.raises(DeskReadOnly, match="under embargo"):
            exporting.export(reading, [packed], tmp_path / "o", ["text"], now=NOW, despite=WHY)
        assert archive.path.read_bytes() == before and not (tmp_path / "o").exists()


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    made = Renderer()
    yield made
    made.close()


def test_a_print_is_of_the_pages_that_were_compared_and_is_noted(
    archive: Archive, renderer: Renderer
) -> None:
    held = parcel(archive, issued(archive, lift=LIFT))
    with pytest.raises(EmbargoStands):
        printing.ready(archive, renderer, held, now=NOW)
    assert noted(archive) == []
    draw = printing.ready(archive, renderer, held, now=NOW, despite=WHY)
    pages = draw(0, 1, 1.0)
    assert len(pages.images) == 1
    ((record, private),) = noted(archive)
    told = dict(record.details)
    assert (told["way"], told["format"], told["file"]) == ("printed", "pdf", pages.pdf_sha)
    assert private.said == WHY


def test_pages_that_say_something_else_are_neither_printed_nor_noted(archive: Archive) -> None:
    packed = parcel(archive, draft(archive))
    faulty = Renderer(Worker("worker_jobs:render_something_else"))
    try:
        with pytest.raises(WriteFailed, match="does not say what the draft says") as caught:
            printing.ready(archive, faulty, packed, now=NOW)
    finally:
        faulty.close()
    assert "Zirconium" in caught.value.hint
    assert noted(archive) == []


def test_a_page_of_another_document_is_not_printed(archive: Archive, renderer: Renderer) -> None:
    class Changed(Renderer):
        """Draws pages of another title once the first is compared."""

        def pages(self, sheet: Sheet, *given: Any, **more: Any) -> Pages:
            other = replace(sheet, title="Another") if more["count"] else sheet
            return renderer.pages(other, *given, **more)

        export = renderer.export

    draw = printing.ready(archive, Changed(), parcel(archive, draft(archive)), now=NOW)
    with pytest.raises(WriteFailed, match="was not printed"):
        draw(0, 1, 1.0)


def test_this_computer_knows_at_once_that_something_left(
    archive: Archive, renderer: Renderer, tmp_path: Path
) -> None:
    packed = parcel(archive, draft(archive))

    def seen() -> bool:
        sighting = witness.last(archive.uid)
        return sighting is not None and sighting.heads == archive.register.heads()

    printing.ready(archive, renderer, packed, now=NOW)
    assert seen()
    noting.note(archive, packed.edition, packed.sheet, WayOut.BROWSED, "html", b"<html>", now=NOW)
    assert seen()
    targets = [Target(packed, "text", tmp_path / name) for name in ("a.txt", "b.txt")]
    stopped = exporting.write(archive, targets, now=NOW)
    next(stopped)
    assert seen()


def test_the_page_for_the_browser_is_noted(archive: Archive) -> None:
    packed = parcel(archive, draft(archive))
    noting.note(archive, packed.edition, packed.sheet, WayOut.BROWSED, "html", b"<html>", now=NOW)
    ((record, _private),) = noted(archive)
    assert record.deed is Deed.EXPORTED and dict(record.details)["way"] == "browsed"
