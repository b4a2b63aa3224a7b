"""The import flow: choose a file, review its items, store them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from pressdesk.base.errors import DeskPassword, DeskUnreachable, PressDeskError
from pressdesk.base.i18n import _, ngettext
from pressdesk.gui.frame.asking import show, while_open
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.frame.session import Session
from pressdesk.gui.kit.asking_files import ask_file

if TYPE_CHECKING:
    from pressdesk.base.worker import Worker
    from pressdesk.desk.changes import Changes
    from pressdesk.desk.importing import ReadFile, ReadyBatch
    from pressdesk.desk.opening import Desk
    from pressdesk.desk.proposals import Review
    from pressdesk.gui.importing.review import ImportReview
    from pressdesk.press.filed import Batch


class _Once:
    """Makes a batch ready once: for whichever lane asks first, while the other waits."""

    def __init__(self, archive: Desk, work: Callable[[], ReadyBatch]) -> None:
        self.archive = archive
        self._work, self._one_at_a_time = work, Lock()
        self._made: ReadyBatch | None = None

    def __call__(self) -> ReadyBatch:
        with self._one_at_a_time:
            if self._made is None:
                self._made = self._work()
            return self._made


class Importing(QObject):
    """From a file to drafts, through the review.

    In:   ``choose()``, ``files(names)``; ``finish()`` before the desk is left, ``end()`` before
          the window goes
    Out:  ``notice(Notice)``; ``accepted()`` items are about to be filed;
          ``filed(release id)`` the first of what was taken in;
          ``undoing()`` before an import is taken back: the paper may hold one of its items.
    """

    notice = Signal(object)
    accepted = Signal()
    filed = Signal(int)
    undoing = Signal()

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(session)
        self._session, self._window = session, window
        self._folder = str(Path.home())
        self._accepted: list[_Once] = []
        """Made ready in the background, not yet filed."""
        self._names: list[str] = []
        """Files that wait until the one before them is read and decided about."""
        self._busy = self._ended = False
        self._child: Worker | None = None

    def choose(self) -> None:
        """Ask for a file."""
        from pressdesk.formats.registry import readers

        suffixes = sorted({s for reader in readers().values() for s in reader.suffixes})
        patterns = " ".join(f"*{suffix}" for suffix in suffixes)
        ask_file(
            self._window,
            _("Import past releases"),
            lambda file: self.files([str(file)]),
            filters=(_("Past releases") + f" ({patterns})", _("All files") + " (*)"),
            folder=Path(self._folder),
        )

    def files(self, names: list[str]) -> None:
        """Read files dropped or chosen, one review after the other."""
        self._names += names
        if not self._busy:
            self._next()

    def _next(self) -> None:
        self._busy = False
        if self._names and self._session.read_only:
            self._names.clear()
            self._session.warn(_("This desk is read-only."), _("Open another desk to import into."))
        if not self._names:
            return
        self._busy = True
        path = Path(self._names.pop(0))
        self._folder = str(path.parent)

        def failed(error: PressDeskError) -> None:
            self._session.failed(error)
            self._next()

        self._look(path, partial(self._show, path), failed)

    def _look(
        self,
        path: Path,
        done: Callable[[ReadFile, Review], None],
        failed: Callable[[PressDeskError], None],
        encoding: str | None = None,
    ) -> None:
        """Have a child read the file, then compare what it found with the desk: neither keeps
        the list waiting."""
        now, lanes = self._session.now(), self._session.lanes
        lanes.background.forget("twins")

        def read() -> ReadFile:
            from pressdesk.desk import importing

            return importing.read_file(path, today=now.date(), encoding=encoding, begun=self._begun)

        def compare(opened: ReadFile) -> None:
            archive = self._session.archive
            if archive is None or self._session.read_only:
                self._names.insert(0, str(path))
                self._next()  # another desk, that takes nothing
                return

            def look() -> Review:
                from pressdesk.desk import importing

                return importing.open_review(
                    archive, opened, today=now.date(), now=now, step=self._go_on
                )

            def compared(review: Review) -> None:
                # What another desk has, or could not say, is nothing to this one.
                done(opened, review) if archive is self._session.archive else compare(opened)

            def wrong(error: PressDeskError) -> None:
                failed(error) if archive is self._session.archive else compare(opened)

            lanes.background.run(self, look, compared, wrong, key="twins", turn="twins")

        lanes.outside.run(self, read, compare, failed, key="import", turn="import")

    def _begun(self, child: Worker) -> None:
        self._child = child
        self._go_on()

    def _go_on(self) -> None:
        if self._ended:
            raise PressDeskError(_("PressDesk is closing."))

    def _show(self, path: Path, opened: ReadFile, review: Review) -> None:
        from pressdesk.gui.importing.review import ImportReview

        dialog = ImportReview(review, opened.name, self._window)
        holder = [opened]
        dialog.encoding_chosen.connect(partial(self._again, dialog, path, holder))

        def finished(result: int) -> None:
            if result == QDialog.DialogCode.Accepted:
                self._take_in(holder[0], dialog.review())
            self._next()

        dialog.finished.connect(finished)
        show(dialog)

    def _again(
        self, dialog: ImportReview, path: Path, holder: list[ReadFile], encoding: str
    ) -> None:
        """The person knows the encoding better: read the same file anew."""

        def done(opened: ReadFile, review: Review) -> None:
            holder[0] = opened
            dialog.show_review(review)

        def failed(error: PressDeskError) -> None:
            dialog.show_trouble(error.what, error.hint)

        self._look(path, while_open(dialog, done), while_open(dialog, failed), encoding)

    def _take_in(self, opened: ReadFile, review: Review) -> None:
        if not any(proposal.accepted for proposal in review.proposals):
            return
        archive, now = self._session.archive, self._session.now()
        if archive is None:
            return

        def work() -> ReadyBatch:
            from pressdesk.desk import importing

            return importing.make_ready(archive, opened, review, now=now)

        self.accepted.emit()
        self._make_ready(_Once(archive, work))

    def _make_ready(self, accepted: _Once) -> None:
        self._accepted.append(accepted)

        def ready(_made: ReadyBatch) -> None:
            if accepted in self._accepted:
                self._file(accepted)

        def failed(error: PressDeskError) -> None:
            if accepted in self._accepted:
                self._accepted.remove(accepted)
                self._refused(accepted, error)

        self._session.lanes.background.run(self, accepted, ready, failed, turn="filing")

    def _file(self, accepted: _Once) -> None:
        self._accepted.remove(accepted)

        def work(archive: Desk) -> tuple[Batch, Changes]:
            from pressdesk.desk import importing

            return importing.file(archive, accepted())

        filed, refused = self._session.here(self._filed), partial(self._refused, accepted)
        self._session.act(work, filed, refused, of=())  # all of them are new

    def _refused(self, accepted: _Once, error: PressDeskError) -> None:
        """What was decided in the review is not lost: it is filed, once, when that is possible."""
        if isinstance(error, DeskPassword | DeskUnreachable):
            self._session.undone(error)
        if accepted.archive is self._session.archive:
            again = (_("Try again"), self._session.here(partial(self._make_ready, accepted)))
            hint = f"{error.what} {error.hint}".strip()
            self.notice.emit(Notice(_("Nothing was imported."), hint, "bad", (again,)))
        else:
            self._session.warn(error.what, error.hint)

    def finish(self) -> None:
        """The desk is about to be left: what was accepted is filed before that."""
        for accepted in tuple(self._accepted):
            self._file(accepted)

    def end(self) -> None:
        """What is only read is given up."""
        self._ended = True
        if self._child is not None:
            self._child.close()

    def _filed(self, batch: Batch) -> None:
        number = len(batch.releases)
        what = ngettext("{n} item was imported.", "{n} items were imported.", number)
        undo = (_("Undo"), partial(self._undo, batch))
        self.notice.emit(Notice(what.format(n=number), tone="good", buttons=(undo,)))
        if batch.releases:
            self.filed.emit(batch.releases[0])

    def _undo(self, batch: Batch) -> None:
        self.undoing.emit()

        def work(archive: Desk) -> tuple[int, Changes]:
            from pressdesk.desk import importing

            return importing.undo(archive, batch)

        self._session.act(work, of=batch.releases)
