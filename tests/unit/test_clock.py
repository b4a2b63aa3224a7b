"""A clock that was set forward does not end an embargo; one that was set back is told."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from pressdesk.archive.file.desk_file import Archive, create, open_desk
from pressdesk.archive.rows import register
from pressdesk.desk import clock, drafting, history, issuing, looking_after, noting, opening
from pressdesk.desk.clock import FAR, SLIGHT, Clock
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.embargo import embargo
from pressdesk.press.filed import Filed
from pressdesk.press.leaving import Early, Leaving, WayOut
from pressdesk.press.register.deeds import Deed

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MONTH = timedelta(days=31)
LONG_AGO = timedelta(days=400)


def knowing(seen: datetime | None = None, **more: timedelta) -> Clock:
    return Clock(NOW, clock.running(), seen, **more)


def close(one: datetime, other: datetime) -> bool:
    return abs(one - other) < SLIGHT


# --- in one session


def test_a_clock_that_goes_on_is_believed() -> None:
    ran = Clock(NOW - timedelta(hours=9), clock.running() - 9 * 3600)
    for now in (NOW, NOW + SLIGHT - timedelta(minutes=1), NOW - timedelta(hours=1)):
        assert ran.sure(now) == now and ran.doubt(now) == ""


def test_a_clock_that_jumps_ahead_ends_nothing() -> None:
    known = knowing(NOW - timedelta(days=1))
    assert close(known.sure(NOW + MONTH), NOW)
    assert "nothing known here is later than" in known.doubt(NOW + MONTH)


# --- when the desk is opened


def test_a_desk_that_lay_unused_for_some_days_is_no_reason_to_doubt() -> None:
    assert knowing(NOW - FAR + SLIGHT).sure(NOW) == NOW
    assert knowing(NOW + timedelta(minutes=1)).doubt(NOW) == ""


def test_nothing_is_over_that_ends_long_after_all_that_was_seen() -> None:
    known = knowing(NOW - MONTH)
    assert close(known.sure(NOW), NOW - MONTH) and known.doubt(NOW)
    assert close(known.sure(NOW + timedelta(hours=1)), NOW - MONTH)


def test_the_time_of_a_server_counts_to_the_minute() -> None:
    assert knowing(NOW - timedelta(hours=1), far=SLIGHT).doubt(NOW)
    assert knowing(NOW - timedelta(minutes=2), far=SLIGHT).sure(NOW) == NOW


def test_a_clock_behind_what_was_done_is_told_and_holds_embargoes_longer() -> None:
    known = knowing(NOW + MONTH)
    assert known.sure(NOW) == NOW
    assert "the last change here is of" in known.doubt(NOW)


# --- of a desk


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = create(tmp_path / "desk.pressdesk")
    yield opened
    opened.close()


def draft(archive: Archive, lift: datetime | None = None) -> Filed:
    filed, _changes = drafting.new_release(archive, kind="news", language="en", now=NOW)
    held = embargo(lift.replace(tzinfo=None), "UTC") if lift else None
    text = replace(filed.edition, title="Low water", body=Document((paragraph("Text."),)))
    return drafting.save(archive, replace(filed.release, embargo=held), text)[0]


def aged(archive: Archive, at: datetime) -> Path:
    """The file of the desk, closed, as it was written last then."""
    archive.close()
    os.utime(archive.path, (at.timestamp(), at.timestamp()))
    return archive.path


def test_what_was_seen_is_what_the_file_the_register_and_this_computer_say(
    archive: Archive,
) -> None:
    draft(archive)
    now = datetime.now(UTC)
    path = aged(archive, now - LONG_AGO)
    with closing(open_desk(path)) as desk:
        assert clock.of(desk, now=now).doubt(now)
        filed = desk.releases.find(1)
        issuing.issue(desk, *filed.current(), now=now - timedelta(days=2))
        assert clock.of(desk, now=now).doubt(now) == ""
    with closing(open_desk(aged(desk, now - LONG_AGO), reading=True)) as reader:
        assert clock.of(reader, now=now).doubt(now) == ""


def test_the_window_knows_it_from_before_it_wrote_anything(archive: Archive) -> None:
    draft(archive)
    now = datetime.now(UTC)
    found = opening.enter(aged(archive, now - LONG_AGO), now=now)
    with closing(found.archive) as desk:
        sheet = replace_sheet(desk)
        given = Leaving("e", sheet, Early.DRAFT, WayOut.PRINTED, "pdf", "")
        desk.deeds.left(given)
        assert found.clock is not None and found.clock.doubt(now)


def replace_sheet(desk: Archive):  # type: ignore[no-untyped-def]
    from pressdesk.desk import exporting

    return exporting.sheet_of(desk, desk.releases.find(1), now=NOW)


def test_a_read_only_copy_does_not_let_out_what_only_the_clock_ends(
    archive: Archive, tmp_path: Path
) -> None:
    lift = datetime.now(UTC) + MONTH
    filed = draft(archive, lift)
    issuing.issue(archive, filed.release, filed.edition, now=datetime.now(UTC))
    free = draft(archive)
    issuing.issue(archive, free.release, free.edition, now=datetime.now(UTC))
    after = lift + timedelta(days=1)
    held = looking_after.reading_copy(
        archive, tmp_path / "out.pressdesk", now=after, told=lambda _done, _all: None
    )
    assert held.issued == 1


def test_issuing_by_a_clock_that_was_set_back_is_warned_of(archive: Archive) -> None:
    filed, other = draft(archive), draft(archive)
    issuing.issue(archive, filed.release, filed.edition, now=NOW)

    def warned(now: datetime) -> list[str]:
        found = issuing.findings(archive, other.release, other.edition, now=now)
        return [one.severity for one in found if one.where == "clock"]

    assert warned(NOW) == warned(NOW - timedelta(minutes=2)) == []
    assert warned(NOW - MONTH) == ["warning"]
    issuing.issue(archive, other.release, other.edition, now=NOW - MONTH)
    told = [one.words for one in history.deeds(archive, other.release.id, "en")]
    assert not any("set back" in one for one in told), "it was begun later by its clock"


def test_what_is_issued_keeps_an_embargo_that_only_the_clock_ends(archive: Archive) -> None:
    filed = draft(archive, NOW + MONTH)
    after = NOW + 2 * MONTH
    done, _changes = issuing.issue(archive, *filed.current(), now=after, sure=NOW)
    sealed = archive.releases.issued(done.edition.id)
    assert sealed is not None and sealed.sheet.embargo_until


def test_the_history_tells_of_a_clock_that_was_set_back(archive: Archive) -> None:
    filed = draft(archive)
    ahead = datetime.now(UTC) + MONTH
    issuing.issue(archive, filed.release, filed.edition, now=ahead)
    with archive._store.write() as connection:
        register.enter(connection, [register.Entry(Deed.RESTORED, datetime.now(UTC))])
    told = [one.words for one in history.deeds(archive, filed.release.id, "en")]
    assert any(one.startswith("The clock was set back from ") for one in told)


def test_what_left_while_the_clock_was_in_doubt_says_so(archive: Archive) -> None:
    from pressdesk.desk import exporting

    lift = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    packed = exporting.ready(archive, draft(archive, lift), now=NOW)
    sure = lift - MONTH
    given = (packed.edition, packed.sheet, WayOut.EXPORTED, "pdf", b"%PDF")
    noting.note(archive, *given, now=sure, despite="It is over")
    (told,) = history.deeds(archive, packed.release_id, "en")
    assert told.words == (
        "Exported as PDF before the embargo ended (it has ended if the clock was right): It is over"
    )


def test_a_desk_that_lay_long_is_doubted_once(tmp_path: Path) -> None:
    """Whoever comes back from a long leave, and only reads, is not told each day."""
    path = tmp_path / "lay.pressdesk"
    create(path).close()
    began = datetime.now(UTC)
    opening.enter(path, now=began).archive.close()
    later = began + FAR + timedelta(days=2)
    doubts = []
    for day in range(3):
        desk = opening.enter(path, now=later + timedelta(days=day))
        assert desk.clock is not None
        doubts.append(bool(desk.clock.doubt(later + timedelta(days=day))))
        desk.archive.close()
    assert doubts == [True, False, False]
