"""Prepares a print: the pages are those of a PDF that was compared with its sheet, and noted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from pressdesk.base.errors import WriteFailed
from pressdesk.base.i18n import _
from pressdesk.desk import noting
from pressdesk.press.leaving import WayOut

if TYPE_CHECKING:
    from pressdesk.archive.file.desk_file import Archive
    from pressdesk.desk.exporting import Parcel
    from pressdesk.desk.rendering import Pages, Renderer


def ready(
    archive: Archive, renderer: Renderer, parcel: Parcel, *, now: datetime, despite: str = ""
) -> Callable[[int, int, float], Pages]:
    """What draws pages of a parcel, once their text was read back and the print noted.

    It takes the first page (from 0), how many, and pixels per point.

    raises  WriteFailed where the pages say something else than the sheet; as ``noting.note``.
            Drawing raises WriteFailed where the pages are of another document
    cost    the PDF is built once, for this and for all its pages
    """
    sheet, pictures = parcel.sheet, parcel.attachments
    renderer.pages(sheet, pictures, scale=1.0, count=0)  # from now on held, and then compared
    made = renderer.export(sheet, "pdf", pictures)
    put = (archive, parcel.edition, sheet, WayOut.PRINTED, "pdf", made.data)
    noting.note(*put, now=now, despite=despite)
    compared = sha256(made.data).hexdigest()

    def draw(first: int, count: int, scale: float) -> Pages:
        pages = renderer.pages(sheet, pictures, first=first, count=count, scale=scale)
        if pages.pdf_sha != compared:
            raise WriteFailed(
                _("The page was not printed: it is not of the document that was compared."),
                hint=_("Print it again, and report this fault."),
            )
        return pages

    return draw
