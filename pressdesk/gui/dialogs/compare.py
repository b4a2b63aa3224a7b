"""Two versions compared: particulars and text, in one or side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QHBoxLayout, QPushButton, QWidget

from pressdesk.base.i18n import _, ngettext
from pressdesk.document.diff import Piece
from pressdesk.gui.dialogs.frame import Frame
from pressdesk.gui.diff_view import DiffView
from pressdesk.gui.parts import button, label, row, tool
from pressdesk.press.differing import VersionDiff

_WORD = re.compile(r"\w+")


class CompareDialog(Frame):
    """In: what became of one version in another. Out: ``restore_wanted()`` the older is to be.

    old, new   what the two versions are called
    restoring  words of a button that restores the older, "" for none
    """

    restore_wanted = Signal()

    def __init__(
        self,
        found: VersionDiff,
        old: str,
        new: str,
        parent: QWidget | None = None,
        *,
        restoring: str = "",
    ) -> None:
        super().__init__(_("What differs"), parent, width=720)
        self._found, self._at = found, -1
        self.body.addLayout(_ends(old, new))
        self.view = DiffView()
        self.in_one, self.beside = self._segment(_("In one text")), self._segment(_("Side by side"))
        self.only = QCheckBox(_("Changes only"))
        self.only.setChecked(True)
        self.count = label("", "muted")
        self.back = tool("chevron-up", _("Change before (Shift+F3)"), does=lambda: self._go(-1))
        self.on = tool("chevron", _("Next change (F3)"), does=lambda: self._go(1))
        self.body.addLayout(row(self._segments(), self.only, None, self.count, self.back, self.on))
        self.body.addWidget(self.view, 1)
        self.add_left(label(summary(found), "muted"))
        if restoring:
            self.add_button(restoring, self._restore)
        self.add_button(_("Close"), self.accept, "filled")
        for key, step in (("F3", 1), ("Shift+F3", -1)):
            QShortcut(QKeySequence(key), self).activated.connect(lambda s=step: self._go(s))
        self.only.toggled.connect(lambda _on: self._draw())
        self.beside.toggled.connect(lambda _on: self._draw())
        self.resize(*self._size(parent))
        self._draw()
        self.view.setFocus()

    def _size(self, parent: QWidget | None) -> tuple[int, int]:
        room = parent.size() if parent is not None else None
        if room is None:
            return 920, 660
        return min(1080, max(720, room.width() - 120)), min(820, max(480, room.height() - 110))

    def _segment(self, words: str) -> QPushButton:
        made = button(words, "segment")
        made.setCheckable(True)
        made.setMinimumWidth(104)
        return made

    def _segments(self) -> QWidget:
        frame = QFrame()
        frame.setObjectName("segments")
        line = QHBoxLayout(frame)
        line.setContentsMargins(2, 2, 2, 2)
        line.setSpacing(1)
        group = QButtonGroup(self)
        for made in (self.in_one, self.beside):
            group.addButton(made)
            line.addWidget(made)
        self.in_one.setChecked(True)
        return frame

    def _draw(self) -> None:
        beside, only = self.beside.isChecked(), self.only.isChecked()
        self.view.show_diff(self._found, beside=beside, changes_only=only)
        self._at = -1
        self._tell()

    def _go(self, step: int) -> None:
        places = self.view.changes()
        if places:
            before = self._at if self._at >= 0 or step > 0 else 0
            self._at = (before + step) % len(places)
            self.view.go_to(places[self._at])
            self._tell()

    def _tell(self) -> None:
        number = len(self.view.changes())
        for each in (self.back, self.on):
            each.setEnabled(bool(number))
        if self._at >= 0:
            self.count.setText(_("Change {i} of {n}").format(i=self._at + 1, n=number))
        else:
            self.count.setText(ngettext("{n} change", "{n} changes", number).format(n=number))

    def _restore(self) -> None:
        self.accept()
        self.restore_wanted.emit()


def _ends(old: str, new: str) -> QHBoxLayout:
    """Which two: the older struck sign and the newer one, as they are marked in the text."""
    return row(
        label("\u2212", "bad"), label(old, "muted"), label("→", "muted"),
        label("+", "plus"), label(new, "muted"), None,
    )  # fmt: skip


def summary(found: VersionDiff) -> str:
    """How much differs, in words."""
    texts = [piece for line in found.body.lines for piece in line.pieces]
    added, removed = _words(texts, "added"), _words(texts, "removed")
    parts = []
    if found.fields:
        number = len(found.fields)
        parts.append(ngettext("{n} particular", "{n} particulars", number).format(n=number))
    if added:
        parts.append(ngettext("{n} word added", "{n} words added", added).format(n=added))
    if removed:
        parts.append(ngettext("{n} word removed", "{n} words removed", removed).format(n=removed))
    return " · ".join(parts)


def _words(pieces: Iterable[Piece], change: str) -> int:
    return sum(len(_WORD.findall(piece.text)) for piece in pieces if piece.change == change)
