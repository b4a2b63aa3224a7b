"""The proposed items of a file, and the boundaries between them."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pressdesk.base.i18n import _
from pressdesk.desk.proposals import Proposal
from pressdesk.gui.importing import said as said
from pressdesk.gui.kit.painting import paint_ground, paint_line, paint_tag
from pressdesk.gui.kit.theme import SANS, current, font
from pressdesk.gui.kit.tokens import Tokens

PROPOSAL_ROLE = Qt.ItemDataRole.UserRole + 1
ROW_HEIGHT = 94
LEFT = 44

Index = QModelIndex | QPersistentModelIndex


class Proposals(QAbstractListModel):
    """The proposals of a review, one a row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Proposal, ...] = ()

    def show_all(self, rows: tuple[Proposal, ...]) -> None:
        """Show these; unchanged rows keep their identity, so that the view keeps its place."""
        if len(rows) != len(self._rows):
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        self._rows = rows
        if rows:
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The proposal, or words for it."""
        if not index.isValid():
            return None
        proposal = self._rows[index.row()]
        if role == PROPOSAL_ROLE:
            return proposal
        if role == Qt.ItemDataRole.DisplayRole:
            return proposal.draft.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return said.read_aloud(proposal, index.row() + 1)
        return None


class ItemList(QListView):
    """One row for each proposal.

    In:   ``show_proposals(proposals, chosen)``
    Out:  ``chosen(row)``; ``toggled(row)`` when a tick is clicked or Space is pressed.
    """

    chosen = Signal(int)
    toggled = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("importitems")
        self.setAccessibleName(_("Items found"))
        self.setModel(Proposals(self))
        self.setItemDelegate(_Row(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportMargins(1, 4, 1, 4)  # rows keep clear of the rounded frame
        self._quiet = False
        self.selectionModel().currentChanged.connect(self._moved)

    def show_proposals(self, proposals: tuple[Proposal, ...], chosen: int) -> None:
        """Show these, one of them chosen; says nothing."""
        self._quiet = True
        model = self.model()
        assert isinstance(model, Proposals)
        model.show_all(proposals)
        if proposals:
            self.setCurrentIndex(model.index(chosen))
        self._quiet = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks and unticks the chosen row."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.toggled.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the tick only turns it."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        if index.isValid() and at.x() < LEFT - 4:
            self.toggled.emit(index.row())
            return
        super().mousePressEvent(event)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and not self._quiet:
            self.chosen.emit(now.row())

    def changeEvent(self, event: QEvent) -> None:
        """Another theme is drawn with other colours."""
        super().changeEvent(event)
        self.viewport().update()


class _Row(QStyledItemDelegate):
    """Paints one item: tick, headline, kind and date, contact, open questions."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._bold = font(SANS, 13, bold=True)
        self._italic = QFont(self._bold)
        self._italic.setItalic(True)
        self._small, self._tag = font(SANS, 12), font(SANS, 11, bold=True)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Every row is as high as the others."""
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row and the boundary above it."""
        proposal = index.data(PROPOSAL_ROLE)
        if not isinstance(proposal, Proposal):
            return
        shown, place = current(), option.rect
        painter.save()
        paint_ground(painter, option, shown)
        self._tick(painter, QRect(place.left() + 16, place.top() + 15, 16, 16), proposal, shown)
        self._words(painter, place, proposal, shown, index.row() + 1)
        if index.row():
            self._boundary(painter, place, proposal, shown)
        painter.restore()

    def _boundary(self, painter: QPainter, place: QRect, proposal: Proposal, shown: Tokens) -> None:
        """A line between items; dashed and coloured where the cut is doubtful."""
        doubtful = "boundary" in proposal.draft.questions
        pen = QPen(QColor(shown.warning if doubtful else shown.line), 2 if doubtful else 1)
        if doubtful:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(place.topLeft(), place.topRight())

    def _tick(self, painter: QPainter, box: QRect, proposal: Proposal, shown: Tokens) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = proposal.accepted
        painter.setPen(QPen(QColor(shown.filled if on else shown.muted), 1))
        painter.setBrush(QColor(shown.filled if on else shown.pane))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if on:
            painter.setPen(QPen(QColor(shown.on_filled), 1.8))
            x, y = box.left(), box.top()
            painter.drawLine(x + 4, y + 8, x + 7, y + 11)
            painter.drawLine(x + 7, y + 11, x + 12, y + 5)

    def _words(
        self, painter: QPainter, place: QRect, proposal: Proposal, shown: Tokens, number: int
    ) -> None:
        left, right = place.left() + LEFT, place.right() - 14
        proposed = "title" in proposal.draft.questions
        title = proposal.draft.title or _("Untitled")
        ink, room = shown.ink if proposal.accepted else shown.muted, right - left
        face = self._italic if proposed else self._bold
        paint_line(painter, face, ink, left, place.top() + 28, room, f"{number}  {title}")
        second = said.second_line(proposal)
        paint_line(painter, self._small, shown.muted, left, place.top() + 50, room, second)
        self._tags(painter, proposal, shown, left, place.top() + 75, right)

    def _tags(
        self, painter: QPainter, proposal: Proposal, shown: Tokens, left: int, base: int, right: int
    ) -> None:
        metrics = QFontMetrics(self._tag)
        tags = _tags(proposal)
        for number, (text, ink, ground) in enumerate(tags):
            width = metrics.horizontalAdvance(text) + 12
            more = f"+{len(tags) - number}"
            reserve = metrics.horizontalAdvance(more) + 10 if number + 1 < len(tags) else 0
            if left + width + reserve > right:
                paint_line(painter, self._tag, shown.muted, left, base, width, more)
                return
            colours = getattr(shown, ink), getattr(shown, ground)
            left += paint_tag(painter, self._tag, left, base, text, *colours, height=17) + 6


def _tags(proposal: Proposal) -> list[tuple[str, str, str]]:
    """Words with the tokens of their ink and ground."""
    if not proposal.accepted:
        found = [(said.fate(proposal), "muted", "hover")]
        if proposal.twin:
            found.append((_("Already in the desk"), "accent", "accent_ground"))
        return found
    found = [(said.fate(proposal), "good", "good_ground")] if proposal.record else []
    people = [person.name or person.role for person in proposal.draft.contacts]
    found += [(name, "accent", "accent_ground") for name in people if name]
    questions = (said.question(name, proposal) for name in proposal.draft.questions)
    found += [(words, "warning", "warning_ground") for words in questions]
    return found
