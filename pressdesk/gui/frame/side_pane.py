"""The right pane: pages under tabs, which can move to a column of their own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.parts import column


class SidePane(QWidget):
    """Tabs over pages.

    In:   ``put(key, title, page)``, ``take(key)``, ``show_page(key)``
    Out:  ``page_shown(key)`` whenever another page comes to the front;
          ``tabs_neared()`` the pointer or the keyboard comes to the tabs.
    """

    page_shown = Signal(str)
    tabs_neared = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._bar = QTabBar(drawBase=False, expanding=False, usesScrollButtons=False)
        self._bar.setObjectName("panes")
        self._bar.setAccessibleName(_("Panes"))
        self._stack = QStackedWidget()
        self.setLayout(column(self._bar, self._stack, fill=self._stack))
        self._bar.currentChanged.connect(self._changed)
        self._bar.installEventFilter(self)

    def put(self, key: str, title: str, page: QWidget, *, before: str = "") -> None:
        """Add a page before another one, else at the end. The pane owns it until ``take``."""
        self._stack.addWidget(page)
        place = self._index(before)
        index = self._bar.insertTab(self._bar.count() if place is None else place, title)
        self._bar.setTabData(index, (key, page))

    def take(self, key: str) -> QWidget | None:
        """Remove a page and hand it over; None when it is not here."""
        index = self._index(key)
        if index is None:
            return None
        page: QWidget = self._bar.tabData(index)[1]
        self._bar.removeTab(index)
        self._stack.removeWidget(page)
        return page

    def show_tab(self, key: str, on: bool) -> None:
        """Show or hide the tab of a page; the one beside it comes to the front."""
        index = self._index(key)
        if index is not None:
            self._bar.setTabVisible(index, on)

    def has(self, key: str) -> bool:
        """True when the page is in this pane."""
        return self._index(key) is not None

    def show_page(self, key: str) -> None:
        """Bring a page to the front."""
        index = self._index(key)
        if index is not None:
            self._bar.setCurrentIndex(index)
            self._changed(index)

    def current(self) -> str:
        """The key of the page in front, "" when the pane is empty."""
        data = self._bar.tabData(self._bar.currentIndex())
        return str(data[0]) if data else ""

    def focus_page(self) -> None:
        """Give the keyboard to the page in front, or to its first field."""
        page = self._stack.currentWidget()
        if page is None:
            return
        page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not page.hasFocus() and not page.isAncestorOf(page.focusWidget() or page):
            page.focusNextChild()

    def changeEvent(self, event: QEvent) -> None:
        """Tabs keep the height of the format bar whatever the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._bar.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Prepare a tab when the pointer approaches, shortly before it is chosen."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.FocusIn):
            self.tabs_neared.emit()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Tab goes round the tabs."""
        if (
            event.key() == Qt.Key.Key_Tab
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._bar.setCurrentIndex((self._bar.currentIndex() + 1) % max(1, self._bar.count()))
            return
        super().keyPressEvent(event)

    def _index(self, key: str) -> int | None:
        every = range(self._bar.count())
        return next((index for index in every if self._bar.tabData(index)[0] == key), None)

    def _changed(self, index: int) -> None:
        data = self._bar.tabData(index)
        if data:
            self._stack.setCurrentWidget(data[1])
            self.page_shown.emit(data[0])
