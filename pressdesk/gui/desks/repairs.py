"""Ways out of damage in the window: the repair of texts, and taking a desk over into a new one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pressdesk.base.i18n import _, ngettext
from pressdesk.gui.desks.desk_files import ask_desk, named
from pressdesk.gui.frame.asking import show
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.frame.session import Session

if TYPE_CHECKING:
    from pressdesk.desk.looking_after import Findings
    from pressdesk.desk.opening import Desk
    from pressdesk.desk.repairing import Plan


class Repairs(QObject):
    """Plans and does what puts damaged texts right.

    In:   ``plan()``, ``repair(Plan, file)``; ``look_over()``, ``take_over(file, Findings)``
    Out:  ``notice(Notice)``; ``repaired()`` the desk is to be checked again; ``made(path)`` a
          new desk has the contents of this one.
    """

    notice = Signal(object)
    repaired = Signal()
    made = Signal(object)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(session)
        self._session, self._window = session, window

    def _run(self, work: Callable[[Desk], Any], done: Callable[[Any], None]) -> None:
        """On the lane of writes: a plan is made by doing it, and other writes wait meanwhile."""
        archive, session = self._session.archive, self._session
        if archive is not None:
            answered = session.here(done)
            session.lanes.write.run(self, lambda: work(archive), answered, session.failed)

    # --- damaged texts

    def plan(self, file: Path | None = None) -> None:
        """Find out what can be put back, with a backup if one is named, and show it."""

        def work(archive: Desk) -> tuple[Plan, tuple[str, ...]]:
            from pressdesk.desk import repairing

            planned = repairing.plan(archive, file=file)
            return planned, tuple(map(repairing.line, planned.acts))

        self.notice.emit(Notice(_("Looking for what can be repaired…"), passing=True))
        self._run(work, partial(self._show, file))

    def _show(self, file: Path | None, found: tuple[Plan, tuple[str, ...]]) -> None:
        from pressdesk.gui.desks.repair_dialog import RepairDialog

        planned, lines = found
        left = tuple(fault.where for fault in planned.left)
        dialog = RepairDialog(lines, left, file, self._window)
        dialog.repair_requested.connect(partial(self.repair, planned, file))
        dialog.backup_wanted.connect(self._choose)
        show(dialog)

    def _choose(self) -> None:
        archive = self._session.archive
        if archive is not None:
            from pressdesk.desk import care

            folder = care.folder_of(archive.uid)
            ask_desk(self._window, _("Choose a backup"), self.plan, new=False, folder=folder)

    def repair(self, planned: Plan, file: Path | None) -> None:
        """Do what was shown, unless it would be something else by now."""
        now = self._session.now()

        def work(archive: Desk) -> Path:
            from pressdesk.desk import repairing

            return repairing.repair(archive, planned, file=file, now=now)

        self._run(work, self._done)

    def _done(self, copy: Path) -> None:
        what = _("The desk was repaired.")
        hint = _("Its damaged state is kept in {path}.").format(path=copy)
        self.notice.emit(Notice(what, hint, "good"))
        self.repaired.emit()

    # --- a structure that another program changed

    def look_over(self) -> None:
        """Look through the texts of a desk that can only be read, and ask where to take it."""
        from pressdesk.desk import looking_after

        self._run(looking_after.altered, self._ask)

    def _ask(self, found: Findings) -> None:
        if not found.texts:
            self._ask_where(found)
            return
        few = "; ".join(fault.where for fault in found.texts[:3])
        what = _("Some texts of this desk are damaged; they would be so in the new desk, too.")
        go_on = (_("Take over…"), partial(self._ask_where, found))
        self.notice.emit(Notice(what, few, "warning", (go_on,)))

    def _ask_where(self, found: Findings) -> None:
        title = _("Take over into a new desk")
        ask_desk(self._window, title, partial(self.take_over, found), new=True, folder=Path.home())

    def take_over(self, found: Findings, file: Path) -> None:
        """Make the new desk there; the old one is not changed."""
        file = named(file)

        def work(archive: Desk) -> int:
            from pressdesk.desk import looking_after

            return looking_after.take_over(archive, file, found, told=lambda _done, _all: None)

        self._run(work, partial(self._taken, file))

    def _taken(self, file: Path, number: int) -> None:
        what = ngettext(
            "{n} release was taken over into a new desk.",
            "{n} releases were taken over into a new desk.",
            number,
        ).format(n=number)
        open_it = (_("Open"), partial(self.made.emit, file))
        self.notice.emit(Notice(what, str(file), "good", (open_it,)))
