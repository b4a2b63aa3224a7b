"""Messages between the window's process and its render process: plain values in MessagePack."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from pressdesk.formats.readback.other_text import OtherText
from pressdesk.press.sheet import Sheet

Attachments = dict[str, bytes]
"""Bytes of the logo and figures by SHA-256 (hex)."""


class Export(Struct, frozen=True, tag="export"):
    """One sheet in one format. ``templates`` is the office's folder, "" for none; ``proof``
    what files of it carry of the register."""

    format: str
    key: str
    sheet: Sheet
    attachments: Attachments
    templates: str = ""
    proof: str = ""


class ViewJob(Struct, frozen=True, tag="view"):
    """One sheet as HTML for the window's own viewer; ``templates`` as in Export."""

    sheet: Sheet
    attachments: Attachments
    templates: str = ""


class Draw(Struct, frozen=True, tag="draw"):
    """Pages ``first`` and on of a document; without a sheet, of the one drawn last.

    ``scale`` is pixels per point.
    """

    key: str
    scale: float
    first: int
    count: int
    sheet: Sheet | None = None
    attachments: Attachments = {}


class ReadBack(Struct, frozen=True, tag="readback"):
    """A file from elsewhere, to be compared with a sheet."""

    format: str
    data: bytes
    sheet: Sheet


class Warm(Struct, frozen=True, tag="warm"):
    """Nothing; done once all that drawing pages needs is loaded, or ``web`` pages."""

    web: bool = False


Job = Export | ViewJob | Draw | ReadBack | Warm


class Output(Struct, frozen=True):
    """The bytes of a format, and what it could not hold."""

    data: bytes
    losses: tuple[str, ...] = ()


class Web(Struct, frozen=True):
    """A sheet for the window's own viewer."""

    html: str
    """Nothing in it is loaded from anywhere; pictures are in it."""
    losses: tuple[str, ...] = ()
    """What the exported web page cannot hold, and what is wrong with the office's template."""


class Compared(Struct, frozen=True):
    """The first difference between a file and its sheet; None where the text is the same."""

    difference: OtherText | None = None


class PageImage(Struct, frozen=True):
    """One page as pixels: rows of ``stride`` bytes, four a pixel: blue, green, red, unused."""

    number: int
    """From 0."""
    width: int
    height: int
    stride: int
    pixels: bytes


class Pages(Struct, frozen=True):
    """Pages of the real PDF: all sizes, some images."""

    count: int
    sizes: tuple[tuple[float, float], ...]
    """Width and height of every page in points."""
    scale: float
    """The scale that was asked for; a huge page is drawn smaller."""
    images: tuple[PageImage, ...]
    pdf_sha: str
    """SHA-256 (hex) of the PDF these pages are of."""
    losses: tuple[str, ...] = ()


class Gone(Struct, frozen=True):
    """The child does not hold that document: send the sheet."""


_jobs: msgspec.msgpack.Decoder[Job] = msgspec.msgpack.Decoder(Job)
_encoder = msgspec.msgpack.Encoder()


def pack(value: Struct) -> bytes:
    """The value as bytes."""
    return _encoder.encode(value)


def unpack_job(data: bytes) -> Job:
    """The job that ``pack`` gave."""
    return _jobs.decode(data)
