"""Desks: open one, make one, remember which."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from pressdesk.base import settings
from pressdesk.base.address import Address, Server, address
from pressdesk.base.errors import DeskPassword, PressDeskError
from pressdesk.base.files import own_folder
from pressdesk.base.i18n import _, ngettext
from pressdesk.desk.opening import OpenDesk, enter
from pressdesk.gui.desks.desk_files import SUFFIX, ask_desk, named
from pressdesk.gui.frame.session import Session

Found = tuple[OpenDesk, tuple[str, ...]]


class Desks(QObject):
    """Which desk is open.

    In:   ``open(path)``, ``choose()``, ``make()``, ``open_samples()``
    Out:  ``locked(Server)`` it wants a password, or another one;
          ``leaving()`` another desk is open: keep what is on the paper and take it away;
          ``refused(what, hint)`` none could be opened; ``recovered(text)`` what a crash left.
    """

    leaving = Signal()
    locked = Signal(object)
    refused = Signal(str, str)
    recovered = Signal(str)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(session)
        self._session, self._window = session, window
        self.reading = False
        """Set when the program was asked to read only, whatever desk is opened."""

    def open_first(self, asked: Address | None) -> None:
        """At the start: the desk asked for, else the last one, else the person's own.

        Only the person's own desk is made when there is none, and only while no other was
        ever opened: an empty desk in the place of a lost one would look like lost work.
        """
        last = settings.load().last_desk
        path = asked or (address(last) if last else settings.default_desk())
        own = settings.default_desk()
        self.open(path, create=not asked and not last and path == own and not own.exists())

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
        """Try to open a desk; ``take`` is for what comes of it."""
        now, reading = self._session.now(), self.reading

        def work() -> Found:
            from pressdesk.desk import rescue

            desk = enter(path, now=now, create=create and not reading, reading=reading)
            titles = () if desk.archive.read_only else rescue.take_in(desk.archive)
            return desk, titles

        self._session.lanes.writes.run(self, work, done, failed)

    def take(self, found: Found) -> None:
        """Go on with a desk that was opened, and the titles of texts rescued for it.

        A dialog that came up meanwhile is answered first: what it stores is of the desk before.
        """
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            # Behind whatever else its end brings about.
            take = partial(self.take, found)
            dialog.finished.connect(lambda: QTimer.singleShot(0, self, take))
            return
        desk, rescued = found
        self.leaving.emit()
        self._session.enter(desk)
        self._remember(desk.archive.place)
        if rescued:
            number = len(rescued)
            text = ngettext("{n} text was rescued.", "{n} texts were rescued.", number)
            self.recovered.emit(text.format(n=number))
        elif desk.archive.read_only and not desk.archive.reading:
            only = _("This desk can only be read: nothing can be changed in it.")
            self.recovered.emit(desk.why or only)

    def _refused(self, error: PressDeskError) -> None:
        self.refused.emit(error.what, error.hint)

    def _remember(self, path: Address) -> None:
        def work() -> None:
            settings.change(lambda now: now.opened(path))

        self._session.lanes.writes.run(self, work, lambda _done: None, self._session.failed)

    def choose(self) -> None:
        """Ask for a desk and open it."""
        folder = settings.data_folder()
        ask_desk(self._window, _("Open a desk"), self.open, new=False, folder=folder)

    def make(self) -> None:
        """Ask for a name and make a new desk there; nothing is overwritten."""

        def make(path: Path) -> None:
            self.open(named(path), create=True)

        folder = settings.data_folder()
        ask_desk(self._window, _("Make a new desk"), make, new=True, folder=folder)

    def open_samples(self) -> None:
        """Open the sample releases on a desk of their own, made at the first time."""
        path = settings.data_folder() / f"samples{SUFFIX}"

        def work() -> None:
            from pressdesk.desk import samples

            if not path.exists():
                own_folder(path.parent)
                samples.make(path)

        self._session.lanes.writes.run(self, work, lambda _done: self.open(path), self._refused)
