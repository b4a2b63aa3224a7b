"""Paints a row of the list: headline, kind and day, state, languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pressdesk.base.i18n import _
from pressdesk.desk.searching import FoundRelease
from pressdesk.gui.kit import words
from pressdesk.gui.kit.icons import icon
from pressdesk.gui.kit.painting import (
    HEAD_HEIGHT,
    head_font,
    paint_ground,
    paint_head,
    paint_ring,
    paint_tag,
)
from pressdesk.gui.kit.parts import short
from pressdesk.gui.kit.theme import SANS, current, font
from pressdesk.gui.kit.tokens import Tokens
from pressdesk.gui.list.release_model import (
    BOOKMARK_ROLE,
    FOUND_ROLE,
    MONTH_ROLE,
    ROW_ROLE,
    SNIPPET_ROLE,
)
from pressdesk.gui.list.snippets import draw_snippet
from pressdesk.press.listing import ReleaseRow
from pressdesk.press.query import Snippet
from pressdesk.press.states import Status, row_of, said_of

ROW_HEIGHT, FOUND_HEIGHT = 66, 104

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Tag:
    """A state on a coloured ground; the words carry it, the colour only helps."""

    words: str
    ink: str
    ground: str


def tags(row: ReleaseRow, now: datetime) -> tuple[Tag, ...]:
    """The states of a release: what of it is out, and what is still being written."""
    found = []
    if any(part.issued or part.state.out for part in row.languages):
        if row.embargo_until is not None and row.embargo_until > now:
            left = words.span(row.embargo_until - now)
            found.append(_tag(Status.EMBARGO, _("Embargo {time}").format(time=left)))
        else:
            found.append(_tag(Status.ISSUED))
    written = {row_of(part.state).status for part in row.languages if not part.state.out}
    found += [_tag(status) for status in Status if status in written]
    return tuple(found)


def _tag(status: Status, words: str = "") -> Tag:
    said = said_of(status)
    return Tag(words or said.label(), said.tone, f"{said.tone}_ground")


def about(row: ReleaseRow, now: datetime) -> str:
    """Kind and day of a release, as the second line of its row has them. ``now`` is local."""
    return f"{words.kind_name(row.kind)} · {when(row, now)}"


def when(row: ReleaseRow, now: datetime) -> str:
    """The day of a release, with the time while it is under embargo."""
    if row.embargo_until is not None and row.embargo_until > now:
        return words.moment(row.embargo_until.astimezone(now.tzinfo), now.date())
    return words.day(row.sort_date, now.date())


def read_aloud(row: ReleaseRow, now: datetime) -> str:
    """A whole row in words, for screen readers and tool tips."""
    parts = [short(row.first.title or _("Untitled")), about(row, now)]
    parts += [tag.words for tag in tags(row, now)]
    parts += [words.language_name(part.language) for part in row.languages]
    return ", ".join(parts)


def star_place(row: QRect) -> QRect:
    """Where the star of a row is, once it has a bookmark or the pointer is over it."""
    return QRect(row.right() - 29, row.top() + 11, 20, 20)


class ReleaseDelegate(QStyledItemDelegate):
    """Paints rows of 66 px, 104 px with a snippet, and month heads of 34 px.

    ``now`` gives the moment in the desk's time zone: embargoes and relative days follow it.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.now = now
        self.snippets = False
        """True while rows have room for a snippet."""
        self._title, self._small = font(SANS, 13, bold=True), font(SANS, 12)
        self._tag, self._head = font(SANS, 11, bold=True), head_font()
        self._title_width = QFontMetrics(self._title)
        self._small_width = QFontMetrics(self._small)
        self._tag_width = QFontMetrics(self._tag)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """The fixed heights."""
        if index.data(MONTH_ROLE):
            return QSize(200, HEAD_HEIGHT)
        return QSize(200, FOUND_HEIGHT if self.snippets else ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a head or a row."""
        shown, place = current(), option.rect
        painter.save()
        head = index.data(MONTH_ROLE)
        if head:
            paint_head(painter, place.adjusted(16, 0, -12, -6), self._head, str(head), shown)
        else:
            paint_ground(painter, option, shown)
            paint_ring(painter, option, shown)
            row = index.data(ROW_ROLE)
            if isinstance(row, ReleaseRow):
                star = self._star(painter, option, index)
                found = index.data(FOUND_ROLE)
                spans = found.spans if isinstance(found, FoundRelease) else ()
                self._row(painter, place, row, shown, spans, 22 if star else 0)
                if self.snippets:
                    self._snippet(painter, place, index.data(SNIPPET_ROLE), shown)
            else:
                self._waiting(painter, place, shown)
        painter.restore()

    def _star(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> bool:
        marked = bool(index.data(BOOKMARK_ROLE))
        if not marked and not option.state & QStyle.StateFlag.State_MouseOver:
            return False
        box = star_place(option.rect).adjusted(2, 2, -2, -2)
        icon("star-on" if marked else "star", "accent" if marked else "muted").paint(painter, box)
        return True

    def _snippet(self, painter: QPainter, place: QRect, snippet: object, shown: Tokens) -> None:
        if isinstance(snippet, Snippet) and snippet.text:
            box = QRect(place.left() + 19, place.top() + 57, place.width() - 33, 36)
            draw_snippet(painter, box, snippet, self._small, shown)

    def _row(
        self,
        painter: QPainter,
        place: QRect,
        row: ReleaseRow,
        shown: Tokens,
        spans: tuple[tuple[int, int], ...] = (),
        taken: int = 0,
    ) -> None:
        left, right = place.left() + 19, place.right() - 14
        title = row.first.title
        painter.setFont(self._title)
        painter.setPen(QColor(shown.ink if title else shown.muted))
        line = short(title or _("Untitled"))
        room = right - left - taken
        fits = self._title_width.elidedText(line, Qt.TextElideMode.ElideRight, room)
        base = place.top() + 26
        if line == title:  # else blanks went, and the places are no longer these
            for begin, end in spans:
                self._mark(painter, left, base, fits, begin, end, shown)
        painter.drawText(left, base, fits)
        self._second(painter, left, right, base + 22, row, shown)

    def _mark(
        self,
        painter: QPainter,
        left: int,
        base: int,
        line: str,
        begin: int,
        end: int,
        shown: Tokens,
    ) -> None:
        """A ground behind some letters of the title."""
        seen = len(line) - 1 if line.endswith("…") else len(line)
        if begin >= seen:
            return
        measure = self._title_width
        x = left + measure.horizontalAdvance(line[:begin])
        width = measure.horizontalAdvance(line[: min(end, len(line))]) - (x - left)
        painter.fillRect(QRect(x - 1, base - 13, width + 2, 17), QColor(shown.warning_ground))

    def _second(
        self, painter: QPainter, left: int, right: int, base: int, row: ReleaseRow, shown: Tokens
    ) -> None:
        painter.setFont(self._head)
        painter.setPen(QColor(shown.muted))
        spoken = _languages(row)
        right -= QFontMetrics(self._head).horizontalAdvance(spoken)
        painter.drawText(right, base, spoken)
        now = self.now()
        drawn = tags(row, now)
        line, free = about(row, now), right - left - 8
        if len(drawn) > 1 and self._small_width.horizontalAdvance(line) > free - self._taken(drawn):
            drawn = drawn[-1:]  # what is still being written matters more than what is out
        painter.setFont(self._small)
        room = free - self._taken(drawn)
        if self._small_width.horizontalAdvance(line) > room:
            line = when(row, now)  # a whole day says more than half a kind
        line = self._small_width.elidedText(line, Qt.TextElideMode.ElideRight, room)
        painter.drawText(left, base, line)
        left += self._small_width.horizontalAdvance(line) + 8
        for tag in drawn:
            ink, ground = getattr(shown, tag.ink), getattr(shown, tag.ground)
            left += paint_tag(painter, self._tag, left, base, tag.words, ink, ground) + 6

    def _taken(self, drawn: tuple[Tag, ...]) -> int:
        return sum(self._tag_width.horizontalAdvance(tag.words) + 18 for tag in drawn)

    def _waiting(self, painter: QPainter, place: QRect, shown: Tokens) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(shown.line))
        painter.drawRoundedRect(place.left() + 19, place.top() + 13, 170, 10, 4, 4)
        painter.drawRoundedRect(place.left() + 19, place.top() + 36, 90, 8, 4, 4)


def _languages(row: ReleaseRow) -> str:
    shown = [part.language.upper() for part in row.languages]
    return " · ".join(shown[:3]) + (f" +{len(shown) - 3}" if len(shown) > 3 else "")
