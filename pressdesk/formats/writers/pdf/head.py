"""Page header and repeated parts: letterhead, release lines, footer."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from pressdesk.formats.prelude import release_line
from pressdesk.formats.writers.pdf.boxes import Column, ColumnsBox, Framed, Stroke
from pressdesk.formats.writers.pdf.build import Builder
from pressdesk.formats.writers.pdf.canvas import END, Canvas, fill
from pressdesk.formats.writers.pdf.flow import Box
from pressdesk.formats.writers.pdf.fonts import chain, covering
from pressdesk.formats.writers.pdf.theme import INK, PALE, TINT, Style, Theme
from pressdesk.formats.writers.pdf.words import clean
from pressdesk.press.sheet import Sheet

LOGO = (150.0, 34.0)
"""The most a logo may take."""

STRIP = 27.0
"""How far under the edge of the page the warning stands."""


def letterhead(build: Builder, sheet: Sheet) -> None:
    """Logo, organisation and unit at the left, address lines at the right, a rule below."""
    theme = build.theme
    at = 0.0
    columns: list[Column] = []
    if sheet.look.logo:
        alt = sheet.look.logo_alt or sheet.organisation
        logo = build.figures.picture(sheet.look.logo, alt, build.top, LOGO)
        if logo:
            logo.after = 0.0
            columns.append(Column(0.0, logo.wide, (logo,)))
            at = logo.wide + 12.0
    left: list[Box] = []
    if sheet.organisation:
        left.append(build.para(sheet.organisation, "organisation"))
    if sheet.unit:
        left.append(build.para(sheet.unit, "unit"))
    right = [build.para(line, "letterhead") for line in sheet.letterhead]
    aside = max((line.lines(10_000.0)[0].width + 1.0 for line in right), default=0.0)
    aside = min(aside, theme.measure * 0.5)
    if left:
        columns.append(Column(at, theme.measure - at - aside - (12.0 if right else 0.0), left))
    if right:
        columns.append(Column(theme.measure - aside, aside, right))
    if columns:
        build.boxes.append(ColumnsBox(columns, low=True, after=7.0))
        build.boxes.append(Stroke(theme.accent, after=24.0))


def release_lines(build: Builder, sheet: Sheet) -> None:
    """The embargo in a frame; FOR IMMEDIATE RELEASE at the left, kind and number at the right."""
    theme = build.theme
    shown = release_line(sheet)
    if sheet.embargo_line:
        para = build.para(sheet.embargo_line, "embargo")
        build.boxes.append(Framed(para, theme.accent, TINT, after=9.0))
    columns: list[Column] = []
    split = 0.0
    if shown:
        line = build.para(shown, "release")
        split = min(line.lines(10_000.0)[0].width + 14.0, theme.measure * 0.6)
        columns.append(Column(0.0, split, (line,)))
    right: list[Box] = []
    style = build.style("reference")
    if not shown:
        style = replace(style, align="left")
    right.extend(
        build.para(words, style) for words in (sheet.reference_line, sheet.recorded) if words
    )
    if right:
        columns.append(Column(split, theme.measure - split, right))
    if columns:
        build.boxes.append(ColumnsBox(columns, after=18.0, keep=True))


def title(build: Builder, sheet: Sheet) -> None:
    """Headline, subtitle, speaker block."""
    align = "center" if sheet.centred else "left"
    first = len(build.boxes)
    if sheet.title:
        name = build.heading(sheet.title, 1, "title")
        name.style = replace(name.style, align=align)
        build.boxes.append(name)
    if sheet.subtitle:
        style = replace(build.style("subtitle"), align=align)
        build.boxes.append(build.para(sheet.subtitle, style))
    for number, words in enumerate(line for line in sheet.speaker if line):
        style = replace(build.style("speaker" if number else "speaker name"), align=align)
        box = build.para(words, style)
        box.before = 0.0 if number else 9.0
        build.boxes.append(box)
    for placed in build.boxes[first:]:
        placed.keep = True
    if len(build.boxes) > first:
        build.boxes[-1].after = 17.0


class Furniture:
    """What every page carries; drawn when the number of pages is known, told to no reader."""

    def __init__(self, canvas: Canvas, theme: Theme, sheet: Sheet) -> None:
        self._canvas = canvas
        self._theme = theme
        self._sheet = sheet

    def draw(self) -> None:
        """Draw head and foot on all pages."""
        count = len(self._canvas.pages)
        for number, page in enumerate(self._canvas.pages, 1):
            self._canvas.page = page
            if number > 1:
                self._head()
            self._foot(number, count)

    def _head(self) -> None:
        theme, sheet = self._theme, self._sheet
        style = theme.styles["furniture"]
        top = theme.height - theme.top
        self._line(sheet.organisation, style, "left", top, 0.4)
        self._line(sheet.title, style, "right", top, 0.55)
        self._rule(top - 5.0)
        self._strip()

    def _strip(self) -> None:
        """Warning and embargo, on one line where they fit."""
        theme, sheet = self._theme, self._sheet
        parts = [part for part in (sheet.warning, sheet.embargo_line) if part]
        style = replace(theme.styles["warning"], spacing=0.3 if sheet.embargo_line else 0.6)
        if not sheet.warning:
            style = replace(style, colour=INK)
        joined = "  ·  ".join(parts)
        together = len(parts) < 2 or _wide(clean(joined), style) <= theme.measure
        for number, words in enumerate([joined] if together else parts):
            y = theme.height - STRIP + (0.0 if together else 9.0 - 11.0 * number)
            self._line(words, style, "center", y, 1.0)

    def _foot(self, number: int, count: int) -> None:
        theme, sheet = self._theme, self._sheet
        style = theme.styles["furniture"]
        low = theme.bottom * 0.55
        self._rule(low + 12.0)
        label = sheet.page_label.replace("{page}", str(number)).replace("{pages}", str(count))
        self._line(sheet.footer, style, "left", low, 0.8, "Footer")
        self._line(label, style, "right", low, 0.2, "Footer")

    def _rule(self, y: float) -> None:
        theme = self._theme
        self._canvas.rule(theme.left, y, theme.measure, PALE, 0.5, kind="Pagination")

    def _line(
        self, words: str, style: Style, align: str, y: float, share: float, sub: str = "Header"
    ) -> None:
        """One line of furniture, cut short with an ellipsis to fit."""
        words = clean(words).replace("\u00ad", "").replace("\u200b", "").strip()
        if not words:
            return
        room = self._theme.measure * share
        style, words = _fitted(words, style, room)
        pieces = covering(words, chain(style.family, style.strong, style.emph))
        width = _wide(words, style)
        x = self._theme.left
        free = self._theme.measure - width
        x += {"right": free, "center": free / 2}.get(align, 0.0)
        opening = f"{self._canvas.artifact('Pagination', sub)} BT {fill(style.colour)}"
        code = [f"{opening} {style.spacing:g} Tc {x:.2f} {y:.2f} Td"]
        for piece, face in pieces:
            font = self._canvas.font(face)
            coded = font[" "].join([font[word] for word in piece.split(" ")])
            code.append(f"/{font.name} {style.size:.2f} Tf [<{coded}>]TJ")
        self._canvas.page.code.append(" ".join([*code, "0 Tc ET", END]))


def _wide(words: str, style: Style) -> float:
    pieces = covering(words, chain(style.family, style.strong, style.emph))
    units = sum(face.width(piece) for piece, face in pieces)
    return units * style.size * 0.001 + len(words) * style.spacing


def _fitted(words: str, style: Style, room: float) -> tuple[Style, str]:
    words = words[:400]
    width = _wide(words, style)
    if width <= room:
        return style, words
    if style.strong:  # what must not be overlooked is made smaller before it is cut short
        scale = max(room / width, 0.75)
        style = replace(style, size=style.size * scale, spacing=style.spacing * scale)
        if _wide(words, style) <= room:
            return style, words
    cuts = [words[:at].rstrip() + "…" for at in range(len(words) + 1)]
    fits = bisect_right(cuts, room, lo=1, key=lambda cut: _wide(cut, style))
    return style, cuts[fits - 1]
