"""Small shared pieces of panels and dialogs, for a uniform look."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pressdesk.gui.kit.icons import icon
from pressdesk.gui.kit.keys import shown

Part = QWidget | QLayout | int | tuple[QWidget, Qt.AlignmentFlag] | None
"""What a row or a column is made of: a number is so many pixels of nothing, None a stretch; in a
pair it is said where in its room a widget stands."""

Around = tuple[int, int, int, int]
"""Pixels around a row or a column: left, top, right, bottom."""


def label(text: str = "", part: str = "", *, wrap: bool = False) -> QLabel:
    """A text that is never read as HTML. ``part`` is a look of window.qss: "muted", "head"..."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    if part:
        made.setProperty("part", part)
    return made


def tip(words: str) -> str:
    """A tooltip that shows these very words, on several lines where they are many.

    Left alone, Qt reads as HTML what looks like it, and follows its links to files.
    """
    return f'<p style="white-space: pre-wrap">{escape(words)}</p>'


class IconLabel(QLabel):
    """An icon that is only looked at; it follows the theme."""

    def __init__(self, name: str = "", ink: str = "muted", size: int = 16) -> None:
        super().__init__()
        self._name, self._ink, self._size = name, ink, size
        self.put(name, ink)

    def put(self, name: str, ink: str) -> None:
        """Show another icon."""
        self._name, self._ink = name, ink
        if name:
            self.setPixmap(icon(name, ink).pixmap(self._size, self._size))

    def changeEvent(self, event: QEvent) -> None:
        """Draw it again in the colours of the new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_name"):
            self.put(self._name, self._ink)


def button(
    text: str, part: str = "", *, picture: str = "", does: Callable[[], object] | None = None
) -> QPushButton:
    """A button with words. ``part``: "filled", "link", "chip" or "" for an outlined one."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    if part:
        made.setProperty("part", part)
    if picture:
        made.setIcon(icon(picture, {"filled": "on_filled", "link": "accent"}.get(part, "muted")))
        made.setIconSize(QSize(16, 16))
    if does is not None:
        made.clicked.connect(lambda: does())
    return made


def keyed(text: str, key: str) -> str:
    """A tool tip with the key that does the same; "" for none."""
    return f"{text} ({shown(key)})" if key else text


def tool(
    picture: str,
    name: str,
    *,
    key: str = "",
    does: Callable[[], object] | None = None,
    parent: QWidget | None = None,
) -> QToolButton:
    """A button with an icon only; ``name`` is its tool tip and what a screen reader says."""
    made = QToolButton(parent)
    made.setIconSize(QSize(16, 16))
    retool(made, picture, name)
    made.setToolTip(keyed(name, key))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setFixedSize(28, 28)
    if does is not None:
        made.clicked.connect(lambda: does())
    return made


def retool(made: QToolButton, picture: str, name: str, ink: str = "muted") -> None:
    """Another icon and another name for a button with an icon only."""
    made.setIcon(icon(picture, ink))
    made.setToolTip(name)
    made.setAccessibleName(name)


def no_key(text: str) -> str:
    """A text of the desk on a button or in a menu: an & in it is an &, not a key."""
    return text.replace("&", "&&")


def short(text: str, most: int = 200) -> str:
    """A text of the desk where there is room for a line or two, not for a page."""
    line = " ".join(text[: most * 2].split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def card(part: str = "card") -> QFrame:
    """A framed group: "card", "chipfield" or "notice"."""
    made = QFrame()
    made.setProperty("part", part)
    return made


def look(widget: QWidget, name: str, value: object) -> None:
    """Change a property the style sheet looks at, and show it."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def row(
    *parts: Part, gap: int = 8, around: Around = (0, 0, 0, 0), fill: Part = None
) -> QHBoxLayout:
    """Parts beside each other; ``fill`` is the one that takes the room that is left."""
    made = QHBoxLayout()
    _lay(made, parts, gap, around, fill)
    return made


def column(
    *parts: Part, gap: int = 0, around: Around = (0, 0, 0, 0), fill: Part = None
) -> QVBoxLayout:
    """Parts below each other; ``fill`` is the one that takes the room that is left."""
    made = QVBoxLayout()
    _lay(made, parts, gap, around, fill)
    return made


def _lay(made: QBoxLayout, parts: tuple[Part, ...], gap: int, around: Around, fill: Part) -> None:
    made.setContentsMargins(*around)
    made.setSpacing(gap)
    for part in parts:
        stretch = 1 if part is fill else 0
        if part is None:
            made.addStretch(1)
        elif isinstance(part, int):
            made.addSpacing(part)
        elif isinstance(part, tuple):
            made.addWidget(part[0], 0, part[1])
        elif isinstance(part, QWidget):
            made.addWidget(part, stretch)
        else:
            made.addLayout(part, stretch)


def empty(layout: QLayout, *, keep: int = 0) -> list[QWidget]:
    """Take widgets out of a layout, all but the last ones to ``keep``; they are about to go."""
    gone = []
    while layout.count() > keep and (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
            gone.append(widget)
    return gone


def scrolled(inside: QWidget, area: QScrollArea | None = None) -> QScrollArea:
    """Something in a scroll area without a frame, as wide as there is room."""
    area = QScrollArea() if area is None else area
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    inside.setObjectName("formbody")
    area.setWidget(inside)
    return area


def pause(owner: QObject, length: int, does: Callable[[], object]) -> QTimer:
    """A timer that runs once when so many milliseconds have passed since it was last started."""
    made = QTimer(owner)
    made.setSingleShot(True)
    made.setInterval(length)
    made.timeout.connect(does)
    return made
