"""The values of one facet under its head, as many as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit import words
from pressdesk.gui.kit.parts import button, label
from pressdesk.gui.kit.parts import row as row_of
from pressdesk.gui.list.facet_row import FacetRow, facet_title
from pressdesk.press.query import Count, Facet

SLICE = 12
"""Rows of a facet filled in at once."""

TOP = 6
"""Values of a facet that are shown before "more" is pressed."""


class FacetSection(QWidget):
    """The values of one facet under its head; rows are made once and used again.

    In:   ``show_values(facet, on, opened)``, ``show_counts(title, counts, on, more)``
    Out:  ``toggled(facet, value)``, ``stepped(by)``, ``unfolded()`` more values, or fewer.
    cost  a third of a millisecond for a row that was not there before
    """

    toggled = Signal(str, str)
    stepped = Signal(int)
    unfolded = Signal()

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self._name = name
        self.rows: list[FacetRow] = []
        self._used = 0
        self._waiting: list[tuple[Count, bool, bool]] = []
        self._head = label(title, "facethead")
        self._more = button("", "bar", does=self.unfolded.emit)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        last = row_of(self._more, None)
        last.setContentsMargins(4, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addLayout(self._lines)
        column.addLayout(last)
        self._slice = QTimer(self)
        self._slice.setSingleShot(True)
        self._slice.setInterval(0)
        self._slice.timeout.connect(self._put_waiting)

    def show_values(self, facet: Facet, on: Sequence[str], *, opened: bool) -> bool:
        """The values of a facet, those that are on in sight; False where there is none."""
        counts = {count.value: count for count in facet.counts}
        top = list(counts)[:TOP]
        first = [Count(v, 0) if v not in counts else counts[v] for v in sorted(on) if v not in top]
        there = {each.value: each for each in (*first, *facet.counts)}
        values = tuple(there.values())
        hidden = len(values) - TOP
        text = _("Fewer") if opened else _("{n} more").format(n=words.number(max(0, hidden)))
        title = facet_title(facet.name)
        self._more.setText(text)
        self._more.setAccessibleName(f"{title}: {text}")
        self._more.setVisible(hidden > 0)
        shown = values if opened else values[:TOP]
        return self.show_counts(title, shown, on, more=facet.more, foot=hidden > 0)

    def show_counts(
        self,
        title: str,
        counts: Sequence[Count],
        on: Sequence[str],
        *,
        more: bool,
        foot: bool = False,
    ) -> bool:
        """These values; many of them come a few at a time."""
        self._head.setText(title)
        self._more.setVisible(foot)
        named = {count.value for count in counts}
        every = [*counts, *(Count(value, 0) for value in on if value not in named)]
        given = [(count, count.value in on, more) for count in every]
        self._used, self._waiting = 0, given[SLICE:]
        self._put(given[:SLICE])
        for row in self.rows[self._used :]:
            row.hide()
        if self._waiting:
            self._slice.start()
        self.setVisible(bool(given))
        return bool(given)

    def make(self, number: int) -> None:
        """Have so many rows ready."""
        while len(self.rows) < number:
            made = FacetRow(self._name)
            made.hide()
            made.clicked.connect(lambda _on=False, row=made: self._clicked(row))
            made.stepped.connect(self.stepped)
            self._lines.addWidget(made)
            self.rows.append(made)

    def shown(self) -> list[FacetRow]:
        """The rows in use."""
        return self.rows[: self._used]

    def _put(self, given: Sequence[tuple[Count, bool, bool]]) -> None:
        self.make(self._used + len(given))
        for row, (count, on, more) in zip(self.rows[self._used :], given, strict=False):
            row.put(count.value, count.number, more=more, on=on)
            row.show()
        self._used += len(given)

    def _put_waiting(self) -> None:
        some, self._waiting = self._waiting[:SLICE], self._waiting[SLICE:]
        self._put(some)
        if self._waiting:
            self._slice.start()

    def _clicked(self, row: FacetRow) -> None:
        self.toggled.emit(row.facet, row.value)
