"""The check that runs by itself: in another process, on a copy, once a week."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from archive_samples import NOW, unguarded
from backup_samples import spoil

from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.base.worker import Worker
from pressdesk.desk import care, looks, weekly
from pressdesk.press.filed import Filed


@pytest.fixture
def worker() -> Iterator[Worker]:
    with Worker(weekly.TARGET, seconds=60) as made:
        yield made


def test_a_sound_desk_is_looked_at_once_a_week_and_nothing_is_said(
    desk: Archive, add: Callable[..., Filed], issue: Callable[..., Filed], worker: Worker
) -> None:
    issue(add("Out"))
    assert looks.last_look(desk.uid) is None
    assert weekly.look(desk, worker, now=NOW) is None
    assert _last(desk) == (NOW, True, NOW)
    (made,) = care.files(desk.uid)
    later = NOW + timedelta(days=6, hours=23)
    assert weekly.look(desk, worker, now=later) is None
    assert _last(desk) == (NOW, True, NOW)
    assert weekly.look(desk, worker, now=NOW + timedelta(days=7)) is None
    assert _last(desk) == (NOW + timedelta(days=7), True, NOW + timedelta(days=7))
    assert care.files(desk.uid)[0].path != made.path


def _last(desk: Archive) -> tuple[object, ...]:
    found = looks.last_look(desk.uid)
    assert found is not None
    return found.at, found.sound, found.sound_at


def test_between_two_weeks_it_is_looked_at_what_came_since(
    desk: Archive, add: Callable[..., Filed], issue: Callable[..., Filed], worker: Worker
) -> None:
    issue(add("Out"))
    assert weekly.look(desk, worker, now=NOW) is None
    made, day = care.files(desk.uid), NOW + timedelta(days=1)
    issue(add("New"))
    assert weekly.look(desk, worker, now=day) is None
    assert _last(desk) == (NOW, True, NOW) and care.files(desk.uid) == made
    unguarded(desk.path, "UPDATE issued SET sheet = replace(sheet, 'New', 'Few')")
    found = weekly.look(desk, worker, now=day)
    assert found is not None and found.backup is None
    assert [fault.part for fault in found.report.faults] == ["issued", "register"]
    assert _last(desk) == (day, False, NOW)
    assert weekly.look(desk, worker, now=day) is None  # it was told


def test_damage_done_on_purpose_is_found(
    desk: Archive, add: Callable[..., Filed], issue: Callable[..., Filed], worker: Worker
) -> None:
    issue(add("Out"))
    unguarded(desk.path, "UPDATE issued SET sheet = replace(sheet, 'Out', 'Off')")
    found = weekly.look(desk, worker, now=NOW)
    assert found is not None and found.backup is None
    assert [fault.part for fault in found.report.faults] == ["issued", "register"]
    assert looks.last_look(desk.uid) == looks.Checked(NOW, False)


def test_a_wrong_index_is_found_in_a_file_that_is_only_read(
    desk: Archive, add: Callable[..., Filed], worker: Worker
) -> None:
    add("Gauge")
    unguarded(desk.path, "DELETE FROM search_doc")
    found = weekly.look(desk, worker, now=NOW)
    assert found is not None
    assert all(fault.mendable for fault in found.report.faults)


def test_a_desk_with_a_broken_page_is_found(
    desk: Archive, add: Callable[..., Filed], worker: Worker
) -> None:
    for number in range(30):
        add(f"Title {number}")
    desk.close()
    spoil(desk.path)
    again = open_desk(desk.path)
    found = weekly.look(again, worker, now=NOW)
    again.close()
    assert found is not None and [fault.part for fault in found.report.faults] == ["file"]


def test_a_backup_that_rots_is_told_from_a_desk_that_does(
    desk: Archive, add: Callable[..., Filed], worker: Worker
) -> None:
    for number in range(30):
        add(f"Title {number}")
    made = care.make(desk.path, desk.uid, now=NOW)
    spoil(made.path)
    found = weekly.look(desk, worker, now=NOW)
    assert found is not None and found.backup is not None
    assert found.backup.path == made.path
    assert _last(desk) == (NOW, True, NOW)


def test_what_it_remembers_may_be_lost(desk: Archive) -> None:
    looks.note_look(desk.uid, NOW, sound=True)
    assert not weekly.due(desk.uid, NOW) and weekly.due(desk.uid, NOW - timedelta(days=1))
    looks._file(desk.uid).write_text("{")
    assert looks.last_look(desk.uid) is None and weekly.due(desk.uid, NOW)
    looks._file(desk.uid).unlink()
    looks._file(desk.uid).mkdir()
    looks.note_look(desk.uid, NOW, sound=True)
