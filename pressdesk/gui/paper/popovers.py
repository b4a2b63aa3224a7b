"""Small panels under the format bar: a link field and a table grid."""

from __future__ import annotations

from itertools import product

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from pressdesk.base.i18n import _
from pressdesk.document.links import meant_link
from pressdesk.gui.kit.parts import button, column, label, look, row

CELL, GAP = 18, 4


class Popover(QFrame):
    """A panel that closes when anything else is clicked. Out: ``closed()``."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("part", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def open_at(self, corner: QPoint) -> None:
        """Open with the left upper corner there, in global coordinates."""
        self.adjustSize()
        self.move(corner)
        self.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Signal that the focus is free."""
        super().closeEvent(event)
        self.closed.emit()


class LinkField(Popover):
    """Asks for an address. Out: ``given(url)`` a safe address, or "" to take the link off."""

    given = Signal(str)

    def __init__(self, address: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QLineEdit(address)
        self._line.setPlaceholderText(_("Address, such as river.example"))
        self._line.setAccessibleName(_("Address of the link"))
        self._line.setMinimumWidth(280)
        self._wrong = label("", "bad")
        self._wrong.hide()
        parts = [button(_("Link"), "filled", does=self._give)]
        if address:
            parts.append(button(_("Remove link"), does=lambda: self._take("")))
        line = row(self._line, *parts, fill=self._line)
        self.setLayout(column(line, self._wrong, gap=6, around=(10, 10, 10, 10)))
        self._line.returnPressed.connect(self._give)
        self.setFocusProxy(self._line)

    def open_at(self, corner: QPoint) -> None:
        """Open with the address selected."""
        super().open_at(corner)
        self._line.setFocus()
        self._line.selectAll()

    @Slot()
    def _give(self) -> None:
        address = meant_link(self._line.text())
        if address is None:
            look(self._line, "wrong", True)
            self._wrong.setText(_("Only web, e-mail and telephone addresses can be linked."))
            self._wrong.show()
            self.adjustSize()
            return
        self._take(address)

    def _take(self, address: str) -> None:
        self.given.emit(address)
        self.close()


class TableGrid(Popover):
    """Asks how large a table shall be, by arrows or mouse. Out: ``given(rows, columns)``."""

    given = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows, self._columns = 3, 3
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Rows and columns of the table"))

    def sizeHint(self) -> QSize:
        """Eight by eight cells and a line of text."""
        side = 8 * (CELL + GAP) + 20
        return QSize(side, side + 20)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The cell under the pointer is the far corner."""
        place = event.position().toPoint()
        self._choose((place.y() - 10) // (CELL + GAP) + 1, (place.x() - 10) // (CELL + GAP) + 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take what is shown."""
        if self.rect().contains(event.position().toPoint()):
            self._take()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows change the size, Enter takes it, Esc leaves."""
        steps = {
            Qt.Key.Key_Right.value: (0, 1),
            Qt.Key.Key_Left.value: (0, -1),
            Qt.Key.Key_Down.value: (1, 0),
            Qt.Key.Key_Up.value: (-1, 0),
        }
        if event.key() in steps:
            down, right = steps[event.key()]
            self._choose(self._rows + down, self._columns + right)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._take()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Colours may have changed."""
        super().changeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells, the chosen ones filled, and the size in words."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        painter.setPen(palette.color(QPalette.ColorRole.Dark))
        for down, across in product(range(8), repeat=2):
            inside = down < self._rows and across < self._columns
            role = QPalette.ColorRole.Highlight if inside else QPalette.ColorRole.Base
            painter.setBrush(palette.color(role))
            left, top = 10 + across * (CELL + GAP), 10 + down * (CELL + GAP)
            painter.drawRoundedRect(QRect(left, top, CELL, CELL), 3, 3)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        size = _("{rows} rows, {columns} columns").format(rows=self._rows, columns=self._columns)
        foot = QRect(10, self.height() - 30, self.width() - 20, 22)
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, size)
        painter.end()

    def _choose(self, rows: int, columns: int) -> None:
        self._rows, self._columns = max(1, min(rows, 8)), max(1, min(columns, 8))
        self.update()

    def _take(self) -> None:
        self.given.emit(self._rows, self._columns)
        self.close()
