"""The PDF writer: one file that is both PDF/A-2a and PDF/UA-1.

    words      strings and nodes -> runs         fonts, embed   faces, shaping, subsets
    breaking   runs -> lines                     struct         structure tree
    para, boxes, table                           canvas, file   pages, objects, bytes
    build, head, contact   sheet -> boxes        flow           boxes -> pages
    theme      house style -> sizes and colours  xmp, outline   what the file says of itself

The work is done in ``page``; it is imported at the first export, because HarfBuzz and
ReportLab are slow to load and never wanted in the window's process.
"""

from __future__ import annotations

from pressdesk.formats.readback.pdf_text import READBACK
from pressdesk.formats.registry import Context, Writer
from pressdesk.press.sheet import Sheet


def write(sheet: Sheet, context: Context) -> bytes:
    """The sheet as a PDF file.

    context  attachments are the logo and figures; what cannot be shown goes to its losses
    returns  the same bytes for the same sheet and attachments; dates are those of the sheet,
             or SOURCE_DATE_EPOCH where that is set. No clock, file or network is read
             besides our own fonts.
    cost     a page takes 5 to 10 ms once the words are known, the first export 0.3 s more
    """
    from pressdesk.formats.writers.pdf.page import document

    return document(sheet, context)


WRITER = Writer(
    name="pdf",
    label="PDF",
    suffix=".pdf",
    media_type="application/pdf",
    write=write,
    readback=READBACK,
)
