"""The import review: shows what was found, lets a person correct it, returns the decisions."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QSplitter,
    QWidget,
)

from pressdesk.base.i18n import _, ngettext
from pressdesk.desk import proposals
from pressdesk.desk.proposals import Proposal, Review
from pressdesk.gui.importing import said as said
from pressdesk.gui.importing.item import Change, ItemFields
from pressdesk.gui.importing.items import ItemList
from pressdesk.gui.importing.paragraphs import ParagraphList
from pressdesk.gui.importing.removed import RemovedLines
from pressdesk.gui.kit.leaving import Leavable
from pressdesk.gui.kit.parts import Part, button, card, column, label, row, tool

ENCODINGS = ("utf-8", "cp1251", "koi8-r", "cp866", "iso8859-5", "cp1252", "utf-16-le", "utf-16-be")
"""What a person may choose where the file did not say."""


class ImportReview(Leavable):
    """Items at the left, the chosen one at the right; nothing is stored here.

    In:   ``ImportReview(review, name)``; ``show_review(review)`` after the file was read in
          another encoding.
    Out:  ``accepted`` of every dialog, then ``review()`` holds the decisions;
          ``encoding_chosen(name)``: read the file again, please.
    """

    encoding_chosen = Signal(str)

    def __init__(self, review: Review, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=1180, height=760)
        self.setWindowTitle(_("Import"))
        self._past: list[tuple[Review, int]] = []
        self._future: list[tuple[Review, int]] = []
        self._review, self._at, self._paragraph, self._key = review, 0, 0, ""
        self._name = label(name, "title")
        self._source = label("", "muted")
        self._remarks = label("", "warning")
        self._encoding_label = label(_("Encoding"), "muted")
        self._encoding = QComboBox()
        self._encoding.setObjectName("encoding")
        self._encoding.setAccessibleName(_("File encoding"))
        self.items, self.fields, self.paragraphs = ItemList(), ItemFields(), ParagraphList()
        self.removed = RemovedLines()
        self._tools: dict[str, QAbstractButton] = {}
        self._summary = label("", "muted")
        self._titles = button(_("Accept all proposed headlines"), "link", does=self._take_titles)
        self._cancel = button(_("Cancel"), does=self.reject)
        self._go = button(_("Import"), "filled", does=self._finish)
        self._lay_out()
        self._wire()
        self._show()
        self.items.setFocus()

    # --- values in and out

    def review(self) -> Review:
        """Everything as it was decided."""
        return self._review

    def proposals(self) -> tuple[Proposal, ...]:
        """The items as they were decided, skipped ones among them."""
        return self._review.proposals

    @Slot(object)
    def show_review(self, review: Review) -> None:
        """Begin again with another reading of the file; undo leads back to the one before."""
        self._past.append((self._review, self._at))
        self._future.clear()
        self._review, self._at, self._paragraph, self._key = review, 0, 0, ""
        self._show()

    @Slot(str, str)
    def show_trouble(self, what: str, hint: str) -> None:
        """The file could not be read that way; everything decided stays as it was."""
        self._remarks.setText(f"{what} {hint}".strip())
        self._remarks.setVisible(True)

    # --- steps

    def apply(self, change: Change, key: str = "") -> None:
        """Do one step to the chosen item; steps with the same key are undone together."""
        if self._at >= len(self._review.proposals) and not self._review.removed:
            return
        new = change(self._review, self._at)
        if new == self._review:
            self._show()
            return
        key = key and f"{key} {self._at}"
        if not key or key != self._key:
            self._past.append((self._review, self._at))
        self._key = key
        self._future.clear()
        self._review = new
        self._show()

    @Slot()
    def undo(self) -> None:
        """Take the last step back."""
        self._travel(self._past, self._future)

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back."""
        self._travel(self._future, self._past)

    def _travel(self, source: list[tuple[Review, int]], target: list[tuple[Review, int]]) -> None:
        if source:
            target.append((self._review, self._at))
            self._review, self._at = source.pop()
            self._key = ""
            self._show()

    @Slot(str)
    def do(self, action: str) -> None:
        """One of the steps about paragraphs: split, merge, up, down, aside."""
        n = self.paragraphs.paragraph()
        steps: dict[str, Change] = {
            "merge": proposals.merge,
            "split": lambda review, at: proposals.split(review, at, n),
            "aside": lambda review, at: proposals.set_aside(review, at, n),
            "up": lambda review, at: proposals.move(review, at, n, at - 1),
            "down": lambda review, at: proposals.move(review, at, n, at + 1),
        }
        if action == "merge" or n >= 0:
            self.apply(steps[action])

    def _take_titles(self) -> None:
        def all_of_them(review: Review, _at: int) -> Review:
            for at in range(len(review.proposals)):
                review = proposals.answer(review, at, "title")
            return review

        self.apply(all_of_them)

    def _put_back(self, number: int) -> None:
        self.apply(lambda review, at: proposals.put_back(review, number, at))

    def _ask_for_encoding(self) -> None:
        wanted = self._encoding.currentData()
        self._show_encoding(self._review.encoding)  # until the file was really read that way
        self.encoding_chosen.emit(wanted)

    def _toggle(self, at: int) -> None:
        self._choose(at)
        self.apply(lambda r, n: proposals.accept(r, n, not r.proposals[n].accepted))

    def unsaved(self) -> str:
        """Words once a step was done: nothing of it is stored here."""
        return _("Nothing has been imported yet.") if self._past else ""

    def _finish(self) -> None:
        if self.fields.commit():
            self.accept()

    # --- showing

    def _choose(self, at: int) -> None:
        if at != self._at:
            self._at, self._paragraph, self._key = at, 0, ""
            self._show()

    def _show(self) -> None:
        review = self._review
        self._at = max(0, min(self._at, len(review.proposals) - 1))
        chosen = review.proposals[self._at] if review.proposals else None
        self.items.show_proposals(review.proposals, self._at)
        self.fields.show_proposal(chosen, review.today)
        self.paragraphs.show_item(review, self._at, self._paragraph)
        self.removed.show_lines([line.text for line in review.removed])
        self._source.setText(said.source(review))
        self._remarks.setText("\n".join(review.remarks))
        self._remarks.setVisible(bool(review.remarks))
        self._show_encoding(review.encoding)
        self._summary.setText(said.summary(review.proposals))
        taken = sum(proposal.accepted for proposal in review.proposals)
        words = ngettext("Import {n} item", "Import {n} items", taken).format(n=taken)
        self._go.setText(words if taken else _("Import"))
        self._go.setEnabled(bool(taken))
        self._titles.setVisible(any("title" in p.draft.questions for p in review.proposals))
        self._enable()

    def _show_encoding(self, encoding: str) -> None:
        """The selector is there when the file did not say by itself what it is in."""
        self._encoding.clear()
        for name in dict.fromkeys((encoding, *ENCODINGS)):
            self._encoding.addItem(name.upper(), name)
        if encoding != "utf-8":
            self._encoding.setProperty("asked", True)
        for widget in (self._encoding, self._encoding_label):
            widget.setVisible(bool(self._encoding.property("asked")))

    def _enable(self) -> None:
        n, count = self.paragraphs.paragraph(), len(self._review.proposals)
        self._paragraph = max(0, n)
        able = {
            "split": n > 0,
            "merge": self._at + 1 < count,
            "up": n >= 0 and self._at > 0,
            "down": n >= 0 and self._at + 1 < count,
            "aside": n >= 0,
            "undo": bool(self._past),
            "redo": bool(self._future),
        }
        for name, widget in self._tools.items():
            widget.setEnabled(able[name])

    # --- how it is made

    def _lay_out(self) -> None:
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(1)
        halves.addWidget(self._left())
        halves.addWidget(self._right())
        halves.setStretchFactor(1, 1)
        halves.setSizes([390, 790])
        asked = column(self.leaving, around=(12, 0, 12, 8))
        self.setLayout(column(self._head(), halves, asked, self._foot(), fill=halves))

    def _head(self) -> QWidget:
        texts = column(self._name, self._source, gap=2)
        texts.addWidget(self._remarks, 0, Qt.AlignmentFlag.AlignLeft)
        self._remarks.setContentsMargins(6, 3, 6, 3)
        return _bar("importhead", texts, self._encoding_label, self._encoding, fill=texts)

    def _left(self) -> QWidget:
        made = QWidget()
        around = (12, 12, 6, 12)
        made.setLayout(column(self.items, self.removed, gap=10, around=around, fill=self.items))
        return made

    def _right(self) -> QWidget:
        made, frame = QWidget(), card()
        frame.setLayout(column(self.fields))
        parts = (frame, self._bar_over_paragraphs(), self.paragraphs)
        made.setLayout(column(*parts, gap=10, around=(6, 12, 12, 12), fill=self.paragraphs))
        return made

    def _bar_over_paragraphs(self) -> QHBoxLayout:
        for name, picture, words, tip in (
            ("split", "split", _("Split here"), _("Start a new item at this paragraph (S)")),
            ("merge", "merge", _("Merge with next"), _("Merge this item with the next (M)")),
            (
                "up",
                "up",
                _("To previous item"),
                _("Move the paragraph to the previous item (Alt+Up)"),
            ),
            (
                "down",
                "down",
                _("To next item"),
                _("Move the paragraph to the next item (Alt+Down)"),
            ),
            ("aside", "skip", _("Put aside"), _("Leave the paragraph out (Delete)")),
        ):
            made = button(words, "bar", picture=picture, does=partial(self.do, name))
            made.setToolTip(tip)
            made.setAccessibleDescription(tip)
            self._tools[name] = made
        over = list(self._tools.values())
        self._tools["undo"] = tool("undo", _("Undo (Ctrl+Z)"), does=self.undo)
        self._tools["redo"] = tool("redo", _("Redo (Ctrl+Shift+Z)"), does=self.redo)
        return row(*over, None, self._tools["undo"], self._tools["redo"], gap=4)

    def _foot(self) -> QWidget:
        parts = (self._summary, self._titles, None, self._cancel, self._go)
        return _bar("importfoot", *parts)

    def _wire(self) -> None:
        self.items.chosen.connect(self._choose)
        self.items.toggled.connect(self._toggle)
        self.fields.changed.connect(self.apply)
        self.paragraphs.asked.connect(self.do)
        self.paragraphs.moved.connect(lambda _n: self._enable())
        self.removed.wanted_back.connect(self._put_back)
        self._encoding.activated.connect(lambda _n: self._ask_for_encoding())
        for key, does in (
            (QKeySequence.StandardKey.Undo, self.undo),
            (QKeySequence.StandardKey.Redo, self.redo),
            (QKeySequence("Ctrl+Return"), self._finish),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(does)


def _bar(name: str, *parts: Part, fill: Part = None) -> QFrame:
    made = QFrame()
    made.setObjectName(name)
    made.setLayout(row(*parts, gap=12, around=(16, 12, 16, 12), fill=fill))
    return made
