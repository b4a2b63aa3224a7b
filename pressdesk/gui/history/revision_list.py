"""The list of revisions and deeds of one language: its rows and how they are painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from pressdesk.base.i18n import _
from pressdesk.desk.telling import DeedTold
from pressdesk.gui.kit import words
from pressdesk.gui.kit.painting import (
    HEAD_HEIGHT,
    head_font,
    paint_dot,
    paint_ground,
    paint_head,
    paint_line,
    paint_ring,
    paint_tag,
)
from pressdesk.gui.kit.parts import short, tip
from pressdesk.gui.kit.theme import SANS, current, font
from pressdesk.gui.kit.tokens import Tokens
from pressdesk.press.filed import RevisionInfo

ROW_HEIGHT = 56

DOT = 14
"""Pixels that the words of a deed stand behind a dot."""

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The RevisionInfo or DeedTold of a row, NOW for the text of now, the words of a head."""

Index = QModelIndex | QPersistentModelIndex

Row = RevisionInfo | DeedTold | datetime | str | None
"""A revision; a deed; the text of now with the time it was kept, None when it is as last saved; a
head."""


def title(one: RevisionInfo) -> str:
    """What a revision is called: by a person, else by what happened."""
    if one.name:
        return one.name
    if one.issued:
        return _("Edition {n}").format(n=one.edition)
    if one.note:
        return one.note
    return _("Created") if one.number == 1 else _("Saved")


def about(one: RevisionInfo | DeedTold, now: datetime) -> str:
    """When, by whom and which; ``now`` is local. A note gives way to a name, and to
    the number of an edition, and stands here.
    """
    if isinstance(one, DeedTold):
        return " · ".join(part for part in (_when(one.deed.at, now), one.deed.author) if part)
    parts = [_when(one.at, now), one.author, _("revision {n}").format(n=one.number)]
    if one.name or one.issued:
        parts.append(one.said)
    return " · ".join(part for part in parts if part)


def _when(at: datetime, now: datetime) -> str:
    said = words.moment(at.astimezone(now.tzinfo), now.date(), year=True)
    return said[:1].upper() + said[1:]


def rows_of(
    found: Sequence[RevisionInfo | DeedTold], kept: datetime | None, *, editable: bool
) -> list[Row]:
    """The rows to show: the current text, then each edition with its revisions and deeds."""
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
        if role == Qt.ItemDataRole.ToolTipRole:
            if isinstance(row, DeedTold):
                return tip(row.words)
            if isinstance(row, RevisionInfo) and row.note:
                return tip(row.note)
        return None

    def said(self, row: Row) -> tuple[str, str]:
        """Both lines of a row."""
        if isinstance(row, str):
            return row, ""
        if isinstance(row, DeedTold):
            return row.words, about(row, self.clock())
        if isinstance(row, RevisionInfo):
            mark = [_("Issued")] if row.issued else []
            return short(title(row)), " · ".join([*mark, about(row, self.clock())])
        if row is None:
            return _("Current text"), _("As last saved")
        at = words.clock(row.astimezone(self.clock().tzinfo))
        return _("Current text"), _("Autosaved {time}, no revision yet").format(time=at)


class RevisionDelegate(QStyledItemDelegate):
    """Paints heads of 34 px and rows of 56 px: what, then when, by whom and which."""

    def __init__(self, model: RevisionModel) -> None:
        super().__init__()
        self._model = model
        self._title, self._small = font(SANS, 13, bold=True), font(SANS, 12)
        self._plain, self._tag = font(SANS, 13), font(SANS, 11, bold=True)
        self._head = head_font()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """The fixed heights."""
        head = isinstance(index.data(ROW_ROLE), str)
        return QSize(200, HEAD_HEIGHT if head else ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a head or a row."""
        shown, place, row = current(), option.rect, index.data(ROW_ROLE)
        painter.save()
        if isinstance(row, str):
            paint_head(painter, place.adjusted(18, 0, -12, -6), self._head, row, shown)
        else:
            paint_ground(painter, option, shown)
            paint_ring(painter, option, shown)
            self._lines(painter, place, row, shown)
        painter.restore()

    def _lines(self, painter: QPainter, place: QRect, row: Row, shown: Tokens) -> None:
        said, below = self._model.said(row)
        left, base, room = place.left() + 18, place.top() + 23, place.width() - 33
        if isinstance(row, DeedTold):
            paint_dot(painter, QPointF(left + 3, base - 4.5), shown.muted)
            left, room = left + DOT, room - DOT
        space = room
        if isinstance(row, RevisionInfo) and row.issued:
            words = _("Issued")
            right = left + room - QFontMetrics(self._tag).horizontalAdvance(words) - 12
            taken = paint_tag(painter, self._tag, right, base, words, shown.good, shown.good_ground)
            space -= taken + 8
            below = about(row, self._model.clock())
        weighty = isinstance(row, datetime | None)
        if isinstance(row, RevisionInfo):
            weighty = bool(row.name) or row.issued
        face = self._title if weighty else self._plain
        paint_line(painter, face, shown.ink, left, base, space, said)
        paint_line(painter, self._small, shown.muted, left, base + 20, room, below)
