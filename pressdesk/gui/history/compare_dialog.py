"""Compares two revisions: fields and text, inline or side by side."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.history.compare_pane import ComparePane, summary
from pressdesk.gui.kit.dialog import DialogFrame
from pressdesk.gui.kit.parts import label
from pressdesk.press.differing import VersionDiff


class CompareDialog(DialogFrame):
    """In: what became of one version in another. Out: ``restore_wanted()`` the older is to be.

    old, new   what the two versions are called
    restoring  words of a button that restores the older, "" for none
    """

    restore_wanted = Signal()

    def __init__(
        self,
        found: VersionDiff,
        old: str,
        new: str,
        parent: QWidget | None = None,
        *,
        restoring: str = "",
    ) -> None:
        wide, high = room_for_texts(parent)
        super().__init__(_("Differences"), parent, width=wide, height=high)
        self.pane = ComparePane(found, old, new)
        self.body.addWidget(self.pane, 1)
        self.add_left(label(summary(found), "muted"))
        if restoring:
            self.add_button(restoring, self._restore)
        self.add_button(_("Close"), self.accept, "filled")
        self.pane.setFocus()

    def _restore(self) -> None:
        self.accept()
        self.restore_wanted.emit()


def room_for_texts(parent: QWidget | None) -> tuple[int, int]:
    """The size of a dialog in which two texts are read, over its window."""
    room = parent.size() if parent is not None else None
    if room is None:
        return 920, 660
    return min(1080, max(720, room.width() - 120)), min(820, max(480, room.height() - 110))
