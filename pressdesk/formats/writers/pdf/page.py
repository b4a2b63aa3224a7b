"""Lays out a sheet: the order of its parts, and the single pass that places them."""

from __future__ import annotations

from pressdesk.document.nodes import Inlines, Text
from pressdesk.formats.links import in_text, kept
from pressdesk.formats.registry import Context
from pressdesk.formats.writers.pdf import watermark, xmp
from pressdesk.formats.writers.pdf.build import Builder
from pressdesk.formats.writers.pdf.canvas import Canvas
from pressdesk.formats.writers.pdf.contact import advisory_rows, contact_block
from pressdesk.formats.writers.pdf.flow import Flow, Frame
from pressdesk.formats.writers.pdf.head import (
    STRIP,
    Furniture,
    letterhead,
    release_lines,
    title,
)
from pressdesk.formats.writers.pdf.para import Para
from pressdesk.formats.writers.pdf.theme import Theme, theme
from pressdesk.press.sheet import Section, Sheet

HEAD = 26.0
"""Room for the small head of later pages."""


def document(sheet: Sheet, context: Context) -> bytes:
    """The finished file; see ``write``."""
    looks = theme(sheet.look, draft=bool(sheet.watermark))
    canvas = Canvas((looks.width, looks.height), xmp.meta(sheet, context.proof))
    build = Builder(canvas, looks, context)
    warn(build, canvas, sheet)
    assemble(build, sheet)
    flow = Flow(canvas, _frame(looks))
    flow.place(build.boxes)
    Furniture(canvas, looks, sheet).draw()
    watermark.lay(canvas, sheet.watermark)
    return canvas.save()


def warn(build: Builder, canvas: Canvas, sheet: Sheet) -> None:
    """The warning at the very top of the first page: part of the text, unlike the later ones."""
    if not sheet.warning:
        return
    looks = build.theme
    para = build.para(sheet.warning, "warning")
    ascent = para.height(looks.measure) - 3.0
    para.draw(canvas, looks.left, looks.height - STRIP + ascent, looks.measure)


def assemble(build: Builder, sheet: Sheet) -> None:
    """All parts in reading order."""
    letterhead(build, sheet)
    release_lines(build, sheet)
    title(build, sheet)
    if sheet.credit:
        _credit(build, sheet)
    advisory_rows(build, sheet)
    if sheet.contacts_first:
        contact_block(build, sheet)
    build.document(sheet.body, sheet.dateline)
    if sheet.end_mark:
        _end(build, sheet.end_mark)
    for section in (sheet.notes, sheet.boilerplate):
        build.small_section(section.heading, _paragraphs(section), before=6.0)
    if not sheet.contacts_first:
        contact_block(build, sheet)


def _credit(build: Builder, sheet: Sheet) -> None:
    url = kept(sheet.credit_url)
    style, elem = build.style("credit"), build.top.add("P")
    make = build.words
    runs = make.linked(sheet.credit, url, style, elem) if url else None
    para = Para(runs or make.plain(sheet.credit, style, elem), style, elem)
    para.after = 14.0
    build.boxes.append(para)


def _end(build: Builder, words: str) -> None:
    """Held by the last paragraph: an end mark alone on a page looks like a mistake."""
    if build.boxes:
        build.boxes[-1].keep = True
    build.boxes.append(build.para(words, "end"))


def _paragraphs(section: Section) -> list[Inlines]:
    return [
        tuple(Text(piece, link=url) for piece, url in in_text(words))
        for words in section.paragraphs
        if words.strip()
    ]


def _frame(looks: Theme) -> Frame:
    top = looks.height - looks.top
    return Frame(
        x=looks.left,
        width=looks.measure,
        first_top=top + 6.0,
        top=top - HEAD,
        bottom=looks.bottom,
    )
