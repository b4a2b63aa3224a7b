"""Contacts, house style, attachments, imports and the trash."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from archive_samples import NOW, behind, compose, drop_guard
from msgspec.structs import replace

from pressdesk.archive.releases import sealing
from pressdesk.base.errors import BadInput, DeskForeign, EditConflict, IssueRefused, NotFound
from pressdesk.press.filed import ImportItem
from pressdesk.press.house import House
from pressdesk.press.listing import Query
from pressdesk.press.release import Contact, Edition, Release, Way
from pressdesk.press.states import State
from pressdesk.press.translated import Translated

ENGINES = ("file", "server")

MARIA = Contact(
    name=Translated.of(en="Maria Hofer", ru="Мария Хофер"),
    role=Translated.of(en="Press Secretary"),
    ways=(
        Way("phone", "+43 1 534 08 112", "tel:+43153408112", Translated.of(en="office")),
        Way("email", "press@river.example", "mailto:press@river.example"),
    ),
    valid_from=date(2024, 1, 1),
)


def test_a_contact_comes_back_and_versions_move(desk) -> None:
    saved = desk.contacts.save(MARIA)
    assert desk.contacts.get(saved.id) == saved
    assert replace(saved, id=0, uid="", version=0) == MARIA
    changed = desk.contacts.save(replace(saved, hours=Translated.of(en="9 to 5")))
    assert (changed.version, changed.uid) == (2, saved.uid)
    with pytest.raises(EditConflict):
        desk.contacts.save(saved)
    with pytest.raises(NotFound):
        desk.contacts.get(99)


def test_retired_contacts_leave_the_choice_only(desk) -> None:
    zoe = desk.contacts.save(replace(MARIA, name=Translated.of(en="Zoe")))
    maria = desk.contacts.save(MARIA)
    assert desk.contacts.all() == (maria, zoe)
    gone = desk.contacts.retire(maria.id)
    assert gone.retired and desk.contacts.all(retired=False) == (zoe,)
    assert desk.contacts.retire(maria.id, False).version == 3
    assert len(desk.contacts.all(retired=False)) == 2


def test_where_a_contact_is_used(desk, add) -> None:
    maria, other = desk.contacts.save(MARIA), desk.contacts.save(MARIA)
    filed = add("Uses her", contacts=(other.id, maria.id))
    add("Does not")
    assert desk.releases.find(filed.release.id).edition.contacts == (other.id, maria.id)
    assert [row.first.title for row in desk.contacts.used_by(maria.id)] == ["Uses her"]
    saved = desk.releases.save(filed.release, replace(filed.edition, contacts=(other.id,)))
    assert desk.contacts.used_by(maria.id) == ()
    for wrong in ((99,), (other.id, other.id)):
        with pytest.raises(BadInput):
            desk.releases.save(saved.release, replace(saved.edition, contacts=wrong))


def test_the_house_is_saved_with_a_version(desk) -> None:
    house = desk.houses.get()
    saved = desk.houses.save(replace(house, organisation=Translated.of(en="IRC")))
    assert desk.houses.get() == saved
    with pytest.raises(EditConflict):
        desk.houses.save(house)
    with pytest.raises(BadInput, match="Nowhere"):
        desk.houses.save(replace(saved, zone="Nowhere"))


def test_attachments_by_hash(desk) -> None:
    one, two = desk.blobs.put(b"logo", "image/png"), desk.blobs.put(b"", "image/png")
    assert desk.blobs.put(b"logo", "image/png") == one
    assert desk.blobs.get(one) == b"logo"
    assert desk.blobs.many([one, two, "no"]) == {one: b"logo", two: b""}
    with pytest.raises(NotFound):
        desk.blobs.get("no")


def test_a_damaged_attachment_is_noticed(desk) -> None:
    key = desk.blobs.put(b"logo", "image/png")
    behind(
        desk,
        drop_guard(desk, "guard_blob_update", "blob"),
        "UPDATE blob SET data = substr(data, 2)",
    )
    with pytest.raises(DeskForeign):
        desk.blobs.get(key)


def test_a_damaged_row_is_damage_and_no_crash(desk, add) -> None:
    filed = add()
    behind(desk, "UPDATE release SET topics = '{'")
    with pytest.raises(DeskForeign):
        desk.releases.find(filed.release.id)


def _items() -> list[ImportItem]:
    text = Edition("en", title="Draft", questions=("date",))
    past = Edition("en", title="Past", date=date(2024, 7, 25))
    house = House(zone="Europe/Vienna")
    out = sealing.dated(replace(past, id=0), house, NOW, recorded=True)
    sheet = compose(Release("news"), out, house, (MARIA,))
    return [
        ImportItem(Release("statement"), text, (MARIA,)),
        ImportItem(Release("news"), past, (MARIA,), record=sheet),
    ]


def test_an_import_files_drafts_and_past_items(desk) -> None:
    batch = desk.imports.add("dump.txt", b"as it came", _items(), at=NOW)
    draft, past = (desk.releases.find(one) for one in batch.releases)
    assert (draft.edition.state, draft.edition.questions) == (State.DRAFT, ("date",))
    assert (past.edition.state, past.edition.recorded_at) == (State.ISSUED, NOW)
    assert past.release.reference == ""
    (maria,) = desk.contacts.all()
    assert draft.edition.contacts == past.edition.contacts == (maria.id,)
    assert desk.releases.issued(past.edition.id).sheet.contacts[0].name == "Maria Hofer"
    assert desk.imports.original(batch.releases[0]) == ("dump.txt", b"as it came")
    assert desk.imports.original(99) is None


def test_an_import_is_all_or_nothing(desk) -> None:
    bad = replace(_items()[1], edition=Edition("en", title="Undated"))
    with pytest.raises(IssueRefused, match="Undated"):
        desk.imports.add("dump.txt", b"x", [*_items(), bad], at=NOW)
    assert desk.releases.page(Query(), now=NOW) == ()
    assert desk.contacts.all() == ()


def test_others_write_while_a_batch_is_made_ready(desk, add) -> None:
    ready = desk.imports.make_ready("dump.txt", b"as it came", _items(), at=NOW)
    assert desk.releases.page(Query(), now=NOW) == () and desk.contacts.all() == ()
    mine, other = add("Mine"), desk.contacts.save(Contact(name=Translated.of(en="Anna Berg")))
    batch = desk.imports.file(ready)
    assert mine.release.id not in batch.releases
    assert len(desk.releases.page(Query(), now=NOW)) == 3
    (maria,) = set(desk.contacts.all()) - {other}
    assert desk.releases.find(batch.releases[0]).edition.contacts == (maria.id,)


def test_a_reference_taken_since_a_batch_was_made_ready_stores_nothing_of_it(desk, add) -> None:
    named = replace(_items()[0], release=Release("statement", reference="PR 1"))
    ready = desk.imports.make_ready("dump.txt", b"x", [named], at=NOW)
    filed = add("First")
    desk.releases.save(replace(filed.release, reference="PR 1"), filed.edition)
    with pytest.raises(BadInput, match="PR 1"):
        desk.imports.file(ready)
    assert len(desk.releases.page(Query(), now=NOW)) == 1 and desk.contacts.all() == ()


def test_undoing_an_import_leaves_nothing_of_it(desk, add) -> None:
    mine = add("Mine")
    batch = desk.imports.add("dump.txt", b"x", _items(), at=NOW)
    assert desk.imports.undo(batch.id) == 2
    assert desk.imports.undo(batch.id) == 0
    assert [r.id for r in desk.releases.page(Query(), now=NOW)] == [mine.release.id]
    assert desk.contacts.all() == desk.trash.all() == ()
    with pytest.raises(NotFound):
        desk.imports.undo(99)


def test_undoing_loses_no_work_done_since(desk) -> None:
    first, second = desk.imports.add("d", b"x", [_items()[0]] * 2, at=NOW).releases
    kept = desk.releases.find(first)
    desk.releases.keep(kept.release, replace(kept.edition, title="Written on"))
    maria = desk.contacts.all()[0]
    desk.contacts.save(replace(maria, hours=Translated.of(en="9 to 5")))
    assert desk.imports.undo(1) == 2
    assert [row.title for row in desk.trash.all()] == ["Written on"]
    assert len(desk.contacts.all()) == 1
    desk.trash.restore(first)
    assert desk.releases.find(first).kept.edition.title == "Written on"
    with pytest.raises(NotFound):
        desk.releases.find(second)


def test_undoing_leaves_what_went_out(desk, issue) -> None:
    batch = desk.imports.add("d", b"x", _items(), at=NOW)
    out = issue(desk.releases.find(batch.releases[0]))
    desk.releases.next_edition(batch.releases[1], "en")
    assert desk.imports.undo(batch.id) == 0
    assert desk.releases.find(out.release.id) == out
    assert len(desk.releases.page(Query(), now=NOW)) == 2


def test_the_trash_takes_out_of_lists_and_gives_back(desk, add) -> None:
    filed = add("Gone")
    desk.releases.keep(filed.release, replace(filed.edition, title="Gone too"))
    before = desk.releases.find(filed.release.id)
    desk.trash.put(filed.release.id)
    assert [row.title for row in desk.trash.all()] == ["Gone too"]
    assert desk.releases.page(Query(), now=NOW) == desk.releases.kept_editions() == ()
    assert desk.releases.counts(Query(), now=NOW).all == 0
    for work in (desk.trash.put, desk.releases.find, lambda n: desk.releases.next_edition(n, "en")):
        with pytest.raises(NotFound, match="trash"):
            work(filed.release.id)
    with pytest.raises(NotFound):
        desk.releases.save(*before.current())
    desk.releases.keep(*before.current())  # typed text is kept all the same
    desk.trash.restore(filed.release.id)
    assert desk.releases.find(filed.release.id).current() == before.current()
    with pytest.raises(NotFound):
        desk.trash.restore(filed.release.id)


def test_the_trash_is_purged_after_its_days(desk, add) -> None:
    old, fresh = add("Old"), add("Fresh")
    for filed in (old, fresh):
        desk.trash.put(filed.release.id)
    long_ago = datetime.now(UTC) - timedelta(days=91)
    behind(desk, f"UPDATE release SET trashed_at = '{long_ago:%F %T}.000000' WHERE id = 1")
    assert desk.trash.purge(datetime.now(UTC) - timedelta(days=90)) == 1
    assert [row.release_id for row in desk.trash.all()] == [fresh.release.id]
    for table in ("edition", "edition_body", "revision", "listed"):
        assert behind(desk, f"SELECT count(*) FROM {table}") == [(1,)]
