"""The values of one facet under its heading."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit import words
from pressdesk.gui.kit.parts import button, column, label, pause
from pressdesk.gui.kit.parts import row as row_of
from pressdesk.gui.list.facet_row import FacetRow
from pressdesk.press.query import Count

SLICE = 12
"""Rows of a facet filled in at once."""

TOP = 6
"""Values of a facet that are shown before "more" is pressed."""


class FacetSection(QWidget):
    """The values of one facet under its head; rows are made once and used again.

    In:   ``show_values(title, counts, on, more=, opened=)``
    Out:  ``toggled(facet, value)``, ``stepped(by)``, ``unfolded()`` more values, or fewer.
    cost  a third of a millisecond for a row that was not there before
    """

    toggled = Signal(str, str)
    stepped = Signal(int)
    unfolded = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.rows: list[FacetRow] = []
        self._used = 0
        self._waiting: list[tuple[Count, bool, bool]] = []
        self._head = label("", "facethead")
        self._more = button("", "bar", does=self.unfolded.emit)
        self._lines = column()
        last = row_of(self._more, None, around=(4, 0, 0, 0))
        self.setLayout(column(self._head, self._lines, last))
        self._slice = pause(self, 0, self._put_waiting)

    def show_values(
        self,
        title: str,
        counts: Sequence[Count],
        on: Sequence[str],
        *,
        more: bool,
        opened: bool,
    ) -> bool:
        """Values with what is on in sight, many a few at a time; False where there is none."""
        known = {count.value: count for count in counts}
        top = list(known)[:TOP]
        first = [known.get(value, Count(value, 0)) for value in sorted(on) if value not in top]
        values = list(dict.fromkeys((*first, *counts)))
        hidden = len(values) - TOP
        text = _("Fewer") if opened else _("{n} more").format(n=words.number(max(0, hidden)))
        self._head.setText(title)
        self._more.setText(text)
        self._more.setAccessibleName(f"{title}: {text}")
        self._more.setVisible(hidden > 0)
        if not opened:
            values = values[:TOP] + [each for each in values[TOP:] if each.value in on]
        given = [(count, count.value in on, more) for count in values]
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
            made.clicked.connect(
                lambda _on=False, row=made: self.toggled.emit(row.facet, row.value)
            )
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
