"""Imports a logo: checked, converted to sRGB, stripped of metadata; and returns it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from pressdesk.base.errors import ReadFailed
from pressdesk.base.i18n import _
from pressdesk.base.worker import run_once
from pressdesk.desk.changes import Changes

if TYPE_CHECKING:
    from PIL import Image

    from pressdesk.archive.file.desk_file import Archive

LIMIT = 8 * 2**20
PIXELS = 40_000_000
LONGEST = 1600
"""Pixels of the longer side that are kept: four times what the letterhead prints at 300 dpi."""

MEMORY, SECONDS = 1024 * 2**20, 20
"""What decoding one picture may take: the address space, and seconds."""


def take_in(archive: Archive, path: Path) -> tuple[tuple[str, bytes], Changes]:
    """Keep a picture with the desk: its SHA-256, for ``Look.logo``, and the bytes kept.

    Nothing is printed with it before the house style names it. raises as ``read_logo`` does
    """
    data, media_type = read_logo(path)
    return (archive.blobs.put(data, media_type), data), Changes()


def kept(archive: Archive, sha: str) -> bytes:
    """The bytes of a logo, as small as we keep it: a desk of somebody else may hold another.

    raises  NotFound; DeskForeign when they are damaged; ReadFailed for no picture
    """
    from pressdesk.formats.pictures import picture

    data = archive.blobs.get(sha)
    head = picture(data)
    if head is not None and max(head.width, head.height) <= LONGEST:
        return data
    return _reduced_elsewhere(data)


def read_logo(path: Path) -> tuple[bytes, str]:
    """The bytes to keep with the desk and their media type (PNG).

    raises  ReadFailed for what is no picture, or too large a one; WorkerFailed for one that
            takes too long or too much memory
    cost    some 100 ms: a process of its own decodes it; call it off the GUI thread
    """
    try:
        if path.stat().st_size > LIMIT:
            raise _refused(_("The picture is larger than 8 MB."))
        data = path.read_bytes()
    except OSError as error:
        raise _refused(_("The picture could not be read.")) from error
    return _reduced_elsewhere(data), "image/png"


def _reduced_elsewhere(data: bytes) -> bytes:
    return run_once(
        "pressdesk.desk.logo:reduced", data, memory=MEMORY, cpu_seconds=SECONDS, seconds=SECONDS
    )


def reduced(data: bytes) -> bytes:
    """The picture as PNG in sRGB, no larger than needed, without metadata.

    Decodes what may be anybody's: for a child with limits. raises  ReadFailed
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > PIXELS:
                raise _refused(_("The picture has more than 40 million pixels."))
            picture.load()
            return _kept(picture)
    except (UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, ValueError) as error:
        raise _refused(_("This is not a PNG or JPEG picture.")) from error
    except OSError as error:
        raise _refused(_("The picture could not be read.")) from error


def _kept(picture: Image.Image) -> bytes:
    from PIL import Image

    see_through = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    mode = "RGBA" if see_through else "RGB"
    # Pixels in a new picture carry no comment, place or thumbnail of the old one.
    fresh = Image.new(mode, picture.size)
    fresh.paste(picture.convert(mode))
    fresh.thumbnail((LONGEST, LONGEST))
    out = io.BytesIO()
    fresh.save(out, "PNG", optimize=True)
    return out.getvalue()


def _refused(what: str) -> ReadFailed:
    return ReadFailed(what, hint=_("Choose a PNG or JPEG file."))
