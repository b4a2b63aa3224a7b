"""The paragraphs of one item, between the previous item and the next."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeySequence,
    QPainter,
    QPen,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pressdesk.base.i18n import _
from pressdesk.desk.proposals import Review
from pressdesk.gui.kit.painting import paint_ground, paint_line
from pressdesk.gui.kit.theme import SANS, SERIF, current, font

PART_ROLE = Qt.ItemDataRole.UserRole + 1
GUTTER = 104
RIGHT = 16
ABOVE = 9
LONG_WORD = 40
NEIGHBOUR = "neighbour"

Index = QModelIndex | QPersistentModelIndex


class ParagraphList(QListWidget):
    """Paragraphs as they stood in the file, one a row.

    In:   ``show_item(review, at, paragraph)``
    Out:  ``asked(action)`` for a key: "split", "merge", "up", "down" or "aside";
          ``moved(paragraph)`` when another one is chosen.
    """

    asked = Signal(str)
    moved = Signal(int)

    KEYS = (
        ("S", "split"),
        ("M", "merge"),
        ("Alt+Up", "up"),
        ("Alt+Down", "down"),
        ("Del", "aside"),
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("importparagraphs")
        self.setAccessibleName(_("Paragraphs of the item"))
        self.setItemDelegate(_Paragraph(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportMargins(1, 4, 1, 4)  # rows keep clear of the rounded frame
        self._first = 0
        for key, action in self.KEYS:
            keys = QShortcut(QKeySequence(key), self)
            keys.setContext(Qt.ShortcutContext.WidgetShortcut)
            keys.activated.connect(lambda name=action: self.asked.emit(name))
        self.currentRowChanged.connect(lambda _row: self.moved.emit(self.paragraph()))

    def show_item(self, review: Review, at: int, paragraph: int) -> None:
        """Show one item; ``paragraph`` is the one to be chosen."""
        self.blockSignals(True)
        self.clear()
        self._first = 0
        if at < len(review.proposals):
            self._fill(review, at)
            texts = review.proposals[at].draft.paragraphs
            self.setCurrentRow(self._first + max(0, min(paragraph, len(texts) - 1)))
        self.blockSignals(False)
        self.moved.emit(self.paragraph())

    def paragraph(self) -> int:
        """The number of the chosen paragraph in its item, -1 for none."""
        row = self.currentRow()
        item = self.item(row)
        if item is None or item.data(PART_ROLE) == NEIGHBOUR:
            return -1
        return row - self._first

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks lines elsewhere."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _fill(self, review: Review, at: int) -> None:
        if at:
            before = review.proposals[at - 1].draft.paragraphs[-1]
            self._add(before, NEIGHBOUR, _("Item {n} ends").format(n=at))
            self._first = 1
        proposal = review.proposals[at]
        for text, part in zip(proposal.draft.paragraphs, proposal.parts(), strict=True):
            self._add(text, part, _part(part))
        if at + 1 < len(review.proposals):
            after = review.proposals[at + 1].draft.paragraphs[0]
            self._add(after, NEIGHBOUR, _("Item {n} begins").format(n=at + 2))

    def _add(self, text: str, part: str, words: str) -> None:
        item = QListWidgetItem(text)
        item.setData(PART_ROLE, part)
        item.setData(Qt.ItemDataRole.UserRole + 2, words)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words}: {text}" if words else text)
        if part == NEIGHBOUR:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(item)


def _part(part: str) -> str:
    return {"title": _("Headline"), "date": _("Date"), "contact": _("Contact")}.get(part, "")


class _Paragraph(QStyledItemDelegate):
    """Paints a paragraph in the serif face, with what it does in the margin."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text, self._head = font(SERIF, 15), font(SERIF, 17, bold=True)
        self._small = font(SANS, 11)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the lines of the text need."""
        view = self.parent()
        assert isinstance(view, QListWidget)
        width = view.viewport().width()
        if index.data(PART_ROLE) == NEIGHBOUR:
            return QSize(width, 34)
        return QSize(width, self._height(index.data(), width, index.data(PART_ROLE) == "title"))

    @lru_cache(4096)  # noqa: B019 - the delegate lives as long as its view
    def _height(self, text: str, width: int, head: bool) -> int:
        metrics = QFontMetrics(self._head if head else self._text)
        place = QRect(0, 0, max(50, width - GUTTER - RIGHT), 1_000_000)
        return metrics.boundingRect(place, _wrapped(text), text).height() + 2 * ABOVE

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one paragraph, or the neighbour beyond a boundary."""
        shown, place = current(), option.rect
        part, words = index.data(PART_ROLE), index.data(Qt.ItemDataRole.UserRole + 2)
        painter.save()
        paint_ground(painter, option, shown, hover=part != NEIGHBOUR)
        painter.setFont(self._small)
        painter.setPen(QColor(shown.muted))
        margin = QRect(place.left() + 12, place.top() + ABOVE + 3, GUTTER - 18, 20)
        painter.drawText(margin, Qt.AlignmentFlag.AlignLeft, words)
        text = place.adjusted(GUTTER, ABOVE, -RIGHT, -ABOVE)
        if part == NEIGHBOUR:
            self._neighbour(painter, place, text, index)
        else:
            painter.setFont(self._head if part == "title" else self._text)
            painter.setPen(QColor(shown.ink))
            painter.drawText(text, _wrapped(index.data()), index.data())
        painter.restore()

    def _neighbour(self, painter: QPainter, place: QRect, text: QRect, index: Index) -> None:
        line, base, shown = " ".join(index.data().split()), place.top() + ABOVE + 13, current()
        paint_line(painter, font(SANS, 12), shown.muted, text.left(), base, text.width(), line)
        painter.setPen(QPen(QColor(shown.accent), 1.5, Qt.PenStyle.DashLine))
        y = place.bottom() if index.row() == 0 else place.top()
        painter.drawLine(place.left() + 12, y, place.right() - RIGHT, y)


def _wrapped(text: str) -> int:
    """Words stay whole unless one would not fit into a line."""
    long = any(len(word) > LONG_WORD for word in text.split())
    return int(Qt.TextFlag.TextWrapAnywhere if long else Qt.TextFlag.TextWordWrap)
