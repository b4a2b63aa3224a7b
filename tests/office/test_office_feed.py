"""Others' changes are heard at once, none is lost, and who writes what is known."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from cut_line import Line, line_to
from msgspec.structs import replace
from office_samples import listening
from pytestqt.qtbot import QtBot

from pressdesk.archive.file.desk_file import Archive, create
from pressdesk.archive.server import changes
from pressdesk.archive.server.changes import PEOPLE, ChangeMark, News
from pressdesk.archive.server.listening import Listener
from pressdesk.archive.server.postgres import OfficeStore, create_office, open_office
from pressdesk.archive.server.presence import Presence, called, person_of
from pressdesk.base.address import split
from pressdesk.base.errors import DeskUnavailable, EditConflict
from pressdesk.desk.changes import Change, Changes, View, of, of_desk, whole
from pressdesk.desk.opening import OpenDesk
from pressdesk.desk.rendering import Renderer
from pressdesk.desk.watching import Watch, of_others
from pressdesk.gui.frame.session import Session
from pressdesk.press.release import Contact, Edition, Release
from pressdesk.press.translated import Translated


@pytest.fixture
def desk(office_url: str) -> Iterator[Archive]:
    archive = create_office(office_url)
    yield archive
    archive.close()


@pytest.fixture
def another(desk: Archive, office_url: str) -> Iterator[Archive]:
    """The same desk, opened by somebody else."""
    archive = open_office(office_url)
    yield archive
    archive.close()


def _add(desk: Archive, title: str = "T") -> int:
    return desk.releases.add(Release("news"), Edition("en", title=title)).release.id


def _since(desk: Archive, seq: int) -> tuple[int, tuple[int, ...]]:
    with desk._store.read() as connection:
        return changes.since(connection, seq)


def _mark(desk: Archive) -> ChangeMark:
    with desk._store.read() as connection:
        return changes.mark(connection)


def _news(desk: Archive, after: ChangeMark) -> tuple[ChangeMark, News]:
    store = desk._store
    assert isinstance(store, OfficeStore)
    with store.read() as connection:
        return changes.news(connection, after, store.own)


def test_the_feed_says_what_changed_once_and_in_order(desk: Archive) -> None:
    assert _since(desk, 0) == (0, ())
    one, two = _add(desk), _add(desk)
    seq, ids = _since(desk, 0)
    assert ids == (one, two) and seq == _mark(desk).seq
    filed = desk.releases.find(one)
    desk.releases.keep(filed.release, replace(filed.edition, title="Kept"))
    seq, ids = _since(desk, seq)
    assert ids == (one,)
    assert _since(desk, seq) == (seq, ())
    desk.trash.put(two)
    desk.trash.purge(datetime(2999, 1, 1, tzinfo=UTC))
    assert _since(desk, seq)[1] == (two,)  # what is gone is told, too


def test_news_tell_a_save_from_an_autosave_and_others_from_oneself(
    desk: Archive, another: Archive
) -> None:
    one, two, three = (_add(desk, title) for title in "ABC")
    mark = _mark(desk)
    assert _news(desk, mark)[1] == News()
    filed = another.releases.find(one)
    another.releases.keep(filed.release, replace(filed.edition, title="Kept"))
    after, news = _news(desk, mark)
    assert news == News(kept=(one,))
    another.releases.save(filed.release, replace(filed.edition, title="Saved"))
    mine = desk.releases.find(two)
    desk.releases.keep(mine.release, replace(mine.edition, title="Mine"))
    desk.releases.save(mine.release, replace(mine.edition, title="Mine"))
    desk.houses.save(desk.houses.get())
    after, news = _news(desk, after)
    assert news == News(stored=(one,), own=(two, PEOPLE))
    assert not _news(desk, after)[1].of_others
    another.trash.put(three)
    another.trash.purge(datetime(2999, 1, 1, tzinfo=UTC))
    another.contacts.save(Contact(name=Translated.of(en="Maria Hofer")))
    after, news = _news(desk, after)
    assert news == News(stored=(three,), people=True)
    assert _news(desk, mark)[1] == News(stored=(one, three), people=True, own=(two,))


def test_what_others_kept_before_a_save_of_ones_own_is_told(
    desk: Archive, another: Archive
) -> None:
    """Two languages of one release, and both were written in since it was looked at."""
    one = _add(desk)
    russian = desk.releases.add_language(one, Edition("ru", title="Р"))
    mark = _mark(desk)
    another.releases.keep(russian.release, replace(russian.edition, title="Вода"))
    mine = desk.releases.find(one, language="en")
    desk.releases.save(mine.release, replace(mine.edition, title="Mine"))
    assert _news(desk, mark)[1] == News(kept=(one,))
    found = another.releases.find(one, language="ru")
    another.releases.save(*found.current())
    mine = desk.releases.find(one, language="en")
    desk.releases.save(mine.release, replace(mine.edition, title="Mine again"))
    assert _news(desk, mark)[1] == News(stored=(one,))


def test_an_autosave_of_others_moves_a_row_and_no_list() -> None:
    kept = of_others(News(kept=(3,)))
    assert kept == of(3, Change.TEXT, Change.HEADLINE)
    assert kept.moves(View.ROW) and not kept.moves(View.LIST)
    both = of_others(News(stored=(1, 2), people=True))
    assert both == whole(1, 2) | of_desk(Change.CONTACTS, Change.HOUSE)
    assert of_others(News()) == Changes()


WRITERS, EACH = 4, 40


def test_no_change_is_ever_lost(desk: Archive, office_url: str) -> None:
    """Writers behind the archive's back, which takes turns: only the feed's own lock is left."""
    ids = [_add(desk) for _ in range(6)]
    seq = _mark(desk).seq
    made = [0] * WRITERS
    done = threading.Event()

    def write(number: int) -> None:
        dealt = random.Random(number)
        with psycopg.connect(office_url) as bare:
            for _turn in range(EACH):
                one = dealt.choice(ids)
                bare.execute("UPDATE release SET slug = slug || 'x' WHERE id = %s", (one,))
                bare.execute("SELECT pg_sleep(%s)", (dealt.random() / 200,))
                if dealt.random() < 0.1:
                    bare.rollback()
                else:
                    bare.commit()
                    made[number] += 1

    def read() -> dict[int, str]:
        """A mirror: the state of what the feed names, and nothing else."""
        at, mirror = seq, {}
        while True:
            last_turn = done.is_set()
            with desk._store.read() as connection:
                at, named = changes.since(connection, at)
                for one in named:
                    query = f"SELECT slug FROM release WHERE id = {one}"
                    mirror[one] = connection.exec_driver_sql(query).scalar_one()
            if last_turn:
                return mirror

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reading = pool.submit(read)
        list(pool.map(write, range(WRITERS)))
        done.set()
        mirror = reading.result()
    with psycopg.connect(office_url) as bare:
        truth = dict(bare.execute("SELECT id, slug FROM release").fetchall())
    assert mirror == truth
    assert sum(len(slug) for slug in truth.values()) == sum(made)


class Heard:
    """Collects what a listener tells; ``until`` waits for an id without a fixed sleep."""

    def __init__(self) -> None:
        self.ids: set[int] = set()
        self._news = threading.Condition()

    def __call__(self, told: News | Changes) -> None:
        news = isinstance(told, News)
        ids = (*told.stored, *told.kept, *told.own) if news else told.releases
        with self._news:
            self.ids.update(ids)
            self._news.notify_all()

    def until(self, one: int) -> None:
        with self._news:
            assert self._news.wait_for(lambda: one in self.ids, timeout=60)


def test_a_listener_hears_across_a_cut_line(desk: Archive, another: Archive, cluster) -> None:
    heard = Heard()
    listener = Listener(desk, heard, first_wait=0.01)
    try:
        assert listener.listening.wait(60)
        heard.until(_add(desk))
        cluster.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            f" WHERE application_name = 'PressDesk feed' AND datname = '{desk.place.name}'"
        )
        heard.until(_add(desk, "While nobody listened"))
        heard.until(_add(another, "Again"))
    finally:
        listener.close()
        listener.close()


@pytest.mark.parametrize("ended_first", [True, False])
def test_a_watch_that_has_ended_leaves_no_thread(desk: Archive, ended_first: bool) -> None:
    before = listening()
    watch = Watch(desk, Heard())
    if ended_first:
        watch.end()  # as when a desk is left before its turn on the lane came
    watch.begin()
    assert len(listening() - before) == (0 if ended_first else 1)
    watch.end()
    assert not listening() - before


@pytest.fixture
def line(cluster) -> Iterator[Line]:
    with line_to(cluster.folder) as made:
        yield made


@pytest.fixture
def far(desk: Archive, line: Line, office_url: str) -> Iterator[Archive]:
    """The same desk at the far end of the line."""
    made = open_office(line.url(office_url))
    yield made
    made.close()


def test_a_watch_is_left_while_its_server_says_nothing(far: Archive, line: Line) -> None:
    line.hold()
    watch = Watch(far, Heard())
    with ThreadPoolExecutor(1) as lane:
        begun = lane.submit(watch.begin)
        watch.end()  # returns although the other still waits
        assert not begun.done()
        line.mend()
        begun.result()
    assert watch._listener is None


def test_a_server_that_answers_late_is_listened_to_then(
    desk: Archive, far: Archive, line: Line
) -> None:
    line.cut()
    heard, there = Heard(), threading.Event()
    watch = Watch(far, heard, lambda up: there.set() if up else None)
    watch.begin()
    line.mend()
    assert there.wait(60)
    heard.until(_add(desk, "After it"))
    watch.end()


def test_a_desk_left_at_once_is_listened_to_no_more(desk: Archive, qtbot: QtBot) -> None:
    before = listening()
    session = Session(Renderer())
    session.enter(OpenDesk(desk, desk.houses.get(), ()))
    session.leave()  # no outcome of a lane was delivered yet
    assert not listening() - before


def test_a_call_says_nothing(desk: Archive, office_url: str) -> None:
    with psycopg.connect(office_url, autocommit=True) as bare:
        bare.execute("LISTEN pressdesk")
        _add(desk)
        (call, *_rest) = bare.notifies(timeout=60, stop_after=1)
    assert call.payload == ""


def test_two_persons_see_who_writes(office_url: str) -> None:
    create_office(office_url).close()
    desks = [open_office(office_url) for _ in range(2)]
    one, two = Presence(desks[0], "Мария Орлова"), Presence(desks[1], "John")
    assert one.begin(7) is None and one.begin(7) is None
    assert two.begin(7) == "Мария Орлова"
    assert two.begin(8) is None
    assert one.begin(8) == "John"
    one.end(7)
    assert two.begin(7) is None
    two.close()
    two.close()
    for number in (8, 7):
        _until_free(one, number)
    one.close()
    for desk in desks:
        desk.close()


def _until_free(presence: Presence, number: int) -> None:
    """A server that is busy takes a moment to see that somebody hung up."""
    for _ in range(200):
        if presence.begin(number) is None:
            return
        time.sleep(0.02)
    raise AssertionError(number)


def test_a_cut_line_is_taken_up_again(desk: Archive, cluster) -> None:
    one, two = Presence(desk, "Maria"), Presence(desk, "John")
    assert one.begin(7) is None
    cluster.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        f" WHERE application_name = '{called('Maria')}' AND datname = '{desk.place.name}'"
    )
    assert one.begin(9) is None
    assert two.begin(7) == "Maria"
    one.close()
    two.close()


@pytest.mark.parametrize(
    "name", ["Maria", "Анна-Мария Константинопольская", "", "日本語の名前", "é"]
)
def test_names_pass_through_a_session(name: str) -> None:
    assert len(called(name)) < 64 and called(name).isascii()
    assert person_of(called(name)) == name[:24]
    assert person_of("psql") == ""


def test_editors_may_use_both(cluster) -> None:
    owner = cluster.fresh()
    create_office(owner, roles=True).close()
    database = split(owner)[0].name
    for name in ("a", "b"):
        cluster.run(f"CREATE ROLE {database}_{name} LOGIN IN ROLE {database}_editor")
    one, two = (open_office(cluster.url(database, f"{database}_{name}")) for name in ("a", "b"))
    heard = Heard()
    listener = Listener(one, heard)
    first, second = Presence(one, "A"), Presence(two, "B")
    try:
        heard.until(_add(two))
        assert first.begin(1) is None and second.begin(1) == "A"
    finally:
        listener.close()
        first.close()
        second.close()
        one.close()
        two.close()


@contextmanager
def _losing(desk: Archive, monkeypatch: pytest.MonkeyPatch, *, done: bool) -> Iterator[None]:
    """Inside, the line is cut at every commit: after it, or before it."""
    write = desk._store.write

    @contextmanager
    def cut() -> Iterator[object]:
        lost = DeskUnavailable("The server does not answer.")
        with write() as connection:
            yield connection
            if not done:
                raise lost
        raise lost

    with monkeypatch.context() as patch:
        patch.setattr(desk._store, "write", cut)
        yield


@pytest.mark.parametrize("done", [True, False])
@pytest.mark.parametrize("where", ["file", "server"])
def test_a_save_whose_answer_was_lost_may_be_repeated(
    where: str, done: bool, office_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = create_office(office_url) if where == "server" else create(tmp_path / "a.pressdesk")
    filed = desk.releases.add(Release("news"), Edition("en", title="One"))
    changed = replace(filed.edition, title="Two")
    renamed = replace(filed.release, occasion="Session")
    with _losing(desk, monkeypatch, done=done), pytest.raises(DeskUnavailable):
        desk.releases.save(renamed, changed, note="n", uid="one")
    saved = desk.releases.save(renamed, changed, note="n", uid="one")
    assert (saved.edition.title, saved.edition.version, saved.release.version) == ("Two", 2, 2)
    assert desk.releases.find(filed.release.id) == saved
    assert len(desk.releases.revisions(filed.edition.id)) == 2
    with pytest.raises(EditConflict):
        desk.releases.save(renamed, changed, note="n", uid="another")
    desk.close()


def test_somebody_elses_save_is_not_taken_for_a_lost_one(
    desk: Archive, office_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed = desk.releases.add(Release("news"), Edition("en", title="One"))
    with _losing(desk, monkeypatch, done=False), pytest.raises(DeskUnavailable):
        desk.releases.save(filed.release, replace(filed.edition, title="Two"))
    other = open_office(office_url)
    other.releases.save(filed.release, replace(filed.edition, title="Other"))
    other.close()
    with pytest.raises(EditConflict):
        desk.releases.save(filed.release, replace(filed.edition, title="Two"))
