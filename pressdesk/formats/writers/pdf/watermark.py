"""The DRAFT watermark: letter outlines, so that it is neither read aloud nor copied."""

from __future__ import annotations

from math import atan2, cos, hypot, sin

import uharfbuzz as hb

from pressdesk.formats.writers.pdf.canvas import END, Canvas, fill
from pressdesk.formats.writers.pdf.fonts import Face, face
from pressdesk.formats.writers.pdf.theme import WATERMARK
from pressdesk.formats.writers.pdf.words import clean

SHARE = 0.68
"""How much of the diagonal of the page the word takes."""

LARGEST = 220.0
"""The size of a short word, in points."""

_TRACKING = 40.0
"""Added after each letter, in 1/1000 em."""


def lay(canvas: Canvas, word: str) -> None:
    """Lay a word from corner to corner under all that is drawn on all pages; "" lays nothing."""
    word = clean(word).strip()
    if not word:
        return
    code = _code(canvas, word)
    for page in canvas.pages:
        page.code.insert(0, code)


def _code(canvas: Canvas, word: str) -> str:
    hand = face("sans", True)
    outlines = _Outlines(hand, word)
    width, height = canvas.size
    size = min(LARGEST, hypot(width, height) * SHARE / max(outlines.width, 1.0) * 1000.0)
    angle = atan2(height, width)
    scale = size / 1000.0 * hand.scale
    along, up = cos(angle) * scale, sin(angle) * scale
    # The middle of the capitals comes to the middle of the page.
    x, y = outlines.width / 2 / hand.scale, _capital(hand) / 2
    left = width / 2 - along * x + up * y
    low = height / 2 - up * x - along * y
    opening = canvas.artifact("Pagination", "Watermark")
    place = f"{along:.4f} {up:.4f} {-up:.4f} {along:.4f} {left:.2f} {low:.2f} cm"
    return f"{opening} q {place} {fill(WATERMARK)} {' '.join(outlines.code)} f Q {END}"


def _capital(hand: Face) -> float:
    """The height of capital letters, in the units of the face."""
    shape = hand.font.get_glyph_extents(hand.font.get_nominal_glyph(ord("H")))
    return float(shape.y_bearing) if shape else 0.0


class _Outlines:
    """The letters of a word as paths, in the units of the face, and how wide they are."""

    def __init__(self, hand: Face, word: str) -> None:
        self.code: list[str] = []
        self._at = (0.0, 0.0)
        self._shift = 0.0
        draw = hb.DrawFuncs()
        draw.set_move_to_func(self._move)
        draw.set_line_to_func(self._line)
        draw.set_quadratic_to_func(self._quadratic)
        draw.set_cubic_to_func(self._cubic)
        draw.set_close_path_func(self._close)
        width = 0.0
        for glyph in hand.shape(word).glyphs:
            self._shift = (width - glyph.before) / hand.scale
            hand.font.draw_glyph(glyph.number, draw, None)
            width += hand.advances[glyph.number] - glyph.before - glyph.after + _TRACKING
        self.width = width - _TRACKING
        """In 1/1000 em."""

    def _put(self, operator: str, *points: tuple[float, float]) -> None:
        numbers = (f"{x + self._shift:.0f} {y:.0f}" for x, y in points)
        self.code.append(f"{' '.join(numbers)} {operator}")
        self._at = points[-1]

    def _move(self, x: float, y: float, _data: object) -> None:
        self._put("m", (x, y))

    def _line(self, x: float, y: float, _data: object) -> None:
        self._put("l", (x, y))

    def _quadratic(self, cx: float, cy: float, x: float, y: float, _data: object) -> None:
        """As a cubic curve, the only one PDF has."""
        ax, ay = self._at
        first = (ax + (cx - ax) * 2 / 3, ay + (cy - ay) * 2 / 3)
        second = (x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3)
        self._put("c", first, second, (x, y))

    def _cubic(
        self, ax: float, ay: float, bx: float, by: float, x: float, y: float, _data: object
    ) -> None:
        self._put("c", (ax, ay), (bx, by), (x, y))

    def _close(self, _data: object) -> None:
        self.code.append("h")
