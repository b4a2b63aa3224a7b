"""Asks for formats, folder and file name of an export, and shows the result."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from pressdesk.base.files import safe_name, unique_name
from pressdesk.base.i18n import _, ngettext
from pressdesk.gui.kit.fitting import Fitting
from pressdesk.gui.kit.parts import Part, button, column, label, pause, row
from pressdesk.gui.output.reason_dialog import reason_line

PATIENCE_MS = 1000
"""Work that takes longer shows its progress and can be cancelled."""


@dataclass(frozen=True, slots=True)
class FormatChoice:
    """A format that is offered."""

    name: str
    label: str
    suffix: str


@dataclass(frozen=True, slots=True)
class ExportOffer:
    """What the dialog begins with.

    embargo  its line while it stands, else ""; then a reason is asked for
    draft    a reason can be given
    """

    title: str
    formats: tuple[FormatChoice, ...]
    chosen: tuple[str, ...]
    folder: Path
    stem: str
    embargo: str = ""
    draft: bool = False


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """What the person decided."""

    formats: tuple[str, ...]
    folder: Path
    stem: str
    targets: tuple[tuple[str, Path], ...]
    """Name of the format and the file it is written to."""
    despite: str = ""
    """Why it leaves before its time."""
    replaced: frozenset[Path] = frozenset()
    """The files that are there and may be replaced: those that were named when it was asked."""


class ExportDialog(Fitting):
    """Formats, folder and name; then what was written and what was lost.

    In:   ``progress(done, total)``, ``finished_with(paths, losses, compared)``,
          ``failed(what, hint, paths)``
    Out:  ``export_requested(plan)``, ``cancelled()`` while it runs
    """

    export_requested = Signal(object)
    cancelled = Signal()

    def __init__(self, offer: ExportOffer, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=540)
        self.setWindowTitle(_("Export"))
        self._offer = offer
        self._boxes = {choice.name: _box(choice, offer) for choice in offer.formats}
        self._stem = QLineEdit(offer.stem)
        self._folder = QLineEdit(str(offer.folder))
        self._replace = QCheckBox(_("Replace existing files"))
        self._agreed: frozenset[Path] = frozenset()
        self._reason = reason_line(
            _("Why it may go out before then; kept in the history")
            if offer.embargo
            else _("Optional; kept in the history")
        )
        self._names = label(part="muted", wrap=True)
        self._embargo = _Notice("warning", self._reason if offer.embargo else None)
        self._embargo.say(offer.embargo)
        self._overwriting = _Notice("warning", self._replace)
        self._trouble = _Notice("bad")
        self._progress = QProgressBar(textVisible=False)
        self._go = _main_button(_("Export"))
        self._stop = button(_("Cancel"), does=self.reject)
        self._result = _Result(self.scrolling)
        self._patience = pause(self, PATIENCE_MS, self._progress.show)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._question())
        self._stack.addWidget(self._result)
        self.setLayout(column(self._stack))
        self._wire()
        self._look()
        self._stem.selectAll()
        (self._reason if offer.embargo else self._stem).setFocus()

    # --- what it is told

    @Slot(int, int)
    def progress(self, done: int, total: int) -> None:
        """So many of so many files are written."""
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    @Slot(object, object, str)
    def finished_with(
        self, paths: Sequence[Path], losses: Sequence[str], compared: str = ""
    ) -> None:
        """These files were written, this is what they could not hold, and what was compared."""
        self._work(False)
        self._result.show_files(paths, losses, compared)
        self._stack.setCurrentWidget(self._result)
        self._result.setFocus()

    @Slot(str, str, object)
    def failed(self, what: str, hint: str, paths: Sequence[Path] = ()) -> None:
        """It did not work; everything chosen stays as it was, and so do the files ``paths``."""
        self._work(False)
        came = ngettext("This file was exported:", "These files were exported:", len(paths))
        lines = [came, *(path.name for path in paths)] if paths else []
        self._trouble.say("\n".join([f"{what} {hint}".strip(), *lines]))
        self._look()

    def plan(self) -> ExportPlan:
        """What is chosen now."""
        names = tuple(name for name, box in self._boxes.items() if box.isChecked())
        suffixes = {choice.name: choice.suffix for choice in self._offer.formats}
        folder = Path(self._folder.text().strip()).expanduser()
        stem = safe_name(self._stem.text())
        files: list[str] = []
        for name in names:
            files.append(unique_name(stem, suffixes[name], files))
        targets = tuple((name, folder / file) for name, file in zip(names, files, strict=True))
        return ExportPlan(names, folder, stem, targets, self._reason.text().strip(), self._agreed)

    # --- how it is laid out

    def _question(self) -> QWidget:
        page = QWidget()
        title = label(self._offer.title, "title", wrap=True)
        parts = (title, self._embargo, self._form(), self._overwriting, self._trouble)
        self._progress.hide()
        below = (self._progress, row(None, self._stop, self._go))
        _lay_out(page, self.scrolling, parts, below)
        return page

    def _form(self) -> QFormLayout:
        left = Qt.AlignmentFlag.AlignLeft
        form = QFormLayout(horizontalSpacing=16, verticalSpacing=9, labelAlignment=left)
        formats, folder = QWidget(), QWidget()
        formats.setLayout(column(*self._boxes.values(), gap=2))
        choose = button(_("Choose…"), does=self._choose)
        choose.setAccessibleName(_("Choose folder"))
        folder.setLayout(row(self._folder, choose))
        form.addRow(_("Formats"), formats)
        form.addRow(_("File name"), self._stem)
        form.addRow(_("Folder"), folder)
        form.addRow("", self._names)
        if self._offer.draft:
            form.addRow(_("Reason"), self._reason)
        self._folder.setAccessibleName(_("Folder"))
        return form

    def _wire(self) -> None:
        for box in self._boxes.values():
            box.toggled.connect(self._look)
        self._reason.textChanged.connect(self._look)
        self._replace.toggled.connect(self._agree)
        for line in (self._stem, self._folder):
            line.textChanged.connect(self._renamed)
        self._go.clicked.connect(self._start)
        self._result.closed.connect(self.accept)

    # --- what happens in it

    @Slot()
    def _renamed(self) -> None:
        # A yes was said to other files than these.
        self._replace.setChecked(False)
        self._look()

    @Slot(bool)
    def _agree(self, yes: bool) -> None:
        self._agreed = frozenset(_there(self.plan())) if yes else frozenset()
        self._look()

    @Slot()
    def _look(self) -> None:
        """Show the names that come of it, ask about files that are there, and allow or not."""
        plan = self.plan()
        there = _there(plan)
        if self._replace.isChecked() and not self._agreed.issuperset(there):
            self._replace.setChecked(False)  # one more is there: looks again
            return
        asked = ngettext("This file already exists:", "These files already exist:", len(there))
        self._overwriting.say("\n".join([asked, *(p.name for p in there)]) if there else "")
        self._names.setText("\n".join(path.name for _name, path in plan.targets))
        agreed = not there or self._replace.isChecked()
        aware = not self._offer.embargo or bool(plan.despite)
        named = bool(self._stem.text().strip() and self._folder.text().strip())
        self._go.setEnabled(bool(plan.targets) and named and agreed and aware)

    @Slot()
    def _choose(self) -> None:
        title = _("Export folder")
        found = QFileDialog.getExistingDirectory(self, title, self._folder.text())
        if found:
            self._folder.setText(found)

    @Slot()
    def _start(self) -> None:
        self._look()  # a file may have come meanwhile
        if self._go.isEnabled():
            self._work(True)
            self.export_requested.emit(self.plan())

    def _work(self, on: bool) -> None:
        self._trouble.say("")
        for widget in (*self._boxes.values(), self._stem, self._folder, self._reason, self._go):
            widget.setEnabled(not on)
        self._progress.setRange(0, 0)
        self._progress.hide()
        if on:
            self._patience.start()
        else:
            self._patience.stop()

    def reject(self) -> None:
        """Escape and Cancel: end the work when there is some, else leave."""
        if self._busy():
            self.cancelled.emit()
            self._work(False)
            self._look()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing while it runs cancels it."""
        if self._busy():
            self.cancelled.emit()
        super().closeEvent(event)

    def _busy(self) -> bool:
        return not self._stem.isEnabled()


class _Result(QWidget):
    """The files that were written, and what they could not hold."""

    closed = Signal()

    def __init__(self, scrolling: Callable[[QWidget], QWidget]) -> None:
        super().__init__()
        self._folder = Path()
        self._head = label("", "title")
        self._files = label(wrap=True)
        self._files.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._compared = label(part="muted", wrap=True)
        self._losses = _Notice("warning")
        show, close = button(_("Show in folder"), does=self._show), _main_button(_("Close"))
        show.setObjectName("showfolder")
        close.setObjectName("closeresult")
        parts = (self._head, self._files, self._compared, self._losses)
        _lay_out(self, scrolling, parts, (row(None, show, close),))
        self.setFocusProxy(close)
        close.clicked.connect(self.closed)

    def show_files(self, paths: Sequence[Path], losses: Sequence[str], compared: str) -> None:
        count = len(paths)
        words = ngettext("{n} file was exported", "{n} files were exported", count)
        self._head.setText(words.format(n=count))
        self._files.setText("\n".join(str(path) for path in paths))
        self._compared.setText(compared)
        self._compared.setVisible(bool(compared))
        lines = [_("Not carried over:"), *(f"• {loss}" for loss in losses)]
        self._losses.say("\n".join(lines) if losses else "")
        self._folder = paths[0].parent if paths else Path()

    @Slot()
    def _show(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


class _Notice(QFrame):
    """A coloured box with words and, under them, what is asked; gone without words."""

    def __init__(self, tone: str, asked: QWidget | None = None) -> None:
        super().__init__()
        self.setProperty("part", "notice")
        self.setProperty("tone", tone)
        self._words = label(wrap=True)
        parts = [self._words] if asked is None else [self._words, asked]
        self.setLayout(column(*parts, gap=-1, around=(12, 9, 12, 9)))
        self.hide()

    def say(self, text: str) -> None:
        self._words.setText(text)
        self.setVisible(bool(text))


def _there(plan: ExportPlan) -> list[Path]:
    """The files of the plan that exist."""
    return [path for _name, path in plan.targets if os.path.lexists(path)]


def _lay_out(
    page: QWidget,
    scrolling: Callable[[QWidget], QWidget],
    parts: Sequence[Part],
    below: Sequence[Part],
) -> None:
    """What scrolls where the screen is small, and below it what is always in sight."""
    inside = QWidget()
    inside.setLayout(column(*parts, None, gap=12))
    area = scrolling(inside)
    page.setLayout(column(area, *below, gap=12, around=(24, 20, 24, 20), fill=area))


def _box(choice: FormatChoice, offer: ExportOffer) -> QCheckBox:
    box = QCheckBox(choice.label)
    box.setObjectName(choice.name)
    box.setChecked(choice.name in offer.chosen)
    return box


def _main_button(text: str) -> QPushButton:
    made = QPushButton(text)
    made.setProperty("part", "filled")
    return made
