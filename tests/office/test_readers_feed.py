"""What readers hear of changes: that something went out or was taken back, and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from itertools import pairwise

import psycopg
import pytest
from msgspec.structs import replace
from office_samples import NOW, past_item
from test_office_roles import furnished

from pressdesk.archive.file.desk_file import Archive
from pressdesk.archive.server import changes
from pressdesk.archive.server.changes import PEOPLE, ChangeMark, News
from pressdesk.archive.server.listening import Listener
from pressdesk.archive.server.postgres import OfficeStore, open_office
from pressdesk.press.compose import compose
from pressdesk.press.filed import Filed
from pressdesk.press.release import Contact, Edition, Embargo, Release
from pressdesk.press.translated import Translated


@pytest.fixture
def office(cluster) -> tuple[str, str]:
    """URLs of an editor and of a reader."""
    return furnished(cluster, plain=True)


@pytest.fixture
def editor(office: tuple[str, str]) -> Iterator[Archive]:
    desk = open_office(office[0])
    yield desk
    desk.close()


def _feed(url: str) -> list[tuple[int, int]]:
    with psycopg.connect(url) as bare:
        rows = bare.execute("SELECT release_id, seq FROM reading.change ORDER BY seq")
        return [(int(one), int(seq)) for one, seq in rows.fetchall()]


def _out(desk: Archive, filed: Filed) -> None:
    desk.releases.issue(filed.release, filed.edition, partial(compose, now=NOW), at=NOW)


def test_of_what_is_hidden_a_reader_hears_nothing(office: tuple[str, str], editor: Archive) -> None:
    before = _feed(office[1])
    assert [one for one, _seq in before] == [1, PEOPLE]
    with psycopg.connect(office[1]) as bare:
        seen = bare.execute("SELECT * FROM reading.release, reading.setting").fetchall()
    add, keep, save = editor.releases.add, editor.releases.keep, editor.releases.save
    filed = add(Release("news"), Edition("en", title="A draft"))
    keep(filed.release, replace(filed.edition, title="Typed on"))
    editor.trash.put(filed.release.id)
    held = Embargo(datetime(2999, 1, 1, tzinfo=UTC), "UTC")
    _out(editor, add(Release("news", embargo=held), Edition("en", title="Later")))
    later = editor.releases.find(1)
    assert not later.edition.state.out
    save(replace(later.release, occasion="Hidden", embargo=held), later.edition)
    later = editor.releases.find(1)
    keep(later.release, replace(later.edition, title="Typed on"))
    _out(editor, editor.releases.find(1))
    editor.contacts.save(Contact(name=Translated.of(en="Private")))
    house = editor.houses.get()
    editor.houses.save(replace(house, boilerplate=Translated.of(en="Ours")))
    assert _feed(office[1]) == before
    with psycopg.connect(office[1]) as bare:
        after = bare.execute("SELECT * FROM reading.release, reading.setting").fetchall()
    assert after == seen


def test_what_goes_out_and_what_is_taken_back_is_told(
    office: tuple[str, str], editor: Archive
) -> None:
    filed = editor.releases.add(Release("news"), Edition("en", title="Now"))
    _out(editor, filed)
    assert [one for one, _seq in _feed(office[1])] == [1, PEOPLE, filed.release.id]
    past = past_item(editor, Edition("en", title="Past", date=date(2020, 1, 2)))
    batch = editor.imports.add("a.txt", b"as it came", [past], at=NOW)
    ids = [1, PEOPLE, filed.release.id, *batch.releases]
    known = _feed(office[1])
    assert [one for one, _seq in known] == ids
    assert editor.imports.undo(batch.id) == 1
    told = _feed(office[1])
    assert [one for one, _seq in told] == ids and told[-1][1] > known[-1][1]
    house = editor.houses.get()
    editor.houses.save(replace(house, organisation=Translated.of(en="Another name")))
    assert _feed(office[1])[-1][0] == PEOPLE


def test_gaps_of_the_numbers_say_nothing(office: tuple[str, str], editor: Archive) -> None:
    for number in range(24):
        _out(editor, editor.releases.add(Release("news"), Edition("en", title=f"N {number}")))
    numbers = [seq for _one, seq in _feed(office[1])]
    apart = {after - before for before, after in pairwise(numbers)}
    assert len(apart) > 2


def test_a_reader_is_told_the_news_of_what_he_sees(
    office: tuple[str, str], editor: Archive
) -> None:
    reader = open_office(office[1], read_only=True)
    store = reader._store
    assert isinstance(store, OfficeStore)
    with store.read() as connection:
        mark = changes.mark(connection)
    filed = editor.releases.add(Release("news"), Edition("en", title="Now"))
    assert _news(store, mark) == News()
    _out(editor, filed)
    assert _news(store, mark) == News(stored=(filed.release.id,))
    reader.close()


def _news(store: OfficeStore, mark: ChangeMark) -> News:
    with store.read() as connection:
        return changes.news(connection, mark, store.own)[1]


def test_a_flood_of_calls_costs_a_look_a_second(
    office: tuple[str, str], editor: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[None] = []
    heard = threading.Event()
    look = Listener._look

    def counted(self: Listener) -> None:
        looks.append(None)
        look(self)

    monkeypatch.setattr(Listener, "_look", counted)
    listener = Listener(editor, lambda _news: heard.set())
    try:
        assert listener.listening.wait(60)
        before = len(looks)
        with psycopg.connect(office[1], autocommit=True) as reader:
            for number in range(2_000):
                reader.execute(f"NOTIFY {changes.CHANNEL}, 'flood {number}'".encode())
            editor.releases.add(Release("news"), Edition("en", title="In the flood"))
            assert heard.wait(60)
        # One a second: fewer than the seconds that anything here is waited for.
        assert len(looks) - before < 100
    finally:
        listener.close()
