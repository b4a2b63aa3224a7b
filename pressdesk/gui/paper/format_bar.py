"""The slim bar above the paper: paragraph style, marks, lists, quote, table, link, find."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QToolButton, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.icons import icon
from pressdesk.gui.kit.keys import shown
from pressdesk.gui.kit.parts import Part, row, tool
from pressdesk.gui.paper.actions import LINK, STYLE_KEYS, TextActions, style_names
from pressdesk.gui.paper.find_bar import FIND
from pressdesk.gui.paper.popovers import LinkField, Popover, TableGrid


class FormatBar(QFrame):
    """Buttons for the actions of a text, reflecting where its cursor stands.

    In:   ``show_style(name)``, ``show_address(url)`` what the link field begins with,
          ``set_editable(bool)``, ``ask_link()`` opens the link field.
    Out:  ``style_chosen(name)``; ``link_set(url)``, "" takes the link off;
          ``table_wanted(rows, columns)``; ``marks_shown(bool)``; ``find_wanted()``;
          ``closed()`` a popover has closed and the text should have the focus again.
    """

    style_chosen = Signal(str)
    link_set = Signal(str)
    table_wanted = Signal(int, int)
    marks_shown = Signal(bool)
    find_wanted = Signal()
    closed = Signal()

    def __init__(self, actions: TextActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formatbar")
        self.setFixedHeight(40)
        self._address = ""
        self._styles: dict[str, QAction] = {}
        self._style = self._style_button()
        self._link = tool("link", _("Link"), key=LINK, does=self.ask_link)
        self._table = tool("table", _("Table"), does=self._ask_table)
        marks = tool("marks", _("Show spaces and paragraph marks"))
        find = tool("find", _("Find"), key=FIND, does=self.find_wanted.emit)
        marks.setCheckable(True)
        marks.toggled.connect(self.marks_shown)
        parts: list[Part] = [self._style]
        for names, more in (
            (("bold", "italic", "underline"), [self._link]),
            (("bullets", "numbers", "quote"), [self._table]),
            (("superscript", "subscript", "clear"), []),
        ):
            parts += [5, _rule(), 5, *(_act(actions[name]) for name in names), *more]
        self.setLayout(row(*parts, None, marks, find, gap=3, around=(16, 0, 16, 0)))

    def _style_button(self) -> QToolButton:
        button = QToolButton(
            toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextBesideIcon,
            popupMode=QToolButton.ToolButtonPopupMode.InstantPopup,
        )
        button.setProperty("part", "style")
        button.setObjectName("style")
        button.setText(_("Paragraph"))
        button.setIcon(icon("chevron"))
        button.setIconSize(QSize(12, 12))
        button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(_("Paragraph style"))
        button.setAccessibleName(_("Paragraph style"))
        menu = QMenu(button)
        menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        for name, label in style_names().items():
            key = STYLE_KEYS.get(name, "")
            action = menu.addAction(f"{label}\t{shown(key)}" if key else label)
            action.setCheckable(True)
            action.triggered.connect(lambda _on=False, name=name: self._chosen(name))
            self._styles[name] = action
        button.setMenu(menu)
        button.setFixedHeight(28)
        button.setMinimumWidth(112)
        return button

    @Slot(str)
    def show_style(self, name: str) -> None:
        """Show the style at the cursor."""
        self._style.setText(style_names().get(name, style_names()["paragraph"]))
        for key, action in self._styles.items():
            action.setChecked(key == name)

    @Slot(str)
    def show_address(self, address: str) -> None:
        """The address of the link at the cursor, "" where there is none."""
        self._address = address
        self._link.setDown(bool(address))

    @Slot(bool)
    def set_editable(self, editable: bool) -> None:
        """Switch off what would change the text."""
        for button in (self._style, self._link, self._table):
            button.setEnabled(editable)

    @Slot()
    def ask_link(self) -> None:
        """Open the link field under its button."""
        field = LinkField(self._address, self)
        field.given.connect(self.link_set)
        self._open(field, self._link)

    @Slot()
    def _ask_table(self) -> None:
        grid = TableGrid(self)
        grid.given.connect(self.table_wanted)
        self._open(grid, self._table)

    def _open(self, panel: Popover, under: QToolButton) -> None:
        panel.closed.connect(self.closed)
        panel.open_at(under.mapToGlobal(QPoint(0, under.height() + 4)))

    def _chosen(self, name: str) -> None:
        self.style_chosen.emit(name)
        self.closed.emit()


def _act(action: QAction) -> QToolButton:
    button = tool("", action.text())
    button.setDefaultAction(action)
    return button


def _rule() -> QFrame:
    rule = QFrame()
    rule.setObjectName("barrule")
    rule.setFixedSize(1, 16)
    rule.setFrameShape(QFrame.Shape.NoFrame)
    rule.setAutoFillBackground(True)
    rule.setBackgroundRole(rule.palette().ColorRole.Mid)
    return rule
