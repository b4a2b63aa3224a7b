"""A tagged paragraph: lines of shaped words, written with as few operators as possible."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pressdesk.formats.writers.pdf.breaking import Line, Run, lines
from pressdesk.formats.writers.pdf.canvas import END, Canvas, fill, stroke
from pressdesk.formats.writers.pdf.embed import Subset
from pressdesk.formats.writers.pdf.struct import Elem
from pressdesk.formats.writers.pdf.theme import Style

ORPHANS = 2
"""Lines that stay together at the foot and at the head of a page."""

BAR = 1.5
_RISE = re.compile("\x01(-?[0-9]+)\x02")
_SPACE = " "


class Label(NamedTuple):
    """The mark of a list item, hanging left of its first line."""

    elem: Elem
    run: Run


class Para:
    """A paragraph as a box. Its element may be shared with the other half of a split."""

    def __init__(
        self,
        runs: Sequence[Run | None],
        style: Style,
        elem: Elem,
        *,
        label: Label | None = None,
        bookmark: tuple[int, str] | None = None,
    ) -> None:
        self.runs = runs
        self.style = style
        self.elem = elem
        self.label = label
        self.bookmark = bookmark
        self.before = style.before
        self.after = style.after
        self.keep = style.keep
        self.bar_after = 0.0
        self._lines: list[Line] | None = None
        self._width = 0.0
        self._continued = False

    def lines(self, width: float) -> list[Line]:
        """The lines at this width; broken once."""
        if self._lines is None or (self._width != width and not self._continued):
            room = max(width - self.style.left, 1.0)
            self._lines = lines(self.runs, room, room)
            if self.style.balanced and 1 < len(self._lines) < 5:
                self._lines = _balanced(self.runs, room, len(self._lines))
            self._width = width
        return self._lines

    def height(self, width: float) -> float:
        """All lines."""
        return len(self.lines(width)) * self.style.leading

    def least(self, width: float) -> float:
        """Two lines, or all when the rest could not stand alone."""
        count = len(self.lines(width))
        alone = count if self.style.whole or count < 2 * ORPHANS else ORPHANS
        return alone * self.style.leading

    def split(self, width: float, room: float, *, torn: bool = False) -> tuple[Para, Para] | None:
        """Split it with at least two lines on either side."""
        found = self.lines(width)
        lone = 1 if torn else ORPHANS
        fits = min(int((room + 0.01) / self.style.leading), len(found) - lone)
        if fits < lone or (self.style.whole and not torn):
            return None
        head = Para(self.runs, self.style, self.elem, label=self.label, bookmark=self.bookmark)
        tail = Para(self.runs, self.style, self.elem)
        head._lines, tail._lines = found[:fits], found[fits:]
        head._width = tail._width = width
        head._continued = tail._continued = True
        head.after, tail.before = 0.0, 0.0
        tail.after, tail.keep, tail.bar_after = self.after, self.keep, self.bar_after
        return head, tail

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """Write the lines, then bar, underlines and links."""
        style = self.style
        found = self.lines(width)
        tall = len(found) * style.leading
        if style.bar:
            canvas.block(x, top - tall - self.bar_after, BAR, tall + self.bar_after, style.bar)
        if self.bookmark:
            canvas.bookmark(*self.bookmark, top + 6)
        repeated = self.elem.drawn and not self._continued
        self.elem.drawn = True
        face = self.runs[0].face if self.runs and self.runs[0] else None
        rise = _baseline(face.ascent, face.descent, style) if face else style.leading
        y = top - rise
        left = x + style.left
        if self.label:
            _write_label(canvas, self.label, left, y)
        run = _only_run(found)
        if run is not None and style.align == "left":
            _write_plain(canvas, self.elem, found, run, left, y, style.leading, repeated)
        else:
            _Writing(canvas, self, repeated).write(found, left, y, max(width - style.left, 1.0))


def _write_label(canvas: Canvas, label: Label, x: float, y: float) -> None:
    run = label.run
    font = canvas.font(run.face)
    x -= run.face.width(run.text) * run.size * 0.001 + 6.0
    canvas.page.code.append(
        f"{canvas.elem(label.elem)} BT {fill(run.colour)} /{font.name} {run.size:g} Tf "
        f"{x:.2f} {y:.2f} Td [<{_coded(font, run.text.split(_SPACE), run.size)}"
        f"{font[_SPACE]}>]TJ ET {END}"
    )


def _balanced(runs: Sequence[Run | None], room: float, count: int) -> list[Line]:
    """As many lines as before in the narrowest room that holds them."""
    low, high = room / count, room
    while high - low > 4.0:
        middle = (low + high) / 2
        if len(lines(runs, middle, middle)) > count:
            low = middle
        else:
            high = middle
    return lines(runs, high, high)


def _baseline(ascent: float, descent: float, style: Style) -> float:
    """How far the baseline lies under the top of a line."""
    tall = (ascent - descent) * style.size * 0.001
    return (style.leading - tall) / 2 + ascent * style.size * 0.001


def _only_run(found: list[Line]) -> Run | None:
    """The run all lines are made of, when it needs nothing but its letters."""
    first = found[0].parts[0][0] if found[0].parts else None
    if first is None or first.url or first.underline or first.elem or first.rise:
        return None
    if all(len(line.parts) == 1 and line.parts[0][0] is first for line in found):
        return first
    return None


def _coded(font: Subset, words: list[str], size: float) -> str:
    coded = font[_SPACE].join([font[word] for word in words])
    if "\x01" in coded:
        coded = _RISE.sub(lambda found: f" {int(found[1]) * size * 0.001:.2f} Ts ", coded)
    return coded


def _write_plain(
    canvas: Canvas,
    elem: Elem,
    found: list[Line],
    run: Run,
    x: float,
    y: float,
    leading: float,
    repeated: bool,
) -> None:
    """The usual case: one run, lines under each other at the same left edge."""
    font = canvas.font(run.face)
    size = run.size
    space = font[_SPACE]
    spacing = f"{run.spacing:g} Tc " if run.spacing else ""
    opening = canvas.artifact() if repeated else canvas.elem(elem)
    code = canvas.page.code
    code.append(
        f"{opening} BT {fill(run.colour)} /{font.name} {size:g} Tf {spacing}{leading:g} TL "
        f"{x:.2f} {y + leading:.2f} Td"
    )
    for line in found:
        words = line.parts[0][1]
        coded = space.join([font[word] for word in words])
        if "\x01" in coded:
            coded = _coded(font, words, size)
        code.append(f"T*[<{coded}{space}>]TJ" if line.open else f"T*[<{coded}>]TJ")
    code.append(f"{'0 Tc ' if spacing else ''}ET {END}")


class _Writing:
    """Lines of several runs, with their changes of face, colour and element."""

    def __init__(self, canvas: Canvas, para: Para, repeated: bool) -> None:
        self.canvas = canvas
        self.para = para
        self.repeated = repeated
        self.code = ["BT"]
        self.owner: Elem | None = None
        self.looks: tuple[object, ...] = ()
        self.rules: list[tuple[Run, float, float, float]] = []
        self.links: list[tuple[Run, float, float, float]] = []

    def write(self, found: list[Line], left: float, y: float, room: float) -> None:
        """Write all lines downwards from the first baseline."""
        style = self.para.style
        for line in found:
            free = room - line.width
            shift = {"right": free, "center": free / 2}.get(style.align, 0.0)
            self._line(line, left + shift, y)
            y -= style.leading
        if self.owner is not None:
            self.code.append(END)
        self.code.append("0 Tc 0 Ts ET")
        self.canvas.page.code.extend(self.code)
        self._finish()

    def _line(self, line: Line, x: float, y: float) -> None:
        at = f"1 0 0 1 {x:.2f} {y:.2f} Tm "
        last = len(line.parts) - 1
        for number, (run, words) in enumerate(line.parts):
            font = self.canvas.font(run.face)
            self._turn_to(run, font)
            coded = _coded(font, words, run.size)
            if number == last and line.open:
                coded += font[_SPACE]
            self.code.append(f"{at}[<{coded}>]TJ")
            at = ""
            if last or run.url or run.underline:
                width = self._width(run, words)
                if run.url:
                    self.links.append((run, x, y, width))
                if run.underline:
                    self.rules.append((run, x, y, width))
                x += width

    def _turn_to(self, run: Run, font: Subset) -> None:
        elem = run.elem or self.para.elem
        if elem is not self.owner:
            if self.owner is not None:
                self.code.append(END)
            canvas = self.canvas
            self.code.append(canvas.artifact() if self.repeated else canvas.elem(elem))
            self.owner = elem
        looks = (font.name, run.size, run.colour, run.rise, run.spacing)
        if looks != self.looks:
            self.looks = looks
            self.code.append(
                f"{fill(run.colour)} /{font.name} {run.size:g} Tf {run.rise:g} Ts "
                f"{run.spacing:g} Tc"
            )

    @staticmethod
    def _width(run: Run, words: list[str]) -> float:
        letters = sum(map(len, words)) + len(words) - 1
        units = sum(run.face[word].width for word in words) + (len(words) - 1) * run.face.space
        return units * run.size * 0.001 + letters * run.spacing

    def _finish(self) -> None:
        if self.rules:
            parts = [self.canvas.artifact()]
            for run, x, y, width in self.rules:
                low = y - run.size * 0.13
                parts.append(
                    f"{stroke(run.colour)} {run.size * 0.05:.2f} w {x:.2f} {low:.2f} m "
                    f"{x + width:.2f} {low:.2f} l S"
                )
            self.canvas.page.code.append(" ".join([*parts, END]))
        if self.repeated:
            return
        for run, x, y, width in self.links:
            box = (x, y - run.size * 0.25, x + width, y + run.size * 0.85)
            if run.elem is not None and run.url:
                self.canvas.link(run.elem, run.url, box, run.text.strip() or run.url)
