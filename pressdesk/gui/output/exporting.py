"""Exports, prints and opens the page in the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from pressdesk.base import settings
from pressdesk.base.errors import DeskReadOnly, EmbargoStands, PressDeskError
from pressdesk.base.i18n import _, interface, word
from pressdesk.desk import changes, exporting, noting
from pressdesk.desk.changes import Change
from pressdesk.desk.exporting import Parcel, Render, Target, Written
from pressdesk.gui.frame.asking import show
from pressdesk.gui.frame.session import Session
from pressdesk.gui.output.previewing import Previewing, PreviewOf
from pressdesk.gui.paper.writing import Writing
from pressdesk.press.leaving import Early, WayOut, early

if TYPE_CHECKING:
    from pressdesk.base.settings import Settings
    from pressdesk.desk.browser_copies import BrowserCopies
    from pressdesk.desk.opening import Desk
    from pressdesk.formats.registry import Format
    from pressdesk.gui.output.export_dialog import ExportDialog, ExportPlan, FormatChoice
    from pressdesk.press.sheet import Sheet

T = TypeVar("T")


class Exporting(QObject):
    """Export, print and open in the browser.

    In:   ``export()``, ``browse(copies)``, ``leave(title, go, then, key)``, ``left(parcel)``
    """

    def __init__(
        self,
        session: Session,
        writing: Writing,
        previewing: Previewing,
        window: QWidget,
        before: Settings,
    ) -> None:
        super().__init__(session)
        self._session, self._writing = session, writing
        self._previewing, self._window = previewing, window
        self._folder = Path(before.export_folder or Path.home() / "Documents")
        self._chosen = before.export_formats or exporting.USUAL

    def leave(self, title: str, go: str, then: Callable[[Parcel, str], None], key: str) -> None:
        """The open edition as it stands, made ready on the page lane, and why it may leave now.

        title, go  what the dialog is called that asks for a reason while an embargo stands, and
                   its button
        then       is given the reason as well, "" where none was asked for
        """

        def ask(parcel: Parcel) -> None:
            line = self._embargo(parcel)
            if line is None:
                return
            if not line:
                then(parcel, "")
                return
            from pressdesk.gui.output.reason_dialog import ReasonDialog

            dialog = ReasonDialog(title, line, go, self._window)
            dialog.given.connect(self._session.here(partial(then, parcel)))
            show(dialog)

        self._with_parcel(lambda parcel: parcel, ask, key)

    def left(self, parcel: Parcel) -> None:
        """Its history may have another deed."""
        self._session.moved(changes.of(parcel.release_id, Change.REVISION))

    def _embargo(self, parcel: Parcel) -> str | None:
        """Why it is asked for a reason, "" for none; None where it may not leave at all, which
        is told."""
        archive = self._session.archive
        if archive is None:
            return None
        try:
            noting.guard(archive, (parcel.sheet,), now=self._session.sure())
        except EmbargoStands as error:
            return " ".join(filter(None, (error.what, self._session.doubt())))
        except DeskReadOnly as error:
            self._session.failed(error)
            return None
        return ""

    def _with_parcel(
        self, make: Callable[[Parcel], T], done: Callable[[T], None], key: str
    ) -> None:
        """What ``make`` makes on the page lane of the open edition as it stands."""
        self._writing.settle()
        self._writing.flush()

        def work(archive: Desk, shown: PreviewOf, sheet: Sheet) -> T:
            return make(exporting.packed(archive, shown.release, shown.edition, sheet))

        self._previewing.with_sheet(work, done, self._session.failed, key)

    # --- files

    def export(self) -> None:
        """Ask in which formats and where, then write."""
        self._with_parcel(lambda parcel: (parcel, exporting.formats()), self._ask, "export")

    def _ask(self, found: tuple[Parcel, tuple[Format, ...]]) -> None:
        from pressdesk.gui.output.export_dialog import ExportDialog, ExportOffer

        self._previewing.near()
        parcel, formats = found
        now, line, archive = self._session.sure(), self._embargo(parcel), self._session.archive
        if line is None or archive is None:
            return
        offer = ExportOffer(
            title=parcel.sheet.title,
            formats=choices(formats),
            chosen=self._chosen,
            folder=self._folder if self._folder.is_dir() else Path.home(),
            stem=exporting.proposed_stem(parcel, now=now),
            embargo=f"{parcel.sheet.embargo_line}\n{self._session.doubt()}".strip() if line else "",
            draft=early(parcel.sheet, now) is Early.DRAFT,
        )
        dialog = ExportDialog(offer, self._window)
        draw = self._session.renderer.drawing(self._previewing.templates)
        run = _Run(self._session, archive, draw, parcel, dialog)
        run.left.connect(lambda: self.left(parcel))
        dialog.export_requested.connect(run.start)
        dialog.export_requested.connect(self._remember)
        dialog.cancelled.connect(run.cancel)
        show(dialog)

    def _remember(self, plan: ExportPlan) -> None:
        """The next export begins where this one went, also after a restart."""
        self._folder, self._chosen = plan.folder, plan.formats

        def chosen(now: Settings) -> Settings:
            return replace(now, export_folder=str(plan.folder), export_formats=plan.formats)

        change = partial(settings.change, chosen)
        self._session.lanes.write.run(self, change, lambda _done: None, self._session.failed)

    # --- the browser

    def browse(self, copies: BrowserCopies) -> None:
        """Show the exported web page in the person's own browser, from a private folder."""
        draw = self._session.renderer.drawing(self._previewing.templates)

        def then(parcel: Parcel, despite: str) -> None:
            archive, now = self._session.archive, self._session.sure()
            if archive is None:
                return

            def work() -> Path:
                page = draw("html", parcel).data
                put = (archive, parcel.edition, parcel.sheet, WayOut.BROWSED, "html", page)
                noting.note(*put, now=now, despite=despite)
                return copies.put(parcel.sheet.title, page)

            def shown(path: Path) -> None:
                self.left(parcel)
                _show(path)

            # Of a desk that was left meanwhile nothing is shown, nor is its history another.
            there = self._session.here(shown)
            self._session.lanes.render.run(self, work, there, self._session.failed, key="opened")

        self.leave(_("Open it in the browser before the embargo ends?"), _("Open"), then, "browse")


def _show(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def choices(formats: tuple[Format, ...]) -> tuple[FormatChoice, ...]:
    """The formats as the dialog offers them, in the language of the interface."""
    from pressdesk.gui.output.export_dialog import FormatChoice

    return tuple(
        FormatChoice(one.name, word(one.label, interface()), one.suffix) for one in formats
    )


class _Run(QObject):
    """Exports of one dialog: a file at a time, so that it can be stopped between two.

    Out:  ``left()`` some may have
    """

    left = Signal()

    def __init__(
        self, session: Session, archive: Desk, draw: Render, parcel: Parcel, dialog: ExportDialog
    ) -> None:
        super().__init__(dialog)
        self._session, self._archive, self._draw = session, archive, draw
        self._parcel, self._dialog = parcel, dialog
        self._written: list[Written] = []
        self._total = 0
        self._stopped = False

    def start(self, plan: ExportPlan) -> None:
        """Write the files of the plan, unless an embargo applies that was not overridden."""
        # What an export before this one still says goes to its own list.
        self._written, self._total, self._stopped = [], len(plan.targets), False
        targets = [Target(self._parcel, name, path) for name, path in plan.targets]
        now, written = self._session.sure(), self._written

        def begin() -> Iterator[Written]:
            return exporting.write(
                self._archive,
                targets,
                now=now,
                render=self._draw,
                despite=plan.despite,
                over=plan.replaced,
            )

        self._on_lane(begin, lambda steps: self._next(steps, written), written)

    def cancel(self) -> None:
        """Stop after the file that is being written."""
        self._stopped = True

    def _next(self, steps: Iterator[Written], written: list[Written]) -> None:
        if written is not self._written:
            return
        if self._stopped:
            self._finished()
            return
        self._dialog.progress(len(written), self._total)

        def done(one: Written | None) -> None:
            if one is None:
                self._finished()
                return
            written.append(one)
            QTimer.singleShot(0, self, partial(self._next, steps, written))

        self._on_lane(lambda: next(steps, None), done, written)

    def _on_lane(
        self, work: Callable[[], T], done: Callable[[T], None], written: list[Written]
    ) -> None:
        def failed(error: PressDeskError) -> None:
            if written is self._written:
                self.left.emit()
                self._dialog.failed(error.what, error.hint, [one.path for one in written])

        self._session.lanes.render.run(self, work, done, failed)

    def _finished(self) -> None:
        losses = dict.fromkeys(loss for one in self._written for loss in one.losses)
        paths = [one.path for one in self._written]
        said = exporting.compared_line(self._written, issued=self._parcel.sheet.state.out)
        self.left.emit()
        self._dialog.finished_with(paths, tuple(losses), said)
