"""The trash dialog: deleted releases, each with a restore button."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit import words
from pressdesk.gui.kit.dialog import DialogFrame, dialog_row, restoring
from pressdesk.gui.kit.parts import column, empty, label, scrolled, short
from pressdesk.press.filed import TrashRow


class TrashDialog(DialogFrame):
    """In: ``show_rows(rows)``, again after each change. Out: ``restore_requested(id)``."""

    restore_requested = Signal(int)

    def __init__(
        self, rows: Sequence[TrashRow], parent: QWidget | None = None, *, days: int = 90
    ) -> None:
        super().__init__(_("Trash"), parent, width=560, height=380)
        self._days = days
        self.add_advice(_("Releases here are deleted for good after {n} days.").format(n=days))
        inside, self._column = QWidget(), column(gap=8)
        inside.setLayout(self._column)
        self.body.addWidget(scrolled(inside), 1)
        self.add_button(_("Close"), self.accept)
        self.show_rows(rows)

    @Slot(object)
    def show_rows(self, rows: Sequence[TrashRow]) -> None:
        """Show what is in the trash."""
        empty(self._column)
        for row in rows:
            self._column.addWidget(self._row(row))
        if not rows:
            self._column.addWidget(label(_("The trash is empty."), "muted"))
        self._column.addStretch(1)

    def _row(self, row: TrashRow) -> QWidget:
        goes = (row.trashed_at + timedelta(days=self._days)).astimezone()
        until = _("{kind} · deleted for good on {day}").format(
            kind=words.kind_name(row.kind), day=words.full_day(goes.date())
        )
        back = restoring(
            row.title or _("Untitled"), partial(self.restore_requested.emit, row.release_id)
        )
        title = label(short(row.title) or _("Untitled"), "head", wrap=True)
        return dialog_row(title, label(until, "muted"), back)
