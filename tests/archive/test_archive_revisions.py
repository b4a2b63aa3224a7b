"""Revisions: every save is there, signed and read back, on both kinds of desk."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from archive_samples import BODY, NOW, titles
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pressdesk.archive.releases import releases
from pressdesk.archive.rows import thinning
from pressdesk.archive.rows.thinning import RevisionAge, spare
from pressdesk.base.errors import BadInput, EditConflict, NotFound
from pressdesk.press.release import Edition, Embargo
from pressdesk.press.states import State

ENGINES = ("file", "server")


def test_every_revision_is_read_as_it_was_saved(desk, written) -> None:
    assert titles(desk, written.edition.id) == [str(number) for number in range(1, 26)]
    newest = desk.releases.revisions(written.edition.id)[0]
    assert desk.releases.revision(newest.id) == (written.release, written.edition)


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
    second = desk.releases.save(filed.release, replace(filed.edition, title="Second"))
    desk.releases.save(second.release, replace(second.edition, title="Third"))
    with pytest.raises(EditConflict):
        desk.releases.save(filed.release, replace(filed.edition, title="Third"))


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


def test_restoring_lifts_no_embargo_that_was_only_typed(desk, add) -> None:
    """Autosave has it and no save yet: what languages share stays as the person left it."""
    filed = add("First")
    (first,) = desk.releases.revisions(filed.edition.id)
    filed = desk.releases.save(filed.release, replace(filed.edition, title="Second"))
    held = Embargo(NOW + timedelta(days=2), "UTC")
    desk.releases.keep(replace(filed.release, embargo=held), replace(filed.edition, title="Third"))
    done = desk.releases.restore(first.id)
    assert done.edition.title == "First" and done.release.embargo == held
    assert desk.releases.find(done.release.id).current()[0].embargo == held


def test_restoring_leaves_an_embargo_typed_in_another_language(desk, add) -> None:
    filed = add("First")
    (first,) = desk.releases.revisions(filed.edition.id)
    filed = desk.releases.save(filed.release, replace(filed.edition, title="Second"))
    other = desk.releases.add_language(filed.release.id, Edition("ru", title="Второй"))
    held = Embargo(NOW + timedelta(days=2), "UTC")
    desk.releases.keep(replace(other.release, embargo=held), other.edition)
    done = desk.releases.restore(first.id)
    assert done.release.embargo is None
    for language in ("en", "ru"):
        found = desk.releases.find(done.release.id, language=language)
        assert found.current()[0].embargo == held, language


def test_nothing_is_restored_in_the_trash(desk, written) -> None:
    first = desk.releases.revisions(written.edition.id)[-1]
    desk.trash.put(written.release.id)
    with pytest.raises(NotFound):
        desk.releases.restore(first.id)


# --- thinning

DAY = timedelta(days=1)
ages = st.lists(st.integers(0, 900 * 24), min_size=1, max_size=60)


@given(ages, st.sets(st.integers(1, 60)))
def test_thinning_keeps_what_it_promises(hours: list[int], named: set[int]) -> None:
    found = [
        RevisionAge(
            number, NOW - timedelta(hours=age), number in named, (number - 1) // 10 * 10 + 1
        )
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
    found = [RevisionAge(n, NOW - 400 * DAY + n * timedelta(hours=6)) for n in range(1, 401)]
    gone = spare(found, NOW)
    kept = [one.at for one in found if one.id not in gone]
    later = [at for at in kept[1:] if NOW - at <= 365 * DAY]
    assert len({at.date() for at in later}) == len(later)
    early = [at for at in kept[1:] if NOW - at > 365 * DAY]
    assert len({at.isocalendar()[:2] for at in early}) == len(early)
    assert 300 < len(gone) < 400


STILL = NOW - timedelta(days=1000)
"""Long ago also by the clock of a server, which lets nothing younger go."""


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is saved at one moment, so that no midnight comes between."""
    monkeypatch.setattr(releases, "_now", lambda: STILL)


def later(days: int) -> datetime:
    """So many days from that moment."""
    return STILL + timedelta(days=days)


@pytest.mark.usefixtures("still")
def test_old_revisions_of_a_draft_go_and_the_rest_is_read_as_before(desk, written) -> None:
    found = {one.number: one.id for one in desk.releases.revisions(written.edition.id)}
    desk.releases.name_revision(found[7], "For the Council")
    assert desk.releases.thin(later(29)) == 0
    assert desk.releases.thin(later(60)) == 21
    left = [one.number for one in reversed(desk.releases.revisions(written.edition.id))]
    assert left == [1, 7, 21, 25]
    assert titles(desk, written.edition.id) == ["1", "7", "21", "25"]
    assert desk.releases.thin(later(60)) == 0
    saved = desk.releases.save(written.release, replace(written.edition, title="26"))
    assert desk.releases.revisions(saved.edition.id)[0].number == 26


@pytest.mark.usefixtures("still")
def test_a_revision_with_a_note_is_not_thinned(desk, add) -> None:
    filed = add("One")
    for note in ("As sent", "", ""):
        text = replace(filed.edition, title=filed.edition.title + "+")
        filed = desk.releases.save(filed.release, text, note=note)
    assert desk.releases.thin(later(60)) == 1
    assert [one.note for one in desk.releases.revisions(filed.edition.id)] == ["", "As sent", ""]


@pytest.mark.usefixtures("still")
def test_thinning_never_touches_an_edition_that_went_out(desk, written, issue) -> None:
    issue(written)
    assert desk.releases.thin(later(900)) == 0
    assert len(desk.releases.revisions(written.edition.id)) == 26


@pytest.mark.usefixtures("still")
def test_an_edition_issued_while_thinning_looks_keeps_all(desk, written, issue) -> None:
    with desk.releases._store.read() as connection:
        assert thinning.spared(connection, written.edition.id, later(60))
    issue(written)
    with desk.releases._store.write() as connection:
        assert thinning.thin(connection, written.edition.id, later(60)) == 0
    assert len(desk.releases.revisions(written.edition.id)) == 26
