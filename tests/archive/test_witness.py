"""A desk that went back, or whose register was rewritten, is told by whoever saw it before."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from archive_samples import BODY, NOW, compose, unguarded
from sqlalchemy import select

from pressdesk.archive.checking import check
from pressdesk.archive.file.backup import backup
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.archive.file.restore_backup import restore
from pressdesk.archive.releases import sealing
from pressdesk.archive.rows import register
from pressdesk.archive.store.tables import deed
from pressdesk.desk import opening, witness
from pressdesk.press.filed import Filed, ImportItem
from pressdesk.press.register import deeds
from pressdesk.press.register.deeds import Book, Deed
from pressdesk.press.register.heads import Course
from pressdesk.press.release import Edition, Release

Add = Callable[..., Filed]


def _issue(desk: Archive, title: str) -> Filed:
    filed = desk.releases.add(Release("news"), Edition("en", title=title))
    return desk.releases.issue(filed.release, filed.edition, compose, at=NOW)


def _look(path: Path) -> witness.Past | None:
    opened = opening.enter(path, now=NOW)
    opened.archive.close()
    return opened.past


@pytest.fixture
def path(desk: Archive) -> Path:
    """A closed desk with one issued release, seen by this computer."""
    _issue(desk, "One")
    desk.close()
    assert _look(desk.path) is None
    return desk.path


def test_a_desk_that_goes_on_is_nothing_to_tell(path: Path) -> None:
    for title in ("Two", "Three"):
        with closing(open_desk(path)) as desk:
            _issue(desk, title)
        assert _look(path) is None
    seen = witness.last(_uid(path))
    assert seen is not None and seen.heads.out.size > 0 == seen.heads.desk.size


def test_a_desk_that_went_back_is_told_until_it_is_taken_so(path: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(path, tmp_path / "copy"))
    with closing(open_desk(path)) as desk:
        _issue(desk, "Two")
    assert _look(path) is None
    shutil.copy(copy, path)
    for _time in range(2):
        past = _look(path)
        assert past is not None and past.course is Course.BACK
        assert "test" in past.what and "2026" in past.what and past.hint
    with closing(open_desk(path)) as desk:
        _issue(desk, "Instead")
        witness.as_it_is(desk, now=NOW)  # as whoever issues does
    assert _look(path) is not None
    with closing(open_desk(path)) as desk:
        witness.take(desk, now=NOW)
    assert _look(path) is None


def test_a_desk_that_went_back_and_on_is_told(path: Path, tmp_path: Path) -> None:
    """As many were issued again: the size alone does not say it."""
    copy = Path(shutil.copy(path, tmp_path / "copy"))
    with closing(open_desk(path)) as desk:
        _issue(desk, "Two")
    assert _look(path) is None
    shutil.copy(copy, path)
    with closing(open_desk(path)) as desk:
        for number in range(60):
            _issue(desk, f"Other {number}")
    past = _look(path)
    assert past is not None and past.course is Course.REWRITTEN


def test_a_register_written_anew_is_told(path: Path) -> None:
    """All of it sound in itself, made by somebody with the code of the program."""
    unguarded(path, "DELETE FROM deed", "DELETE FROM node")
    with closing(open_desk(path)) as desk:
        with desk._store.write() as connection:
            register.catch_up(connection, NOW, path)
        assert check(desk).sound
    past = _look(path)
    assert past is not None and past.course in (Course.REWRITTEN, Course.BACK)


def test_a_missing_node_is_told_and_no_error(path: Path) -> None:
    unguarded(path, "DELETE FROM node")
    past = _look(path)
    assert past is not None and past.course is Course.REWRITTEN
    witness._file(_uid(path)).unlink()
    assert _look(path) is None, "nobody saw it before"


def test_a_backup_put_back_on_purpose_says_so(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup"
    backup(path, file)
    with closing(open_desk(path)) as desk:
        given = _issue(desk, "Two").release.reference
    assert _look(path) is None
    restore(path, file, tmp_path / "aside")
    told_once = _look(path)
    assert told_once is not None and told_once.course is Course.RESTORED
    assert "was restored from a backup on 20" in told_once.what
    assert _look(path) is None
    with closing(open_desk(path)) as desk:
        query = select(deed.c.data).where(deed.c.book == Book.DESK)
        with desk._store.read() as connection:
            (told,) = [deeds.read(data) for data in connection.execute(query).scalars()]
        assert told.deed is Deed.RESTORED
        details = dict(told.details)
        assert int(details["out_size"]) > int(details["out_from"])
        again = _issue(desk, "Instead").release.reference
        assert again > given  # the number went out
        assert check(desk).sound
    assert _look(path) is None


def test_a_backup_put_back_excuses_nothing_that_came_after(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup"
    backup(path, file)
    with closing(open_desk(path)) as desk:
        for number in range(40):
            _issue(desk, f"Gone {number}")
    assert _look(path) is None
    restore(path, file, tmp_path / "aside")
    assert _look(path) is not None
    copy = Path(shutil.copy(path, tmp_path / "copy"))
    with closing(open_desk(path)) as desk:
        filed = desk.releases.add(Release("news"), Edition("en", title="Two"))
        after = datetime.now(UTC) + timedelta(hours=1)  # the clock was not set back
        desk.releases.issue(filed.release, filed.edition, compose, at=after)
    assert _look(path) is None
    shutil.copy(copy, path)
    past = _look(path)
    assert past is not None and past.course is Course.BACK


def test_a_backup_of_before_the_register_keeps_the_numbers(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup"
    backup(path, file)
    for order in ("DROP TABLE deed", "DROP TABLE node"):
        with closing(sqlite3.connect(file)) as bare:
            bare.execute("PRAGMA writable_schema = ON")
            bare.execute(order)
    with closing(open_desk(path)) as desk:
        _issue(desk, "Two")
    with closing(sqlite3.connect(file)) as bare:
        assert bare.execute("SELECT n FROM counter").fetchone() == (1,)
    from pressdesk.archive.file.taking_place import before, tell

    tell(file, before(path), NOW)
    with closing(sqlite3.connect(file)) as bare:
        assert bare.execute("SELECT n FROM counter").fetchone() == (2,)


def test_what_cannot_be_read_is_no_witness(path: Path) -> None:
    file = witness._file(_uid(path))
    whole = file.read_bytes()
    others = [whole.replace(b"pressdesk/", other) for other in (b"Pressdesk/", b"\xffressdesk/")]
    for said in (b"", b"{}", b"\xff", b'{"x":' + b"[" * 100_000, *others):
        file.write_bytes(said)
        assert witness.last(_uid(path)) is None
        assert _look(path) is None


def test_a_desk_is_witnessed_as_it_issues(path: Path) -> None:
    from pressdesk.desk import issuing

    with closing(open_desk(path)) as desk:
        before = witness.last(desk.uid)
        text = Edition("en", title="Two", place="Vienna", date=NOW.date(), body=BODY)
        filed = desk.releases.add(Release("news"), text)
        issuing.issue(desk, filed.release, filed.edition, now=NOW + timedelta(hours=1))
        after = witness.last(desk.uid)
    assert before is not None and after is not None
    assert after.heads.out.size > before.heads.out.size


def _uid(path: Path) -> str:
    with closing(open_desk(path)) as desk:
        return desk.uid


def test_the_samples_are_noted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pressdesk.desk import samples

    noted: list[Path] = []
    write = witness.atomic_write

    def counting(file: Path, data: bytes, *, private: bool) -> None:
        noted.append(file)
        write(file, data, private=private)

    monkeypatch.setattr(witness, "atomic_write", counting)
    path = tmp_path / "samples.pressdesk"
    samples.make(path)
    with closing(open_desk(path)) as desk:
        assert noted == [witness._file(desk.uid)]
        seen = witness.last(desk.uid)
        assert seen is not None and seen.heads == desk.register.heads()


def test_an_import_is_noted(path: Path) -> None:
    from pressdesk.desk import importing

    with closing(open_desk(path)) as desk:
        text = Edition("en", title="Past", date=NOW.date())
        house = desk.houses.get()
        past = sealing.dated(text, house, NOW, recorded=True)
        item = ImportItem(Release("news"), text, record=compose(Release("news"), past, house, ()))
        ready = desk.imports.make_ready("d", b"o", [item], at=NOW)
        importing.file(desk, ready)
        seen = witness.last(desk.uid)
        assert seen is not None and seen.heads == desk.register.heads()
