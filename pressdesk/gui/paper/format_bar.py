"""The slim bar above the paper: paragraph style, marks, lists, quote, table, link, find."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.icons import icon
from pressdesk.gui.kit.keys import shown, with_key
from pressdesk.gui.paper.actions import LINK, STYLE_KEYS, TextActions, style_names
from pressdesk.gui.paper.find_bar import FIND
from pressdesk.gui.paper.popovers import LinkField, TableGrid


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
        self._link = self._button("link", _("Link"), LINK)
        self._table = self._button("table", _("Table"))
        self._marks = self._button("marks", _("Show spaces and paragraph ends"))
        self._find = self._button("find", _("Find"), FIND)
        self._marks.setCheckable(True)
        self._link.clicked.connect(self.ask_link)
        self._table.clicked.connect(self._ask_table)
        self._marks.toggled.connect(self.marks_shown)
        self._find.clicked.connect(self.find_wanted)
        self._assemble(actions)

    def _assemble(self, actions: TextActions) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(3)
        row.addWidget(self._style)
        groups: tuple[tuple[str | QToolButton, ...], ...] = (
            ("bold", "italic", "underline", self._link),
            ("bullets", "numbers", "quote", self._table),
            ("superscript", "subscript", "clear"),
        )
        for group in groups:
            row.addSpacing(5)
            row.addWidget(_rule())
            row.addSpacing(5)
            for part in group:
                row.addWidget(part if isinstance(part, QToolButton) else _act(actions[part]))
        row.addStretch(1)
        row.addWidget(self._marks)
        row.addWidget(self._find)

    def _style_button(self) -> QToolButton:
        button = QToolButton()
        button.setProperty("part", "style")
        button.setObjectName("style")
        button.setText(_("Paragraph"))
        button.setIcon(icon("chevron"))
        button.setIconSize(QSize(12, 12))
        button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(_("Paragraph style"))
        button.setAccessibleName(_("Paragraph style"))
        menu = QMenu(button)
        menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        for name, label in style_names().items():
            key = STYLE_KEYS.get(name, "")
            action = menu.addAction(f"{label}\t{shown(key)}" if key else label)
            action.setCheckable(True)
            action.setData(name)
            action.triggered.connect(self._chosen)
            self._styles[name] = action
        button.setMenu(menu)
        button.setFixedHeight(28)
        button.setMinimumWidth(112)
        return button

    def _button(self, picture: str, label: str, key: str = "") -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(picture))
        _shape(button)
        button.setToolTip(with_key(label, key))
        button.setAccessibleName(label)
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
        field.closed.connect(self.closed)
        field.open_at(self._link.mapToGlobal(QPoint(0, self._link.height() + 4)))

    @Slot()
    def _ask_table(self) -> None:
        grid = TableGrid(self)
        grid.given.connect(self.table_wanted)
        grid.closed.connect(self.closed)
        grid.open_at(self._table.mapToGlobal(QPoint(0, self._table.height() + 4)))

    @Slot()
    def _chosen(self) -> None:
        for name, action in self._styles.items():
            if action is self.sender():
                self.style_chosen.emit(name)
                self.closed.emit()


def _act(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    _shape(button)
    button.setAccessibleName(action.text())
    return button


def _shape(button: QToolButton) -> None:
    button.setIconSize(QSize(16, 16))
    button.setFixedSize(28, 28)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)


def _rule() -> QFrame:
    rule = QFrame()
    rule.setObjectName("barrule")
    rule.setFixedSize(1, 16)
    rule.setFrameShape(QFrame.Shape.NoFrame)
    rule.setAutoFillBackground(True)
    rule.setBackgroundRole(rule.palette().ColorRole.Mid)
    return rule
