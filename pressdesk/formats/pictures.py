"""Pictures kept with the desk, looked at before they go into a page: PNG and JPEG only."""

from __future__ import annotations

import struct
from base64 import b64encode
from collections.abc import Iterator

from msgspec import Struct

LARGEST = 10_000_000
"""Bytes of one picture that is put into a page."""

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_SIZED = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class EmbeddedPicture(Struct, frozen=True):
    """A picture as a ``data:`` address with its size in pixels."""

    address: str
    width: int
    height: int


def picture(data: bytes) -> EmbeddedPicture | None:
    """The picture these bytes are; None for anything but a PNG or JPEG of sane size."""
    if len(data) > LARGEST:
        return None
    if data.startswith(_PNG):
        kind, size = "png", _png_size(data)
    elif data.startswith(_JPEG):
        kind, size = "jpeg", _jpeg_size(data)
    else:
        return None
    if size is None or not all(0 < side <= 20_000 for side in size):
        return None
    return EmbeddedPicture(f"data:image/{kind};base64,{b64encode(data).decode('ascii')}", *size)


def _png_size(data: bytes) -> tuple[int, int] | None:
    if len(data) < 24 or data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    for marker, start in _segments(data):
        if marker in _SIZED and start + 9 <= len(data):
            height, width = struct.unpack(">HH", data[start + 5 : start + 9])
            return width, height
    return None


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Each segment's marker and the place of its marker."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        yield marker, at
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        at += 2 + max(length, 2)
