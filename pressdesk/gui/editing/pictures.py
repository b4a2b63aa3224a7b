"""Pictures from the desk in the text; the editor loads no other resources."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter

from pressdesk.gui.bridge.fill import WIDEST
from pressdesk.gui.bridge.forms import ASSET

_MOST = 128
"""Megabytes a decoded picture may take."""


def sizes(attachments: Mapping[str, bytes]) -> dict[str, tuple[int, int]]:
    """Width and height of each picture, read from its head; unreadable ones are left out."""
    out = {}
    for name, data in attachments.items():
        reader, _buffer = reader_of(data)
        size = reader.size()
        if size.isValid() and not size.isEmpty():
            out[name] = (size.width(), size.height())
    return out


def picture(name: str, attachments: Mapping[str, bytes]) -> QImage:
    """What to draw for a resource: a picture of the desk, a grey box for one that is missing,
    and one clear pixel for anything else, so that Qt never looks for a file or an address."""
    if not name.startswith(ASSET):
        return nothing()
    data = attachments.get(name.removeprefix(ASSET))
    if data is None:
        return _box()
    reader, _buffer = reader_of(data)
    size = reader.size()
    if size.isValid() and size.width() > 2 * WIDEST:
        reader.setScaledSize(
            size.scaled(QSize(2 * WIDEST, 1 << 14), Qt.AspectRatioMode.KeepAspectRatio)
        )
    image = reader.read()
    return image if not image.isNull() else _box()


def nothing() -> QImage:
    """One clear pixel."""
    image = QImage(1, 1, QImage.Format.Format_ARGB32)
    image.fill(0)
    return image


def reader_of(data: bytes) -> tuple[QImageReader, QBuffer]:
    """A reader and what it reads, which must live as long: Qt crashes otherwise."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    QImageReader.setAllocationLimit(_MOST)
    return QImageReader(buffer), buffer


def _box() -> QImage:
    image = QImage(WIDEST, 160, QImage.Format.Format_ARGB32)
    image.fill(QColor(128, 140, 160, 40))
    painter = QPainter(image)
    painter.setPen(QColor(128, 140, 160, 160))
    painter.drawRect(0, 0, image.width() - 1, image.height() - 1)
    painter.end()
    return image
