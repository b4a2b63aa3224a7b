"""Converts pictures for PDF: sRGB or grey, upright, without metadata."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 40_000_000
"""More would take a gigabyte to unpack."""

_ORIENTATION = 0x0112


@dataclass(frozen=True, slots=True)
class Pixels:
    """One picture, ready for the file. ``mask`` is its transparency, packed, or b""."""

    width: int
    height: int
    entries: str
    data: bytes
    mask: bytes = b""


def pixels(data: bytes) -> Pixels | None:
    """The picture these bytes are; None for anything but a sound PNG or JPEG of sane size.

    A plain JPEG goes in as it is; everything else is unpacked and packed again. CMYK becomes
    sRGB, a picture lying on its side is turned upright.
    """
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MOST_PIXELS:
                return None
            if _ready(image):
                space = "Gray" if image.mode == "L" else "RGB"
                entries = f"/ColorSpace/Device{space}/Filter/DCTDecode"
                image.load()  # a broken file must be found out here, not by the reader
                return Pixels(image.width, image.height, entries, data)
            return _unpacked(image)
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        zlib.error,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        return None


def _ready(image: Image.Image) -> bool:
    upright = image.getexif().get(_ORIENTATION, 1) == 1
    return image.format == "JPEG" and image.mode in ("L", "RGB") and upright


def _unpacked(image: Image.Image) -> Pixels:
    upright = ImageOps.exif_transpose(image) or image
    mask = b""
    if "A" in upright.getbands() or "transparency" in upright.info:
        upright = upright.convert("RGBA")
        mask = zlib.compress(upright.getchannel("A").tobytes(), 6)
    if upright.mode in ("I", "I;16", "I;16B", "F"):
        upright = upright.point(lambda value: value / 256).convert("L")
    mode = "L" if upright.mode in ("1", "L") else "RGB"
    flat = upright.convert(mode)
    space = "Gray" if mode == "L" else "RGB"
    entries = f"/ColorSpace/Device{space}/Filter/FlateDecode"
    packed = zlib.compress(flat.tobytes(), 6)
    return Pixels(flat.width, flat.height, entries, packed, mask)
