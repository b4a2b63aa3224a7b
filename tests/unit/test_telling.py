"""Deeds as the history tells them, and where they stand among the revisions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from pressdesk.archive.copies import reading_copy
from pressdesk.archive.file.desk_file import Archive, create, open_desk
from pressdesk.archive.rows import register
from pressdesk.desk import drafting, exporting, history, issuing, noting, telling
from pressdesk.desk.telling import DeedTold, in_order
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.filed import DeedInfo, Filed, RevisionInfo
from pressdesk.press.leaving import Early, WayOut
from pressdesk.press.register.deeds import Book, Deed, Record, row_of

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SPOKEN = {
    Deed.ISSUED: "Issued as PR 2026/001",
    Deed.RECORDED: "Recorded as issued",
    Deed.BLANK: "",
    Deed.UNDONE: "Import undone",
    Deed.EXPORTED: "Exported before its time",
    Deed.RESTORED: "The desk was restored from a backup",
    Deed.MOVED: "The desk was moved from a server to a file",
    Deed.REPAIRED: "Repaired",
    Deed.CLOCK: "The clock was set back",
}


def info(record: Record | None, **more: object) -> DeedInfo:
    return DeedInfo(Book.DESK, 4, NOW, record, "Anna Meyer", **more)  # type: ignore[arg-type]


def words(kind: Deed, said: str = "", **details: str) -> str:
    pairs = tuple(sorted(details.items()))
    reference = "PR 2026/001" if kind is Deed.ISSUED else ""
    record = Record(4, kind, "", reference=reference, details=pairs)
    return telling.told(info(record, said=said), UTC).words


@pytest.mark.parametrize("kind", Deed)
def test_each_kind_of_deed_is_a_sentence(kind: Deed) -> None:
    assert words(kind) == SPOKEN[kind]
    assert bool(SPOKEN[kind]) == bool(row_of(kind).label())


@pytest.mark.parametrize(
    ("way", "early", "sentence"),
    [
        ("exported", "draft", "Draft exported as PDF: why"),
        ("exported", "embargo", "Exported as PDF before the embargo ended: why"),
        ("printed", "draft", "Draft printed: why"),
        ("printed", "embargo", "Printed before the embargo ended: why"),
        ("browsed", "draft", "Draft opened in the browser: why"),
        ("browsed", "embargo", "Opened in the browser before the embargo ended: why"),
        ("faxed", "draft", "Exported before its time: why"),
    ],
)
def test_what_left_early_says_how_and_why(way: str, early: str, sentence: str) -> None:
    assert words(Deed.EXPORTED, "why", way=way, early=early, format="pdf") == sentence


def test_every_way_out_and_every_reason_is_told() -> None:
    told = {
        words(Deed.EXPORTED, way=way, early=early, format="fax")
        for way in WayOut
        for early in Early
    }
    assert len(told) == len(WayOut) * len(Early) and "Draft exported as fax" in told


def test_clocks_that_differ_a_little_are_not_told() -> None:
    def back(by: timedelta) -> str:
        at = {"before": NOW.isoformat(), "now": (NOW - by).isoformat()}
        return words(Deed.CLOCK, **at)

    assert back(timedelta(seconds=40)) == ""
    told = "The clock was set back from 2026-11-23 12:00 to 2026-11-22 12:00"
    assert back(timedelta(days=1)) == told


def test_an_entry_that_was_altered_says_so() -> None:
    assert "damaged or altered" in telling.told(info(None), UTC).words


# --- among the revisions


def at(hour: int, edition: int) -> DeedTold:
    return DeedTold(DeedInfo(Book.DESK, hour, NOW + timedelta(hours=hour), None), "x", edition)


def test_deeds_stand_with_their_edition_and_those_of_the_desk_by_time() -> None:
    two = RevisionInfo(14, 1, NOW + timedelta(hours=9), edition=2)
    last = RevisionInfo(12, 2, NOW + timedelta(hours=5), edition=1, issued=True)
    first = RevisionInfo(11, 1, NOW, edition=1)
    late, same, wide, of_desk = at(10, 1), at(5, 1), at(3, 0), at(12, 0)
    found = in_order((two, last, first), (of_desk, late, same, wide))
    shown = [
        (one.edition, one.deed.number if isinstance(one, DeedTold) else -one.id) for one in found
    ]
    assert shown == [(2, 12), (2, -14), (1, 10), (1, -12), (1, 5), (1, 3), (1, -11)]
    assert in_order((two,), ()) == (two,)


def test_revisions_stay_in_their_order_whatever_the_clock_said() -> None:
    early = RevisionInfo(12, 2, NOW - timedelta(days=9))
    found = in_order((early, RevisionInfo(11, 1, NOW)), (at(1, 1), at(-30, 1)))
    assert [one.id for one in found if isinstance(one, RevisionInfo)] == [12, 11]


# --- from a desk


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = create(tmp_path / "desk.pressdesk")
    opened.sign("Anna Meyer")
    yield opened
    opened.close()


def issued(archive: Archive) -> Filed:
    filed, _changes = drafting.new_release(archive, kind="news", language="en", now=NOW)
    text = replace(filed.edition, title="Low water", body=Document((paragraph("Text."),)))
    filed, _changes = drafting.save(archive, filed.release, text)
    packed = exporting.ready(archive, filed, now=NOW)
    given = (packed.edition, packed.sheet, WayOut.PRINTED, "pdf", b"%PDF")
    noting.note(archive, *given, now=NOW, despite="To read on the train")
    at = datetime.now(UTC)
    return issuing.issue(archive, filed.release, filed.edition, now=at)[0]


def test_the_history_has_the_deeds_of_the_text_and_of_the_desk(archive: Archive) -> None:
    filed, other = issued(archive), issued(archive)
    with archive._store.write() as connection:
        register.enter(connection, [register.Entry(Deed.RESTORED, datetime.now(UTC))])
    found = history.deeds(archive, filed.release.id, "en")
    assert [(one.words, one.deed.author, one.edition) for one in found] == [
        ("The desk was restored from a backup", "Anna Meyer", 0),
        (f"Issued as {filed.release.reference}", "Anna Meyer", 1),
        ("Draft printed: To read on the train", "Anna Meyer", 1),
    ]
    assert other.release.reference not in str(found)
    assert history.deeds(archive, filed.release.id, "ru") == ()


def test_what_the_desk_went_through_before_a_text_is_not_told_with_it(archive: Archive) -> None:
    with archive._store.write() as connection:
        register.enter(connection, [register.Entry(Deed.RESTORED, NOW - timedelta(days=900))])
    found = history.deeds(archive, issued(archive).release.id, "en")
    assert [one.deed.record.deed for one in found if one.deed.record] == [
        Deed.ISSUED,
        Deed.EXPORTED,
    ]


def test_a_reason_that_somebody_altered_is_not_shown(archive: Archive) -> None:
    filed = issued(archive)
    with closing(sqlite3.connect(archive.path)) as bare:
        bare.execute("DROP TRIGGER guard_deed_update")
        words = b'{"actor":"Anna Meyer","said":"The minister asked","salt":"00"}'
        bare.execute("UPDATE deed SET private = ? WHERE deed = 'exported'", (words,))
        bare.commit()
    with closing(open_desk(archive.path, read_only=True)) as reading:
        found = history.deeds(reading, filed.release.id, "en")
    assert [one.words for one in found] == [
        f"Issued as {filed.release.reference}",
        "An entry of the register that was damaged or altered",
    ]


def test_readers_are_told_of_no_deed(archive: Archive, tmp_path: Path) -> None:
    filed = issued(archive)
    copy = tmp_path / "readers.pressdesk"
    reading_copy.make(archive, copy, now=datetime.now(UTC))
    for path in (archive.path, copy):
        with closing(open_desk(path, reading=True)) as reader:
            assert reader.releases.find(filed.release.id).edition.title == "Low water"
            assert history.deeds(reader, filed.release.id, "en") == ()
