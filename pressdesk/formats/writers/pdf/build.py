"""Builds boxes and the structure tree from a sheet, in one pass in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import assert_never

from pressdesk.document.nodes import (
    Block,
    BulletList,
    Document,
    Figure,
    Heading,
    Inlines,
    Mark,
    NumberedList,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
)
from pressdesk.document.tools import heads, line
from pressdesk.formats.registry import Context
from pressdesk.formats.writers.pdf.boxes import Column, ColumnsBox, Keep, Stroke
from pressdesk.formats.writers.pdf.breaking import Run
from pressdesk.formats.writers.pdf.canvas import Canvas
from pressdesk.formats.writers.pdf.figures import Figures
from pressdesk.formats.writers.pdf.flow import Box
from pressdesk.formats.writers.pdf.fonts import face
from pressdesk.formats.writers.pdf.para import Label, Para
from pressdesk.formats.writers.pdf.struct import Elem
from pressdesk.formats.writers.pdf.table import Grid, gutter, numeric, shares
from pressdesk.formats.writers.pdf.theme import INK, MUTED, PALE, Style, Theme
from pressdesk.formats.writers.pdf.words import Words, clean

_DEEPEST = 6
"""Lists within lists beyond this are no further indented."""

_NOTHING: Inlines = ()


class Builder:
    """Collects the boxes of a document; ``boxes`` are placed afterwards."""

    def __init__(self, canvas: Canvas, theme: Theme, context: Context) -> None:
        self.theme = theme
        self.top = canvas.root.document
        self.words = Words(context, theme.accent)
        self.figures = Figures(canvas, context)
        self.boxes: list[Box] = []
        self._level = 0

    # --- what all parts of a sheet are made of

    def style(self, name: str) -> Style:
        """The style of a role."""
        return self.theme.styles[name]

    def para(
        self,
        content: Inlines | str,
        style: Style | str,
        *,
        tag: str = "P",
        parent: Elem | None = None,
        label: Label | None = None,
        bookmark: tuple[int, str] | None = None,
    ) -> Para:
        """A paragraph with its element, in the tree but not yet among the boxes."""
        if isinstance(style, str):
            style = self.style(style)
        elem = (parent or self.top).add(tag)
        if isinstance(content, str):
            content = (Text(content),) if content else ()
        runs = self.words.inlines(content, style, elem)
        return Para(runs, style, elem, label=label, bookmark=bookmark)

    def heading(
        self, content: Inlines | str, level: int, style: str, parent: Elem | None = None
    ) -> Para:
        """A heading; the first is H1, and no level is ever jumped (PDF/UA-1, 7.4.2)."""
        title = content if isinstance(content, str) else line(content)
        title = clean(title.replace("\n", " ")).strip()
        if not title:
            return self.para(content, style, parent=parent)
        self._level = level = min(level, self._level + 1)
        mark = (level, title)
        return self.para(content, style, tag=f"H{level}", parent=parent, bookmark=mark)

    # --- the text

    def document(self, document: Document, dateline: str) -> None:
        """The body, its dateline in bold before the first words."""
        blocks: Sequence[Block] = document.blocks
        if dateline:
            blocks = _with_dateline(blocks, dateline)
        for block in blocks:
            self.block(block)

    def block(self, block: Block) -> None:
        """One block of the text."""
        match block:
            case Paragraph():
                self.boxes.append(self.para(block.content, block.role))
            case Heading():
                name = f"heading {block.level}"
                self.boxes.append(self.heading(block.content, block.level, name))
            case Quote():
                self._quote(block)
            case BulletList() | NumberedList():
                self._list(block, self.top, 0)
                if block.items:
                    self.boxes[-1].after = self.style("body").after
            case Table():
                self._table(block)
            case Figure():
                self._figure(block)
            case Rule():
                self.boxes.append(Stroke(MUTED, before=10.0, after=14.0, share=0.12, keep=True))
            case _:
                assert_never(block)

    def _quote(self, quote: Quote) -> None:
        elem = self.top.add("BlockQuote")
        paras = [self.para(p.content, "quote", parent=elem) for p in quote.blocks]
        if quote.attribution:
            if paras:
                paras[-1].after = 1.0
                paras[-1].keep = True
            paras.append(self.para(quote.attribution, "attribution", parent=elem))
        for para, following in pairwise(paras):
            para.bar_after = max(para.after, following.before)
        if paras:
            paras[0].before, paras[-1].after = 4.0, 12.0
        self.boxes.extend(paras)

    def _list(self, block: BulletList | NumberedList, parent: Elem, depth: int) -> None:
        if not block.items:
            return
        numbered = isinstance(block, NumberedList)
        kind = "Decimal" if numbered else "Disc"
        holder = parent.add("L", f"/A<</O/List/ListNumbering/{kind}>>")
        start = block.start if isinstance(block, NumberedList) else 1
        style = self.style("item")
        hand = face(style.family)
        labels = [f"{start + i}." if numbered else "•–"[depth % 2] for i in range(len(block.items))]
        hang = max((hand.width(t) for t in labels[-1:]), default=0.0) * style.size * 0.001 + 6.0
        left = min(depth, _DEEPEST) * 16.0 + max(hang, 16.0)
        style = replace(style, left=left)
        for text, item in zip(labels, block.items, strict=True):
            entry = holder.add("LI")
            run = Run(text, hand, style.size, style.colour)
            label = Label(entry.add("Lbl"), run)
            body = entry.add("LBody")
            self.boxes.append(self.para(item.content, style, parent=body, label=label))
            for child in item.children:
                self._list(child, body, depth + 1)

    def _table(self, table: Table) -> None:
        width = max((len(row) for row in table.rows), default=0)
        if not width:
            return
        count = heads(table.header_rows, len(table.rows))
        holder = self.top.add("Table")
        parts = {True: holder.add("THead") if count else holder}
        parts[False] = holder.add("TBody")
        texts = [[line(cell.content) for cell in row] for row in table.rows[count:]]
        right = [numeric([row[at] for row in texts if at < len(row)]) for at in range(width)]
        cells: list[list[Para]] = []
        for number, row in enumerate(table.rows):
            head = number < count
            elem = parts[head].add("TR")
            content = [cell.content for cell in row] + [_NOTHING] * (width - len(row))
            cells.append([self._cell(c, elem, head, right[at]) for at, c in enumerate(content)])
        measure = self.theme.measure
        widths = shares(cells, measure)
        rows = [self._row(row, widths, measure, n < count) for n, row in enumerate(cells)]
        self.boxes.append(Grid(rows, count, before=4.0, after=12.0))

    def _cell(self, content: Inlines, row: Elem, head: bool, right: bool) -> Para:
        raw = "/A<</O/Table/Scope/Column>>" if head else ""
        elem = row.add("TH" if head else "TD", raw)
        style = self.style("head cell" if head else "cell")
        if right:
            style = replace(style, align="right")
        return self.para(content, style, parent=elem)

    @staticmethod
    def _row(
        cells: Sequence[Para], widths: Sequence[float], measure: float, head: bool
    ) -> ColumnsBox:
        columns, x = [], 0.0
        gap = gutter(len(widths), measure)
        for para, width in zip(cells, widths, strict=True):
            columns.append(Column(x, width, (para,)))
            x += width + gap
        return ColumnsBox(columns, pad=3.0, line=INK if head else PALE)

    def _figure(self, figure: Figure) -> None:
        holder = self.top.add("Div")
        caption = line(figure.caption).strip()
        picture = self.figures.picture(
            figure.attachment,
            figure.alt.strip() or caption,
            holder,
            (self.theme.measure, self.theme.height * 0.45),
        )
        boxes: list[Box] = [picture] if picture else []
        content = figure.caption
        if figure.credit.strip():
            gap = (Text(" "),) if content else ()
            content = (*content, *gap, Text(figure.credit.strip(), Mark.EMPH))
        if content:
            boxes.append(self.para(content, "caption", tag="Caption", parent=holder))
        if boxes:
            self.boxes.append(Keep(boxes, before=6.0, after=12.0))

    # --- sections

    def small_section(self, heading: str, paragraphs: Sequence[Inlines], *, before: float) -> None:
        """Notes or boilerplate: a small heading and small paragraphs."""
        if not paragraphs:
            return
        if heading:
            title = self.heading(heading, 2, "small heading")
            title.before = before
            self.boxes.append(title)
        self.boxes.extend(self.para(content, "small") for content in paragraphs)
        self.boxes[-1].after = 12.0


def _with_dateline(blocks: Sequence[Block], dateline: str) -> Sequence[Block]:
    """The dateline joins the first paragraph, or stands before whatever else comes first."""
    words = Text(dateline, Mark.STRONG)
    first = blocks[0] if blocks else None
    if isinstance(first, Paragraph) and first.role in ("body", "lead", "answer"):
        joined = Paragraph((words, Text(" "), *first.content), first.role)
        return (joined, *blocks[1:])
    return (Paragraph((words,)), *blocks)
