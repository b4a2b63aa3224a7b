"""Times the PDF writer against raw lines, ReportLab's own layout and WeasyPrint, in one run."""

from __future__ import annotations

import gc
import html
import io
import random
import statistics
import sys
import time
from collections.abc import Callable

from msgspec.structs import replace
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph as Flowable
from reportlab.platypus import SimpleDocTemplate

from pressdesk.base import resources
from pressdesk.document.nodes import Document, Paragraph, Text
from pressdesk.document.tools import inlines, line
from pressdesk.formats.registry import Context
from pressdesk.formats.writers.pdf import WRITER
from pressdesk.press.sheet import Sheet
from tests.benchmarks.figures import Row, row
from tests.unit.pdf.sheet_parts import BASE

FONT = resources.path("fonts/PressDeskSerif-Regular.ttf")

SIZES = {"2 pages": (800, 15), "42 pages": (25_000, 5)}
"""Words, and how often each is timed."""

MEASURE = 428.0
VOCABULARY = 6_000
SLOW = 10_000
"""Words from which on WeasyPrint is timed once only."""


def rows() -> list[Row]:
    """Each size against each baseline."""
    pdfmetrics.registerFont(TTFont("Bench", str(FONT)))
    return [
        figure for size, (words, times) in SIZES.items() for figure in _size(size, words, times)
    ]


def _size(size: str, words: int, times: int) -> list[Row]:
    sheet = _sheet(words)
    texts = [line(content) for block in sheet.body.blocks for content in inlines(block)]
    broken = [part for text in texts for part in _broken(text)]

    def ours() -> bytes:
        return WRITER.write(sheet, Context())

    pairs: list[tuple[str, Callable[[], object], float, int]] = [
        ("drawString of broken lines", lambda: _raw(broken), 1.5, times),
        ("stock Platypus", lambda: _platypus(texts), 1 / 1.7, times),
    ]
    weasy = _weasyprint(texts)
    if weasy:
        pairs.append(("WeasyPrint", weasy, 0.1, 1 if words > SLOW else 5))
    else:
        print("WeasyPrint is not installed: left out", file=sys.stderr)
    return [
        row(f"warm PDF, {size}", *_pair(ours, name, baseline, rounds), goal=round(goal, 3))
        for name, baseline, goal, rounds in pairs
    ]


def _sheet(words: int) -> Sheet:
    """Paragraphs of 20 to 120 words, one in three Russian, drawn as words are in a language."""
    dice = random.Random(7)
    alphabets = ("etaoinshrdlucmfwypvbgk", "оеаинтсрвлкмдпуяыьгзбч")
    known = [
        ["".join(dice.choices(letters, k=dice.randint(2, 11))) for _ in range(VOCABULARY)]
        for letters in alphabets
    ]
    weights = [1 / (rank + 2) for rank in range(VOCABULARY)]
    blocks: list[Paragraph] = []
    while words > 0:
        count = dice.randint(20, 120)
        some = dice.choices(known[len(blocks) % 3 == 2], weights, k=count)
        blocks.append(Paragraph((Text(" ".join(some).capitalize() + "."),)))
        words -= count
    return replace(BASE, body=Document(tuple(blocks)))


def _pair(
    ours: Callable[[], object], name: str, theirs: Callable[[], object], times: int
) -> tuple[float, str, float]:
    """Medians of processor time, taken in turns so that a busy machine is fair to both."""
    ours()
    theirs()
    mine, other = [], []
    for _ in range(times):
        mine.append(_once(ours))
        other.append(_once(theirs))
    return statistics.median(mine), name, statistics.median(other)


def _once(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def _broken(text: str) -> list[str]:
    """Lines of the measure of our page; breaking is not timed."""
    lines, current, width = [], [], 0.0
    space = pdfmetrics.stringWidth(" ", "Bench", 11)
    for word in text.split(" "):
        wide = pdfmetrics.stringWidth(word, "Bench", 11)
        if current and width + space + wide > MEASURE:
            lines.append(" ".join(current))
            current, width = [], -space
        current.append(word)
        width += space + wide
    return [*lines, " ".join(current), ""]


def _raw(lines: list[str]) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), pageCompression=1)
    y = 0.0
    for text in lines:
        if y < 60:
            if y:
                canvas.showPage()
            canvas.setFont("Bench", 11)
            y = 780.0
        canvas.drawString(84, y, text)
        y -= 16 if text else 8
    canvas.save()
    return stream.getvalue()


def _platypus(texts: list[str]) -> bytes:
    stream = io.BytesIO()
    style = ParagraphStyle("body", fontName="Bench", fontSize=11, leading=16, spaceAfter=8)
    document = SimpleDocTemplate(stream, pagesize=(595, 842), leftMargin=84, rightMargin=84)
    document.build([Flowable(html.escape(text), style) for text in texts])
    return stream.getvalue()


def _weasyprint(texts: list[str]) -> Callable[[], object] | None:
    try:
        import weasyprint
    except (ImportError, OSError):
        return None
    style = (
        f"@font-face {{ font-family: Bench; src: url('{FONT.as_uri()}') }}"
        "@page { size: A4; margin: 84pt } body { font: 11pt/16pt Bench }"
    )
    body = "".join(f"<p>{html.escape(text)}</p>" for text in texts)
    source = f"<html lang=en><title>Bench</title><style>{style}</style><body>{body}</body></html>"
    return lambda: weasyprint.HTML(string=source).write_pdf(pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    for figure in rows():
        print(figure)
