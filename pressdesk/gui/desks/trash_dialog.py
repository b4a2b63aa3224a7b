"""What was moved to the trash, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pressdesk.base.i18n import _, interface
from pressdesk.gui.kit import words
from pressdesk.gui.kit.dialog import DialogFrame, scrolled
from pressdesk.gui.kit.parts import button, card, label, short
from pressdesk.press.filed import TrashRow
from pressdesk.press.kinds import kinds


class TrashDialog(DialogFrame):
    """In: ``show_rows(rows)``, again after each change. Out: ``restore_requested(id)``."""

    restore_requested = Signal(int)

    def __init__(
        self, rows: Sequence[TrashRow], parent: QWidget | None = None, *, days: int = 90
    ) -> None:
        super().__init__(_("Trash"), parent, width=560, height=380)
        self._days = days
        advice = _("What lies here for {n} days is deleted for good.").format(n=days)
        self.body.addWidget(label(advice, "muted", wrap=True))
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.body.addWidget(scrolled(self._list), 1)
        self.add_button(_("Close"), self.accept)
        self.show_rows(rows)

    @Slot(object)
    def show_rows(self, rows: Sequence[TrashRow]) -> None:
        """Show what is in the trash."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row in rows:
            self._column.addWidget(self._row(row))
        if not rows:
            self._column.addWidget(label(_("The trash is empty."), "muted"))
        self._column.addStretch(1)

    def _row(self, row: TrashRow) -> QWidget:
        frame = card()
        known = kinds().get(row.kind)
        kind = known.label.into(interface()) if known else row.kind
        goes = (row.trashed_at + timedelta(days=self._days)).astimezone()
        until = _("{kind} · goes on {day}").format(kind=kind, day=words.full_day(goes.date()))
        said = QVBoxLayout()
        said.setSpacing(1)
        said.addWidget(label(short(row.title) or _("Untitled"), "head", wrap=True))
        said.addWidget(label(until, "muted"))
        back = button(
            _("Restore"),
            picture="restore",
            does=partial(self.restore_requested.emit, row.release_id),
        )
        back.setAccessibleName(_("Restore {name}").format(name=row.title or _("Untitled")))
        line = QHBoxLayout(frame)
        line.setContentsMargins(12, 9, 12, 9)
        line.addLayout(said, 1)
        line.addWidget(back)
        return frame
