"""Settings rows for backups, the offline copy and the last check."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from pressdesk.base.i18n import _
from pressdesk.desk.care import DAYS, WEEKS
from pressdesk.desk.copies import Copies
from pressdesk.gui.kit import words
from pressdesk.gui.kit.parts import button, column, label, look, row
from pressdesk.gui.kit.sections import labelled


class CopiesRows(QWidget):
    """In:   ``show_copies(Copies)``, ``show_fault(row, what)`` with row "backups" or "mirror".
    Out:  ``folder_wanted()``, ``folder_dropped()``, ``mirror_wanted()``, ``mirror_dropped()``.
    """

    folder_wanted = Signal()
    folder_dropped = Signal()
    mirror_wanted = Signal()
    mirror_dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = labelled(across=10, down=12)
        self.setLayout(self._grid)
        self._folder, self._file = _Path(_("Backup folder")), _Path(_("Offline copy file"))
        self._backups, self._mirror, self._checked = (label("", "muted", wrap=True) for _n in "123")
        self._caution = label("", "caution", wrap=True)
        self._caution.hide()
        self._choose = button(_("Choose…"), does=self.folder_wanted.emit)
        self._choose.setAccessibleName(_("Choose backup folder"))
        self._own = button(_("Default"), does=self.folder_dropped.emit)
        self._pick = button(_("Choose…"), does=self.mirror_wanted.emit)
        self._pick.setAccessibleName(_("Choose a file for the offline copy"))
        self._stop = button(_("None"), does=self.mirror_dropped.emit)
        self._row(
            _("Backups"), self._folder, (self._choose, self._own), (self._backups, self._caution)
        )
        self._row(_("Offline copy"), self._file, (self._pick, self._stop), (self._mirror,))
        self._grid.addWidget(label(_("Check"), "muted"), 2, 0)
        self._grid.addWidget(self._checked, 2, 1)
        for one in (self._choose, self._own, self._pick, self._stop):
            one.setEnabled(False)

    def _row(
        self,
        title: str,
        path: QLineEdit,
        buttons: tuple[QPushButton, ...],
        below: tuple[QLabel, ...],
    ) -> None:
        said = label(title, "muted")
        said.setMinimumHeight(30)
        said.setBuddy(path)
        at = self._grid.count() // 2
        self._grid.addWidget(said, at, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(column(row(path, *buttons, fill=path), *below, gap=4), at, 1)

    def show_copies(self, copies: Copies) -> None:
        """Show the locations, without any earlier messages."""
        self._folder.show_path(str(copies.folder))
        self._choose.setEnabled(True)
        self._own.setEnabled(copies.chosen)
        _say(self._backups, _backups(copies))
        self._caution.setText(copies.caution)
        self._caution.setVisible(bool(copies.caution))
        self._file.show_path(copies.mirror)
        self._pick.setEnabled(copies.on_server)
        self._stop.setEnabled(bool(copies.mirror))
        _say(self._mirror, _mirror(copies))
        _say(self._checked, _checked(copies))

    def show_fault(self, row: str, what: str) -> None:
        """Show why a location cannot be used; the previous one stays."""
        _say(self._backups if row == "backups" else self._mirror, what, "bad")


def _say(where: QLabel, text: str, part: str = "muted") -> None:
    where.setText(text)
    look(where, "part", part)


class _Path(QLineEdit):
    """A path to read and copy, shown from both its ends."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._path = ""
        self.setReadOnly(True)
        self.setAccessibleName(name)

    def show_path(self, path: str) -> None:
        """Show it, with ~ for the person's own folder."""
        home = str(Path.home())
        self._path = f"~{path[len(home) :]}" if path.startswith(f"{home}/") else path
        self.setToolTip(path)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Elide the path to the available width."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.width() - 28
        middle = Qt.TextElideMode.ElideMiddle
        self.setText(self.fontMetrics().elidedText(self._path, middle, room))
        self.setCursorPosition(0)


def _backups(copies: Copies) -> str:
    if copies.on_server:
        return _("A desk on a server is backed up there. This is only for desks in files.")
    kept = _("Keeps one backup a day for {days} days and one a week for {weeks} weeks.")
    kept = kept.format(days=DAYS, weeks=WEEKS)
    if copies.backed_up is None:
        return kept
    return f"{kept} " + _("Last backup: {time}.").format(time=words.at(copies.backed_up))


def _mirror(copies: Copies) -> str:
    if not copies.mirror:
        if copies.on_server:
            return _("A file on this computer, kept up to date with everything issued.")
        return _("Open a desk on a server to keep an offline copy of it.")
    if copies.state is None:
        return _("Nothing received yet.")
    return words.mirror(copies.state.at, copies.state.releases) + "."


def _checked(copies: Copies) -> str:
    checked = copies.checked
    if copies.on_server:
        return _("This desk is checked on its server.")
    if checked is None:
        return _("Not checked yet. Runs once a week in the background.")
    if checked.sound:
        return _("Checked {time}: no problems.").format(time=words.at(checked.at))
    return _("Checked {time}: damage found.").format(time=words.at(checked.at))
