"""Care of the desk: automatic and manual backups, the check, the read-only copy."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pressdesk.base.errors import PressDeskError
from pressdesk.base.i18n import _, ngettext
from pressdesk.base.worker import Worker
from pressdesk.desk import weekly
from pressdesk.gui.desks import findings
from pressdesk.gui.desks.desk_files import ask_desk, named
from pressdesk.gui.desks.repairs import Repairs
from pressdesk.gui.frame.asking import show
from pressdesk.gui.frame.commands import Command, Menu, Need
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.frame.session import Session
from pressdesk.gui.kit.parts import pause

if TYPE_CHECKING:
    from pressdesk.desk.care import Backup
    from pressdesk.desk.looking_after import Report
    from pressdesk.desk.opening import Desk, OpenDesk


class _Stopped(PressDeskError):
    """The window is closed, or another desk was opened."""


PATIENCE_MS = 500
"""After a desk was opened, before it is backed up."""

QUIET_MS = 60_000
"""After a desk was opened, before it is looked through, and again while there is work."""


class Care(QObject):
    """Looks after the open desk in the background: nothing waits for it.

    In:   ``back_up()``, ``choose_backup()``, ``check()``, ``look_weekly()``,
          ``make_reading_copy()``; ``end()`` before the window goes.
    Out:  ``notice(Notice)``; ``leaving()`` before a backup takes the place of the desk: keep
          what is on the paper; ``reopened(OpenDesk)`` after it did, or could not.
    """

    notice = Signal(object)
    leaving = Signal()
    reopened = Signal(object)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(session)
        self._session, self._window = session, window
        self._background = session.lanes.background
        self._stop = Event()
        # The list first: copying a large desk would keep its first rows waiting.
        self._soon = pause(self, PATIENCE_MS, self._begin)
        session.entered.connect(self._soon.start)
        self._quiet = pause(self, QUIET_MS, self.look_weekly)
        session.entered.connect(self._quiet.start)
        self._looker = Worker(weekly.TARGET, seconds=weekly.SECONDS)
        self.repairs = Repairs(session, window)
        self.repairs.notice.connect(self.notice)
        self.repairs.repaired.connect(partial(self.check, repair=True))

    def commands(self) -> tuple[Command, ...]:
        """What is done for the desk itself."""
        return (
            Command("back-up", _("Back up now"), self.back_up, menu=Menu.CARE, needs=Need.WRITABLE),
            Command(
                "restore-backup",
                _("Restore backup…"),
                self.choose_backup,
                menu=Menu.CARE,
                needs=Need.WRITABLE,
            ),
            Command("check-desk", _("Check desk"), self.check, menu=Menu.CARE, needs=Need.WRITABLE),
            Command(
                "read-only-copy",
                _("Create read-only copy…"),
                self.make_reading_copy,
                menu=Menu.CARE,
                needs=Need.RECORD,
            ),
        )

    def idle(self) -> bool:
        """True if no copy or check is running."""
        return self._background.idle("backup") and not self._soon.isActive()

    def end(self) -> None:
        """Cancel; remove partial copies."""
        self._soon.stop()
        self._quiet.stop()
        self._stop.set()
        self._looker.close()

    def _step(self, _done: int, _all: int) -> None:
        if self._stop.is_set():
            raise _Stopped("")

    def _run(
        self,
        work: Callable[[Desk], object],
        done: Callable[..., None],
        failed: Callable[[PressDeskError], None] | None = None,
    ) -> None:
        archive = self._session.archive
        if archive is not None:
            wrong = failed or self._session.failed
            self._background.run(self, lambda: work(archive), done, wrong, turn="backup")

    # --- backups

    def _begin(self) -> None:
        """A backup at the start, if the newest is too old. Its failure is told."""
        now = self._session.now()

        def work(archive: Desk) -> object:
            from pressdesk.desk import care

            return care.at_start(archive, now=now, step=self._step)

        self._run(work, lambda _made: None, self._no_backup)

    def _no_backup(self, error: PressDeskError) -> None:
        if not isinstance(error, _Stopped):
            what = _("This desk could not be backed up.")
            again = (_("Try again"), self.back_up)
            hint = f"{error.what} {error.hint}".strip()
            self.notice.emit(Notice(what, hint, "warning", (again,)))

    def back_up(self) -> None:
        """A backup now."""
        now = self._session.now()

        def work(archive: Desk) -> Backup:
            from pressdesk.desk import care

            return care.make(archive.path, archive.uid, now=now, step=self._step)

        self._run(work, self._backed_up, self._no_backup)

    def _backed_up(self, made: Backup) -> None:
        what = _("A backup was made and verified.")
        self.notice.emit(Notice(what, str(made.path), "good"))

    def choose_backup(self) -> None:
        """Show the backups there are."""

        def work(archive: Desk) -> tuple[Backup, ...]:
            from pressdesk.desk import care

            return care.backups(archive.uid)

        self._run(work, self._session.here(self._show_backups))

    def _show_backups(self, found: tuple[Backup, ...]) -> None:
        from pressdesk.gui.desks.backups_dialog import BackupsDialog

        dialog = BackupsDialog(found, self._window)
        dialog.restore_requested.connect(self.restore)
        show(dialog)

    def restore(self, chosen: Backup) -> None:
        """Restore a backup and reopen the desk, whatever the outcome."""
        archive, now = self._session.archive, self._session.now()
        if archive is None:
            return
        self.leaving.emit()
        path = archive.path

        def work() -> tuple[OpenDesk, PressDeskError | None]:
            from pressdesk.desk import care
            from pressdesk.desk.opening import enter

            archive.close()
            fault = None
            try:
                care.restore(path, chosen.path, now=now)
            except PressDeskError as error:
                fault = error
            return enter(path, now=now), fault

        # On the lane of writes: behind the last of them.
        done = partial(self._restored, archive, chosen)
        self._session.lanes.write.run(self, work, done, self._session.failed)

    def _restored(
        self, before: Desk, chosen: Backup, found: tuple[OpenDesk, PressDeskError | None]
    ) -> None:
        desk, fault = found
        if self._session.archive is before:
            self.reopened.emit(desk)
        else:  # a server was opened meanwhile
            close, failed = desk.archive.close, self._session.failed
            self._session.lanes.write.run(self, close, lambda _none: None, failed)
        if fault is not None:
            self._session.failed(fault)
            return
        at = f"{chosen.at.astimezone():%Y-%m-%d %H:%M}"
        what = _("The desk was restored from the backup of {time}.").format(time=at)
        hint = _("The previous state of the desk is among the backups.")
        self.notice.emit(Notice(what, hint, "good"))

    # --- the check

    def look_weekly(self) -> None:
        """Look the desk through if nobody did this week, in another process; wait while there
        is work. Only what is wrong is told."""
        archive, now = self._session.archive, self._session.now()
        if archive is None:
            return
        if not (self._session.lanes.idle() and self._background.idle("backup")):
            self._quiet.start()
            return
        work = partial(weekly.look, archive, self._looker, now=now)
        told = self._session.here(self._looked)
        self._session.lanes.outside.run(
            self, work, told, lambda _error: None, key="weekly", turn="check"
        )

    def _looked(self, found: weekly.WeeklyFault | None) -> None:
        if found is None:
            return
        if found.backup is None:
            self._tell(found.report)
            return
        at = f"{found.backup.at.astimezone():%Y-%m-%d %H:%M}"
        what = _("The backup of {time} is damaged; the desk itself is fine.").format(time=at)
        hint = _("Make a new backup. If this happens again, the backup disk may be failing.")
        again = (_("Back up now"), self.back_up)
        self.notice.emit(Notice(what, hint, "warning", (again,)))

    def check(self, *, repair: bool = False) -> None:
        """Check everything; derived data can be rebuilt."""
        now = self._session.now()

        def work(archive: Desk) -> Report:
            from pressdesk.desk import looking_after

            return looking_after.look(archive, repair=repair, now=now, going_on=self._step)

        self.notice.emit(Notice(_("Checking the desk…"), passing=True))
        self._run(work, self._session.here(self._checked), self._not_checked)

    def _not_checked(self, error: PressDeskError) -> None:
        if not isinstance(error, _Stopped):
            self._session.failed(error)

    def _checked(self, report: Report) -> None:
        if report.sound:
            what = _("No problems found in this desk.")
            hint = _(
                "Checked {issued} issued editions, {revisions} revisions and {list} list rows."
            )
            self.notice.emit(Notice(what, hint.format(**report.looked_at), "good"))
            return
        self._tell(report)

    def _tell(self, report: Report) -> None:
        """What is wrong, and the way out."""
        what = _("Damage was found in this desk.")
        mendable = all(fault.mendable for fault in report.faults)
        buttons: tuple[tuple[str, Callable[[], object]], ...]
        if mendable and not self._session.read_only:
            way = _("The texts are intact; the rest can be rebuilt from them.")
            buttons = ((_("Repair"), partial(self.check, repair=True)),)
        else:
            way = _("Restore an earlier backup. The current desk is backed up first.")
            buttons = ((_("Restore backup…"), self.choose_backup),)
            if not self._session.read_only and self._in_a_file():
                way = _("Repair what can be proven, or restore an earlier backup.")
                buttons = ((_("Repair…"), self.repairs.plan), *buttons)
        hint = f"{findings.said(report)}. {way}"
        self.notice.emit(Notice(what, hint, "bad", buttons, key="damaged"))

    def _in_a_file(self) -> bool:
        archive = self._session.archive
        return archive is not None and isinstance(archive.place, Path)

    # --- for readers

    def make_reading_copy(self) -> None:
        """Ask where to and make a copy that holds what is out, and nothing else."""
        title, home = _("Create read-only copy"), Path.home()
        ask_desk(self._window, title, self.reading_copy, new=True, folder=home)

    def reading_copy(self, file: Path) -> None:
        """Make it there."""
        file, now = named(file), self._session.now()

        def work(archive: Desk) -> int:
            from pressdesk.desk import looking_after

            return looking_after.reading_copy(archive, file, now=now, told=self._step).releases

        self._run(work, partial(self._copied, file), self._not_checked)

    def _copied(self, file: Path, number: int) -> None:
        what = ngettext(
            "A read-only copy with {n} release was created.",
            "A read-only copy with {n} releases was created.",
            number,
        )
        hint = _("It contains only issued releases that are not under embargo: {path}")
        self.notice.emit(Notice(what.format(n=number), hint.format(path=file), "good"))
