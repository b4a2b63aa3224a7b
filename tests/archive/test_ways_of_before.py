"""Desks from before there were channels: lifted when they are written, read as they are else."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import published
import pytest
from office_cluster import Cluster

from pressdesk.archive.checking import check
from pressdesk.archive.copies.moving import move
from pressdesk.archive.copies.reading_copy import make
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.archive.server.postgres import open_office
from pressdesk.archive.store.before import in_ways, lifted, stored_contact
from pressdesk.base.errors import DeskForeign, DeskReadOnly
from pressdesk.press.listing import Query
from pressdesk.press.release import Contact, Way
from pressdesk.press.sheet import Sheet, SheetWay
from pressdesk.press.states import State
from pressdesk.press.translated import Translated

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
HOFER = (
    Way(
        "phone",
        "+43 1 534 08 112",
        "tel:+43153408112",
        Translated.of(en="office", ru="приёмная"),
    ),
    Way(
        "phone",
        "+43 664 123 45 67",
        "tel:+436641234567",
        Translated.of(en="mobile", ru="мобильный"),
    ),
    Way("email", "maria.hofer@river.example", "mailto:maria.hofer@river.example"),
)
OF_A_SHEET = (
    SheetWay("phone", "+43 1 534 08 112", "tel:+43153408112", "office"),
    SheetWay("phone", "+43 664 123 45 67", "tel:+436641234567", "mobile"),
    SheetWay("email", "maria.hofer@river.example", "mailto:maria.hofer@river.example"),
)


def hofer(desk: Archive) -> Contact:
    return next(one for one in desk.contacts.all() if one.name.into("en") == "Maria Hofer")


def printed(desk: Archive) -> set[SheetWay]:
    """The ways of all that is out in English."""
    found = desk.releases.list_editions(Query(state="issued", language="en"), now=NOW)
    keys = [desk.releases.find(row.id, language="en").edition.id for row, _line in found]
    sealed = [one for key in keys if (one := desk.releases.issued(key)) is not None]
    return {way for one in sealed for person in one.sheet.contacts for way in person.ways}


def seals(file: Path) -> list[object]:
    with closing(sqlite3.connect(file)) as bare:
        return bare.execute("SELECT edition_id, sha256, sheet, house FROM issued").fetchall()


@pytest.mark.parametrize("schema", [1, 2])
def test_contacts_are_lifted_and_what_went_out_keeps_its_bytes(schema: int, tmp_path: Path) -> None:
    file = published.unpack(schema, tmp_path)
    before = seals(file)
    with closing(open_desk(file)) as desk:
        assert hofer(desk).ways == HOFER
        night = [way for one in desk.contacts.all() for way in one.ways if not way.public]
        assert [way.printed for way in night] == ["+43 1 534 08 199"]
        assert printed(desk) >= set(OF_A_SHEET)
    assert seals(file) == before
    with closing(sqlite3.connect(file)) as bare:
        stored = b"".join(data for (data,) in bare.execute("SELECT data FROM contact"))
    assert b'"ways"' in stored and b'"phones"' not in stored and b'"emails"' not in stored


def test_whoever_only_reads_need_not_wait(tmp_path: Path) -> None:
    file = published.unpack(2, tmp_path)
    before = file.read_bytes()
    with closing(open_desk(file, read_only=True)) as desk:
        assert hofer(desk).ways == HOFER
        assert printed(desk) >= set(OF_A_SHEET)
    with closing(open_desk(file, reading=True)) as desk:
        assert printed(desk) >= set(OF_A_SHEET)
    assert file.read_bytes() == before
    with pytest.raises(DeskReadOnly, match="older"):
        open_desk(published.unpack(1, tmp_path), read_only=True)


def test_nor_does_whoever_only_reads_a_server(cluster: Cluster, office_url: str) -> None:
    published.restore(2, cluster, office_url)
    with closing(open_office(office_url, read_only=True)) as desk:
        assert hofer(desk).ways == HOFER
        assert printed(desk) >= set(OF_A_SHEET)
    with closing(open_office(office_url)) as desk:
        assert hofer(desk).ways == HOFER


def test_a_desk_that_is_only_read_is_moved_as_one_of_today(tmp_path: Path) -> None:
    target = tmp_path / "moved.pressdesk"
    with closing(open_desk(published.unpack(2, tmp_path), read_only=True)) as desk:
        move(desk, target)
        people = desk.contacts.all()
    with closing(open_desk(target)) as desk:
        assert desk.contacts.all() == people
    assert not _before(target)


def _before(file: Path) -> bool:
    """Some contact is stored as before there were channels."""
    with closing(sqlite3.connect(file)) as bare:
        stored = b"".join(data for (data,) in bare.execute("SELECT data FROM contact"))
    return b'"phones"' in stored or b'"emails"' in stored


def test_a_reading_copy_of_then_opens_where_nothing_can_be_written(tmp_path: Path) -> None:
    copy = tmp_path / "copy.pressdesk"
    with closing(open_desk(published.unpack(2, tmp_path))) as desk:
        make(desk, copy, now=NOW)
    with closing(sqlite3.connect(copy)) as bare:
        bare.execute("PRAGMA user_version = 2")  # nothing else tells the two apart
    before = copy.read_bytes()
    with pytest.raises(DeskReadOnly, match="read-only copy"):  # as a window tries at first
        open_desk(copy)
    assert copy.read_bytes() == before and not list(tmp_path.glob("copy.before*"))
    with closing(open_desk(copy, read_only=True)) as desk:
        assert printed(desk) >= set(OF_A_SHEET)


def test_a_number_without_a_plan_and_a_broken_address_lead_nowhere() -> None:
    old = {"phones": [{"printed": "ext. 4"}], "emails": [{"address": "a b@c"}]}
    assert stored_contact(msgspec.json.encode(old)).ways == (
        Way("phone", "ext. 4"),
        Way("email", "a b@c"),
    )
    assert in_ways({"name": "N"}) == {"name": "N"}


def test_a_sheet_of_today_is_not_read_twice() -> None:
    sheet = Sheet("en", "news", "News", State.ISSUED)
    assert lifted(sheet, b"no JSON") is sheet


DAMAGED = {
    "no JSON": b'{"phones":',
    "no object": b'["phones"]',
    "no list": b'{"phones":null}',
    "no address": b'{"emails":[{}]}',
    "no number": b'{"phones":[{"printed":"4","e164":4}]}',
    "no text": b'{"phones":"\xff"}',
}


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_contact_is_named_and_keeps_nothing_else_from_being_read(
    name: str, read_only: bool, tmp_path: Path
) -> None:
    file = published.unpack(2, tmp_path)
    with closing(sqlite3.connect(file)) as bare, bare:
        bare.execute("UPDATE contact SET data = ? WHERE id = 1", (DAMAGED[name],))
    with closing(open_desk(file, read_only=read_only)) as desk:
        assert [(one.part, one.where[:10]) for one in check(desk).faults] == [
            ("house", "contact 1:")
        ]
        assert desk.contacts.get(2).ways
        with pytest.raises(DeskForeign, match="damaged"):
            desk.contacts.all()
    with closing(sqlite3.connect(file)) as bare:
        assert bare.execute("SELECT data FROM contact WHERE id = 1").fetchone()[0] == DAMAGED[name]
