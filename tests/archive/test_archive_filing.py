"""Filing, finding, saving and keeping editions."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pressdesk.archive.store import values
from pressdesk.base.errors import BadInput, EditConflict, NotFound
from pressdesk.document.nodes import Document, LineBreak, Mark, Paragraph, Text
from pressdesk.document.tools import paragraph
from pressdesk.press.release import Edition, Embargo, Release

ENGINES = ("file", "server")

BODY = Document((paragraph("Уровень воды упал на 4 метра."), Paragraph((LineBreak(),))))


def test_everything_of_an_edition_comes_back(desk) -> None:
    release = Release(
        "statement",
        slug="water",
        occasion="Session",
        topics=("floods",),
        places=("Vienna",),
        people=("Elena Marin",),
        embargo=Embargo(datetime(2026, 12, 1, 9, tzinfo=UTC), "Europe/Vienna"),
        planned=datetime(2026, 12, 1, 8, tzinfo=UTC),
    )
    edition = Edition(
        "ru",
        title="Уровень воды",
        subtitle="Ниже",
        summary="Кратко",
        place="Вена",
        date=date(2026, 11, 20),
        body=BODY,
        notes="Note",
        boilerplate="",
        fields=(("speaker", "Елена Марин"),),
        questions=("year",),
    )
    filed = desk.releases.add(release, edition)
    assert desk.releases.find(filed.release.id) == filed
    assert (filed.release.version, filed.edition.version, filed.edition.number) == (1, 1, 1)
    identity = {"id": 0, "uid": "", "version": 0}
    assert replace(filed.release, **identity) == release
    assert replace(filed.edition, release_id=0, **identity) == edition


def test_ids_are_never_given_twice(desk, add, now) -> None:
    first = add()
    desk.trash.put(first.release.id)
    assert desk.trash.purge(datetime(2999, 1, 1, tzinfo=UTC)) == 1
    assert add().release.id > first.release.id


def test_what_is_added_again_is_another_release(desk, add) -> None:
    filed = add("Once")
    again = desk.releases.add(filed.release, filed.edition)
    assert again.release.id != filed.release.id
    assert {again.release.uid, again.edition.uid}.isdisjoint({filed.release.uid, filed.edition.uid})
    assert desk.releases.find(filed.release.id) == filed


def test_a_body_only_edit_moves_the_version(desk, add) -> None:
    filed = add()
    saved = desk.releases.save(filed.release, replace(filed.edition, body=BODY))
    assert saved.edition.version == filed.edition.version + 1
    assert saved.release.version == filed.release.version
    assert desk.releases.find(filed.release.id).edition.body == BODY


def test_a_stale_save_writes_nothing(desk, other, add) -> None:
    filed = add("First")
    theirs = other.releases.find(filed.release.id)
    other.releases.save(theirs.release, replace(theirs.edition, title="Theirs"))
    mine = replace(filed.edition, title="Mine", body=BODY)
    with pytest.raises(EditConflict, match="Mine"):
        desk.releases.save(replace(filed.release, slug="mine"), mine)
    found = desk.releases.find(filed.release.id)
    assert (found.edition.title, found.release.slug) == ("Theirs", "")
    assert len(desk.releases.revisions(filed.edition.id)) == 2


def test_a_stale_release_is_a_conflict_only_when_it_changed(desk, add) -> None:
    english = add()
    russian = desk.releases.add_language(english.release.id, Edition("ru", title="Вода"))
    desk.releases.save(replace(english.release, slug="changed"), english.edition)
    with pytest.raises(EditConflict):
        desk.releases.save(russian.release, russian.edition)
    found = desk.releases.find(english.release.id, language="ru")
    desk.releases.save(replace(found.release, version=1), found.edition)


def test_autosave_keeps_beside_the_save(desk, add) -> None:
    filed = add("Saved")
    given, text = replace(filed.release, slug="s"), replace(filed.edition, title="Kept")
    kept = desk.releases.keep(given, text)
    found = desk.releases.find(filed.release.id)
    assert (found.edition.title, found.kept.edition.title) == ("Saved", "Kept")
    assert found.kept.at == kept.at and kept.row_moved
    assert not desk.releases.keep(given, replace(text, subtitle="No list shows it")).row_moved
    assert desk.releases.kept_editions() == ((filed.release.id, filed.edition.id),)
    saved = desk.releases.save(*found.current())
    assert (saved.edition.title, saved.release.slug, saved.kept) == ("Kept", "s", None)
    assert desk.releases.kept_editions() == ()


def test_discard_returns_to_the_last_save(desk, add) -> None:
    filed = add("Saved")
    desk.releases.keep(filed.release, replace(filed.edition, title="Kept"))
    assert desk.releases.discard(filed.edition.id) == filed
    assert desk.releases.find(filed.release.id).kept is None


def test_autosave_of_a_stale_text_is_a_conflict(desk, other, add) -> None:
    filed = add()
    other.releases.save(filed.release, replace(filed.edition, title="Theirs"))
    with pytest.raises(EditConflict):
        desk.releases.keep(filed.release, replace(filed.edition, title="Mine"))
    assert desk.releases.find(filed.release.id).kept is None


def test_two_windows_never_replace_each_others_kept_text_unseen(desk, other, add) -> None:
    filed = add()
    other.releases.keep(filed.release, replace(filed.edition, title="Theirs"))
    mine = replace(filed.edition, title="Mine")
    for work in (desk.releases.keep, desk.releases.save):
        with pytest.raises(EditConflict):
            work(filed.release, mine)
    with pytest.raises(EditConflict):
        desk.releases.discard(filed.edition.id)
    assert desk.releases.find(filed.release.id).kept.edition.title == "Theirs"
    desk.releases.keep(filed.release, mine)  # now it was seen
    with pytest.raises(EditConflict):
        other.releases.keep(filed.release, filed.edition)


def test_kept_text_undoes_no_release_saved_through_another_language(desk, add) -> None:
    english = add("English")
    russian = desk.releases.add_language(english.release.id, Edition("ru"))
    desk.releases.keep(english.release, replace(english.edition, title="Kept"))
    desk.releases.save(replace(russian.release, occasion="Session"), russian.edition)
    kept, text = desk.releases.find(english.release.id, language="en").current()
    assert desk.releases.save(kept, text).release.occasion == "Session"


def test_two_changes_of_one_release_are_a_conflict(desk, add) -> None:
    english = add("English")
    russian = desk.releases.add_language(english.release.id, Edition("ru"))
    desk.releases.keep(replace(english.release, occasion="Mine"), english.edition)
    desk.releases.save(replace(russian.release, occasion="Theirs"), russian.edition)
    kept, text = desk.releases.find(english.release.id, language="en").current()
    assert kept.occasion == "Mine"
    with pytest.raises(EditConflict):
        desk.releases.save(kept, text)
    with pytest.raises(EditConflict):
        desk.releases.keep(kept, text)
    assert desk.releases.find(english.release.id, language="ru").release.occasion == "Theirs"


def test_every_save_is_a_revision(desk, add) -> None:
    filed = add("One")
    two = desk.releases.save(
        filed.release, replace(filed.edition, title="Two", body=BODY), note="n", author="MH"
    )
    last, first = desk.releases.revisions(filed.edition.id)
    assert (last.number, last.note, last.author, first.number) == (2, "n", "MH", 1)
    assert desk.releases.revision(last.id) == (two.release, two.edition)
    assert desk.releases.revision(first.id)[1].title == "One"


def test_languages_and_their_editions(desk, add, issue) -> None:
    english = add("English")
    number = english.release.id
    desk.releases.add_language(number, Edition("ru", title="Русский"))
    with pytest.raises(BadInput):
        desk.releases.add_language(number, Edition("ru"))
    with pytest.raises(BadInput, match="en, ru"):
        desk.releases.find(number)
    out = issue(english)
    with pytest.raises(BadInput):
        desk.releases.next_edition(number, "ru")
    second = desk.releases.next_edition(number, "en")
    assert (second.edition.number, second.edition.state, second.edition.issued_at) == (
        2,
        "draft",
        None,
    )
    assert second.edition.title == "English"
    lines = desk.releases.editions(number, "en")
    assert [(r.number, r.state, r.issued) for r in lines] == [
        (2, "draft", True),
        (1, "issued", True),
    ]
    assert [r.language for r in desk.releases.languages(number)] == ["en", "ru"]
    assert desk.releases.find(number, language="en", number=1) == out
    assert desk.releases.find(number, language="en").edition.number == 2


def test_what_is_not_there(desk, add) -> None:
    filed = add()
    with pytest.raises(NotFound):
        desk.releases.find(99)
    with pytest.raises(NotFound):
        desk.releases.find(filed.release.id, language="ru")
    with pytest.raises(NotFound):
        desk.releases.find(filed.release.id, number=2)
    with pytest.raises(NotFound):
        desk.releases.keep(filed.release, replace(filed.edition, id=99))
    with pytest.raises(NotFound):
        desk.releases.revision(99)


@pytest.mark.parametrize("bad", ["\ud800", "a\udfffb"])
def test_text_that_is_no_unicode_is_refused(desk, add, bad: str) -> None:
    filed = add()
    for changed in (replace(filed.edition, title=bad), replace(filed.edition, notes=bad)):
        with pytest.raises(BadInput, match="Unicode"):
            desk.releases.save(filed.release, changed)
        with pytest.raises(BadInput, match="Unicode"):
            desk.releases.keep(filed.release, changed)
    assert desk.releases.find(filed.release.id) == filed


def test_an_instant_without_zone_is_refused(desk) -> None:
    from sqlalchemy.exc import StatementError

    with pytest.raises(StatementError, match="without a zone"):
        desk.releases.add(Release("news", planned=datetime(2026, 1, 1)), Edition("en"))


def test_odd_characters_survive(desk, add, engine) -> None:
    odd = "a\x00b ' \" % :x \\ \u202e\u0301 🙂 \uffff"
    if engine == "server":  # the one character PostgreSQL cannot hold
        with pytest.raises(BadInput, match="Unicode"):
            add(odd)
        odd = odd.replace("\x00", "")
    filed = add(odd)
    assert desk.releases.find(filed.release.id).edition.title == odd


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
bodies = st.lists(
    st.builds(Paragraph, st.lists(st.builds(Text, words, st.sampled_from(Mark))).map(tuple))
).map(lambda found: Document(tuple(found)))
editions = st.builds(
    Edition,
    st.sampled_from(["en", "ru"]),
    title=words,
    body=bodies,
    boilerplate=st.none() | words,
    date=st.none() | st.dates(),
    issued_at=st.none() | st.datetimes(timezones=st.just(UTC)),
)


@given(st.builds(Release, st.just("news"), topics=st.lists(words).map(tuple)), editions)
def test_every_snapshot_survives(release: Release, edition: Edition) -> None:
    assert values.unpack(values.pack(release, edition)) == (release, edition)
