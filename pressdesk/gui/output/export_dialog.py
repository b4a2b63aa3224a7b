"""Asks in which formats, where and under which name a release leaves; then shows what came."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pressdesk.base.files import safe_name, unique_name
from pressdesk.base.i18n import _, ngettext
from pressdesk.gui.kit.fitting import Fitting
from pressdesk.gui.kit.parts import label, row

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
    """What the dialog begins with. ``embargo`` is the embargo line while it stands, else ""."""

    title: str
    formats: tuple[FormatChoice, ...]
    chosen: tuple[str, ...]
    folder: Path
    stem: str
    embargo: str = ""


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """What the person decided."""

    formats: tuple[str, ...]
    folder: Path
    stem: str
    targets: tuple[tuple[str, Path], ...]
    """Name of the format and the file it is written to."""
    despite_embargo: bool = False
    replaced: frozenset[Path] = frozenset()
    """The files that are there and may be replaced: those that were named when it was asked."""


class ExportDialog(Fitting):
    """Formats, folder and name; then what was written and what was lost.

    In:   ``progress(done, total)``, ``finished_with(paths, losses)``,
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
        self._replace = QCheckBox(_("Replace what is there"))
        self._agreed: frozenset[Path] = frozenset()
        self._despite = QCheckBox(_("Export all the same, before the embargo ends"))
        self._names = label(part="muted", wrap=True)
        self._trouble = _Notice("bad")
        self._progress = QProgressBar()
        self._go = _main_button(_("Export"))
        self._stop = QPushButton(_("Cancel"))
        self._result = _Result(self.scrolling)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._question())
        self._stack.addWidget(self._result)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._wire()
        self._look()
        self._stem.setFocus()
        self._stem.selectAll()

    # --- what it is told

    @Slot(int, int)
    def progress(self, done: int, total: int) -> None:
        """So many of so many files are written."""
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    @Slot(object, object)
    def finished_with(self, paths: Sequence[Path], losses: Sequence[str]) -> None:
        """These files were written, and this is what they could not hold."""
        self._work(False)
        self._result.show_files(paths, losses)
        self._stack.setCurrentWidget(self._result)
        self._result.setFocus()

    @Slot(str, str, object)
    def failed(self, what: str, hint: str, paths: Sequence[Path] = ()) -> None:
        """It did not work; everything chosen stays as it was, and so do the files ``paths``."""
        self._work(False)
        lines = [f"{what} {hint}".strip()]
        if paths:
            came = ngettext("This file was written:", "These files were written:", len(paths))
            lines.append(came)
        self._trouble.say("\n".join([*lines, *(path.name for path in paths)]))
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
        embargoed = bool(self._offer.embargo)
        return ExportPlan(names, folder, stem, targets, embargoed, self._agreed)

    # --- how it is laid out

    def _question(self) -> QWidget:
        page = QWidget()
        column, below = _parted(page, self.scrolling)
        title = label(self._offer.title, "title", wrap=True)
        column.addWidget(title)
        column.addWidget(self._embargo())
        column.addLayout(self._form())
        column.addWidget(self._overwriting())
        column.addWidget(self._trouble)
        column.addStretch(1)
        self._progress.setTextVisible(False)
        self._progress.hide()
        below.addWidget(self._progress)
        below.addLayout(row(None, self._stop, self._go))
        return page

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(9)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        formats = QWidget()
        listed = QVBoxLayout(formats)
        listed.setContentsMargins(0, 0, 0, 0)
        listed.setSpacing(2)
        for box in self._boxes.values():
            listed.addWidget(box)
        choose = QPushButton(_("Choose…"))
        choose.setAccessibleName(_("Choose the folder"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        form.addRow(_("Formats"), formats)
        form.addRow(_("File name"), self._stem)
        form.addRow(_("Folder"), _held(row(self._folder, choose)))
        form.addRow("", self._names)
        self._folder.setAccessibleName(_("Folder"))
        return form

    def _embargo(self) -> QWidget:
        notice = _Notice("warning", self._despite)
        notice.say(self._offer.embargo)
        return notice

    def _overwriting(self) -> QWidget:
        self._question_of_files = _Notice("warning", self._replace)
        self._question_of_files.say("")
        return self._question_of_files

    def _wire(self) -> None:
        for box in (*self._boxes.values(), self._despite):
            box.toggled.connect(self._look)
        self._replace.toggled.connect(self._agree)
        for line in (self._stem, self._folder):
            line.textChanged.connect(self._renamed)
        self._stop.setAutoDefault(False)
        self._go.clicked.connect(self._start)
        self._stop.clicked.connect(self.reject)
        self._patience.timeout.connect(self._progress.show)
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
        asked = ngettext(
            "This file is there already:", "These files are there already:", len(there)
        )
        self._question_of_files.say("\n".join([asked, *(p.name for p in there)]) if there else "")
        self._names.setText("\n".join(path.name for _name, path in plan.targets))
        agreed = not there or self._replace.isChecked()
        aware = not self._offer.embargo or self._despite.isChecked()
        named = bool(self._stem.text().strip() and self._folder.text().strip())
        self._go.setEnabled(bool(plan.targets) and named and agreed and aware)

    @Slot()
    def _choose(self) -> None:
        title = _("Folder to export to")
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
        for widget in (*self._boxes.values(), self._stem, self._folder, self._go):
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
            return
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
        self._losses = _Notice("warning")
        show, close = QPushButton(_("Show in folder")), _main_button(_("Close"))
        show.setObjectName("showfolder")
        close.setObjectName("closeresult")
        show.setAutoDefault(False)
        column, below = _parted(self, scrolling)
        for widget in (self._head, self._files, self._losses):
            column.addWidget(widget)
        column.addStretch(1)
        below.addLayout(row(None, show, close))
        self.setFocusProxy(close)
        show.clicked.connect(self._show)
        close.clicked.connect(self.closed)

    def show_files(self, paths: Sequence[Path], losses: Sequence[str]) -> None:
        count = len(paths)
        words = ngettext("{n} file was written", "{n} files were written", count)
        self._head.setText(words.format(n=count))
        self._files.setText("\n".join(str(path) for path in paths))
        lines = [_("What could not be kept:"), *(f"• {loss}" for loss in losses)]
        self._losses.say("\n".join(lines) if losses else "")
        self._folder = paths[0].parent if paths else Path()

    @Slot()
    def _show(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


class _Notice(QFrame):
    """A coloured box with words and, under them, a box to tick; gone without words."""

    def __init__(self, tone: str, box: QCheckBox | None = None) -> None:
        super().__init__()
        self.setProperty("part", "notice")
        self.setProperty("tone", tone)
        self._words = label(wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 9, 12, 9)
        column.addWidget(self._words)
        if box is not None:
            column.addWidget(box)
        self.hide()

    def say(self, text: str) -> None:
        self._words.setText(text)
        self.setVisible(bool(text))


def _there(plan: ExportPlan) -> list[Path]:
    """The files of the plan that exist."""
    return [path for _name, path in plan.targets if os.path.lexists(path)]


def _parted(
    page: QWidget, scrolling: Callable[[QWidget], QWidget]
) -> tuple[QVBoxLayout, QVBoxLayout]:
    """What scrolls where the screen is small, and below it what is always in sight."""
    inside, whole = QWidget(), QVBoxLayout(page)
    whole.setContentsMargins(24, 20, 24, 20)
    whole.setSpacing(12)
    column, below = QVBoxLayout(inside), QVBoxLayout()
    for part in (column, below):
        part.setContentsMargins(0, 0, 0, 0)
        part.setSpacing(12)
    whole.addWidget(scrolling(inside), 1)
    whole.addLayout(below)
    return column, below


def _box(choice: FormatChoice, offer: ExportOffer) -> QCheckBox:
    box = QCheckBox(choice.label)
    box.setObjectName(choice.name)
    box.setChecked(choice.name in offer.chosen)
    return box


def _main_button(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("part", "filled")
    return button


def _held(row: QHBoxLayout) -> QWidget:
    holder = QWidget()
    holder.setLayout(row)
    return holder
