"""The backups of a desk: date, reason and contents of each, and restoring one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pressdesk.base.i18n import _
from pressdesk.desk.care import Backup
from pressdesk.gui.kit import words
from pressdesk.gui.kit.dialog import DialogFrame, dialog_row, restoring
from pressdesk.gui.kit.parts import column, label, scrolled


class BackupsDialog(DialogFrame):
    """Out: ``restore_requested(Backup)``; the dialog is closed by then."""

    restore_requested = Signal(object)

    def __init__(self, found: Sequence[Backup], parent: QWidget | None = None) -> None:
        high = 420 if found else 0
        super().__init__(_("Restore backup"), parent, width=580, height=high)
        self.add_advice(_("The backup replaces the desk. The current desk is backed up first."))
        rows: list[QWidget] = [self._row(one) for one in found]
        if not found:
            made = _(
                "A backup is made automatically when you open the desk and the last "
                "one is over four hours old."
            )
            rows = [label(_("There are no backups yet.")), label(made, "muted", wrap=True)]
        inside = QWidget()
        inside.setLayout(column(*rows, None, gap=8))
        self.body.addWidget(scrolled(inside), 1)
        # No key that was pressed too often brings a backup back.
        self.add_button(_("Close"), self.reject).setFocus()

    def _row(self, one: Backup) -> QWidget:
        when, whole = words.at(one.at), one.contents is not None
        back = restoring(when, partial(self._chosen, one)) if whole else None
        about = label(_inside(one), "muted" if whole else "bad", wrap=True)
        return dialog_row(label(when, "head"), about, back)

    def _chosen(self, one: Backup) -> None:
        self.accept()
        self.restore_requested.emit(one)


def _inside(one: Backup) -> str:
    if one.contents is None:
        return one.fault
    why = {
        "start": _("at startup"),
        "import": _("before an import"),
        "restore": _("before a restore"),
    }.get(one.reason, _("manual"))
    held = _("{releases} releases, {drafts} drafts, {size} MB").format(
        releases=words.number(one.contents.releases),
        drafts=words.number(one.contents.drafts),
        size=words.locale().toString(one.size / 2**20, "f", 1),
    )
    return " · ".join((held, why) if one.vouched else (held, why, _("no manifest")))
