"""The manifest of a backup: it tells of a desk that went back, and of a backup that was changed."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from archive_samples import NOW, compose, unguarded

from pressdesk.archive.file import manifest
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.archive.rows import register
from pressdesk.base.errors import DeskForeign
from pressdesk.desk import care, looking_after, opening, verifying, witness
from pressdesk.press.filed import Filed
from pressdesk.press.register.heads import Course
from pressdesk.press.release import Edition, Release

Add = Callable[..., Filed]


def put_out(desk: Archive, title: str) -> Filed:
    filed = desk.releases.add(Release("news"), Edition("en", title=title))
    return desk.releases.issue(filed.release, filed.edition, compose, at=NOW)


def opened(path: Path) -> witness.Past | None:
    entered = opening.enter(path, now=NOW)
    entered.archive.close()
    return entered.past


def unseen(desk: Archive) -> None:
    """As on another computer."""
    witness._file(desk.uid).unlink(missing_ok=True)


def faults(desk: Archive) -> list[str]:
    report = looking_after.look(desk, repair=False, now=NOW, going_on=lambda *_n: None)
    return [f"{one.part}: {one.where}" for one in report.faults]


@pytest.fixture
def made(desk: Archive) -> care.Backup:
    """A backup of a desk in which something was issued."""
    put_out(desk, "One")
    return care.make(desk.path, desk.uid, now=NOW)


def test_a_backup_has_its_manifest(desk: Archive, made: care.Backup) -> None:
    said = manifest.of(made.path)
    assert said is not None and said.contents == made.contents
    assert said.heads == desk.register.heads() and said.proven and said.at == NOW
    file = manifest.beside(made.path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.vouched for one in care.backups(desk.uid)] == [True]


def test_it_goes_with_its_backup(desk: Archive, made: care.Backup) -> None:
    for number in range(1, 40):
        care.make(desk.path, desk.uid, now=NOW + timedelta(seconds=number))
    folder = made.path.parent
    left = {one.stem for one in folder.glob("*.pressdesk")}
    assert left == {one.stem for one in folder.glob("*.json")} and len(left) < 10


def test_a_desk_that_went_back_is_told_by_a_backup_alone(desk: Archive, tmp_path: Path) -> None:
    put_out(desk, "One")
    before = Path(shutil.copy(desk.path, tmp_path / "before"))
    put_out(desk, "Two")
    care.make(desk.path, desk.uid, now=NOW)
    desk.close()
    shutil.copy(before, desk.path)
    unseen(desk)
    for _time in range(2):
        past = opened(desk.path)
        assert past is not None and past.course is Course.BACK and "2026" in past.what
    with closing(open_desk(desk.path)) as back:
        (fault,) = faults(back)
        assert fault == f"register: {past.what}"
        assert not verifying.desk(back).sound
        witness.take(back, now=NOW + timedelta(hours=1))
        assert faults(back) == [] and verifying.desk(back).sound
        care.make(back.path, back.uid, now=NOW + timedelta(hours=2))
    assert opened(desk.path) is None


def test_a_desk_written_anew_is_told_by_a_backup_alone(desk: Archive, made: care.Backup) -> None:
    desk.close()
    unguarded(desk.path, "DELETE FROM deed", "DELETE FROM node")
    with closing(open_desk(desk.path)) as forged, forged._store.write() as connection:
        register.catch_up(connection, NOW, desk.path)
        entries = [register.Entry(register.Deed.BLANK, NOW)] * 20  # no shorter than before
        register.enter(connection, entries)
    unseen(desk)
    past = opened(desk.path)
    assert past is not None and past.course is Course.REWRITTEN


def test_a_desk_that_lost_its_register_is_told(desk: Archive, made: care.Backup) -> None:
    unguarded(desk.path, "DELETE FROM node")
    assert any("backup" in one for one in faults(desk))


def test_the_first_that_does_not_agree_is_named(desk: Archive, tmp_path: Path) -> None:
    before = Path(shutil.copy(desk.path, tmp_path / "before"))
    for day in range(1, 4):
        put_out(desk, f"Title {day}")
        care.make(desk.path, desk.uid, now=NOW + timedelta(days=day))
    desk.close()
    shutil.copy(before, desk.path)
    with closing(open_desk(desk.path)) as back:
        assert "2026-11-24" in faults(back)[0]


def test_a_backup_that_was_changed_is_not_restored(
    desk: Archive, made: care.Backup, tmp_path: Path
) -> None:
    """Whole in itself, and made so with another program."""
    unguarded(made.path, "UPDATE setting SET data = CAST(data || ' ' AS BLOB)")
    desk.close()
    before = desk.path.read_bytes()
    with pytest.raises(DeskForeign, match="changed after it was made"):
        care.restore(desk.path, made.path, now=NOW)
    assert desk.path.read_bytes() == before
    copy = Path(shutil.copy(made.path, tmp_path / "mine.pressdesk"))
    care.restore(desk.path, copy, now=NOW)
    assert opened(desk.path) is None


def test_a_backup_whose_register_was_changed_is_told_in_the_list(
    desk: Archive, made: care.Backup
) -> None:
    unguarded(made.path, "UPDATE node SET hash = zeroblob(32)")
    (one,) = care.backups(desk.uid)
    assert one.contents is None and "changed" in one.fault


@pytest.mark.parametrize(
    "said", [None, b"", b"{}", b"\xff", b"[" * 5000, b'{"more": 1, ', b"pressdesk/"]
)
def test_what_cannot_be_read_is_no_manifest_and_loses_nothing(
    desk: Archive, made: care.Backup, said: bytes | None
) -> None:
    file = manifest.beside(made.path)
    whole = file.read_bytes()
    if said is None:
        file.unlink()
    elif len(said) > 5:
        file.write_bytes(whole.replace(b"{", said, 1).replace(b"pressdesk/", b"Pressdesk/"))
    else:
        file.write_bytes(said)
    assert manifest.of(made.path) is None
    (one,) = care.backups(desk.uid)
    assert one.contents is not None and not one.vouched
    desk.close()
    care.restore(desk.path, made.path, now=NOW)
    assert opened(desk.path) is None


def test_restored_twice_on_purpose_nothing_is_told(desk: Archive) -> None:
    """The second backup knows nothing of the first restoring."""
    made = []
    for day in range(1, 4):
        made.append(care.make(desk.path, desk.uid, now=NOW + timedelta(days=day)))
        for title in ("A", "B"):
            put_out(desk, title)
    care.make(desk.path, desk.uid, now=NOW + timedelta(days=5))
    desk.close()
    for one in (made[1], made[0], made[2]):
        care.restore(desk.path, one.path, now=NOW + timedelta(days=6))
        unseen(desk)
        assert opened(desk.path) is None
        with closing(open_desk(desk.path)) as back:
            assert faults(back) == []
            put_out(back, "C")
