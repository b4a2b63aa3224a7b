"""The register of a desk: what goes out is in it, and whoever alters either is found."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from archive_samples import NOW, compose
from msgspec.structs import replace
from sqlalchemy import select

from pressdesk.archive import proving
from pressdesk.archive.checking import check
from pressdesk.archive.copies.moving import move
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.archive.rows import register
from pressdesk.archive.store import values
from pressdesk.archive.store.tables import deed
from pressdesk.press.filed import Filed, ImportItem
from pressdesk.press.register import deeds, tree
from pressdesk.press.register.deeds import Book, Deed, Record
from pressdesk.press.release import Edition, Release
from pressdesk.press.states import State

ENGINES = ("file", "server")

Add = Callable[..., Filed]


def _records(desk: Archive, book: Book = Book.OUT) -> list[Record]:
    query = select(deed.c.data).where(deed.c.book == book).order_by(deed.c.number)
    with desk._store.read() as connection:
        return [deeds.read(data) for data in connection.execute(query).scalars()]


def _seals(desk: Archive) -> list[Record]:
    return [one for one in _records(desk) if deeds.row_of(one.deed).seals]


def _past(desk: Archive, *titles: str) -> int:
    items = []
    for title in titles:
        text = Edition("en", title=title, date=date(2024, 7, 25))
        sheet = compose(Release("news"), replace(text, state=State.ISSUED), desk.houses.get(), ())
        items.append(ImportItem(Release("news"), text, record=sheet))
    return desk.imports.add("d", b"o", items, at=NOW).id


def test_what_is_issued_is_sealed(desk: Archive, add: Add, issue: Add) -> None:
    one = issue(add("Out"))
    again = desk.releases.next_edition(one.release.id, "en")
    two = issue(again)
    first, second = _seals(desk)
    sealed = desk.releases.issued(one.edition.id)
    assert sealed is not None
    assert first.deed is Deed.ISSUED and first.edition == one.edition.uid
    assert first.sheet == values.digest(values.full(sealed.sheet))
    assert first.house == values.digest(values.full(sealed.house))
    assert first.at == first.noted == deeds.instant(NOW)
    assert first.reference == one.release.reference != ""
    assert (second.edition, second.replaces) == (two.edition.uid, one.edition.uid)
    assert first.salt != second.salt
    assert check(desk).sound


def test_who_did_it_is_private(desk: Archive, add: Add, issue: Add) -> None:
    desk.sign("Anna Petrova")
    issue(add("Out"))
    with desk._store.read() as connection:
        row = connection.execute(select(deed).where(deed.c.deed == Deed.ISSUED)).one()
    assert b"Anna" in row.private and b"Anna" not in row.data
    assert deeds.is_of(row.private, deeds.read(row.data))


def test_numbers_do_not_tell_how_many_went_out(desk: Archive, add: Add, issue: Add) -> None:
    """Behind each publication stands a random number of blanks."""
    for number in range(12):
        issue(add(f"Out {number}"))
    numbers = [one.number for one in _seals(desk)]
    gaps = {after - before for before, after in pairwise(numbers)}
    assert len(gaps) > 1
    blanks = [one for one in _records(desk) if one.deed is Deed.BLANK]
    assert all(one == Record(one.number, Deed.BLANK, one.salt) for one in blanks)


def test_a_past_item_is_sealed_on_its_day(desk: Archive) -> None:
    _past(desk, "One", "Two")
    one, two = _seals(desk)
    assert one.deed is two.deed is Deed.RECORDED
    assert one.at.startswith("2024-07-24T22:00") and one.noted == deeds.instant(NOW)
    assert not [fault for fault in check(desk).faults if fault.part == "register"]


def test_an_undone_import_leaves_its_deeds(desk: Archive) -> None:
    batch = _past(desk, "One", "Two")
    assert desk.imports.undo(batch) == 2
    gone = {one.edition for one in _seals(desk)}
    assert {one.edition for one in _records(desk, Book.DESK)} == gone
    assert check(desk).sound


def test_a_proof_holds_for_ever(desk: Archive, add: Add, issue: Add) -> None:
    one = issue(add("Out"))
    with desk._store.read() as connection:
        before = register.proof(connection, desk.uid, one.edition.uid)
    for number in range(5):
        issue(add(f"Later {number}"))
    with desk._store.read() as connection:
        after = register.proof(connection, desk.uid, one.edition.uid)
        nodes = register.Nodes(connection, Book.OUT, desk.uid)
        size = register.count(connection, Book.OUT)
        now, then = nodes.checkpoint(size), after.checkpoint if after else None
        assert then is not None
        path = tree.consistency(then.size, size, nodes)
        assert register.proof(connection, desk.uid, "nobody") is None
    assert before == after and before is not None and before.holds
    assert tree.continues(then.size, then.root, now.size, now.root, path)


def test_a_clock_that_was_set_back_is_noted(desk: Archive, add: Add, issue: Add) -> None:
    issue(add("Out"))
    draft = add("Later")
    desk.releases.issue(draft.release, draft.edition, compose, at=NOW - timedelta(days=400))
    (told,) = _records(desk, Book.DESK)
    assert told.deed is Deed.CLOCK and dict(told.details)["before"] == deeds.instant(NOW)
    assert check(desk).sound


def test_a_moved_desk_takes_its_register_along(
    desk: Archive, add: Add, issue: Add, tmp_path: Path
) -> None:
    issue(add("Out"))
    move(desk, tmp_path / "moved.pressdesk")
    with closing(open_desk(tmp_path / "moved.pressdesk")) as moved:
        assert _seals(moved) == _seals(desk)
        assert check(moved).sound


def test_every_look_is_asked(desk: Archive) -> None:
    assert check(desk).looked_at["register"] == 0
    with desk._store.read() as connection:
        assert not list(proving.wrong(connection, Book.OUT))
