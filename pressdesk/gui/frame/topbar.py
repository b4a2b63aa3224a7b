"""The top bar: new, import, search, export, issue, and a menu for everything else."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.frame.commands import Command, Need
from pressdesk.gui.kit.parts import button, keyed, row, tool

NEW, EXPORT = "Ctrl+N", "Ctrl+E"


class TopBar(QFrame):
    """48 px at the top of the window.

    In:   ``offer(import_=, export=, issue=)`` shows buttons whose function exists now,
          ``set_issue(text, enabled)``, ``set_more(actions)``
    Out:  ``new_requested(kind)``, ``import_requested()``, ``export_requested()``,
          ``issue_requested()``.

    search  the field in its middle
    """

    new_requested = Signal(str)
    import_requested = Signal()
    export_requested = Signal()
    issue_requested = Signal()

    def __init__(self, search: QLineEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setFixedHeight(48)
        self._new = button(_("New"), picture="plus", does=self.open_new)
        self._new.setAccessibleName(_("New release"))
        self._new.setToolTip(keyed(_("New release"), NEW))
        self._import = button(_("Import"), picture="import", does=self.import_requested.emit)
        self._export = button(_("Export"), picture="export", does=self.export_requested.emit)
        self._export.setToolTip(keyed(_("Export"), EXPORT))
        self._issue = button(_("Issue…"), "filled", does=self.issue_requested.emit)
        self._more = tool("menu", _("More"))
        self._more.setPopupMode(self._more.ToolButtonPopupMode.InstantPopup)
        parts = (self._new, self._import, None, search, None, self._export, self._issue)
        line = row(*parts, self._more, gap=10, around=(14, 0, 14, 0))
        line.setStretchFactor(search, 4)
        self.setLayout(line)

    def commands(self) -> tuple[Command, ...]:
        """What its buttons do, with keys."""
        export = self.export_requested.emit
        return (
            Command("new", _("New release"), self.open_new, NEW, needs=Need.WRITABLE),
            Command("export", _("Export…"), export, EXPORT, needs=Need.OPEN),
        )

    @Slot()
    def open_new(self) -> None:
        """Ctrl+N: show the kinds with their advice."""
        from pressdesk.gui.frame.new_release import NewRelease

        kinds = NewRelease(self)
        kinds.chosen.connect(self.new_requested)
        kinds.popup(self._new.mapToGlobal(self._new.rect().bottomLeft()))

    def offer(self, *, import_: bool, export: bool, issue: bool) -> None:
        """Show the buttons whose function exists now; a button that cannot help is not there."""
        self._import.setVisible(import_)
        self._export.setVisible(export)
        self._issue.setVisible(issue)

    def set_reading(self, reading: bool) -> None:
        """Hide the commands that write, for reading mode."""
        self._new.setVisible(not reading)

    def set_issue(self, text: str, tip: str = "") -> None:
        """Name the filled button: "Issue…", or "New edition" for what is out already."""
        self._issue.setText(text)
        self._issue.setToolTip(tip)

    def set_more(self, actions: Sequence[QAction | None]) -> None:
        """The menu at the right; None is a separating line."""
        menu = QMenu(self._more)
        for action in actions:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)
        self._more.setMenu(menu)
