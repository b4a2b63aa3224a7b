"""Two texts of one edition: both are shown, and neither is lost."""

from __future__ import annotations

from difflib import SequenceMatcher

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from pressdesk.base.i18n import _
from pressdesk.document.tools import plain
from pressdesk.gui.dialogs.frame import Frame
from pressdesk.gui.icons import colour
from pressdesk.gui.parts import label
from pressdesk.press.release import Edition

LINES_COMPARED = 2000


class ConflictDialog(Frame):
    """What is on the paper beside what another saved first; differing lines are marked.

    Out:  ``mine_chosen()`` put mine over it, the other stays among the revisions;
          ``theirs_chosen()`` go on with the other; ``both_chosen()`` mine as a new release.
    Esc decides nothing: the text stays on the paper.
    """

    mine_chosen = Signal()
    theirs_chosen = Signal()
    both_chosen = Signal()

    def __init__(self, mine: Edition, theirs: Edition, parent: QWidget | None = None) -> None:
        super().__init__(_("Somebody else saved this text first"), parent, width=860)
        self.setMinimumHeight(520)
        advice = _("Compare the two. Whichever you choose, the other one is not lost.")
        self.body.addWidget(label(advice, "muted", wrap=True))
        left, right = lines(mine), lines(theirs)
        pair = QHBoxLayout()
        pair.setSpacing(12)
        self.mine, self.theirs = _Shown(_("Your text")), _Shown(_("The saved text"))
        for title, shown in (
            (_("Your text, not saved yet"), self.mine),
            (_("The text that was saved"), self.theirs),
        ):
            column = QVBoxLayout()
            column.addWidget(label(title, "head"))
            column.addWidget(shown, 1)
            pair.addLayout(column, 1)
        self.body.addLayout(pair, 1)
        only_left, only_right = differing(left, right)
        self.mine.show_lines(left, only_left)
        self.theirs.show_lines(right, only_right)
        self.add_button(_("Take the saved text"), lambda: self._choose(self.theirs_chosen))
        self.add_button(_("Keep mine as a new release"), lambda: self._choose(self.both_chosen))
        self.add_button(_("Save mine over it"), lambda: self._choose(self.mine_chosen), "filled")

    def _choose(self, signal: object) -> None:
        self.accept()
        signal.emit()  # type: ignore[attr-defined]  # a bound Signal has emit


class _Shown(QPlainTextEdit):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("part", "field")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)

    def show_lines(self, shown: list[str], marked: set[int]) -> None:
        """Show lines, some of them marked."""
        self.setPlainText("\n".join(shown))
        selections = []
        for number in sorted(marked):
            block = self.document().findBlockByNumber(number)
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(block)
            end = QTextCursor.MoveOperation.EndOfBlock
            cursor.movePosition(end, QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = cursor
            mark.format.setBackground(colour("warning_ground"))
            selections.append(mark)
        self.setExtraSelections(selections)


def lines(edition: Edition) -> list[str]:
    """Headline, subtitle and text of an edition, a paragraph a line."""
    text = [line for line in plain(edition.body).splitlines() if line.strip()]
    return [edition.title, *([edition.subtitle] if edition.subtitle else []), *text]


def differing(left: list[str], right: list[str]) -> tuple[set[int], set[int]]:
    """The numbers of the lines of each that the other has not."""
    match = SequenceMatcher(a=left[:LINES_COMPARED], b=right[:LINES_COMPARED], autojunk=False)
    gone: set[int] = set()
    come: set[int] = set()
    for what, a, b, c, d in match.get_opcodes():
        if what != "equal":
            gone.update(range(a, b))
            come.update(range(c, d))
    return gone, come
