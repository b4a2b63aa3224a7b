"""The backups of a desk: when, why, what is in each, and the way back to one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pressdesk.base.i18n import _
from pressdesk.desk.care import Backup
from pressdesk.gui.kit import words
from pressdesk.gui.kit.dialog import DialogFrame, scrolled
from pressdesk.gui.kit.parts import button, card, label


class BackupsDialog(DialogFrame):
    """Out: ``restore_requested(Backup)``; the dialog is closed by then."""

    restore_requested = Signal(object)

    def __init__(self, found: Sequence[Backup], parent: QWidget | None = None) -> None:
        high = 420 if found else 0
        super().__init__(_("Restore a backup"), parent, width=580, height=high)
        advice = _("The desk becomes what the backup is. What it is now is kept as a backup, too.")
        self.body.addWidget(label(advice, "muted", wrap=True))
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for one in found:
            column.addWidget(self._row(one))
        if not found:
            made = _(
                "One is made by itself after a desk was opened, if the last is four hours old."
            )
            column.addWidget(label(_("There are no backups yet.")))
            column.addWidget(label(made, "muted", wrap=True))
        column.addStretch(1)
        self.body.addWidget(scrolled(rows), 1)
        # No key that was pressed too often brings a backup back.
        self.add_button(_("Close"), self.reject).setFocus()

    def _row(self, one: Backup) -> QWidget:
        frame = card()
        when = words.at(one.at)
        said = QVBoxLayout()
        said.setSpacing(1)
        said.addWidget(label(when, "head"))
        whole = one.contents is not None
        said.addWidget(label(_inside(one), "muted" if whole else "bad", wrap=True))
        line = QHBoxLayout(frame)
        line.setContentsMargins(12, 9, 12, 9)
        line.addLayout(said, 1)
        if whole:
            back = button(_("Restore"), picture="restore", does=partial(self._chosen, one))
            back.setAccessibleName(_("Restore {name}").format(name=when))
            line.addWidget(back)
        return frame

    def _chosen(self, one: Backup) -> None:
        self.accept()
        self.restore_requested.emit(one)


def _inside(one: Backup) -> str:
    if one.contents is None:
        return one.fault
    why = {
        "start": _("at the start"),
        "import": _("before an import"),
        "restore": _("before a backup was restored"),
    }.get(one.reason, _("on request"))
    held = _("{releases} releases, {drafts} drafts, {size} MB").format(
        releases=words.number(one.contents.releases),
        drafts=words.number(one.contents.drafts),
        size=words.locale().toString(one.size / 2**20, "f", 1),
    )
    return f"{held} · {why}"
