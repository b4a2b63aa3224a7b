"""Revisions: every save is there, small, signed, and read back to the byte or not at all."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from archive_samples import NOW
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pressdesk.archive import revisions, thinning
from pressdesk.archive.desk_file import Archive
from pressdesk.archive.thinning import Standing, spare
from pressdesk.base.errors import BadInput, DeskForeign, EditConflict, NotFound
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.filed import Filed
from pressdesk.press.release import Contact, Edition, Embargo, State
from pressdesk.press.translated import Translated

BODY = Document(
    tuple(
        paragraph(f"Gauge {n} read {n * 37 % 91} cm at {n % 24}:00 on day {n}.") for n in range(60)
    )
)


@pytest.fixture
def bare(desk: Archive) -> Iterator[sqlite3.Connection]:
    """Somebody's own connection to the file of the desk."""
    connection = sqlite3.connect(desk.path)
    connection.execute("PRAGMA foreign_keys = ON")
    yield connection
    connection.close()


@pytest.fixture
def written(desk: Archive, add: Callable[..., Filed]) -> Filed:
    """A draft of 25 revisions, titled 1 to 25."""
    filed = add("1", body=BODY)
    for number in range(2, 26):
        text = replace(filed.edition, title=str(number))
        filed = desk.releases.save(filed.release, text)
    return filed


def titles(desk: Archive, edition_id: int) -> list[str]:
    found = desk.releases.revisions(edition_id)
    return [desk.releases.revision(one.id)[1].title for one in reversed(found)]


def test_every_revision_is_read_as_it_was_saved(desk, written) -> None:
    assert titles(desk, written.edition.id) == [str(number) for number in range(1, 26)]
    newest = desk.releases.revisions(written.edition.id)[0]
    assert desk.releases.revision(newest.id) == (written.release, written.edition)


def test_one_in_ten_is_whole_and_the_others_are_small(written, bare) -> None:
    query = (
        "SELECT number, length(data), keyframe_id FROM revision"
        " LEFT JOIN revision_base ON revision_id = id ORDER BY number"
    )
    rows = bare.execute(query).fetchall()
    assert [number for number, _size, frame in rows if frame is None] == [1, 11, 21]
    whole = min(size for _number, size, frame in rows if frame is None)
    packed = max(size for _number, size, frame in rows if frame is not None)
    assert packed * 4 < whole


def test_a_text_longer_than_packing_looks_back_is_whole(desk, add, bare) -> None:
    long = Document(tuple(paragraph(os.urandom(300).hex()) for _ in range(60)))
    filed = add("Long", body=long)
    filed = desk.releases.save(filed.release, replace(filed.edition, title="Longer"))
    desk.releases.save(filed.release, replace(filed.edition, title="Short", body=BODY))
    assert bare.execute("SELECT count(*) FROM revision_base").fetchone() == (0,)
    assert titles(desk, filed.edition.id) == ["Long", "Longer", "Short"]


def _flip(bare: sqlite3.Connection, where: str) -> None:
    bare.execute("DROP TRIGGER guard_revision_update")
    (data,) = bare.execute(f"SELECT data FROM revision WHERE {where}").fetchone()
    middle = len(data) // 2
    spoilt = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
    bare.execute(f"UPDATE revision SET data = ? WHERE {where}", (spoilt,))
    bare.commit()


def test_a_flipped_bit_is_noticed(desk, written, bare) -> None:
    _flip(bare, "number = 5")
    found = {one.number: one.id for one in desk.releases.revisions(written.edition.id)}
    with pytest.raises(DeskForeign, match="damaged"):
        desk.releases.revision(found[5])
    with pytest.raises(DeskForeign, match="damaged"):
        desk.releases.restore(found[5])
    assert desk.releases.revision(found[6])[1].title == "6"
    assert desk.releases.find(written.release.id) == written


def test_a_damaged_whole_revision_takes_those_that_lean_on_it_and_no_later_save(
    desk, written, bare
) -> None:
    _flip(bare, "number = 21")
    saved = desk.releases.save(written.release, replace(written.edition, title="26"))
    found = {one.number: one.id for one in desk.releases.revisions(written.edition.id)}
    for number in (21, 22, 25):
        with pytest.raises(DeskForeign):
            desk.releases.revision(found[number])
    assert desk.releases.revision(found[20])[1].title == "20"
    assert desk.releases.revision(found[26]) == (saved.release, saved.edition)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE revision SET data = 'text' WHERE number = 5",
        "UPDATE revision SET data = x'' WHERE number = 5",
        "UPDATE revision SET sha256 = 'x' WHERE number = 5",
        "UPDATE revision_base SET keyframe_id = 10",
    ],
)
def test_what_a_foreign_hand_left_is_damage(desk, written, bare, harm: str) -> None:
    bare.execute("DROP TRIGGER guard_revision_update")
    bare.execute("DROP TRIGGER guard_revision_base_update")
    bare.execute(harm)
    bare.commit()
    found = {one.number: one.id for one in desk.releases.revisions(written.edition.id)}
    with pytest.raises(DeskForeign):
        desk.releases.revision(found[5])


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE revision SET note = 'other' WHERE number = 2",
        "UPDATE revision_base SET keyframe_id = revision_id",
        "DELETE FROM revision_base WHERE revision_id = 2",
        "INSERT OR REPLACE INTO revision_base SELECT revision_id, 2 FROM revision_base",
        "DELETE FROM revision WHERE number = 1",
    ],
)
def test_a_draft_s_revisions_stand_too(written, bare, attack: str) -> None:
    before = bare.execute("SELECT * FROM revision_base").fetchall()
    with pytest.raises(sqlite3.IntegrityError):
        bare.execute(attack)
    bare.rollback()
    assert bare.execute("SELECT * FROM revision_base").fetchall() == before


def test_saving_again_without_a_change_makes_no_flood(desk, add) -> None:
    filed = add("Same", body=BODY)
    desk.releases.keep(filed.release, filed.edition)
    again = desk.releases.save(filed.release, filed.edition)
    assert again == filed
    assert desk.releases.find(filed.release.id) == filed, "nothing is kept beside it"
    assert len(desk.releases.revisions(filed.edition.id)) == 1


def test_saving_again_with_a_note_is_a_revision(desk, add) -> None:
    filed = add("Same")
    desk.releases.save(filed.release, filed.edition, note="As sent to the Council")
    assert [one.note for one in desk.releases.revisions(filed.edition.id)] == [
        "As sent to the Council",
        "",
    ]


def test_an_unchanged_text_that_is_no_longer_the_saved_one_is_a_conflict(desk, add) -> None:
    filed = add("First")
    desk.releases.save(filed.release, replace(filed.edition, title="Second"))
    with pytest.raises(EditConflict):
        desk.releases.save(filed.release, replace(filed.edition, title="Second"))


def test_autosaves_are_no_revisions(desk, add) -> None:
    filed = add("One")
    for number in range(5):
        desk.releases.keep(filed.release, replace(filed.edition, title=str(number)))
    assert len(desk.releases.revisions(filed.edition.id)) == 1


def test_whoever_signed_is_the_author_of_every_state(desk, add, issue) -> None:
    desk.sign("Elena Marin")
    filed = add("One")
    filed = desk.releases.save(
        filed.release, replace(filed.edition, title="Two"), author="M. Hofer"
    )
    issue(filed)
    found = desk.releases.history(filed.release.id, "en")
    assert [(one.note, one.author, one.issued) for one in found] == [
        ("Issued", "Elena Marin", True),
        ("", "M. Hofer", False),
        ("", "Elena Marin", False),
    ]


def test_the_history_of_a_language_spans_its_editions(desk, add, issue) -> None:
    filed = issue(add("One"))
    desk.releases.add_language(filed.release.id, Edition("ru", title="Раз"))
    desk.releases.next_edition(filed.release.id, "en")
    found = desk.releases.history(filed.release.id, "en")
    assert [(one.edition, one.number, one.issued) for one in found] == [
        (2, 1, False),
        (1, 2, True),
        (1, 1, False),
    ]
    assert len(desk.releases.history(filed.release.id, "ru")) == 1
    with pytest.raises(NotFound):
        desk.releases.history(99, "en")


# --- names


def test_a_version_is_named_renamed_and_unnamed(desk, add, issue) -> None:
    filed = issue(add("One"))
    newest = desk.releases.revisions(filed.edition.id)[0].id
    for given_name, shown in (
        ("For the  Council ", "For the Council"),
        ("Final", "Final"),
        ("", ""),
    ):
        desk.releases.name_revision(newest, given_name)
        assert desk.releases.revisions(filed.edition.id)[0].name == shown


def test_a_name_has_a_length_and_a_revision(desk, add) -> None:
    filed = add("One")
    (only,) = desk.releases.revisions(filed.edition.id)
    with pytest.raises(BadInput, match="80"):
        desk.releases.name_revision(only.id, "x" * 81)
    with pytest.raises(NotFound):
        desk.releases.name_revision(99, "x")


# --- restoring


def test_a_restored_revision_is_the_new_draft(desk, written) -> None:
    desk.sign("Elena Marin")
    third = desk.releases.revisions(written.edition.id)[-3]
    done = desk.releases.restore(third.id)
    assert done == desk.releases.find(written.release.id)
    assert (done.edition.title, done.edition.version) == ("3", written.edition.version + 1)
    newest = desk.releases.revisions(written.edition.id)[0]
    assert (newest.number, newest.note, newest.author) == (
        26,
        "Restored from revision 3",
        "Elena Marin",
    )


def test_what_was_typed_since_is_a_revision_before_it_gives_way(desk, written) -> None:
    desk.releases.keep(written.release, replace(written.edition, title="typed"))
    first = desk.releases.revisions(written.edition.id)[-1]
    done = desk.releases.restore(first.id)
    assert done.edition.title == "1"
    assert desk.releases.find(written.release.id).kept is None
    assert titles(desk, written.edition.id)[-2:] == ["typed", "1"]


def test_restoring_beside_an_issued_edition_opens_the_next(desk, written, issue) -> None:
    out = issue(written)
    sheet = desk.releases.issued(out.edition.id)
    third = desk.releases.revisions(written.edition.id)[-3]
    done = desk.releases.restore(third.id)
    assert (done.edition.number, done.edition.state, done.edition.title) == (2, State.DRAFT, "3")
    (begun,) = desk.releases.revisions(done.edition.id)
    assert begun.note == "Restored from revision 3 of edition 1"
    assert desk.releases.issued(out.edition.id) == sheet
    again = desk.releases.restore(begun.id)
    assert again.edition.number == 2, "a draft that is open is written into"


def test_restoring_lifts_no_embargo(desk, add) -> None:
    filed = add("Free")
    until = Embargo(NOW, "Europe/Vienna")
    held = desk.releases.save(
        replace(filed.release, embargo=until), replace(filed.edition, title="Held")
    )
    first = desk.releases.revisions(held.edition.id)[-1]
    done = desk.releases.restore(first.id)
    assert (done.edition.title, done.release.embargo) == ("Free", until)


def test_a_contact_that_is_no_more_is_left_out(desk, add, bare) -> None:
    person = desk.contacts.save(Contact(name=Translated.of(en="Maria Hofer")))
    filed = add("With", contacts=(person.id,))
    desk.releases.save(filed.release, replace(filed.edition, contacts=()))
    bare.execute("DELETE FROM contact")
    bare.commit()
    done = desk.releases.restore(desk.releases.revisions(filed.edition.id)[-1].id)
    assert (done.edition.title, done.edition.contacts) == ("With", ())


def test_nothing_is_restored_in_the_trash(desk, written) -> None:
    first = desk.releases.revisions(written.edition.id)[-1]
    desk.trash.put(written.release.id)
    with pytest.raises(NotFound):
        desk.releases.restore(first.id)


def test_a_purged_draft_takes_its_revisions_along(desk, written, bare) -> None:
    desk.trash.put(written.release.id)
    desk.trash.purge(datetime.now(UTC) + timedelta(days=1))
    for table in ("revision", "revision_base"):
        assert bare.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


# --- thinning

DAY = timedelta(days=1)
ages = st.lists(st.integers(0, 900 * 24), min_size=1, max_size=60)


@given(ages, st.sets(st.integers(1, 60)))
def test_thinning_keeps_what_it_promises(hours: list[int], named: set[int]) -> None:
    found = [
        Standing(number, NOW - timedelta(hours=age), number in named, (number - 1) // 10 * 10 + 1)
        for number, age in enumerate(sorted(hours, reverse=True), 1)
    ]
    found = [replace(one, keyframe=None) if one.keyframe == one.id else one for one in found]
    gone = set(spare(found, NOW))
    kept = [one for one in found if one.id not in gone]
    assert {found[0].id, found[-1].id} <= {one.id for one in kept}
    assert not gone & named
    assert not gone & {one.keyframe for one in kept}
    assert all(NOW - one.at > 30 * DAY for one in found if one.id in gone)
    for span, form in ((365 * DAY, "%Y-%j"), (timedelta.max, "%G-%V")):
        for one in found:
            if NOW - one.at <= span:
                assert any(f"{one.at:{form}}" == f"{other.at:{form}}" for other in kept)


def test_thinning_leaves_one_a_day_then_one_a_week() -> None:
    found = [Standing(n, NOW - 400 * DAY + n * timedelta(hours=6)) for n in range(1, 401)]
    gone = spare(found, NOW)
    kept = [one.at for one in found if one.id not in gone]
    later = [at for at in kept[1:] if NOW - at <= 365 * DAY]
    assert len({at.date() for at in later}) == len(later)
    early = [at for at in kept[1:] if NOW - at > 365 * DAY]
    assert len({at.isocalendar()[:2] for at in early}) == len(early)
    assert 300 < len(gone) < 400


def _age(bare: sqlite3.Connection, days: int) -> None:
    bare.execute("DROP TRIGGER IF EXISTS guard_revision_update")
    bare.execute("UPDATE revision SET at = datetime(at, ?)", (f"-{days} days",))
    bare.commit()


def test_old_revisions_of_a_draft_go_and_the_rest_is_read_as_before(desk, written, bare) -> None:
    found = {one.number: one.id for one in desk.releases.revisions(written.edition.id)}
    desk.releases.name_revision(found[7], "For the Council")
    assert desk.releases.thin(NOW) == 0
    _age(bare, 60)
    assert desk.releases.thin(datetime.now(UTC)) == 21
    left = [one.number for one in reversed(desk.releases.revisions(written.edition.id))]
    assert left == [1, 7, 21, 25]
    assert titles(desk, written.edition.id) == ["1", "7", "21", "25"]
    saved = desk.releases.save(written.release, replace(written.edition, title="26"))
    assert desk.releases.revisions(saved.edition.id)[0].number == 26
    assert bare.execute("PRAGMA foreign_key_check").fetchall() == []


def test_thinning_never_touches_an_edition_that_went_out(desk, written, issue, bare) -> None:
    issue(written)
    _age(bare, 900)
    assert desk.releases.thin(datetime.now(UTC)) == 0
    assert len(desk.releases.revisions(written.edition.id)) == 26


def test_an_edition_issued_while_thinning_looks_keeps_all(desk, written, issue, bare) -> None:
    _age(bare, 60)
    now = datetime.now(UTC)
    with desk.releases._store.read() as connection:
        assert thinning.spared(connection, written.edition.id, now)
    issue(written)
    with desk.releases._store.write() as connection:
        assert thinning.thin(connection, written.edition.id, now) == 0
    assert len(desk.releases.revisions(written.edition.id)) == 26


def test_a_desk_of_before_keyframes_is_gone_on_with(desk, add, bare, monkeypatch) -> None:
    with monkeypatch.context() as before:
        before.setattr(revisions, "EVERY", 1)
        filed = add("1", body=BODY)
        filed = desk.releases.save(filed.release, replace(filed.edition, title="2"))
    desk.releases.save(filed.release, replace(filed.edition, title="3"))
    assert bare.execute("SELECT * FROM revision_base").fetchall() == [(3, 2)]
    assert titles(desk, filed.edition.id) == ["1", "2", "3"]
