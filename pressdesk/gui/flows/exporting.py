"""Exporting, printing and the page in the browser: what leaves the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from pressdesk.base import settings
from pressdesk.base.errors import PressDeskError
from pressdesk.base.files import atomic_write
from pressdesk.base.i18n import _
from pressdesk.desk import exporting
from pressdesk.desk.exporting import Parcel, Rendered
from pressdesk.gui.flows.asking import show
from pressdesk.gui.flows.previewing import Previewing, pictures, sheet_of
from pressdesk.gui.flows.room import Room
from pressdesk.gui.flows.writing import Writing

if TYPE_CHECKING:
    from pressdesk.base.settings import Settings
    from pressdesk.desk.browser_copies import BrowserCopies
    from pressdesk.gui.dialogs.export import ExportDialog, ExportPlan, FormatChoice

CHOSEN = ("pdf", "html")


class Exporting(QObject):
    """Export, print and open in the browser.

    In:   ``export()``, ``browse(copies)``, ``parcel(done)``
    """

    def __init__(
        self,
        room: Room,
        writing: Writing,
        previewing: Previewing,
        window: QWidget,
        before: Settings,
    ) -> None:
        super().__init__(room)
        self._room, self._writing = room, writing
        self._previewing, self._window = previewing, window
        self._folder = Path(before.export_folder or Path.home() / "Documents")
        self._chosen = before.export_formats or CHOSEN

    def parcel(self, done: Callable[[Parcel], None]) -> None:
        """The open edition as it stands, ready to leave; made on the page lane."""
        self._writing.settle()
        shown, current, room = self._previewing.shown(), self._writing.current, self._room
        archive = room.archive
        if shown is None or current is None or archive is None:
            return
        self._writing.flush()

        def work() -> Parcel:
            sheet = sheet_of(shown, room)
            release, edition = shown.release, shown.edition
            found = pictures(archive, sheet)
            exporting.complete(sheet, found)
            return Parcel(release.id, edition.number, release.slug, sheet, found)

        room.lanes.pages.run(self, work, done, room.failed, key="parcel")

    # --- files

    def export(self) -> None:
        """Ask in which formats and where, then write."""
        self.parcel(self._ask)

    def _ask(self, parcel: Parcel) -> None:
        from pressdesk.gui.dialogs.export import ExportDialog, ExportOffer

        self._previewing.near()
        now = self._room.now()
        offer = ExportOffer(
            title=parcel.sheet.title,
            formats=formats(),
            chosen=self._chosen,
            folder=self._folder if self._folder.is_dir() else Path.home(),
            stem=exporting.proposed_stem(parcel, now=now),
            embargo=parcel.sheet.embargo_line if parcel.embargoed(now) else "",
        )
        dialog = ExportDialog(offer, self._window)
        run = _Run(self._room, self._previewing, parcel, dialog)
        dialog.export_requested.connect(run.start)
        dialog.export_requested.connect(self._remember)
        dialog.cancelled.connect(run.cancel)
        show(dialog)

    def _remember(self, plan: ExportPlan) -> None:
        """The next export begins where this one went, also after a restart."""
        self._folder, self._chosen = plan.folder, plan.formats

        def work() -> None:
            folder = str(plan.folder)
            settings.change(
                lambda now: replace(now, export_folder=folder, export_formats=plan.formats)
            )

        self._room.lanes.writes.run(self, work, lambda _done: None, self._room.failed)

    # --- the browser

    def browse(self, copies: BrowserCopies) -> None:
        """Show the exported web page in the person's own browser, from a private folder."""
        templates, renderer = self._previewing.templates, self._room.renderer

        def ready(parcel: Parcel) -> None:
            def work() -> Path:
                made = renderer.export(parcel.sheet, "html", parcel.attachments, templates)
                return copies.put(parcel.sheet.title, made.data)

            self._room.lanes.pages.run(self, work, _show, self._room.failed, key="browse")

        self.parcel(ready)


def _show(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def formats() -> tuple[FormatChoice, ...]:
    """What can be exported, without importing a single writer."""
    from pressdesk.gui.dialogs.export import FormatChoice

    return (
        FormatChoice("pdf", "PDF", ".pdf"),
        FormatChoice("html", "HTML", ".html"),
        FormatChoice("text", _("Text"), ".txt"),
        FormatChoice("markdown", "Markdown", ".md"),
    )


class _Run(QObject):
    """One export: a format at a time, so that it can be stopped between two."""

    def __init__(
        self, room: Room, previewing: Previewing, parcel: Parcel, dialog: ExportDialog
    ) -> None:
        super().__init__(dialog)
        self._room, self._previewing = room, previewing
        self._parcel, self._dialog = parcel, dialog
        self._steps: Iterator[tuple[str, Path]] = iter(())
        self._paths: list[Path] = []
        self._losses: list[str] = []
        self._total = 0
        self._stopped = False

    def start(self, plan: ExportPlan) -> None:
        """Write the files of the plan, unless an embargo stands that nobody lifted."""
        self._paths, self._losses, self._stopped = [], [], False
        self._steps, self._total = iter(plan.targets), len(plan.targets)
        try:
            if not plan.despite_embargo:
                exporting.guard([self._parcel], now=self._room.now())
        except PressDeskError as error:
            self._failed(error)
            return
        self._next()

    def cancel(self) -> None:
        """Stop after the file that is being written."""
        self._stopped = True

    def _next(self) -> None:
        step = next(self._steps, None)
        if step is None or self._stopped:
            self._dialog.finished_with(self._paths, self._losses)
            return
        self._dialog.progress(len(self._paths), self._total)
        name, path = step
        parcel, templates = self._parcel, self._previewing.templates
        renderer = self._room.renderer

        def work() -> Rendered:
            made = renderer.export(parcel.sheet, name, parcel.attachments, templates)
            atomic_write(path, made.data)
            return made

        def done(made: Rendered) -> None:
            self._paths.append(path)
            self._losses += [loss for loss in made.losses if loss not in self._losses]
            QTimer.singleShot(0, self._next)

        self._room.lanes.pages.run(self, work, done, self._failed)

    def _failed(self, error: PressDeskError) -> None:
        self._dialog.failed(error.what, error.hint)
