"""Icons from one SVG set, rendered on first use in the colour of the theme."""

from __future__ import annotations

from functools import cache
from typing import cast

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QImage,
    QPainter,
    QPalette,
    QPixmap,
)

from pressdesk.base import resources
from pressdesk.gui.kit.tokens import Tokens, tokens


def current() -> Tokens:
    """The tokens of the current theme, as told by the application's palette."""
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return tokens(window.lightness() < 128)


def icon(name: str, ink: str = "muted") -> QIcon:
    """The icon ``name`` of resources/icons.

    ink   a member of Tokens, followed when the theme changes, or a colour as #rrggbb
    cost  nothing before the first paint; then about 0.2 ms, once for each size and colour
    """
    return QIcon(_Engine(name, ink))


def names() -> tuple[str, ...]:
    """Every icon there is."""
    return tuple(sorted(file.stem for file in resources.path("icons").glob("*.svg")))


class _Engine(QIconEngine):
    def __init__(self, name: str, ink: str) -> None:
        super().__init__()
        self._name, self._ink = name, ink

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        device = painter.device()
        ratio = device.devicePixelRatio() if device is not None else 1.0
        painter.drawImage(rect, self._drawn(rect.size() * ratio, mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        # Python cannot override scaledPixmap, which knows the screen: draw for the finest one.
        ratio = cast(QGuiApplication, QGuiApplication.instance()).devicePixelRatio()
        drawn = QPixmap.fromImage(self._drawn(size * ratio, mode))
        drawn.setDevicePixelRatio(ratio)
        return drawn

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._ink)

    def _drawn(self, pixels: QSize, mode: QIcon.Mode) -> QImage:
        shown = current()
        ink = self._ink if self._ink.startswith("#") else getattr(shown, self._ink)
        if mode == QIcon.Mode.Disabled:
            ink = shown.faint
        return _rendered(self._name, ink, pixels.width(), pixels.height())


@cache
def _source(name: str) -> bytes:
    return resources.read_bytes(f"icons/{name}.svg")


@cache
def _rendered(name: str, ink: str, width: int, height: int) -> QImage:
    from PySide6.QtSvg import QSvgRenderer

    drawing = QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", ink.encode())))
    image = QImage(max(1, width), max(1, height), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    drawing.render(painter, QRectF(0, 0, width, height))
    painter.end()
    return image


def colour(ink: str) -> QColor:
    """A member of Tokens as a colour of the theme that is applied now."""
    return QColor(getattr(current(), ink))
