"""The line over the results: their number, order, and how far back was searched."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit import words
from pressdesk.gui.kit.icons import icon
from pressdesk.gui.kit.menus import Choice, choice_menu
from pressdesk.gui.kit.parts import button, column, label, row
from pressdesk.gui.list.facet_row import texts_words
from pressdesk.press.query import Sort


def sort_words(sort: Sort) -> str:
    """An order, as the menu has it."""
    return _("Newest first") if sort == "date" else _("Best matches first")


class ResultLine(QWidget):
    """Count at the left, order at the right; below them how far an exact phrase was looked for.

    In:   ``show_count(total, more)``, ``show_sort(sort)``, ``show_looked(number, back_to, going)``
    Out:  ``sorted(sort)``
    """

    sorted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sort: Sort = "date"
        self._count = label("", "muted")
        self._looked = label("", "muted", wrap=True)
        self._button = button("", "bar")
        self._button.setIcon(icon("sort", "accent"))
        choice_menu(self._button, self._choices)
        line = row(self._count, self._button, gap=0, fill=self._count)
        self.setLayout(column(line, self._looked, around=(16, 0, 9, 0)))
        self._looked.hide()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)  # else the second line of what was compared is cut off
        self.setSizePolicy(policy)
        self.show_sort("date")

    @Slot(int, bool)
    def show_count(self, total: int | None, more: bool = False) -> None:
        """Show the number of texts; None while unknown."""
        self._count.setText("" if total is None else texts_words(total, more))

    @Slot(str)
    def show_sort(self, sort: Sort) -> None:
        """The order the hits are in."""
        self._sort = sort
        self._button.setText(sort_words(sort))
        self._button.setAccessibleName(_("Sorting: {name}").format(name=sort_words(sort)))

    @Slot(int, object, bool)
    def show_looked(self, number: int, back_to: date | None, going: bool) -> None:
        """How many texts were compared with an exact phrase; no word where all of them were."""
        self._looked.setVisible(back_to is not None)
        if back_to is None:
            return
        said = _("Searched {n} texts back to {month}").format(
            n=words.number(number), month=words.within_month(back_to.year, back_to.month)
        )
        self._looked.setText(said + (_("; still searching…") if going else "."))
        self.updateGeometry()

    def _choices(self) -> list[Choice]:
        sorts: tuple[Sort, ...] = ("date", "relevance")
        return [(sort_words(s), s == self._sort, partial(self._choose, s)) for s in sorts]

    def _choose(self, sort: Sort) -> None:
        if sort != self._sort:
            self.show_sort(sort)
            self.sorted.emit(sort)
