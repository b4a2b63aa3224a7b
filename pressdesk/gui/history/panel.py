"""The history pane: deeds, and revisions to compare, restore and name, of the open edition."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QItemSelectionModel, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QListView,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from pressdesk.base.i18n import _
from pressdesk.desk.telling import DeedTold, in_order
from pressdesk.gui.history.revision_list import RevisionDelegate, RevisionModel, Row, rows_of
from pressdesk.gui.kit.fields import OneLine
from pressdesk.gui.kit.parts import button, column, label, row
from pressdesk.press.filed import RevisionInfo

NOW = 0
"""Instead of the id of a revision: the text of now."""

LONGEST_NAME = 80

Key = int | tuple[str, int]
"""The id of a revision or NOW, or book and number of a deed."""


class HistoryPanel(QWidget):
    """A list of revisions and deeds, newest first, and below it what can be done with those chosen.

    Segments above it leave out the deeds, where there are any. A deed can be chosen to be read in
    full; nothing can be done with it.

    In:   ``show_revisions(found, kept, deeds=, editable=)``, ``set_blank(bool)``,
          ``set_clock(clock)``
    Out:  ``compare_wanted(old, new)`` two ids, NOW for the text of now;
          ``restore_wanted(id)``; ``named(id, text)``, "" takes a name away.
    Enter or a double click on a revision shows what it changed; F2 names it.
    """

    compare_wanted = Signal(int, int)
    restore_wanted = Signal(int)
    named = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._model = RevisionModel(lambda: datetime.now(UTC).astimezone(), self)
        self._editable = self._writable = False
        self._found: tuple[RevisionInfo, ...] = ()
        self._deeds: tuple[DeedTold, ...] = ()
        self._kept: datetime | None = None
        self._segments, self._all = self._filter()
        self.list = _List(self._model)
        self._delegate = RevisionDelegate(self._model)
        self.list.setItemDelegate(self._delegate)
        self.compare = button(_("Compare"), does=self._compare)
        self.restore = button(_("Restore"), does=self._restore)
        self.name = button(_("Name…"), does=self._begin_naming)
        self._advice = label("", "muted", wrap=True)
        self._advice.setMinimumWidth(1)  # a word without end would push the paper aside
        self.field = OneLine()
        self.field.setMaxLength(LONGEST_NAME)
        self.field.setPlaceholderText(_("Name of this revision"))
        self.field.setAccessibleName(_("Name of this revision"))
        self._naming = 0
        self._lay_out()
        self.list.selectionModel().selectionChanged.connect(lambda *_both: self._offer())
        self.list.doubleClicked.connect(lambda _index: self._what_changed())
        self.list.entered_row.connect(self._what_changed)
        self.list.name_wanted.connect(self.name.click)
        self.field.returnPressed.connect(self._named)
        self.set_blank(True)

    def _filter(self) -> tuple[QFrame, QPushButton]:
        frame, group, line = QFrame(), QButtonGroup(self), row(gap=1, around=(2, 2, 2, 2))
        frame.setObjectName("segments")
        every, revisions = (button(words, "segment") for words in (_("All"), _("Revisions")))
        for one in (every, revisions):
            one.setCheckable(True)
            group.addButton(one)
            line.addWidget(one, 1)
        every.setChecked(True)
        every.toggled.connect(lambda _on: self._show())
        frame.setLayout(line)
        return frame, every

    def _lay_out(self) -> None:
        buttons = row(self.compare, self.restore, self.name, None)
        self._doing, self._name_row = QWidget(), _NameRow(self._end_naming)
        self._doing.setLayout(column(self._advice, buttons, gap=8))
        keep = button(_("Save name"), does=self._named)
        leave = button(_("Cancel"), does=self._end_naming)
        self._name_row.setLayout(column(self.field, row(keep, leave, None), gap=8))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._doing)
        self._stack.addWidget(self._name_row)
        self._foot = QFrame()
        self._foot.setObjectName("historyfoot")
        self._foot.setLayout(column(self._stack, around=(16, 10, 16, 12)))
        above = row(self._segments, around=(12, 6, 12, 6), fill=self._segments)
        self.setLayout(column(above, self.list, self._foot, gap=0, fill=self.list))

    # --- in

    def show_revisions(
        self,
        found: Sequence[RevisionInfo],
        kept: datetime | None = None,
        *,
        deeds: Sequence[DeedTold] = (),
        editable: bool,
        writable: bool = True,
    ) -> None:
        """Show these; what is chosen stays chosen while it is there.

        kept      when autosave last kept what no save has taken over yet
        editable  the newest edition is a draft that can be written in
        writable  the desk can be written
        """
        self.set_blank(False)
        self._editable, self._writable = editable, writable
        self._found, self._deeds, self._kept = tuple(found), tuple(deeds), kept
        self._segments.setVisible(bool(deeds))
        self._show()

    def _show(self) -> None:
        """The rows that the segment in force leaves."""
        deeds = self._deeds if self._all.isChecked() else ()
        rows = rows_of(in_order(self._found, deeds), self._kept, editable=self._editable)
        if rows != self._model.rows:
            chosen = {_key(each) for each in self._picked()}
            here = _key(self._at(self.list.currentIndex().row()))
            self._model.show(rows)
            self._choose(chosen, here)
        self._offer()

    def _choose(self, keys: set[Key], here: Key) -> None:
        selection = self.list.selectionModel()
        for number, each in enumerate(self._model.rows):
            if isinstance(each, str):
                continue
            index = self._model.index(number)
            if _key(each) in keys:
                selection.select(index, QItemSelectionModel.SelectionFlag.Select)
            if _key(each) == here:
                selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def set_blank(self, blank: bool) -> None:
        """Nothing is open: show nothing at all."""
        if blank:
            self._found, self._deeds = (), ()
            self._model.show([])
            self._end_naming()
            self._segments.hide()
        self.list.setVisible(not blank)
        self._foot.setVisible(not blank)

    def set_clock(self, clock: Callable[[], datetime]) -> None:
        """The moment in the zone of the desk."""
        self._model.clock = clock
        self.list.viewport().update()

    # --- what is chosen

    def _at(self, number: int) -> Row:
        rows = self._model.rows
        return rows[number] if 0 <= number < len(rows) else None

    def _picked(self) -> list[Row]:
        """The chosen rows in the order of the list: the newest first."""
        picked = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self._at(number) for number in picked]

    def _chosen(self) -> list[Row]:
        """Those with a text, which can be compared."""
        return [each for each in self._picked() if not isinstance(each, DeedTold)]

    def _offer(self) -> None:
        chosen = self._chosen()
        revisions = [each for each in chosen if isinstance(each, RevisionInfo)]
        alone = len(chosen) == 1 and len(revisions) == 1
        self.compare.setEnabled(len(chosen) == 2 or alone)
        self.restore.setEnabled(alone and self._writable)
        self.name.setEnabled(alone and self._writable)
        read = [each.words for each in self._picked() if isinstance(each, DeedTold)]
        only = read[0] if len(read) == 1 and not chosen else ""
        self._advice.setText(only or self._advise(len(chosen), alone=alone))

    def _advise(self, number: int, *, alone: bool) -> str:
        if alone and self._editable:
            return _("Compare with the current text, or Ctrl-click a second revision.")
        if alone:
            return _("Compare with the last issued text, or Ctrl-click a second revision.")
        if number == 2:
            return _("Compare to see what changed in the newer of the two.")
        return _("Select one or two. Enter shows what a revision changed.")

    # --- out

    def _compare(self) -> None:
        chosen = self._chosen()
        if len(chosen) == 2:
            self.compare_wanted.emit(_id(chosen[1]), _id(chosen[0]))
        elif chosen:
            self.compare_wanted.emit(_id(chosen[0]), NOW)

    @Slot()
    def _what_changed(self) -> None:
        """A revision against the one before it."""
        number = self.list.currentIndex().row()
        here = self._at(number)
        before = next(
            (r for r in self._model.rows[number + 1 :] if isinstance(r, RevisionInfo)), None
        )
        if before is not None and number >= 0 and not isinstance(here, str | DeedTold):
            self.compare_wanted.emit(_id(before), _id(here))

    def _restore(self) -> None:
        chosen = self._chosen()
        if chosen:
            self.restore_wanted.emit(_id(chosen[0]))

    def _begin_naming(self) -> None:
        (one,) = self._chosen() or [None]
        if isinstance(one, RevisionInfo):
            self._naming = one.id
            self.field.setText(one.name)
            self._stack.setCurrentWidget(self._name_row)
            self.field.setFocus()
            self.field.selectAll()

    def _named(self) -> None:
        number, text = self._naming, self.field.text().strip()
        self._end_naming()
        if number:
            self.named.emit(number, text)

    def _end_naming(self) -> None:
        had = self._stack.currentWidget() is self._name_row
        self._naming = 0
        self._stack.setCurrentWidget(self._doing)
        if had:
            self.list.setFocus()


def _id(one: Row) -> int:
    return one.id if isinstance(one, RevisionInfo) else NOW


def _key(one: Row) -> Key:
    """What stays the same when the list is shown again."""
    return (one.deed.book, one.deed.number) if isinstance(one, DeedTold) else _id(one)


class _List(QListView):
    """Out: ``entered_row()`` Enter was pressed; ``name_wanted()`` F2."""

    entered_row = Signal()
    name_wanted = Signal()

    def __init__(self, model: RevisionModel) -> None:
        super().__init__()
        self.setObjectName("revisions")
        self.setModel(model)
        self.setAccessibleName(_("History"))
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows what the revision changed, F2 names it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_row.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.name_wanted.emit()
        else:
            super().keyPressEvent(event)


class _NameRow(QWidget):
    """Esc leaves the name as it was."""

    def __init__(self, leave: Callable[[], None]) -> None:
        super().__init__()
        self._leave = leave

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the buttons and no further."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)
