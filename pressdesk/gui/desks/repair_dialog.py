"""What a repair would put back, from what, and what it cannot; and the button that does it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.dialog import DialogFrame
from pressdesk.gui.kit.parts import button, column, label, scrolled


class RepairDialog(DialogFrame):
    """Out: ``repair_requested()``; ``backup_wanted()`` plan it with a backup. The dialog is
    closed by then."""

    repair_requested = Signal()
    backup_wanted = Signal()

    def __init__(
        self,
        acts: Sequence[str],
        left: Sequence[str],
        file: Path | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Repair desk"), parent, width=640, height=440)
        if acts:
            self.add_advice(
                _(
                    "The following will be restored. The desk as it is now is copied to its"
                    " backups first."
                )
            )
        else:
            self.add_advice(_("Nothing in this desk proves what the damaged texts were."))
        if file is not None:
            self.add_advice(_("With the backup {path}").format(path=file))
        rows: list[QWidget] = [label(one, wrap=True) for one in acts]
        if left:
            rows.append(label(_("This stays damaged, as nothing vouches for it:"), "head"))
            rows += [label(one, "bad", wrap=True) for one in left]
        inside = QWidget()
        inside.setLayout(column(*rows, None, gap=8))
        self.body.addWidget(scrolled(inside), 1)
        self.add_left(button(_("Use a backup…"), does=self._want_backup))
        self.add_button(_("Cancel"), self.reject).setFocus()
        if acts:
            self.add_button(_("Repair"), self._repair, "filled").setDefault(False)

    def _want_backup(self) -> None:
        self.accept()
        self.backup_wanted.emit()

    def _repair(self) -> None:
        self.accept()
        self.repair_requested.emit()
