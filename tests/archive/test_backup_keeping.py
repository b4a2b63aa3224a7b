"""Which backups are made by themselves, and which are kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from archive_samples import NOW

from pressdesk.archive.file.desk_file import Archive
from pressdesk.desk import care, looks
from pressdesk.press.filed import Filed


def backup_at(at: datetime, reason: str = "start") -> care.Backup:
    return care.Backup(Path(f"{at:%Y%m%d%H%M}"), at, reason, 1)


def test_seven_days_and_four_weeks_are_kept() -> None:
    found = [backup_at(NOW - timedelta(hours=6 * n)) for n in range(4 * 60)]
    gone = {one.at for one in care.due(found, NOW)}
    kept = [one.at for one in found if one.at not in gone]
    days = {at.astimezone().date() for at in kept}
    assert len({at.astimezone().date() for at in kept[:9]}) >= 7
    assert {(NOW - timedelta(days=n)).astimezone().date() for n in range(7)} <= days
    assert len({at.isocalendar()[:2] for at in kept}) == 4
    assert len(kept) <= care.DAYS + care.WEEKS + care.NEWEST
    assert kept[: care.NEWEST] == [one.at for one in found[: care.NEWEST]]


def test_what_a_restored_backup_replaced_is_kept_a_month() -> None:
    newer = [backup_at(NOW - timedelta(hours=n)) for n in range(100)]
    aside = backup_at(NOW - timedelta(days=29), "restore")
    other = backup_at(NOW - timedelta(days=29, minutes=1))
    old = backup_at(NOW - timedelta(days=31), "restore")
    gone = care.due([*newer, aside, other, old], NOW)
    assert aside not in gone


def test_a_backup_is_made_at_the_start_if_the_newest_is_old(
    desk: Archive, add: Callable[..., Filed]
) -> None:
    add("Kept")
    first = care.at_start(desk, now=NOW)
    assert first is not None and first.path.parent == care.folder_of(desk.uid)
    assert care.at_start(desk, now=NOW + timedelta(hours=3, minutes=59)) is None
    assert care.at_start(desk, now=NOW + timedelta(hours=4)) is not None
    # A clock that was set back must not put an end to backups.
    assert care.at_start(desk, now=NOW - timedelta(days=400)) is not None
    assert [one.reason for one in care.backups(desk.uid)] == ["start"] * 3


def test_the_list_says_what_is_in_each_and_which_cannot_be_read(
    desk: Archive, add: Callable[..., Filed]
) -> None:
    add("One")
    care.make(desk.path, desk.uid, now=NOW)
    add("Two")
    second = care.make(desk.path, desk.uid, now=NOW)
    newest, oldest = care.backups(desk.uid)
    assert newest.path == second.path and newest.at > oldest.at
    assert newest.contents and newest.contents.releases == 2
    assert oldest.contents and oldest.contents.releases == 1
    newest.path.write_bytes(b"Dear colleagues" * 50)
    newest, oldest = care.backups(desk.uid)
    assert newest.contents is None and "not a PressDesk desk" in newest.fault


def test_a_file_named_for_a_day_that_never_was_is_no_backup(desk: Archive) -> None:
    made = care.make(desk.path, desk.uid, now=NOW)
    stamp = made.path.name.split(".")[-3]
    made.path.with_name(made.path.name.replace(stamp, "20261399T000000Z")).write_bytes(b"")
    assert [one.path for one in care.files(desk.uid)] == [made.path]


def test_a_folder_of_ones_own(desk: Archive, tmp_path: Path) -> None:
    from dataclasses import replace

    from pressdesk.base import settings

    settings.change(lambda now: replace(now, backup_folder=str(tmp_path / "drive")))
    made = care.make(desk.path, desk.uid, now=NOW)
    assert made.path.parent == tmp_path / "drive" / desk.uid


def test_a_large_import_begins_with_a_backup(desk: Archive) -> None:
    assert care.before_import(desk, care.BULK - 1, now=NOW) is None
    assert care.before_import(desk, care.BULK, now=NOW) is not None


def test_the_last_backup_of_a_desk_found_sound_stays_for_ever(
    desk: Archive, add: Callable[..., Filed]
) -> None:
    add("Kept")
    for days in range(300):
        at = NOW + timedelta(days=days)
        if days in (13, 20):
            looks.note_look(desk.uid, at - timedelta(hours=1), sound=days == 13)
        care.make(desk.path, desk.uid, now=at)
    kept = [one.at for one in care.files(desk.uid)]
    assert kept[-1] == NOW + timedelta(days=12)  # what the look of the day after could see
    assert len(kept) <= care.DAYS + care.WEEKS + care.NEWEST + 1


def test_copies_of_a_damaged_desk_do_not_pile_up(desk: Archive) -> None:
    hours = (NOW + timedelta(hours=n) for n in range(5))
    kept = [care.keep_damaged(desk.path, desk.uid, now=at) for at in hours]
    assert [one.path for one in care.files(desk.uid)] == kept[:1:-1]
