"""The comparison with its controls: inline or side by side, changes only, next, previous."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from pressdesk.base.i18n import _, ngettext
from pressdesk.gui.history.diff_view import DiffView
from pressdesk.gui.history.drawing import MARGIN
from pressdesk.gui.kit.parts import button, column, label, row, short, tool
from pressdesk.gui.kit.theme import SANS, font
from pressdesk.press.differing import VersionDiff

EDGE, COLUMN_GAP = 6, 12
"""From the edge of the view to its page, and from one column of a text to the other."""


class ComparePane(QWidget):
    """In: what became of one text in another, and what the two are called.

    F3 goes to the next change and Shift+F3 to the one before, wherever the keyboard is.
    """

    def __init__(
        self, found: VersionDiff, old: str, new: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._found, self._at = found, -1
        self.view = DiffView()
        self.in_one, self.beside = _segment(_("Inline")), _segment(_("Side by side"))
        self.only = QCheckBox(_("Changes only"))
        self.only.setChecked(True)
        self.count, self.going_on = label("", "muted"), label("", "muted")
        self.back = tool("chevron-up", _("Previous change (Shift+F3)"), does=lambda: self.go(-1))
        self.on = tool("chevron", _("Next change (F3)"), does=lambda: self.go(1))
        self._lay_out(old, new)
        for key, step in (("F3", 1), ("Shift+F3", -1)):
            QShortcut(QKeySequence(key), self).activated.connect(lambda s=step: self.go(s))
        self.only.toggled.connect(lambda _on: self._draw())
        self.beside.toggled.connect(lambda _on: self._draw())
        self.view.progressed.connect(self._progressed)
        self.setFocusProxy(self.view)
        self._draw()

    def _lay_out(self, old: str, new: str) -> None:
        tools = (self.going_on, self.count, self.back, self.on)
        head, self._ends = row(self._segments(), self.only, None, *tools), _Ends(old, new)
        self.setLayout(column(head, self._ends, self.view, gap=8, fill=self.view))

    def _segments(self) -> QWidget:
        frame = QFrame()
        frame.setObjectName("segments")
        frame.setLayout(row(self.in_one, self.beside, gap=1, around=(2, 2, 2, 2)))
        group = QButtonGroup(self)
        for made in (self.in_one, self.beside):
            group.addButton(made)
        self.in_one.setChecked(True)
        return frame

    def go(self, step: int) -> None:
        """To the next change, or the one before; round at either end."""
        number = self.view.number
        if number:
            before = self._at if self._at >= 0 or step > 0 else 0
            self._at = (before + step) % number
            self.view.go_to(self._at)
            self._tell()

    def _draw(self) -> None:
        beside, only = self.beside.isChecked(), self.only.isChecked()
        self._ends.put_beside(beside)
        self.view.show_diff(self._found, beside=beside, changes_only=only)
        self._at = -1
        self._tell()

    def _progressed(self, percent: int) -> None:
        """Says so as long as a part of the text is not there yet."""
        said = _("Loading: {n} %").format(n=percent) if percent < 100 else ""
        self.going_on.setText(said)

    def _tell(self) -> None:
        number = self.view.number
        for each in (self.back, self.on):
            each.setEnabled(bool(number))
        all_of_them = ngettext("{n} change", "{n} changes", number)
        said = _("Change {i} of {n}") if self._at >= 0 else all_of_them
        self.count.setText(said.format(i=self._at + 1, n=number))


def _segment(words: str) -> QPushButton:
    made = button(words, "segment")
    made.setCheckable(True)
    bold = font(SANS, 12, bold=True)  # as the chosen one is set
    made.setMinimumWidth(max(104, QFontMetrics(bold).horizontalAdvance(words) + 26))
    return made


class _Ends(QWidget):
    """Which two: the older struck sign and the newer one, as they are marked in the text.

    Beside each other they stand over the columns of their texts.
    """

    def __init__(self, old: str, new: str) -> None:
        super().__init__()
        self._halves = _end("\u2212", "bad", old), _end("+", "plus", new)
        self._arrow = label("→", "muted")
        self._line = row(self._halves[0], self._arrow, self._halves[1], None)
        self.setLayout(self._line)
        self.put_beside(False)

    def put_beside(self, beside: bool) -> None:
        """Over the columns, or one after the other."""
        policy = QSizePolicy.Policy
        self._arrow.setVisible(not beside)
        for half, place in zip(self._halves, (0, 2), strict=True):
            half.setSizePolicy(policy.Ignored if beside else policy.Preferred, policy.Preferred)
            self._line.setStretch(place, 1 if beside else 0)
        self._line.setStretch(3, 0 if beside else 1)
        self._line.setSpacing(COLUMN_GAP if beside else 8)
        edge = MARGIN + EDGE if beside else 0
        self._line.setContentsMargins(edge, 0, edge, 0)


def _end(sign: str, part: str, name: str) -> QWidget:
    half = QWidget()
    half.setLayout(row(label(sign, part), label(short(name, 90), "muted"), None))
    return half


def summary(found: VersionDiff) -> str:
    """How much differs, in words."""
    parts = []
    if found.fields:
        number = len(found.fields)
        parts.append(ngettext("{n} field", "{n} fields", number).format(n=number))
    if moved := found.body.moved:
        said = ngettext("{n} paragraph moved", "{n} paragraphs moved", moved)
        parts.append(said.format(n=moved))
    if added := found.body.added:
        parts.append(ngettext("{n} word added", "{n} words added", added).format(n=added))
    if removed := found.body.removed:
        parts.append(ngettext("{n} word removed", "{n} words removed", removed).format(n=removed))
    return " · ".join(parts)
