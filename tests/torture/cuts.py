"""Server cuts: the line is cut at the n-th thing said over it, and the same is asked for again."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

from msgspec.structs import replace

from pressdesk.archive.checking import check
from pressdesk.archive.copies import feed, mirror
from pressdesk.archive.file.desk_file import Archive
from pressdesk.base.errors import BadInput, DeskLocked, DeskUnavailable
from pressdesk.desk import drafting, issuing
from pressdesk.press.filed import Filed
from pressdesk.press.states import State
from tests.office_cluster import MISSING, Cluster, binaries
from tests.torture.apart import apart
from tests.torture.desks import NOW, body, opened
from tests.torture.event import Ground
from tests.torture.judge import Found, told
from tests.torture.ledger import mark

TRIES = 5
"""How often a person asks again; the line is whole from the second time on."""

SAID = 60
"""Within so many things said the line is cut."""

ACTS = ("save", "keep", "issue", "edition", "restore", "mirror", "at_work")

GONE_S, PAUSE_S = 5, 0.01
"""Within this time the server has noticed that a line is gone; and between two looks."""


class Line:
    """A line to the server, by TCP, that is cut when so many things were said over it."""

    def __init__(self, server: Path) -> None:
        self._server = str(server / ".s.PGSQL.5432")
        self._ear = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._ear.getsockname()[1]
        self._ends: list[socket.socket] = []
        self._turn = threading.Lock()
        self.left = 0
        """Things that may still be said; 0 for any number."""
        self.answered = False
        """The last of them still arrives, and its answer does not."""
        self.was_cut = False
        self.cuts = 0
        """How often it was cut while something was said."""
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _address = self._ear.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(self._server)
                self._ends += [near, far]
                for work in (self._up, self._back):
                    threading.Thread(target=work, args=(near, far), daemon=True).start()

    def _up(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError):
            while some := near.recv(1 << 20):
                with self._turn:
                    last = self.left == 1
                    self.left = max(self.left - 1, 0)
                self.cuts += last
                if last and not self.answered:
                    self.cut()
                    break
                if last:
                    self.was_cut = True
                    _shut(near)
                far.sendall(some)
                if last:
                    far.shutdown(socket.SHUT_WR)  # the server is told once it has done that
        _shut(near)

    def _back(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError):
            while some := far.recv(1 << 20):
                near.sendall(some)
        _shut(near)
        _shut(far)

    def cut(self) -> None:
        """Whoever is connected now is not any more."""
        self.was_cut = True
        ends, self._ends = self._ends, []
        for end in ends:
            _shut(end)

    def close(self) -> None:
        """No line at all."""
        self.cut()
        _shut(self._ear)


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@dataclass
class _Server:
    """Made when the first line to it is cut."""

    things: ExitStack = field(default_factory=ExitStack)
    cluster: Cluster | None = None


_SERVER = _Server()


def missing() -> str:
    """Why there can be no server, "" where there can."""
    return "" if binaries() else MISSING


def stop() -> None:
    """The server goes, if there was one."""
    _SERVER.things.close()


def _cluster() -> Cluster:
    if _SERVER.cluster is None:
        from tests.benchmarks.private_server import private_server

        place = binaries()
        assert place is not None
        _SERVER.cluster = _SERVER.things.enter_context(private_server(place))
    return _SERVER.cluster


def event(
    ground: Ground, seed: int, control: bool = False, cluster: Cluster | None = None
) -> list[Found]:
    """One desk on a server, acts with a cut in each, and somebody beside who writes, too, on a
    whole line. In the control a save that was not answered is taken for a new one."""
    cluster = cluster or _cluster()
    shutil.rmtree(ground.scene, ignore_errors=True)
    ground.scene.mkdir()
    work = partial(_cut, cluster.folder, cluster.fresh(), seed, control, ground.scene)
    ended = apart(work, profile=ground.profile, cpu_s=60)
    if ended.how == "done":
        ground.struck["cuts"], found = ended.value
        return list(found)
    return told(ended, "cuts")


@contextmanager
def _line_to(folder: Path) -> Iterator[Line]:
    line = Line(folder)
    try:
        yield line
    finally:
        line.close()


def _cut(folder: Path, url: str, seed: int, control: bool, scene: Path) -> tuple[int, list[Found]]:
    from pressdesk.archive.server.postgres import create_office, open_office

    chance = Random(f"cuts {seed}")
    create_office(url).close()
    name = url.partition("?")[0].rpartition("/")[2]
    with _line_to(folder) as line:
        far = f"postgresql://postgres@127.0.0.1:{line.port}/{name}?sslmode=disable"
        with closing(open_office(url)) as near:
            person = _Person(line, partial(open_office, far), near, chance, control)
            for act in (*ACTS, *chance.choices(ACTS, k=4)):
                person.do(act, scene)
            person.close()
    archive = open_office(url, read_only=True)
    try:
        found = [Found("lost", f"check: {x.part}: {x.where}") for x in check(archive).faults]
        found += person.judged(archive)
        if (scene / "mirror.pressdesk").exists():
            with opened(scene / "mirror.pressdesk", read_only=True) as copy:
                found += [Found("lost", f"mirror: {x.where}") for x in check(copy).faults]
                seen = {sealed.sha256 for sealed in _issued(copy)}
            if not seen <= {sealed.sha256 for sealed in _issued(archive)}:
                found.append(Found("altered", "the mirror shows what was not issued"))
    finally:
        archive.close()
    return line.cuts, found


def _issued(archive: Archive) -> Iterator[object]:
    with archive._store.read() as connection:
        ids = connection.exec_driver_sql("SELECT edition_id FROM issued").scalars().all()
    for one in ids:
        sealed = archive.releases.issued(one)
        assert sealed is not None
        yield sealed


class _Person:
    """Does one thing after the other; asks again, under the same name, until it is answered."""

    def __init__(
        self,
        line: Line,
        opening: Callable[[], Archive],
        near: Archive,
        chance: Random,
        control: bool,
    ) -> None:
        self._line, self._opening, self._chance, self._control = line, opening, chance, control
        self._archive: Archive | None = None
        self.saved: dict[int, list[str]] = {}
        """The marks acknowledged as revisions, by edition."""
        self.out: dict[int, tuple[str, str]] = {}
        """Seal and reference of what was acknowledged as issued, by edition."""
        self.kept: dict[int, str] = {}
        self.held = 0
        """How often what was held by a line that is gone was not free again."""
        self._near = near
        self._beside = drafting.new_release(near, kind="news", language="en", now=NOW)[0]
        self._filed = self._begin()

    def close(self) -> None:
        """Nothing more."""
        if self._archive is not None:
            self._archive.close()

    def _desk(self) -> Archive:
        if self._archive is None:
            self._archive = self._opening()
        return self._archive

    def _sure(self, ask: Callable[[Archive], object]) -> object:
        """What is answered in the end; raises what no cut explains."""
        said = []
        for _time in range(TRIES):
            try:
                return ask(self._desk())
            except (DeskUnavailable, DeskLocked) as error:
                if not self._line.was_cut:
                    raise
                said.append(f"{type(error).__name__} of {error.__cause__!r}")
        raise AssertionError(f"not answered in {TRIES} times: {said}")

    def _begin(self) -> Filed:
        made = self._sure(
            lambda desk: drafting.new_release(desk, kind="news", language="en", now=NOW)
        )
        return made[0]  # type: ignore[index, no-any-return]

    def do(self, act: str, scene: Path) -> None:
        """One act, with the line cut somewhere in it."""
        if act == "mirror":
            self._cut_soon()
            self._sure(lambda desk: mirror.pull(feed.of(desk), scene / "mirror.pressdesk"))
            return
        if self._filed.edition.state is State.ISSUED:
            self._next_edition()
        title = f"{act} {self._chance.randrange(10**9)}"
        text = replace(self._filed.edition, title=title, body=body(title))
        uid = f"{self._chance.getrandbits(64):016x}"
        self._cut_soon()
        getattr(self, f"_{act}")(text, uid)
        self._write_beside(title)

    def _write_beside(self, title: str) -> None:
        """Somebody else has the turn to write, whatever the line that was cut had taken."""
        text = replace(self._beside.edition, title=title, body=body(title))
        self._beside, _ = drafting.save(self._near, self._beside.release, text)

    def _cut_soon(self) -> None:
        self._line.was_cut = False
        self._line.answered = self._chance.random() < 0.5
        self._line.left = self._chance.randint(1, SAID if self._chance.random() < 0.3 else 12)

    def _save(self, text, uid):  # type: ignore[no-untyped-def]
        names = iter((uid, "other", "another")) if self._control else None
        release = self._filed.release
        ask = lambda desk: drafting.save(  # noqa: E731
            desk, release, text, note="note", uid=next(names, "") if names else uid
        )
        self._filed = self._sure(ask)[0]
        self.kept[text.id] = mark(text)
        self.saved.setdefault(text.id, []).append(mark(text))

    def _keep(self, text, _uid):  # type: ignore[no-untyped-def]
        self._sure(lambda desk: drafting.keep(desk, self._filed.release, text))
        self.kept[text.id] = mark(text)

    def _issue(self, text, uid):  # type: ignore[no-untyped-def]
        release = self._filed.release
        ask = lambda desk: issuing.issue(desk, release, text, now=NOW, uid=uid)  # noqa: E731
        self._filed = self._sure(ask)[0]
        one = self._filed.edition.id
        sealed = self._sure(lambda desk: desk.releases.issued(one))
        self.kept[one] = mark(text)
        self.saved.setdefault(one, []).append(mark(text))
        self.out[one] = (sealed.sha256, self._filed.release.reference)  # type: ignore[attr-defined]

    def _edition(self, text, uid):  # type: ignore[no-untyped-def]
        """A release of its own goes out and is continued."""
        self._issue(text, uid)
        self._cut_soon()
        self._next_edition()

    def _next_edition(self) -> None:
        one = self._filed.release.id
        with suppress(BadInput):  # it was done, and nobody heard of it
            self._sure(lambda desk: drafting.new_edition(desk, one, "en"))
        self._filed = self._sure(lambda desk: desk.releases.find(one, language="en"))  # type: ignore[assignment]

    def _restore(self, text, uid):  # type: ignore[no-untyped-def]
        self._save(text, uid)
        self._cut_soon()
        found = self._sure(lambda desk: desk.releases.revisions(text.id))
        first = found[-1].id  # type: ignore[index]
        words = self._sure(lambda desk: desk.releases.revision(first)[1])
        self._filed = self._sure(lambda desk: desk.releases.restore(first))  # type: ignore[assignment]
        self.kept[text.id] = mark(words)  # type: ignore[arg-type]

    def _at_work(self, text, _uid):  # type: ignore[no-untyped-def]
        """Who writes an edition is told to others as long as the line stands, and no longer."""
        from pressdesk.archive.server.presence import Presence

        here, there = Presence(self._desk(), "Ida"), Presence(self._near, "Otto")
        ask = lambda _desk: here.begin(text.id)  # noqa: E731
        # The line that was cut may be taken for somebody else until the server notices.
        self.held += not _soon(lambda: self._sure(ask) is None)
        self.held += there.begin(text.id) != "Ida"
        self._line.cut()
        self.held += not _soon(lambda: there.begin(text.id) is None)
        here.close()
        there.close()

    def judged(self, archive: Archive) -> Iterator[Found]:
        """What was acknowledged, against what the server has."""
        for one, marks in self.saved.items():
            found = archive.releases.revisions(one)
            have = [mark(archive.releases.revision(x.id)[1]) for x in found if x.note == "note"]
            every = {mark(archive.releases.revision(x.id)[1]) for x in found}
            if not set(marks) <= every:
                yield Found("lost", f"a revision of edition {one}")
            if len(have) != len(set(have)):
                yield Found("lost", f"edition {one}: a save was done twice")
        for one, (seal, _reference) in self.out.items():
            sealed = archive.releases.issued(one)
            if sealed is None or sealed.sha256 != seal:
                yield Found("altered", f"what was issued of edition {one}")
        if self.held:
            yield Found("lost", f"who is at work: wrong {self.held} times")
        beside = archive.releases.find(self._beside.release.id, language="en")
        if mark(beside.current()[1]) != mark(self._beside.edition):
            yield Found("lost", "what was written beside")
        yield from _numbers(archive)
        newest = archive.releases.find(self._filed.release.id, language="en")
        words = self.kept.get(newest.edition.id)
        if words is not None and mark(newest.current()[1]) != words:
            yield Found("lost", f"the text of edition {newest.edition.id}")


def _soon(true: Callable[[], bool]) -> bool:
    for _try in range(round(GONE_S / PAUSE_S)):
        if true():
            return True
        time.sleep(PAUSE_S)
    return true()


def _numbers(archive: Archive) -> Iterator[Found]:
    with archive._store.read() as connection:
        query = "SELECT reference FROM release WHERE reference <> ''"
        given = connection.exec_driver_sql(query).scalars().all()
        last = connection.exec_driver_sql("SELECT n FROM counter").scalars().all()
    if sorted(last) != [len(given)] * len(last) or len(set(given)) != len(given):
        yield Found("lost", f"numbers: {given}, the last {last}")
