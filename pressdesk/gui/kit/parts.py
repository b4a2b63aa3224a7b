"""Small pieces that panels and dialogs are made of, so that each looks the same everywhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from pressdesk.gui.kit.icons import icon


def label(text: str = "", part: str = "", *, wrap: bool = False) -> QLabel:
    """A text that is never read as HTML. ``part`` is a look of window.qss: "muted", "head"..."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    if part:
        made.setProperty("part", part)
    return made


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


def tool(picture: str, name: str, *, does: Callable[[], object] | None = None) -> QToolButton:
    """A button with an icon only; ``name`` is its tool tip and what a screen reader says."""
    made = QToolButton()
    made.setIcon(icon(picture))
    made.setIconSize(QSize(16, 16))
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setFixedSize(28, 28)
    if does is not None:
        made.clicked.connect(lambda: does())
    return made


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


def row(*widgets: QWidget | None, gap: int = 8) -> QHBoxLayout:
    """Widgets beside each other; None is a stretch."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(gap)
    for widget in widgets:
        if widget is None:
            made.addStretch(1)
        else:
            made.addWidget(widget)
    return made
