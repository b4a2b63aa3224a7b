"""The revisions of one language as a list: its rows and how each is painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pressdesk.base.i18n import _
from pressdesk.gui.kit import words
from pressdesk.gui.kit.parts import short
from pressdesk.gui.kit.theme import SANS, current, font
from pressdesk.press.filed import RevisionInfo

ROW_HEIGHT, HEAD_HEIGHT = 56, 34

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The RevisionInfo of a row, NOW for the text of now, the words of a head."""

Index = QModelIndex | QPersistentModelIndex

Row = RevisionInfo | datetime | str | None
"""A revision; the text of now with the time it was kept, None when it is as last saved; a head."""


def title(one: RevisionInfo) -> str:
    """What a revision is called: by a person, else by what happened."""
    if one.name:
        return one.name
    if one.issued:
        return _("Edition {n}").format(n=one.edition)
    if one.note:
        return one.note
    return _("Begun") if one.number == 1 else _("Saved")


def about(one: RevisionInfo, now: datetime) -> str:
    """When, by whom and which; ``now`` is local. A note gives way to a name, and to
    the number of an edition, and stands here.
    """
    at = words.moment(one.at.astimezone(now.tzinfo), now.date(), year=True)
    parts = [at[:1].upper() + at[1:], one.author, _("revision {n}").format(n=one.number)]
    if one.name or one.issued:
        parts.append(one.said)
    return " · ".join(part for part in parts if part)


def rows_of(found: Sequence[RevisionInfo], kept: datetime | None, *, editable: bool) -> list[Row]:
    """The rows to show: the text of now, then each edition with its revisions."""
    rows: list[Row] = [kept] if editable and found else []
    several = len({one.edition for one in found}) > 1
    last = 0
    for one in found:
        if several and one.edition != last:
            rows.append(_("Edition {n}").format(n=one.edition))
        last = one.edition
        rows.append(one)
    return rows


class RevisionModel(QAbstractListModel):
    """Rows as ``rows_of`` gives them. ``clock`` is the moment in the zone of the desk."""

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.clock = clock

    def show(self, rows: list[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008  # as Qt has it
        """How many rows there are."""
        return len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads are only read."""
        if isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """The row itself, or what a screen reader says of it."""
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(self.said(row))
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, RevisionInfo) and row.note:
            return row.note
        return None

    def said(self, row: Row) -> tuple[str, str]:
        """Both lines of a row."""
        if isinstance(row, str):
            return row, ""
        if isinstance(row, RevisionInfo):
            mark = [_("Issued")] if row.issued else []
            return short(title(row)), " · ".join([*mark, about(row, self.clock())])
        if row is None:
            return _("Text now"), _("As last saved")
        at = words.clock(row.astimezone(self.clock().tzinfo))
        return _("Text now"), _("Kept {time}, not saved yet").format(time=at)


class RevisionDelegate(QStyledItemDelegate):
    """Paints heads of 34 px and rows of 56 px: what, then when, by whom and which."""

    def __init__(self, model: RevisionModel) -> None:
        super().__init__()
        self._model = model
        self._title, self._small = font(SANS, 13, bold=True), font(SANS, 12)
        self._plain, self._tag, self._head = (
            font(SANS, 13),
            font(SANS, 11, bold=True),
            font(SANS, 11),
        )
        self._head.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """The fixed heights."""
        head = isinstance(index.data(ROW_ROLE), str)
        return QSize(200, HEAD_HEIGHT if head else ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a head or a row."""
        shown, place, row = current(), option.rect, index.data(ROW_ROLE)
        painter.save()
        if isinstance(row, str):
            painter.setFont(self._head)
            painter.setPen(QColor(shown.muted))
            flags = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
            painter.drawText(place.adjusted(18, 0, -12, -6), flags, row.upper())
        else:
            self._ground(painter, option, place)
            self._lines(painter, place, row)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect) -> None:
        shown, state = current(), option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, QColor(shown.selection))
            bar = QRect(place.left(), place.top(), 3, place.height())
            painter.fillRect(bar, QColor(shown.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(place, QColor(shown.hover))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(shown.accent), 2))
            painter.drawRect(place.adjusted(1, 1, -1, -1))

    def _lines(self, painter: QPainter, place: QRect, row: Row) -> None:
        shown = current()
        said, _about = self._model.said(row)
        left, right = place.left() + 18, place.right() - 14
        base = place.top() + 23
        if isinstance(row, RevisionInfo) and row.issued:
            right -= self._issued(painter, right, base)
        weighty = not isinstance(row, RevisionInfo) or bool(row.name) or row.issued
        painter.setFont(self._title if weighty else self._plain)
        painter.setPen(QColor(shown.ink))
        width = QFontMetrics(painter.font())
        painter.drawText(
            left, base, width.elidedText(said, Qt.TextElideMode.ElideRight, right - left)
        )
        painter.setFont(self._small)
        painter.setPen(QColor(shown.muted))
        line = about(row, self._model.clock()) if isinstance(row, RevisionInfo) else _about
        width = QFontMetrics(self._small)
        room = place.right() - 14 - left
        painter.drawText(left, base + 20, width.elidedText(line, Qt.TextElideMode.ElideRight, room))

    def _issued(self, painter: QPainter, right: int, base: int) -> int:
        shown, said = current(), _("Issued")
        width = QFontMetrics(self._tag).horizontalAdvance(said) + 12
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(shown.good_ground))
        painter.drawRoundedRect(QRectF(right - width, base - 12, width, 16), 3, 3)
        painter.setFont(self._tag)
        painter.setPen(QColor(shown.good))
        painter.drawText(right - width + 6, base, said)
        return width + 8
