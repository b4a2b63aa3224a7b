"""The render process: writes sheets and draws pages of the PDF that would be exported.

Imported in the child only: ReportLab, Jinja2 and PDFium never enter the window's process. A
writer is imported by the first job that asks for it: somebody is waiting for the first page.
PDFium is not thread-safe; the child's one thread is the only one that touches it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

import pypdfium2

from pressdesk.desk import render_jobs
from pressdesk.desk.finished import compared, finished
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
)
from pressdesk.document import codec
from pressdesk.formats import registry
from pressdesk.formats.readback.comparing import differs
from pressdesk.press.sheet import Sheet
from pressdesk.press.states import State

PAGE_PIXELS = 40_000_000
"""Most pixels of one page; a page that would have more is drawn at a smaller scale."""

ALL_PIXELS = 50_000_000
"""Most pixels of one answer; pages beyond are left out and asked for again."""


@dataclass(frozen=True, slots=True)
class _Held:
    key: str
    made: Output
    sha: str
    document: pypdfium2.PdfDocument


class _Desk:
    """What the child remembers between jobs: the document drawn last."""

    held: _Held | None = None


def run(payload: bytes) -> bytes:
    """Do one job; the target of the render worker.

    raises  BadInput for a text nested too deeply: how deep that is differs between Pythons,
            and the window's may have passed it on
    """
    try:
        return _run(payload)
    except RecursionError as error:
        raise codec.too_deep() from error


def _run(payload: bytes) -> bytes:
    job = render_jobs.unpack_job(payload)
    match job:
        case Export():
            return render_jobs.pack(_export(job))
        case ViewJob():
            return render_jobs.pack(_view(job))
        case Draw():
            return render_jobs.pack(_draw(job))
        case ReadBack():
            return render_jobs.pack(Compared(differs(job.format, job.data, job.sheet)))
        case Warm():
            return _warm(web=job.web)
        case _:
            assert_never(job)


def _export(job: Export) -> Output:
    # The person gets the very bytes that were looked at, and at once.
    if job.format == "pdf" and _Desk.held is not None and _Desk.held.key == job.key:
        compared(job.format, _Desk.held.made.data, job.sheet)
        return _Desk.held.made
    context = _context(job.attachments, job.templates, job.proof)
    data = finished(job.format, job.sheet, context)
    return Output(data, tuple(context.losses))


def _context(attachments: dict[str, bytes], templates: str, proof: str = "") -> registry.Context:
    folder = Path(templates) if templates else None
    return registry.Context(attachments=attachments, templates=folder, proof=proof)


def _write(name: str, sheet: Sheet, attachments: dict[str, bytes], templates: str) -> Output:
    context = _context(attachments, templates)
    data = registry.writer(name).write(sheet, context)
    return Output(data, tuple(context.losses))


def _view(job: ViewJob) -> Web:
    from pressdesk.formats.writers import html

    # The page itself is written too: a fault in the office's template shows while one writes.
    made = _write("html", job.sheet, job.attachments, job.templates)
    shown = html.preview(job.sheet, registry.Context(attachments=job.attachments))
    return Web(shown, made.losses)


def _draw(job: Draw) -> Pages | Gone:
    held = _hold(job)
    if held is None:
        return Gone()
    document = held.document
    sizes = tuple(document.get_page_size(number) for number in range(len(document)))
    return Pages(
        count=len(sizes),
        sizes=sizes,
        scale=job.scale,
        images=_images(document, sizes, job),
        pdf_sha=held.sha,
        losses=held.made.losses,
    )


def _hold(job: Draw) -> _Held | None:
    """The document of the job, built unless it is the one drawn last."""
    if _Desk.held is not None and _Desk.held.key == job.key:
        return _Desk.held
    if job.sheet is None:
        return None
    made = _write("pdf", job.sheet, job.attachments, "")
    document = pypdfium2.PdfDocument(made.data)
    if _Desk.held is not None:
        _Desk.held.document.close()
    _Desk.held = _Held(job.key, made, hashlib.sha256(made.data).hexdigest(), document)
    return _Desk.held


def _images(
    document: pypdfium2.PdfDocument, sizes: tuple[tuple[float, float], ...], job: Draw
) -> tuple[PageImage, ...]:
    images: list[PageImage] = []
    budget = ALL_PIXELS
    for number in range(max(0, job.first), min(len(sizes), job.first + job.count)):
        width, height = sizes[number]
        scale = min(job.scale, (PAGE_PIXELS / (width * height)) ** 0.5)
        budget -= int(width * height * scale * scale)
        if budget < 0 and images:
            break
        images.append(_image(document, number, scale))
    return tuple(images)


def _image(document: pypdfium2.PdfDocument, number: int, scale: float) -> PageImage:
    page = document[number]
    bitmap = page.render(scale=scale, may_draw_forms=False, prefer_bgrx=True)
    image = PageImage(number, bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    bitmap.close()
    page.close()
    return image


def _warm(*, web: bool) -> bytes:
    empty = Sheet(language="en", kind="news", kind_label="News", state=State.DRAFT, title="Warm")
    if web:
        _view(ViewJob(empty, {}))
    else:
        _write("pdf", empty, {}, "")
    return b""
