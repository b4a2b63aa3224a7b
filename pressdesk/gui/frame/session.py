"""Shared state of one window: the open desk, its work queues, and notices."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from pressdesk.base.errors import DeskPassword, DeskUnreachable, PressDeskError
from pressdesk.base.i18n import _
from pressdesk.desk import people
from pressdesk.desk.changes import Changes, View
from pressdesk.desk.people import People
from pressdesk.desk.watching import Watch
from pressdesk.gui.frame.lanes import Lanes
from pressdesk.gui.frame.pending import PendingWrites
from pressdesk.press.house import House
from pressdesk.press.release import Contact

if TYPE_CHECKING:
    from pressdesk.desk.opening import Desk, OpenDesk
    from pressdesk.desk.rendering import Renderer

T = TypeVar("T")
P = ParamSpec("P")

SILENCE_S = 10.0
"""At the end a server that has not answered anything for so long is not waited for."""


class Session(QObject):
    """Shared by the flows; given to each by its constructor.

    Out:  ``entered()`` another desk is open; ``touched(Changes)`` an action changed
          something; ``trouble(what, hint)`` to be shown in the bar above the paper;
          ``remark(text)`` something worth knowing; ``house_changed()``, ``contacts_changed()``;
          ``reachable(bool)`` whether the server of the desk can be heard;
          ``others(ids)`` these releases were changed by others;
          ``locked_out()`` its server does not accept the password any more;
          ``unreached(PressDeskError, bool)`` it did not answer, and whether something that
          was asked for is not done therefore.
    """

    entered = Signal()
    touched = Signal(object)
    trouble = Signal(str, str)
    remark = Signal(str)
    house_changed = Signal()
    contacts_changed = Signal()
    reachable = Signal(bool)
    locked_out = Signal()
    unreached = Signal(object, bool)
    _line = Signal(object, bool)
    """From the same thread: the line to an archive's server is there, or is not."""
    others = Signal(object)
    _heard = Signal(object)
    """From the thread that listens to a server: others changed something."""

    def __init__(self, renderer: Renderer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lanes = Lanes(self)
        self.renderer = renderer
        self.house = House()
        self.contacts: tuple[Contact, ...] = ()
        self._desk: OpenDesk | None = None
        self._open: list[Desk] = []
        """It, and those before it that are not closed yet."""
        self._pending = PendingWrites()
        self._watch: Watch | None = None
        self._heard.connect(self._others)
        self._line.connect(self._reached)

    @property
    def archive(self) -> Desk | None:
        """The open desk file, None before the first is open."""
        return self._desk.archive if self._desk else None

    @property
    def kept(self) -> tuple[tuple[int, int], ...]:
        """Release and edition ids of the draft rows found when the desk was opened."""
        return self._desk.kept if self._desk else ()

    @property
    def read_only(self) -> bool:
        """True when nothing may be changed."""
        return self._desk is None or self._desk.archive.read_only

    def enter(self, desk: OpenDesk) -> None:
        """Take over a desk that was opened; the one before is closed behind its last write."""
        before, self._desk = self._desk, desk
        self._pending = PendingWrites()  # its releases are others, whatever their numbers
        self.house, self.contacts = desk.house, desk.contacts
        self._open.append(desk.archive)
        if before is not None:
            closed = partial(self._open.remove, before.archive)
            closing = self._closing(before.archive)
            self.lanes.write.run(self, closing, _nothing, self.failed, after=closed)
        self._listen(desk.archive)  # before the first look: what comes between is told
        self.entered.emit()

    def _listen(self, archive: Desk) -> None:
        def line(there: bool) -> None:
            self._line.emit(archive, there)

        self._watch = Watch(archive, self._heard.emit, line)
        self.lanes.read.run(self, self._watch.begin, _nothing, self.failed)

    def _closing(self, archive: Desk) -> Callable[[], None]:
        """What ends the listening and closes a desk."""
        watch, self._watch = self._watch, None

        def close() -> None:
            if watch is not None:
                watch.end()
            archive.close()

        return close

    def _others(self, changed: Changes) -> None:
        if changed.moves(View.PEOPLE):
            self.refresh_people()
        self.touched.emit(changed)
        if changed.releases:
            # What is on the paper may be written on: Others looks after that.
            self.others.emit(tuple(sorted(changed.releases)))

    def _reached(self, archive: object, there: bool) -> None:
        if archive is self.archive:
            self.reachable.emit(there)

    def finish_writing(self) -> None:
        """The end: every write is done, or has failed as its server is silent."""
        while self.archive is not None:
            before = self._answers()
            if self.lanes.write.done_within(SILENCE_S):
                break
            if self._answers() == before:
                self._cut()
                break
        self.lanes.finish_writing()

    def _answers(self) -> int:
        return sum(desk.answers for desk in self._open)

    def _cut(self) -> None:
        for desk in self._open:
            desk.cut()

    def leave(self) -> None:
        """Close lanes and desk: the end of the program."""
        self.renderer.close()
        self.lanes.give_up()
        self.finish_writing()
        self._cut()  # what still waits for a server is given up
        self.lanes.close()
        if self._desk is not None:
            self._closing(self._desk.archive)()
            self._desk = None

    def say(self, text: str) -> None:
        """Show a short message."""
        self.remark.emit(text)

    def warn(self, what: str, hint: str) -> None:
        """Something to be shown in the bar above the paper."""
        self.trouble.emit(what, hint)

    def moved(self, changes: Changes) -> None:
        """Something changed other than by ``act``."""
        self.touched.emit(changes)

    def answered(self) -> None:
        """The server of the desk can be heard again."""
        self.reachable.emit(True)

    def now(self) -> datetime:
        """The moment, aware and in UTC."""
        return datetime.now(UTC)

    def sure(self) -> datetime:
        """The moment by which an embargo is held: now, unless the clock is not believed."""
        now = self.now()
        return self._desk.clock.sure(now) if self._desk and self._desk.clock else now

    def doubt(self) -> str:
        """Why the clock is not believed, in a sentence; "" where it is."""
        return self._desk.clock.doubt(self.now()) if self._desk and self._desk.clock else ""

    def doubt_told(self) -> None:
        """Tell the person of a clock that is not believed; nothing where it is."""
        if doubt := self.doubt():
            self.warn(doubt, _("Set its date and time right: an embargo ends by them."))

    def read(
        self,
        work: Callable[[Desk], T],
        done: Callable[[T], None],
        key: str = "",
        failed: Callable[[PressDeskError], None] | None = None,
    ) -> None:
        """Ask the open desk something; a later question of the same key replaces it.

        What a desk says that is not open any more is dropped.
        """
        archive = self.archive
        if archive is not None:
            said, wrong = self.here(done), failed or self.failed
            self.lanes.read.run(self, lambda: work(archive), said, wrong, key=key)

    def read_written(
        self,
        release_id: int,
        work: Callable[[Desk], T],
        done: Callable[[T], None],
        key: str,
        failed: Callable[[PressDeskError], None] | None = None,
    ) -> None:
        """Ask about one release, behind every change of it that was asked for.

        Changes of other releases are not waited for. A later question of the same key replaces this
        one, also while it waits.
        """
        self.lanes.read.forget(key)
        ask = self.here(lambda: self.read(work, done, key, failed))
        self._pending.behind(release_id, key, ask)

    def here(self, then: Callable[P, object]) -> Callable[P, None]:
        """The same, done only while the desk that is open now is open.

        On another one every number means something else.
        """
        archive = self.archive

        def done(*given: P.args, **named: P.kwargs) -> None:
            if archive is self.archive:
                then(*given, **named)

        return done

    def write(
        self,
        work: Callable[[Desk], T],
        done: Callable[[T], None],
        failed: Callable[[PressDeskError], None] | None = None,
        of: Collection[int] | None = None,
    ) -> None:
        """Change the open desk; changes happen in the order they were asked for.

        of  the releases whose text is another then, of those that can be opened; None when
            it may be any: then each opening waits for it
        """
        archive = self.archive
        if archive is not None:
            after = self._pending.begin(of)
            self.lanes.write.run(
                self, lambda: work(archive), done, failed or self.undone, after=after
            )

    def act(
        self,
        work: Callable[[Desk], tuple[T, Changes]],
        done: Callable[[T], None] = lambda _value: None,
        failed: Callable[[PressDeskError], None] | None = None,
        of: Collection[int] | None = None,
    ) -> None:
        """Run a use case and tell everyone what it changed; ``of`` as for ``write``.

        House style and contacts are known here as it left them before anybody hears of it:
        whoever finds others in the desk then knows that somebody else changed them.
        """

        def both(archive: Desk) -> tuple[T, Changes, People | None]:
            value, changes = work(archive)
            return value, changes, _people_after(changes, archive)

        know = self.here(self._know)

        def finished(result: tuple[T, Changes, People | None]) -> None:
            value, changes, printed_with = result
            if printed_with is not None:
                know(printed_with)
            if changes.moves(View.PEOPLE):
                self.refresh_people()  # in the place of a reading that was begun before
            done(value)
            self.touched.emit(changes)

        self.write(both, finished, failed, of)

    def put_aside(self, work: Callable[[], None], done: Callable[[], None] = lambda: None) -> None:
        """Write a file beside the desk; never waits for that, and is done before the end."""
        self.lanes.write.run(self, work, lambda _none: done(), self.failed, turn="aside")

    def failed(self, error: PressDeskError) -> None:
        """Show what a person can act on."""
        if isinstance(error, DeskUnreachable):
            self.unreached.emit(error, False)
            return
        if isinstance(error, DeskPassword):
            self.locked_out.emit()
            return
        self.trouble.emit(error.what, error.hint)

    def undone(self, error: PressDeskError) -> None:
        """Show why something that was asked for is not done."""
        if isinstance(error, DeskUnreachable):
            self.unreached.emit(error, True)
            return
        self.failed(error)

    def refresh_people(self) -> None:
        """Read house style and contacts again."""
        self.read(people.known, self._know, "people")

    def _know(self, found: People) -> None:
        if found == (self.house, self.contacts):
            return
        self.house, self.contacts = found
        self.house_changed.emit()
        self.contacts_changed.emit()


def _people_after(changes: Changes, archive: Desk) -> People | None:
    """What they are now, if they were changed; that they cannot be read undoes nothing."""
    if not changes.moves(View.PEOPLE):
        return None
    try:
        return people.known(archive)
    except PressDeskError:
        return None


def _nothing(_value: object) -> None:
    """For work whose result nobody needs."""
