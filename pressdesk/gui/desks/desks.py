"""Opens and creates desks, and remembers the last one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from pressdesk.base import settings
from pressdesk.base.address import Address, Server, address
from pressdesk.base.errors import DeskPassword, PressDeskError
from pressdesk.base.files import own_folder
from pressdesk.base.i18n import _, ngettext
from pressdesk.desk import contents, witness
from pressdesk.desk.opening import OpenDesk, enter
from pressdesk.desk.witness import Past
from pressdesk.gui.desks.desk_files import SUFFIX, ask_desk, named
from pressdesk.gui.frame.commands import Command, Menu, Need
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.frame.session import Session
from pressdesk.press.listing import Glance
from pressdesk.press.register.heads import Course

Found = tuple[OpenDesk, tuple[str, ...], int]
"""A desk, the titles of texts rescued for it, and how many had been asked for before it."""


class Desks(QObject):
    """Which desk is open.

    In:   ``open(path)``, ``choose()``, ``make()``, ``open_samples()``
    Out:  ``locked(Server)`` it wants a password, or another one;
          ``leaving()`` another desk is open: keep what is on the paper and take it away;
          ``notice(Notice)`` none could be opened, or what a crash left;
          ``show_wanted(release_id)`` a text that was kept in a crash;
          ``take_over_wanted()`` the contents of one whose structure was changed;
          ``glanced(Glance | None)`` the first of the list of a desk that is being opened, at
          the start; None when it cannot be opened after all.
    """

    leaving = Signal()
    locked = Signal(object)
    notice = Signal(object)
    show_wanted = Signal(int)
    take_over_wanted = Signal()
    glanced = Signal(object)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(session)
        self._session, self._window = session, window
        self.reading = False
        """Set when the program was asked to read only, whatever desk is opened."""
        self.crashed_before = False
        """Set when the program did not end in order the last time."""
        self.glancing = False
        """Set while the first of the list is read; then the desk is opened."""
        self._asked = self._newest = 0

    def commands(self) -> tuple[Command, ...]:
        """Which desk."""
        return (
            Command("open-desk", _("Open desk…"), self.choose, "Ctrl+O", Menu.DESK),
            Command(
                "make-desk",
                _("New desk…"),
                self.make,
                menu=Menu.DESK,
                needs=Need.RECORD,
                last=True,
            ),
            Command(
                "recent",
                _("Recent desks"),
                lambda: None,
                menu=Menu.DESK,
                last=True,
                fill=self._recent,
            ),
        )

    def _recent(self, menu: QMenu) -> None:
        """Desks opened before, the one that is open left out; read anew whenever it is shown."""
        here = self._session.archive.place if self._session.archive else None
        for name in settings.load().recent:
            path = address(name)
            if path != here:
                action = menu.addAction(path.stem.replace("&", "&&"))
                action.setToolTip(name)
                action.triggered.connect(lambda _on=False, path=path: self.open(path))
        if menu.isEmpty():
            menu.addAction(_("None yet")).setEnabled(False)

    def open_first(self, asked: Address | None) -> None:
        """At the start: the desk asked for, else the last one, else the person's own.

        Only the person's own desk is made when there is none, and only while no other was
        ever opened: an empty desk in the place of a lost one would look like lost work.
        """
        last = settings.load().last_desk
        path = asked or (address(last) if last else settings.default_desk())
        own = settings.default_desk()
        create = not asked and not last and path == own and not own.exists()
        self._glance(path, partial(self.open, path, create=create))

    def _glance(self, path: Address, then: Callable[[], None]) -> None:
        """Show the first of the list, and when it is painted take the long way into the desk.

        Not to a reader: what may be seen of it only the open desk knows.
        """
        if self.reading:
            then()
            return

        def go_on() -> None:
            self.glancing = False
            then()

        def found(glance: Glance | None) -> None:
            if glance is not None:
                self.glanced.emit(glance)
            QTimer.singleShot(0, self, go_on)

        self.glancing = True
        work = partial(contents.glance, path, limit=contents.FIRST)
        self._session.lanes.read.run(self, work, found, self._session.failed)

    def open(self, path: Address, *, create: bool = False) -> None:
        """Open a desk, or make one; what is open stays open when this one cannot be."""

        def refused(error: PressDeskError) -> None:
            if isinstance(error, DeskPassword) and isinstance(path, Server):
                self.want_password(path)
            else:
                self._refused(error)

        self.attempt(path, self.take, refused, create=create)

    def want_password(self, server: Server) -> None:
        """This server does not open without one, or does not accept the one it was given."""
        self.locked.emit(server)

    def attempt(
        self,
        path: Address,
        done: Callable[[Found], None],
        failed: Callable[[PressDeskError], None],
        *,
        create: bool = False,
    ) -> None:
        """Try to open a desk; ``take`` receives the result.

        A server may answer when a desk asked for later is open already: that one stays.
        """
        now, reading, number = self._session.now(), self.reading, self._asked
        self._asked += 1

        def work() -> Found:
            from pressdesk.desk import rescue

            desk = enter(path, now=now, create=create and not reading, reading=reading)
            titles = () if desk.archive.read_only else rescue.take_in(desk.archive)
            return desk, titles, number

        def refused(error: PressDeskError) -> None:
            if number >= self._newest:
                failed(error)

        lanes = self._session.lanes
        if isinstance(path, Server):
            lanes.outside.run(self, work, done, refused, turn="server")
        else:  # behind the last change and the closing of what may be the same file
            lanes.write.run(self, work, done, refused)

    def close(self, found: Found) -> None:
        """Nobody waits any more for this desk that was opened."""
        close = found[0].archive.close
        self._session.lanes.outside.run(
            self, close, lambda _none: None, self._session.failed, turn="server"
        )

    def take(self, found: Found) -> None:
        """Go on with a desk that was opened, unless one that was asked for later is open.

        A dialog that came up meanwhile is answered first: what it stores is of the desk before.
        """
        desk, rescued, number = found
        if number < self._newest:
            self.close(found)
            return
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            # Behind whatever else its end brings about.
            take = partial(self.take, found)
            dialog.finished.connect(lambda: QTimer.singleShot(0, self, take))
            return
        self._newest = number
        self.leaving.emit()
        self._session.enter(desk)
        self._remember(desk.archive.place)
        if rescued:
            number = len(rescued)
            text = ngettext(
                "{n} unsaved text was recovered.", "{n} unsaved texts were recovered.", number
            )
            self.notice.emit(Notice(text.format(n=number)))
        elif desk.archive.read_only and not desk.archive.reading:
            only = _("This desk is read-only: nothing in it can be changed.")
            over = (_("Take over into a new desk…"), self.take_over_wanted.emit)
            self.notice.emit(Notice(desk.why or only, buttons=(over,) if desk.altered else ()))
        if desk.past is not None:
            self._tell_past(desk.past)
        self._session.doubt_told()
        if self.crashed_before and desk.kept:
            self._tell_kept(desk.kept[0][0])
        self.crashed_before = False

    def _tell_past(self, past: Past) -> None:
        """A desk that went back stays told until the person takes it so."""

        def take() -> None:
            work = partial(witness.take, now=self._session.now())
            self._session.read(work, lambda _done: None)

        if past.course is Course.RESTORED:  # told once
            self.notice.emit(Notice(past.what, past.hint, "warning"))
            return
        button = (_("Take it as it is"), take)
        self.notice.emit(Notice(past.what, past.hint, "bad", (button,)))

    def _tell_kept(self, release_id: int) -> None:
        """What a crash left is in the draft rows: say so, and offer the newest."""
        show_it = (_("Show"), partial(self.show_wanted.emit, release_id))
        what = _("PressDesk quit unexpectedly. Your text was saved.")
        self.notice.emit(Notice(what, tone="warning", buttons=(show_it,)))

    def _refused(self, error: PressDeskError) -> None:
        self.refuse(error.what, error.hint)

    def refuse(self, what: str, hint: str) -> None:
        """A desk could not be opened: what now."""
        if self._session.archive is None:
            self.glanced.emit(None)
        buttons = ((_("Open another desk"), self.choose), (_("Create a new desk"), self.make))
        self.notice.emit(Notice(what, hint, "bad", buttons))

    def _remember(self, path: Address) -> None:
        def work() -> None:
            settings.change(lambda now: now.opened(path))

        self._session.lanes.write.run(self, work, lambda _done: None, self._session.failed)

    def choose(self) -> None:
        """Ask for a desk and open it."""
        folder = settings.data_folder()
        ask_desk(self._window, _("Open desk"), self.open, new=False, folder=folder)

    def make(self) -> None:
        """Ask for a name and make a new desk there; nothing is overwritten."""

        def make(path: Path) -> None:
            self.open(named(path), create=True)

        folder = settings.data_folder()
        ask_desk(self._window, _("Create a new desk"), make, new=True, folder=folder)

    def open_samples(self) -> None:
        """Open the sample releases on a desk of their own, made at the first time."""
        path = settings.data_folder() / f"samples{SUFFIX}"

        def work() -> None:
            from pressdesk.desk import samples

            if not path.exists():
                own_folder(path.parent)
                samples.make(path)

        self._session.lanes.write.run(self, work, lambda _done: self.open(path), self._refused)
