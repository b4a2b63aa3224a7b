"""Sheets as files, pages and web views, all produced in the render process."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _
from pressdesk.base.worker import Worker
from pressdesk.desk.exporting import Rendered
from pressdesk.desk.render_jobs import (
    Compared,
    Draw,
    Export,
    Gone,
    Output,
    PageImage,
    Pages,
    ReadBack,
    ViewJob,
    Warm,
    Web,
    pack,
)
from pressdesk.document import codec
from pressdesk.formats.readback.other_text import OtherText
from pressdesk.press.sheet import Sheet

if TYPE_CHECKING:
    from pressdesk.desk.exporting import Parcel

__all__ = ["PageImage", "Pages", "Renderer", "Web", "render_worker"]

MEMORY = 1024 * 2**20
"""Address space of the render child; a 42-page release takes about a third."""

SECONDS = 10.0
"""Wall time of one job."""

_made = msgspec.msgpack.Decoder(Output)
_web = msgspec.msgpack.Decoder(Web)
_compared = msgspec.msgpack.Decoder(Compared)
_pages = msgspec.msgpack.Decoder(Pages)


def render_worker() -> Worker:
    """The child that renders; it starts with the first job or ``warm``."""
    return Worker("pressdesk.desk.render_child:run", memory=MEMORY, seconds=SECONDS)


class Renderer:
    """Renders sheets. Calls may come from any thread and wait for each other.

    Every call raises the PressDeskError of the writer, BadInput for a text that cannot be
    passed on, or WorkerFailed when rendering took too long or too much; the next call works.
    ``attachments`` are the bytes of the logo and of figures by SHA-256; ``templates`` is the
    office's folder once the person agreed to it.
    """

    def __init__(self, worker: Worker | None = None) -> None:
        self._worker = worker or render_worker()
        self._held = ""

    def warm(self, *, web: bool = False) -> None:
        """Load what drawing pages needs, or ``web`` pages, so that the first is fast.

        cost  0.2 s of another process, once, and 0.1 s for web pages; on the render lane
        """
        self._worker.call(pack(Warm(web)))

    def export(
        self,
        sheet: Sheet,
        name: str,
        attachments: Mapping[str, bytes],
        templates: Path | None = None,
        proof: str = "",
    ) -> Rendered:
        """The bytes of the format called ``name``, and what it could not hold.

        A PDF whose pages were drawn last is not built again: these are its bytes; but one
        that carries a proof is, which is in no page. Each is read back and compared with the
        sheet.
        raises  UnknownFormat; WriteFailed where the file says something else
        """
        folder = str(templates) if templates else ""
        key = _key(sheet, attachments, proof)
        job = Export(name, key, sheet, dict(attachments), folder, proof)
        made = _made.decode(self._worker.call(_packed(job)))
        return Rendered(made.data, made.losses, compared=True)

    def drawing(self, templates: Path | None = None) -> Callable[[str, Parcel], Rendered]:
        """``export`` as the function ``desk.exporting.export`` takes."""
        return lambda name, parcel: self.export(
            parcel.sheet, name, parcel.attachments, templates, parcel.proof
        )

    def pages(
        self,
        sheet: Sheet,
        attachments: Mapping[str, bytes],
        *,
        scale: float,
        first: int = 0,
        count: int = 2,
    ) -> Pages:
        """Sizes of all pages of the real PDF, and images of ``count`` pages from ``first`` (0).

        scale  pixels per point. A page of more than 40 million pixels is drawn smaller.
        cost   the PDF is built once per sheet; other pages or another scale of the same one
               cost their drawing only, some 10 ms a page.
        """
        key = _key(sheet, attachments)
        job = Draw(key, scale, first, count)
        if key == self._held:
            answer = self._worker.call(pack(job))
            if answer != _GONE:
                return _pages.decode(answer)
        whole = Draw(key, scale, first, count, sheet, dict(attachments))
        pages = _pages.decode(self._worker.call(_packed(whole)))
        self._held = key
        return pages

    def web(
        self, sheet: Sheet, attachments: Mapping[str, bytes], templates: Path | None = None
    ) -> Web:
        """The sheet for the window's own viewer, always by the built-in template."""
        job = ViewJob(sheet, dict(attachments), str(templates) if templates else "")
        return _web.decode(self._worker.call(_packed(job)))

    def differs(self, data: bytes, name: str, sheet: Sheet) -> OtherText | None:
        """The first difference between a file from elsewhere and a sheet; None where it is equal.

        name    of the format the file is in
        raises  ReadFailed for a file that is not in that format, UnknownFormat
        """
        job = ReadBack(name, data, sheet)
        return _compared.decode(self._worker.call(_packed(job))).difference

    def close(self) -> None:
        """End the child; a running call fails at once."""
        self._worker.close()


_GONE = pack(Gone())


def _packed(value: Struct) -> bytes:
    """The value as bytes; raises BadInput for a text that no format could hold."""
    try:
        return pack(value)
    except UnicodeEncodeError as error:
        hint = _("It comes after “{text}”. Delete it and type it again.")
        before = str(error.object[: error.start])[-30:]
        raise BadInput(
            _("The text contains a damaged character."), hint=hint.format(text=before)
        ) from error
    except RecursionError as error:
        raise codec.too_deep() from error


def _key(sheet: Sheet, attachments: Mapping[str, bytes], proof: str = "") -> str:
    """The same for what gives the same bytes; attachments are named by their hash already."""
    digest = hashlib.sha256(_packed(sheet))
    digest.update(proof.encode())
    for name in sorted(attachments):
        digest.update(name.encode())
    return digest.hexdigest()
